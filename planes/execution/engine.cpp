#include "planes/execution/engine.h"

#include "planes/execution/detail/engine_core.h"

namespace countersign::execution {

Engine::Engine(
    RunJournal& journal,
    PlanSource& plans,
    AuthoritySource& authority,
    ConnectorGateway& gateway,
    EntropySource& entropy,
    EngineOptions options)
    : m_core(std::make_unique<Core>(
        Core::Ports{journal, plans, authority, gateway, entropy}, std::move(options)))
{}

Engine::~Engine() = default;

Result<RecoveryReport> Engine::recover()
{
    return m_core->recover();
}

Result<RunId> Engine::startRun(const StartRun& command, Instant now)
{
    return m_core->startRun(command, now);
}

TurnResult Engine::turn(Instant now)
{
    return m_core->turn(now);
}

void Engine::completeCall(std::uint64_t token, CallOutcome outcome)
{
    m_core->push(token, std::move(outcome));
}

void Engine::authorityChanged()
{
    m_core->authorityChanged();
}

void Engine::stopDispatching()
{
    m_core->stopDispatching();
}

Result<void>
Engine::confirmGate(const RunId& runId, const std::string& stepId, const PersonAct& act)
{
    return m_core->command(runId, [&](const Plan& plan, const RunState& state) {
        return confirmGateDraft(plan, state, stepId, act);
    });
}

Result<void> Engine::resolveStep(
    const RunId& runId, const std::string& stepId, Resolution resolution, const PersonAct& act)
{
    return m_core->command(runId, [&](const Plan& plan, const RunState& state) {
        return resolveStepDraft(plan, state, stepId, resolution, act);
    });
}

Result<void>
Engine::confirmCompensation(const RunId& runId, const std::string& stepId, const PersonAct& act)
{
    return m_core->command(runId, [&](const Plan& plan, const RunState& state) {
        return confirmCompensationDraft(plan, state, stepId, act);
    });
}

Result<void> Engine::cancelRun(const RunId& runId, const PersonAct& act)
{
    return m_core->command(
        runId, [&](const Plan&, const RunState& state) { return cancelRunDraft(state, act); });
}

Result<void> Engine::retryStep(const RunId& runId, const std::string& stepId, const PersonAct& act)
{
    return m_core->command(runId, [&](const Plan& plan, const RunState& state) {
        return retryStepDraft(plan, state, stepId, act);
    });
}

const RunState* Engine::state(const RunId& runId) const
{
    const detail::ActiveRun* run = m_core->find(runId);
    return run == nullptr ? nullptr : &run->state;
}

std::size_t Engine::runCount() const
{
    return m_core->runCount();
}

std::size_t Engine::callCount() const
{
    return m_core->callCount();
}

} // namespace countersign::execution
