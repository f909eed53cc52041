#pragma once

#include "models/ids.h"
#include "planes/execution/connector.h"
#include "planes/execution/connector_manifest.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What every transport gets and gives. A transport blocks its thread until the call is over, sends
/// at most once and never retries by itself: whether to try again is the engine's to decide.
namespace countersign::execution::detail {

/// One call whose payload has passed its contract. All references outlive the call.
struct TransportCall
{
    const ConnectorCall& call;
    const ConnectorOperation& operation;
    std::string_view secret; ///< Empty without authentication.
    std::int64_t timeoutMs = 0;
    std::size_t responseBytesMax = 0;
    const Clock& clock;
    /// Becomes true when the program is about to end.
    const std::atomic<bool>& stopping;
};

/// Refused before anything left.
[[nodiscard]] CallOutcome blocked(std::string code, std::string message);
/// The other side was surely not reached; trying again may help.
[[nodiscard]] CallOutcome notSent(std::string code, std::string message);
/// Something left and no trustworthy answer came.
[[nodiscard]] CallOutcome
unknownEffect(CallResult result, std::string code, std::string message, bool retryable);
/// Stopped by the end of the program; `effectUncertain` when something had left.
[[nodiscard]] CallOutcome interrupted(bool effectUncertain);

/// A success whose answer is `body`: JSON, or nothing at all (null). Other bytes break the
/// contract of every operation: an unknown effect. No secret is left in the body.
[[nodiscard]] CallOutcome answered(std::string message, std::string_view body);

/// What the answer says about itself in the member `message` or `error.message`, or empty.
[[nodiscard]] std::string remoteMessage(std::string_view body);

/// One line of valid UTF-8 without control characters, at most 500 characters, fit for a log, a
/// receipt and a screen.
[[nodiscard]] std::string cleanLine(std::string_view bytes);

} // namespace countersign::execution::detail
