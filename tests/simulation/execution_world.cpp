#include "tests/simulation/execution_world.h"

#include <algorithm>

namespace countersign::testing {

using namespace execution;

namespace {

constexpr std::size_t kChaoticIterations = 150;
constexpr std::size_t kIterationsMax = 1500;
const Instant kBegin = Instant::fromUnixSeconds(1'700'000'000);

} // namespace

std::string grantName(const RunId& runId, const std::string& stepId, CallPhase phase, Instant now)
{
    return runId.text() + "/" + stepId + "/" + std::string(text(phase)) + "/" + now.text();
}

ExecutionWorld::ExecutionWorld(const WorldOptions& options)
    : m_options(options)
    , m_chance(options.seed)
    , m_entropy(options.seed ^ 0x5DEECE66DULL)
    , m_now(kBegin)
{
    m_journal.beforeAppend = [this] {
        return beforeAppend();
    };
    m_journal.afterAppend = [this] {
        afterAppend();
    };
    m_engineOptions.callCountMax = 1 + m_chance.below(6);
    m_engineOptions.eventsPerTurnMax = 1 + m_chance.below(30);
    const std::size_t runCount = 1 + m_chance.below(3);
    for (std::size_t i = 0; i < runCount; ++i)
        addRun(i);
}

ExecutionWorld::~ExecutionWorld() = default;

StepSpec ExecutionWorld::randomStep(const std::vector<StepSpec>& before)
{
    StepSpec step{.id = "s" + std::to_string(before.size())};
    for (const StepSpec& other : before) {
        if (step.dependsOn.size() < 3 && m_chance.chance(0.25))
            step.dependsOn.push_back(other.id);
    }
    step.connector = m_chance.chance(0.6) ? "erp" : "mail";
    step.humanGate = m_chance.chance(0.15);
    const std::size_t kind = m_chance.below(10);
    step.compensation = kind < 6 ? "call" : kind < 8 ? "manual" : "none";
    step.attemptsMax = static_cast<int>(1 + m_chance.below(4));
    // A retry without a wait shares its append with the failure before it.
    if (m_chance.chance(0.3))
        step.initialBackoffMs = 0;
    else
        step.initialBackoffMs = static_cast<std::int64_t>(m_chance.below(5000));
    step.backoffFactor = 1 + static_cast<double>(m_chance.below(3));
    step.jitterFraction = m_chance.chance(0.5) ? 0.3 : 0;
    if (m_chance.chance(0.15))
        step.compensationWindowS = static_cast<std::int64_t>(1 + m_chance.below(600));
    return step;
}

void ExecutionWorld::addRun(std::size_t index)
{
    static constexpr std::int64_t kWindowsS[] = {120, 3600, 86'400};
    static constexpr const char* kOnFailure[] = {"compensate", "compensate", "halt", "continue"};
    PlanSpec spec{.steps = {}};
    spec.name = "run" + std::to_string(index);
    spec.onFailure = kOnFailure[m_chance.below(4)];
    if (m_chance.chance(0.3))
        spec.notBefore = kBegin + std::chrono::seconds(m_chance.below(120));
    spec.notAfter = spec.notBefore + std::chrono::seconds(kWindowsS[m_chance.below(3)]);
    const std::size_t stepCount = 1 + m_chance.below(12);
    for (std::size_t i = 0; i < stepCount; ++i)
        spec.steps.push_back(randomStep(spec.steps));
    const auto plan = m_plans.add(spec);
    for (std::size_t i = 0; i < stepCount; ++i) {
        const PlanStep& step = plan->steps[i];
        const bool once = step.call.connector == "erp";
        m_effects[step.call.idempotencyKey] = Effect{index, i, CallPhase::Forward, once};
        if (step.compensation.call)
            m_effects[step.compensation.call->idempotencyKey] =
                Effect{index, i, CallPhase::Compensation, once};
    }
    const StartRun command{
        RequestId::make(kBegin, m_entropy), plan->identity.digest, Digest::of(spec.name)};
    m_runs.push_back(WorldRun{std::move(spec), plan, command});
}

std::string ExecutionWorld::run()
{
    while (m_violation.empty() && !isOver()) {
        ++m_iteration;
        m_isCalm = m_iteration > kChaoticIterations;
        require(m_iteration < kIterationsMax, "every run comes to its end (livelock)");
        try {
            step();
        } catch (const EndOfProcess&) {
            endProcess();
        }
    }
    for (const WorldRun& ended : m_runs) {
        if (m_violation.empty())
            checkEnd(ended);
    }
    std::string report = m_violation;
    for (const WorldRun& each : m_runs) {
        if (!m_violation.empty() && each.id)
            report += "\n    " + each.spec.onFailure + ": " + m_journal.summary(*each.id);
    }
    return report;
}

void ExecutionWorld::step()
{
    if (!m_engine)
        boot();
    deliverAnswers();
    disturb();
    m_grants.clear();
    const TurnResult turn = m_engine->turn(m_now);
    require(turn.unreadable.empty(), "every history can be read");
    if (!turn.error && m_chance.chance(0.04))
        checkMemoryEqualsJournal();
    for (WorldRun& each : m_runs) {
        if (!each.id || each.isOver || m_engine->state(*each.id) != nullptr)
            continue;
        const std::vector<RunEvent>& history = m_journal.history(*each.id);
        each.isOver = !history.empty() && history.back().type == RunEventType::RunFinished;
        require(each.isOver, "only a finished run is dropped from memory");
    }
    if (!isOver())
        passTime(turn);
}

void ExecutionWorld::boot()
{
    AuthoritySource& authority = *this;
    ConnectorGateway& gateway = *this;
    m_engine = std::make_unique<Engine>(
        m_journal, m_plans, authority, gateway, m_entropy, m_engineOptions);
    require(m_engine->recover().ok(), "recovery reads every run");
    checkMemoryEqualsJournal();
    for (WorldRun& each : m_runs) {
        each.id = m_journal
                      .find(
                          m_plans.plan(each.command.planDigest).value()->identity.decisionId,
                          each.command.requestId,
                          each.command.planDigest)
                      .value();
        if (each.id)
            continue;
        const Result<RunId> started = m_engine->startRun(each.command, m_now);
        if (started)
            each.id = *started;
        else
            each.isOver = started.error().code == ErrorCode::Expired;
        require(started.ok() || each.isOver, "a run can be started");
    }
}

void ExecutionWorld::endProcess()
{
    ++tally["crash"];
    m_engine.reset();
    m_grants.clear();
    // What was under way happens or not; nobody hears of it.
    for (PendingCall& call : std::exchange(m_pending, {})) {
        if (call.appliesLater && m_chance.chance(0.5))
            applyEffect(m_effects.at(call.key));
    }
    m_now = m_now + std::chrono::milliseconds(m_chance.below(20'000));
}

void ExecutionWorld::deliverAnswers()
{
    for (PendingCall& call : std::exchange(m_pending, {})) {
        if (call.answerAt <= m_now)
            deliver(std::move(call));
        else
            m_pending.push_back(std::move(call));
    }
}

void ExecutionWorld::deliver(PendingCall call)
{
    Effect& effect = m_effects.at(call.key);
    if (call.appliesLater)
        applyEffect(effect);
    const CallResult result = call.outcome.result;
    if (result != CallResult::Success && result != CallResult::Timeout
        && !call.outcome.effectUncertain)
        effect.mayDispatch = true;
    call.done(std::move(call.outcome));
}

void ExecutionWorld::disturb()
{
    if (m_isCalm) {
        if (!std::exchange(m_authorityThere, true))
            m_engine->authorityChanged();
        return;
    }
    if (m_chance.chance(0.02))
        m_authorityThere = !m_authorityThere;
    if (m_chance.chance(0.01)) {
        const WorldRun& run = m_runs[m_chance.below(m_runs.size())];
        if (run.id && m_engine->cancelRun(*run.id, personAct(m_now)).ok())
            ++tally["cancel"];
    }
}

void ExecutionWorld::passTime(const TurnResult& turn)
{
    std::optional<Instant> next = turn.nextWake;
    for (const PendingCall& call : m_pending)
        next = std::min(next.value_or(call.answerAt), call.answerAt);
    const bool isFar = !next || *next > m_now + std::chrono::minutes(10);
    if ((isFar || m_chance.chance(0.1)) && (m_isCalm || !next || m_chance.chance(0.8))
        && letPersonAct())
        return;
    require(
        next.has_value() || turn.error.has_value(),
        "a run that is not over waits for a person or a time (lost wake-up)");
    if (!next)
        return;
    m_now = std::max(m_now, *next);
    if (m_chance.chance(0.2))
        m_now = m_now + std::chrono::milliseconds(m_chance.below(2000));
}

bool ExecutionWorld::letPersonAct()
{
    const std::size_t first = m_chance.below(m_runs.size());
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        WorldRun& run = m_runs[(first + i) % m_runs.size()];
        const RunState* state = run.id ? m_engine->state(*run.id) : nullptr;
        if (state == nullptr)
            continue;
        std::vector<RunWait> waiting = waits(*run.plan, *state, m_now);
        std::erase_if(waiting, [](const RunWait& wait) {
            return wait.kind == WaitKind::Call || wait.kind == WaitKind::Time;
        });
        if (waiting.empty())
            continue;
        act(run, waiting[m_chance.below(waiting.size())]);
        return true;
    }
    return false;
}

void ExecutionWorld::act(WorldRun& run, const RunWait& wait)
{
    const PersonAct person = personAct(m_now);
    const std::size_t index = wait.step.value_or(0);
    const std::string& stepId = run.plan->steps[index].id;
    const StepStatus status = m_engine->state(*run.id)->steps[index].status;
    const bool willing = m_isCalm || m_chance.chance(0.8);
    Result<void> done;
    ++tally["person." + std::to_string(static_cast<int>(wait.kind))];
    switch (wait.kind) {
    case WaitKind::Call:
    case WaitKind::Time:
        return;
    case WaitKind::Gate:
        done = willing ? m_engine->confirmGate(*run.id, stepId, person)
                       : m_engine->cancelRun(*run.id, person);
        break;
    case WaitKind::Doubt: {
        const CallPhase phase =
            status == StepStatus::InDoubt ? CallPhase::Forward : CallPhase::Compensation;
        const bool stands = effectOf(run, index, phase).count > 0;
        done = m_engine->resolveStep(
            *run.id, stepId, stands ? Resolution::Done : Resolution::NotDone, person);
        break;
    }
    case WaitKind::Undo:
        if (willing)
            run.undoneByHand.insert(index);
        done = run.undoneByHand.count(index) > 0
                   ? m_engine->confirmCompensation(*run.id, stepId, person)
                   : m_engine->resolveStep(*run.id, stepId, Resolution::NotDone, person);
        break;
    case WaitKind::Stuck:
        if (willing && !m_chance.chance(0.3))
            done = m_engine->retryStep(*run.id, stepId, person);
        else if (status == StepStatus::CompensationFailed)
            done = m_engine->resolveStep(*run.id, stepId, Resolution::NotDone, person);
        else
            done = m_engine->cancelRun(*run.id, person);
        break;
    case WaitKind::Authority:
        m_authorityThere = true;
        m_engine->authorityChanged();
        break;
    }
    // Only the window may have ended since the state was shown, or the journal refuses.
    require(
        done.ok() || done.error().rule == "run.stopping" || done.error().rule == "run.stale"
            || done.error().rule == "test.fault",
        "an act that is waited for is accepted");
    if (!done.ok() && done.error().rule == "run.stopping")
        m_now = m_now + std::chrono::seconds(1);
}

Result<AuthorityGrant> ExecutionWorld::authorize(
    const RunId& runId,
    const PlanRef& plan,
    const std::string& stepId,
    CallPhase phase,
    Instant now)
{
    require(now == m_now, "authority is asked for the present moment");
    if (!m_isCalm && m_chance.chance(0.02))
        return fail(ErrorCode::StorageBusy, "locked", "test.fault");
    if (!m_authorityThere) {
        ++tally["unauthorized"];
        return fail(ErrorCode::Unauthorized, "the quorum is gone", "quorum.roles");
    }
    const std::string name = grantName(runId, stepId, phase, now);
    m_grants.insert(name);
    return AuthorityGrant{Digest::of(name + plan.planDigest.hex())};
}

bool ExecutionWorld::deduplicates(
    const std::string& connector,
    const std::string& /*version*/,
    const std::string& /*operation*/) const
{
    return connector == "erp";
}

void ExecutionWorld::start(ConnectorCall call, std::function<void(CallOutcome)> done)
{
    const auto found = m_effects.find(call.idempotencyKey);
    require(found != m_effects.end(), "every call carries a key of its plan");
    if (found == m_effects.end())
        return;
    Effect& effect = found->second;
    checkStart(call, effect);
    PendingCall pending = decideFate(call, effect);
    pending.done = std::move(done);
    const bool isImmediate = pending.answerAt <= m_now && m_chance.chance(0.5);
    ++m_callCount;
    if (isImmediate)
        deliver(std::move(pending));
    else
        m_pending.push_back(std::move(pending));
    maybeEndProcess(CrashPoint::Place::AfterEffect, m_callCount, 0.01);
}

void ExecutionWorld::applyEffect(Effect& effect)
{
    if (effect.deduplicates && effect.count > 0)
        return;
    ++effect.count;
}

ExecutionWorld::PendingCall ExecutionWorld::decideFate(const ConnectorCall& call, Effect& effect)
{
    PendingCall pending{call.idempotencyKey, {}, succeeded(), m_now, false};
    const std::size_t fate = m_isCalm ? 0 : m_chance.below(100);
    bool takesEffect = true;
    if (fate >= 94) {
        pending.outcome = failedWith("contract_violation", false);
        pending.outcome.effectUncertain = true;
        takesEffect = m_chance.chance(0.5);
    } else if (fate >= 91) {
        pending.outcome = failedWith("secret_missing", false);
        pending.outcome.result = CallResult::Blocked;
        takesEffect = false;
    } else if (fate >= 80) {
        pending.outcome = timedOut();
        takesEffect = m_chance.chance(0.5);
    } else if (fate >= 75) {
        pending.outcome = failedWith("denied", false);
        takesEffect = false;
    } else if (fate >= 60) {
        pending.outcome = failedWith("unavailable");
        if (m_chance.chance(0.3))
            pending.outcome.retryAfterMs = static_cast<std::int64_t>(m_chance.below(30'000));
        takesEffect = false;
    }
    ++tally["outcome." + pending.outcome.errorCode];
    if (m_chance.chance(0.6))
        pending.answerAt = m_now + std::chrono::milliseconds(m_chance.below(20'000));
    if (takesEffect && m_chance.chance(0.5))
        applyEffect(effect);
    else
        pending.appliesLater = takesEffect;
    return pending;
}

MemoryJournal::Fault ExecutionWorld::beforeAppend()
{
    maybeEndProcess(CrashPoint::Place::BeforeAppend, m_appendCount, 0.01);
    ++m_appendCount;
    if (m_options.isSafe || m_options.crashPoint || m_isCalm || !m_chance.chance(0.03))
        return MemoryJournal::Fault::None;
    ++tally["fault"];
    return m_chance.chance(0.5) ? MemoryJournal::Fault::Refuse
                                : MemoryJournal::Fault::KeepAndRefuse;
}

void ExecutionWorld::afterAppend()
{
    maybeEndProcess(CrashPoint::Place::AfterAppend, m_appendCount - 1, 0.01);
}

void ExecutionWorld::maybeEndProcess(CrashPoint::Place place, std::size_t index, double probability)
{
    if (m_options.isSafe)
        return;
    if (!m_options.crashPoint) {
        if (!m_isCalm && m_chance.chance(probability))
            throw EndOfProcess{};
        return;
    }
    if (m_crashPointPassed || m_options.crashPoint->place != place
        || m_options.crashPoint->index != index)
        return;
    m_crashPointPassed = true;
    throw EndOfProcess{};
}

ExecutionWorld::Effect&
ExecutionWorld::effectOf(const WorldRun& run, std::size_t step, CallPhase phase)
{
    const PlanStep& planned = run.plan->steps[step];
    return m_effects.at(
        phase == CallPhase::Forward ? planned.call.idempotencyKey
                                    : planned.compensation.call->idempotencyKey);
}

bool ExecutionWorld::isOver() const
{
    return std::all_of(
        m_runs.begin(), m_runs.end(), [](const WorldRun& run) { return run.isOver; });
}

} // namespace countersign::testing
