#include "ui/people/people_page.h"

#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/people/new_key_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"
#include "ui/widgets/scroll_column.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace countersign::ui {

namespace {

QString agentTypeName(ActorType type)
{
    switch (type) {
    case ActorType::Human:
        return PeoplePage::tr("person");
    case ActorType::ObserverAgent:
        return PeoplePage::tr("observing agent");
    case ActorType::RecommenderAgent:
        return PeoplePage::tr("recommending agent");
    case ActorType::ExecutorSystem:
        return PeoplePage::tr("executing system");
    case ActorType::AutomatedWorkflow:
        return PeoplePage::tr("automated workflow");
    }
    return {};
}

Chip* addChip(QLayout* layout, const QString& words, Tone tone, Icon which)
{
    auto* const chip = new Chip;
    chip->set(words, tone, which);
    layout->addWidget(chip);
    return chip;
}

bool sameKeys(const std::vector<LocalKey>& a, const std::vector<LocalKey>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.name == y.name && x.keyId == y.keyId && x.personId == y.personId
               && x.displayName == y.displayName && x.roles == y.roles;
    });
}

} // namespace

PeoplePage::PeoplePage(Backend& backend, QWidget* parent)
    : Page(parent)
    , m_presenter(backend)
    , m_scroll(new ScrollColumn(this))
    , m_error(new Banner)
    , m_keys(new Card)
    , m_newKey(new NewKeyPanel)
    , m_people(new Card)
    , m_agents(new Card)
{
    setObjectName(QStringLiteral("peoplePage"));
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    m_scroll->setObjectName(QStringLiteral("peopleScroll"));
    all->addWidget(m_scroll);
    m_error->setObjectName(QStringLiteral("peopleError"));
    m_keys->setObjectName(QStringLiteral("localKeys"));
    m_people->setObjectName(QStringLiteral("rosterPeople"));
    m_agents->setObjectName(QStringLiteral("rosterAgents"));
    for (QWidget* const part :
         std::initializer_list<QWidget*>{m_error, m_keys, m_newKey, m_people, m_agents})
        m_scroll->column()->addWidget(part);
    connect(&m_presenter, &PeoplePresenter::stateChanged, this, &PeoplePage::render);
    connect(&m_presenter, &PeoplePresenter::keyCreated, m_newKey, &NewKeyPanel::clearForm);
    connect(m_newKey, &NewKeyPanel::formChanged, &m_presenter, &PeoplePresenter::setForm);
    connect(m_newKey, &NewKeyPanel::createRequested, &m_presenter, &PeoplePresenter::createKey);
    connect(m_error, &Banner::actionTriggered, this, [this] { m_presenter.reload(); });
    connect(&backend, &Backend::changed, this, [this] {
        if (m_shown)
            m_presenter.reload();
    });
    retranslate();
}

QString PeoplePage::title() const
{
    return tr("Keys and people");
}

void PeoplePage::activate()
{
    m_shown = true;
    m_presenter.reload();
    m_scroll->setFocus();
}

void PeoplePage::render(const PeopleState& state)
{
    const std::optional<Error>& error = state.rosterError ? state.rosterError : state.keysError;
    if (error) {
        m_error->say(Tone::Danger, errorSentence(*error), errorDetails(*error));
        m_error->setAction(tr("Try again"));
    } else {
        m_error->say(Tone::Neutral, {});
    }
    m_newKey->render(state);
    renderKeys(state);
    renderPeople(state);
    renderAgents(state);
    m_shownRoster = state.roster;
}

void PeoplePage::renderKeys(const PeopleState& state)
{
    if (m_keys->body()->count() > 0 && sameKeys(m_shownKeys, state.keys))
        return;
    m_shownKeys = state.keys;
    m_keys->clearBody();
    m_keys->setTitle(tr("Keys on this computer"), Icon::Lock);
    QVBoxLayout* const body = m_keys->body();
    if (state.keys.empty())
        addOwn(
            body,
            tr("There is no key here. Whoever signs on this computer needs one of their own."),
            ProseLabel::Look::Muted);
    for (const LocalKey& key : state.keys) {
        addForeign(body, toQString(key.name), ProseLabel::Look::Heading);
        auto* const chips = new FlowLayout(space::kSmall);
        if (key.personId.empty()) {
            addChip(chips, tr("not in the roster"), Tone::Caution, Icon::Alert);
        } else {
            addChip(
                chips,
                tr("belongs to %1").arg(safeInline(toQString(key.displayName))),
                Tone::Good,
                Icon::Person);
            for (const std::string& role : key.roles)
                addChip(chips, roleName(role), Tone::Neutral, Icon::People);
        }
        body->addLayout(chips);
        if (const QString why = strangerSentence(key); !why.isEmpty())
            addOwn(body, why);
        auto* const table = new FactTable;
        table->addOwn(tr("Fingerprint"), groupedHex(key.keyId), ProseLabel::Look::Code);
        table->addOwn(tr("Algorithm"), idText(key.algorithm));
        body->addWidget(table);
    }
}

void PeoplePage::renderPeople(const PeopleState& state)
{
    m_people->setVisible(state.roster != nullptr);
    if (!state.roster || state.roster == m_shownRoster)
        return;
    m_people->clearBody();
    m_people->setTitle(
        tr("People: roster version %1").arg(countText(state.roster->version)), Icon::People);
    QVBoxLayout* const body = m_people->body();
    if (state.roster->sha256) {
        auto* const table = new FactTable;
        table->addOwn(
            tr("Digest of the roster"),
            groupedHex(state.roster->sha256->hex()),
            ProseLabel::Look::Code);
        body->addWidget(table);
    }
    const std::vector<std::string>& founders = state.roster->founders;
    for (const control::Person& person : state.roster->people) {
        addForeign(body, toQString(person.displayName), ProseLabel::Look::Heading);
        auto* const chips = new FlowLayout(space::kSmall);
        if (std::find(founders.begin(), founders.end(), person.id) != founders.end())
            addChip(chips, tr("founder"), Tone::Accent, Icon::Pencil);
        for (const std::string& role : person.roles)
            addChip(chips, roleName(role), Tone::Neutral, Icon::Person);
        if (person.keys.empty())
            addChip(chips, tr("has no key, cannot sign"), Tone::Caution, Icon::Alert);
        body->addLayout(chips);
        auto* const table = new FactTable;
        table->addOwn(tr("Id"), idText(person.id));
        for (const control::RosterKey& key : person.keys)
            table->addOwn(
                tr("Key (%1)", "name of an algorithm")
                    .arg(idText(trust::text(key.key.algorithm()))),
                groupedHex(key.keyId),
                ProseLabel::Look::Code);
        body->addWidget(table);
    }
}

void PeoplePage::renderAgents(const PeopleState& state)
{
    m_agents->setVisible(state.roster && !state.roster->agents.empty());
    if (!state.roster || state.roster == m_shownRoster)
        return;
    m_agents->clearBody();
    m_agents->setTitle(tr("Agents: they propose, they never sign"), Icon::Info);
    for (const control::Agent& agent : state.roster->agents) {
        addForeign(m_agents->body(), toQString(agent.displayName), ProseLabel::Look::Heading);
        auto* const table = new FactTable;
        table->addOwn(tr("Kind"), agentTypeName(agent.type));
        const control::Person* const owner = state.roster->person(agent.owner);
        table->addForeign(
            tr("Answered for by"), toQString(owner == nullptr ? agent.owner : owner->displayName));
        table->addOwn(tr("Id"), idText(agent.id));
        m_agents->body()->addWidget(table);
    }
}

void PeoplePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void PeoplePage::retranslate()
{
    m_scroll->setAccessibleName(title());
    m_newKey->retranslate();
    m_shownRoster.reset();
    m_keys->clearBody();
    m_presenter.retranslate();
}

} // namespace countersign::ui
