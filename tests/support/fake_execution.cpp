#include "tests/support/fake_execution.h"

namespace countersign::testing {

using namespace execution;

std::uint64_t SeededEntropy::next()
{
    m_state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

std::string SeededEntropy::bytes(std::size_t byteCount)
{
    std::string result;
    while (result.size() < byteCount) {
        std::uint64_t word = next();
        for (int i = 0; i < 8; ++i, word >>= 8U)
            result.push_back(static_cast<char>(word & 0xFFU));
    }
    result.resize(byteCount);
    return result;
}

std::size_t SeededEntropy::below(std::size_t limit)
{
    return static_cast<std::size_t>(next() % limit);
}

bool SeededEntropy::chance(double probability)
{
    return static_cast<double>(next() >> 11U) / 9007199254740992.0 < probability;
}

namespace {

Json callDocument(const PlanSpec& plan, const StepSpec& step, const char* operation)
{
    Json payload = Json::object();
    payload["plan"] = plan.name;
    payload["step"] = step.id;
    payload["operation"] = operation;
    Json call = Json::object();
    call["connector"] = step.connector;
    call["connector_version"] = "1.0";
    call["operation"] = operation;
    call["payload_sha256"] = canonicalDigest(payload).value().hex();
    call["payload"] = std::move(payload);
    return call;
}

Json compensationDocument(const PlanSpec& plan, const StepSpec& step)
{
    Json compensation = Json::object();
    compensation["mode"] = step.compensation;
    if (step.compensation == "call") {
        compensation["call"] = callDocument(plan, step, "undo");
        compensation["timeout_ms"] = 5000;
    } else if (step.compensation == "manual") {
        compensation["runbook"] = "Undo " + step.id + " by hand.";
        compensation["owner"] = actorJson(Person{"rita.owner", "Rita Owner", "operations"});
    } else {
        compensation["reason"] = "It binds us outside.";
    }
    if (step.compensationWindowS && step.compensation != "none")
        compensation["window_s"] = *step.compensationWindowS;
    return compensation;
}

Json classesDocument(const StepSpec& step)
{
    const char* reversibility = step.compensation == "none" ? "R2" : "R1";
    return Json{
        {"approval", "A1"},
        {"reversibility", reversibility},
        {"sensitivity", "S1"},
        {"action", "B"}};
}

Json stepDocument(const PlanSpec& plan, const StepSpec& step)
{
    Json document = Json::object();
    document["step_id"] = step.id;
    document["title"] = "Step " + step.id;
    document["depends_on"] = step.dependsOn;
    document["classes"] = classesDocument(step);
    document["call"] = callDocument(plan, step, "apply");
    document["idempotency_key"] = keyOf(plan, step.id);
    document["timeout_ms"] = 5000;
    document["retry"] = Json{
        {"max_attempts", step.attemptsMax},
        {"initial_backoff_ms", step.initialBackoffMs},
        {"backoff_factor", step.backoffFactor},
        {"max_backoff_ms", step.backoffMsMax},
        {"jitter_fraction", step.jitterFraction},
        {"retry_on", step.retryOn}};
    document["expected_effects"] = Json::array({Json{
        {"resource_uri", "https://erp.example/" + step.id},
        {"change", "created"},
        {"statement", "It is there."}}});
    document["human_gate"] = step.humanGate;
    document["compensation"] = compensationDocument(plan, step);
    return document;
}

} // namespace

std::string keyOf(const PlanSpec& spec, const std::string& stepId)
{
    return spec.name + ":" + stepId + ":0123456789abcdef";
}

Json planDocument(const PlanSpec& spec)
{
    Json header = Json::object();
    header["schema"] = "execution_plan";
    header["schema_version"] = "1.0";
    header["record_id"] = "pln_01KRXBH9A0B2K0HR1V5EEXKCG1";
    header["revision"] = 1;
    header["tenant_id"] = "acme";
    header["decision_id"] = "dec_01KRX39KT0RW5Z6WR4FKDDPFDP";
    header["language"] = "en";
    header["created_at"] = "2023-11-14T00:00:00Z";
    header["created_by"] = actorJson(Person{"paul.planner", "Paul Planner", {}});
    header["correlation_id"] = "41a37096-f3ec-459b-8eb1-0de557736bd3";
    header["trace_id"] = "9b221e092eca5806fc1b850f38790e93";
    Json document = Json::object();
    document["header"] = std::move(header);
    document["title"] = "Plan " + spec.name;
    document["not_before"] = spec.notBefore.text();
    document["not_after"] = spec.notAfter.text();
    document["on_failure"] = spec.onFailure;
    document["steps"] = Json::array();
    for (const StepSpec& step : spec.steps)
        document["steps"].push_back(stepDocument(spec, step));
    return document;
}

std::shared_ptr<const Plan> planOf(const PlanSpec& spec)
{
    Result<Plan> plan = parsePlan(planDocument(spec));
    return std::make_shared<const Plan>(std::move(plan).value());
}

PersonAct personAct(Instant at)
{
    return PersonAct{Person{"olga.operator", "Olga Operator", "operator"}, 7, "I looked.", at};
}

std::shared_ptr<const Plan> PlanBook::add(const PlanSpec& spec)
{
    std::shared_ptr<const Plan> plan = planOf(spec);
    m_plans[plan->identity.digest.hex()] = plan;
    return plan;
}

Result<std::shared_ptr<const Plan>> PlanBook::plan(const Digest& digest)
{
    const auto found = m_plans.find(digest.hex());
    if (found == m_plans.end())
        return fail(ErrorCode::NotFound, "no such plan", "plan.unknown");
    return found->second;
}

Result<void> MemoryJournal::append(const std::vector<RunEvent>& events)
{
    const Fault fault = beforeAppend ? beforeAppend() : Fault::None;
    if (fault == Fault::Refuse)
        return fail(ErrorCode::StorageFailed, "the disk is full", "test.fault");
    std::map<std::string, std::uint64_t> expected;
    for (const RunEvent& event : events) {
        const std::string& id = event.runId.text();
        const auto place = expected.try_emplace(id, m_histories[id].size() + 1).first;
        if (event.sequence != place->second++)
            return fail(ErrorCode::Conflict, "the sequence is taken", "journal.sequence");
    }
    keep(events);
    ++m_appendCount;
    if (afterAppend)
        afterAppend();
    if (fault == Fault::KeepAndRefuse)
        return fail(ErrorCode::StorageFailed, "the answer was lost", "test.fault");
    return {};
}

void MemoryJournal::keep(const std::vector<RunEvent>& events)
{
    for (const RunEvent& event : events) {
        const std::string& id = event.runId.text();
        m_histories[id].push_back(event);
        if (event.type == RunEventType::RunCreated) {
            m_open.emplace(id, event.runId);
            const RunHead head = readCreated(event).value();
            m_byApproval.emplace(head.requestId.text() + head.planDigest.hex(), event.runId);
        } else if (event.type == RunEventType::RunFinished) {
            m_open.erase(id);
        }
    }
}

Result<std::vector<RunEvent>> MemoryJournal::load(const RunId& runId)
{
    return history(runId);
}

const std::vector<RunEvent>& MemoryJournal::history(const RunId& runId) const
{
    static const std::vector<RunEvent> kNone;
    const auto found = m_histories.find(runId.text());
    return found == m_histories.end() ? kNone : found->second;
}

Result<std::vector<RunId>>
MemoryJournal::unfinished(const std::optional<RunId>& after, std::size_t countMax)
{
    std::vector<RunId> page;
    auto next = after ? m_open.upper_bound(after->text()) : m_open.begin();
    for (; next != m_open.end() && page.size() < countMax; ++next)
        page.push_back(next->second);
    return page;
}

Result<std::optional<RunId>> MemoryJournal::find(
    const DecisionId& /*decisionId*/, const RequestId& requestId, const Digest& planDigest)
{
    const auto found = m_byApproval.find(requestId.text() + planDigest.hex());
    return found == m_byApproval.end() ? std::nullopt : std::optional(found->second);
}

std::string MemoryJournal::summary(const RunId& runId) const
{
    std::string result;
    for (const RunEvent& event : history(runId)) {
        if (!result.empty())
            result += ' ';
        result += text(event.type);
        if (const std::string step = textMember(event.body, "step_id"); !step.empty())
            result += "(" + step + ")";
    }
    return result;
}

Result<AuthorityGrant> FakeAuthority::authorize(
    const RunId& runId,
    const PlanRef& plan,
    const std::string& stepId,
    CallPhase phase,
    Instant now)
{
    asked.push_back(stepId + "/" + std::string(text(phase)));
    if (refusal)
        return fail(*refusal);
    return AuthorityGrant{Digest::of(runId.text() + plan.planDigest.hex() + stepId + now.text())};
}

void FakeGateway::start(ConnectorCall call, std::function<void(CallOutcome)> done)
{
    if (answersAtOnce) {
        done(succeeded());
        return;
    }
    started.push_back({std::move(call), std::move(done)});
}

bool FakeGateway::deduplicates(
    const std::string& connector,
    const std::string& /*version*/,
    const std::string& /*operation*/) const
{
    return repeating.count(connector) == 0;
}

CallOutcome succeeded()
{
    CallOutcome outcome;
    outcome.result = CallResult::Success;
    outcome.message = "200 done";
    outcome.responseDigest = Digest::of("done");
    return outcome;
}

CallOutcome failedWith(const std::string& code, bool retryable)
{
    CallOutcome outcome;
    outcome.result = CallResult::Failure;
    outcome.errorCode = code;
    outcome.message = "It said no.";
    outcome.retryable = retryable;
    return outcome;
}

CallOutcome timedOut()
{
    CallOutcome outcome;
    outcome.result = CallResult::Timeout;
    outcome.effectUncertain = true;
    outcome.errorCode = "timeout";
    outcome.message = "No answer.";
    outcome.retryable = true;
    return outcome;
}

} // namespace countersign::testing
