#pragma once

#include "planes/control/cedar/authorize.h"
#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/parse.h"
#include "tests/support/result_text.h"

#include <string>
#include <utility>
#include <vector>

/// Short ways to make what a test is about.
namespace countersign::cedar::test {

using countersign::testing::must;

inline EntityUid uid(const std::string& type, const std::string& id)
{
    return must(EntityUid::create(type, id));
}

inline Record record(std::vector<std::pair<std::string, Value>> entries)
{
    return must(Record::create(std::move(entries)));
}

inline Entity entity(const EntityUid& self, std::vector<EntityUid> parents = {})
{
    return {self, {}, {}, std::move(parents)};
}

inline Policy onePolicy(const std::string& text)
{
    auto policies = must(readPolicies(text));
    CS_ASSERT(policies.size() == 1);
    return std::move(policies.front());
}

/// A policy with one condition.
inline Policy policyWhen(const std::string& expression)
{
    return onePolicy("permit(principal, action, resource) when { " + expression + " };");
}

inline Request request(const std::string& user = "ann", Record context = {})
{
    return {uid("User", user), uid("Action", "view"), uid("Doc", "d"), std::move(context)};
}

/// What the expression gives without entities: its value as text, or `error: …`.
inline std::string valueOf(const std::string& expression)
{
    const Policy policy = policyWhen(expression);
    const auto value = evaluateExpression(
        policy.expressions, policy.conditions.front().body, EntityStore(), request());
    return value.ok() ? valueText(*value) : "error: " + value.error().detail;
}

inline std::string repeated(const std::string& text, std::size_t count)
{
    std::string result;
    result.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

} // namespace countersign::cedar::test
