#pragma once

#include "app/ctl/output.h"
#include "planes/control/quorum_rules.h"
#include "planes/control/request.h"
#include "planes/control/roster.h"

#include <string>

/// What a signature covers, in words: the same for `show` and for `sign`.
namespace countersign::ctl {

/// `Name (id)`, or the id alone.
[[nodiscard]] std::string personText(const control::Roster& roster, const std::string& personId);

/// The sentence, the classes with their reasons, the deadline, the digests in groups of four.
void printRequest(
    Output& output,
    const control::ApprovalRequest& request,
    const Digest& requestSha256,
    const control::Roster& roster);

/// Who signed, who said what else, and who must still sign.
void printQuorum(
    Output& output,
    const control::ApprovalRequest& request,
    const control::QuorumState& quorum,
    const control::Roster& roster);

/// What will happen: each step with its call, its effects and how it is undone.
void printPlan(Output& output, const Json& plan);

} // namespace countersign::ctl
