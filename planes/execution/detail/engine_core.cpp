#include "planes/execution/detail/engine_core.h"

#include <algorithm>
#include <cstring>

namespace countersign::execution {

using detail::ActiveRun;
using detail::ArrivedAnswer;

namespace {

constexpr std::size_t kRecoveryPageSize = 512;

/// Uniform in 0..1 from 53 random bits.
double randomFraction(EntropySource& entropy)
{
    const std::string bytes = entropy.bytes(sizeof(std::uint64_t));
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes.data(), sizeof bits);
    return static_cast<double>(bits >> 11U) / 9007199254740991.0;
}

} // namespace

Engine::Core::Core(const Ports& ports, EngineOptions options)
    : m_ports(ports)
    , m_options(std::move(options))
    , m_inbox(std::make_shared<detail::AnswerInbox>(m_options.answerArrived))
{}

Engine::Core::~Core()
{
    m_inbox->close();
}

void Engine::Core::push(std::uint64_t token, CallOutcome outcome)
{
    m_inbox->push(token, std::move(outcome));
}

Result<RecoveryReport> Engine::Core::recover()
{
    RecoveryReport report;
    std::optional<RunId> after;
    for (;;) {
        CS_TRY(const std::vector<RunId> page, m_ports.journal.unfinished(after, kRecoveryPageSize));
        for (const RunId& runId : page) {
            if (m_runs.find(runId) != nullptr)
                continue;
            auto loaded = detail::loadRun(m_ports.journal, m_ports.plans, runId, std::nullopt);
            if (!loaded && detail::isPassing(loaded.error().code))
                return loaded.failure();
            if (!loaded) {
                report.unreadable.push_back({runId, loaded.error()});
                continue;
            }
            m_runs.enqueue(m_runs.add(std::move(loaded).value()));
            ++report.runCount;
        }
        if (page.size() < kRecoveryPageSize)
            return report;
        after = page.back();
    }
}

Result<RunId> Engine::Core::startRun(const StartRun& command, Instant now)
{
    CS_TRY(std::shared_ptr<const Plan> plan, m_ports.plans.plan(command.planDigest));
    if (now > plan->notAfter)
        return fail(
            ErrorCode::Expired,
            "the plan's window ended at " + plan->notAfter.text(),
            "run.window");
    CS_TRY(
        const std::optional<RunId> existing,
        m_ports.journal.find(plan->identity.decisionId, command.requestId, command.planDigest));
    const std::string key = stagedKey(command.requestId, command.planDigest);
    if (existing || m_stagedKeys.count(key) > 0)
        return fail(
            ErrorCode::Conflict,
            "the plan is carried out under that request already"
                + (existing ? ": " + existing->text() : std::string()),
            "run.exists");

    const RunId runId = RunId::make(now, m_ports.entropy);
    const RunHead head{
        runId,
        plan->identity.decisionId,
        command.planDigest,
        command.requestId,
        command.packetDigest,
        now};
    RunEvent created = createdEvent(head, *plan);
    RunState state = initialState(head, *plan);
    std::unique_ptr<ActiveRun> run(new ActiveRun{std::move(plan), std::move(state)});
    run->staged = std::move(created);
    m_stagedKeys.insert(key);
    m_runs.enqueue(m_runs.add(std::move(run)));
    return runId;
}

TurnResult Engine::Core::turn(Instant now)
{
    Batch batch{now, {}, {}, {}, {}, {}, false};
    TurnResult result;
    readStaleRuns(batch);
    takeInAnswers(batch);
    m_runs.enqueueDue(now);
    m_runs.enqueueStarved(freeCallCount(batch));
    while (batch.events.size() < m_options.eventsPerTurnMax) {
        // Once more: a run that starved may have no use for its call any more.
        if (m_runs.isQueueEmpty())
            m_runs.enqueueStarved(freeCallCount(batch));
        ActiveRun* const run = m_runs.takeNext();
        if (run == nullptr)
            break;
        if (!run->isStale)
            goOn(batch, *run);
    }

    if (!batch.events.empty()) {
        const Result<void> appended = m_ports.journal.append(batch.events);
        if (!appended) {
            rollBack(batch);
            batch.troubled = true;
            result.error = appended.error();
        } else {
            result.eventCount = batch.events.size();
        }
    }
    if (!result.error)
        commit(batch);

    result.unreadable = std::move(batch.unreadable);
    const bool answersWait = !m_inbox->isEmpty() || !m_postponed.empty();
    result.nextWake = m_runs.nextWake();
    const auto wakeBy = [&result](Instant at) {
        result.nextWake = std::min(result.nextWake.value_or(at), at);
    };
    const bool canStart = m_runs.hasStarved() && m_calls.size() < m_options.callCountMax;
    if (!m_runs.isQueueEmpty() || !m_inbox->isEmpty() || canStart)
        wakeBy(now);
    if (batch.troubled || !m_stale.empty())
        wakeBy(now + std::chrono::milliseconds(m_options.troubleWaitMs));
    result.idle = m_runs.isQueueEmpty() && !m_runs.hasStarved() && !answersWait && m_calls.empty()
                  && m_stale.empty();
    return result;
}

void Engine::Core::takeInAnswers(Batch& batch)
{
    std::vector<ArrivedAnswer> answers = std::exchange(m_postponed, {});
    std::vector<ArrivedAnswer> arrived = m_inbox->takeAll();
    answers.insert(
        answers.end(),
        std::make_move_iterator(arrived.begin()),
        std::make_move_iterator(arrived.end()));
    for (ArrivedAnswer& answer : answers)
        takeInAnswer(batch, std::move(answer));
}

void Engine::Core::takeInAnswer(Batch& batch, ArrivedAnswer answer)
{
    const auto call = m_calls.find(answer.token);
    if (call == m_calls.end() || call->second.isAnswered)
        return;
    const Dispatch& made = call->second.dispatch;
    ActiveRun* const run = m_runs.find(call->second.runId);
    if (run == nullptr) {
        m_calls.erase(call);
        return;
    }
    if (run->isStale) {
        m_postponed.push_back(std::move(answer));
        return;
    }
    const Answer taken = makeAnswer(*run, made, recordedOutcome(answer.outcome), batch.now);
    for (EventDraft& draft : answerDrafts(*run->plan, run->state, m_options.executor, taken))
        record(batch, *run, std::move(draft));
    call->second.isAnswered = true;
    batch.answers.push_back(std::move(answer));
    m_runs.enqueue(*run);
}

Answer Engine::Core::makeAnswer(
    const ActiveRun& run, const Dispatch& made, CallOutcome outcome, Instant now)
{
    AnswerFacts facts{now};
    if (outcome.result != CallResult::Success) {
        const PlanCall& call = plannedCall(*run.plan, made);
        facts.jitter = randomFraction(m_ports.entropy);
        facts.deduplicates =
            m_ports.gateway.deduplicates(call.connector, call.connectorVersion, call.operation);
    }
    return Answer{made, std::move(outcome), facts, RecordId::make("rcp", now, m_ports.entropy)};
}

void Engine::Core::takeInLostCalls(Batch& batch, ActiveRun& run)
{
    run.mayHaveLostCalls = false;
    for (std::size_t i = 0; i < run.state.steps.size(); ++i) {
        const StepState& step = run.state.steps[i];
        const bool forward = step.status == StepStatus::Dispatched;
        if (!forward && step.status != StepStatus::CompensationDispatched)
            continue;
        const Dispatch lost{
            i,
            forward ? CallPhase::Forward : CallPhase::Compensation,
            forward ? step.forwardAttempts : step.compensationAttempts};
        if (isOut(run, lost))
            continue;
        const Answer answer = makeAnswer(run, lost, interruptedOutcome(), batch.now);
        for (EventDraft& draft : answerDrafts(*run.plan, run.state, m_options.executor, answer))
            record(batch, run, std::move(draft));
    }
}

void Engine::Core::goOn(Batch& batch, ActiveRun& run)
{
    if (run.staged)
        touch(batch, run);
    if (run.mayHaveLostCalls)
        takeInLostCalls(batch, run);
    AdvanceInput input{batch.now, std::exchange(run.askAuthorityAgain, false), 0};
    bool mayDispatch = true;
    for (;;) {
        input.dispatchCountMax = mayDispatch ? freeCallCount(batch) : 0;
        Advance next = advance(*run.plan, run.state, input);
        for (EventDraft& draft : next.events)
            record(batch, run, std::move(draft));
        for (const Dispatch& wanted : next.dispatches) {
            if (dispatch(batch, run, wanted, input))
                continue;
            mayDispatch = !batch.troubled;
            break;
        }
        if (!next.events.empty() || !next.dispatches.empty())
            continue;
        if (!mayDispatch) {
            const Instant soon = batch.now + std::chrono::milliseconds(m_options.troubleWaitMs);
            next.nextWake = std::min(next.nextWake.value_or(soon), soon);
            run.askAuthorityAgain = input.askAuthorityAgain;
        } else if (next.dispatchesLeft) {
            m_runs.addStarved(run);
        }
        m_runs.setWake(run, next.nextWake);
        return;
    }
}

bool Engine::Core::dispatch(
    Batch& batch, ActiveRun& run, const Dispatch& wanted, AdvanceInput& input)
{
    const RunHead& head = run.state.head;
    const Result<AuthorityGrant> grant = m_ports.authority.authorize(
        head.runId,
        PlanRef{head.decisionId, head.planDigest, head.requestId, head.packetDigest},
        run.plan->steps[wanted.step].id,
        wanted.phase,
        batch.now);
    if (grant) {
        record(batch, run, dispatchedDraft(*run.plan, wanted, grant->digest, batch.now));
        batch.starts.push_back({&run, wanted});
        return true;
    }
    if (detail::isPassing(grant.error().code)) {
        batch.troubled = true;
        return false;
    }
    if (auto blocked = blockedDraft(run.state, grant.error(), batch.now))
        record(batch, run, std::move(*blocked));
    input.askAuthorityAgain = false;
    return false;
}

void Engine::Core::touch(Batch& batch, ActiveRun& run)
{
    if (std::exchange(run.isTouched, true))
        return;
    batch.touched.push_back(&run);
    if (run.staged)
        batch.events.push_back(*run.staged);
}

void Engine::Core::record(Batch& batch, ActiveRun& run, EventDraft draft)
{
    touch(batch, run);
    batch.events.push_back(RunEvent{
        run.state.head.runId,
        run.state.lastSequence + 1,
        draft.type,
        draft.at,
        std::move(draft.body)});
    const Result<void> applied = apply(run.state, *run.plan, batch.events.back());
    CS_ASSERT(applied.ok());
}

bool Engine::Core::isOut(const ActiveRun& run, const Dispatch& made) const
{
    const auto token = run.calls.find(made.step);
    return token != run.calls.end() && m_calls.at(token->second).dispatch == made;
}

std::size_t Engine::Core::freeCallCount(const Batch& batch) const
{
    const std::size_t out = m_calls.size() + batch.starts.size() - batch.answers.size();
    return out < m_options.callCountMax ? m_options.callCountMax - out : 0;
}

Result<void> Engine::Core::command(
    const RunId& runId,
    const std::function<Result<EventDraft>(const Plan&, const RunState&)>& decide)
{
    ActiveRun* const run = m_runs.find(runId);
    if (run == nullptr)
        return fail(
            ErrorCode::NotFound, "no unfinished run " + runId.text() + " is here", "run.unknown");
    if (run->isStale)
        return fail(ErrorCode::StorageBusy, "the run is being read again", "run.stale");
    CS_TRY(EventDraft draft, decide(*run->plan, run->state));
    Batch batch{draft.at, {}, {}, {}, {}, {}, false};
    record(batch, *run, std::move(draft));
    if (const Result<void> appended = m_ports.journal.append(batch.events); !appended) {
        rollBack(batch);
        return appended.failure();
    }
    commit(batch);
    m_runs.enqueue(*run);
    return {};
}

} // namespace countersign::execution
