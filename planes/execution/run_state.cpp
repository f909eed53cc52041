#include "planes/execution/run_state.h"

#include "planes/execution/detail/state_editor.h"

namespace countersign::execution {

std::string_view text(StepStatus status)
{
    switch (status) {
    case StepStatus::Waiting:
        return "waiting";
    case StepStatus::Gate:
        return "gate";
    case StepStatus::Dispatched:
        return "dispatched";
    case StepStatus::RetryWait:
        return "retry_wait";
    case StepStatus::InDoubt:
        return "in_doubt";
    case StepStatus::Done:
        return "done";
    case StepStatus::Failed:
        return "failed";
    case StepStatus::Skipped:
        return "skipped";
    case StepStatus::CompensationDispatched:
        return "compensation_dispatched";
    case StepStatus::CompensationRetryWait:
        return "compensation_retry_wait";
    case StepStatus::CompensationInDoubt:
        return "compensation_in_doubt";
    case StepStatus::CompensationManual:
        return "compensation_manual";
    case StepStatus::CompensationFailed:
        return "compensation_failed";
    case StepStatus::Compensated:
        return "compensated";
    case StepStatus::Standing:
        return "standing";
    }
    return {};
}

std::string_view text(StopReason reason)
{
    switch (reason) {
    case StopReason::StepFailed:
        return "step_failed";
    case StopReason::Cancelled:
        return "cancelled";
    case StopReason::Expired:
        return "expired";
    }
    return {};
}

std::string_view text(RunResult result)
{
    switch (result) {
    case RunResult::Completed:
        return "completed";
    case RunResult::Failed:
        return "failed";
    case RunResult::Compensated:
        return "compensated";
    case RunResult::Cancelled:
        return "cancelled";
    case RunResult::Expired:
        return "expired";
    }
    return {};
}

std::optional<StopReason> parseStopReason(std::string_view text)
{
    for (const StopReason reason :
         {StopReason::StepFailed, StopReason::Cancelled, StopReason::Expired}) {
        if (text == execution::text(reason))
            return reason;
    }
    return std::nullopt;
}

std::optional<RunResult> parseRunResult(std::string_view text)
{
    for (const RunResult result :
         {RunResult::Completed,
          RunResult::Failed,
          RunResult::Compensated,
          RunResult::Cancelled,
          RunResult::Expired}) {
        if (text == execution::text(result))
            return result;
    }
    return std::nullopt;
}

RunState initialState(const RunHead& head, const Plan& plan)
{
    RunState state{head};
    detail::StateEditor editor(state, plan);
    state.lastSequence = 1;
    state.lastEventAt = head.createdAt;
    state.steps.resize(plan.steps.size());
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        state.steps[i].openDependencyCount = plan.steps[i].dependsOn.size();
        if (plan.steps[i].dependsOn.empty())
            editor.queue(i);
    }
    state.statusCounts.at(static_cast<std::size_t>(StepStatus::Waiting)) = plan.steps.size();
    return state;
}

namespace {

/// What one step keeps waiting, if anything.
std::optional<RunWait> waitOf(const Plan& plan, const RunState& state, std::size_t index)
{
    const StepState& step = state.steps[index];
    switch (step.status) {
    case StepStatus::Dispatched:
    case StepStatus::CompensationDispatched:
        return RunWait{WaitKind::Call, index, {}, {}, plan.steps[index].call.connector};
    case StepStatus::RetryWait:
    case StepStatus::CompensationRetryWait:
        return RunWait{WaitKind::Time, index, step.retryAt, {}, "retry"};
    case StepStatus::Gate:
        if (state.compensating || state.cancel)
            return std::nullopt;
        return RunWait{WaitKind::Gate, index, {}, {}, {}};
    case StepStatus::InDoubt:
    case StepStatus::CompensationInDoubt:
        return RunWait{WaitKind::Doubt, index, {}, {}, step.why};
    case StepStatus::CompensationManual:
        return RunWait{
            WaitKind::Undo,
            index,
            {},
            plan.steps[index].compensation.owner,
            plan.steps[index].compensation.text};
    case StepStatus::Failed:
        if (state.halt && !state.compensating)
            return RunWait{WaitKind::Stuck, index, {}, {}, state.halt->why};
        return std::nullopt;
    case StepStatus::CompensationFailed:
        return RunWait{WaitKind::Stuck, index, {}, {}, "compensation_failed"};
    case StepStatus::Waiting:
    case StepStatus::Done:
    case StepStatus::Skipped:
    case StepStatus::Compensated:
    case StepStatus::Standing:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::vector<RunWait> waits(const Plan& plan, const RunState& state, Instant now)
{
    std::vector<RunWait> result;
    if (state.result)
        return result;
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        if (std::optional<RunWait> wait = waitOf(plan, state, i))
            result.push_back(std::move(*wait));
    }
    if (state.block)
        result.push_back(RunWait{WaitKind::Authority, {}, {}, {}, state.block->detail});
    const bool forward = !state.compensating && !state.cancel;
    if (forward && now < plan.notBefore)
        result.push_back(RunWait{WaitKind::Time, {}, plan.notBefore, {}, "not_before"});
    return result;
}

} // namespace countersign::execution
