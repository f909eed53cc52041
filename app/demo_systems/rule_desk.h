#pragma once

#include "app/demo_systems/business_rules.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::demo {

/// One request as an operation's rule sees it: payload members by name, resources by address.
/// Keeps references to payload and reader. Errors of all queries about the payload: InvalidInput.
class Desk
{
public:
    Desk(std::string_view system, const Json& payload, const ResourceReader& reader);

    /// Address of a resource of this system.
    [[nodiscard]] std::string uri(const std::string& path) const;

    [[nodiscard]] Result<Json> member(const std::string& key) const;
    /// Not empty.
    [[nodiscard]] Result<std::string> text(const std::string& key) const;
    [[nodiscard]] Result<std::int64_t> integer(const std::string& key) const;
    /// At least one.
    [[nodiscard]] Result<std::vector<std::string>> texts(const std::string& key) const;
    /// The payload without the member that is in the address.
    [[nodiscard]] Json payloadWithout(const char* key) const;

    [[nodiscard]] Result<std::optional<Json>> find(const std::string& address) const;
    /// Errors: NotFound.
    [[nodiscard]] Result<Json> existing(const std::string& address) const;
    /// Errors: Conflict.
    [[nodiscard]] Result<void> checkAbsent(const std::string& address) const;

private:
    std::string m_base;
    const Json& m_payload;
    const ResourceReader& m_reader;
};

/// What one operation of one system does.
struct RuleEntry
{
    std::string_view system;
    std::string_view operation;
    Result<EffectPlan> (*rule)(const Desk& desk);
};

/// Money, contracts, markets, partners, prices and letters.
[[nodiscard]] std::span<const RuleEntry> tradeRules();
/// Records, keys, routes, pages, releases and chat.
[[nodiscard]] std::span<const RuleEntry> operationRules();

/// A plan with one change.
[[nodiscard]] EffectPlan
single(std::string uri, Change change, std::optional<Json> state, std::string message);
/// Errors: Conflict when it is there already.
[[nodiscard]] Result<EffectPlan>
createAt(const Desk& desk, const std::string& uri, Json state, std::string message);
/// Errors: NotFound.
[[nodiscard]] Result<EffectPlan>
deleteAt(const Desk& desk, const std::string& uri, std::string message);
/// Sets a state that remembers the one before it, so that restoring finds it.
[[nodiscard]] Result<ResourceChange>
replaceAt(const Desk& desk, const std::string& uri, Json state);
/// Brings back what replaceAt() remembered. Errors: NotFound.
[[nodiscard]] Result<ResourceChange> restoreAt(const Desk& desk, const std::string& uri);
/// The first `<stem>-<n>` that is free. Errors: LimitExceeded.
[[nodiscard]] Result<std::string> nextNumbered(const Desk& desk, const std::string& stem);

} // namespace countersign::demo
