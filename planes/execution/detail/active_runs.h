#pragma once

#include "planes/execution/engine_ports.h"
#include "planes/execution/run_state.h"

#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace countersign::execution::detail {

/// A run in memory.
struct ActiveRun
{
    std::shared_ptr<const Plan> plan;
    RunState state;
    /// run.created, until it is durable.
    std::optional<RunEvent> staged = {};
    /// Tokens of the calls that are out, by step.
    std::unordered_map<std::size_t, std::uint64_t> calls = {};
    std::optional<Instant> wakeAt = {};
    bool isQueued = false;
    bool isStarved = false;
    bool isTouched = false; ///< Has events in the batch of this turn.
    bool isStale = false;   ///< Its last append failed: the journal knows better.
    bool mayHaveLostCalls = false;
    bool askAuthorityAgain = false;
};

/// The runs in memory, which of them can go on now, and which later. Thread: core.
class ActiveRuns
{
public:
    [[nodiscard]] ActiveRun* find(const RunId& runId) const;
    [[nodiscard]] std::size_t count() const { return m_runs.size(); }

    ActiveRun& add(std::unique_ptr<ActiveRun> run);
    void remove(ActiveRun& run);

    /// The run gets its turn, once.
    void enqueue(ActiveRun& run);
    [[nodiscard]] ActiveRun* takeNext();
    [[nodiscard]] bool isQueueEmpty() const { return m_queue.empty(); }

    void setWake(ActiveRun& run, std::optional<Instant> at);
    void enqueueDue(Instant now);
    [[nodiscard]] std::optional<Instant> nextWake() const;

    /// The run waits until calls come home.
    void addStarved(ActiveRun& run);
    /// As many as can start a call now, the longest waiting first, and before all others: a busy
    /// run must not keep its place for ever.
    void enqueueStarved(std::size_t countMax);
    [[nodiscard]] bool hasStarved() const { return !m_starved.empty(); }

    void enqueueBlocked();

private:
    std::unordered_map<std::string, std::unique_ptr<ActiveRun>> m_runs;
    std::deque<ActiveRun*> m_queue;
    std::set<std::pair<Instant, ActiveRun*>> m_wakes;
    std::deque<ActiveRun*> m_starved;
};

/// The state a run's journal gives, and its plan. `staged` stands for an empty history. Errors:
/// NotFound (rule `run.unknown`) without history, those of the journal, the plan source and fold().
[[nodiscard]] Result<std::unique_ptr<ActiveRun>> loadRun(
    RunJournal& journal,
    PlanSource& plans,
    const RunId& runId,
    const std::optional<RunEvent>& staged);

/// True for errors that pass by themselves.
[[nodiscard]] bool isPassing(ErrorCode code);

} // namespace countersign::execution::detail
