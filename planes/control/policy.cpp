#include "planes/control/policy.h"

#include "planes/control/detail/member_reader.h"

#include <algorithm>

namespace countersign::control {

namespace {

using namespace detail;

constexpr int kVersionMax = 1'000'000;
constexpr int kApprovalsMax = 20;
constexpr std::array<std::string_view, 4> kLevelTexts = {"none", "manager", "head", "executive"};

// The guards: what "one manager", "two people", "three with an executive" mean at the least.
constexpr std::array<QuorumRule, 4> kGuards = {{
    {0, RoleLevel::None, RoleLevel::None},
    {1, RoleLevel::Manager, RoleLevel::Manager},
    {2, RoleLevel::Manager, RoleLevel::Manager},
    {3, RoleLevel::Manager, RoleLevel::Executive},
}};

constexpr QuorumRule kGovernanceGuard{2, RoleLevel::Manager, RoleLevel::Head};
constexpr std::array<std::string_view, kChangeKindCount> kChangeTexts = {
    "roster", "recovery", "policy", "resume"};

bool isAtLeast(const QuorumRule& rule, const QuorumRule& floor)
{
    return rule.approvalsNeeded >= floor.approvalsNeeded && rule.eachAtLeast >= floor.eachAtLeast
           && rule.oneAtLeast >= floor.oneAtLeast;
}

Result<RoleLevel> parseLevel(const Place& place, const std::string& name)
{
    CS_TRY(const std::string text, textOf(place, name));
    const auto found = std::find(kLevelTexts.begin(), kLevelTexts.end(), text);
    if (found == kLevelTexts.end())
        return place.refuse("a standing is none, manager, head or executive", name);
    return static_cast<RoleLevel>(found - kLevelTexts.begin());
}

Result<QuorumRule> parseQuorumRule(const Place& place, const QuorumRule& guard)
{
    QuorumRule rule;
    CS_TRY(rule.approvalsNeeded, smallNumberOf(place, "approvals_needed", 0, kApprovalsMax));
    CS_TRY(rule.eachAtLeast, parseLevel(place, "each_at_least"));
    CS_TRY(rule.oneAtLeast, parseLevel(place, "one_at_least"));
    if (!isAtLeast(rule, guard))
        return fail(
            ErrorCode::InvalidInput,
            "this quorum is below the guard: at least " + std::to_string(guard.approvalsNeeded)
                + " of standing " + std::string(text(guard.eachAtLeast)) + ", one of standing "
                + std::string(text(guard.oneAtLeast)),
            "policy.guard",
            place.pointer);
    return rule;
}

Result<void> parseGovernance(const Place& root, Policy& policy)
{
    policy.governance.fill({kGovernanceGuard, {}});
    if (!has(root, "governance"))
        return {};
    CS_TRY(const Place governance, member(root, "governance"));
    CS_CHECK(onlyMembers(governance, {"roster", "recovery", "policy", "resume"}));
    for (std::size_t i = 0; i < kChangeTexts.size(); ++i) {
        const std::string name(kChangeTexts.at(i));
        if (!has(governance, name))
            continue;
        CS_TRY(const Place place, member(governance, name));
        CS_CHECK(onlyMembers(
            place, {"approvals_needed", "each_at_least", "one_at_least", "roles_needed"}));
        GovernanceRule& rule = policy.governance.at(i);
        CS_TRY(rule.quorum, parseQuorumRule(place, kGovernanceGuard));
        if (has(place, "roles_needed")) {
            CS_TRY(rule.rolesNeeded, textsOf(place, "roles_needed"));
        }
    }
    return {};
}

Result<std::vector<ApprovalFloor>> parseFloors(const Place& root)
{
    std::vector<ApprovalFloor> floors;
    CS_TRY(const std::vector<Place> places, itemsOf(root, "floors"));
    for (const Place& place : places) {
        CS_CHECK(onlyMembers(place, {"reversibility", "approval"}));
        CS_TRY(const std::string reversibility, textOf(place, "reversibility"));
        CS_TRY(const std::string approval, textOf(place, "approval"));
        const auto parsedReversibility = parseReversibility(reversibility);
        const auto parsedApproval = parseApprovalClass(approval);
        if (!parsedReversibility.ok() || !parsedApproval.ok())
            return place.refuse(
                "a floor names a reversibility (R0 to R3) and an approval class (A0 to A3)");
        floors.push_back({*parsedReversibility, *parsedApproval});
    }
    return floors;
}

} // namespace

std::string_view text(RoleLevel level)
{
    return kLevelTexts.at(static_cast<std::size_t>(level));
}

RoleLevel Policy::levelOf(const std::string& role) const
{
    const auto found = roleLevels.find(role);
    return found == roleLevels.end() ? RoleLevel::None : found->second;
}

const QuorumRule& Policy::quorumOf(ApprovalClass approval) const
{
    return quorum.at(static_cast<std::size_t>(approval));
}

const GovernanceRule& Policy::governanceOf(ChangeKind kind) const
{
    return governance.at(static_cast<std::size_t>(kind));
}

std::string_view text(ChangeKind kind)
{
    return kChangeTexts.at(static_cast<std::size_t>(kind));
}

Result<ChangeKind> parseChangeKind(std::string_view text)
{
    const auto found = std::find(kChangeTexts.begin(), kChangeTexts.end(), text);
    if (found == kChangeTexts.end())
        return fail(
            ErrorCode::InvalidInput,
            "a change is roster, recovery, policy or resume",
            "change.kind");
    return static_cast<ChangeKind>(found - kChangeTexts.begin());
}

Result<Policy> parsePolicy(const Json& document)
{
    const Place root{document, "", "policy.form"};
    CS_CHECK(onlyMembers(
        root,
        {"schema", "version", "name", "roles", "quorum", "floors", "governance", "unattended"}));
    CS_TRY(const std::string schema, textOf(root, "schema"));
    if (schema != "policy")
        return root.refuse("this is not a policy", "schema");
    Policy policy;
    CS_TRY(policy.version, smallNumberOf(root, "version", 1, kVersionMax));
    CS_TRY(policy.name, textOf(root, "name"));
    CS_TRY(const Place roles, member(root, "roles"));
    if (!roles.value.is_object())
        return roles.refuse("an object is expected here");
    for (const auto& [role, ignored] : roles.value.items()) {
        CS_TRY(policy.roleLevels[role], parseLevel(roles, role));
    }
    CS_TRY(const Place quorum, member(root, "quorum"));
    CS_CHECK(onlyMembers(quorum, {"A0", "A1", "A2", "A3"}));
    for (std::size_t i = 0; i < policy.quorum.size(); ++i) {
        const std::string name(text(static_cast<ApprovalClass>(i)));
        CS_TRY(const Place place, member(quorum, name));
        CS_CHECK(onlyMembers(place, {"approvals_needed", "each_at_least", "one_at_least"}));
        CS_TRY(policy.quorum.at(i), parseQuorumRule(place, kGuards.at(i)));
        if (i > 0 && !isAtLeast(policy.quorum.at(i), policy.quorum.at(i - 1)))
            return place.refuse(
                "a higher class cannot need fewer people or less standing than a lower one");
    }
    CS_TRY(policy.floors, parseFloors(root));
    CS_CHECK(parseGovernance(root, policy));
    CS_TRY(policy.unattended, flagOf(root, "unattended"));
    CS_TRY(policy.sha256, canonicalDigest(document));
    return policy;
}

} // namespace countersign::control
