#pragma once

#include "models/digest.h"
#include "models/json.h"
#include "models/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

/// The way out of the system: one call of one operation of one connector. What a connector is, its
/// addresses and its contract, is data (a manifest); how it is reached is one of three transports.
namespace countersign::execution {

enum class CallPhase {
    Forward,
    Compensation
};

/// One attempt at one effect, complete in itself.
struct ConnectorCall
{
    std::string connector;        ///< Name of the manifest.
    std::string connectorVersion; ///< Exact version of the manifest.
    std::string operation;
    Json payload;
    /// Same key, same effect at most once, where the connector deduplicates.
    std::string idempotencyKey;
    std::int64_t timeoutMs = 0;
    /// W3C trace id, 32 hexadecimal digits, or empty.
    std::string traceId;
};

enum class CallResult {
    Success, ///< The system says it did it.
    Failure, ///< The system says it did not do it.
    Timeout, ///< No answer within the time: it may have been done.
    Blocked, ///< Refused on our side before anything left (contract, secret, unknown connector):
             ///< surely not done.
};

/// What came back. `effectUncertain` is true when the effect may stand although no success was
/// reported (no answer, connection lost after sending, answer that breaks the contract).
struct CallOutcome
{
    CallResult result = CallResult::Blocked;
    bool effectUncertain = false;
    /// Stable code of the failure, `^[a-z][a-z0-9_]{1,63}$`: timeout, unavailable, rate_limited,
    /// contract_violation …
    std::string errorCode;
    std::string message;
    bool retryable = false;
    /// Wait that the system asked for (Retry-After), if any.
    std::optional<std::int64_t> retryAfterMs;
    /// Digest of the raw answer, when there was one; of the masked one where it repeated a secret.
    std::optional<Digest> responseDigest;
    /// The answer as JSON when it is JSON and passed its contract; null otherwise.
    Json response;
};

/// Performs calls. Implementations bring their own threads.
class ConnectorGateway
{
public:
    virtual ~ConnectorGateway() = default;

    /// Starts the call and returns at once. `done` is called exactly once, from any thread, unless
    /// the process dies.
    virtual void start(ConnectorCall call, std::function<void(CallOutcome)> done) = 0;

    /// True when the same idempotency key makes the same effect happen at most once at that
    /// operation. An operation that is not known does not deduplicate.
    [[nodiscard]] virtual bool deduplicates(
        const std::string& connector,
        const std::string& version,
        const std::string& operation) const = 0;
};

} // namespace countersign::execution
