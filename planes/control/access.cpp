#include "planes/control/access.h"

#include <algorithm>

namespace countersign::control {

namespace {

bool isBarred(const Person& person, const ApprovalRequest& request)
{
    return std::find(request.barred.begin(), request.barred.end(), person.id)
           != request.barred.end();
}

AccessVerdict allow(std::string rule)
{
    return {true, std::move(rule), {}};
}

AccessVerdict deny(std::string rule, std::string reason)
{
    return {false, std::move(rule), std::move(reason)};
}

AccessVerdict
needsStanding(const Person& person, RoleLevel needed, const Policy& policy, const std::string& rule)
{
    if (standingOf(person, policy) >= needed)
        return allow(rule);
    return deny(
        rule,
        person.displayName + " has no role of the standing \"" + std::string(text(needed))
            + "\" that this needs");
}

/// Whoever holds a role the request names is concerned, whatever the standing of that role.
bool holdsNeededRole(const Person& person, const ApprovalRequest& request)
{
    return std::any_of(
        request.rolesNeeded.begin(), request.rolesNeeded.end(), [&](const std::string& role) {
            return person.hasRole(role);
        });
}

} // namespace

RoleLevel standingOf(const Person& person, const Policy& policy)
{
    RoleLevel highest = RoleLevel::None;
    for (const std::string& role : person.roles)
        highest = std::max(highest, policy.levelOf(role));
    return highest;
}

AccessVerdict whoMay(const AccessQuestion& question, const Policy& policy)
{
    const Person& person = question.person;
    if (question.act == Act::HaltDispatch)
        return needsStanding(person, RoleLevel::Manager, policy, "halt.standing");
    if (question.act == Act::ProposeChange)
        return allow("change.roster");
    CS_ASSERT(question.request != nullptr);
    const ApprovalRequest& request = *question.request;
    switch (question.act) {
    case Act::Approve:
        if (isBarred(person, request))
            return deny(
                "separation.proposer",
                person.displayName + " proposed this or wrote its papers and may not sign it");
        return needsStanding(person, request.eachAtLeast, policy, "quorum.standing");
    case Act::Reject:
        if (isBarred(person, request))
            return deny(
                "separation.proposer", person.displayName + " proposed this; withdraw it instead");
        if (holdsNeededRole(person, request))
            return allow("reject.concerned");
        return needsStanding(person, RoleLevel::Manager, policy, "reject.standing");
    case Act::Respond:
    case Act::Defer:
        return allow("answer.roster");
    case Act::ConfirmGate:
        if (isBarred(person, request))
            return deny(
                "separation.proposer",
                person.displayName + " proposed this and may not open its gates");
        if (holdsNeededRole(person, request))
            return allow("gate.concerned");
        return needsStanding(
            person, std::max(request.eachAtLeast, RoleLevel::Manager), policy, "gate.standing");
    case Act::CancelRun:
    case Act::ResolveStep:
        if (holdsNeededRole(person, request) || person.id == request.requestedBy)
            return allow("run.concerned");
        return needsStanding(person, RoleLevel::Manager, policy, "run.standing");
    case Act::HaltDispatch:
    case Act::ProposeChange:
        break;
    }
    return deny("access.unknown", "nothing allows this");
}

} // namespace countersign::control
