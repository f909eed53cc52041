#include "planes/control/cedar/detail/schema_resolver.h"

#include <algorithm>
#include <set>
#include <utility>

namespace countersign::cedar {

namespace {

constexpr std::string_view kBuiltInNamespace = "__cedar::";

Failure refuse(const SchemaPlace& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.text());
}

/// A refusal of the type table, which does not know the place.
Failure placed(const Error& error, const SchemaPlace& place)
{
    Error copy = error;
    copy.pointer = place.text();
    return fail(std::move(copy));
}

NameUse useOf(TypeForm form)
{
    if (form == TypeForm::CommonName)
        return NameUse::CommonType;
    return form == TypeForm::EntityName ? NameUse::EntityType : NameUse::Any;
}

/// The full names that a name may mean within a namespace, the first one preferred.
std::vector<std::string> candidates(const NamespaceDeclaration& space, std::string_view name)
{
    std::vector<std::string> names;
    if (!space.name.empty() && name.find("::") == std::string_view::npos)
        names.push_back(space.name + "::" + std::string(name));
    names.emplace_back(name);
    return names;
}

bool isIdentifierForm(TypeForm form)
{
    return form == TypeForm::Name || form == TypeForm::CommonName || form == TypeForm::EntityName;
}

} // namespace

Result<SchemaResolver::Referent> SchemaResolver::look(
    const NamespaceDeclaration& space,
    std::string_view name,
    NameUse use,
    const SchemaPlace& place) const
{
    if (!isTypeReference(name))
        return refuse(
            place, "cedar.schema.name", cedar::quoted(std::string(name)) + " is no type name");
    for (const std::string& candidate : candidates(space, name)) {
        if (use != NameUse::EntityType && m_names.commonTypes.contains(candidate))
            return Referent{candidate, {}, {}};
        if (use != NameUse::CommonType
            && (m_names.entityTypes.contains(candidate) || m_names.actionTypes.contains(candidate)))
            return Referent{{}, candidate, {}};
    }
    if (use != NameUse::EntityType) {
        const bool isExplicit = name.substr(0, kBuiltInNamespace.size()) == kBuiltInNamespace;
        const auto builtIn = builtInType(isExplicit ? name.substr(kBuiltInNamespace.size()) : name);
        // An entity type of the same name in the empty namespace takes the short name away.
        const bool isTaken =
            !isExplicit && m_names.entityTypes.find(name) != m_names.entityTypes.end();
        if (builtIn && !isTaken)
            return Referent{{}, {}, builtIn};
    }
    std::string what = "type or entity type";
    if (use != NameUse::Any)
        what = use == NameUse::EntityType ? "entity type" : "type";
    return refuse(
        place,
        "cedar.schema.unknown_type",
        "no " + what + " is called " + std::string(name)
            + "; declare it, or correct the name (built in are Long, String, Bool, decimal, "
              "ipaddr, datetime and duration)");
}

Result<TypeId> SchemaResolver::resolveName(
    const NamespaceDeclaration& space,
    const TypeDeclaration& type,
    NameUse use,
    const SchemaPlace& place)
{
    CS_TRY(const Referent referent, look(space, type.name, use, place));
    if (referent.builtIn)
        return *referent.builtIn;
    if (!referent.entityType.empty())
        return m_schema.m_types.entity(referent.entityType);
    return m_commonTypes.find(referent.commonType)->second;
}

Result<TypeId> SchemaResolver::resolveType(
    const NamespaceDeclaration& space, const TypeDeclaration& type, const SchemaPlace& place)
{
    const SchemaPlace here = place.at(type.position);
    switch (type.form) {
    case TypeForm::Name:
    case TypeForm::CommonName:
    case TypeForm::EntityName:
        return resolveName(space, type, useOf(type.form), here);
    case TypeForm::ExtensionName: {
        const auto extension = extensionType(type.name);
        if (!extension)
            return refuse(
                here,
                "cedar.schema.unknown_type",
                "there is no extension type " + cedar::quoted(type.name)
                    + "; there are decimal, ipaddr, datetime and duration");
        return *extension;
    }
    case TypeForm::Boolean:
        return simpleType(TypeKind::Bool);
    case TypeForm::Long:
        return simpleType(TypeKind::Long);
    case TypeForm::String:
        return simpleType(TypeKind::String);
    case TypeForm::Set: {
        CS_TRY(
            const TypeId element, resolveType(space, type.elements.front(), here.child("element")));
        const auto set = m_schema.m_types.set(element, kTypeDepthMax);
        return set.ok() ? set : placed(set.error(), here);
    }
    case TypeForm::Record:
        return resolveRecord(space, type, here);
    }
    return simpleType(TypeKind::Bool);
}

Result<TypeId> SchemaResolver::resolveRecord(
    const NamespaceDeclaration& space, const TypeDeclaration& type, const SchemaPlace& place)
{
    std::vector<AttributeType> attributes;
    std::set<std::string_view> names;
    for (const AttributeDeclaration& attribute : type.attributes) {
        const SchemaPlace here =
            place.child("attributes").child(attribute.name).at(attribute.position);
        if (!names.insert(attribute.name).second)
            return refuse(
                here,
                "cedar.schema.duplicate",
                "the attribute " + cedar::quoted(attribute.name) + " is declared twice");
        CS_TRY(const TypeId resolved, resolveType(space, attribute.type, here));
        attributes.push_back({attribute.name, resolved, attribute.isRequired});
    }
    const auto record = m_schema.m_types.record(std::move(attributes), kTypeDepthMax);
    return record.ok() ? record : placed(record.error(), place);
}

/// The common types that a written type needs resolved first.
Result<void> SchemaResolver::addUses(
    const NamespaceDeclaration& space,
    const TypeDeclaration& type,
    const SchemaPlace& place,
    std::vector<std::string>& uses) const
{
    if (isIdentifierForm(type.form)) {
        CS_TRY(
            Referent referent, look(space, type.name, useOf(type.form), place.at(type.position)));
        if (!referent.commonType.empty())
            uses.push_back(std::move(referent.commonType));
    }
    for (const TypeDeclaration& element : type.elements)
        CS_CHECK(addUses(space, element, place.child("element"), uses));
    for (const AttributeDeclaration& attribute : type.attributes)
        CS_CHECK(
            addUses(space, attribute.type, place.child("attributes").child(attribute.name), uses));
    return {};
}

/// Each after those it uses. What is left over in the end uses itself.
Result<void> SchemaResolver::resolveCommonTypes()
{
    TypeUses uses;
    CS_TRY(std::vector<std::string> ready, findUses(uses));
    while (!ready.empty()) {
        const std::string path = std::move(ready.back());
        ready.pop_back();
        const auto& declared = m_names.commonTypes.find(path)->second;
        CS_TRY(
            const TypeId type,
            resolveType(*declared.space, declared.declaration->type, declared.place));
        m_commonTypes.emplace(path, type);
        for (const std::string& user : uses.usersOf[path])
            if (--uses.openCount[user] == 0)
                ready.push_back(user);
    }
    for (const auto& [path, declared] : m_names.commonTypes)
        if (!m_commonTypes.contains(path))
            return refuse(
                declared.place,
                "cedar.schema.type_cycle",
                "the type " + path + " is declared in terms of itself; break the circle");
    return {};
}

/// Returns the common types that use none.
Result<std::vector<std::string>> SchemaResolver::findUses(TypeUses& uses) const
{
    std::vector<std::string> ready;
    for (const auto& [path, declared] : m_names.commonTypes) {
        std::vector<std::string> used;
        CS_CHECK(addUses(*declared.space, declared.declaration->type, declared.place, used));
        uses.openCount[path] = used.size();
        if (used.empty())
            ready.push_back(path);
        for (const std::string& name : used)
            uses.usersOf[name].push_back(path);
    }
    return ready;
}

Result<std::vector<std::uint32_t>> SchemaResolver::resolveTypeList(
    const NamespaceDeclaration& space,
    const std::vector<NameReference>& names,
    const SchemaPlace& place) const
{
    std::vector<std::uint32_t> indexes;
    for (const NameReference& reference : names) {
        const SchemaPlace here = place.at(reference.position);
        CS_TRY(const Referent referent, look(space, reference.name, NameUse::EntityType, here));
        const auto found = m_schema.m_entityTypeIndex.find(referent.entityType);
        if (found == m_schema.m_entityTypeIndex.end())
            return refuse(
                here,
                "cedar.schema.unknown_type",
                referent.entityType + " is the type of actions and cannot stand here");
        indexes.push_back(found->second);
    }
    std::sort(indexes.begin(), indexes.end());
    indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
    return indexes;
}

Result<void> SchemaResolver::resolveEntityTypes()
{
    for (const auto& [path, declared] : m_names.entityTypes) {
        const auto index = static_cast<std::uint32_t>(m_schema.m_entityTypeIndex.size());
        m_schema.m_entityTypeIndex.emplace(path, index);
    }
    for (const auto& [path, declared] : m_names.entityTypes) {
        const EntityDeclaration& written = *declared.declaration;
        EntityTypeModel model;
        model.path = path;
        model.type = m_schema.m_types.entity(path);
        model.choices = written.choices;
        std::sort(model.choices.begin(), model.choices.end());
        model.choices.erase(
            std::unique(model.choices.begin(), model.choices.end()), model.choices.end());
        CS_TRY(
            model.attributes,
            resolveType(*declared.space, written.shape, declared.place.child("shape")));
        if (m_schema.m_types.kind(model.attributes) != TypeKind::Record)
            return refuse(
                declared.place,
                "cedar.schema.record",
                "the shape of " + path + " is no record; an entity has attributes by name");
        if (written.tags) {
            CS_TRY(
                model.tags,
                resolveType(*declared.space, *written.tags, declared.place.child("tags")));
        }
        CS_TRY(
            model.ancestors,
            resolveTypeList(
                *declared.space, written.memberOf, declared.place.child("memberOfTypes")));
        m_schema.m_entityTypes.push_back(std::move(model));
    }
    return {};
}

Result<Schema> SchemaResolver::run()
{
    CS_TRY(m_names, SchemaNames::collect(m_document));
    CS_CHECK(resolveCommonTypes());
    CS_CHECK(resolveEntityTypes());
    CS_CHECK(resolveActions());
    CS_CHECK(closeHierarchies());
    CS_CHECK(checkEnvironmentCount());
    return std::move(m_schema);
}

Result<Schema> Schema::resolve(const SchemaDocument& document)
{
    return SchemaResolver(document).run();
}

} // namespace countersign::cedar
