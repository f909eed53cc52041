#pragma once

#include "planes/execution/retry_rules.h"

/// The decisions of the engine: plan, state and time in, events and calls out. No clock, no
/// storage, no network, no randomness. Any thread.
namespace countersign::execution {

struct AdvanceInput
{
    Instant now;
    /// Authority may have come back: a blocked run asks again.
    bool askAuthorityAgain = false;
    /// Calls that may be started now.
    std::size_t dispatchCountMax = 0;
};

/// What to do next. Append the events and take them in; ask the authority for each dispatch and
/// append dispatchedDraft() or blockedDraft(); then ask again, until there is nothing left.
struct Advance
{
    std::vector<EventDraft> events;
    std::vector<Dispatch> dispatches;
    /// More calls could start than dispatchCountMax allowed.
    bool dispatchesLeft = false;
    /// When time alone will make a difference; set only when events and dispatches are empty.
    std::optional<Instant> nextWake;
};

[[nodiscard]] Advance advance(const Plan& plan, const RunState& state, const AdvanceInput& input);

/// Why no forward call may start any more, if so.
[[nodiscard]] std::optional<StopReason>
stopReason(const Plan& plan, const RunState& state, Instant now);

/// The call of a dispatch as the plan states it.
[[nodiscard]] const PlanCall& plannedCall(const Plan& plan, const Dispatch& dispatch);
/// The call as the gateway takes it.
[[nodiscard]] ConnectorCall connectorCall(const Plan& plan, const Dispatch& dispatch);

/// The intent, to be durable before the call starts.
[[nodiscard]] EventDraft dispatchedDraft(
    const Plan& plan, const Dispatch& dispatch, const Digest& authorityDigest, Instant now);
/// run.blocked, or nothing when the run is blocked for the same reason already.
[[nodiscard]] std::optional<EventDraft>
blockedDraft(const RunState& state, const Error& refusal, Instant now);

/// An answer on its way into the history.
struct Answer
{
    Dispatch dispatch;
    CallOutcome outcome;
    AnswerFacts facts;
    RecordId receiptId;
};

/// step.finished with its receipt, and step.in_doubt where a person must find out. Nothing when the
/// step does not wait for that attempt.
[[nodiscard]] std::vector<EventDraft> answerDrafts(
    const Plan& plan, const RunState& state, const Executor& executor, const Answer& answer);

} // namespace countersign::execution
