#pragma once

#include "models/ids.h"
#include "ui/signing/sign_facts.h"

#include <QObject>
#include <QTimer>

#include <variant>

namespace countersign::ui {

/// What somebody set out to sign, with what was on the screen when they did.
struct SignTask
{
    std::shared_ptr<const DecisionView> view;
    std::variant<AnswerIntent, OrderIntent> intent;
    std::vector<LocalKey> keys; ///< Those worth offering; at least one.
};

enum class SignPhase {
    Preparing, ///< The core makes the statement.
    Ready,
    Refused, ///< The core does not let this key sign this; another key may help.
    Signing,
    Signed,
};

struct SignState
{
    SignPhase phase = SignPhase::Preparing;
    std::vector<LocalKey> keys;
    int keyIndex = 0;
    std::optional<SigningDraft> draft;
    std::optional<SignFacts> facts;
    TypedCheck typed;
    std::optional<Error> error; ///< Of preparing or signing.
    bool needsReason = false;
    bool takesReason = false;
    bool needsDate = false;
    /// Why signing is not possible now, or empty. The first thing that is missing.
    QString whyNot;
};

/// Prepares the statement for the chosen key, and signs it. Signing needs a draft that fits what is
/// entered: whatever changes the statement has it made anew. Thread: GUI.
class SignPresenter : public QObject
{
    Q_OBJECT

public:
    SignPresenter(Backend& backend, const Clock& clock, SignTask task, QObject* parent = nullptr);

    [[nodiscard]] const SignState& state() const { return m_state; }
    [[nodiscard]] const DecisionView& view() const { return *m_task.view; }
    [[nodiscard]] Instant now() const { return m_clock.now(); }

    void start();
    void chooseKey(int index);
    void setReason(const QString& reason);
    void setDeferUntil(Instant until);
    void setTyped(const QString& typed);
    void setPassphraseGiven(bool given);
    /// Only does something when state().whyNot is empty.
    void sign(std::shared_ptr<const trust::SecretBytes> passphrase);

Q_SIGNALS:
    void stateChanged(const countersign::ui::SignState& state);
    /// The signature was handed in and accepted.
    void finished();

private:
    void prepare();
    void prepareSoon();
    void taken(Result<SigningDraft> draft);
    [[nodiscard]] QString whyNot() const;
    void publish();

    Backend& m_backend;
    const Clock& m_clock;
    SignTask m_task;
    SignState m_state;
    QTimer m_prepareTimer;
    QString m_reason;
    QString m_typedText;
    std::optional<Instant> m_deferUntil;
    bool m_passphraseGiven = false;
    quint64 m_generation = 0;
};

} // namespace countersign::ui
