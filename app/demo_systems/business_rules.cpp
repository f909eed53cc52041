#include "app/demo_systems/business_rules.h"

#include "app/demo_systems/rule_desk.h"

#include <algorithm>
#include <span>

namespace countersign::demo {

std::string_view text(Change change)
{
    switch (change) {
    case Change::Created:
        return "created";
    case Change::Updated:
        return "updated";
    case Change::Deleted:
        return "deleted";
    case Change::Sent:
        return "sent";
    }
    return "none";
}

Result<EffectPlan> planEffect(
    std::string_view system,
    std::string_view operation,
    const Json& payload,
    const ResourceReader& reader)
{
    for (const std::span<const RuleEntry> rules : {tradeRules(), operationRules()}) {
        const auto found = std::find_if(rules.begin(), rules.end(), [&](const RuleEntry& entry) {
            return entry.system == system && entry.operation == operation;
        });
        if (found == rules.end())
            continue;
        if (!payload.is_object())
            return fail(ErrorCode::InvalidInput, "must be an object", "type", "");
        return found->rule(Desk(system, payload, reader));
    }
    return fail(
        ErrorCode::Unsupported,
        "there is no operation \"" + std::string(operation) + "\" in \"" + std::string(system)
            + "\"");
}

bool deduplicates(std::string_view system)
{
    return system != "esign";
}

} // namespace countersign::demo
