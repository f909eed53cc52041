#pragma once

#include "models/digest.h"
#include "models/ids.h"
#include "models/instant.h"
#include "models/json.h"
#include "models/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What the engine needs of a signed execution plan (execution_plan.schema.json), with names
/// resolved to indices and digests checked. Values only; any thread.
namespace countersign::execution {

/// A person who decided something about a run. `role` may be empty.
struct Person
{
    std::string id;
    std::string displayName;
    std::string role;

    bool operator==(const Person&) const = default;
};

/// The contract form of a person (common.schema.json `human`).
[[nodiscard]] Json actorJson(const Person& person);
/// Errors: InvalidInput (rule `person.form`).
[[nodiscard]] Result<Person> parsePerson(const Json& actor);

/// A call as the plan states it.
struct PlanCall
{
    std::string connector;
    std::string connectorVersion;
    std::string operation;
    Json payload;
    /// Equals canonicalDigest(payload): parsePlan refuses anything else.
    Digest payloadDigest;
    /// Same for every attempt, so that the effect happens at most once where it is understood.
    std::string idempotencyKey;
    std::int64_t timeoutMs = 0;
};

struct RetryPolicy
{
    int attemptsMax = 1;
    std::int64_t initialBackoffMs = 0;
    double backoffFactor = 1;
    std::int64_t backoffMsMax = 0;
    double jitterFraction = 0;
    std::vector<std::string> retryOn; ///< Error codes worth another attempt.

    [[nodiscard]] bool covers(std::string_view errorCode) const;
};

enum class CompensationMode {
    Call,   ///< A call undoes it.
    Manual, ///< A person undoes it with the runbook.
    None    ///< It cannot be undone.
};

struct Compensation
{
    CompensationMode mode = CompensationMode::None;
    /// Present with mode Call only.
    std::optional<PlanCall> call;
    /// Present with mode Manual only.
    std::optional<Person> owner;
    /// The runbook (Manual) or the reason why there is none (None).
    std::string text;
    /// Seconds after the step's completion within which undoing is possible.
    std::optional<std::int64_t> windowS;
};

struct PlanStep
{
    std::string id;
    std::string title;
    PlanCall call;
    RetryPolicy retry;
    bool humanGate = false;
    Compensation compensation;
    std::vector<std::size_t> dependsOn;
    std::vector<std::size_t> dependants; ///< Steps that name this one in depends_on.
};

enum class OnFailure {
    Compensate,
    Halt,
    Continue
};

/// The header members that receipts repeat.
struct PlanIdentity
{
    RecordId recordId;
    std::int64_t revision = 1;
    Digest digest; ///< Of the whole document.
    DecisionId decisionId;
    std::string tenantId;
    std::string language;
    std::string correlationId;
    std::string traceId;
};

struct Plan
{
    PlanIdentity identity;
    std::string title;
    Instant notBefore;
    Instant notAfter;
    OnFailure onFailure = OnFailure::Halt;
    std::vector<PlanStep> steps;
    std::unordered_map<std::string, std::size_t> indexOfStep;

    /// Index of the step with that id, or nothing.
    [[nodiscard]] std::optional<std::size_t> find(const std::string& stepId) const;
};

/// Reads a plan document that passed its schema, and checks what the schema cannot say. Errors:
/// InvalidInput with `pointer` and the rule `plan.form` (a member is missing or of the wrong kind),
/// `plan.step_repeated`, `plan.dependency_unknown`, `plan.cycle`, `plan.payload_digest`,
/// `plan.key_repeated` (two effects under one idempotency key) or `plan.window`.
[[nodiscard]] Result<Plan> parsePlan(const Json& executionPlanDocument);

/// Key under which a step is undone: the forward key with `:compensate`, or, where that would pass
/// 200 characters, `compensate:` and the digest of that text.
[[nodiscard]] std::string compensationKey(const std::string& forwardKey);

} // namespace countersign::execution
