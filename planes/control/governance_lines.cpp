#include "planes/control/detail/governance_lines.h"

#include "planes/control/governance.h"

#include <algorithm>
#include <map>

namespace countersign::control {

namespace {

using Lines = std::vector<ChangeLine>;

std::vector<std::string>
without(const std::vector<std::string>& from, const std::vector<std::string>& what)
{
    std::vector<std::string> left;
    std::copy_if(from.begin(), from.end(), std::back_inserter(left), [&](const std::string& item) {
        return std::find(what.begin(), what.end(), item) == what.end();
    });
    return left;
}

std::vector<std::string> keyIdsOf(const Person& person)
{
    std::vector<std::string> ids;
    for (const RosterKey& key : person.keys)
        ids.push_back(key.keyId);
    return ids;
}

void addEach(
    Lines& lines, const char* code, const std::string& whom, const std::vector<std::string>& items)
{
    for (const std::string& item : items)
        lines.push_back({code, {whom, item}});
}

void comparePerson(Lines& lines, const Person& before, const Person& after)
{
    if (before.displayName != after.displayName)
        lines.push_back({"roster.person_renamed", {before.displayName, after.displayName}});
    if (before.manager != after.manager)
        lines.push_back({"roster.manager_changed", {after.displayName, after.manager}});
    addEach(lines, "roster.role_given", after.displayName, without(after.roles, before.roles));
    addEach(lines, "roster.role_taken", after.displayName, without(before.roles, after.roles));
    addEach(
        lines, "roster.key_added", after.displayName, without(keyIdsOf(after), keyIdsOf(before)));
    addEach(
        lines, "roster.key_removed", after.displayName, without(keyIdsOf(before), keyIdsOf(after)));
    for (const RosterKey& key : after.keys) {
        const auto old =
            std::find_if(before.keys.begin(), before.keys.end(), [&](const RosterKey& candidate) {
                return candidate.keyId == key.keyId;
            });
        if (old != before.keys.end() && old->expiresAt != key.expiresAt)
            lines.push_back(
                {"roster.key_expiry",
                 {after.displayName,
                  key.keyId,
                  key.expiresAt ? key.expiresAt->text() : std::string()}});
    }
}

void comparePeople(Lines& lines, const Roster& before, const Roster& after)
{
    for (const Person& person : after.people) {
        if (const Person* old = before.person(person.id)) {
            comparePerson(lines, *old, person);
            continue;
        }
        lines.push_back({"roster.person_added", {person.displayName, person.id}});
        addEach(lines, "roster.role_given", person.displayName, person.roles);
        addEach(lines, "roster.key_added", person.displayName, keyIdsOf(person));
    }
    for (const Person& person : before.people) {
        if (after.person(person.id) == nullptr)
            lines.push_back({"roster.person_removed", {person.displayName, person.id}});
    }
}

const Agent* agentOf(const Roster& roster, const std::string& id)
{
    const auto found = std::find_if(
        roster.agents.begin(), roster.agents.end(), [&](const Agent& a) { return a.id == id; });
    return found == roster.agents.end() ? nullptr : &*found;
}

void compareAgents(Lines& lines, const Roster& before, const Roster& after)
{
    for (const Agent& agent : after.agents) {
        const Agent* old = agentOf(before, agent.id);
        if (old == nullptr)
            lines.push_back({"roster.agent_added", {agent.displayName, agent.id, agent.owner}});
        else if (
            old->owner != agent.owner || old->type != agent.type
            || old->displayName != agent.displayName)
            lines.push_back({"roster.agent_changed", {agent.displayName, agent.id, agent.owner}});
    }
    for (const Agent& agent : before.agents) {
        if (agentOf(after, agent.id) == nullptr)
            lines.push_back({"roster.agent_removed", {agent.displayName, agent.id}});
    }
}

std::string shown(const QuorumRule& rule)
{
    return std::to_string(rule.approvalsNeeded) + " · " + std::string(text(rule.eachAtLeast))
           + " · " + std::string(text(rule.oneAtLeast));
}

std::string joined(const std::vector<std::string>& items)
{
    std::string all;
    for (const std::string& item : items)
        all += (all.empty() ? "" : ", ") + item;
    return all;
}

std::string shown(const GovernanceRule& rule)
{
    return shown(rule.quorum) + (rule.rolesNeeded.empty() ? "" : " · " + joined(rule.rolesNeeded));
}

std::string shown(const std::vector<ApprovalFloor>& floors)
{
    std::vector<std::string> items;
    for (const ApprovalFloor& floor : floors)
        items.push_back(
            std::string(text(floor.reversibility)) + " → " + std::string(text(floor.approval)));
    return joined(items);
}

} // namespace

std::vector<std::string> detail::beneficiariesOf(const Roster& before, const Roster& after)
{
    std::vector<std::string> gaining;
    for (const Person& person : after.people) {
        const Person* old = before.person(person.id);
        const Person nobody;
        const Person& earlier = old == nullptr ? nobody : *old;
        if (!without(person.roles, earlier.roles).empty()
            || !without(keyIdsOf(person), keyIdsOf(earlier)).empty())
            gaining.push_back(person.id);
    }
    return gaining;
}

std::vector<ChangeLine> compareRosters(const Roster& before, const Roster& after)
{
    Lines lines;
    if (before.name != after.name)
        lines.push_back({"roster.renamed", {before.name, after.name}});
    comparePeople(lines, before, after);
    compareAgents(lines, before, after);
    for (const DistrustedKey& key : after.distrusted) {
        if (std::find(before.distrusted.begin(), before.distrusted.end(), key)
            == before.distrusted.end())
            lines.push_back(
                {"roster.key_distrusted", {key.keyId, std::to_string(key.since), key.reason}});
    }
    for (const DistrustedKey& key : before.distrusted) {
        if (std::find(after.distrusted.begin(), after.distrusted.end(), key)
            == after.distrusted.end())
            lines.push_back({"roster.key_trusted_again", {key.keyId}});
    }
    return lines;
}

std::vector<ChangeLine> comparePolicies(const Policy& before, const Policy& after)
{
    Lines lines;
    if (before.name != after.name)
        lines.push_back({"policy.renamed", {before.name, after.name}});
    for (const auto& [role, level] : after.roleLevels) {
        const auto old = before.roleLevels.find(role);
        if (old == before.roleLevels.end() || old->second != level)
            lines.push_back({"policy.role", {role, std::string(text(level))}});
    }
    for (const auto& [role, level] : before.roleLevels) {
        if (after.roleLevels.count(role) == 0)
            lines.push_back({"policy.role_removed", {role}});
    }
    for (std::size_t i = 0; i < after.quorum.size(); ++i) {
        if (!(before.quorum.at(i) == after.quorum.at(i)))
            lines.push_back(
                {"policy.quorum",
                 {std::string(text(static_cast<ApprovalClass>(i))),
                  shown(before.quorum.at(i)),
                  shown(after.quorum.at(i))}});
    }
    for (std::size_t i = 0; i < after.governance.size(); ++i) {
        if (!(before.governance.at(i) == after.governance.at(i)))
            lines.push_back(
                {"policy.governance",
                 {std::string(text(static_cast<ChangeKind>(i))),
                  shown(before.governance.at(i)),
                  shown(after.governance.at(i))}});
    }
    if (before.floors != after.floors)
        lines.push_back({"policy.floors", {shown(before.floors), shown(after.floors)}});
    if (before.unattended != after.unattended)
        lines.push_back({"policy.unattended", {after.unattended ? "yes" : "no"}});
    return lines;
}

} // namespace countersign::control
