#pragma once

#include "planes/data/detail/schema_node.h"
#include "planes/data/detail/schema_registry.h"

#include <string>
#include <string_view>

namespace countersign::data::detail {

/// Reads the keywords of one schema object. Everything returns empty for an absent keyword and
/// InvalidInput (rule `schema.keyword`) for a value of the wrong kind.
class KeywordReader
{
public:
    KeywordReader(const SchemaRegistry& registry, const Json& schema);

    /// The value of a keyword, or nullptr.
    [[nodiscard]] const Json* find(const char* keyword) const;
    [[nodiscard]] Result<std::optional<std::uint64_t>> count(const char* keyword) const;
    [[nodiscard]] Result<std::optional<Json>> number(const char* keyword) const;
    [[nodiscard]] Result<bool> flag(const char* keyword) const;
    [[nodiscard]] Result<std::optional<std::string>> text(const char* keyword) const;
    [[nodiscard]] Result<std::vector<std::string>> names(const char* keyword) const;
    [[nodiscard]] Result<unsigned> types() const;
    [[nodiscard]] Result<std::vector<RequiredWith>> dependentRequired() const;
    [[nodiscard]] Result<std::optional<Pattern>> pattern() const;

    [[nodiscard]] Result<std::optional<NodeId>> schema(const char* keyword) const;
    [[nodiscard]] Result<std::vector<NodeId>> schemaList(const char* keyword) const;
    [[nodiscard]] Result<std::vector<NamedNode>> schemaMap(const char* keyword) const;
    [[nodiscard]] Result<std::vector<PatternNode>> patternProperties() const;

    [[nodiscard]] Failure refuse(std::string_view keyword, const std::string& why) const;

private:
    [[nodiscard]] Result<NodeId> nodeOf(const char* keyword, const Json& value) const;
    [[nodiscard]] Result<std::vector<std::string>>
    namesIn(const char* keyword, const Json& value) const;
    [[nodiscard]] Result<Pattern> compilePattern(const char* keyword, std::string_view text) const;

    const SchemaRegistry& m_registry;
    const Json& m_schema;
};

} // namespace countersign::data::detail
