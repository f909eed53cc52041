#include "planes/control/roster.h"

#include "planes/control/detail/member_reader.h"

#include <algorithm>
#include <set>

namespace countersign::control {

namespace {

using namespace detail;

constexpr int kVersionMax = 1'000'000;

bool isActorId(std::string_view id)
{
    constexpr std::string_view kLater = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    constexpr std::size_t kLengthMax = 64;
    return id.size() >= 2 && id.size() <= kLengthMax && id.front() >= 'a' && id.front() <= 'z'
           && std::all_of(id.begin(), id.end(), [&](char c) {
                  return kLater.find(c) != std::string_view::npos;
              });
}

Result<RosterKey> parseKey(const Place& place)
{
    CS_CHECK(onlyMembers(place, {"key_id", "public_key_pem", "expires_at"}));
    CS_TRY(const std::string pem, textOf(place, "public_key_pem"));
    auto key = trust::PublicKey::fromPem(pem);
    if (!key.ok()) {
        Error error = key.error();
        error.pointer = place.pointer + "/public_key_pem";
        return fail(std::move(error));
    }
    CS_TRY(std::string keyId, textOf(place, "key_id"));
    if (keyId != key->keyId())
        return place.refuse("the key id is not the SHA-256 of the public key", "key_id");
    RosterKey parsed{std::move(keyId), std::move(*key)};
    if (has(place, "expires_at")) {
        CS_TRY(const std::string expiry, textOf(place, "expires_at"));
        const auto instant = Instant::parse(expiry);
        if (!instant.ok())
            return place.refuse("this is no time with a zone", "expires_at");
        parsed.expiresAt = *instant;
    }
    return parsed;
}

Result<Person> parsePerson(const Place& place)
{
    CS_CHECK(onlyMembers(place, {"id", "display_name", "roles", "keys", "manager"}));
    Person person;
    CS_TRY(person.id, textOf(place, "id"));
    if (!isActorId(person.id))
        return place.refuse(
            "an id is 2 to 64 of a-z, 0-9, dot, dash, underscore, and begins with a letter", "id");
    CS_TRY(person.displayName, textOf(place, "display_name"));
    CS_TRY(person.roles, textsOf(place, "roles"));
    CS_TRY(const std::vector<Place> keys, itemsOf(place, "keys"));
    for (const Place& key : keys) {
        CS_TRY(RosterKey parsed, parseKey(key));
        person.keys.push_back(std::move(parsed));
    }
    if (has(place, "manager")) {
        CS_TRY(person.manager, textOf(place, "manager"));
    }
    return person;
}

Result<Agent> parseAgent(const Place& place)
{
    CS_CHECK(onlyMembers(place, {"id", "display_name", "type", "owner"}));
    Agent agent;
    CS_TRY(agent.id, textOf(place, "id"));
    CS_TRY(agent.displayName, textOf(place, "display_name"));
    CS_TRY(const std::string type, textOf(place, "type"));
    const auto parsed = parseActorType(type);
    if (!parsed.ok() || *parsed == ActorType::Human)
        return place.refuse(
            "an agent is one of observer_agent, recommender_agent, executor_system, "
            "automated_workflow",
            "type");
    agent.type = *parsed;
    CS_TRY(agent.owner, textOf(place, "owner"));
    return agent;
}

Result<DistrustedKey> parseDistrusted(const Place& place)
{
    CS_CHECK(onlyMembers(place, {"key_id", "since", "reason"}));
    DistrustedKey distrusted;
    CS_TRY(distrusted.keyId, textOf(place, "key_id"));
    CS_TRY(distrusted.reason, textOf(place, "reason"));
    const Json& since = place.value.value("since", Json());
    if (!since.is_number_unsigned())
        return place.refuse("a ledger position is a whole number, 0 or more", "since");
    distrusted.since = since.get<std::uint64_t>();
    return distrusted;
}

/// Following the managers upwards ends.
Result<void> checkManagers(const Roster& roster)
{
    for (std::size_t i = 0; i < roster.people.size(); ++i) {
        const Person* person = &roster.people[i];
        for (std::size_t steps = 0; !person->manager.empty(); ++steps) {
            const Person* above = roster.person(person->manager);
            if (above == nullptr || steps > roster.people.size())
                return fail(
                    ErrorCode::InvalidInput,
                    above == nullptr
                        ? "the manager \"" + person->manager + "\" is not among the people"
                        : "the managers lead in a circle",
                    "roster.manager",
                    "/people/" + std::to_string(i) + "/manager");
            person = above;
        }
    }
    return {};
}

Result<void> checkWhole(const Roster& roster, const Place& root)
{
    std::set<std::string> ids;
    std::set<std::string> keyIds;
    for (std::size_t i = 0; i < roster.people.size(); ++i) {
        const Person& person = roster.people[i];
        const std::string at = "people/" + std::to_string(i);
        if (!ids.insert(person.id).second)
            return fail(
                ErrorCode::InvalidInput,
                "the id \"" + person.id + "\" stands twice",
                "roster.unique",
                "/" + at + "/id");
        for (const RosterKey& key : person.keys) {
            if (!keyIds.insert(key.keyId).second)
                return fail(
                    ErrorCode::InvalidInput,
                    "one key is held twice; people are told apart by their keys",
                    "roster.distinct_keys",
                    "/" + at + "/keys");
        }
    }
    for (std::size_t i = 0; i < roster.agents.size(); ++i) {
        const Agent& agent = roster.agents[i];
        const std::string at = "/agents/" + std::to_string(i);
        if (!ids.insert(agent.id).second)
            return fail(
                ErrorCode::InvalidInput,
                "the id \"" + agent.id + "\" stands twice",
                "roster.unique",
                at + "/id");
        if (roster.person(agent.owner) == nullptr)
            return fail(
                ErrorCode::InvalidInput,
                "the owner \"" + agent.owner + "\" is not among the people",
                "roster.owner",
                at + "/owner");
    }
    if (roster.founders.empty())
        return root.refuse("at least one founder must sign the roster", "founders");
    for (std::size_t i = 0; roster.version == 1 && i < roster.founders.size(); ++i) {
        const Person* founder = roster.person(roster.founders[i]);
        if (founder == nullptr || founder->keys.empty())
            return fail(
                ErrorCode::InvalidInput,
                "the founder \"" + roster.founders[i] + "\" is not a person with a key",
                "roster.founder",
                "/founders/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < roster.distrusted.size(); ++i) {
        if (roster.holderOf(roster.distrusted[i].keyId) != nullptr)
            return fail(
                ErrorCode::InvalidInput,
                "a key that is distrusted cannot be held by anybody",
                "roster.distrusted",
                "/distrusted_keys/" + std::to_string(i) + "/key_id");
    }
    return checkManagers(roster);
}

} // namespace

bool Person::hasRole(const std::string& role) const
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const Person* Roster::person(const std::string& id) const
{
    const auto found =
        std::find_if(people.begin(), people.end(), [&](const Person& p) { return p.id == id; });
    return found == people.end() ? nullptr : &*found;
}

const Person* Roster::holderOf(const std::string& keyId) const
{
    for (const Person& candidate : people) {
        for (const RosterKey& key : candidate.keys) {
            if (key.keyId == keyId)
                return &candidate;
        }
    }
    return nullptr;
}

bool Roster::trusts(const std::string& keyId, std::uint64_t index) const
{
    return std::none_of(distrusted.begin(), distrusted.end(), [&](const DistrustedKey& candidate) {
        return candidate.keyId == keyId && index >= candidate.since;
    });
}

Result<Roster> parseRoster(const Json& document)
{
    const Place root{document, "", "roster.form"};
    CS_CHECK(onlyMembers(
        root,
        {"schema",
         "version",
         "tenant_id",
         "name",
         "people",
         "agents",
         "founders",
         "distrusted_keys"}));
    CS_TRY(const std::string schema, textOf(root, "schema"));
    if (schema != "roster")
        return root.refuse("this is not a roster", "schema");
    Roster roster;
    CS_TRY(roster.version, smallNumberOf(root, "version", 1, kVersionMax));
    CS_TRY(roster.tenantId, textOf(root, "tenant_id"));
    CS_TRY(roster.name, textOf(root, "name"));
    CS_TRY(const std::vector<Place> people, itemsOf(root, "people"));
    for (const Place& place : people) {
        CS_TRY(Person person, parsePerson(place));
        roster.people.push_back(std::move(person));
    }
    if (has(root, "agents")) {
        CS_TRY(const std::vector<Place> agents, itemsOf(root, "agents"));
        for (const Place& place : agents) {
            CS_TRY(Agent agent, parseAgent(place));
            roster.agents.push_back(std::move(agent));
        }
    }
    CS_TRY(roster.founders, textsOf(root, "founders"));
    if (has(root, "distrusted_keys")) {
        CS_TRY(const std::vector<Place> distrusted, itemsOf(root, "distrusted_keys"));
        for (const Place& place : distrusted) {
            CS_TRY(DistrustedKey parsed, parseDistrusted(place));
            roster.distrusted.push_back(std::move(parsed));
        }
    }
    CS_CHECK(checkWhole(roster, root));
    CS_TRY(roster.sha256, canonicalDigest(document));
    return roster;
}

} // namespace countersign::control
