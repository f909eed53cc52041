#include "planes/data/json_schema.h"

#include "planes/data/detail/schema_compile.h"
#include "planes/data/detail/schema_evaluate.h"
#include "planes/data/detail/schema_registry.h"
#include "planes/data/detail/schema_values.h"

#include <utility>

namespace countersign::data {

namespace {

/// Checks each resource that names a meta-schema of the set against it.
Result<void> checkAgainstMetaSchemas(const detail::SchemaRegistry& registry, const SchemaSet& set)
{
    for (const detail::Resource& resource : registry.resources()) {
        const std::string dialect = textMember(*resource.root, "$schema");
        if (dialect.empty())
            continue;
        detail::Uri uri = detail::resolveUri(resource.base, detail::splitUri(dialect));
        uri.fragment.reset();
        if (registry.findResource(detail::joinUri(uri)) == nullptr)
            continue;
        CS_TRY(const auto violations, set.validate(detail::joinUri(uri), *resource.root));
        if (violations.empty())
            continue;
        const SchemaViolation& first = violations.front();
        return detail::schemaFailure(
            ErrorCode::InvalidInput,
            "the schema breaks its meta-schema: " + first.message + " (" + first.schemaPointer
                + ")",
            "schema.meta",
            resource,
            first.instancePointer);
    }
    return {};
}

} // namespace

SchemaSet::SchemaSet(std::shared_ptr<const detail::CompiledSchemas> compiled)
    : m_compiled(std::move(compiled))
{}

Result<std::vector<SchemaViolation>>
SchemaSet::validate(const std::string& schemaUri, const Json& instance) const
{
    const auto entry = m_compiled->entries.find(schemaUri);
    if (entry == m_compiled->entries.end())
        return fail(ErrorCode::NotFound, "no schema has the URI " + schemaUri, "schema.uri");
    const detail::ValueSize size = detail::measureValue(instance, kDepthMax);
    if (size.depth > kDepthMax)
        return fail(ErrorCode::LimitExceeded, "the document nests too deeply", "schema.depth");
    return detail::Evaluator(*m_compiled, size.valueCount).run(entry->second, instance);
}

SchemaSet::Builder::Builder()
    : m_registry(std::make_unique<detail::SchemaRegistry>())
{}

SchemaSet::Builder::Builder(Builder&&) noexcept = default;
SchemaSet::Builder& SchemaSet::Builder::operator=(Builder&&) noexcept = default;
SchemaSet::Builder::~Builder() = default;

Result<void> SchemaSet::Builder::add(Json schema, std::string_view retrievalUri)
{
    return m_registry->add(std::move(schema), retrievalUri);
}

Result<SchemaSet> SchemaSet::Builder::build(FormatMode formats)
{
    const auto registry = std::exchange(m_registry, std::make_unique<detail::SchemaRegistry>());
    CS_TRY(detail::CompiledSchemas compiled, detail::compileSchemas(*registry, formats));
    SchemaSet set(std::make_shared<const detail::CompiledSchemas>(std::move(compiled)));
    CS_CHECK(checkAgainstMetaSchemas(*registry, set));
    return set;
}

} // namespace countersign::data
