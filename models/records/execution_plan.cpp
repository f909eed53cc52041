#include "models/records/execution_plan.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<PlanCall>
{
    static constexpr std::tuple kList{
        member("connector", &PlanCall::connector),
        member("connector_version", &PlanCall::connectorVersion),
        member("operation", &PlanCall::operation),
        member("payload", &PlanCall::payload),
        member("payload_sha256", &PlanCall::payloadSha256)};
};

template <>
struct JsonMembers<PlanRetry>
{
    static constexpr std::tuple kList{
        member("max_attempts", &PlanRetry::maxAttempts),
        member("initial_backoff_ms", &PlanRetry::initialBackoffMs),
        member("backoff_factor", &PlanRetry::backoffFactor),
        member("max_backoff_ms", &PlanRetry::maxBackoffMs),
        member("jitter_fraction", &PlanRetry::jitterFraction),
        member("retry_on", &PlanRetry::retryOn)};
};

template <>
struct JsonMembers<PlanEffect>
{
    static constexpr std::tuple kList{
        member("resource_uri", &PlanEffect::resourceUri),
        member("change", &PlanEffect::change),
        member("statement", &PlanEffect::statement)};
};

template <>
struct JsonMembers<CallCompensation>
{
    static constexpr std::tuple kList{
        member("call", &CallCompensation::call),
        member("timeout_ms", &CallCompensation::timeoutMs),
        member("window_s", &CallCompensation::windowS)};
};

template <>
struct JsonMembers<ManualCompensation>
{
    static constexpr std::tuple kList{
        member("runbook", &ManualCompensation::runbook),
        member("owner", &ManualCompensation::owner),
        member("window_s", &ManualCompensation::windowS)};
};

template <>
struct JsonMembers<NoCompensation>
{
    static constexpr std::tuple kList{member("reason", &NoCompensation::reason)};
};

template <>
struct VariantTag<PlanCompensation>
{
    static constexpr std::string_view kKey = "mode";
    static constexpr auto kNames = std::to_array<std::string_view>({"call", "manual", "none"});
};

template <>
struct JsonMembers<PlanStep>
{
    static constexpr std::tuple kList{
        member("step_id", &PlanStep::stepId),
        member("title", &PlanStep::title),
        member("depends_on", &PlanStep::dependsOn),
        member("classes", &PlanStep::classes),
        member("call", &PlanStep::call),
        member("idempotency_key", &PlanStep::idempotencyKey),
        member("timeout_ms", &PlanStep::timeoutMs),
        member("retry", &PlanStep::retry),
        member("guards", &PlanStep::guards),
        member("expected_effects", &PlanStep::expectedEffects),
        member("human_gate", &PlanStep::humanGate),
        member("compensation", &PlanStep::compensation)};
};

template <>
struct JsonMembers<ExecutionPlan>
{
    static constexpr std::tuple kList{
        member("header", &ExecutionPlan::header),
        member("title", &ExecutionPlan::title),
        member("not_before", &ExecutionPlan::notBefore),
        member("not_after", &ExecutionPlan::notAfter),
        member("on_failure", &ExecutionPlan::onFailure),
        member("steps", &ExecutionPlan::steps),
        member("extensions", &ExecutionPlan::extensions)};
};

Result<ExecutionPlan> parseExecutionPlan(const Json& document)
{
    return readRecord<ExecutionPlan>(document, "execution_plan");
}

Json toJson(const ExecutionPlan& plan)
{
    return writeStruct(plan);
}

} // namespace countersign
