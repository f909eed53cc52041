#include "planes/control/cedar/detail/schema_resolver.h"

#include <utility>

namespace countersign::cedar {

namespace {

std::string qualified(const NamespaceDeclaration& space, std::string_view name)
{
    return space.name.empty() ? std::string(name) : space.name + "::" + std::string(name);
}

Failure refuse(const SchemaPlace& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.text());
}

SchemaPlace placeOf(const NamespaceDeclaration& space)
{
    return {space.position, "/" + pointerToken(space.name)};
}

Result<void> checkSpace(const NamespaceDeclaration& space)
{
    if (space.name.empty())
        return {};
    if (isTypePath(space.name))
        return {};
    const bool isReserved = isTypeReference(space.name);
    return refuse(
        placeOf(space),
        isReserved ? "cedar.schema.reserved" : "cedar.schema.name",
        "the namespace " + cedar::quoted(space.name)
            + (isReserved ? " is reserved; choose another name"
                          : " is no path of names; write for example Company::App"));
}

Result<void> checkName(const std::string& name, const SchemaPlace& place)
{
    if (isName(name))
        return {};
    return refuse(
        place,
        isReservedWord(name) ? "cedar.schema.reserved" : "cedar.schema.name",
        cedar::quoted(name)
            + (isReservedWord(name) ? " is a reserved word; choose another name"
                                    : " is no name: letters, digits and _, no digit first"));
}

class Collector
{
public:
    explicit Collector(SchemaNames& names)
        : m_names(names)
    {}

    Result<void> add(const NamespaceDeclaration& space)
    {
        CS_CHECK(checkSpace(space));
        if (!m_spaces.emplace(space.name, true).second)
            return refuse(
                placeOf(space),
                "cedar.schema.duplicate",
                "the namespace " + cedar::quoted(space.name)
                    + " is declared twice; put its declarations together");
        return addDeclarations(space);
    }

    /// What the empty namespace declares may not be hidden by another one.
    Result<void> checkShadowing() const
    {
        for (const auto& [path, declared] : m_names.entityTypes)
            CS_CHECK(checkShadowing(path, declared.place));
        for (const auto& [path, declared] : m_names.commonTypes)
            CS_CHECK(checkShadowing(path, declared.place));
        for (const auto& [uid, declared] : m_names.actions) {
            if (namespaceOf(uid.type()).empty())
                continue;
            const auto plain = EntityUid::create("Action", uid.id());
            if (plain.ok() && m_names.actions.contains(*plain))
                return refuse(
                    declared.place,
                    "cedar.schema.shadowing",
                    uid.text() + " hides the action " + plain->text()
                        + " of the empty namespace; rename one of them");
        }
        return {};
    }

private:
    Result<void> addDeclarations(const NamespaceDeclaration& space)
    {
        for (const EntityDeclaration& entity : space.entityTypes)
            CS_CHECK(addEntity(space, entity));
        for (const CommonTypeDeclaration& type : space.commonTypes)
            CS_CHECK(addCommonType(space, type));
        for (const ActionDeclaration& action : space.actions)
            CS_CHECK(addAction(space, action));
        return {};
    }

    Result<void> addEntity(const NamespaceDeclaration& space, const EntityDeclaration& entity)
    {
        const SchemaPlace place =
            placeOf(space).child("entityTypes").child(entity.name).at(entity.position);
        CS_CHECK(checkName(entity.name, place));
        if (entity.name == "Action")
            return refuse(
                place,
                "cedar.schema.reserved",
                "Action is the type of actions; declare each with `action`");
        if (!m_names.entityTypes
                 .emplace(
                     qualified(space, entity.name),
                     SchemaNames::Declared<EntityDeclaration>{&space, &entity, place})
                 .second)
            return twice(place, "entity type", qualified(space, entity.name));
        return {};
    }

    Result<void> addCommonType(const NamespaceDeclaration& space, const CommonTypeDeclaration& type)
    {
        const SchemaPlace place =
            placeOf(space).child("commonTypes").child(type.name).at(type.position);
        CS_CHECK(checkName(type.name, place));
        if (isReservedTypeName(type.name))
            return refuse(
                place,
                "cedar.schema.reserved",
                type.name + " is the name of a built-in type; choose another one");
        if (!m_names.commonTypes
                 .emplace(
                     qualified(space, type.name),
                     SchemaNames::Declared<CommonTypeDeclaration>{&space, &type, place})
                 .second)
            return twice(place, "type", qualified(space, type.name));
        return {};
    }

    Result<void> addAction(const NamespaceDeclaration& space, const ActionDeclaration& action)
    {
        const SchemaPlace place =
            placeOf(space).child("actions").child(action.name).at(action.position);
        CS_TRY(const auto uid, EntityUid::create(qualified(space, "Action"), action.name));
        if (!m_names.actions
                 .emplace(uid, SchemaNames::Declared<ActionDeclaration>{&space, &action, place})
                 .second)
            return twice(place, "action", uid.text());
        m_names.actionTypes.emplace(uid.type(), true);
        return {};
    }

    static Result<void>
    twice(const SchemaPlace& place, const std::string& kind, const std::string& name)
    {
        return refuse(
            place, "cedar.schema.duplicate", "the " + kind + " " + name + " is declared twice");
    }

    Result<void> checkShadowing(const std::string& path, const SchemaPlace& place) const
    {
        if (namespaceOf(path).empty())
            return {};
        const std::string_view name = baseName(path);
        if (m_names.entityTypes.find(name) == m_names.entityTypes.end()
            && m_names.commonTypes.find(name) == m_names.commonTypes.end())
            return {};
        return refuse(
            place,
            "cedar.schema.shadowing",
            path + " hides " + std::string(name) + " of the empty namespace; rename one of them");
    }

    SchemaNames& m_names;
    std::map<std::string, bool, std::less<>> m_spaces;
};

} // namespace

std::string SchemaPlace::text() const
{
    return position.line > 0 ? positionText(position) : pointer;
}

SchemaPlace SchemaPlace::child(std::string_view token) const
{
    return {position, pointer + "/" + pointerToken(token)};
}

Result<SchemaNames> SchemaNames::collect(const SchemaDocument& document)
{
    SchemaNames names;
    Collector collector(names);
    for (const NamespaceDeclaration& space : document.namespaces)
        CS_CHECK(collector.add(space));
    CS_CHECK(collector.checkShadowing());
    return names;
}

} // namespace countersign::cedar
