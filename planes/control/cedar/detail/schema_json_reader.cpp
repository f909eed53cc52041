#include "planes/control/cedar/detail/schema_json_reader.h"

#include "planes/control/cedar/detail/schema_json_place.h"
#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/uid.h"

#include <utility>

namespace countersign::cedar {

Result<void> SchemaJsonReader::count()
{
    if (++m_partCount > kSchemaPartCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the schema has more than " + std::to_string(kSchemaPartCountMax) + " parts",
            "cedar.schema.size");
    return {};
}

Result<SchemaDocument> SchemaJsonReader::read(const Json& schema)
{
    const JsonPlace root{schema, {}};
    if (!schema.is_object())
        return wrongKindAt(root, "an object of namespaces");
    SchemaDocument document;
    for (const auto& item : schema.items()) {
        CS_CHECK(count());
        CS_TRY(
            NamespaceDeclaration declared, space(item.key(), root.child(item.key(), item.value())));
        document.namespaces.push_back(std::move(declared));
    }
    return document;
}

Result<NamespaceDeclaration>
SchemaJsonReader::space(const std::string& name, const JsonPlace& place)
{
    CS_CHECK(checkMembers(place, {"entityTypes", "actions", "commonTypes", "annotations"}));
    NamespaceDeclaration declared;
    declared.name = name;
    CS_TRY(const JsonPlace entities, neededMember(place, "entityTypes"));
    CS_TRY(const JsonPlace actions, neededMember(place, "actions"));
    if (!entities.value.is_object())
        return wrongKindAt(entities, "an object of entity types");
    if (!actions.value.is_object())
        return wrongKindAt(actions, "an object of actions");
    for (const auto& item : entities.value.items()) {
        CS_TRY(
            EntityDeclaration next, entity(item.key(), entities.child(item.key(), item.value())));
        declared.entityTypes.push_back(std::move(next));
    }
    for (const auto& item : actions.value.items()) {
        CS_TRY(ActionDeclaration next, action(item.key(), actions.child(item.key(), item.value())));
        declared.actions.push_back(std::move(next));
    }
    CS_TRY(declared.commonTypes, commonTypes(place));
    CS_TRY(declared.annotations, annotations(place));
    return declared;
}

Result<std::vector<CommonTypeDeclaration>> SchemaJsonReader::commonTypes(const JsonPlace& place)
{
    std::vector<CommonTypeDeclaration> found;
    const Json* const types = memberOf(place, "commonTypes");
    if (types == nullptr)
        return found;
    const JsonPlace here = place.child("commonTypes", *types);
    if (!types->is_object())
        return wrongKindAt(here, "an object of types");
    for (const auto& item : types->items()) {
        CS_TRY(
            CommonTypeDeclaration next,
            commonType(item.key(), here.child(item.key(), item.value())));
        found.push_back(std::move(next));
    }
    return found;
}

Result<std::vector<std::string>>
SchemaJsonReader::choices(const JsonPlace& entity, const JsonPlace& list)
{
    if (!list.value.is_array() || list.value.empty())
        return wrongKindAt(list, "a list with at least one id");
    for (const char* const other : {"memberOfTypes", "shape", "tags"})
        if (entity.value.contains(other))
            return refuseAt(
                list,
                "cedar.schema.member",
                "an enumerated type has ids only; leave out " + cedar::quoted(other));
    std::vector<std::string> found;
    for (std::size_t i = 0; i < list.value.size(); ++i) {
        CS_CHECK(count());
        CS_TRY(std::string choice, textOf(list.element(i)));
        found.push_back(std::move(choice));
    }
    return found;
}

Result<EntityDeclaration> SchemaJsonReader::entity(const std::string& name, const JsonPlace& place)
{
    CS_CHECK(count());
    CS_CHECK(checkMembers(place, {"memberOfTypes", "shape", "tags", "enum", "annotations"}));
    EntityDeclaration declared;
    declared.name = name;
    CS_TRY(declared.annotations, annotations(place));
    if (const auto listed = place.value.find("enum"); listed != place.value.end()) {
        CS_TRY(declared.choices, choices(place, place.child("enum", *listed)));
        return declared;
    }
    if (const auto parents = place.value.find("memberOfTypes"); parents != place.value.end()) {
        CS_TRY(declared.memberOf, names(place.child("memberOfTypes", *parents)));
    }
    if (const auto shape = place.value.find("shape"); shape != place.value.end()) {
        CS_TRY(declared.shape, type(place.child("shape", *shape), {}, 1));
    }
    if (const Json* const tags = memberOf(place, "tags")) {
        CS_TRY(declared.tags, type(place.child("tags", *tags), {}, 1));
    }
    return declared;
}

Result<ActionDeclaration> SchemaJsonReader::action(const std::string& name, const JsonPlace& place)
{
    CS_CHECK(count());
    CS_CHECK(checkMembers(place, {"appliesTo", "memberOf", "attributes", "annotations"}));
    ActionDeclaration declared;
    declared.name = name;
    CS_TRY(declared.annotations, annotations(place));
    if (const Json* const attributes = memberOf(place, "attributes"))
        return refuseAt(
            place.child("attributes", *attributes),
            "cedar.schema.member",
            "actions have no attributes; leave the member out");
    if (const Json* const parents = memberOf(place, "memberOf")) {
        const JsonPlace here = place.child("memberOf", *parents);
        if (!parents->is_array())
            return wrongKindAt(here, "a list of actions");
        for (std::size_t i = 0; i < parents->size(); ++i) {
            CS_TRY(ActionReference reference, actionReference(here.element(i)));
            declared.memberOf.push_back(std::move(reference));
        }
    }
    if (const Json* const applies = memberOf(place, "appliesTo")) {
        CS_TRY(declared.appliesTo, appliesTo(place.child("appliesTo", *applies)));
    }
    return declared;
}

Result<ActionReference> SchemaJsonReader::actionReference(const JsonPlace& place)
{
    CS_CHECK(count());
    CS_CHECK(checkMembers(place, {"id", "type"}));
    ActionReference reference;
    CS_TRY(const JsonPlace id, neededMember(place, "id"));
    CS_TRY(reference.id, textOf(id));
    if (const Json* const named = memberOf(place, "type")) {
        CS_TRY(reference.type, referenceOf(place.child("type", *named)));
    }
    return reference;
}

Result<AppliesTo> SchemaJsonReader::appliesTo(const JsonPlace& place)
{
    CS_CHECK(checkMembers(place, {"principalTypes", "resourceTypes", "context"}));
    AppliesTo applies;
    CS_TRY(const JsonPlace principals, neededMember(place, "principalTypes"));
    CS_TRY(const JsonPlace resources, neededMember(place, "resourceTypes"));
    CS_TRY(applies.principals, names(principals));
    CS_TRY(applies.resources, names(resources));
    if (const auto context = place.value.find("context"); context != place.value.end()) {
        CS_TRY(applies.context, type(place.child("context", *context), {}, 1));
    }
    return applies;
}

Result<CommonTypeDeclaration>
SchemaJsonReader::commonType(const std::string& name, const JsonPlace& place)
{
    CS_CHECK(count());
    CommonTypeDeclaration declared;
    declared.name = name;
    CS_TRY(declared.type, type(place, {"annotations"}, 1));
    CS_TRY(declared.annotations, annotations(place));
    return declared;
}

Result<std::vector<NameReference>> SchemaJsonReader::names(const JsonPlace& place)
{
    if (!place.value.is_array())
        return wrongKindAt(place, "a list of type names");
    std::vector<NameReference> found;
    for (std::size_t i = 0; i < place.value.size(); ++i) {
        CS_CHECK(count());
        CS_TRY(std::string name, referenceOf(place.element(i)));
        found.push_back({std::move(name), {}});
    }
    return found;
}

Result<std::vector<Annotation>> SchemaJsonReader::annotations(const JsonPlace& place)
{
    std::vector<Annotation> found;
    const auto listed = place.value.find("annotations");
    if (listed == place.value.end())
        return found;
    const JsonPlace here = place.child("annotations", *listed);
    if (!listed->is_object())
        return wrongKindAt(here, "an object of strings");
    for (const auto& item : listed->items()) {
        CS_CHECK(count());
        const JsonPlace member = here.child(item.key(), item.value());
        if (!isIdentifier(item.key()))
            return refuseAt(
                member,
                "cedar.schema.name",
                cedar::quoted(item.key()) + " is no annotation: letters, digits and _");
        if (!item.value().is_null() && !item.value().is_string())
            return wrongKindAt(member, "a string");
        found.push_back(
            {item.key(), item.value().is_null() ? "" : item.value().get<std::string>()});
    }
    return found;
}

Result<SchemaDocument> readSchemaJson(const Json& schema)
{
    return SchemaJsonReader().read(schema);
}

Result<SchemaDocument> parseSchemaJson(std::string_view bytes)
{
    JsonLimits limits;
    limits.byteCountMax = kTextByteCountMax;
    // Each level of a type takes up to three of JSON; the rest is for what stands around types.
    limits.depthMax = 3 * kSchemaNestingMax + 8;
    CS_TRY(const Json schema, parseJson(bytes, limits));
    return readSchemaJson(schema);
}

} // namespace countersign::cedar
