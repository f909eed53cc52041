#include "planes/data/detail/schema_registry.h"

#include "models/check.h"
#include "planes/data/detail/schema_keywords.h"
#include "planes/data/detail/schema_text.h"
#include "planes/data/detail/schema_values.h"
#include "planes/data/json_schema.h"

#include <algorithm>

namespace countersign::data::detail {

namespace {

/// Core, section 8.2.2: an XML NCName without what is not ASCII.
bool isAnchorName(std::string_view text)
{
    return !text.empty() && (isLetter(text.front()) || text.front() == '_')
           && std::all_of(text.begin(), text.end(), [](char c) {
                  return isLetter(c) || isDigit(c) || isOneOf(c, "-._");
              });
}

/// Other drafts give some keywords another meaning; reading them as this one would be silently
/// wrong.
bool isOtherDraft(std::string_view dialect)
{
    return dialect.find("//json-schema.org/draft-") != std::string_view::npos
           || dialect.find("//json-schema.org/draft/2019-09/") != std::string_view::npos
           || dialect.find("//json-schema.org/schema") != std::string_view::npos;
}

Uri withoutFragment(Uri uri)
{
    uri.fragment.reset();
    return uri;
}

} // namespace

Failure schemaFailure(
    ErrorCode code,
    std::string detail,
    std::string rule,
    const Resource& resource,
    std::string pointer)
{
    return fail(Error{code, std::move(detail), std::move(rule), resource.uri, std::move(pointer)});
}

Result<void> SchemaRegistry::add(Json schema, std::string_view retrievalUri)
{
    if (!schema.is_object() && !schema.is_boolean())
        return fail(ErrorCode::InvalidInput, "a schema is an object, true or false", "schema.type");
    if (measureValue(schema, SchemaSet::kDepthMax).depth > SchemaSet::kDepthMax)
        return fail(ErrorCode::LimitExceeded, "the schema nests too deeply", "schema.depth");
    const Uri retrieval = withoutFragment(splitUri(retrievalUri));
    const bool hasRetrievalUri = retrieval.scheme.has_value();
    Uri uri = retrieval;
    if (const auto id = textMember(schema, "$id"); !id.empty())
        uri = withoutFragment(resolveUri(retrieval, splitUri(id)));
    if (!uri.scheme)
        return fail(
            ErrorCode::InvalidInput,
            "a schema needs an absolute URI, by $id or by where it came from",
            "schema.id");
    if (hasRetrievalUri && m_uris.contains(joinUri(retrieval)))
        return fail(
            ErrorCode::InvalidInput,
            "two schemas have the URI " + joinUri(retrieval),
            "schema.duplicate_id");
    const Json& stored = m_documents.emplace_back(std::move(schema));
    CS_TRY(const ResourceId id, addResource(stored, uri));
    if (hasRetrievalUri)
        m_uris.emplace(joinUri(retrieval), id);
    m_resources[id].isDocument = true;
    return scan(stored, {id, {}});
}

Result<ResourceId> SchemaRegistry::addResource(const Json& root, const Uri& uri)
{
    const auto id = static_cast<ResourceId>(m_resources.size());
    Resource resource;
    resource.uri = joinUri(uri);
    resource.base = uri;
    resource.root = &root;
    resource.dialectUri = textMember(root, "$schema");
    if (isOtherDraft(resource.dialectUri))
        return schemaFailure(
            ErrorCode::Unsupported,
            "the dialect " + resource.dialectUri + " is not draft 2020-12",
            "schema.dialect",
            resource,
            "/$schema");
    if (!m_uris.emplace(resource.uri, id).second)
        return schemaFailure(
            ErrorCode::InvalidInput,
            "two schemas have the URI " + resource.uri,
            "schema.duplicate_id",
            resource,
            "/$id");
    m_resources.push_back(std::move(resource));
    return id;
}

Result<Place> SchemaRegistry::enterResource(const Json& schema, const Place& around)
{
    const Resource& outer = m_resources[around.resource];
    const auto id = schema.find("$id");
    if (id == schema.end() || schema.is_boolean())
        return around;
    if (!id->is_string())
        return schemaFailure(
            ErrorCode::InvalidInput, "$id is text", "schema.id", outer, around.pointer + "/$id");
    const Uri reference = splitUri(id->get_ref<const std::string&>());
    if (reference.fragment && !reference.fragment->empty())
        return schemaFailure(
            ErrorCode::InvalidInput,
            "$id has no fragment",
            "schema.id",
            outer,
            around.pointer + "/$id");
    if (&schema == outer.root)
        return around;
    const std::string outerDialect = outer.dialectUri;
    CS_TRY(
        const ResourceId inner,
        addResource(schema, withoutFragment(resolveUri(outer.base, reference))));
    if (m_resources[inner].dialectUri.empty())
        m_resources[inner].dialectUri = outerDialect;
    return Place{inner, {}};
}

Result<void> SchemaRegistry::recordAnchors(const Json& schema, const Place& place)
{
    Resource& resource = m_resources[place.resource];
    for (const char* keyword : {"$anchor", "$dynamicAnchor"}) {
        const auto found = schema.find(keyword);
        if (found == schema.end())
            continue;
        const std::string pointer = place.pointer + "/" + keyword;
        if (!found->is_string() || !isAnchorName(found->get_ref<const std::string&>()))
            return schemaFailure(
                ErrorCode::InvalidInput,
                std::string(keyword) + " is not a plain name",
                "schema.id",
                resource,
                pointer);
        const auto& name = found->get_ref<const std::string&>();
        const auto [known, isNew] = resource.anchors.emplace(name, &schema);
        if (!isNew && known->second != &schema)
            return schemaFailure(
                ErrorCode::InvalidInput,
                "the anchor \"" + name + "\" occurs twice",
                "schema.duplicate_id",
                resource,
                pointer);
        if (std::string_view(keyword) == "$dynamicAnchor")
            resource.dynamicAnchors.emplace(name, &schema);
    }
    return {};
}

Result<void> SchemaRegistry::scan(const Json& schema, Place place)
{
    if ((!schema.is_object() && !schema.is_boolean()) || m_places.contains(&schema))
        return {};
    if (schema.is_object()) {
        CS_TRY(place, enterResource(schema, place));
        CS_CHECK(recordAnchors(schema, place));
    }
    place.node = static_cast<NodeId>(m_schemas.size());
    m_places.emplace(&schema, place);
    m_schemas.push_back(&schema);
    return schema.is_object() ? scanChildren(schema, place) : Result<void>{};
}

Result<void> SchemaRegistry::scanChildren(const Json& schema, const Place& place)
{
    const auto isListed = [](const auto& keywords, const std::string& name) {
        return std::find(keywords.begin(), keywords.end(), name) != keywords.end();
    };
    for (auto member = schema.begin(); member != schema.end(); ++member) {
        const std::string pointer = place.pointer + "/" + pointerToken(member.key());
        const Json& value = member.value();
        if (isListed(kSchemaKeywords, member.key())) {
            CS_CHECK(scan(value, {place.resource, pointer}));
        } else if (isListed(kSchemaMapKeywords, member.key()) && value.is_object()) {
            for (auto child = value.begin(); child != value.end(); ++child)
                CS_CHECK(scan(
                    child.value(), {place.resource, pointer + "/" + pointerToken(child.key())}));
        } else if (isListed(kSchemaListKeywords, member.key()) && value.is_array()) {
            for (std::size_t i = 0; i < value.size(); ++i)
                CS_CHECK(scan(value[i], {place.resource, pointer + "/" + std::to_string(i)}));
        }
    }
    return {};
}

const Place& SchemaRegistry::placeOf(const Json* schema) const
{
    const auto found = m_places.find(schema);
    CS_ASSERT(found != m_places.end());
    return found->second;
}

const Resource& SchemaRegistry::resourceOf(const Json* schema) const
{
    return m_resources[placeOf(schema).resource];
}

const Resource* SchemaRegistry::findResource(std::string_view uri) const
{
    const auto found = m_uris.find(uri);
    return found == m_uris.end() ? nullptr : &m_resources[found->second];
}

} // namespace countersign::data::detail
