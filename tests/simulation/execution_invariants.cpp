#include "tests/simulation/execution_world.h"

#include <algorithm>

namespace countersign::testing {

using namespace execution;

void ExecutionWorld::require(bool condition, const std::string& invariant)
{
    if (!condition && m_violation.empty())
        m_violation = invariant + " [iteration " + std::to_string(m_iteration) + "]";
}

std::size_t ExecutionWorld::countEvents(
    const WorldRun& run,
    RunEventType type,
    const std::string& stepId,
    const std::string& resolution) const
{
    const std::vector<RunEvent>& history = m_journal.history(*run.id);
    return static_cast<std::size_t>(
        std::count_if(history.begin(), history.end(), [&](const RunEvent& event) {
            return event.type == type
                   && (stepId.empty() || textMember(event.body, "step_id") == stepId)
                   && (resolution.empty() || textMember(event.body, "resolution") == resolution);
        }));
}

void ExecutionWorld::checkStart(const ConnectorCall& call, Effect& effect)
{
    const WorldRun& run = m_runs[effect.run];
    const PlanStep& planned = run.plan->steps[effect.step];
    const bool forward = effect.phase == CallPhase::Forward;
    const PlanCall& expected = forward ? planned.call : *planned.compensation.call;
    require(
        call.payload == expected.payload && call.operation == expected.operation
            && call.connector == expected.connector && call.timeoutMs == expected.timeoutMs,
        "what is sent is what was signed");
    require(
        m_grants.erase(grantName(*run.id, planned.id, effect.phase, m_now)) == 1,
        "no dispatch without an authority granted at that moment");
    const std::vector<RunEvent>& history = m_journal.history(*run.id);
    require(
        std::any_of(
            history.begin(),
            history.end(),
            [&](const RunEvent& event) {
                return event.type == RunEventType::StepDispatched && event.at == m_now
                       && textMember(event.body, "idempotency_key") == call.idempotencyKey;
            }),
        "the intent is durable before the call starts");
    require(
        std::none_of(
            m_pending.begin(),
            m_pending.end(),
            [&](const PendingCall& other) { return other.key == call.idempotencyKey; }),
        "a step has one call at a time");
    if (!effect.deduplicates) {
        const std::size_t resolutionCount =
            countEvents(run, RunEventType::StepResolved, planned.id, "not_done");
        require(
            effect.mayDispatch || resolutionCount > effect.usedResolutionCount,
            "without deduplication nothing is repeated unless a person resolved it");
        effect.usedResolutionCount = resolutionCount;
        effect.mayDispatch = false;
    }
    if (forward)
        checkForwardStart(run, effect);
    else
        require(
            effectOf(run, effect.step, CallPhase::Forward).count == 1,
            "only an effect that stands is undone");
}

void ExecutionWorld::checkForwardStart(const WorldRun& run, const Effect& effect)
{
    const PlanStep& planned = run.plan->steps[effect.step];
    for (const std::size_t before : planned.dependsOn)
        require(
            effectOf(run, before, CallPhase::Forward).count == 1,
            "nothing starts before its dependencies are done");
    require(
        !planned.humanGate || countEvents(run, RunEventType::StepGateConfirmed, planned.id) == 1,
        "a gated step starts after its confirmation only");
    require(
        m_now >= run.plan->notBefore && m_now <= run.plan->notAfter,
        "forward calls start inside the window");
    require(
        countEvents(run, RunEventType::RunCancelRequested, {}) == 0
            && countEvents(run, RunEventType::RunCompensating, {}) == 0,
        "nothing starts forward once the run stops");
}

void ExecutionWorld::checkMemoryEqualsJournal()
{
    for (const WorldRun& run : m_runs) {
        const RunState* memory = run.id ? m_engine->state(*run.id) : nullptr;
        if (memory == nullptr || m_journal.history(*run.id).empty())
            continue;
        const Result<RunState> journal = fold(*run.plan, m_journal.history(*run.id));
        require(
            journal.ok() && *journal == *memory, "the state in memory is the fold of the journal");
    }
}

void ExecutionWorld::checkEnd(const WorldRun& run)
{
    if (!run.id || m_journal.history(*run.id).empty())
        return; // Its window ended before it could begin.
    const Result<RunState> state = fold(*run.plan, m_journal.history(*run.id));
    require(state.ok() && state->result, "a finished run has a history that says so");
    if (!state || !state->result)
        return;
    ++tally["result." + std::string(execution::text(*state->result))];
    std::vector<std::size_t> standing;
    for (std::size_t i = 0; i < state->steps.size(); ++i) {
        const std::size_t forwardCount = effectOf(run, i, CallPhase::Forward).count;
        const bool undoable = run.plan->steps[i].compensation.call.has_value();
        const std::size_t undoCount =
            undoable ? effectOf(run, i, CallPhase::Compensation).count : 0;
        const StepStatus status = state->steps[i].status;
        const std::string name = run.plan->steps[i].id + " of " + run.spec.name;
        ++tally["status." + std::string(execution::text(status))];
        switch (status) {
        case StepStatus::Done:
        case StepStatus::Standing:
            require(forwardCount == 1 && undoCount == 0, name + " stands exactly once");
            require(
                status == StepStatus::Standing || !state->compensating,
                name + " was not forgotten by compensation");
            standing.push_back(i);
            break;
        case StepStatus::Compensated:
            require(
                forwardCount == 1 && (undoCount == 1 || run.undoneByHand.count(i) == 1),
                name + " was undone exactly once");
            break;
        case StepStatus::Failed:
        case StepStatus::Skipped:
            require(forwardCount == 0 && undoCount == 0, name + " left no effect");
            break;
        default:
            require(false, name + " has an end");
        }
    }
    const bool completed = *state->result == RunResult::Completed;
    require(
        completed
            == (standing.size() == state->steps.size() && !state->compensating && !state->cancel),
        "a run is completed when every step is done and nobody stopped it");
    require(
        state->standing == (completed ? std::vector<std::size_t>() : standing),
        "the run lists what stands");
    checkUndoOrder(run);
}

void ExecutionWorld::checkUndoOrder(const WorldRun& run)
{
    std::vector<std::string> standing; // oldest first
    bool anyCallOut = false;
    std::set<std::string> out;
    for (const RunEvent& event : m_journal.history(*run.id)) {
        const std::string stepId = textMember(event.body, "step_id");
        const bool forward = textMember(event.body, "phase") == "forward";
        const std::size_t index = run.plan->find(stepId).value_or(0);
        const bool dispatched = event.type == RunEventType::StepDispatched;
        const bool finished = event.type == RunEventType::StepFinished;
        const bool succeeded =
            finished && textMember(event.body["receipt"]["claimed"], "result") == "success";
        const bool resolvedDone = event.type == RunEventType::StepResolved
                                  && textMember(event.body, "resolution") == "done";
        if (forward && dispatched)
            out.insert(stepId);
        if (forward && finished)
            out.erase(stepId);
        if (forward && (succeeded || resolvedDone)
            && run.plan->steps[index].compensation.mode != CompensationMode::None)
            standing.push_back(stepId);
        const bool undoes =
            (!forward && dispatched) || event.type == RunEventType::StepCompensationManual;
        if (!undoes)
            continue;
        anyCallOut = anyCallOut || !out.empty();
        // Everything newer was settled before: it is the newest, or comes up again.
        while (!standing.empty() && standing.back() != stepId)
            standing.pop_back();
        require(!standing.empty(), "finished steps are undone newest first");
    }
    require(!anyCallOut, "nothing is undone while a forward call is out");
}

} // namespace countersign::testing
