#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/data/detail/schema_node.h"
#include "planes/data/detail/schema_uri.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Which schema resources, anchors and subschemas the documents of a set hold, and what a reference
/// from one to another means (core, sections 8.2 and 9.1).
namespace countersign::data::detail {

/// The vocabularies that decide which keywords mean something (core, section 8.1.2).
struct Dialect
{
    bool applicator = true;
    bool unevaluated = true;
    bool validation = true;
    bool format = true;          ///< `format` is a keyword at all.
    bool formatAsserted = false; ///< by the format-assertion vocabulary
};

/// A schema with its own identity.
struct Resource
{
    std::string uri; ///< Absolute, no fragment.
    Uri base;
    const Json* root = nullptr;
    std::map<std::string, const Json*, std::less<>> anchors; ///< plain and dynamic
    std::map<std::string, const Json*, std::less<>> dynamicAnchors;
    std::string dialectUri; ///< `$schema`, its own or that of the resource around it; may be empty
    bool isDocument = false;
};

/// Where a subschema stands.
struct Place
{
    ResourceId resource = 0;
    std::string pointer; ///< From the root of the resource.
    NodeId node = 0;     ///< Its place in `SchemaRegistry::schemas()`.
};

/// What a reference means.
struct Target
{
    const Json* schema = nullptr;
    /// Set when the fragment is a name that `$dynamicAnchor` made.
    std::optional<std::string> dynamicAnchor;
};

class SchemaRegistry
{
public:
    /// See SchemaSet::Builder::add.
    [[nodiscard]] Result<void> add(Json schema, std::string_view retrievalUri);

    /// Every subschema found so far; resolving references may append more.
    [[nodiscard]] const std::vector<const Json*>& schemas() const { return m_schemas; }
    [[nodiscard]] const std::deque<Resource>& resources() const { return m_resources; }
    /// Only for members of `schemas()`.
    [[nodiscard]] const Place& placeOf(const Json* schema) const;
    [[nodiscard]] const Resource& resourceOf(const Json* schema) const;
    /// nullptr when no schema has this URI. The URI has no fragment.
    [[nodiscard]] const Resource* findResource(std::string_view uri) const;
    /// All URIs of resources, aliases included.
    [[nodiscard]] const std::map<std::string, ResourceId, std::less<>>& uris() const
    {
        return m_uris;
    }

    /// Resolves the reference that `from` makes. A target that is not yet known as a schema becomes
    /// one, with all below it. Errors: InvalidInput (rule `schema.ref`).
    [[nodiscard]] Result<Target> resolve(const Json* from, const std::string& reference);

    /// The dialect of a resource: from the `$vocabulary` of its meta-schema when the set holds it,
    /// else all of draft 2020-12. Errors: Unsupported (rule `schema.vocabulary`).
    [[nodiscard]] Result<Dialect> dialectOf(const Resource& resource) const;

private:
    [[nodiscard]] Result<void> scan(const Json& schema, Place place);
    [[nodiscard]] Result<void> scanChildren(const Json& schema, const Place& place);
    [[nodiscard]] Result<Place> enterResource(const Json& schema, const Place& around);
    [[nodiscard]] Result<void> recordAnchors(const Json& schema, const Place& place);
    [[nodiscard]] Result<ResourceId> addResource(const Json& root, const Uri& uri);
    [[nodiscard]] Result<const Json*>
    followPointer(const Resource& resource, std::string_view pointer);

    std::deque<Json> m_documents;
    std::deque<Resource> m_resources;
    std::map<std::string, ResourceId, std::less<>> m_uris;
    std::unordered_map<const Json*, Place> m_places;
    std::vector<const Json*> m_schemas;
};

/// A refusal about one place of one schema.
[[nodiscard]] Failure schemaFailure(
    ErrorCode code,
    std::string detail,
    std::string rule,
    const Resource& resource,
    std::string pointer);

} // namespace countersign::data::detail
