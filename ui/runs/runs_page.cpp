#include "ui/runs/runs_page.h"

#include "ui/format/plain_text.h"
#include "ui/runs/run_timeline.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/tone_delegate.h"

#include <QTimer>
#include <QVBoxLayout>

namespace countersign::ui {

RunsPage::RunsPage(Backend& backend, const Clock& clock, QWidget* parent)
    : TablePage(QStringLiteral("runs"), parent)
    , m_model(backend, clock)
    , m_presenter(backend, clock)
    , m_timeline(new RunTimeline(RunTimeline::Place::Alone))
    , m_runError(new Banner)
{
    buildPage();
    connect(&m_model, &RunsModel::loadingChanged, this, &RunsPage::renderList);
    connect(&m_presenter, &RunsPresenter::stateChanged, this, &RunsPage::render);
    connect(&backend, &Backend::changed, this, [this] {
        if (!m_shown)
            return;
        m_model.refresh();
        m_presenter.reload();
    });
    connect(table(), &RowTable::currentRowChanged, this, [this](int row) {
        const RunView* const run = m_model.row(row);
        m_presenter.select(run == nullptr ? std::string() : run->runId);
    });
    connect(table(), &RowTable::rowActivated, details(), [this] { details()->setFocus(); });
    connect(this, &TablePage::retryRequested, this, [this] { m_model.retry(); });
    connect(m_runError, &Banner::actionTriggered, this, [this] { m_presenter.reload(); });
    connect(m_timeline, &RunTimeline::orderRequested, this, &RunsPage::order);
    connect(m_timeline, &RunTimeline::openDecisionRequested, this, &Page::openDecisionRequested);
    auto* const clockTimer = new QTimer(this);
    constexpr int kTickMs = 30'000;
    connect(clockTimer, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        m_model.tick();
        m_presenter.tick();
    });
    clockTimer->start(kTickMs);
    retranslate();
}

void RunsPage::buildPage()
{
    setModel(
        m_model,
        RunsModel::Title,
        {{RunsModel::Status, 210},
         {RunsModel::Steps, 130},
         {RunsModel::Next, 190},
         {RunsModel::Started, 140}});
    table()->setItemDelegateForColumn(
        RunsModel::Status, new ToneDelegate(RunsModel::ToneRole, table()));
    setHeights(240, 420);
    m_runError->setObjectName(QStringLiteral("runError"));
    cards()->addWidget(m_runError);
    cards()->addWidget(m_timeline);
    m_timeline->hide();
}

QString RunsPage::title() const
{
    return tr("Runs", "plans being carried out");
}

void RunsPage::activate()
{
    m_shown = true;
    m_model.refresh();
    m_presenter.reload();
    table()->setFocus();
}

void RunsPage::renderList()
{
    showListError(m_model.error());
    const int count = m_model.rowCount();
    emptyText()->setVisible(count == 0 && m_model.isLoaded());
    emptyText()->setOwn(tr("Nothing has been carried out yet. A run begins once a plan has all the "
                           "signatures it needs."));
    if (!m_model.isLoaded())
        foot()->setOwn(m_model.isLoading() ? tr("Loading…") : QString());
    else
        foot()->setOwn(
            m_model.isComplete()
                ? tr("%1 shown.").arg(countText(count))
                : tr("The first %1 are loaded; more follow as you scroll.").arg(countText(count)));
    if (count > 0 && !table()->currentIndex().isValid())
        table()->setCurrentIndex(m_model.index(0, RunsModel::Title));
}

void RunsPage::render(const RunsState& state)
{
    showError(*m_runError, state.error);
    m_timeline->setVisible(state.run != nullptr);
    const bool isSame =
        state.run == m_shownRun && state.now == m_shownAt && state.whyNoOrders == m_shownReason;
    m_shownRun = state.run;
    m_shownAt = state.now;
    m_shownReason = state.whyNoOrders;
    if (state.run && !isSame)
        m_timeline->showRun(*state.run, state.now, state.whyNoOrders);
}

void RunsPage::order(const OrderIntent& intent)
{
    if (m_presenter.state().run)
        Q_EMIT orderRequested(toQString(m_presenter.state().run->decisionId), intent);
}

void RunsPage::retranslate()
{
    table()->setAccessibleName(tr("Runs", "plans being carried out"));
    details()->setAccessibleName(tr("Steps of the selected run"));
    renderList();
    m_shownRun.reset();
    m_presenter.retranslate();
    m_model.retranslate();
}

} // namespace countersign::ui
