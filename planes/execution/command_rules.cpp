#include "planes/execution/command_rules.h"

#include "planes/execution/run_rules.h"

namespace countersign::execution {

namespace {

Failure refused(std::string rule, std::string detail)
{
    return fail(ErrorCode::Refused, std::move(detail), std::move(rule));
}

Result<std::size_t> findStep(const Plan& plan, const RunState& state, const std::string& stepId)
{
    if (state.result)
        return refused("run.finished", "the run is finished");
    const std::optional<std::size_t> index = plan.find(stepId);
    if (!index)
        return fail(ErrorCode::NotFound, "the plan has no step \"" + stepId + "\"", "run.step");
    return *index;
}

EventDraft actDraft(RunEventType type, const PersonAct& act)
{
    EventDraft draft{type, act.at, Json::object()};
    writeAct(draft.body, act);
    return draft;
}

Result<void> refuseWhenStopping(const Plan& plan, const RunState& state, Instant now)
{
    const std::optional<StopReason> stop = stopReason(plan, state, now);
    if (!stop)
        return {};
    return refused("run.stopping", "no step may start any more (" + std::string(text(*stop)) + ")");
}

} // namespace

Result<EventDraft> confirmGateDraft(
    const Plan& plan, const RunState& state, const std::string& stepId, const PersonAct& act)
{
    CS_TRY(const std::size_t index, findStep(plan, state, stepId));
    CS_CHECK(refuseWhenStopping(plan, state, act.at));
    if (state.steps[index].status != StepStatus::Gate)
        return refused("run.gate_not_open", "the gate of step \"" + stepId + "\" is not open");
    EventDraft draft = actDraft(RunEventType::StepGateConfirmed, act);
    draft.body["step_id"] = stepId;
    return draft;
}

Result<EventDraft> resolveStepDraft(
    const Plan& plan,
    const RunState& state,
    const std::string& stepId,
    Resolution resolution,
    const PersonAct& act)
{
    CS_TRY(const std::size_t index, findStep(plan, state, stepId));
    const StepStatus status = state.steps[index].status;
    const bool compensation = status == StepStatus::CompensationInDoubt
                              || status == StepStatus::CompensationFailed
                              || status == StepStatus::CompensationManual;
    if (status != StepStatus::InDoubt && !compensation)
        return refused(
            "run.not_in_doubt",
            "step \"" + stepId + "\" is " + std::string(text(status)) + ", not in doubt");
    EventDraft draft = actDraft(RunEventType::StepResolved, act);
    draft.body["step_id"] = stepId;
    draft.body["phase"] = text(compensation ? CallPhase::Compensation : CallPhase::Forward);
    draft.body["resolution"] = resolution == Resolution::Done ? "done" : "not_done";
    return draft;
}

Result<EventDraft> confirmCompensationDraft(
    const Plan& plan, const RunState& state, const std::string& stepId, const PersonAct& act)
{
    CS_TRY(const std::size_t index, findStep(plan, state, stepId));
    if (state.steps[index].status != StepStatus::CompensationManual)
        return refused(
            "run.compensation_not_manual",
            "step \"" + stepId + "\" does not wait to be undone by hand");
    EventDraft draft = actDraft(RunEventType::StepCompensationConfirmed, act);
    draft.body["step_id"] = stepId;
    return draft;
}

Result<EventDraft> cancelRunDraft(const RunState& state, const PersonAct& act)
{
    if (state.result)
        return refused("run.finished", "the run is finished");
    if (state.compensating)
        return refused("run.compensating", "the run is being undone already");
    if (state.cancel)
        return refused("run.cancel_repeated", "the run was cancelled before");
    return actDraft(RunEventType::RunCancelRequested, act);
}

Result<EventDraft> retryStepDraft(
    const Plan& plan, const RunState& state, const std::string& stepId, const PersonAct& act)
{
    CS_TRY(const std::size_t index, findStep(plan, state, stepId));
    const StepStatus status = state.steps[index].status;
    const bool compensation = status == StepStatus::CompensationFailed;
    const bool forward = status == StepStatus::Failed && plan.onFailure == OnFailure::Halt;
    if (!compensation && !forward)
        return refused(
            "run.not_stuck",
            "step \"" + stepId + "\" is " + std::string(text(status))
                + " and cannot be retried by hand");
    if (forward)
        CS_CHECK(refuseWhenStopping(plan, state, act.at));
    EventDraft draft = actDraft(RunEventType::RunResumed, act);
    draft.body["step_id"] = stepId;
    draft.body["phase"] = text(compensation ? CallPhase::Compensation : CallPhase::Forward);
    return draft;
}

} // namespace countersign::execution
