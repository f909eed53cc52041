#pragma once

#include <array>
#include <string_view>

/// Where draft 2020-12 keeps subschemas (core, sections 8.2.4, 10 and 11; validation, section 8.5).
namespace countersign::data::detail {

constexpr std::array<std::string_view, 11> kSchemaKeywords{
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties"};
constexpr std::array<std::string_view, 4> kSchemaMapKeywords{
    "$defs", "dependentSchemas", "patternProperties", "properties"};
constexpr std::array<std::string_view, 4> kSchemaListKeywords{
    "allOf", "anyOf", "oneOf", "prefixItems"};

} // namespace countersign::data::detail
