#include "ui/people/people_presenter.h"

#include "ui/format/plain_text.h"
#include "ui/reply.h"

#include <algorithm>
#include <utility>

namespace countersign::ui {

PeoplePresenter::PeoplePresenter(Backend& backend, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
{
    updateReason();
}

void PeoplePresenter::reload()
{
    const quint64 generation = ++m_generation;
    whenReplied(this, m_backend.roster(), [this, generation](Result<control::Roster> roster) {
        if (generation != m_generation)
            return;
        m_state.loaded = true;
        if (roster.ok()) {
            m_state.rosterError.reset();
            m_state.roster = std::make_shared<control::Roster>(std::move(roster).value());
        } else {
            m_state.rosterError = roster.error();
        }
        publish();
    });
    whenReplied(
        this, m_backend.localKeys(), [this, generation](Result<std::vector<LocalKey>> keys) {
            if (generation != m_generation)
                return;
            if (keys.ok()) {
                m_state.keysError.reset();
                m_state.keys = std::move(keys).value();
            } else {
                m_state.keysError = keys.error();
            }
            updateReason();
            publish();
        });
}

void PeoplePresenter::setForm(const NewKeyForm& form)
{
    m_form = form;
    updateReason();
    publish();
}

void PeoplePresenter::createKey(std::shared_ptr<const trust::SecretBytes> passphrase)
{
    if (m_state.creating || !m_state.whyNotCreate.isEmpty())
        return;
    m_state.creating = true;
    m_state.created.reset();
    m_state.createError.reset();
    publish();
    whenReplied(
        this,
        m_backend.createKey(toUtf8(m_form.name.trimmed()), m_form.algorithm, std::move(passphrase)),
        [this](Result<LocalKey> key) {
            m_state.creating = false;
            if (key.ok()) {
                m_state.created = std::move(key).value();
                publish();
                Q_EMIT keyCreated();
                reload();
                return;
            }
            m_state.createError = key.error();
            publish();
        });
}

void PeoplePresenter::retranslate()
{
    updateReason();
    publish();
}

void PeoplePresenter::updateReason()
{
    const std::string name = toUtf8(m_form.name.trimmed());
    const bool taken =
        std::any_of(m_state.keys.begin(), m_state.keys.end(), [&](const LocalKey& key) {
            return key.name == name;
        });
    if (name.empty())
        m_state.whyNotCreate = tr("Give the key a name.");
    else if (taken)
        m_state.whyNotCreate = tr("A key of this name exists already.");
    else if (!m_form.passphraseGiven)
        m_state.whyNotCreate = tr("Choose a passphrase.");
    else if (!m_form.passphrasesEqual)
        m_state.whyNotCreate = tr("The two passphrases differ.");
    else
        m_state.whyNotCreate.clear();
}

void PeoplePresenter::publish()
{
    Q_EMIT stateChanged(m_state);
}

QString strangerSentence(const LocalKey& key)
{
    if (!key.personId.empty())
        return {};
    return PeoplePresenter::tr(
        "This key is not in the roster of this workspace, so nothing signed with it counts here. A "
        "roster names its keys when a workspace is founded: give this fingerprint to the "
        "founders.");
}

} // namespace countersign::ui
