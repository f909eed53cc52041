#include "ui/runs/runs_page.h"

#include "ui/format/error_text.h"
#include "ui/format/plain_text.h"
#include "ui/runs/run_timeline.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/tone_delegate.h"

#include <QEvent>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace countersign::ui {

RunsPage::RunsPage(Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent)
    , m_model(backend, clock)
    , m_presenter(backend, clock)
    , m_table(new RowTable(this))
    , m_details(new ScrollColumn(this))
    , m_timeline(new RunTimeline)
    , m_listError(new Banner(this))
    , m_runError(new Banner)
    , m_empty(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_count(new ProseLabel(ProseLabel::Look::Muted, this))
{
    setObjectName(QStringLiteral("runsPage"));
    buildPage();
    connect(&m_model, &RunsModel::loadingChanged, this, &RunsPage::renderList);
    connect(&m_presenter, &RunsPresenter::stateChanged, this, &RunsPage::render);
    connect(&backend, &Backend::changed, this, [this] {
        if (!m_shown)
            return;
        m_model.refresh();
        m_presenter.reload();
    });
    connect(m_table, &RowTable::currentRowChanged, this, [this](int row) {
        const RunView* const run = m_model.run(row);
        m_presenter.select(run == nullptr ? std::string() : run->runId);
    });
    connect(m_table, &RowTable::rowActivated, m_details, [this] { m_details->setFocus(); });
    connect(m_listError, &Banner::actionTriggered, this, [this] { m_model.retry(); });
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
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    m_listError->setObjectName(QStringLiteral("runsError"));
    all->addWidget(m_listError);
    m_empty->setObjectName(QStringLiteral("runsEmpty"));
    all->addWidget(m_empty);
    auto* const splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("runsSplitter"));
    splitter->setChildrenCollapsible(false);
    m_table->setObjectName(QStringLiteral("runsTable"));
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(
        RunsModel::Status, new ToneDelegate(RunsModel::ToneRole, m_table));
    m_table->setStretchColumn(RunsModel::Title);
    m_table->setColumnWidth(RunsModel::Status, 210);
    m_table->setColumnWidth(RunsModel::Steps, 130);
    m_table->setColumnWidth(RunsModel::Next, 190);
    m_table->setColumnWidth(RunsModel::Started, 140);
    splitter->addWidget(m_table);
    m_details->setObjectName(QStringLiteral("runDetails"));
    m_runError->setObjectName(QStringLiteral("runError"));
    m_details->column()->addWidget(m_runError);
    m_details->column()->addWidget(m_timeline);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({240, 420});
    all->addWidget(splitter, 1);
    m_count->setObjectName(QStringLiteral("runsCount"));
    all->addWidget(m_count);
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
    m_table->setFocus();
}

void RunsPage::renderList()
{
    if (m_model.error()) {
        m_listError->say(
            Tone::Danger, errorSentence(*m_model.error()), errorDetails(*m_model.error()));
        m_listError->setAction(tr("Try again"));
    } else {
        m_listError->say(Tone::Neutral, {});
    }
    const int count = m_model.rowCount();
    m_empty->setVisible(count == 0 && m_model.isLoaded());
    m_empty->setOwn(tr("Nothing has been carried out yet. A run begins once a plan has all the "
                       "signatures it needs."));
    if (!m_model.isLoaded())
        m_count->setOwn(m_model.isLoading() ? tr("Loading…") : QString());
    else
        m_count->setOwn(
            m_model.isComplete()
                ? tr("%1 shown.").arg(countText(count))
                : tr("The first %1 are loaded; more follow as you scroll.").arg(countText(count)));
    if (count > 0 && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model.index(0, RunsModel::Title));
}

void RunsPage::render(const RunsState& state)
{
    if (state.error) {
        m_runError->say(Tone::Danger, errorSentence(*state.error), errorDetails(*state.error));
        m_runError->setAction(tr("Try again"));
    } else {
        m_runError->say(Tone::Neutral, {});
    }
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

void RunsPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RunsPage::retranslate()
{
    m_table->setAccessibleName(tr("Runs", "plans being carried out"));
    m_details->setAccessibleName(tr("Steps of the selected run"));
    renderList();
    m_shownRun.reset();
    m_presenter.retranslate();
    m_model.retranslate();
}

} // namespace countersign::ui
