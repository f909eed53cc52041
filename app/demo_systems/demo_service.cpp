#include "app/demo_systems/demo_service.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace countersign::demo {

namespace {

struct Kind
{
    std::string_view name;
    const char* argument; ///< Member that holds it; nullptr: none.
};

constexpr Kind kKinds[] = {
    {"fail", "status"},
    {"retry_after", "seconds"},
    {"delay", "ms"},
    {"drop_answer", nullptr},
    {"lie", nullptr},
};

const Kind* kindOf(std::string_view name)
{
    const auto* kind = std::find_if(
        std::begin(kKinds), std::end(kKinds), [name](const Kind& k) { return k.name == name; });
    return kind == std::end(kKinds) ? nullptr : kind;
}

Result<std::int64_t> countMember(const Json& object, const char* key, std::int64_t maximum)
{
    const auto found = object.find(key);
    const bool isFine = found != object.end() && found->is_number_integer()
                        && found->get<std::int64_t>() >= 0 && found->get<std::int64_t>() <= maximum;
    if (!isFine)
        return fail(
            ErrorCode::InvalidInput,
            "must be a whole number from 0 to " + std::to_string(maximum),
            "type",
            std::string("/") + key);
    return found->get<std::int64_t>();
}

} // namespace

std::string errorBody(std::string_view code, std::string_view message)
{
    return Json{{"error", {{"code", code}, {"message", message}}}}.dump();
}

Reply replyOf(const Error& error)
{
    Reply reply;
    switch (error.code) {
    case ErrorCode::InvalidInput:
        reply.status = 400;
        break;
    case ErrorCode::NotFound:
    case ErrorCode::Unsupported:
        reply.status = 404;
        break;
    case ErrorCode::Conflict:
        reply.status = error.rule == "idempotency" ? 409 : 422;
        break;
    case ErrorCode::StorageBusy:
    case ErrorCode::StorageFailed:
        reply.status = 503;
        break;
    default:
        reply.status = 422;
        break;
    }
    reply.body = errorBody(errorCodeName(error.code), error.describe());
    return reply;
}

Reply DemoService::handle(const EffectRequest& request)
{
    const Result<std::optional<Fault>> taken = m_state.takeFault(request.system, request.operation);
    if (!taken.ok())
        return replyOf(taken.error());
    const Fault fault = taken->value_or(Fault{});
    if (fault.kind == "fail")
        return {
            .status = static_cast<int>(fault.argument),
            .body = errorBody("fault", "A failure that was asked for.")};
    if (fault.kind == "retry_after")
        return {
            .status = 429,
            .body = errorBody("fault", "Too many requests, as was asked for."),
            .retryAfterSeconds = fault.argument};

    const Result<EffectAnswer> answer =
        m_state.execute(request, m_clock.now(), fault.kind == "lie");
    if (!answer.ok())
        return replyOf(answer.error());
    Reply reply;
    reply.body = answer->body;
    reply.isReplayed = answer->isReplayed;
    reply.delayMs = fault.kind == "delay" ? fault.argument : 0;
    reply.isDropped = fault.kind == "drop_answer";
    return reply;
}

Result<void> DemoService::addFault(const Json& description)
{
    constexpr std::int64_t kTimesMax = 1'000'000;
    constexpr std::int64_t kArgumentMax = 3'600'000;
    if (!description.is_object())
        return fail(ErrorCode::InvalidInput, "must be an object", "type", "");
    Fault fault;
    fault.system = textMember(description, "system");
    fault.operation = textMember(description, "operation");
    fault.kind = textMember(description, "kind");
    if (fault.system.empty())
        return fail(ErrorCode::InvalidInput, "must name a system", "required", "/system");
    const Kind* kind = kindOf(fault.kind);
    if (kind == nullptr)
        return fail(ErrorCode::InvalidInput, "is not a kind of fault", "enum", "/kind");
    if (kind->argument != nullptr) {
        CS_TRY(fault.argument, countMember(description, kind->argument, kArgumentMax));
    }
    if (fault.kind == "fail" && (fault.argument < 400 || fault.argument > 599))
        return fail(ErrorCode::InvalidInput, "must be 400 to 599", "minimum", "/status");
    if (description.contains("times")) {
        CS_TRY(fault.timesLeft, countMember(description, "times", kTimesMax));
    }
    if (fault.timesLeft == 0)
        return {};
    return m_state.addFault(fault);
}

Result<Json> DemoService::faults()
{
    CS_TRY(const std::vector<Fault> faults, m_state.faults());
    Json list = Json::array();
    for (const Fault& fault : faults) {
        Json entry = {{"system", fault.system}, {"kind", fault.kind}, {"times", fault.timesLeft}};
        if (!fault.operation.empty())
            entry["operation"] = fault.operation;
        if (const Kind* kind = kindOf(fault.kind); kind != nullptr && kind->argument != nullptr)
            entry[kind->argument] = fault.argument;
        list.push_back(std::move(entry));
    }
    return list;
}

} // namespace countersign::demo
