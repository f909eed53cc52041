#include "ui/signing/sign_dialog.h"

#include "ui/decision/plan_panel.h"
#include "ui/format/class_text.h"
#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

constexpr int kNameWidth = 190;

QString keyText(const LocalKey& key)
{
    return SignDialog::tr("%1: key %2, %3", "a person, the name of a key, its short digest")
        .arg(
            safeInline(toQString(key.displayName)),
            safeInline(toQString(key.name)),
            shortHex(key.keyId));
}

trust::SecretBytes takeSecret(QLineEdit* field)
{
    // Qt keeps the text in memory of its own; what this program copies it wipes.
    std::string bytes = toUtf8(field->text());
    field->clear();
    return trust::SecretBytes::takeFrom(bytes);
}

} // namespace

SignDialog::SignDialog(Backend& backend, const Clock& clock, SignTask task, QWidget* parent)
    : QDialog(parent)
    , m_presenter(backend, clock, std::move(task))
    , m_action(new ProseLabel(ProseLabel::Look::Lead, this))
    , m_meaning(new ProseLabel(ProseLabel::Look::Body, this))
    , m_title(new ProseLabel(ProseLabel::Look::Heading, this))
    , m_scroll(new QScrollArea(this))
    , m_key(new QComboBox(this))
    , m_reason(new QPlainTextEdit(this))
    , m_until(new QDateTimeEdit(this))
    , m_typed(new QLineEdit(this))
    , m_passphrase(new QLineEdit(this))
    , m_whyNot(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_error(new Banner(this))
    , m_busy(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_sign(new QPushButton(tr("Sign"), this))
{
    setObjectName(QStringLiteral("signDialog"));
    setWindowTitle(tr("Sign"));
    setModal(true);
    resize(820, 720);
    buildPage();
    connect(&m_presenter, &SignPresenter::stateChanged, this, &SignDialog::render);
    connect(&m_presenter, &SignPresenter::finished, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &SignDialog::reject);
    connect(m_sign, &QPushButton::clicked, this, &SignDialog::sign);
    connect(m_key, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_presenter.chooseKey(index);
    });
    connect(m_reason, &QPlainTextEdit::textChanged, this, [this] {
        m_presenter.setReason(m_reason->toPlainText());
    });
    connect(m_until, &QDateTimeEdit::dateTimeChanged, this, [this](const QDateTime& until) {
        m_presenter.setDeferUntil(Instant::fromUnixSeconds(until.toSecsSinceEpoch()));
    });
    connect(m_typed, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_presenter.setTyped(typed);
    });
    connect(m_passphrase, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_presenter.setPassphraseGiven(!typed.isEmpty());
    });
    connect(m_passphrase, &QLineEdit::returnPressed, this, &SignDialog::sign);
    if (m_presenter.state().needsDate)
        m_presenter.setDeferUntil(Instant::fromUnixSeconds(m_until->dateTime().toSecsSinceEpoch()));
    m_presenter.start();
    m_cancel->setFocus();
}

void SignDialog::buildPage()
{
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kSmall);
    m_action->setObjectName(QStringLiteral("signAction"));
    all->addWidget(m_action);
    all->addWidget(m_title);
    all->addWidget(m_meaning);
    auto* const content = new QWidget;
    m_content = new QVBoxLayout(content);
    m_content->setContentsMargins(0, 0, space::kTight, 0);
    m_content->setSpacing(space::kSmall);
    m_scroll->setObjectName(QStringLiteral("signScroll"));
    m_scroll->setAccessibleName(tr("What is signed"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    all->addWidget(m_scroll, 1);
    auto* const line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    all->addWidget(line);
    buildForm(all);
}

void SignDialog::buildForm(QVBoxLayout* all)
{
    m_key->setObjectName(QStringLiteral("signKey"));
    for (const LocalKey& key : m_presenter.state().keys)
        m_key->addItem(keyText(key));
    addRow(all, tr("Key"), m_key);
    m_reason->setObjectName(QStringLiteral("signReason"));
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(64);
    m_reasonRow = addRow(all, tr("Reason"), m_reason);
    m_until->setObjectName(QStringLiteral("signUntil"));
    m_until->setCalendarPopup(true);
    m_until->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    m_until->setLayoutDirection(Qt::LeftToRight);
    m_until->setDateTime(
        QDateTime::fromSecsSinceEpoch(m_presenter.now().unixMicros() / 1'000'000).addDays(1));
    m_untilRow = addRow(all, tr("Put off until"), m_until);
    m_typed->setObjectName(QStringLiteral("signTyped"));
    m_typedRow = addRow(all, tr("Type to confirm"), m_typed);
    m_typedName = m_typedRow->findChild<ProseLabel*>();
    m_passphrase->setObjectName(QStringLiteral("signPassphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setInputMethodHints(
        Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    addRow(all, tr("Passphrase"), m_passphrase);
    m_error->setObjectName(QStringLiteral("signError"));
    all->addWidget(m_error);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("The key is being unlocked"));
    m_busy->hide();
    all->addWidget(m_busy);
    auto* const buttons = new QHBoxLayout;
    m_whyNot->setObjectName(QStringLiteral("signWhyNot"));
    buttons->addWidget(m_whyNot, 1, Qt::AlignVCenter);
    m_cancel->setObjectName(QStringLiteral("signCancel"));
    m_cancel->setAccessibleName(m_cancel->text());
    m_cancel->setDefault(true);
    m_sign->setObjectName(QStringLiteral("signButton"));
    m_sign->setAutoDefault(false);
    m_sign->setProperty("primary", true);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_sign);
    all->addLayout(buttons);
}

QWidget* SignDialog::addRow(QVBoxLayout* form, const QString& name, QWidget* editor)
{
    auto* const row = new QWidget(this);
    auto* const line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::kNormal);
    auto* const label = new ProseLabel(ProseLabel::Look::Muted, row);
    label->setOwn(name);
    label->setFixedWidth(kNameWidth);
    label->setBuddy(editor);
    line->addWidget(label, 0, Qt::AlignVCenter);
    editor->setAccessibleName(name);
    line->addWidget(editor, 1);
    form->addWidget(row);
    return row;
}

void SignDialog::render(const SignState& state)
{
    m_reasonRow->setVisible(state.takesReason);
    m_untilRow->setVisible(state.needsDate);
    m_typedRow->setVisible(state.typed.needed);
    if (state.typed.needed) {
        const QString prompt =
            state.typed.amount
                ? tr("This cannot be undone. Type the amount %1")
                      .arg(moneyText(state.typed.amount->amount(), state.typed.amount->currency()))
                : tr("This cannot be undone. Type the word %1").arg(isolateAuto(state.typed.word));
        m_typedName->setOwn(prompt);
        m_typed->setAccessibleName(prompt);
    }
    if (state.draft && state.draft->payload != m_shownPayload)
        renderDraft(state);
    const bool busy = state.phase == SignPhase::Signing;
    for (QWidget* const field :
         std::initializer_list<QWidget*>{m_key, m_reason, m_until, m_typed, m_passphrase, m_cancel})
        field->setEnabled(!busy);
    m_busy->setVisible(busy);
    m_sign->setEnabled(state.whyNot.isEmpty());
    m_sign->setAccessibleName(m_sign->text());
    m_sign->setAccessibleDescription(state.whyNot);
    m_sign->setToolTip(state.whyNot);
    m_whyNot->setOwn(state.whyNot);
    if (state.error)
        m_error->say(Tone::Danger, errorSentence(*state.error), errorDetails(*state.error));
    else
        m_error->say(Tone::Neutral, {});
    if (state.error && state.error->code == ErrorCode::PassphraseWrong)
        m_passphrase->setFocus();
}

void SignDialog::renderDraft(const SignState& state)
{
    const SigningDraft& draft = *state.draft;
    const SignFacts& facts = *state.facts;
    m_shownPayload = draft.payload;
    m_action->setOwn(facts.action);
    m_meaning->setOwn(facts.meaning);
    m_title->setForeign(toQString(draft.request.title));
    m_sign->setText(tr("Sign: %1").arg(facts.action));
    clearLayout(m_content);

    addOwn(m_content, facts.ask.stake, ProseLabel::Look::Heading);
    ProseLabel* const undo = addOwn(m_content, facts.ask.undo, ProseLabel::Look::Heading);
    if (facts.ask.irreversible)
        undo->setTone(Tone::Danger);
    addOwn(m_content, facts.ask.effect);
    auto* const chips = new FlowLayout(space::kSmall);
    for (const ClassWords& words : classWords(draft.request.classes)) {
        auto* const chip = new Chip;
        chip->set(words.words, words.tone, {}, words.code);
        chip->setToolTip(words.sentence);
        chips->addWidget(chip);
    }
    m_content->addLayout(chips);
    if (facts.completes)
        addOwn(
            m_content,
            draft.order ? tr("The step is carried out as soon as this is signed.")
                        : tr("Yours is the last signature: the plan is then carried out."))
            ->setTone(Tone::Caution);
    else if (!facts.others.isEmpty())
        addOwn(
            m_content,
            tr("Still missing before anything is carried out: %1.")
                .arg(facts.others.join(tr(", ", "between roles"))));
    if (!facts.planChanges.empty()) {
        addOwn(m_content, tr("Your changes"), ProseLabel::Look::Heading);
        auto* const changes = new FactTable;
        for (const FieldChange& change : facts.planChanges)
            changes->addOwn(
                safeInline(change.path),
                tr("%1 → %2", "before and after")
                    .arg(
                        change.added ? tr("(new)") : safeInline(change.before),
                        change.removed ? tr("(gone)") : safeInline(change.after)));
        m_content->addWidget(changes);
    }
    auto* const plan = new PlanPanel;
    plan->showPlan(facts.plan);
    m_content->addWidget(plan);
    addPacket(m_content, draft);
    addRules(m_content, draft);
    addRaw(m_content, draft);
    m_content->addStretch(1);
    showNow(*m_scroll->widget());
}

void SignDialog::addPacket(QVBoxLayout* layout, const SigningDraft& draft)
{
    addOwn(layout, tr("Documents this signature covers"), ProseLabel::Look::Heading);
    auto* const table = new FactTable;
    table->addOwn(
        tr("Request, revision %1").arg(countText(draft.request.revision)),
        groupedHex(draft.requestSha256.hex()),
        ProseLabel::Look::Code);
    for (const control::PacketItem& item : draft.request.packet)
        table->addOwn(
            tr("%1, revision %2", "kind of a document")
                .arg(documentName(item.schema), countText(item.revision)),
            groupedHex(item.sha256.hex()),
            ProseLabel::Look::Code);
    layout->addWidget(table);
}

void SignDialog::addRules(QVBoxLayout* layout, const SigningDraft& draft)
{
    const control::ApprovalRequest& request = draft.request;
    addOwn(layout, tr("Rules and limits"), ProseLabel::Look::Heading);
    auto* const table = new FactTable;
    table->addOwn(tr("Due"), absoluteTime(request.dueAt));
    table->addOwn(tr("Signing closes"), absoluteTime(request.expiresAt));
    table->addOwn(
        tr("Policy, version %1").arg(countText(request.policyVersion)),
        groupedHex(request.policySha256.hex()),
        ProseLabel::Look::Code);
    table->addOwn(
        tr("Roster, version %1").arg(countText(request.rosterVersion)),
        groupedHex(request.rosterSha256.hex()),
        ProseLabel::Look::Code);
    for (const control::ConnectorPin& pin : request.connectors)
        table->addOwn(
            tr("System %1").arg(idText(pin.name + ' ' + pin.version)),
            groupedHex(pin.sha256.hex()),
            ProseLabel::Look::Code);
    table->addOwn(tr("Key"), groupedHex(draft.keyId), ProseLabel::Look::Code);
    if (draft.answer && draft.answer->deferUntil)
        table->addOwn(tr("Put off until"), absoluteTime(*draft.answer->deferUntil));
    layout->addWidget(table);
}

void SignDialog::addRaw(QVBoxLayout* layout, const SigningDraft& draft)
{
    auto* const toggle = new QToolButton;
    toggle->setObjectName(QStringLiteral("signRawToggle"));
    toggle->setText(tr("Show the exact bytes"));
    toggle->setAccessibleName(toggle->text());
    toggle->setCheckable(true);
    toggle->setChecked(m_rawOpen);
    toggle->setProperty("flat", true);
    layout->addWidget(toggle, 0, Qt::AlignLeading);
    ProseLabel* const raw = addForeign(layout, toQString(draft.payload), ProseLabel::Look::Code);
    raw->setObjectName(QStringLiteral("signRaw"));
    raw->setVisible(m_rawOpen);
    connect(toggle, &QToolButton::toggled, raw, [this, raw](bool open) {
        m_rawOpen = open;
        raw->setVisible(open);
    });
}

void SignDialog::sign()
{
    if (!m_presenter.state().whyNot.isEmpty())
        return;
    auto secret = std::make_shared<trust::SecretBytes>(takeSecret(m_passphrase));
    // Clearing the field told the presenter that there is no passphrase; this one counts.
    m_presenter.setPassphraseGiven(true);
    m_presenter.sign(std::move(secret));
}

void SignDialog::keyPressEvent(QKeyEvent* event)
{
    // Enter in a field must not press the default button, which is Cancel.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && qobject_cast<QPushButton*>(focusWidget()) == nullptr) {
        event->accept();
        return;
    }
    QDialog::keyPressEvent(event);
}

void SignDialog::reject()
{
    if (m_presenter.state().phase == SignPhase::Signing)
        return;
    m_passphrase->clear();
    QDialog::reject();
}

} // namespace countersign::ui
