#include "planes/control/cedar/detail/schema_resolver.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

Failure refuse(const SchemaPlace& place, std::string rule, std::string detail)
{
    return fail(ErrorCode::InvalidInput, std::move(detail), std::move(rule), place.text());
}

Failure tooLarge(std::string what)
{
    return fail(ErrorCode::LimitExceeded, std::move(what), "cedar.schema.size");
}

/// Replaces each list of parents by all that can be reached.
Result<std::vector<std::vector<std::uint32_t>>>
closureOf(const std::vector<std::vector<std::uint32_t>>& parents)
{
    constexpr std::size_t kStepCountMax = 20 * kSchemaClosureSizeMax;
    std::vector<std::vector<std::uint32_t>> closure(parents.size());
    std::vector<std::size_t> seenFor(parents.size(), 0);
    std::size_t size = 0;
    std::size_t steps = 0;
    for (std::size_t start = 0; start < parents.size(); ++start) {
        std::vector<std::uint32_t>& reached = closure[start];
        const auto visit = [&](std::size_t from) {
            for (const std::uint32_t parent : parents[from]) {
                ++steps;
                if (seenFor[parent] == start + 1)
                    continue;
                seenFor[parent] = start + 1;
                reached.push_back(parent);
            }
        };
        visit(start);
        // Grows while it is walked.
        std::size_t next = 0;
        while (next < reached.size())
            visit(reached[next++]);
        size += reached.size();
        if (size > kSchemaClosureSizeMax || steps > kStepCountMax)
            return tooLarge("the hierarchy of the schema is too large");
        std::sort(reached.begin(), reached.end());
    }
    return closure;
}

} // namespace

Result<EntityUid> SchemaResolver::lookAction(
    const NamespaceDeclaration& space,
    const ActionReference& reference,
    const SchemaPlace& place) const
{
    const std::string type = reference.type.value_or("Action");
    std::vector<std::string> types;
    if (!space.name.empty() && type.find("::") == std::string::npos)
        types.push_back(space.name + "::" + type);
    types.push_back(type);
    for (const std::string& candidate : types) {
        const auto uid = EntityUid::create(candidate, reference.id);
        if (uid.ok() && m_names.actions.contains(*uid))
            return *uid;
    }
    return refuse(
        place,
        "cedar.schema.unknown_action",
        "no action is called " + type + "::" + cedar::quoted(reference.id)
            + "; declare it, or correct the name");
}

Result<ActionModel> SchemaResolver::resolveAction(
    const EntityUid& uid, const SchemaNames::Declared<ActionDeclaration>& declared)
{
    const ActionDeclaration& written = *declared.declaration;
    ActionModel model{uid, {}, {}, {}, {}, m_schema.m_types.emptyRecord()};
    for (const ActionReference& reference : written.memberOf) {
        const SchemaPlace place = declared.place.child("memberOf").at(reference.position);
        CS_TRY(const EntityUid parent, lookAction(*declared.space, reference, place));
        model.parents.push_back(parent);
        model.ancestors.push_back(m_schema.m_actionIndex.find(parent)->second);
    }
    std::sort(model.parents.begin(), model.parents.end());
    model.parents.erase(
        std::unique(model.parents.begin(), model.parents.end()), model.parents.end());
    if (!written.appliesTo)
        return model;
    const SchemaPlace place = declared.place.child("appliesTo");
    CS_TRY(
        model.principals,
        resolveTypeList(
            *declared.space, written.appliesTo->principals, place.child("principalTypes")));
    CS_TRY(
        model.resources,
        resolveTypeList(
            *declared.space, written.appliesTo->resources, place.child("resourceTypes")));
    CS_TRY(
        model.context,
        resolveType(*declared.space, written.appliesTo->context, place.child("context")));
    if (m_schema.m_types.kind(model.context) != TypeKind::Record)
        return refuse(
            place.at(written.appliesTo->context.position),
            "cedar.schema.record",
            "the context of " + uid.text() + " is no record; it has members by name");
    return model;
}

Result<void> SchemaResolver::resolveActions()
{
    for (const auto& [uid, declared] : m_names.actions) {
        const auto index = static_cast<std::uint32_t>(m_schema.m_actionIndex.size());
        m_schema.m_actionIndex.emplace(uid, index);
    }
    for (const auto& [uid, declared] : m_names.actions) {
        CS_TRY(ActionModel model, resolveAction(uid, declared));
        m_schema.m_actions.push_back(std::move(model));
    }
    return {};
}

Result<void> SchemaResolver::closeHierarchies()
{
    std::vector<std::vector<std::uint32_t>> parents;
    for (EntityTypeModel& type : m_schema.m_entityTypes)
        parents.push_back(std::move(type.ancestors));
    CS_TRY(auto types, closureOf(parents));
    for (std::size_t i = 0; i < types.size(); ++i)
        m_schema.m_entityTypes[i].ancestors = std::move(types[i]);

    parents.clear();
    for (ActionModel& action : m_schema.m_actions)
        parents.push_back(std::move(action.ancestors));
    CS_TRY(auto actions, closureOf(parents));
    for (std::size_t i = 0; i < actions.size(); ++i) {
        ActionModel& action = m_schema.m_actions[i];
        if (std::binary_search(actions[i].begin(), actions[i].end(), i))
            return refuse(
                m_names.actions.find(action.uid)->second.place,
                "cedar.schema.action_cycle",
                "the action " + action.uid.text() + " is in itself; break the circle");
        action.ancestors = std::move(actions[i]);
    }

    for (const ActionModel& action : m_schema.m_actions) {
        std::vector<std::string>& groups = m_schema.m_actionTypes[action.uid.type()];
        groups.push_back(action.uid.type());
        for (const std::uint32_t ancestor : action.ancestors)
            groups.push_back(m_schema.m_actions[ancestor].uid.type());
        std::sort(groups.begin(), groups.end());
        groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    }
    return {};
}

Result<void> SchemaResolver::checkEnvironmentCount() const
{
    std::size_t count = 0;
    for (const ActionModel& action : m_schema.m_actions) {
        count += action.principals.size() * action.resources.size();
        if (count > kEnvironmentCountMax)
            return tooLarge(
                "the schema allows more than " + std::to_string(kEnvironmentCountMax)
                + " combinations of action, principal type and resource type");
    }
    return {};
}

} // namespace countersign::cedar
