#include "ui/log/ledger_page.h"

#include "ui/format/error_text.h"
#include "ui/format/plain_text.h"
#include "ui/log/entry_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"
#include "ui/widgets/report_card.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/scroll_column.h"

#include <QEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSpinBox>
#include <QSplitter>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

constexpr int kProgressSteps = 1000;

} // namespace

LedgerPage::LedgerPage(Backend& backend, QWidget* parent)
    : Page(parent)
    , m_model(backend)
    , m_presenter(backend)
    , m_goToName(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_goTo(new QSpinBox(this))
    , m_quick(new QPushButton(this))
    , m_deep(new QPushButton(this))
    , m_progress(new QProgressBar(this))
    , m_table(new RowTable(this))
    , m_details(new ScrollColumn(this))
    , m_report(new ReportCard)
    , m_entry(new EntryPanel)
    , m_listError(new Banner(this))
    , m_entryError(new Banner)
    , m_count(new ProseLabel(ProseLabel::Look::Muted, this))
{
    setObjectName(QStringLiteral("logPage"));
    buildPage();
    connect(&m_model, &LogModel::stateChanged, this, &LedgerPage::renderList);
    connect(&m_model, &LogModel::rowsInserted, this, &LedgerPage::renderList);
    connect(&m_presenter, &LogPresenter::stateChanged, this, &LedgerPage::render);
    connect(&backend, &Backend::changed, this, [this] {
        if (m_shown)
            m_model.refresh();
    });
    connect(m_table, &RowTable::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            m_presenter.select(static_cast<std::uint64_t>(row));
    });
    connect(m_table, &RowTable::rowActivated, m_details, [this] { m_details->setFocus(); });
    connect(m_goTo, &QSpinBox::editingFinished, this, [this] {
        // Losing the focus also ends editing; only Enter means "go".
        if (m_goTo->hasFocus())
            goTo(m_goTo->value());
    });
    connect(m_quick, &QPushButton::clicked, this, [this] { m_presenter.verify(false); });
    connect(m_deep, &QPushButton::clicked, this, [this] { m_presenter.verify(true); });
    connect(m_report, &ReportCard::dismissed, this, [this] { m_presenter.dismissReport(); });
    connect(m_entry, &EntryPanel::openDecisionRequested, this, &Page::openDecisionRequested);
    connect(m_listError, &Banner::actionTriggered, this, [this] { m_model.refresh(); });
    connect(m_entryError, &Banner::actionTriggered, this, [this] { m_presenter.reload(); });
    auto* const find = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_G), this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_goTo->setFocus();
        m_goTo->selectAll();
    });
    retranslate();
}

void LedgerPage::buildPage()
{
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    all->addLayout(buildTools());
    m_listError->setObjectName(QStringLiteral("logError"));
    all->addWidget(m_listError);
    auto* const splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setModel(&m_model);
    m_table->setStretchColumn(LogModel::Summary);
    m_table->setColumnWidth(LogModel::Index, 80);
    m_table->setColumnWidth(LogModel::Time, 200);
    m_table->setColumnWidth(LogModel::Type, 190);
    m_table->setColumnWidth(LogModel::Decision, 150);
    m_table->setColumnWidth(LogModel::Leaf, 110);
    splitter->addWidget(m_table);
    m_details->setObjectName(QStringLiteral("logDetails"));
    m_entryError->setObjectName(QStringLiteral("logEntryError"));
    m_details->column()->addWidget(m_report);
    m_details->column()->addWidget(m_entryError);
    m_details->column()->addWidget(m_entry);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({320, 320});
    all->addWidget(splitter, 1);
    m_count->setObjectName(QStringLiteral("logCount"));
    all->addWidget(m_count);
    m_report->hide();
    m_entry->hide();
}

QHBoxLayout* LedgerPage::buildTools()
{
    auto* const row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    m_goToName->setBuddy(m_goTo);
    m_goToName->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row->addWidget(m_goToName, 0, Qt::AlignVCenter);
    m_goTo->setObjectName(QStringLiteral("logGoTo"));
    m_goTo->setLocale(QLocale::c());
    m_goTo->setLayoutDirection(Qt::LeftToRight);
    m_goTo->setMinimumWidth(130);
    m_goTo->setKeyboardTracking(false);
    m_goTo->setButtonSymbols(QAbstractSpinBox::NoButtons);
    row->addWidget(m_goTo);
    row->addStretch(1);
    m_progress->setObjectName(QStringLiteral("verifyProgress"));
    m_progress->setRange(0, kProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(180);
    m_progress->hide();
    row->addWidget(m_progress, 0, Qt::AlignVCenter);
    m_quick->setObjectName(QStringLiteral("verifyQuick"));
    row->addWidget(m_quick);
    m_deep->setObjectName(QStringLiteral("verifyDeep"));
    row->addWidget(m_deep);
    return row;
}

QString LedgerPage::title() const
{
    return tr("Audit log");
}

void LedgerPage::activate()
{
    m_shown = true;
    m_model.refresh();
    m_table->setFocus();
}

void LedgerPage::goTo(int row)
{
    if (row < 0 || row >= m_model.rowCount())
        return;
    const QModelIndex to = m_model.index(row, LogModel::Index);
    m_table->scrollTo(to, QAbstractItemView::PositionAtCenter);
    m_table->setCurrentIndex(to);
    m_table->setFocus();
}

void LedgerPage::renderList()
{
    if (m_model.error()) {
        m_listError->say(
            Tone::Danger, errorSentence(*m_model.error()), errorDetails(*m_model.error()));
        m_listError->setAction(tr("Try again"));
    } else {
        m_listError->say(Tone::Neutral, {});
    }
    const int count = m_model.rowCount();
    m_goTo->setRange(0, qMax(0, count - 1));
    m_goTo->setEnabled(count > 0);
    m_count->setOwn(
        m_model.isLoaded() ? tr("%1 entries. The newest is the last. Ctrl+G goes to a number.")
                                 .arg(countText(count))
                           : tr("Loading…"));
    if (count > 0 && !m_placed) {
        m_placed = true;
        m_goTo->setValue(count - 1);
        const QModelIndex newest = m_model.index(count - 1, LogModel::Index);
        m_table->setCurrentIndex(newest);
        m_table->scrollTo(newest);
    }
}

void LedgerPage::render(const LogState& state)
{
    m_quick->setEnabled(!state.verifying);
    m_deep->setEnabled(!state.verifying);
    m_progress->setVisible(state.verifying);
    m_progress->setValue(static_cast<int>(state.fraction * kProgressSteps));
    renderReport(state);
    if (state.entryError) {
        m_entryError->say(
            Tone::Danger, errorSentence(*state.entryError), errorDetails(*state.entryError));
        m_entryError->setAction(tr("Try again"));
    } else {
        m_entryError->say(Tone::Neutral, {});
    }
    m_entry->setVisible(state.entry != nullptr);
    if (state.entry && state.entry != m_shownEntry)
        m_entry->showEntry(*state.entry);
    m_shownEntry = state.entry;
}

void LedgerPage::renderReport(const LogState& state)
{
    m_report->setVisible(state.report != nullptr || state.verifyError.has_value());
    if (state.report && state.report != m_shownReport) {
        m_report->showReport(*state.report);
        m_details->verticalScrollBar()->setValue(0);
    } else if (state.verifyError) {
        m_report->showProblem(*state.verifyError);
    }
    m_shownReport = state.report;
}

void LedgerPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LedgerPage::retranslate()
{
    m_goToName->setOwn(tr("Go to entry"));
    m_goTo->setAccessibleName(tr("Go to entry"));
    m_quick->setText(tr("Verify the workspace"));
    m_quick->setAccessibleName(m_quick->text());
    m_quick->setToolTip(tr("Checks signatures, hash tree, checkpoint and documents."));
    m_quick->setAccessibleDescription(m_quick->toolTip());
    m_deep->setText(tr("Verify deeply"));
    m_deep->setAccessibleName(m_deep->text());
    m_deep->setToolTip(
        tr("The same, and rebuilds every table from the ledger to compare. Takes longer."));
    m_deep->setAccessibleDescription(m_deep->toolTip());
    m_progress->setAccessibleName(tr("Progress of the verification"));
    m_table->setAccessibleName(tr("Entries of the ledger"));
    m_details->setAccessibleName(tr("Details of the selected entry"));
    m_model.retranslate();
    m_shownEntry.reset();
    m_shownReport.reset();
    renderList();
    render(m_presenter.state());
}

} // namespace countersign::ui
