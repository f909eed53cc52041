#include "planes/control/cedar/schema_json.h"

#include <utility>

namespace countersign::cedar {

namespace {

void addAnnotations(Json& object, const std::vector<Annotation>& annotations)
{
    for (const Annotation& annotation : annotations)
        object["annotations"][annotation.key] = annotation.value;
}

Json typed(const std::string& word)
{
    Json object = Json::object();
    object["type"] = word;
    return object;
}

Json named(const std::string& word, const std::string& name)
{
    Json object = typed(word);
    object["name"] = name;
    return object;
}

Json typeJson(const TypeDeclaration& type)
{
    switch (type.form) {
    case TypeForm::Name:
        return named("EntityOrCommon", type.name);
    case TypeForm::CommonName:
        return typed(type.name);
    case TypeForm::EntityName:
        return named("Entity", type.name);
    case TypeForm::ExtensionName:
        return named("Extension", type.name);
    case TypeForm::Boolean:
        return typed("Boolean");
    case TypeForm::Long:
        return typed("Long");
    case TypeForm::String:
        return typed("String");
    case TypeForm::Set: {
        Json set = typed("Set");
        set["element"] = typeJson(type.elements.front());
        return set;
    }
    case TypeForm::Record:
        break;
    }
    Json attributes = Json::object();
    for (const AttributeDeclaration& attribute : type.attributes) {
        Json member = typeJson(attribute.type);
        if (!attribute.isRequired)
            member["required"] = false;
        addAnnotations(member, attribute.annotations);
        attributes[attribute.name] = std::move(member);
    }
    Json record = typed("Record");
    record["attributes"] = std::move(attributes);
    return record;
}

bool isEmptyRecord(const TypeDeclaration& type)
{
    return type.form == TypeForm::Record && type.attributes.empty();
}

Json namesJson(const std::vector<NameReference>& names)
{
    Json list = Json::array();
    for (const NameReference& reference : names)
        list.push_back(reference.name);
    return list;
}

Json entityJson(const EntityDeclaration& entity)
{
    Json object = Json::object();
    addAnnotations(object, entity.annotations);
    if (entity.isEnumerated()) {
        object["enum"] = entity.choices;
        return object;
    }
    if (!entity.memberOf.empty())
        object["memberOfTypes"] = namesJson(entity.memberOf);
    if (!isEmptyRecord(entity.shape))
        object["shape"] = typeJson(entity.shape);
    if (entity.tags)
        object["tags"] = typeJson(*entity.tags);
    return object;
}

Json actionJson(const ActionDeclaration& action)
{
    Json object = Json::object();
    addAnnotations(object, action.annotations);
    for (const ActionReference& reference : action.memberOf) {
        Json member = Json::object();
        member["id"] = reference.id;
        if (reference.type)
            member["type"] = *reference.type;
        object["memberOf"].push_back(std::move(member));
    }
    const AppliesTo none;
    const AppliesTo& applies = action.appliesTo ? *action.appliesTo : none;
    Json& target = object["appliesTo"] = Json::object();
    target["principalTypes"] = namesJson(applies.principals);
    target["resourceTypes"] = namesJson(applies.resources);
    if (!isEmptyRecord(applies.context))
        target["context"] = typeJson(applies.context);
    return object;
}

Json spaceJson(const NamespaceDeclaration& space)
{
    Json object = Json::object();
    addAnnotations(object, space.annotations);
    object["entityTypes"] = Json::object();
    for (const EntityDeclaration& entity : space.entityTypes)
        object["entityTypes"][entity.name] = entityJson(entity);
    object["actions"] = Json::object();
    for (const ActionDeclaration& action : space.actions)
        object["actions"][action.name] = actionJson(action);
    for (const CommonTypeDeclaration& type : space.commonTypes) {
        Json member = typeJson(type.type);
        addAnnotations(member, type.annotations);
        object["commonTypes"][type.name] = std::move(member);
    }
    return object;
}

} // namespace

Json schemaJson(const SchemaDocument& document)
{
    Json schema = Json::object();
    for (const NamespaceDeclaration& space : document.namespaces)
        schema[space.name] = spaceJson(space);
    return schema;
}

} // namespace countersign::cedar
