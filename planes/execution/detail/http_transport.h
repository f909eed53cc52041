#pragma once

#include "models/instant.h"
#include "planes/execution/detail/transport.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::execution::detail {

/// One HTTP request on a connection of its own (HTTP/1.1): a reused connection would let the client
/// library send the request a second time by itself. No redirects, no cookies, certificates
/// checked, proxies of the environment ignored for this machine's own addresses.
[[nodiscard]] CallOutcome performHttp(const HttpAddress& address, const TransportCall& call);

/// What came back over HTTP.
struct HttpAnswer
{
    int status = 0;
    std::string body;       ///< The secret is masked.
    std::string retryAfter; ///< Header value as it came, or empty.
};

/// Reads an answer: 2xx success; 408, 429 and 503 not done, retryable; other 4xx not done; other
/// 5xx perhaps done, retryable; 3xx and anything else perhaps done. `rules` go first.
[[nodiscard]] CallOutcome
outcomeOf(const HttpAnswer& answer, const FailureRules& rules, Instant now);

/// Retry-After (RFC 9110 section 10.2.3): seconds or an HTTP date; a date in the past is 0.
/// Nothing when the text is neither.
[[nodiscard]] std::optional<std::int64_t> retryAfterMs(std::string_view value, Instant now);

/// `00-<trace>-<span>-01` (W3C Trace Context), or empty when the trace id is not 32 lower-case
/// hexadecimal digits or all zero. The span comes from the idempotency key, so every attempt at an
/// effect names the same one.
[[nodiscard]] std::string traceParent(const std::string& traceId, const std::string& key);

} // namespace countersign::execution::detail
