#include "planes/execution/retry_rules.h"

#include <algorithm>
#include <cmath>

namespace countersign::execution {

std::int64_t backoffMs(
    const RetryPolicy& policy,
    int failureCount,
    double jitter,
    std::optional<std::int64_t> retryAfterMs)
{
    CS_ASSERT(failureCount >= 1);
    // In floating point a steep backoff becomes infinite, not negative, and the cap takes care.
    const double cap = static_cast<double>(std::min(policy.backoffMsMax, kWaitMsMax));
    const double base = std::min(
        static_cast<double>(policy.initialBackoffMs)
            * std::pow(policy.backoffFactor, failureCount - 1),
        cap);
    const double spread = 1.0 + policy.jitterFraction * (2.0 * std::clamp(jitter, 0.0, 1.0) - 1.0);
    const auto waitMs = static_cast<std::int64_t>(std::min(base * spread, cap));
    const std::int64_t askedMs = std::clamp<std::int64_t>(retryAfterMs.value_or(0), 0, kWaitMsMax);
    return std::max(waitMs, askedMs);
}

AnswerVerdict judgeAnswer(
    const PlanStep& planStep,
    const StepState& step,
    const CallOutcome& outcome,
    const AnswerFacts& facts,
    bool stopping)
{
    AnswerVerdict verdict;
    if (outcome.result == CallResult::Success)
        return verdict;
    // Once an effect may stand, a later refusal does not prove that the earlier attempt had none.
    verdict.effectUncertain = outcome.effectUncertain || step.effectUncertain;
    const bool interrupted = outcome.errorCode == kInterruptedCode;
    const bool mayRepeat = !verdict.effectUncertain || facts.deduplicates;
    if (mayRepeat && !stopping) {
        if (interrupted) {
            // The plan's attempts are for failures of the other side, not for ours.
            if (step.lostCount + 1 < kLostCountMax) {
                verdict.retryAt = facts.now;
                return verdict;
            }
        } else if (
            outcome.retryable && planStep.retry.covers(outcome.errorCode)
            && step.failureCount + 1 < planStep.retry.attemptsMax) {
            const std::int64_t waitMs = backoffMs(
                planStep.retry, step.failureCount + 1, facts.jitter, outcome.retryAfterMs);
            verdict.retryAt = facts.now + std::chrono::milliseconds(waitMs);
            return verdict;
        }
    }
    if (!verdict.effectUncertain)
        return verdict;
    if (interrupted)
        verdict.doubt = "interrupted";
    else if (!facts.deduplicates)
        verdict.doubt = "effect_uncertain";
    else if (stopping)
        verdict.doubt = "stopped";
    else
        verdict.doubt = "attempts_exhausted";
    return verdict;
}

} // namespace countersign::execution
