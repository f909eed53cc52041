#include "planes/data/detail/schema_evaluate.h"

#include <algorithm>

namespace countersign::data::detail {

bool Evaluator::applyToItems(const Site& site)
{
    const ArrayRules& rules = site.node.array;
    const std::size_t prefixCount = std::min(rules.prefixItems.size(), site.instance.size());
    bool isValid = true;
    const std::size_t end = rules.items ? site.instance.size() : prefixCount;
    if (rules.items && isFalse(*rules.items) && end > prefixCount)
        return refuse(site, "items", [&] {
            return "items: " + std::to_string(end) + ", which is more than "
                   + std::to_string(rules.prefixItems.size());
        });
    for (std::size_t i = 0; i < end; ++i) {
        const NodeId rule = i < prefixCount ? rules.prefixItems[i] : *rules.items;
        const PathLink link{site.path, nullptr, i};
        isValid = evaluate(rule, site.instance[i], &link, site.frame, nullptr) && isValid;
        if (mayStop(isValid))
            return false;
        if (site.evaluated != nullptr)
            site.evaluated->mark(i);
    }
    return isValid;
}

bool Evaluator::applyContains(const Site& site)
{
    const ArrayRules& rules = site.node.array;
    if (!rules.contains)
        return true;
    const std::uint64_t least = rules.minContains.value_or(1);
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < site.instance.size() && !m_error; ++i) {
        const PathLink link{site.path, nullptr, i};
        if (!test(*rules.contains, site.instance[i], &link, site.frame))
            continue;
        ++count;
        if (site.evaluated != nullptr)
            site.evaluated->mark(i);
    }
    if (m_error)
        return false;
    bool isValid = true;
    if (count == 0 && least > 0)
        isValid = refuse(
            site, "contains", [] { return std::string("no item fits what must be among them"); });
    if (rules.minContains && count < least)
        isValid = refuse(site, "minContains", [&] {
            return "fitting items: " + std::to_string(count) + ", which is fewer than "
                   + std::to_string(least);
        });
    if (rules.maxContains && count > *rules.maxContains)
        isValid = refuse(site, "maxContains", [&] {
            return "fitting items: " + std::to_string(count) + ", which is more than "
                   + std::to_string(*rules.maxContains);
        });
    return isValid;
}

bool Evaluator::applyToMember(
    const Site& site, std::size_t part, const std::string& name, const Json& value)
{
    const ObjectRules& rules = site.node.object;
    const PathLink link{site.path, &name, 0};
    bool isValid = true;
    bool isNamed = false;
    if (rules.propertyNames) {
        const Json nameValue(name);
        isValid = isFalse(*rules.propertyNames)
                      ? refuse(
                          site,
                          "propertyNames",
                          [&name] { return "the name \"" + name + "\" is not allowed"; })
                      : evaluate(*rules.propertyNames, nameValue, site.path, site.frame, nullptr);
    }
    if (const auto found = rules.properties.find(name); found != rules.properties.end()) {
        isNamed = true;
        isValid = evaluate(found->second, value, &link, site.frame, nullptr) && isValid;
    }
    for (const PatternNode& rule : rules.patternProperties) {
        if (mayStop(isValid))
            return false;
        if (!matches(site, rule.pattern, name, "patternProperties"))
            continue;
        isNamed = true;
        isValid = evaluate(rule.node, value, &link, site.frame, nullptr) && isValid;
    }
    if (!isNamed && rules.additionalProperties) {
        isNamed = true;
        if (isFalse(*rules.additionalProperties))
            return refuse(site, "additionalProperties", [&name] {
                return "the member \"" + name + "\" is not allowed";
            });
        isValid =
            evaluate(*rules.additionalProperties, value, &link, site.frame, nullptr) && isValid;
    }
    if (isNamed && site.evaluated != nullptr)
        site.evaluated->mark(part);
    return isValid;
}

bool Evaluator::applyToMembers(const Site& site)
{
    const ObjectRules& rules = site.node.object;
    if (rules.properties.empty() && rules.patternProperties.empty() && !rules.additionalProperties
        && !rules.propertyNames)
        return true;
    bool isValid = true;
    std::size_t part = 0;
    for (auto member = site.instance.begin(); member != site.instance.end(); ++member, ++part) {
        isValid = applyToMember(site, part, member.key(), member.value()) && isValid;
        if (mayStop(isValid))
            return false;
    }
    return isValid;
}

bool Evaluator::applyUnevaluatedItems(const Site& site)
{
    if (!site.node.unevaluatedItems)
        return true;
    const NodeId rule = *site.node.unevaluatedItems;
    bool isValid = true;
    for (std::size_t i = 0; i < site.instance.size(); ++i) {
        if (site.evaluated->isMarked(i))
            continue;
        const PathLink link{site.path, nullptr, i};
        if (isFalse(rule))
            isValid = refuse(site, "unevaluatedItems", [i] {
                return "the item " + std::to_string(i) + " is not allowed";
            });
        else
            isValid = evaluate(rule, site.instance[i], &link, site.frame, nullptr) && isValid;
        if (mayStop(isValid))
            return false;
        site.evaluated->mark(i);
    }
    return isValid;
}

bool Evaluator::applyUnevaluatedProperties(const Site& site)
{
    if (!site.node.unevaluatedProperties)
        return true;
    const NodeId rule = *site.node.unevaluatedProperties;
    bool isValid = true;
    std::size_t part = 0;
    for (auto member = site.instance.begin(); member != site.instance.end(); ++member, ++part) {
        if (site.evaluated->isMarked(part))
            continue;
        const PathLink link{site.path, &member.key(), 0};
        if (isFalse(rule))
            isValid = refuse(site, "unevaluatedProperties", [&member] {
                return "the member \"" + member.key() + "\" is not allowed";
            });
        else
            isValid = evaluate(rule, member.value(), &link, site.frame, nullptr) && isValid;
        if (mayStop(isValid))
            return false;
        site.evaluated->mark(part);
    }
    return isValid;
}

} // namespace countersign::data::detail
