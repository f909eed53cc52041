#pragma once

#include "planes/execution/receipt.h"
#include "planes/execution/run_state.h"

/// What an answer means for its step: done, again later, failed, or in doubt. Pure; any thread.
namespace countersign::execution {

/// Attempts in a row that may be lost with the process before a person is asked: a call that
/// brings the engine down must not do so for ever.
inline constexpr int kLostCountMax = 100;
/// No wait is longer, whatever a plan or a Retry-After says: 366 days.
inline constexpr std::int64_t kWaitMsMax = std::int64_t{366} * 86'400'000;

/// One attempt to be made or being made.
struct Dispatch
{
    std::size_t step = 0;
    CallPhase phase = CallPhase::Forward;
    int attempt = 1;

    bool operator==(const Dispatch&) const = default;
};

/// Wait in milliseconds before the next attempt after `failureCount` failures: initial backoff
/// times factor^(failureCount - 1), spread by the jitter fraction with `jitter` in 0..1, at most
/// the cap; never less than what the system asked for.
[[nodiscard]] std::int64_t backoffMs(
    const RetryPolicy& policy,
    int failureCount,
    double jitter,
    std::optional<std::int64_t> retryAfterMs);

/// What is known when an answer is taken in.
struct AnswerFacts
{
    Instant now;
    double jitter = 0;         ///< 0..1, from the random source.
    bool deduplicates = false; ///< ConnectorGateway::deduplicates of the operation.
};

struct AnswerVerdict
{
    /// The effect may stand, by this attempt or an earlier one.
    bool effectUncertain = false;
    std::optional<Instant> retryAt;
    /// Why a person must find out; set exactly when nothing else follows from an uncertain effect.
    std::optional<std::string> doubt;
};

/// `outcome` as recordedOutcome() or interruptedOutcome() gave it. `stopping`: no forward attempt
/// may follow.
[[nodiscard]] AnswerVerdict judgeAnswer(
    const PlanStep& planStep,
    const StepState& step,
    const CallOutcome& outcome,
    const AnswerFacts& facts,
    bool stopping);

} // namespace countersign::execution
