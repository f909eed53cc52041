#include "planes/data/detail/schema_evaluate.h"
#include "planes/data/detail/schema_values.h"

#include <algorithm>

namespace countersign::data::detail {

namespace {

constexpr std::size_t kListedValueCountMax = 12;

bool isEqual(const Json& left, const Json& right)
{
    return compareValues(left, right) == 0;
}

unsigned typeBitOf(const Json& value)
{
    if (value.is_number())
        return isInteger(value) ? kIntegerBit : kNumberBit;
    switch (value.type()) {
    case Json::value_t::null:
        return kNullBit;
    case Json::value_t::boolean:
        return kBooleanBit;
    case Json::value_t::string:
        return kStringBit;
    case Json::value_t::array:
        return kArrayBit;
    case Json::value_t::object:
        return kObjectBit;
    default:
        return 0;
    }
}

std::string typeNames(unsigned types)
{
    struct Name
    {
        unsigned bit;
        const char* text;
    };
    // Whoever allows numbers allows integers; one name says both.
    if ((types & kNumberBit) != 0)
        types &= ~static_cast<unsigned>(kIntegerBit);
    std::string names;
    for (const Name& name :
         {Name{kNullBit, "null"},
          Name{kBooleanBit, "boolean"},
          Name{kIntegerBit, "integer"},
          Name{kNumberBit, "number"},
          Name{kStringBit, "string"},
          Name{kArrayBit, "array"},
          Name{kObjectBit, "object"}})
        if ((types & name.bit) != 0)
            names += (names.empty() ? "" : " or ") + std::string(name.text);
    return names;
}

/// Text of a value that the schema (not the instance) holds.
std::string shown(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string shownList(const std::vector<Json>& values)
{
    if (values.size() > kListedValueCountMax)
        return std::to_string(values.size()) + " allowed values";
    std::string text;
    for (const Json& value : values)
        text += (text.empty() ? "" : ", ") + shown(value);
    return text;
}

std::string
counted(const char* what, std::uint64_t count, const char* relation, std::uint64_t bound)
{
    return std::string(what) + ": " + std::to_string(count) + ", which is " + relation + " "
           + std::to_string(bound);
}

} // namespace

bool Evaluator::checkAnyType(const Site& site)
{
    const Node& node = site.node;
    bool isValid = true;
    if (node.types != 0 && (node.types & typeBitOf(site.instance)) == 0)
        isValid = refuse(site, "type", [&] {
            return "the type is " + typeNames(typeBitOf(site.instance)) + ", not "
                   + typeNames(node.types);
        });
    if (node.constant && !isEqual(*node.constant, site.instance))
        isValid =
            refuse(site, "const", [&] { return "the value is not " + shown(*node.constant); });
    const auto equalsInstance = [&site](const Json& allowed) {
        return isEqual(allowed, site.instance);
    };
    if (node.enumeration
        && std::none_of(node.enumeration->begin(), node.enumeration->end(), equalsInstance))
        isValid = refuse(
            site, "enum", [&] { return "the value is none of " + shownList(*node.enumeration); });
    return isValid;
}

bool Evaluator::checkNumber(const Site& site)
{
    const NumberRules& rules = site.node.number;
    const Json& value = site.instance;
    bool isValid = true;
    const auto require =
        [&](bool holds, const char* keyword, const char* relation, const Json& bound) {
            if (!holds)
                isValid = refuse(site, keyword, [&] {
                    return shown(value) + " is " + relation + " " + shown(bound);
                });
        };
    if (rules.minimum)
        require(compareNumbers(value, *rules.minimum) >= 0, "minimum", "less than", *rules.minimum);
    if (rules.maximum)
        require(
            compareNumbers(value, *rules.maximum) <= 0, "maximum", "greater than", *rules.maximum);
    if (rules.exclusiveMinimum)
        require(
            compareNumbers(value, *rules.exclusiveMinimum) > 0,
            "exclusiveMinimum",
            "not greater than",
            *rules.exclusiveMinimum);
    if (rules.exclusiveMaximum)
        require(
            compareNumbers(value, *rules.exclusiveMaximum) < 0,
            "exclusiveMaximum",
            "not less than",
            *rules.exclusiveMaximum);
    if (rules.multipleOf)
        require(
            isMultipleOf(value, *rules.multipleOf),
            "multipleOf",
            "not a multiple of",
            *rules.multipleOf);
    return isValid;
}

bool Evaluator::checkText(const Site& site)
{
    const TextRules& rules = site.node.text;
    const auto& text = site.instance.get_ref<const std::string&>();
    bool isValid = true;
    if (rules.minLength || rules.maxLength) {
        const std::uint64_t length = codePointCount(text);
        if (rules.minLength && length < *rules.minLength)
            isValid = refuse(site, "minLength", [&] {
                return counted("characters", length, "fewer than", *rules.minLength);
            });
        if (rules.maxLength && length > *rules.maxLength)
            isValid = refuse(site, "maxLength", [&] {
                return counted("characters", length, "more than", *rules.maxLength);
            });
    }
    if (rules.pattern && !matches(site, *rules.pattern, text, "pattern"))
        isValid = refuse(
            site, "pattern", [&] { return "the text does not match " + rules.pattern->source(); });
    if (rules.format && !rules.format->check(text))
        isValid =
            refuse(site, "format", [&] { return "the text is not a valid " + rules.format->name; });
    return isValid;
}

bool Evaluator::checkArraySize(const Site& site)
{
    const ArrayRules& rules = site.node.array;
    const std::uint64_t count = site.instance.size();
    bool isValid = true;
    if (rules.minItems && count < *rules.minItems)
        isValid = refuse(site, "minItems", [&] {
            return counted("items", count, "fewer than", *rules.minItems);
        });
    if (rules.maxItems && count > *rules.maxItems)
        isValid = refuse(site, "maxItems", [&] {
            return counted("items", count, "more than", *rules.maxItems);
        });
    return isValid;
}

bool Evaluator::checkUnique(const Site& site)
{
    if (!site.node.array.uniqueItems || site.instance.size() < 2)
        return true;
    // Comparing all pairs would take the square of a hostile length.
    std::vector<std::size_t> order(site.instance.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    m_stepsLeft -= std::min(m_stepsLeft, order.size());
    std::sort(order.begin(), order.end(), [&site](std::size_t left, std::size_t right) {
        const auto byValue = compareValues(site.instance[left], site.instance[right]);
        return byValue != 0 ? byValue < 0 : left < right;
    });
    const auto same = std::adjacent_find(
        order.begin(), order.end(), [&site](std::size_t left, std::size_t right) {
            return isEqual(site.instance[left], site.instance[right]);
        });
    if (same == order.end())
        return true;
    return refuse(site, "uniqueItems", [&same] {
        return "the items " + std::to_string(*same) + " and " + std::to_string(*(same + 1))
               + " are equal";
    });
}

bool Evaluator::checkObjectSize(const Site& site)
{
    const ObjectRules& rules = site.node.object;
    const std::uint64_t count = site.instance.size();
    bool isValid = true;
    if (rules.minProperties && count < *rules.minProperties)
        isValid = refuse(site, "minProperties", [&] {
            return counted("members", count, "fewer than", *rules.minProperties);
        });
    if (rules.maxProperties && count > *rules.maxProperties)
        isValid = refuse(site, "maxProperties", [&] {
            return counted("members", count, "more than", *rules.maxProperties);
        });
    for (const std::string& name : rules.required)
        if (!site.instance.contains(name))
            isValid = refuse(
                site, "required", [&name] { return "the member \"" + name + "\" is missing"; });
    for (const RequiredWith& rule : rules.dependentRequired) {
        if (!site.instance.contains(rule.name))
            continue;
        for (const std::string& name : rule.required)
            if (!site.instance.contains(name))
                isValid = refuse(site, "dependentRequired", [&] {
                    return "the member \"" + name + "\" is missing beside \"" + rule.name + "\"";
                });
    }
    return isValid;
}

} // namespace countersign::data::detail
