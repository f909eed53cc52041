#pragma once

#include "planes/execution/detail/active_runs.h"
#include "planes/execution/detail/answer_inbox.h"
#include "planes/execution/engine.h"

namespace countersign::execution {

/// The body of the engine. Between turns the states in memory equal the journal's, but for runs
/// that are staged (not journaled yet) or stale (to be read again).
class Engine::Core
{
public:
    struct Ports
    {
        RunJournal& journal;
        PlanSource& plans;
        AuthoritySource& authority;
        ConnectorGateway& gateway;
        EntropySource& entropy;
    };

    Core(const Ports& ports, EngineOptions options);
    ~Core();
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    [[nodiscard]] Result<RecoveryReport> recover();
    [[nodiscard]] Result<RunId> startRun(const StartRun& command, Instant now);
    [[nodiscard]] TurnResult turn(Instant now);

    /// Appends what `decide` wants for a run, at once.
    [[nodiscard]] Result<void> command(
        const RunId& runId,
        const std::function<Result<EventDraft>(const Plan&, const RunState&)>& decide);

    void push(std::uint64_t token, CallOutcome outcome);
    void authorityChanged() { m_runs.enqueueBlocked(); }
    void stopDispatching() { m_options.callCountMax = 0; }
    [[nodiscard]] const detail::ActiveRun* find(const RunId& runId) const
    {
        return m_runs.find(runId);
    }
    [[nodiscard]] std::size_t runCount() const { return m_runs.count(); }
    [[nodiscard]] std::size_t callCount() const { return m_calls.size(); }

private:
    struct CallOut
    {
        RunId runId;
        Dispatch dispatch;
        bool isAnswered = false; ///< An answer is in the batch of this turn.
    };
    struct CallStart
    {
        detail::ActiveRun* run;
        Dispatch dispatch;
    };
    /// What one turn is going to append, and to do when that succeeded.
    struct Batch
    {
        Instant now;
        std::vector<RunEvent> events;
        std::vector<CallStart> starts;
        std::vector<detail::ArrivedAnswer> answers;
        std::vector<detail::ActiveRun*> touched;
        std::vector<UnreadableRun> unreadable;
        bool troubled = false; ///< Something outside could not answer.
    };

    void readStaleRuns(Batch& batch);
    void takeInAnswers(Batch& batch);
    void takeInAnswer(Batch& batch, detail::ArrivedAnswer answer);
    void takeInLostCalls(Batch& batch, detail::ActiveRun& run);
    void goOn(Batch& batch, detail::ActiveRun& run);
    /// False when the authority refused or could not answer; `input` is changed accordingly.
    [[nodiscard]] bool
    dispatch(Batch& batch, detail::ActiveRun& run, const Dispatch& wanted, AdvanceInput& input);
    [[nodiscard]] Answer makeAnswer(
        const detail::ActiveRun& run, const Dispatch& made, CallOutcome outcome, Instant now);
    void record(Batch& batch, detail::ActiveRun& run, EventDraft draft);
    void touch(Batch& batch, detail::ActiveRun& run);
    [[nodiscard]] bool isOut(const detail::ActiveRun& run, const Dispatch& made) const;
    [[nodiscard]] std::size_t freeCallCount(const Batch& batch) const;

    [[nodiscard]] static std::string
    stagedKey(const RequestId& requestId, const Digest& planDigest);
    void commit(Batch& batch);
    void startCalls(Batch& batch);
    void rollBack(Batch& batch);
    void setStale(detail::ActiveRun& run);
    void forgetStaged(const detail::ActiveRun& run);

    Ports m_ports;
    EngineOptions m_options;
    std::shared_ptr<detail::AnswerInbox> m_inbox;
    detail::ActiveRuns m_runs;
    std::unordered_map<std::uint64_t, CallOut> m_calls;
    std::uint64_t m_lastToken = 0;
    std::vector<detail::ArrivedAnswer> m_postponed;
    std::vector<RunId> m_stale;
    /// Request and plan of the runs that are staged, so that none is staged twice.
    std::unordered_set<std::string> m_stagedKeys;
};

} // namespace countersign::execution
