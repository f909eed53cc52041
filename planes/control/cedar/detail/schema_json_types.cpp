#include "planes/control/cedar/detail/schema_json_reader.h"
#include "planes/control/cedar/uid.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

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

TypeForm formOf(std::string_view word)
{
    for (const TypeKeyword& keyword : kTypeKeywords)
        if (keyword.word == word)
            return keyword.form;
    return TypeForm::CommonName;
}

/// Has a name in a member of its own.
bool isNamed(TypeForm form)
{
    return form == TypeForm::EntityName || form == TypeForm::Name
           || form == TypeForm::ExtensionName;
}

Result<void> checkTypeMembers(
    const JsonPlace& place, TypeForm form, std::initializer_list<std::string_view> more)
{
    std::vector<std::string_view> members(more);
    members.emplace_back("type");
    if (form == TypeForm::Set)
        members.emplace_back("element");
    if (form == TypeForm::Record)
        members.insert(members.end(), {"attributes", "additionalAttributes"});
    if (isNamed(form))
        members.emplace_back("name");
    for (const auto& item : place.value.items())
        if (std::find(members.begin(), members.end(), item.key()) == members.end())
            return refuseAt(
                place.child(item.key(), item.value()),
                "cedar.schema.member",
                "this type has no member " + cedar::quoted(item.key()));
    return {};
}

} // namespace

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
        return wrongKindAt(place, "a type: an object with the member \"type\"");
    CS_TRY(const JsonPlace word, neededMember(place, "type"));
    CS_TRY(const std::string text, textOf(word));
    const TypeForm form = formOf(text);
    CS_CHECK(checkTypeMembers(place, form, more));
    if (form == TypeForm::Record)
        return record(place, depth);
    TypeDeclaration declared;
    declared.form = form;
    if (form == TypeForm::Set) {
        CS_TRY(const JsonPlace element, neededMember(place, "element"));
        CS_TRY(TypeDeclaration inner, type(element, {}, depth + 1));
        declared.elements.push_back(std::move(inner));
    } else if (isNamed(form)) {
        CS_TRY(const JsonPlace name, neededMember(place, "name"));
        CS_TRY(declared.name, referenceOf(name));
    } else if (form == TypeForm::CommonName) {
        CS_TRY(declared.name, referenceOf(word));
    }
    return declared;
}

Result<TypeDeclaration> SchemaJsonReader::record(const JsonPlace& place, std::size_t depth)
{
    TypeDeclaration declared;
    declared.form = TypeForm::Record;
    CS_TRY(const JsonPlace attributes, neededMember(place, "attributes"));
    if (!attributes.value.is_object())
        return wrongKindAt(attributes, "an object of attributes");
    if (const auto open = place.value.find("additionalAttributes"); open != place.value.end()) {
        const JsonPlace here = place.child("additionalAttributes", *open);
        if (!open->is_boolean())
            return wrongKindAt(here, "true or false");
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
            return wrongKindAt(place.child("required", *required), "true or false");
        declared.isRequired = required->get<bool>();
    }
    return declared;
}

} // namespace countersign::cedar
