#include "planes/execution/plan_amendment.h"

#include <array>

namespace countersign::execution {

namespace {

constexpr std::size_t kKeyLengthMax = 200;

/// What an edit may not touch, made equal in both: what is left must be the same.
Json structureOf(Json plan)
{
    for (const char* free : {"header", "title", "not_before", "not_after"})
        plan.erase(free);
    for (Json& step : plan["steps"]) {
        for (const char* free :
             {"title", "guards", "timeout_ms", "idempotency_key", "expected_effects"})
            step.erase(free);
        step["call"].erase("payload");
        step["call"].erase("payload_sha256");
        if (step.contains("compensation") && step["compensation"].contains("call")) {
            step["compensation"]["call"].erase("payload");
            step["compensation"]["call"].erase("payload_sha256");
        }
    }
    return plan;
}

Result<void> sealCall(Json& call)
{
    CS_TRY(const Digest digest, canonicalDigest(call["payload"]));
    call["payload_sha256"] = digest.hex();
    return {};
}

std::string amendedKey(const std::string& key, std::int64_t revision)
{
    const std::string suffix = ":r" + std::to_string(revision);
    const std::string base =
        key.substr(0, key.rfind(":r") == std::string::npos ? key.size() : key.rfind(":r"));
    if (base.size() + suffix.size() <= kKeyLengthMax)
        return base + suffix;
    return "amended:" + Digest::of(base).hex() + suffix;
}

} // namespace

Result<Json>
sealAmendedPlan(const Json& original, const Json& edited, const Person& editor, Instant now)
{
    if (!edited.is_object() || !edited.contains("steps") || !edited["steps"].is_array())
        return fail(ErrorCode::InvalidInput, "this is not a plan", "plan.form");
    for (const Json& step : edited["steps"]) {
        if (!step.is_object() || !step.contains("call") || !step["call"].is_object()
            || !step["call"].contains("payload"))
            return fail(ErrorCode::InvalidInput, "a step has no call with a payload", "plan.form");
    }
    if (edited == original)
        return fail(ErrorCode::Refused, "nothing was changed", "amendment.unchanged");
    if (structureOf(edited) != structureOf(original))
        return fail(
            ErrorCode::Refused,
            "an edit changes values of a plan, not its steps, systems or classes; ask for another "
            "plan instead",
            "amendment.structure");
    CS_TRY(const Digest before, canonicalDigest(original));
    Json plan = edited;
    Json& header = plan["header"];
    header = original["header"];
    const std::int64_t revision = header.value("revision", std::int64_t{1}) + 1;
    header["revision"] = revision;
    header["supersedes_sha256"] = before.hex();
    header["created_at"] = now.text();
    header["created_by"] = actorJson(editor);
    for (Json& step : plan["steps"]) {
        CS_CHECK(sealCall(step["call"]));
        step["idempotency_key"] = amendedKey(textMember(step, "idempotency_key"), revision);
        if (step["compensation"].contains("call"))
            CS_CHECK(sealCall(step["compensation"]["call"]));
    }
    CS_CHECK(parsePlan(plan));
    return plan;
}

} // namespace countersign::execution
