#pragma once

#include "planes/control/answer.h"
#include "planes/control/policy.h"
#include "planes/control/request.h"
#include "planes/control/roster.h"

#include <string>
#include <vector>

/// Counting signatures. Pure: the same answers in any order give the same state.
namespace countersign::control {

enum class RequestStatus {
    Open,       ///< Waits for signatures.
    Authorized, ///< The quorum is met; the plan may run.
    Rejected,   ///< Somebody who may said no; nothing of it stays runnable.
    Expired,    ///< The window closed without a quorum.
    Void,       ///< Policy or roster are no longer those the request names.
};

[[nodiscard]] std::string_view text(RequestStatus status);

struct CountedAnswer
{
    VerifiedAnswer answer;
    std::string displayName;
    std::vector<std::string> roles;
};

struct QuorumState
{
    RequestStatus status = RequestStatus::Open;
    std::vector<CountedAnswer>
        approvals; ///< One per person: the latest answer of each, approve or edit.
    std::vector<CountedAnswer> rejections;
    std::vector<CountedAnswer> questions;
    std::vector<CountedAnswer> deferrals;
    int approvalsMissing = 0;
    std::vector<std::string>
        rolesMissing;             ///< Roles the request needs that nobody who approved holds.
    bool standingMissing = false; ///< Nobody of the standing `oneAtLeast` approved yet.
    /// People who may still approve, by id.
    std::vector<std::string> mayStillApprove;
    /// True when one more signature of the right person completes the quorum.
    bool nextMayComplete = false;
};

/// `answers` are verified against this request and stand in ledger order. `now` decides about
/// expiry only as long as the quorum is not met: what was authorized in time stays so.
[[nodiscard]] QuorumState countQuorum(
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    const std::vector<VerifiedAnswer>& answers,
    Instant now);

} // namespace countersign::control
