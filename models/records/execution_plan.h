#pragma once

#include "models/records/common.h"

/// The steps that a yes would run, frozen before the vote (execution_plan.schema.json).
namespace countersign {

/// compensate: undo finished steps, newest first. halt: wait for a person. continue: go on with
/// steps that do not depend on the failed one.
enum class OnFailure {
    Compensate,
    Halt,
    Continue
};
template <>
inline constexpr auto
    kTextsOf<OnFailure> = std::to_array<std::string_view>({"compensate", "halt", "continue"});

struct PlanCall
{
    std::string connector;
    std::string connectorVersion;
    std::string operation;
    /// An object whose shape the connector's own contract sets.
    Json payload;
    /// Over the canonical form of `payload`.
    Digest payloadSha256;
    bool operator==(const PlanCall&) const = default;
};

struct PlanRetry
{
    std::int64_t maxAttempts = 1;
    std::int64_t initialBackoffMs = 0;
    double backoffFactor = 1;
    std::int64_t maxBackoffMs = 0;
    double jitterFraction = 0;
    std::vector<std::string> retryOn;
    bool operator==(const PlanRetry&) const = default;
};

/// What a verifier must find afterwards.
struct PlanEffect
{
    std::string resourceUri;
    EffectChange change = EffectChange::None;
    std::string statement;
    bool operator==(const PlanEffect&) const = default;
};

struct CallCompensation
{
    PlanCall call;
    std::int64_t timeoutMs = 1;
    std::optional<std::int64_t> windowS = {};
    bool operator==(const CallCompensation&) const = default;
};

struct ManualCompensation
{
    std::string runbook;
    Actor owner;
    std::optional<std::int64_t> windowS = {};
    bool operator==(const ManualCompensation&) const = default;
};

struct NoCompensation
{
    std::string reason;
    bool operator==(const NoCompensation&) const = default;
};

using PlanCompensation = std::variant<CallCompensation, ManualCompensation, NoCompensation>;

struct PlanStep
{
    std::string stepId;
    std::string title;
    std::vector<std::string> dependsOn;
    Classes classes = {};
    PlanCall call;
    std::string idempotencyKey;
    std::int64_t timeoutMs = 1;
    PlanRetry retry;
    std::optional<std::vector<std::string>> guards = {};
    std::vector<PlanEffect> expectedEffects;
    /// True: a person confirms right before the call.
    bool humanGate = true;
    PlanCompensation compensation;
    bool operator==(const PlanStep&) const = default;
};

struct ExecutionPlan
{
    Header header;
    std::string title;
    StatedInstant notBefore;
    StatedInstant notAfter;
    OnFailure onFailure = OnFailure::Halt;
    std::vector<PlanStep> steps;
    std::optional<Json> extensions = {};
    bool operator==(const ExecutionPlan&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<ExecutionPlan> parseExecutionPlan(const Json& document);
[[nodiscard]] Json toJson(const ExecutionPlan& plan);

} // namespace countersign
