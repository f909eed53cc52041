#include "planes/execution/run_rules.h"

#include <algorithm>

namespace countersign::execution {

namespace {

EventDraft draft(RunEventType type, Instant now)
{
    return EventDraft{type, now, Json::object()};
}

EventDraft stepDraft(RunEventType type, const Plan& plan, std::size_t step, Instant now)
{
    EventDraft result = draft(type, now);
    result.body["step_id"] = plan.steps[step].id;
    return result;
}

/// One decision about one run; the parts of advance().
class Decision
{
public:
    Decision(const Plan& plan, const RunState& state, const AdvanceInput& input)
        : m_plan(plan)
        , m_state(state)
        , m_input(input)
    {}

    [[nodiscard]] Advance decide()
    {
        if (m_state.result)
            return {};
        if (m_state.compensating)
            compensate();
        else
            goForward();
        return std::move(m_advance);
    }

private:
    void append(EventDraft event) { m_advance.events.push_back(std::move(event)); }
    [[nodiscard]] std::size_t count(StepStatus status) const { return m_state.count(status); }

    void wakeAt(Instant at)
    {
        if (!m_advance.nextWake || at < *m_advance.nextWake)
            m_advance.nextWake = at;
    }

    [[nodiscard]] bool mayAsk() const { return !m_state.block || m_input.askAuthorityAgain; }

    /// False when no more calls may start now.
    bool dispatch(std::size_t step, CallPhase phase)
    {
        if (m_advance.dispatches.size() >= m_input.dispatchCountMax) {
            m_advance.dispatchesLeft = true;
            return false;
        }
        const StepState& state = m_state.steps[step];
        const int made =
            phase == CallPhase::Forward ? state.forwardAttempts : state.compensationAttempts;
        m_advance.dispatches.push_back(Dispatch{step, phase, made + 1});
        return true;
    }

    void finish(RunResult result)
    {
        EventDraft event = draft(RunEventType::RunFinished, m_input.now);
        event.body["result"] = text(result);
        Json standing = Json::array();
        for (std::size_t i = 0; i < m_state.steps.size() && result != RunResult::Completed; ++i) {
            const StepStatus status = m_state.steps[i].status;
            if (status == StepStatus::Done || status == StepStatus::Standing)
                standing.push_back(m_plan.steps[i].id);
        }
        event.body["standing"] = std::move(standing);
        append(std::move(event));
    }

    void halt(std::string_view why, std::size_t step)
    {
        EventDraft event = stepDraft(RunEventType::RunHalted, m_plan, step, m_input.now);
        event.body["why"] = why;
        append(std::move(event));
    }

    void beginCompensation(StopReason why)
    {
        EventDraft event = draft(RunEventType::RunCompensating, m_input.now);
        event.body["why"] = text(why);
        append(std::move(event));
    }

    /// Attempts that will not be made any more: the step was not done, or a person finds out.
    void endRetryWaits(StopReason why)
    {
        for (const auto& [at, step] : m_state.timers) {
            const StepState& state = m_state.steps[step];
            if (state.status != StepStatus::RetryWait)
                continue;
            const bool uncertain = state.effectUncertain;
            EventDraft event = stepDraft(
                uncertain ? RunEventType::StepInDoubt : RunEventType::StepSkipped,
                m_plan,
                step,
                m_input.now);
            if (uncertain)
                event.body["phase"] = text(CallPhase::Forward);
            event.body["why"] = uncertain ? "stopped" : text(why);
            append(std::move(event));
        }
    }

    [[nodiscard]] bool forwardIsOpen() const
    {
        return count(StepStatus::Dispatched) > 0 || count(StepStatus::InDoubt) > 0;
    }

    void goForward()
    {
        const std::optional<StopReason> stop = stopReason(m_plan, m_state, m_input.now);
        if (stop == StopReason::Cancelled) {
            stopForward(*stop);
        } else if (const std::optional<RunResult> result = settledResult()) {
            finish(*result);
        } else if (count(StepStatus::Failed) > 0 && m_plan.onFailure == OnFailure::Compensate) {
            beginCompensation(StopReason::StepFailed);
        } else if (stop) {
            stopForward(*stop);
        } else if (count(StepStatus::Failed) > 0 && m_plan.onFailure == OnFailure::Halt) {
            waitForPerson();
        } else if (!m_state.unreachable.empty()) {
            for (const std::size_t step : m_state.unreachable) {
                append(stepDraft(RunEventType::StepSkipped, m_plan, step, m_input.now));
                m_advance.events.back().body["why"] = "dependency_failed";
            }
        } else {
            startForward();
        }
    }

    /// The end that needs no stop: every step is done, or all that could be is.
    [[nodiscard]] std::optional<RunResult> settledResult() const
    {
        const std::size_t done = count(StepStatus::Done);
        if (done == m_state.steps.size())
            return RunResult::Completed;
        const bool failed = m_plan.onFailure == OnFailure::Continue && count(StepStatus::Failed) > 0
                            && done + count(StepStatus::Failed) + count(StepStatus::Skipped)
                                   == m_state.steps.size();
        return failed ? std::optional(RunResult::Failed) : std::nullopt;
    }

    void stopForward(StopReason why)
    {
        endRetryWaits(why);
        if (!m_advance.events.empty())
            return;
        if (m_plan.onFailure == OnFailure::Compensate && (m_state.anyEffect || forwardIsOpen()))
            beginCompensation(why);
        else if (!forwardIsOpen())
            finish(why == StopReason::Cancelled ? RunResult::Cancelled : RunResult::Expired);
    }

    void waitForPerson()
    {
        if (m_state.halt) {
            wakeAtWindowEnd();
            return;
        }
        for (std::size_t i = 0; i < m_state.steps.size(); ++i) {
            if (m_state.steps[i].status == StepStatus::Failed) {
                halt(text(StopReason::StepFailed), i);
                return;
            }
        }
    }

    void wakeAtWindowEnd() { wakeAt(m_plan.notAfter + Duration(1)); }

    void startForward()
    {
        if (m_input.now < m_plan.notBefore) {
            wakeAt(m_plan.notBefore);
            return;
        }
        for (const std::size_t step : m_state.gatesToOpen)
            append(stepDraft(RunEventType::StepGateOpened, m_plan, step, m_input.now));
        if (!m_advance.events.empty())
            return;
        wakeAtWindowEnd();
        if (!mayAsk())
            return;
        for (const std::size_t step : m_state.ready) {
            if (!dispatch(step, CallPhase::Forward))
                break;
        }
        startDueAttempts();
        if (!m_advance.dispatches.empty())
            m_advance.nextWake.reset();
    }

    void startDueAttempts()
    {
        for (const auto& [at, step] : m_state.timers) {
            if (at > m_input.now) {
                wakeAt(at);
                return;
            }
            const bool forward = m_state.steps[step].status == StepStatus::RetryWait;
            if (!dispatch(step, forward ? CallPhase::Forward : CallPhase::Compensation))
                return;
        }
    }

    void compensate()
    {
        endRetryWaits(*m_state.compensating);
        if (!m_advance.events.empty() || forwardIsOpen())
            return;
        if (m_state.undoStack.empty()) {
            finish(compensatedResult());
            return;
        }
        const std::size_t step = m_state.undoStack.back();
        switch (m_state.steps[step].status) {
        case StepStatus::Done:
            undo(step);
            break;
        case StepStatus::CompensationRetryWait:
            if (mayAsk())
                startDueAttempts();
            break;
        case StepStatus::CompensationFailed:
            if (!m_state.halt)
                halt("compensation_failed", step);
            break;
        default: // The call is out, or a person acts.
            break;
        }
    }

    [[nodiscard]] RunResult compensatedResult() const
    {
        switch (*m_state.compensating) {
        case StopReason::Cancelled:
            return RunResult::Cancelled;
        case StopReason::Expired:
            return RunResult::Expired;
        case StopReason::StepFailed:
            break;
        }
        return m_state.anyEffect ? RunResult::Compensated : RunResult::Failed;
    }

    void undo(std::size_t step)
    {
        const StepState& state = m_state.steps[step];
        const Compensation& compensation = m_plan.steps[step].compensation;
        std::optional<Instant> dueAt;
        if (compensation.windowS && state.completedAt)
            dueAt = *state.completedAt
                    + std::chrono::milliseconds(std::min(*compensation.windowS, kWaitMsMax) * 1000);
        if (compensation.mode == CompensationMode::Manual) {
            EventDraft event =
                stepDraft(RunEventType::StepCompensationManual, m_plan, step, m_input.now);
            event.body["runbook"] = compensation.text;
            event.body["owner"] = actorJson(*compensation.owner);
            if (dueAt)
                event.body["due_at"] = dueAt->text();
            append(std::move(event));
        } else if (dueAt && m_input.now > *dueAt && !state.windowWaived) {
            halt(kWindowHalt, step);
        } else if (mayAsk()) {
            dispatch(step, CallPhase::Compensation);
        }
    }

    const Plan& m_plan;
    const RunState& m_state;
    const AdvanceInput& m_input;
    Advance m_advance;
};

} // namespace

Advance advance(const Plan& plan, const RunState& state, const AdvanceInput& input)
{
    return Decision(plan, state, input).decide();
}

std::optional<StopReason> stopReason(const Plan& plan, const RunState& state, Instant now)
{
    if (state.compensating)
        return state.compensating;
    if (state.cancel)
        return StopReason::Cancelled;
    if (plan.onFailure == OnFailure::Compensate && state.count(StepStatus::Failed) > 0)
        return StopReason::StepFailed;
    if (now > plan.notAfter)
        return StopReason::Expired;
    return std::nullopt;
}

const PlanCall& plannedCall(const Plan& plan, const Dispatch& dispatch)
{
    const PlanStep& step = plan.steps.at(dispatch.step);
    if (dispatch.phase == CallPhase::Forward)
        return step.call;
    CS_ASSERT(step.compensation.call.has_value());
    return *step.compensation.call;
}

ConnectorCall connectorCall(const Plan& plan, const Dispatch& dispatch)
{
    const PlanCall& call = plannedCall(plan, dispatch);
    return ConnectorCall{
        call.connector,
        call.connectorVersion,
        call.operation,
        call.payload,
        call.idempotencyKey,
        call.timeoutMs,
        plan.identity.traceId};
}

EventDraft dispatchedDraft(
    const Plan& plan, const Dispatch& dispatch, const Digest& authorityDigest, Instant now)
{
    const PlanCall& call = plannedCall(plan, dispatch);
    EventDraft event = stepDraft(RunEventType::StepDispatched, plan, dispatch.step, now);
    event.body["phase"] = text(dispatch.phase);
    event.body["attempt"] = dispatch.attempt;
    event.body["idempotency_key"] = call.idempotencyKey;
    event.body["payload_sha256"] = call.payloadDigest.hex();
    event.body["connector"] = call.connector;
    event.body["connector_version"] = call.connectorVersion;
    event.body["operation"] = call.operation;
    event.body["authority_sha256"] = authorityDigest.hex();
    return event;
}

std::optional<EventDraft> blockedDraft(const RunState& state, const Error& refusal, Instant now)
{
    const RunBlock block{
        refusal.rule.empty() ? std::string(errorCodeName(refusal.code)) : refusal.rule,
        refusal.detail};
    if (state.block == block)
        return std::nullopt;
    EventDraft event = draft(RunEventType::RunBlocked, now);
    event.body["rule"] = block.rule;
    event.body["detail"] = block.detail;
    return event;
}

std::vector<EventDraft> answerDrafts(
    const Plan& plan, const RunState& state, const Executor& executor, const Answer& answer)
{
    const Dispatch& made = answer.dispatch;
    const StepState& step = state.steps.at(made.step);
    const bool forward = made.phase == CallPhase::Forward;
    const StepStatus expected =
        forward ? StepStatus::Dispatched : StepStatus::CompensationDispatched;
    const int attempt = forward ? step.forwardAttempts : step.compensationAttempts;
    if (state.result || step.status != expected || attempt != made.attempt)
        return {};

    const bool stopping = forward && stopReason(plan, state, answer.facts.now).has_value();
    const AnswerVerdict verdict =
        judgeAnswer(plan.steps[made.step], step, answer.outcome, answer.facts, stopping);
    ReceiptInput input{answer.receiptId, made.step, made.phase, made.attempt};
    input.startedAt = step.dispatchedAt.value_or(answer.facts.now);
    input.finishedAt = answer.facts.now;
    input.previousReceipt = state.lastReceiptDigest;
    if (step.gateConfirmation)
        input.gatePassedBy = step.gateConfirmation->person;

    std::vector<EventDraft> events;
    EventDraft finished = stepDraft(RunEventType::StepFinished, plan, made.step, answer.facts.now);
    finished.body["phase"] = text(made.phase);
    finished.body["attempt"] = made.attempt;
    finished.body["receipt"] = buildReceipt(plan, state.head, executor, input, answer.outcome);
    finished.body["effect_uncertain"] = verdict.effectUncertain;
    if (verdict.retryAt)
        finished.body["retry_at"] = verdict.retryAt->text();
    events.push_back(std::move(finished));
    if (verdict.doubt) {
        EventDraft doubt = stepDraft(RunEventType::StepInDoubt, plan, made.step, answer.facts.now);
        doubt.body["phase"] = text(made.phase);
        doubt.body["why"] = *verdict.doubt;
        events.push_back(std::move(doubt));
    }
    return events;
}

} // namespace countersign::execution
