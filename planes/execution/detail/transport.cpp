#include "planes/execution/detail/transport.h"

#include <QString>

#include <algorithm>
#include <utility>

namespace countersign::execution::detail {

namespace {

constexpr qsizetype kMessageLengthMax = 500;

} // namespace

CallOutcome blocked(std::string code, std::string message)
{
    CallOutcome outcome;
    outcome.result = CallResult::Blocked;
    outcome.errorCode = std::move(code);
    outcome.message = std::move(message);
    return outcome;
}

CallOutcome notSent(std::string code, std::string message)
{
    CallOutcome outcome;
    outcome.result = CallResult::Failure;
    outcome.errorCode = std::move(code);
    outcome.message = std::move(message);
    outcome.retryable = true;
    return outcome;
}

CallOutcome unknownEffect(CallResult result, std::string code, std::string message, bool retryable)
{
    CallOutcome outcome;
    outcome.result = result;
    outcome.effectUncertain = true;
    outcome.errorCode = std::move(code);
    outcome.message = std::move(message);
    outcome.retryable = retryable;
    return outcome;
}

CallOutcome interrupted(bool effectUncertain)
{
    CallOutcome outcome = notSent("interrupted", "The program ended during the call.");
    outcome.effectUncertain = effectUncertain;
    return outcome;
}

CallOutcome answered(std::string message, std::string_view body)
{
    Json response;
    if (!body.empty()) {
        Result<Json> parsed = parseJson(body);
        if (!parsed.ok()) {
            CallOutcome outcome = unknownEffect(
                CallResult::Failure,
                "contract_violation",
                "The answer is not JSON: " + cleanLine(parsed.error().describe()),
                false);
            outcome.responseDigest = Digest::of(body);
            return outcome;
        }
        response = std::move(*parsed);
    }
    CallOutcome outcome;
    outcome.result = CallResult::Success;
    const std::string words = remoteMessage(body);
    outcome.message = words.empty() ? std::move(message) : message + " " + words;
    outcome.responseDigest = Digest::of(body);
    outcome.response = std::move(response);
    return outcome;
}

std::string remoteMessage(std::string_view body)
{
    const Result<Json> parsed = parseJson(body);
    if (!parsed.ok())
        return {};
    for (const char* pointer : {"/message", "/error/message"})
        if (const Json* found = valueAt(*parsed, pointer); found != nullptr && found->is_string())
            return cleanLine(found->get_ref<const std::string&>());
    return {};
}

std::string cleanLine(std::string_view bytes)
{
    // Four bytes at most make one character; what comes after cannot be shown anyway.
    const std::string whole(bytes.substr(0, static_cast<std::size_t>(kMessageLengthMax) * 4));
    QString text = QString::fromStdString(whole).simplified();
    for (QChar& c : text)
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    if (text.size() > kMessageLengthMax) {
        const bool splitsPair = text.at(kMessageLengthMax - 1).isHighSurrogate();
        text.truncate(kMessageLengthMax - (splitsPair ? 1 : 0));
    }
    return text.trimmed().toStdString();
}

} // namespace countersign::execution::detail
