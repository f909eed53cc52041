#include "planes/control/cedar/detail/schema_json_reader.h"

#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/uid.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

Failure refuse(const JsonPlace& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.pointer);
}

Failure wrongKind(const JsonPlace& place, const std::string& expected)
{
    return refuse(place, "cedar.schema.kind", "expected " + expected + " here");
}

/// An object with no other members than these.
Result<void> checkMembers(const JsonPlace& place, std::initializer_list<std::string_view> allowed)
{
    if (!place.value.is_object())
        return wrongKind(place, "an object");
    for (const auto& item : place.value.items()) {
        if (std::find(allowed.begin(), allowed.end(), item.key()) != allowed.end())
            continue;
        std::string list;
        for (const std::string_view name : allowed)
            list += (list.empty() ? "" : ", ") + std::string(name);
        return refuse(
            place.child(item.key(), item.value()),
            "cedar.schema.member",
            "the member " + cedar::quoted(item.key()) + " is unknown here; known are " + list);
    }
    return {};
}

/// The member, or nullptr; null counts as absent.
const Json* memberOf(const JsonPlace& place, const char* key)
{
    const auto found = place.value.find(key);
    return found == place.value.end() || found->is_null() ? nullptr : &*found;
}

Result<JsonPlace> neededMember(const JsonPlace& place, const char* key)
{
    const auto found = place.value.find(key);
    if (found == place.value.end())
        return refuse(
            place, "cedar.schema.member", "the member " + cedar::quoted(key) + " is missing");
    return place.child(key, *found);
}

Result<std::string> textOf(const JsonPlace& place)
{
    if (!place.value.is_string())
        return wrongKind(place, "a string");
    return place.value.get<std::string>();
}

Result<std::string> referenceOf(const JsonPlace& place)
{
    CS_TRY(std::string text, textOf(place));
    if (!isTypeReference(text))
        return refuse(
            place,
            "cedar.schema.name",
            cedar::quoted(text) + " is no type name; write for example Company::User");
    return text;
}

/// The form that a `type` member names, when it is a keyword.
struct TypeKeyword
{
    std::string_view word;
    TypeForm form;
};
constexpr TypeKeyword kTypeKeywords[] = {
    {"String", TypeForm::String},
    {"Long", TypeForm::Long},
    {"Boolean", TypeForm::Boolean},
    {"Set", TypeForm::Set},
    {"Record", TypeForm::Record},
    {"Entity", TypeForm::EntityName},
    {"EntityOrCommon", TypeForm::Name},
    {"Extension", TypeForm::ExtensionName},
};

} // namespace

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
        return wrongKind(root, "an object of namespaces");
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
        return wrongKind(entities, "an object of entity types");
    if (!actions.value.is_object())
        return wrongKind(actions, "an object of actions");
    for (const auto& item : entities.value.items()) {
        CS_TRY(
            EntityDeclaration next, entity(item.key(), entities.child(item.key(), item.value())));
        declared.entityTypes.push_back(std::move(next));
    }
    for (const auto& item : actions.value.items()) {
        CS_TRY(ActionDeclaration next, action(item.key(), actions.child(item.key(), item.value())));
        declared.actions.push_back(std::move(next));
    }
    if (const Json* const types = memberOf(place, "commonTypes")) {
        const JsonPlace here = place.child("commonTypes", *types);
        if (!types->is_object())
            return wrongKind(here, "an object of types");
        for (const auto& item : types->items()) {
            CS_TRY(
                CommonTypeDeclaration next,
                commonType(item.key(), here.child(item.key(), item.value())));
            declared.commonTypes.push_back(std::move(next));
        }
    }
    CS_TRY(declared.annotations, annotations(place));
    return declared;
}

Result<EntityDeclaration> SchemaJsonReader::entity(const std::string& name, const JsonPlace& place)
{
    CS_CHECK(count());
    CS_CHECK(checkMembers(place, {"memberOfTypes", "shape", "tags", "enum", "annotations"}));
    EntityDeclaration declared;
    declared.name = name;
    CS_TRY(declared.annotations, annotations(place));
    if (const auto choices = place.value.find("enum"); choices != place.value.end()) {
        const JsonPlace here = place.child("enum", *choices);
        if (!choices->is_array() || choices->empty())
            return wrongKind(here, "a list with at least one id");
        for (const char* const other : {"memberOfTypes", "shape", "tags"})
            if (place.value.contains(other))
                return refuse(
                    here,
                    "cedar.schema.member",
                    "an enumerated type has ids only; leave out " + cedar::quoted(other));
        for (std::size_t i = 0; i < choices->size(); ++i) {
            CS_CHECK(count());
            CS_TRY(std::string choice, textOf(here.element(i)));
            declared.choices.push_back(std::move(choice));
        }
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
        return refuse(
            place.child("attributes", *attributes),
            "cedar.schema.member",
            "actions have no attributes; leave the member out");
    if (const Json* const parents = memberOf(place, "memberOf")) {
        const JsonPlace here = place.child("memberOf", *parents);
        if (!parents->is_array())
            return wrongKind(here, "a list of actions");
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

Result<TypeDeclaration> SchemaJsonReader::type(
    const JsonPlace& place, std::initializer_list<std::string_view> more, std::size_t depth)
{
    CS_CHECK(count());
    if (depth > kSchemaNestingMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the type is nested more than " + std::to_string(kSchemaNestingMax) + " deep",
            "cedar.depth",
            place.pointer);
    if (!place.value.is_object())
        return wrongKind(place, "a type: an object with the member \"type\"");
    CS_TRY(const JsonPlace named, neededMember(place, "type"));
    CS_TRY(const std::string word, textOf(named));

    TypeDeclaration declared;
    declared.form = TypeForm::CommonName;
    for (const TypeKeyword& keyword : kTypeKeywords)
        if (keyword.word == word)
            declared.form = keyword.form;
    std::vector<std::string_view> members(more);
    members.push_back("type");
    if (declared.form == TypeForm::Set)
        members.push_back("element");
    if (declared.form == TypeForm::Record)
        members.insert(members.end(), {"attributes", "additionalAttributes"});
    const bool isNamed = declared.form == TypeForm::EntityName || declared.form == TypeForm::Name
                         || declared.form == TypeForm::ExtensionName;
    if (isNamed)
        members.push_back("name");
    for (const auto& item : place.value.items())
        if (std::find(members.begin(), members.end(), item.key()) == members.end())
            return refuse(
                place.child(item.key(), item.value()),
                "cedar.schema.member",
                "a type " + cedar::quoted(word) + " has no member " + cedar::quoted(item.key()));

    if (declared.form == TypeForm::Record)
        return record(place, depth);
    if (declared.form == TypeForm::Set) {
        CS_TRY(const JsonPlace element, neededMember(place, "element"));
        CS_TRY(TypeDeclaration inner, type(element, {}, depth + 1));
        declared.elements.push_back(std::move(inner));
    } else if (isNamed) {
        CS_TRY(const JsonPlace name, neededMember(place, "name"));
        CS_TRY(declared.name, referenceOf(name));
    } else if (declared.form == TypeForm::CommonName) {
        CS_TRY(declared.name, referenceOf(named));
    }
    return declared;
}

Result<TypeDeclaration> SchemaJsonReader::record(const JsonPlace& place, std::size_t depth)
{
    TypeDeclaration declared;
    declared.form = TypeForm::Record;
    CS_TRY(const JsonPlace attributes, neededMember(place, "attributes"));
    if (!attributes.value.is_object())
        return wrongKind(attributes, "an object of attributes");
    if (const auto open = place.value.find("additionalAttributes"); open != place.value.end()) {
        const JsonPlace here = place.child("additionalAttributes", *open);
        if (!open->is_boolean())
            return wrongKind(here, "true or false");
        if (open->get<bool>())
            return fail(
                ErrorCode::Unsupported,
                "a record that may have further attributes cannot be validated; list them all",
                "cedar.schema.open_record",
                here.pointer);
    }
    for (const auto& item : attributes.value.items()) {
        CS_TRY(
            AttributeDeclaration next,
            attribute(item.key(), attributes.child(item.key(), item.value()), depth));
        declared.attributes.push_back(std::move(next));
    }
    return declared;
}

Result<AttributeDeclaration>
SchemaJsonReader::attribute(const std::string& name, const JsonPlace& place, std::size_t depth)
{
    AttributeDeclaration declared;
    declared.name = name;
    CS_TRY(declared.type, type(place, {"required", "annotations"}, depth + 1));
    CS_TRY(declared.annotations, annotations(place));
    if (const auto required = place.value.find("required"); required != place.value.end()) {
        if (!required->is_boolean())
            return wrongKind(place.child("required", *required), "true or false");
        declared.isRequired = required->get<bool>();
    }
    return declared;
}

Result<std::vector<NameReference>> SchemaJsonReader::names(const JsonPlace& place)
{
    if (!place.value.is_array())
        return wrongKind(place, "a list of type names");
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
        return wrongKind(here, "an object of strings");
    for (const auto& item : listed->items()) {
        CS_CHECK(count());
        const JsonPlace member = here.child(item.key(), item.value());
        if (!isIdentifier(item.key()))
            return refuse(
                member,
                "cedar.schema.name",
                cedar::quoted(item.key()) + " is no annotation: letters, digits and _");
        if (!item.value().is_null() && !item.value().is_string())
            return wrongKind(member, "a string");
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
