#include "ui/packs/packs_page.h"

#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/shell/file_chooser.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/prose_label.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/scroll_column.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

/// The one local .zip that is dragged, or empty.
QString droppedPack(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QString path = urls.first().toLocalFile();
    return path.endsWith(QLatin1String(".zip"), Qt::CaseInsensitive) ? path : QString();
}

} // namespace

PacksPage::PacksPage(Backend& backend, std::shared_ptr<FileChooser> files, QWidget* parent)
    : VerifyingPage(QStringLiteral("packs"), parent)
    , m_files(std::move(files))
    , m_presenter(backend)
    , m_search(new QLineEdit(this))
    , m_choice(new QComboBox(this))
    , m_export(new QPushButton(this))
    , m_verify(new QPushButton(this))
    , m_pack(new Card)
    , m_searchTimer(new QTimer(this))
{
    setAcceptDrops(true);
    buildPage();
    connect(&m_presenter, &PacksPresenter::stateChanged, this, &PacksPage::render);
    connect(&backend, &Backend::changed, this, [this] {
        if (m_shown)
            m_presenter.reload();
    });
    m_searchTimer->setSingleShot(true);
    m_searchTimer->setInterval(200);
    connect(m_search, &QLineEdit::textChanged, m_searchTimer, qOverload<>(&QTimer::start));
    connect(m_searchTimer, &QTimer::timeout, this, [this] {
        m_presenter.searchDecisions(m_search->text().trimmed());
    });
    connect(m_export, &QPushButton::clicked, this, &PacksPage::askExport);
    connect(m_verify, &QPushButton::clicked, this, &PacksPage::askVerify);
    connect(table(), &RowTable::currentRowChanged, this, &PacksPage::showPack);
    connect(table(), &RowTable::rowActivated, this, [this](int row) {
        if (const PackRow* const pack = m_model.pack(row))
            m_presenter.verify(toQString(pack->path));
    });
    connect(&m_model, &PacksModel::modelReset, this, [this] {
        table()->setCurrentIndex(m_model.index(0, 0));
        showPack(table()->currentIndex().row());
    });
    connect(this, &VerifyingPage::reportDismissed, this, [this] { m_presenter.dismissReport(); });
    connect(this, &TablePage::retryRequested, this, [this] { m_presenter.reload(); });
    retranslate();
}

void PacksPage::buildPage()
{
    buildTools();
    setModel(
        m_model,
        PacksModel::Title,
        {{PacksModel::Exported, 210},
         {PacksModel::Size, 90},
         {PacksModel::Sha256, 110},
         {PacksModel::File, 220}});
    setHeights(260, 380);
    cards()->addWidget(m_pack);
    m_pack->hide();
}

void PacksPage::buildTools()
{
    m_search->setObjectName(QStringLiteral("packSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(180);
    tools()->addWidget(m_search);
    m_choice->setObjectName(QStringLiteral("packDecision"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(20);
    tools()->addWidget(m_choice, 1);
    m_export->setObjectName(QStringLiteral("packExport"));
    tools()->addWidget(m_export);
    tools()->addWidget(progress(), 0, Qt::AlignVCenter);
    m_verify->setObjectName(QStringLiteral("packVerify"));
    tools()->addWidget(m_verify);
}

QString PacksPage::title() const
{
    return tr("Evidence packs");
}

void PacksPage::activate()
{
    m_shown = true;
    m_presenter.reload();
    table()->setFocus();
}

void PacksPage::askExport()
{
    const std::string decisionId = toUtf8(m_choice->currentData().toString());
    if (decisionId.empty())
        return;
    const FileChooser::Question question{
        tr("Export an evidence pack"),
        tr("Evidence packs (*.zip)"),
        toQString(decisionId) + QStringLiteral(".zip")};
    m_files->saveFile(this, question, [this, decisionId](const QString& path) {
        m_presenter.exportPack(decisionId, path);
    });
}

void PacksPage::askVerify()
{
    const FileChooser::Question question{
        tr("Verify an evidence pack"), tr("Evidence packs (*.zip)"), {}};
    m_files->openFile(this, question, [this](const QString& path) { m_presenter.verify(path); });
}

void PacksPage::showPack(int row)
{
    const PackRow* const pack = m_model.pack(row);
    m_pack->setVisible(pack != nullptr);
    m_pack->clearBody();
    if (pack == nullptr)
        return;
    m_pack->setTitle(safeInline(toQString(pack->title)), Icon::Pack);
    auto* const table = new FactTable;
    table->addForeign(tr("File"), toQString(pack->path));
    table->addOwn(tr("Decision"), idText(pack->decisionId));
    table->addOwn(tr("Size"), byteCountText(pack->byteCount));
    table->addOwn(tr("SHA-256 of the file"), groupedHex(pack->sha256), ProseLabel::Look::Code);
    m_pack->body()->addWidget(table);
    auto* const buttons = new QHBoxLayout;
    const auto addButton = [&](const QString& name, const QString& text) {
        auto* const button = new QPushButton(text);
        button->setObjectName(name);
        button->setAccessibleName(text);
        buttons->addWidget(button);
        return button;
    };
    connect(
        addButton(QStringLiteral("verifyThisPack"), tr("Verify this pack")),
        &QPushButton::clicked,
        this,
        [this, path = toQString(pack->path)] { m_presenter.verify(path); });
    connect(
        addButton(QStringLiteral("openDecision"), tr("Open the decision")),
        &QPushButton::clicked,
        this,
        [this, id = toQString(pack->decisionId)] { Q_EMIT openDecisionRequested(id); });
    buttons->addStretch(1);
    m_pack->body()->addLayout(buttons);
}

void PacksPage::render(const PacksState& state)
{
    m_model.setPacks(state.packs);
    const bool empty = state.loaded && state.packs.empty();
    emptyText()->setVisible(empty);
    renderChoices(state);
    m_export->setEnabled(!state.isBusy() && m_choice->count() > 0);
    m_verify->setEnabled(!state.isBusy());
    showProgress(state.isBusy(), state.fraction);
    renderMessages(state);
    showReport(state.report, state.verifyError);
}

void PacksPage::renderChoices(const PacksState& state)
{
    if (m_shownChoices == state.choices)
        return;
    const QVariant chosen = m_choice->currentData();
    m_shownChoices = state.choices;
    m_choice->clear();
    for (const PackChoice& choice : state.choices)
        m_choice->addItem(safeInline(toQString(choice.title)), toQString(choice.decisionId));
    m_choice->setCurrentIndex(qMax(0, m_choice->findData(chosen)));
}

void PacksPage::renderMessages(const PacksState& state)
{
    message()->setAction({});
    if (state.listError) {
        showListError(state.listError);
    } else if (state.exportError) {
        message()->say(
            Tone::Danger,
            tr("The pack was not written. %1").arg(errorSentence(*state.exportError)),
            errorDetails(*state.exportError));
    } else if (state.exporting) {
        message()->say(Tone::Accent, tr("The pack is being written…"));
    } else if (state.verifying) {
        message()->say(
            Tone::Accent,
            tr("%1 is being verified…").arg(safeInline(toQString(state.verifiedPath))));
    } else if (state.exported) {
        message()->say(
            Tone::Good,
            tr("The pack was written: %1").arg(safeInline(toQString(state.exported->path))));
    } else {
        message()->say(Tone::Neutral, {});
    }
}

void PacksPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPack(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void PacksPage::dropEvent(QDropEvent* event)
{
    const QString path = droppedPack(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    m_presenter.verify(path);
}

void PacksPage::retranslate()
{
    m_search->setPlaceholderText(tr("Search decisions"));
    m_search->setAccessibleName(tr("Search decisions"));
    m_choice->setAccessibleName(tr("Decision to export"));
    m_choice->setPlaceholderText(tr("No decision fits"));
    m_export->setText(tr("Export a pack…"));
    m_export->setAccessibleName(m_export->text());
    m_verify->setText(tr("Verify a file…"));
    m_verify->setAccessibleName(m_verify->text());
    progress()->setAccessibleName(tr("Progress"));
    table()->setAccessibleName(tr("Exported packs"));
    details()->setAccessibleName(tr("Details of the selected pack"));
    emptyText()->setOwn(
        tr("No pack has been exported yet. A pack holds one decision with its signatures, "
           "documents and proofs, for people who do not have this workspace."));
    foot()->setOwn(tr("Enter verifies the selected pack. A .zip dropped here is verified, too."));
    m_model.retranslate();
    forgetReport();
    showPack(table()->currentIndex().row());
    render(m_presenter.state());
}

} // namespace countersign::ui
