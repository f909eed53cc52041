#include "planes/execution/detail/http_transport.h"

#include <algorithm>
#include <charconv>

#include <curl/curl.h>

namespace countersign::execution::detail {

namespace {

/// A year: longer waits are nonsense and would overflow nothing, but help nobody.
constexpr std::int64_t kRetryAfterMsMax = std::int64_t{366} * 24 * 3600 * 1000;

FailureRule ruleOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return {.code = "unauthorized", .retryable = false, .effectUncertain = false};
    case 404:
    case 410:
        return {.code = "not_found", .retryable = false, .effectUncertain = false};
    case 408:
        return {.code = "timeout", .retryable = true, .effectUncertain = false};
    case 409:
        return {.code = "conflict", .retryable = false, .effectUncertain = false};
    case 429:
        return {.code = "rate_limited", .retryable = true, .effectUncertain = false};
    case 503:
        return {.code = "unavailable", .retryable = true, .effectUncertain = false};
    case 504:
        return {.code = "timeout", .retryable = true, .effectUncertain = true};
    default:
        break;
    }
    if (status >= 400 && status < 500)
        return {.code = "rejected", .retryable = false, .effectUncertain = false};
    if (status >= 500 && status < 600)
        return {.code = "unavailable", .retryable = true, .effectUncertain = true};
    return {.code = "unexpected_status", .retryable = false, .effectUncertain = true};
}

} // namespace

CallOutcome outcomeOf(const HttpAnswer& answer, const FailureRules& rules, Instant now)
{
    const std::string status = std::to_string(answer.status);
    if (answer.status >= 200 && answer.status < 300)
        return answered(status, answer.body);
    const FailureRule builtIn = ruleOf(answer.status);
    const auto named = rules.find(answer.status);
    const FailureRule& rule = named == rules.end() ? builtIn : named->second;

    CallOutcome outcome;
    outcome.result = CallResult::Failure;
    outcome.effectUncertain = rule.effectUncertain.value_or(*builtIn.effectUncertain);
    outcome.errorCode = rule.code;
    outcome.retryable = rule.retryable;
    outcome.retryAfterMs = retryAfterMs(answer.retryAfter, now);
    const std::string words = remoteMessage(answer.body);
    outcome.message = words.empty() ? status : status + " " + words;
    outcome.responseDigest = Digest::of(answer.body);
    return outcome;
}

std::optional<std::int64_t> retryAfterMs(std::string_view value, Instant now)
{
    if (value.empty())
        return std::nullopt;
    if (std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        std::int64_t seconds = 0;
        const auto end = std::from_chars(value.data(), value.data() + value.size(), seconds);
        if (end.ec != std::errc{} || seconds > kRetryAfterMsMax / 1000)
            return kRetryAfterMsMax;
        return seconds * 1000;
    }
    const time_t at = curl_getdate(std::string(value).c_str(), nullptr);
    if (at == -1)
        return std::nullopt;
    const std::int64_t waitMs = (Instant::fromUnixSeconds(at) - now).count() / 1000;
    return std::clamp<std::int64_t>(waitMs, 0, kRetryAfterMsMax);
}

std::string traceParent(const std::string& traceId, const std::string& key)
{
    const bool isHex = std::all_of(traceId.begin(), traceId.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    if (traceId.size() != 32 || !isHex || traceId == std::string(32, '0'))
        return {};
    std::string span = Digest::of(key).hex().substr(0, 16);
    if (span == std::string(16, '0'))
        span.back() = '1'; // all zero would be invalid
    return "00-" + traceId + "-" + span + "-01";
}

} // namespace countersign::execution::detail
