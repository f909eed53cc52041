#pragma once

#include "planes/execution/command_rules.h"
#include "planes/execution/engine_ports.h"
#include "planes/execution/run_rules.h"

#include <functional>
#include <memory>

/// The durable workflow engine: turns the pure rules, one journal append a turn. Semantics:
/// README.md in this folder.
namespace countersign::execution {

struct EngineOptions
{
    Executor executor;
    /// Calls that may be out at the same time, over all runs.
    std::size_t callCountMax = 256;
    /// A turn stops taking in more runs beyond that many events.
    std::size_t eventsPerTurnMax = 4096;
    /// Wait before a journal, a plan source or an authority that could not answer is asked again.
    std::int64_t troubleWaitMs = 1000;
    /// Called from any thread when an answer arrived and a turn is due.
    std::function<void()> answerArrived = {};
};

struct StartRun
{
    RequestId requestId;
    Digest planDigest;
    Digest packetDigest;
};

/// A run that could not be read, with the reason. It is tried again by the next recover().
struct UnreadableRun
{
    RunId runId;
    Error error;
};

struct TurnResult
{
    /// When the next turn is due without an answer or a command; nothing when time alone changes
    /// nothing.
    std::optional<Instant> nextWake;
    /// No run can go on, no answer waits, no call is out.
    bool idle = false;
    std::size_t eventCount = 0;
    /// Why the turn's events could not be appended. They are decided anew in the next turn.
    std::optional<Error> error;
    /// Runs that had to be read again and could not be: they are out of memory until recover().
    std::vector<UnreadableRun> unreadable;
};

struct RecoveryReport
{
    std::size_t runCount = 0;
    std::vector<UnreadableRun> unreadable;
};

/// Thread: core; only completeCall() and the gateway's callbacks come from elsewhere. The ports
/// outlive the engine; callbacks may outlive it.
class Engine
{
public:
    Engine(
        RunJournal& journal,
        PlanSource& plans,
        AuthoritySource& authority,
        ConnectorGateway& gateway,
        EntropySource& entropy,
        EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Reads every unfinished run that is not in memory. Nothing is dispatched before the next
    /// turn. Calls that were out when the process ended count as lost. Errors: StorageBusy,
    /// StorageFailed (call again; what was read stays).
    [[nodiscard]] Result<RecoveryReport> recover();

    /// Makes a run; it is durable when the next turn returns without error. Errors: Conflict (rule
    /// `run.exists`: an approval is carried out once), Expired (rule `run.window`), those of the
    /// plan source and the journal.
    [[nodiscard]] Result<RunId> startRun(const StartRun& command, Instant now);

    /// One turn: takes in answers, lets every run go on that can, appends all events at once, then
    /// starts the calls.
    TurnResult turn(Instant now);

    /// The answer to the call with that token. Unknown tokens are ignored. Any thread.
    void completeCall(std::uint64_t token, CallOutcome outcome);

    /// Authority may have come back: blocked runs ask again in the next turn.
    void authorityChanged();

    /// From now on no call is started; those that are out are waited for. For a process that wants
    /// to end: when a turn is idle after this, nothing is left to lose.
    void stopDispatching();

    // Commands of people; durable when they return, and a turn is due after each, also after a
    // failed one. Errors of all: NotFound (rule `run.unknown`) for
    // a run that is not in memory, those of command_rules.h, those of the journal.
    [[nodiscard]] Result<void>
    confirmGate(const RunId& runId, const std::string& stepId, const PersonAct& act);
    [[nodiscard]] Result<void> resolveStep(
        const RunId& runId, const std::string& stepId, Resolution resolution, const PersonAct& act);
    [[nodiscard]] Result<void>
    confirmCompensation(const RunId& runId, const std::string& stepId, const PersonAct& act);
    [[nodiscard]] Result<void> cancelRun(const RunId& runId, const PersonAct& act);
    [[nodiscard]] Result<void>
    retryStep(const RunId& runId, const std::string& stepId, const PersonAct& act);

    /// State of an unfinished run, or nullptr. Valid until the next call of a non-const function.
    [[nodiscard]] const RunState* state(const RunId& runId) const;
    [[nodiscard]] std::size_t runCount() const;
    [[nodiscard]] std::size_t callCount() const;

private:
    class Core;
    std::unique_ptr<Core> m_core;
};

} // namespace countersign::execution
