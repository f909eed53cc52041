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

/// The key of the revision before, without the mark that amending put there, and with that of this
/// one.
std::string amendedKey(const std::string& key, std::int64_t revision)
{
    const auto markOf = [](std::int64_t number) {
        return ":r" + std::to_string(number);
    };
    const std::string earlier = markOf(revision - 1);
    const bool marked = key.size() > earlier.size()
                        && key.compare(key.size() - earlier.size(), earlier.size(), earlier) == 0;
    const std::string base = marked ? key.substr(0, key.size() - earlier.size()) : key;
    const std::string mark = markOf(revision);
    if (base.size() + mark.size() <= kKeyLengthMax)
        return base + mark;
    return "amended:" + Digest::of(base).hex() + mark;
}

bool isCall(const Json& owner)
{
    return owner["call"].is_object() && owner["call"].contains("payload");
}

/// As far as what follows looks into it; the rest is parsePlan's.
Result<void> checkForm(const Json& edited)
{
    if (!edited.is_object() || !edited.contains("steps") || !edited["steps"].is_array())
        return fail(ErrorCode::InvalidInput, "this is not a plan", "plan.form");
    for (const Json& step : edited["steps"]) {
        if (!step.is_object() || !step.contains("call") || !isCall(step))
            return fail(ErrorCode::InvalidInput, "a step has no call with a payload", "plan.form");
        if (!step.contains("compensation") || !step["compensation"].is_object()
            || (step["compensation"].contains("call") && !isCall(step["compensation"])))
            return fail(
                ErrorCode::InvalidInput, "a step does not say how it is undone", "plan.form");
    }
    return {};
}

} // namespace

Result<Json>
sealAmendedPlan(const Json& original, const Json& edited, const Person& editor, Instant now)
{
    CS_CHECK(checkForm(edited));
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
    for (std::size_t i = 0; i < plan["steps"].size(); ++i) {
        Json& step = plan["steps"][i];
        CS_CHECK(sealCall(step["call"]));
        step["idempotency_key"] =
            amendedKey(textMember(original["steps"][i], "idempotency_key"), revision);
        if (step["compensation"].contains("call"))
            CS_CHECK(sealCall(step["compensation"]["call"]));
    }
    CS_CHECK(parsePlan(plan));
    return plan;
}

} // namespace countersign::execution
