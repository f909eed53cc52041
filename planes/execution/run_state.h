#pragma once

#include "planes/execution/run_events.h"

#include <array>
#include <set>
#include <span>

/// Where a run stands: the fold of its events. Values only; any thread.
namespace countersign::execution {

enum class StepStatus {
    Waiting,    ///< For its dependencies, its time, or its turn.
    Gate,       ///< For a person's confirmation.
    Dispatched, ///< The call is out.
    RetryWait,  ///< For the time of the next attempt.
    InDoubt,    ///< The effect may stand or not: a person finds out.
    Done,       ///< The effect stands.
    Failed,     ///< The effect does not stand; no attempt is left.
    Skipped,    ///< It will not be carried out.
    CompensationDispatched,
    CompensationRetryWait,
    CompensationInDoubt,
    CompensationManual, ///< For a person who undoes it with the runbook.
    CompensationFailed, ///< Stuck: a person retries or resolves it.
    Compensated,        ///< The effect was undone.
    Standing,           ///< Compensation passed it by: the effect stands.
};
inline constexpr std::size_t kStepStatusCount = static_cast<std::size_t>(StepStatus::Standing) + 1;

/// `waiting`, `gate`, `dispatched`, `retry_wait`, `in_doubt` …
[[nodiscard]] std::string_view text(StepStatus status);

struct StepError
{
    std::string code;
    std::string message;

    bool operator==(const StepError&) const = default;
};

struct StepState
{
    StepStatus status = StepStatus::Waiting;
    std::size_t openDependencyCount = 0;
    int forwardAttempts = 0;
    int compensationAttempts = 0;
    /// Attempts of the present phase that count against the plan's max_attempts.
    int failureCount = 0;
    /// Attempts in a row whose answer was lost with the process.
    int lostCount = 0;
    /// An attempt of the present phase may have had its effect, and none is known to have.
    bool effectUncertain = false;
    /// A person ordered the compensation in spite of its window.
    bool windowWaived = false;
    std::optional<Instant> dispatchedAt;
    std::optional<Instant> retryAt;
    std::optional<Instant> completedAt;
    std::optional<Instant> gateOpenedAt;
    std::optional<PersonAct> gateConfirmation;
    /// The last person's resolution, retry or confirmation.
    std::optional<PersonAct> lastAct;
    std::optional<StepError> lastError;
    /// Why the step is in doubt or was skipped.
    std::string why;

    bool operator==(const StepState&) const = default;
};

enum class StopReason {
    StepFailed,
    Cancelled,
    Expired
};
/// `step_failed`, `cancelled`, `expired`.
[[nodiscard]] std::string_view text(StopReason reason);
[[nodiscard]] std::optional<StopReason> parseStopReason(std::string_view text);

enum class RunResult {
    Completed,
    Failed,
    Compensated,
    Cancelled,
    Expired
};
/// `completed`, `failed`, `compensated`, `cancelled`, `expired`.
[[nodiscard]] std::string_view text(RunResult result);
[[nodiscard]] std::optional<RunResult> parseRunResult(std::string_view text);

struct RunHalt
{
    std::string why;
    std::size_t step = 0;

    bool operator==(const RunHalt&) const = default;
};

struct RunBlock
{
    std::string rule;
    std::string detail;

    bool operator==(const RunBlock&) const = default;
};

struct RunState
{
    RunHead head;
    std::uint64_t lastSequence = 0;
    Instant lastEventAt = {};
    std::vector<StepState> steps = {}; ///< Parallel to Plan::steps.
    std::optional<PersonAct> cancel = {};
    std::optional<StopReason> compensating = {};
    std::optional<RunHalt> halt = {};
    std::optional<RunBlock> block = {};
    std::optional<RunResult> result = {};
    /// Steps whose effect stands although the run did not complete; set when it finishes.
    std::vector<std::size_t> standing = {};
    std::optional<Digest> lastReceiptDigest = {};

    // Kept up to date by every event, so that no rule searches the steps.
    std::array<std::size_t, kStepStatusCount> statusCounts{};
    /// Waiting steps that may be dispatched: dependencies done, gate (if any) confirmed.
    std::set<std::size_t> ready = {};
    /// Waiting steps whose dependencies are done and whose gate is to be opened.
    std::set<std::size_t> gatesToOpen = {};
    /// Waiting steps that depend on a failed or skipped one.
    std::set<std::size_t> unreachable = {};
    /// Steps in RetryWait or CompensationRetryWait, soonest first.
    std::set<std::pair<Instant, std::size_t>> timers = {};
    /// Finished steps that compensation has not settled, in order of completion.
    std::vector<std::size_t> undoStack = {};
    /// A forward effect stood at some time.
    bool anyEffect = false;

    bool operator==(const RunState&) const = default;

    [[nodiscard]] std::size_t count(StepStatus status) const
    {
        return statusCounts.at(static_cast<std::size_t>(status));
    }
};

/// The state right after run.created.
[[nodiscard]] RunState initialState(const RunHead& head, const Plan& plan);

/// Takes one event in. Cost: logarithmic in the number of steps, but for those that depend on the
/// step (each counted once a run) and for run.finished. Errors: Corrupt (rule `run.event`) when the
/// event does not fit the state, (rule `run.receipt_chain`) when its receipt does not name the one
/// before; the state is then not to be used any more.
[[nodiscard]] Result<void> apply(RunState& state, const Plan& plan, const RunEvent& event);

/// The state that a whole history leads to. Errors: Corrupt (as apply; rule `run.plan` when the
/// history belongs to another plan).
[[nodiscard]] Result<RunState> fold(const Plan& plan, std::span<const RunEvent> events);

enum class WaitKind {
    Call,      ///< An answer of a connector.
    Time,      ///< `until`.
    Gate,      ///< A person confirms the step.
    Doubt,     ///< A person finds out whether the effect stands.
    Undo,      ///< The owner undoes the step by hand.
    Stuck,     ///< A person retries or cancels after a failure.
    Authority, ///< Those who may sign: the authority to act was lost.
};

/// What keeps a run from going on.
struct RunWait
{
    WaitKind kind = WaitKind::Time;
    std::optional<std::size_t> step;
    std::optional<Instant> until;
    std::optional<Person> person;
    std::string detail;
};

/// Everything the run waits for at `now`, for a screen. Looks at each step once. Empty when it is
/// finished, or when the engine has not turned since the last event.
[[nodiscard]] std::vector<RunWait> waits(const Plan& plan, const RunState& state, Instant now);

} // namespace countersign::execution
