#include "planes/execution/detail/state_editor.h"
#include "planes/execution/receipt.h"

namespace countersign::execution {

using detail::StateEditor;

namespace {

/// Takes events into one state. Every function returns false when the event does not fit.
class Fold
{
public:
    Fold(RunState& state, const Plan& plan, const RunEvent& event)
        : m_state(state)
        , m_plan(plan)
        , m_event(event)
        , m_editor(state, plan)
    {}

    [[nodiscard]] bool takeIn()
    {
        switch (m_event.type) {
        case RunEventType::RunCreated:
            return false;
        case RunEventType::StepDispatched:
            return findStep() && readPhase() && dispatched();
        case RunEventType::StepFinished:
            return findStep() && readPhase() && finished();
        case RunEventType::StepSkipped:
            return findStep() && skipped();
        case RunEventType::StepGateOpened:
            return findStep() && gateOpened();
        case RunEventType::StepGateConfirmed:
            return findStep() && readPerson() && gateConfirmed();
        case RunEventType::StepInDoubt:
            return findStep() && readPhase() && inDoubt();
        case RunEventType::StepResolved:
            return findStep() && readPhase() && readPerson() && resolved();
        case RunEventType::StepCompensationManual:
            return findStep() && compensationManual();
        case RunEventType::StepCompensationConfirmed:
            return findStep() && readPerson() && compensationConfirmed();
        case RunEventType::RunCancelRequested:
            return readPerson() && cancelRequested();
        case RunEventType::RunCompensating:
            return compensating();
        case RunEventType::RunHalted:
            return findStep() && halted();
        case RunEventType::RunResumed:
            return findStep() && readPhase() && readPerson() && resumed();
        case RunEventType::RunBlocked:
            m_state.block =
                RunBlock{textMember(m_event.body, "rule"), textMember(m_event.body, "detail")};
            return true;
        case RunEventType::RunFinished:
            return runFinished();
        }
        return false;
    }

    [[nodiscard]] bool receiptChainBroken() const { return m_receiptChainBroken; }

private:
    [[nodiscard]] bool findStep()
    {
        const std::optional<std::size_t> found = m_plan.find(textMember(m_event.body, "step_id"));
        m_index = found.value_or(0);
        return found.has_value();
    }
    [[nodiscard]] bool readPhase()
    {
        const Result<CallPhase> phase = parseCallPhase(textMember(m_event.body, "phase"));
        if (phase)
            m_phase = *phase;
        return phase.ok();
    }
    [[nodiscard]] bool readPerson()
    {
        const Result<PersonAct> act = readAct(m_event.body, m_event.at);
        if (act)
            m_act = *act;
        return act.ok();
    }

    [[nodiscard]] StepState& step() { return m_state.steps[m_index]; }
    [[nodiscard]] const PlanStep& planStep() const { return m_plan.steps[m_index]; }
    [[nodiscard]] bool forward() const { return m_phase == CallPhase::Forward; }
    [[nodiscard]] int& attempts()
    {
        return forward() ? step().forwardAttempts : step().compensationAttempts;
    }
    [[nodiscard]] bool isAttempt(int expected) const
    {
        const Json* attempt = valueAt(m_event.body, "/attempt");
        return attempt != nullptr && attempt->is_number_integer() && *attempt == expected;
    }

    [[nodiscard]] bool mayDispatch() const
    {
        const StepState& now = m_state.steps[m_index];
        if (!forward())
            return m_state.compensating && !m_state.undoStack.empty()
                   && m_state.undoStack.back() == m_index
                   && (now.status == StepStatus::Done
                       || now.status == StepStatus::CompensationRetryWait);
        const bool confirmed = !planStep().humanGate || now.gateConfirmation.has_value();
        return !m_state.compensating && !m_state.cancel && now.openDependencyCount == 0 && confirmed
               && (now.status == StepStatus::Waiting || now.status == StepStatus::RetryWait);
    }

    [[nodiscard]] bool dispatched()
    {
        const std::optional<PlanCall>& undo = planStep().compensation.call;
        if (!mayDispatch() || (!forward() && !undo) || !isAttempt(attempts() + 1))
            return false;
        const PlanCall& call = forward() ? planStep().call : *undo;
        if (textMember(m_event.body, "idempotency_key") != call.idempotencyKey
            || textMember(m_event.body, "payload_sha256") != call.payloadDigest.hex())
            return false;
        const bool again = step().status == StepStatus::RetryWait
                           || step().status == StepStatus::CompensationRetryWait;
        if (!again) {
            step().failureCount = 0;
            step().lostCount = 0;
            step().effectUncertain = false;
        }
        m_state.ready.erase(m_index);
        m_editor.stopTimer(m_index);
        ++attempts();
        step().dispatchedAt = m_event.at;
        step().why.clear();
        m_state.block.reset();
        m_editor.setStatus(
            m_index, forward() ? StepStatus::Dispatched : StepStatus::CompensationDispatched);
        return true;
    }

    [[nodiscard]] bool takeInReceipt(const Json& receipt)
    {
        const std::string previous = textMember(receipt, "previous_receipt_sha256");
        const std::string expected =
            m_state.lastReceiptDigest ? m_state.lastReceiptDigest->hex() : std::string();
        const Result<Digest> digest = canonicalDigest(receipt);
        m_receiptChainBroken = previous != expected || !digest;
        if (m_receiptChainBroken)
            return false;
        m_state.lastReceiptDigest = *digest;
        return true;
    }

    [[nodiscard]] bool finished()
    {
        const StepStatus expected =
            forward() ? StepStatus::Dispatched : StepStatus::CompensationDispatched;
        const Json* receipt = valueAt(m_event.body, "/receipt");
        const Json* claimed = valueAt(m_event.body, "/receipt/claimed");
        const Json* uncertain = valueAt(m_event.body, "/effect_uncertain");
        if (step().status != expected || !isAttempt(attempts()) || claimed == nullptr
            || uncertain == nullptr || !uncertain->is_boolean() || !takeInReceipt(*receipt))
            return false;
        if (textMember(*claimed, "result") == "success") {
            step().lastError.reset();
            step().lostCount = 0;
            if (!forward())
                return m_editor.settle(m_index, StepStatus::Compensated);
            m_editor.setDone(m_index, m_event.at);
            return true;
        }
        return attemptFailed(valueAt(*receipt, "/error"), uncertain->get<bool>());
    }

    [[nodiscard]] bool attemptFailed(const Json* error, bool uncertain)
    {
        if (error == nullptr)
            return false;
        step().lastError = StepError{textMember(*error, "code"), textMember(*error, "message")};
        step().effectUncertain = uncertain;
        if (step().lastError->code == kInterruptedCode) {
            ++step().lostCount;
        } else {
            step().lostCount = 0;
            ++step().failureCount;
        }
        if (const Json* retryAt = valueAt(m_event.body, "/retry_at")) {
            const Result<Instant> at =
                Instant::parse(retryAt->is_string() ? retryAt->get<std::string>() : "");
            if (!at)
                return false;
            m_editor.startTimer(m_index, *at);
            m_editor.setStatus(
                m_index, forward() ? StepStatus::RetryWait : StepStatus::CompensationRetryWait);
        } else if (uncertain) {
            m_editor.setStatus(
                m_index, forward() ? StepStatus::InDoubt : StepStatus::CompensationInDoubt);
        } else {
            m_editor.setStatus(
                m_index, forward() ? StepStatus::Failed : StepStatus::CompensationFailed);
            if (forward() && m_plan.onFailure == OnFailure::Continue)
                m_editor.setDependantsUnreachable(m_index);
        }
        return true;
    }

    [[nodiscard]] bool skipped()
    {
        if (step().status != StepStatus::Waiting && step().status != StepStatus::RetryWait)
            return false;
        m_editor.stopTimer(m_index);
        m_state.ready.erase(m_index);
        m_state.gatesToOpen.erase(m_index);
        m_state.unreachable.erase(m_index);
        step().why = textMember(m_event.body, "why");
        m_editor.setStatus(m_index, StepStatus::Skipped);
        if (m_plan.onFailure == OnFailure::Continue)
            m_editor.setDependantsUnreachable(m_index);
        return true;
    }

    [[nodiscard]] bool gateOpened()
    {
        if (m_state.gatesToOpen.erase(m_index) == 0)
            return false;
        step().gateOpenedAt = m_event.at;
        m_editor.setStatus(m_index, StepStatus::Gate);
        return true;
    }

    [[nodiscard]] bool gateConfirmed()
    {
        if (step().status != StepStatus::Gate)
            return false;
        step().gateConfirmation = m_act;
        m_editor.setReady(m_index);
        return true;
    }

    [[nodiscard]] bool inDoubt()
    {
        const StepStatus target = forward() ? StepStatus::InDoubt : StepStatus::CompensationInDoubt;
        const StepStatus waiting =
            forward() ? StepStatus::RetryWait : StepStatus::CompensationRetryWait;
        if (step().status != target && step().status != waiting)
            return false;
        m_editor.stopTimer(m_index);
        step().why = textMember(m_event.body, "why");
        m_editor.setStatus(m_index, target);
        return true;
    }

    [[nodiscard]] bool resolved()
    {
        const std::string resolution = textMember(m_event.body, "resolution");
        if (resolution != "done" && resolution != "not_done")
            return false;
        const bool done = resolution == "done";
        const StepStatus status = step().status;
        step().lastAct = m_act;
        step().why.clear();
        if (forward()) {
            if (status != StepStatus::InDoubt)
                return false;
            step().effectUncertain = false;
            if (done)
                m_editor.setDone(m_index, m_event.at);
            else
                m_editor.setReady(m_index);
            return true;
        }
        if (status == StepStatus::CompensationInDoubt && !done) {
            step().effectUncertain = false;
            m_editor.setStatus(m_index, StepStatus::Done);
            return true;
        }
        if (status != StepStatus::CompensationInDoubt && status != StepStatus::CompensationFailed
            && status != StepStatus::CompensationManual)
            return false;
        m_state.halt.reset();
        return m_editor.settle(m_index, done ? StepStatus::Compensated : StepStatus::Standing);
    }

    [[nodiscard]] bool compensationManual()
    {
        if (step().status != StepStatus::Done || !m_state.compensating)
            return false;
        m_editor.setStatus(m_index, StepStatus::CompensationManual);
        return true;
    }

    [[nodiscard]] bool compensationConfirmed()
    {
        step().lastAct = m_act;
        return step().status == StepStatus::CompensationManual
               && m_editor.settle(m_index, StepStatus::Compensated);
    }

    [[nodiscard]] bool cancelRequested()
    {
        if (m_state.cancel || m_state.compensating)
            return false;
        m_state.cancel = m_act;
        m_state.halt.reset();
        return true;
    }

    [[nodiscard]] bool compensating()
    {
        m_state.compensating = parseStopReason(textMember(m_event.body, "why"));
        m_state.halt.reset();
        m_state.block.reset();
        m_editor.passByWhatCannotBeUndone();
        return m_state.compensating.has_value();
    }

    [[nodiscard]] bool halted()
    {
        const std::string why = textMember(m_event.body, "why");
        if (why == kWindowHalt) {
            if (step().status != StepStatus::Done || !m_state.compensating)
                return false;
            m_editor.setStatus(m_index, StepStatus::CompensationFailed);
        }
        m_state.halt = RunHalt{why, m_index};
        return true;
    }

    [[nodiscard]] bool resumed()
    {
        step().lastAct = m_act;
        if (forward()) {
            if (step().status != StepStatus::Failed || m_plan.onFailure != OnFailure::Halt)
                return false;
            m_editor.setReady(m_index);
            if (m_state.count(StepStatus::Failed) == 0)
                m_state.halt.reset();
            return true;
        }
        if (step().status != StepStatus::CompensationFailed)
            return false;
        step().windowWaived = true;
        m_state.halt.reset();
        m_editor.setStatus(m_index, StepStatus::Done);
        return true;
    }

    [[nodiscard]] bool runFinished()
    {
        m_state.result = parseRunResult(textMember(m_event.body, "result"));
        const Json* standing = valueAt(m_event.body, "/standing");
        if (!m_state.result || standing == nullptr || !standing->is_array())
            return false;
        for (const Json& id : *standing) {
            const auto index = m_plan.find(id.is_string() ? id.get<std::string>() : "");
            if (!index)
                return false;
            m_state.standing.push_back(*index);
        }
        m_editor.closeWaitingSteps();
        return true;
    }

    RunState& m_state;
    const Plan& m_plan;
    const RunEvent& m_event;
    StateEditor m_editor;
    std::size_t m_index = 0;
    CallPhase m_phase = CallPhase::Forward;
    PersonAct m_act;
    bool m_receiptChainBroken = false;
};

} // namespace

Result<void> apply(RunState& state, const Plan& plan, const RunEvent& event)
{
    Fold fold(state, plan, event);
    const bool inOrder = event.runId == state.head.runId && event.sequence == state.lastSequence + 1
                         && !state.result;
    if (!inOrder || !fold.takeIn())
        return fail(
            ErrorCode::Corrupt,
            "event " + std::to_string(event.sequence) + " (" + std::string(text(event.type))
                + ") of run " + event.runId.text() + " does not fit what came before",
            fold.receiptChainBroken() ? "run.receipt_chain" : "run.event");
    state.lastSequence = event.sequence;
    state.lastEventAt = event.at;
    return {};
}

Result<RunState> fold(const Plan& plan, std::span<const RunEvent> events)
{
    if (events.empty())
        return fail(ErrorCode::Corrupt, "the history of the run is empty", "run.event");
    CS_TRY(const RunHead head, readCreated(events.front()));
    if (head.planDigest != plan.identity.digest)
        return fail(ErrorCode::Corrupt, "the run belongs to another plan", "run.plan");
    RunState state = initialState(head, plan);
    for (const RunEvent& event : events.subspan(1))
        CS_CHECK(apply(state, plan, event));
    return state;
}

} // namespace countersign::execution
