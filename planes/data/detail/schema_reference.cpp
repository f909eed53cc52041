#include "planes/data/detail/schema_registry.h"
#include "planes/data/detail/schema_text.h"

#include <algorithm>
#include <charconv>

namespace countersign::data::detail {

namespace {

/// Undoes the escapes of one reference token (RFC 6901 section 4). Absent for a stray `~`.
std::optional<std::string> unescapedToken(std::string_view token)
{
    std::string text;
    for (std::size_t at = 0; at < token.size(); ++at) {
        if (token[at] != '~') {
            text.push_back(token[at]);
            continue;
        }
        if (++at == token.size() || !isOneOf(token[at], "01"))
            return std::nullopt;
        text.push_back(token[at] == '0' ? '~' : '/');
    }
    return text;
}

const Json* childOf(const Json& value, const std::string& token)
{
    if (value.is_object()) {
        const auto found = value.find(token);
        return found == value.end() ? nullptr : &*found;
    }
    if (!value.is_array() || token.empty() || (token.size() > 1 && token.front() == '0'))
        return nullptr;
    std::size_t index = 0;
    const auto* const end = token.data() + token.size();
    const auto read = std::from_chars(token.data(), end, index);
    return read.ec == std::errc() && read.ptr == end && index < value.size() ? &value[index]
                                                                             : nullptr;
}

} // namespace

Result<const Json*>
SchemaRegistry::followPointer(const Resource& resource, std::string_view pointer)
{
    const Json* current = resource.root;
    Place place = placeOf(current);
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const auto slash = std::min(pointer.find('/'), pointer.size());
        const auto token = unescapedToken(pointer.substr(0, slash));
        pointer.remove_prefix(slash);
        current = token ? childOf(*current, *token) : nullptr;
        if (current == nullptr)
            return nullptr;
        // Below a subschema with an $id of its own, places are counted from there.
        if (const auto known = m_places.find(current); known != m_places.end())
            place = known->second;
        else
            place.pointer += "/" + pointerToken(*token);
    }
    if (!current->is_object() && !current->is_boolean())
        return nullptr;
    CS_CHECK(scan(*current, place));
    return current;
}

Result<Target> SchemaRegistry::resolve(const Json* from, const std::string& reference)
{
    const Resource& origin = resourceOf(from);
    const auto refuse = [&](const std::string& why) {
        return schemaFailure(
            ErrorCode::InvalidInput,
            "the reference \"" + reference + "\" leads nowhere: " + why,
            "schema.ref",
            origin,
            placeOf(from).pointer);
    };
    Uri uri = resolveUri(origin.base, splitUri(reference));
    const auto fragment = percentDecoded(uri.fragment.value_or(""));
    uri.fragment.reset();
    const Resource* resource = findResource(joinUri(uri));
    if (resource == nullptr)
        return refuse("no schema has the URI " + joinUri(uri));
    if (!fragment)
        return refuse("the fragment is not percent-encoded");
    if (fragment->empty())
        return Target{resource->root, std::nullopt};
    if (fragment->front() == '/') {
        CS_TRY(const Json* const schema, followPointer(*resource, *fragment));
        if (schema == nullptr)
            return refuse("there is no schema at " + *fragment);
        return Target{schema, std::nullopt};
    }
    const auto anchor = resource->anchors.find(*fragment);
    if (anchor == resource->anchors.end())
        return refuse("there is no anchor \"" + *fragment + "\"");
    const bool isDynamic = resource->dynamicAnchors.contains(*fragment);
    return Target{anchor->second, isDynamic ? fragment : std::nullopt};
}

Result<Dialect> SchemaRegistry::dialectOf(const Resource& resource) const
{
    constexpr std::string_view kPrefix = "https://json-schema.org/draft/2020-12/vocab/";
    Uri uri = resolveUri(resource.base, splitUri(resource.dialectUri));
    uri.fragment.reset();
    const Resource* meta = resource.dialectUri.empty() ? nullptr : findResource(joinUri(uri));
    if (meta == nullptr || !meta->root->is_object() || !meta->root->contains("$vocabulary"))
        return Dialect{};
    const Json& vocabularies = (*meta->root)["$vocabulary"];
    if (!vocabularies.is_object())
        return schemaFailure(
            ErrorCode::InvalidInput,
            "$vocabulary is an object",
            "schema.keyword",
            *meta,
            "/$vocabulary");
    Dialect dialect{false, false, false, false, false};
    for (auto entry = vocabularies.begin(); entry != vocabularies.end(); ++entry) {
        const std::string_view name = entry.key();
        const std::string_view part =
            name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : std::string_view{};
        dialect.applicator |= part == "applicator";
        dialect.unevaluated |= part == "unevaluated";
        dialect.validation |= part == "validation";
        dialect.format |= part == "format-annotation" || part == "format-assertion";
        dialect.formatAsserted |= part == "format-assertion";
        const bool isKnown = part == "core" || part == "applicator" || part == "unevaluated"
                             || part == "validation" || part == "format-annotation"
                             || part == "format-assertion" || part == "meta-data"
                             || part == "content";
        if (!isKnown && entry.value() == Json(true))
            return schemaFailure(
                ErrorCode::Unsupported,
                "the vocabulary " + entry.key() + " is required but not known",
                "schema.vocabulary",
                *meta,
                "/$vocabulary");
    }
    return dialect;
}

} // namespace countersign::data::detail
