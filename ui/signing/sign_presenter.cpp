#include "ui/signing/sign_presenter.h"

#include "ui/format/error_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/reply.h"

namespace countersign::ui {

namespace {

// Long enough not to ask for a statement at every key press, short enough not to be waited for.
constexpr int kPrepareDelayMs = 250;

struct Needs
{
    bool reason = false;
    bool takesReason = false;
    bool date = false;
};

Needs needsOf(const std::variant<AnswerIntent, OrderIntent>& intent)
{
    if (const auto* answer = std::get_if<AnswerIntent>(&intent)) {
        switch (answer->kind) {
        case control::AnswerKind::Approve:
        case control::AnswerKind::Edit:
            return {};
        case control::AnswerKind::Reject:
        case control::AnswerKind::Respond:
            return {true, true, false};
        case control::AnswerKind::Defer:
            return {false, true, true};
        }
    }
    const auto& order = std::get<OrderIntent>(intent);
    switch (order.kind) {
    case control::RunOrderKind::ConfirmGate:
    case control::RunOrderKind::RetryStep:
        return {false, true, false};
    case control::RunOrderKind::Cancel:
    case control::RunOrderKind::ResolveDone:
    case control::RunOrderKind::ResolveNotDone:
    case control::RunOrderKind::CompensationDone:
        return {true, true, false};
    }
    return {};
}

} // namespace

SignPresenter::SignPresenter(Backend& backend, const Clock& clock, SignTask task, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_clock(clock)
    , m_task(std::move(task))
{
    CS_ASSERT(m_task.view != nullptr && !m_task.keys.empty());
    const Needs needs = needsOf(m_task.intent);
    m_state.keys = m_task.keys;
    m_state.needsReason = needs.reason;
    m_state.takesReason = needs.takesReason;
    m_state.needsDate = needs.date;
    m_prepareTimer.setSingleShot(true);
    m_prepareTimer.setInterval(kPrepareDelayMs);
    connect(&m_prepareTimer, &QTimer::timeout, this, [this] { prepare(); });
}

void SignPresenter::start()
{
    prepare();
}

void SignPresenter::chooseKey(int index)
{
    if (index < 0 || index >= static_cast<int>(m_state.keys.size()) || index == m_state.keyIndex)
        return;
    m_state.keyIndex = index;
    prepare();
}

void SignPresenter::setReason(const QString& reason)
{
    m_reason = reason.trimmed();
    prepareSoon();
}

void SignPresenter::setDeferUntil(Instant until)
{
    m_deferUntil = until;
    prepareSoon();
}

void SignPresenter::setTyped(const QString& typed)
{
    m_typedText = typed;
    publish();
}

void SignPresenter::setPassphraseGiven(bool given)
{
    m_passphraseGiven = given;
    publish();
}

/// The draft on the screen no longer says what was entered.
void SignPresenter::prepareSoon()
{
    ++m_generation;
    m_state.phase = SignPhase::Preparing;
    m_prepareTimer.start();
    publish();
}

void SignPresenter::prepare()
{
    m_prepareTimer.stop();
    const quint64 generation = ++m_generation;
    m_state.phase = SignPhase::Preparing;
    publish();
    const std::string& keyName = m_state.keys[static_cast<std::size_t>(m_state.keyIndex)].name;
    const auto reply = [this, generation](Result<SigningDraft> draft) {
        if (generation == m_generation)
            taken(std::move(draft));
    };
    if (const auto* answer = std::get_if<AnswerIntent>(&m_task.intent)) {
        AnswerIntent intent = *answer;
        intent.keyName = keyName;
        intent.reason = toUtf8(m_reason);
        intent.deferUntil = m_deferUntil;
        whenReplied(this, m_backend.prepareAnswer(std::move(intent)), reply);
    } else {
        OrderIntent intent = std::get<OrderIntent>(m_task.intent);
        intent.keyName = keyName;
        intent.reason = toUtf8(m_reason);
        whenReplied(this, m_backend.prepareOrder(std::move(intent)), reply);
    }
}

void SignPresenter::taken(Result<SigningDraft> draft)
{
    if (draft.ok()) {
        m_state.phase = SignPhase::Ready;
        m_state.error.reset();
        m_state.facts = signFacts(*draft, *m_task.view);
        m_state.typed = typedCheck(*draft, *m_task.view);
        m_state.draft = std::move(draft).value();
    } else {
        // A missing reason shows as what is missing, not as a refusal.
        const bool incomplete =
            (m_state.needsReason && m_reason.isEmpty()) || (m_state.needsDate && !m_deferUntil);
        m_state.phase = SignPhase::Refused;
        m_state.error = incomplete ? std::nullopt : std::optional<Error>(draft.error());
        m_state.draft.reset();
    }
    publish();
}

void SignPresenter::sign(std::shared_ptr<const trust::SecretBytes> passphrase)
{
    if (!whyNot().isEmpty())
        return;
    m_state.phase = SignPhase::Signing;
    m_state.error.reset();
    publish();
    const quint64 generation = ++m_generation;
    whenReplied(
        this,
        m_backend.sign(*m_state.draft, std::move(passphrase)),
        [this, generation](Result<void> done) {
            if (generation != m_generation)
                return;
            if (done.ok()) {
                m_state.phase = SignPhase::Signed;
                publish();
                Q_EMIT finished();
                return;
            }
            m_state.phase = SignPhase::Ready;
            m_state.error = done.error();
            m_passphraseGiven = false;
            publish();
        });
}

QString SignPresenter::whyNot() const
{
    switch (m_state.phase) {
    case SignPhase::Signing:
        return tr("The signature is being made.");
    case SignPhase::Signed:
        return tr("This is signed.");
    case SignPhase::Preparing:
    case SignPhase::Ready:
    case SignPhase::Refused:
        break;
    }
    if (m_state.needsReason && m_reason.isEmpty())
        return tr("Write the reason first.");
    if (m_state.needsDate && !m_deferUntil)
        return tr("Choose until when.");
    if (m_state.phase == SignPhase::Preparing)
        return tr("The statement is being prepared.");
    if (!m_state.draft)
        return m_state.error ? errorSentence(*m_state.error) : tr("There is nothing to sign yet.");
    const QString mismatch = draftMismatch(*m_state.draft, *m_task.view);
    if (!mismatch.isEmpty())
        return mismatch;
    if (!m_state.typed.matches(m_typedText))
        return m_state.typed.amount
                   ? tr("Type the amount %1 to confirm.")
                         .arg(moneyText(
                             m_state.typed.amount->amount(), m_state.typed.amount->currency()))
                   : tr("Type the word %1 to confirm.").arg(isolateAuto(m_state.typed.word));
    if (!m_passphraseGiven)
        return tr("Enter the passphrase of the key.");
    return {};
}

void SignPresenter::publish()
{
    m_state.whyNot = whyNot();
    Q_EMIT stateChanged(m_state);
}

} // namespace countersign::ui
