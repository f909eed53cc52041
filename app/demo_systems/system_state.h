#pragma once

#include "app/demo_systems/business_rules.h"
#include "models/instant.h"
#include "planes/data/database.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace countersign::demo {

/// One request to one system.
struct EffectRequest
{
    std::string system;
    std::string operation;
    std::string idempotencyKey;
    Json payload;
    std::string trace; ///< traceparent as it came, or empty.
};

/// What the system did, or says it did.
struct EffectAnswer
{
    std::string body; ///< JSON.
    bool isReplayed = false;
};

/// A fault that was asked for; see demo_service.h for what each kind does.
struct Fault
{
    std::int64_t id = 0;
    std::string system;
    std::string operation; ///< Empty: any.
    std::string kind;
    std::int64_t argument = 0; ///< Status, milliseconds or seconds.
    std::int64_t timesLeft = 1;
};

/// State of all systems in one database file: resources, every effect ever done, faults that wait.
/// Several processes may open the same file. Thread: the one that opened it.
/// Errors of all calls: StorageBusy, StorageFailed.
class SystemState
{
public:
    /// Makes the file, with the resources as they are before anything happens, when it is absent.
    [[nodiscard]] static Result<std::unique_ptr<SystemState>> open(const std::string& path);

    /// Does the effect in one transaction, or answers a repeated key from memory. With `pretend`
    /// everything is rolled back and the answer is the same. Errors: also those of planEffect();
    /// Conflict with the rule `idempotency` for a known key with another operation or payload.
    [[nodiscard]] Result<EffectAnswer>
    execute(const EffectRequest& request, Instant at, bool pretend);

    /// `{uri, version, state}`, or nothing when it is not there.
    [[nodiscard]] Result<std::optional<Json>> resource(const std::string& uri);
    /// Effects after the sequence number, oldest first, at most 1,000: `{seq, system, operation,
    /// idempotency_key, payload, at, trace}`.
    [[nodiscard]] Result<Json> effectsSince(std::int64_t seq);

    [[nodiscard]] Result<void> addFault(const Fault& fault);
    [[nodiscard]] Result<std::vector<Fault>> faults();
    [[nodiscard]] Result<void> clearFaults();
    /// The oldest fault that fits, used up by one.
    [[nodiscard]] Result<std::optional<Fault>>
    takeFault(const std::string& system, const std::string& operation);

private:
    explicit SystemState(std::unique_ptr<data::Database> database);

    std::unique_ptr<data::Database> m_database;
};

} // namespace countersign::demo
