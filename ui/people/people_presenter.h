#pragma once

#include "ui/backend.h"

#include <QObject>

namespace countersign::ui {

/// What the form for a new key holds, except the passphrase itself: that goes from the fields
/// straight into locked memory.
struct NewKeyForm
{
    QString name;
    std::string algorithm = "ecdsa-p256";
    bool passphraseGiven = false;
    bool passphrasesEqual = false;
};

struct PeopleState
{
    bool loaded = false;
    std::shared_ptr<const control::Roster> roster;
    std::optional<Error> rosterError;
    std::vector<LocalKey> keys;
    std::optional<Error> keysError;

    bool creating = false;
    QString whyNotCreate;            ///< Empty when the form can be sent.
    std::optional<LocalKey> created; ///< The key created last.
    std::optional<Error> createError;
};

/// The roster, the keys on this computer, and new keys. Thread: GUI.
class PeoplePresenter : public QObject
{
    Q_OBJECT

public:
    explicit PeoplePresenter(Backend& backend, QObject* parent = nullptr);

    [[nodiscard]] const PeopleState& state() const { return m_state; }

    void reload();
    void setForm(const NewKeyForm& form);
    /// Does nothing unless the form can be sent.
    void createKey(std::shared_ptr<const trust::SecretBytes> passphrase);
    void retranslate();

Q_SIGNALS:
    void stateChanged(const countersign::ui::PeopleState& state);
    /// The key exists now; the form can be emptied.
    void keyCreated();

private:
    void updateReason();
    void publish();

    Backend& m_backend;
    PeopleState m_state;
    NewKeyForm m_form;
    quint64 m_generation = 0;
};

/// Why a key cannot sign here yet; empty when its holder is known.
[[nodiscard]] QString strangerSentence(const LocalKey& key);

} // namespace countersign::ui
