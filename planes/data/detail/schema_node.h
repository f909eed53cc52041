#pragma once

#include "models/json.h"
#include "planes/data/detail/schema_format.h"
#include "planes/data/detail/schema_regex.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The compiled form of schemas: a graph of nodes that evaluation walks without looking at JSON
/// schema text again. An absent keyword is an empty member.
namespace countersign::data::detail {

using NodeId = std::uint32_t;
using ResourceId = std::uint32_t;

/// Bits of the keyword `type`.
enum TypeBit : unsigned {
    kNullBit = 1U,
    kBooleanBit = 2U,
    kIntegerBit = 4U,
    kNumberBit = 8U,
    kStringBit = 16U,
    kArrayBit = 32U,
    kObjectBit = 64U
};

struct NamedNode
{
    std::string name;
    NodeId node = 0;
};

struct PatternNode
{
    Pattern pattern;
    NodeId node = 0;
};

struct RequiredWith
{
    std::string name;
    std::vector<std::string> required;
};

struct NamedCheck
{
    std::string name;
    FormatCheck check = nullptr;
};

/// `$dynamicRef` (core, section 8.2.3.2): where it points by itself, and who may take over.
struct DynamicReference
{
    NodeId fallback = 0;
    /// The `$dynamicAnchor` of that name in each resource that has one.
    std::map<ResourceId, NodeId> candidates;
};

struct NumberRules
{
    std::optional<Json> multipleOf;
    std::optional<Json> minimum;
    std::optional<Json> maximum;
    std::optional<Json> exclusiveMinimum;
    std::optional<Json> exclusiveMaximum;
};

struct TextRules
{
    std::optional<std::uint64_t> minLength;
    std::optional<std::uint64_t> maxLength;
    std::optional<Pattern> pattern;
    std::optional<NamedCheck> format;
};

struct ArrayRules
{
    std::optional<std::uint64_t> minItems;
    std::optional<std::uint64_t> maxItems;
    bool uniqueItems = false;
    std::vector<NodeId> prefixItems;
    std::optional<NodeId> items;
    std::optional<NodeId> contains;
    std::optional<std::uint64_t> minContains;
    std::optional<std::uint64_t> maxContains;
};

struct ObjectRules
{
    std::optional<std::uint64_t> minProperties;
    std::optional<std::uint64_t> maxProperties;
    std::vector<std::string> required;
    std::vector<RequiredWith> dependentRequired;
    std::map<std::string, NodeId, std::less<>> properties;
    std::vector<PatternNode> patternProperties;
    std::optional<NodeId> additionalProperties;
    std::optional<NodeId> propertyNames;
};

/// Applied to the instance itself.
struct InPlaceRules
{
    std::optional<NodeId> reference;
    std::optional<DynamicReference> dynamicReference;
    std::vector<NodeId> allOf;
    std::vector<NodeId> anyOf;
    std::vector<NodeId> oneOf;
    std::optional<NodeId> negated;
    std::optional<NodeId> condition;
    std::optional<NodeId> thenNode;
    std::optional<NodeId> elseNode;
    std::vector<NamedNode> dependentSchemas;
};

struct Node
{
    std::string location; ///< `<uri>#<pointer>`, without the keyword.
    ResourceId resource = 0;
    bool isFalse = false;
    unsigned types = 0; ///< 0 where `type` is absent.
    std::optional<std::vector<Json>> enumeration;
    std::optional<Json> constant;
    NumberRules number;
    TextRules text;
    ArrayRules array;
    ObjectRules object;
    InPlaceRules inPlace;
    std::optional<NodeId> unevaluatedItems;
    std::optional<NodeId> unevaluatedProperties;

    [[nodiscard]] bool readsAnnotations() const
    {
        return unevaluatedItems.has_value() || unevaluatedProperties.has_value();
    }
};

struct CompiledSchemas
{
    std::vector<Node> nodes;
    /// Every name a node has: `<uri>`, `<uri>#<anchor>`, `<uri>#<pointer>`.
    std::map<std::string, NodeId, std::less<>> entries;
};

} // namespace countersign::data::detail
