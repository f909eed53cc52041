#include "app/ctl/command_lists.h"
#include "app/ctl/workspace_access.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

Json personJson(const control::Person& person, bool isFounder)
{
    Json keys = Json::array();
    for (const control::RosterKey& key : person.keys)
        keys.push_back({{"key_id", key.keyId}, {"algorithm", trust::text(key.key.algorithm())}});
    return {
        {"id", person.id},
        {"display_name", person.displayName},
        {"roles", person.roles},
        {"founder", isFounder},
        {"keys", std::move(keys)}};
}

void printPerson(Output& output, const control::Person& person, bool isFounder)
{
    std::string roles;
    for (const std::string& role : person.roles)
        roles += (roles.empty() ? "" : ", ") + role;
    output.line(
        "  " + person.id + "  " + shownLine(person.displayName) + (isFounder ? " (founder)" : ""));
    if (!roles.empty())
        output.line("    " + shownLine(roles));
    for (const control::RosterKey& key : person.keys)
        output.line(
            "    " + std::string(trust::text(key.key.algorithm())) + "  "
            + key.key.fingerprint().groupedText());
}

Result<int> showRoster(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    const control::Roster& roster = room->foundation().roster();
    CS_ASSERT(roster.sha256.has_value()); // It was read from a document.
    output.line(
        shownLine(roster.name) + ", version " + std::to_string(roster.version) + ", tenant "
        + roster.tenantId);
    output.line("  " + roster.sha256->groupedText());
    output.line();
    output.line("People:");
    Json people = Json::array();
    for (const control::Person& person : roster.people) {
        const bool isFounder = std::find(roster.founders.begin(), roster.founders.end(), person.id)
                               != roster.founders.end();
        printPerson(output, person, isFounder);
        people.push_back(personJson(person, isFounder));
    }
    Json agents = Json::array();
    if (!roster.agents.empty())
        output.line("Agents, who may hand in and never sign:");
    for (const control::Agent& agent : roster.agents) {
        output.line(
            "  " + agent.id + "  " + shownLine(agent.displayName) + "  "
            + std::string(text(agent.type)) + ", answered for by " + agent.owner);
        agents.push_back(
            {{"id", agent.id},
             {"display_name", agent.displayName},
             {"type", text(agent.type)},
             {"owner", agent.owner}});
    }
    output.document(
        {{"name", roster.name},
         {"version", roster.version},
         {"tenant_id", roster.tenantId},
         {"sha256", roster.sha256->hex()},
         {"people", std::move(people)},
         {"agents", std::move(agents)}});
    return kDone;
}

} // namespace

std::vector<CommandSpec> rosterCommands()
{
    return {
        {"roster show",
         "Who may sign, with which roles and keys",
         "As the founders signed it at the start of the workspace.",
         {},
         {},
         {"roster show --workspace ~/northgate", "roster show --json"},
         showRoster}};
}

} // namespace countersign::ctl
