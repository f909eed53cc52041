#include "ui/signing/amended_plan.h"

namespace countersign::ui {

namespace {

Result<void> renewPayloadDigest(Json& call)
{
    CS_TRY(const Digest digest, canonicalDigest(call["payload"]));
    call["payload_sha256"] = digest.hex();
    return {};
}

} // namespace

Result<Json> withPayloadValue(
    const Json& plan, std::size_t stepIndex, const std::string& pointer, const Json& value)
{
    const std::string at = "/steps/" + std::to_string(stepIndex) + "/call/payload" + pointer;
    if (valueAt(plan, at) == nullptr)
        return fail(ErrorCode::NotFound, "the plan has nothing at " + at, "plan.edit", at);
    Json edited = plan;
    edited[Json::json_pointer(at)] = value;
    return edited;
}

Result<Json> nextRevision(const Json& original, Json edited)
{
    CS_TRY(const Digest before, canonicalDigest(original));
    for (Json& step : edited["steps"]) {
        CS_CHECK(renewPayloadDigest(step["call"]));
        if (step["compensation"].contains("call"))
            CS_CHECK(renewPayloadDigest(step["compensation"]["call"]));
    }
    Json& header = edited["header"];
    header["revision"] = original["header"].value("revision", 1) + 1;
    header["supersedes_sha256"] = before.hex();
    return edited;
}

} // namespace countersign::ui
