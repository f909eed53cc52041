#include "ui/log/ledger_page.h"

#include "ui/format/plain_text.h"
#include "ui/log/entry_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/scroll_column.h"

#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

namespace countersign::ui {

LedgerPage::LedgerPage(Backend& backend, QWidget* parent)
    : VerifyingPage(QStringLiteral("log"), parent)
    , m_model(backend)
    , m_presenter(backend)
    , m_goToName(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_goTo(new QSpinBox(this))
    , m_quick(new QPushButton(this))
    , m_deep(new QPushButton(this))
    , m_entry(new EntryPanel)
    , m_entryError(new Banner)
{
    buildPage();
    connect(&m_model, &LogModel::stateChanged, this, &LedgerPage::renderList);
    connect(&m_model, &LogModel::rowsInserted, this, &LedgerPage::renderList);
    connect(&m_presenter, &LogPresenter::stateChanged, this, &LedgerPage::render);
    connect(&backend, &Backend::changed, this, [this] {
        if (m_shown)
            m_model.refresh();
    });
    connect(table(), &RowTable::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            m_presenter.select(static_cast<std::uint64_t>(row));
    });
    connect(table(), &RowTable::rowActivated, details(), [this] { details()->setFocus(); });
    connect(m_goTo, &QSpinBox::editingFinished, this, [this] {
        // Losing the focus also ends editing; only Enter means "go".
        if (m_goTo->hasFocus())
            goTo(m_goTo->value());
    });
    connect(m_quick, &QPushButton::clicked, this, [this] { m_presenter.verify(false); });
    connect(m_deep, &QPushButton::clicked, this, [this] { m_presenter.verify(true); });
    connect(this, &VerifyingPage::reportDismissed, this, [this] { m_presenter.dismissReport(); });
    connect(m_entry, &EntryPanel::openDecisionRequested, this, &Page::openDecisionRequested);
    connect(this, &TablePage::retryRequested, this, [this] { m_model.refresh(); });
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
    buildTools();
    setModel(
        m_model,
        LogModel::Summary,
        {{LogModel::Index, 90},
         {LogModel::Time, 200},
         {LogModel::Type, 190},
         {LogModel::Decision, 150},
         {LogModel::Leaf, 110}});
    setHeights(320, 320);
    m_entryError->setObjectName(QStringLiteral("logEntryError"));
    cards()->addWidget(m_entryError);
    cards()->addWidget(m_entry);
    m_entry->hide();
}

void LedgerPage::buildTools()
{
    m_goToName->setBuddy(m_goTo);
    m_goToName->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    tools()->addWidget(m_goToName, 0, Qt::AlignVCenter);
    m_goTo->setObjectName(QStringLiteral("logGoTo"));
    m_goTo->setLocale(QLocale::c());
    m_goTo->setLayoutDirection(Qt::LeftToRight);
    m_goTo->setMinimumWidth(130);
    m_goTo->setKeyboardTracking(false);
    m_goTo->setButtonSymbols(QAbstractSpinBox::NoButtons);
    tools()->addWidget(m_goTo);
    tools()->addStretch(1);
    tools()->addWidget(progress(), 0, Qt::AlignVCenter);
    m_quick->setObjectName(QStringLiteral("verifyQuick"));
    tools()->addWidget(m_quick);
    m_deep->setObjectName(QStringLiteral("verifyDeep"));
    tools()->addWidget(m_deep);
}

QString LedgerPage::title() const
{
    return tr("Audit log");
}

void LedgerPage::activate()
{
    m_shown = true;
    m_model.refresh();
    table()->setFocus();
}

void LedgerPage::goTo(int row)
{
    if (row < 0 || row >= m_model.rowCount())
        return;
    const QModelIndex to = m_model.index(row, LogModel::Index);
    table()->scrollTo(to, QAbstractItemView::PositionAtCenter);
    table()->setCurrentIndex(to);
    table()->setFocus();
}

void LedgerPage::renderList()
{
    showListError(m_model.error());
    const int count = m_model.rowCount();
    m_goTo->setRange(0, qMax(0, count - 1));
    m_goTo->setEnabled(count > 0);
    foot()->setOwn(
        m_model.isLoaded() ? tr("%1 entries. The newest is the last. Ctrl+G goes to a number.")
                                 .arg(countText(count))
                           : tr("Loading…"));
    if (count > 0 && !m_placed) {
        m_placed = true;
        m_goTo->setValue(count - 1);
        const QModelIndex newest = m_model.index(count - 1, LogModel::Index);
        table()->setCurrentIndex(newest);
        table()->scrollTo(newest);
    }
}

void LedgerPage::render(const LogState& state)
{
    m_quick->setEnabled(!state.verifying);
    m_deep->setEnabled(!state.verifying);
    showProgress(state.verifying, state.fraction);
    showReport(state.report, state.verifyError);
    showError(*m_entryError, state.entryError);
    m_entry->setVisible(state.entry != nullptr);
    if (state.entry && state.entry != m_shownEntry)
        m_entry->showEntry(*state.entry);
    m_shownEntry = state.entry;
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
    progress()->setAccessibleName(tr("Progress of the verification"));
    table()->setAccessibleName(tr("Entries of the ledger"));
    details()->setAccessibleName(tr("Details of the selected entry"));
    m_model.retranslate();
    m_shownEntry.reset();
    forgetReport();
    renderList();
    render(m_presenter.state());
}

} // namespace countersign::ui
