#include "planes/execution/plan.h"

#include "planes/execution/detail/plan_reader.h"

#include <algorithm>
#include <unordered_set>

namespace countersign::execution {

using detail::PlanReader;

namespace {

constexpr std::size_t kKeyLengthMax = 200;

Result<PlanCall> readCall(const PlanReader& reader, std::string key, std::int64_t timeoutMs)
{
    CS_TRY(std::string connector, reader.text("connector"));
    CS_TRY(std::string version, reader.text("connector_version"));
    CS_TRY(std::string operation, reader.text("operation"));
    const Json* payload = reader.find("payload");
    if (payload == nullptr || !payload->is_object())
        return reader.wrong("payload");
    CS_TRY(const std::string statedText, reader.text("payload_sha256"));
    const Result<Digest> stated = Digest::parse(statedText);
    const Result<Digest> actual = canonicalDigest(*payload);
    if (!stated || !actual || *stated != *actual)
        return fail(
            ErrorCode::InvalidInput,
            "payload_sha256 is not the digest of the payload",
            "plan.payload_digest",
            reader.place("payload_sha256"));
    return PlanCall{
        std::move(connector),
        std::move(version),
        std::move(operation),
        *payload,
        *actual,
        std::move(key),
        timeoutMs};
}

Result<RetryPolicy> readRetry(const PlanReader& reader)
{
    RetryPolicy policy;
    CS_TRY(const std::int64_t attemptsMax, reader.integer("max_attempts"));
    policy.attemptsMax = static_cast<int>(std::clamp<std::int64_t>(attemptsMax, 1, 50));
    CS_TRY(policy.initialBackoffMs, reader.integer("initial_backoff_ms"));
    CS_TRY(policy.backoffFactor, reader.number("backoff_factor"));
    CS_TRY(policy.backoffMsMax, reader.integer("max_backoff_ms"));
    CS_TRY(policy.jitterFraction, reader.number("jitter_fraction"));
    CS_TRY(policy.retryOn, reader.texts("retry_on"));
    if (policy.initialBackoffMs < 0 || policy.backoffMsMax < 0)
        return reader.wrong("initial_backoff_ms");
    if (!(policy.backoffFactor >= 1) || !(policy.backoffFactor <= 10))
        return reader.wrong("backoff_factor");
    if (!(policy.jitterFraction >= 0) || !(policy.jitterFraction <= 1))
        return reader.wrong("jitter_fraction");
    return policy;
}

Result<Compensation> readCompensation(const PlanReader& reader, const std::string& forwardKey)
{
    Compensation result;
    CS_TRY(const std::string mode, reader.text("mode"));
    if (reader.find("window_s") != nullptr) {
        CS_TRY(result.windowS, reader.integer("window_s"));
    }
    if (mode == "call") {
        result.mode = CompensationMode::Call;
        CS_TRY(const std::int64_t timeoutMs, reader.integer("timeout_ms"));
        CS_TRY(const PlanReader call, reader.object("call"));
        CS_TRY(result.call, readCall(call, compensationKey(forwardKey), timeoutMs));
    } else if (mode == "manual") {
        result.mode = CompensationMode::Manual;
        CS_TRY(result.text, reader.text("runbook"));
        const Json* owner = reader.find("owner");
        if (owner == nullptr)
            return reader.wrong("owner");
        const Result<Person> person = parsePerson(*owner);
        if (!person)
            return reader.wrong("owner");
        result.owner = *person;
    } else if (mode == "none") {
        result.mode = CompensationMode::None;
        CS_TRY(result.text, reader.text("reason"));
    } else {
        return reader.wrong("mode");
    }
    return result;
}

Result<PlanStep> readStep(const PlanReader& reader)
{
    CS_TRY(std::string id, reader.text("step_id"));
    CS_TRY(std::string title, reader.text("title"));
    CS_TRY(std::string key, reader.text("idempotency_key"));
    CS_TRY(const std::int64_t timeoutMs, reader.integer("timeout_ms"));
    CS_TRY(const PlanReader callReader, reader.object("call"));
    CS_TRY(PlanCall call, readCall(callReader, key, timeoutMs));
    CS_TRY(const PlanReader retryReader, reader.object("retry"));
    CS_TRY(RetryPolicy retry, readRetry(retryReader));
    CS_TRY(const bool humanGate, reader.flag("human_gate"));
    CS_TRY(const PlanReader compensationReader, reader.object("compensation"));
    CS_TRY(Compensation compensation, readCompensation(compensationReader, key));
    return PlanStep{
        std::move(id),
        std::move(title),
        std::move(call),
        std::move(retry),
        humanGate,
        std::move(compensation),
        {},
        {}};
}

Result<PlanIdentity> readIdentity(const PlanReader& header, const Digest& digest)
{
    CS_TRY(const std::string idText, header.text("record_id"));
    const Result<RecordId> recordId = RecordId::parse(idText);
    if (!recordId)
        return header.wrong("record_id");
    CS_TRY(const std::int64_t revision, header.integer("revision"));
    CS_TRY(const std::string decisionText, header.text("decision_id"));
    const Result<DecisionId> decisionId = DecisionId::parse(decisionText);
    if (!decisionId)
        return header.wrong("decision_id");
    CS_TRY(std::string tenantId, header.text("tenant_id"));
    CS_TRY(std::string language, header.text("language"));
    CS_TRY(std::string correlationId, header.text("correlation_id"));
    CS_TRY(std::string traceId, header.text("trace_id"));
    return PlanIdentity{
        *recordId,
        revision,
        digest,
        *decisionId,
        std::move(tenantId),
        std::move(language),
        std::move(correlationId),
        std::move(traceId)};
}

Result<OnFailure> readOnFailure(const PlanReader& reader)
{
    CS_TRY(const std::string text, reader.text("on_failure"));
    if (text == "compensate")
        return OnFailure::Compensate;
    if (text == "halt")
        return OnFailure::Halt;
    if (text == "continue")
        return OnFailure::Continue;
    return reader.wrong("on_failure");
}

std::string stepPlace(std::size_t index, const char* member)
{
    return "/steps/" + std::to_string(index) + "/" + member;
}

Result<void> linkDependencies(Plan& plan, const Json& steps)
{
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        CS_TRY(
            const std::vector<std::string> names,
            PlanReader(steps[i], "/steps/" + std::to_string(i)).texts("depends_on"));
        std::unordered_set<std::size_t> seen;
        for (const std::string& name : names) {
            const std::optional<std::size_t> other = plan.find(name);
            if (!other || !seen.insert(*other).second)
                return fail(
                    ErrorCode::InvalidInput,
                    "step \"" + plan.steps[i].id + "\" depends on \"" + name
                        + "\", which is no other step or is named twice",
                    "plan.dependency_unknown",
                    stepPlace(i, "depends_on"));
            plan.steps[i].dependsOn.push_back(*other);
            plan.steps[*other].dependants.push_back(i);
        }
    }
    return {};
}

/// Takes away steps without open dependencies until none is left; what remains is on a cycle.
Result<void> refuseCycle(const Plan& plan)
{
    std::vector<std::size_t> openCounts;
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        openCounts.push_back(plan.steps[i].dependsOn.size());
        if (openCounts.back() == 0)
            free.push_back(i);
    }
    std::size_t takenCount = 0;
    while (!free.empty()) {
        const std::size_t taken = free.back();
        free.pop_back();
        ++takenCount;
        for (const std::size_t dependant : plan.steps[taken].dependants) {
            if (--openCounts[dependant] == 0)
                free.push_back(dependant);
        }
    }
    if (takenCount == plan.steps.size())
        return {};
    const auto stuck = std::find_if(
        openCounts.begin(), openCounts.end(), [](std::size_t count) { return count > 0; });
    const auto index = static_cast<std::size_t>(stuck - openCounts.begin());
    return fail(
        ErrorCode::InvalidInput,
        "the dependencies of step \"" + plan.steps[index].id + "\" form a cycle",
        "plan.cycle",
        stepPlace(index, "depends_on"));
}

} // namespace

Json actorJson(const Person& person)
{
    Json actor = Json::object();
    actor["type"] = "human";
    actor["id"] = person.id;
    actor["display_name"] = person.displayName;
    if (!person.role.empty())
        actor["role"] = person.role;
    return actor;
}

Result<Person> parsePerson(const Json& actor)
{
    if (!actor.is_object() || textMember(actor, "type") != "human"
        || textMember(actor, "id").empty() || textMember(actor, "display_name").empty())
        return fail(ErrorCode::InvalidInput, "the actor is not a person", "person.form");
    return Person{
        textMember(actor, "id"), textMember(actor, "display_name"), textMember(actor, "role")};
}

bool RetryPolicy::covers(std::string_view errorCode) const
{
    return std::find(retryOn.begin(), retryOn.end(), errorCode) != retryOn.end();
}

std::optional<std::size_t> Plan::find(const std::string& stepId) const
{
    const auto found = indexOfStep.find(stepId);
    return found == indexOfStep.end() ? std::nullopt : std::optional(found->second);
}

std::string compensationKey(const std::string& forwardKey)
{
    std::string key = forwardKey + ":compensate";
    return key.size() <= kKeyLengthMax ? key : "compensate:" + Digest::of(key).hex();
}

Result<Plan> parsePlan(const Json& executionPlanDocument)
{
    const PlanReader reader(executionPlanDocument, "");
    CS_TRY(const Digest digest, canonicalDigest(executionPlanDocument));
    CS_TRY(const PlanReader header, reader.object("header"));
    CS_TRY(PlanIdentity identity, readIdentity(header, digest));
    CS_TRY(std::string title, reader.text("title"));
    CS_TRY(const Instant notBefore, reader.instant("not_before"));
    CS_TRY(const Instant notAfter, reader.instant("not_after"));
    CS_TRY(const OnFailure onFailure, readOnFailure(reader));
    CS_TRY(const Json* const steps, reader.array("steps"));
    Plan plan{std::move(identity), std::move(title), notBefore, notAfter, onFailure, {}, {}};
    if (notAfter < notBefore)
        return fail(
            ErrorCode::InvalidInput,
            "the plan's window ends before it begins",
            "plan.window",
            "/not_after");
    if (steps->empty())
        return reader.wrong("steps");

    std::unordered_set<std::string> keys;
    for (std::size_t i = 0; i < steps->size(); ++i) {
        CS_TRY(PlanStep step, readStep(PlanReader((*steps)[i], "/steps/" + std::to_string(i))));
        if (!plan.indexOfStep.emplace(step.id, i).second)
            return fail(
                ErrorCode::InvalidInput,
                "the step id \"" + step.id + "\" is used twice",
                "plan.step_repeated",
                stepPlace(i, "step_id"));
        const bool compensates = step.compensation.call.has_value();
        if (!keys.insert(step.call.idempotencyKey).second
            || (compensates && !keys.insert(step.compensation.call->idempotencyKey).second))
            return fail(
                ErrorCode::InvalidInput,
                "two effects of the plan share one idempotency key",
                "plan.key_repeated",
                stepPlace(i, "idempotency_key"));
        plan.steps.push_back(std::move(step));
    }
    CS_CHECK(linkDependencies(plan, *steps));
    CS_CHECK(refuseCycle(plan));
    return plan;
}

} // namespace countersign::execution
