#include "planes/execution/detail/active_runs.h"

#include <algorithm>

namespace countersign::execution::detail {

ActiveRun* ActiveRuns::find(const RunId& runId) const
{
    const auto found = m_runs.find(runId.text());
    return found == m_runs.end() ? nullptr : found->second.get();
}

ActiveRun& ActiveRuns::add(std::unique_ptr<ActiveRun> run)
{
    const auto [place, isNew] = m_runs.emplace(run->state.head.runId.text(), nullptr);
    CS_ASSERT(isNew);
    place->second = std::move(run);
    return *place->second;
}

void ActiveRuns::remove(ActiveRun& run)
{
    setWake(run, std::nullopt);
    if (run.isQueued)
        std::erase(m_queue, &run);
    if (run.isStarved)
        std::erase(m_starved, &run);
    m_runs.erase(run.state.head.runId.text());
}

void ActiveRuns::enqueue(ActiveRun& run)
{
    if (std::exchange(run.isQueued, true))
        return;
    m_queue.push_back(&run);
}

ActiveRun* ActiveRuns::takeNext()
{
    if (m_queue.empty())
        return nullptr;
    ActiveRun* const run = m_queue.front();
    m_queue.pop_front();
    run->isQueued = false;
    return run;
}

void ActiveRuns::setWake(ActiveRun& run, std::optional<Instant> at)
{
    if (run.wakeAt)
        m_wakes.erase({*run.wakeAt, &run});
    run.wakeAt = at;
    if (at)
        m_wakes.insert({*at, &run});
}

void ActiveRuns::enqueueDue(Instant now)
{
    while (!m_wakes.empty() && m_wakes.begin()->first <= now) {
        ActiveRun& run = *m_wakes.begin()->second;
        setWake(run, std::nullopt);
        enqueue(run);
    }
}

std::optional<Instant> ActiveRuns::nextWake() const
{
    return m_wakes.empty() ? std::nullopt : std::optional(m_wakes.begin()->first);
}

void ActiveRuns::addStarved(ActiveRun& run)
{
    if (std::exchange(run.isStarved, true))
        return;
    m_starved.push_back(&run);
}

void ActiveRuns::enqueueStarved(std::size_t countMax)
{
    std::vector<ActiveRun*> fed;
    for (; fed.size() < countMax && !m_starved.empty(); m_starved.pop_front()) {
        m_starved.front()->isStarved = false;
        if (!std::exchange(m_starved.front()->isQueued, true))
            fed.push_back(m_starved.front());
    }
    m_queue.insert(m_queue.begin(), fed.begin(), fed.end());
}

void ActiveRuns::enqueueBlocked()
{
    for (const auto& [id, run] : m_runs) {
        if (!run->state.block)
            continue;
        run->askAuthorityAgain = true;
        enqueue(*run);
    }
}

Result<std::unique_ptr<ActiveRun>> loadRun(
    RunJournal& journal,
    PlanSource& plans,
    const RunId& runId,
    const std::optional<RunEvent>& staged)
{
    CS_TRY(std::vector<RunEvent> history, journal.load(runId));
    const bool isDurable = !history.empty();
    if (!isDurable && !staged)
        return fail(ErrorCode::NotFound, "run " + runId.text() + " has no history", "run.unknown");
    if (!isDurable)
        history.push_back(*staged);
    CS_TRY(const RunHead head, readCreated(history.front()));
    CS_TRY(std::shared_ptr<const Plan> plan, plans.plan(head.planDigest));
    CS_TRY(RunState state, fold(*plan, history));
    std::unique_ptr<ActiveRun> run(new ActiveRun{std::move(plan), std::move(state)});
    if (!isDurable)
        run->staged = staged;
    run->mayHaveLostCalls = true;
    run->askAuthorityAgain = true;
    return run;
}

bool isPassing(ErrorCode code)
{
    return code == ErrorCode::StorageBusy || code == ErrorCode::StorageFailed
           || code == ErrorCode::Timeout || code == ErrorCode::Unavailable;
}

} // namespace countersign::execution::detail
