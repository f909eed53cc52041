#pragma once

#include "planes/control/policy.h"
#include "planes/control/request.h"
#include "planes/control/roster.h"

#include <string>

/// The one place that answers "who may". Everything else asks here; another engine can take this
/// function's place without anybody else noticing.
namespace countersign::control {

enum class Act {
    Approve,       ///< approve, or edit: counts towards the quorum
    Reject,        ///< ends the request
    Respond,       ///< asks back, commits to nothing
    Defer,         ///< puts it off, commits to nothing
    ConfirmGate,   ///< lets a gated step go
    CancelRun,     ///< stops a run
    ResolveStep,   ///< says whether an effect in doubt stands, retries, confirms work done by hand
    HaltDispatch,  ///< stops everything at once
    ProposeChange, ///< proposes a change of the charter; commits to nothing
};

struct AccessQuestion
{
    const Person& person;
    Act act;
    /// What it is about; null for HaltDispatch and ProposeChange, which are about the workspace.
    const ApprovalRequest* request = nullptr;
};

struct AccessVerdict
{
    bool allowed = false;
    std::string rule;   ///< Rule that decided, e.g. `separation.proposer`.
    std::string reason; ///< One English sentence for logs and countersignctl.
};

[[nodiscard]] AccessVerdict whoMay(const AccessQuestion& question, const Policy& policy);

/// The highest standing among the person's roles.
[[nodiscard]] RoleLevel standingOf(const Person& person, const Policy& policy);

} // namespace countersign::control
