#include "planes/control/quorum_rules.h"

#include <algorithm>
#include <map>
#include <set>

namespace countersign::control {

namespace {

struct Missing
{
    int approvals = 0;
    std::vector<std::string> roles;
    bool standing = false;

    [[nodiscard]] bool nothing() const { return approvals <= 0 && roles.empty() && !standing; }
};

Missing missingFor(
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    const std::set<std::string>& approvers)
{
    Missing missing;
    missing.approvals = std::max(0, request.approvalsNeeded - static_cast<int>(approvers.size()));
    missing.standing = request.oneAtLeast != RoleLevel::None;
    std::set<std::string> held;
    for (const std::string& id : approvers) {
        const Person* person = roster.person(id);
        held.insert(person->roles.begin(), person->roles.end());
        if (standingOf(*person, policy) >= request.oneAtLeast)
            missing.standing = false;
    }
    for (const std::string& role : request.rolesNeeded) {
        if (held.count(role) == 0)
            missing.roles.push_back(role);
    }
    return missing;
}

void sortOut(const Roster& roster, const std::vector<VerifiedAnswer>& answers, QuorumState& state)
{
    // The latest answer of a person counts (contract rule 6); a key counts once whoever shows it.
    std::map<std::string, const VerifiedAnswer*> latest;
    for (const VerifiedAnswer& answer : answers)
        latest[answer.personId] = &answer;
    std::set<std::string> keys;
    for (const VerifiedAnswer& answer : answers) {
        const auto found = latest.find(answer.personId);
        const Person* person = roster.person(answer.personId);
        if (found->second != &answer || person == nullptr)
            continue;
        CountedAnswer counted{answer, person->displayName, person->roles};
        switch (answer.answer.kind) {
        case AnswerKind::Approve:
        case AnswerKind::Edit:
            if (keys.insert(answer.keyId).second)
                state.approvals.push_back(std::move(counted));
            break;
        case AnswerKind::Reject:
            state.rejections.push_back(std::move(counted));
            break;
        case AnswerKind::Respond:
            state.questions.push_back(std::move(counted));
            break;
        case AnswerKind::Defer:
            state.deferrals.push_back(std::move(counted));
            break;
        }
    }
}

} // namespace

std::string_view text(RequestStatus status)
{
    switch (status) {
    case RequestStatus::Open:
        return "open";
    case RequestStatus::Authorized:
        return "authorized";
    case RequestStatus::Rejected:
        return "rejected";
    case RequestStatus::Expired:
        return "expired";
    case RequestStatus::Void:
        return "void";
    }
    return "unknown";
}

QuorumState countQuorum(
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    const std::vector<VerifiedAnswer>& answers,
    Instant now)
{
    QuorumState state;
    if (policy.sha256 != request.policySha256 || roster.sha256 != request.rosterSha256) {
        state.status = RequestStatus::Void;
        return state;
    }
    sortOut(roster, answers, state);
    std::set<std::string> approvers;
    for (const CountedAnswer& approval : state.approvals)
        approvers.insert(approval.answer.personId);
    const Missing missing = missingFor(request, policy, roster, approvers);
    state.approvalsMissing = missing.approvals;
    state.rolesMissing = missing.roles;
    state.standingMissing = missing.standing;

    if (!state.rejections.empty())
        state.status = RequestStatus::Rejected;
    else if (
        missing.nothing()
        && (request.approvalsNeeded > 0 || request.classes.approval == ApprovalClass::A0))
        state.status = RequestStatus::Authorized;
    else if (now > request.expiresAt)
        state.status = RequestStatus::Expired;
    if (state.status != RequestStatus::Open)
        return state;

    for (const Person& person : roster.people) {
        if (approvers.count(person.id) > 0 || person.keys.empty()
            || !whoMay({person, Act::Approve, &request}, policy).allowed)
            continue;
        state.mayStillApprove.push_back(person.id);
        std::set<std::string> withOneMore = approvers;
        withOneMore.insert(person.id);
        if (missingFor(request, policy, roster, withOneMore).nothing())
            state.nextMayComplete = true;
    }
    return state;
}

} // namespace countersign::control
