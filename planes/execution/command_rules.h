#pragma once

#include "planes/execution/run_state.h"

/// What a person may do to a run now. The person is authorized and the statement recorded before;
/// these rules only say whether the act applies. Pure; any thread. Errors of all: NotFound (rule
/// `run.step`) for a step the plan does not have, Refused (rule `run.finished` when the run is
/// over, and those named at each).
namespace countersign::execution {

enum class Resolution {
    Done,   ///< The effect stands; in compensation: it was undone.
    NotDone ///< It does not.
};

/// Errors: Refused (rule `run.gate_not_open`; `run.stopping` when no forward call may start).
[[nodiscard]] Result<EventDraft> confirmGateDraft(
    const Plan& plan, const RunState& state, const std::string& stepId, const PersonAct& act);

/// For a step in doubt: done counts it as done, not done dispatches it again. For a stuck or manual
/// compensation: done counts it as undone, not done lets the effect stand. Errors: Refused (rule
/// `run.not_in_doubt`).
[[nodiscard]] Result<EventDraft> resolveStepDraft(
    const Plan& plan,
    const RunState& state,
    const std::string& stepId,
    Resolution resolution,
    const PersonAct& act);

/// Errors: Refused (rule `run.compensation_not_manual`).
[[nodiscard]] Result<EventDraft> confirmCompensationDraft(
    const Plan& plan, const RunState& state, const std::string& stepId, const PersonAct& act);

/// Errors: Refused (rule `run.cancel_repeated`; `run.compensating` when it is being undone anyway).
[[nodiscard]] Result<EventDraft> cancelRunDraft(const RunState& state, const PersonAct& act);

/// For a failed step of a halted run, or a stuck compensation. Errors: Refused (rule
/// `run.not_stuck`; `run.stopping` when no forward call may start).
[[nodiscard]] Result<EventDraft> retryStepDraft(
    const Plan& plan, const RunState& state, const std::string& stepId, const PersonAct& act);

} // namespace countersign::execution
