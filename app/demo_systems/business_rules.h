#pragma once

#include "models/json.h"
#include "models/result.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the business systems of the invented company do: pure rules over resources that are named
/// by the same addresses as the expected effects of the sample plans.
namespace countersign::demo {

enum class Change {
    Created,
    Updated,
    Deleted,
    Sent
};

[[nodiscard]] std::string_view text(Change change);

struct ResourceChange
{
    std::string uri;
    Change change = Change::Updated;
    /// Nothing: the resource is gone afterwards.
    std::optional<Json> state;
};

/// What one operation will do.
struct EffectPlan
{
    std::vector<ResourceChange> changes;
    std::string message;
};

/// State of a resource now, or nothing.
using ResourceReader = std::function<Result<std::optional<Json>>(const std::string& uri)>;

/// Errors: Unsupported (no such system or operation), InvalidInput (payload, with its pointer),
/// NotFound (nothing there to change), Conflict (there already); those of `reader`.
[[nodiscard]] Result<EffectPlan> planEffect(
    std::string_view system,
    std::string_view operation,
    const Json& payload,
    const ResourceReader& reader);

/// True when a system answers a repeated idempotency key from its memory. The signature service
/// does not: there a second request is a second envelope.
[[nodiscard]] bool deduplicates(std::string_view system);

/// Resources as they are before anything happens.
[[nodiscard]] std::map<std::string, Json> seedResources();

} // namespace countersign::demo
