#include "planes/execution/detail/engine_core.h"

#include <algorithm>

// What follows an append: the calls start, or the runs are read again.

namespace countersign::execution {

using detail::ActiveRun;
using detail::ArrivedAnswer;

std::string Engine::Core::stagedKey(const RequestId& requestId, const Digest& planDigest)
{
    return requestId.text() + planDigest.hex();
}

void Engine::Core::commit(Batch& batch)
{
    for (const ArrivedAnswer& answer : batch.answers) {
        const auto call = m_calls.find(answer.token);
        CS_ASSERT(call != m_calls.end());
        if (ActiveRun* const run = m_runs.find(call->second.runId))
            run->calls.erase(call->second.dispatch.step);
        m_calls.erase(call);
    }
    for (ActiveRun* const run : batch.touched) {
        run->isTouched = false;
        if (run->staged)
            forgetStaged(*run);
        run->staged.reset();
    }
    startCalls(batch);
    for (ActiveRun* const run : batch.touched) {
        if (run->state.result)
            m_runs.remove(*run);
    }
}

void Engine::Core::startCalls(Batch& batch)
{
    for (const CallStart& start : batch.starts) {
        const std::uint64_t token = ++m_lastToken;
        m_calls.emplace(token, CallOut{start.run->state.head.runId, start.dispatch});
        start.run->calls[start.dispatch.step] = token;
        m_ports.gateway.start(
            connectorCall(*start.run->plan, start.dispatch),
            [inbox = m_inbox, token](CallOutcome outcome) {
                inbox->push(token, std::move(outcome));
            });
    }
}

void Engine::Core::rollBack(Batch& batch)
{
    for (ActiveRun* const run : batch.touched) {
        run->isTouched = false;
        setStale(*run);
    }
    for (const ArrivedAnswer& answer : batch.answers)
        m_calls.at(answer.token).isAnswered = false;
    m_postponed.insert(
        m_postponed.begin(),
        std::make_move_iterator(batch.answers.begin()),
        std::make_move_iterator(batch.answers.end()));
}

void Engine::Core::setStale(ActiveRun& run)
{
    if (std::exchange(run.isStale, true))
        return;
    m_runs.setWake(run, std::nullopt);
    m_stale.push_back(run.state.head.runId);
}

void Engine::Core::forgetStaged(const ActiveRun& run)
{
    if (run.staged)
        m_stagedKeys.erase(stagedKey(run.state.head.requestId, run.state.head.planDigest));
}

void Engine::Core::readStaleRuns(Batch& batch)
{
    for (const RunId& runId : std::exchange(m_stale, {})) {
        ActiveRun* const old = m_runs.find(runId);
        if (old == nullptr)
            continue;
        auto loaded = detail::loadRun(m_ports.journal, m_ports.plans, runId, old->staged);
        bool isElsewhere = false;
        if (loaded && (*loaded)->staged) {
            // Another writer may have made the run for the same approval meanwhile.
            const RunHead& head = old->state.head;
            const auto found =
                m_ports.journal.find(head.decisionId, head.requestId, head.planDigest);
            if (!found)
                loaded = found.failure();
            else
                isElsewhere = found->has_value() && **found != runId;
        }
        if (!loaded && detail::isPassing(loaded.error().code)) {
            m_stale.push_back(runId);
            batch.troubled = true;
            continue;
        }
        std::unordered_map<std::size_t, std::uint64_t> calls = std::move(old->calls);
        if (!loaded || isElsewhere || !(*loaded)->staged)
            forgetStaged(*old);
        m_runs.remove(*old);
        if (!loaded)
            batch.unreadable.push_back({runId, loaded.error()});
        if (!loaded || isElsewhere || (*loaded)->state.result)
            continue;
        (*loaded)->calls = std::move(calls);
        m_runs.enqueue(m_runs.add(std::move(loaded).value()));
    }
}

} // namespace countersign::execution
