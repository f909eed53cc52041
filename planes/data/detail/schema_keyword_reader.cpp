#include "planes/data/detail/schema_keyword_reader.h"

#include "planes/data/detail/schema_values.h"

#include <algorithm>
#include <array>

namespace countersign::data::detail {

namespace {

struct TypeName
{
    std::string_view name;
    unsigned bits;
};

constexpr std::array<TypeName, 7> kTypeNames{
    {{"array", kArrayBit},
     {"boolean", kBooleanBit},
     {"integer", kIntegerBit},
     {"null", kNullBit},
     {"number", kNumberBit | kIntegerBit},
     {"object", kObjectBit},
     {"string", kStringBit}}};

unsigned typeBits(const Json& name)
{
    if (!name.is_string())
        return 0;
    const auto& text = name.get_ref<const std::string&>();
    const auto found =
        std::find_if(kTypeNames.begin(), kTypeNames.end(), [&text](const TypeName& t) {
            return t.name == text;
        });
    return found == kTypeNames.end() ? 0 : found->bits;
}

} // namespace

KeywordReader::KeywordReader(const SchemaRegistry& registry, const Json& schema)
    : m_registry(registry)
    , m_schema(schema)
{}

const Json* KeywordReader::find(const char* keyword) const
{
    const auto found = m_schema.find(keyword);
    return found == m_schema.end() ? nullptr : &*found;
}

Failure KeywordReader::refuse(std::string_view keyword, const std::string& why) const
{
    const Place& place = m_registry.placeOf(&m_schema);
    return schemaFailure(
        ErrorCode::InvalidInput,
        std::string(keyword) + " " + why,
        "schema.keyword",
        m_registry.resources()[place.resource],
        place.pointer + "/" + pointerToken(keyword));
}

Result<std::optional<std::uint64_t>> KeywordReader::count(const char* keyword) const
{
    const Json* const value = find(keyword);
    if (value == nullptr)
        return std::optional<std::uint64_t>();
    if (!value->is_number() || !isInteger(*value) || compareNumbers(*value, Json(0)) < 0)
        return refuse(keyword, "is not a whole number from 0 up");
    // Nothing in memory has as many parts: a larger bound means the same.
    constexpr std::uint64_t kCountMax = std::uint64_t{1} << 62U;
    if (compareNumbers(*value, Json(kCountMax)) >= 0)
        return std::optional(kCountMax);
    return std::optional(value->get<std::uint64_t>());
}

Result<std::optional<Json>> KeywordReader::number(const char* keyword) const
{
    const Json* const value = find(keyword);
    if (value == nullptr)
        return std::optional<Json>();
    if (!value->is_number())
        return refuse(keyword, "is not a number");
    return std::optional<Json>(*value);
}

Result<bool> KeywordReader::flag(const char* keyword) const
{
    const Json* const value = find(keyword);
    if (value == nullptr)
        return false;
    if (!value->is_boolean())
        return refuse(keyword, "is neither true nor false");
    return value->get<bool>();
}

Result<std::optional<std::string>> KeywordReader::text(const char* keyword) const
{
    const Json* const value = find(keyword);
    if (value == nullptr)
        return std::optional<std::string>();
    if (!value->is_string())
        return refuse(keyword, "is not text");
    return std::optional(value->get<std::string>());
}

Result<std::vector<std::string>>
KeywordReader::namesIn(const char* keyword, const Json& value) const
{
    const auto isText = [](const Json& entry) {
        return entry.is_string();
    };
    if (!value.is_array() || !std::all_of(value.begin(), value.end(), isText))
        return refuse(keyword, "is not a list of names");
    return value.get<std::vector<std::string>>();
}

Result<std::vector<std::string>> KeywordReader::names(const char* keyword) const
{
    const Json* const value = find(keyword);
    return value == nullptr ? std::vector<std::string>() : namesIn(keyword, *value);
}

Result<unsigned> KeywordReader::types() const
{
    const Json* const value = find("type");
    if (value == nullptr)
        return 0U;
    unsigned bits = 0;
    const auto add = [&bits](const Json& name) {
        const unsigned one = typeBits(name);
        bits |= one;
        return one != 0;
    };
    const bool known = value->is_array()
                           ? !value->empty() && std::all_of(value->begin(), value->end(), add)
                           : add(*value);
    if (!known)
        return refuse("type", "does not name types");
    return bits;
}

Result<std::vector<RequiredWith>> KeywordReader::dependentRequired() const
{
    std::vector<RequiredWith> rules;
    const Json* const value = find("dependentRequired");
    if (value == nullptr)
        return rules;
    if (!value->is_object())
        return refuse("dependentRequired", "is not an object");
    for (auto entry = value->begin(); entry != value->end(); ++entry) {
        CS_TRY(std::vector<std::string> required, namesIn("dependentRequired", entry.value()));
        rules.push_back({entry.key(), std::move(required)});
    }
    return rules;
}

Result<Pattern> KeywordReader::compilePattern(const char* keyword, std::string_view text) const
{
    auto pattern = Pattern::compile(text);
    if (pattern.ok())
        return pattern;
    const Place& place = m_registry.placeOf(&m_schema);
    return schemaFailure(
        pattern.error().code,
        pattern.error().detail,
        pattern.error().rule,
        m_registry.resources()[place.resource],
        place.pointer + "/" + keyword);
}

Result<std::optional<Pattern>> KeywordReader::pattern() const
{
    CS_TRY(const auto source, text("pattern"));
    if (!source)
        return std::optional<Pattern>();
    CS_TRY(Pattern compiled, compilePattern("pattern", *source));
    return std::optional(std::move(compiled));
}

Result<NodeId> KeywordReader::nodeOf(const char* keyword, const Json& value) const
{
    if (!value.is_object() && !value.is_boolean())
        return refuse(keyword, "holds something that is no schema");
    return m_registry.placeOf(&value).node;
}

Result<std::optional<NodeId>> KeywordReader::schema(const char* keyword) const
{
    const Json* const value = find(keyword);
    if (value == nullptr)
        return std::optional<NodeId>();
    CS_TRY(const NodeId node, nodeOf(keyword, *value));
    return std::optional(node);
}

Result<std::vector<NodeId>> KeywordReader::schemaList(const char* keyword) const
{
    std::vector<NodeId> list;
    const Json* const value = find(keyword);
    if (value == nullptr)
        return list;
    if (!value->is_array() || value->empty())
        return refuse(keyword, "is not a list of schemas");
    for (const Json& entry : *value) {
        CS_TRY(const NodeId node, nodeOf(keyword, entry));
        list.push_back(node);
    }
    return list;
}

Result<std::vector<NamedNode>> KeywordReader::schemaMap(const char* keyword) const
{
    std::vector<NamedNode> map;
    const Json* const value = find(keyword);
    if (value == nullptr)
        return map;
    if (!value->is_object())
        return refuse(keyword, "is not an object");
    for (auto entry = value->begin(); entry != value->end(); ++entry) {
        CS_TRY(const NodeId node, nodeOf(keyword, entry.value()));
        map.push_back({entry.key(), node});
    }
    return map;
}

Result<std::vector<PatternNode>> KeywordReader::patternProperties() const
{
    CS_TRY(const std::vector<NamedNode> map, schemaMap("patternProperties"));
    std::vector<PatternNode> patterns;
    for (const NamedNode& entry : map) {
        CS_TRY(Pattern pattern, compilePattern("patternProperties", entry.name));
        patterns.push_back({std::move(pattern), entry.node});
    }
    return patterns;
}

} // namespace countersign::data::detail
