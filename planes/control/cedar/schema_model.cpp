#include "planes/control/cedar/schema_model.h"

#include <algorithm>

namespace countersign::cedar {

namespace {

/// As many ids as help somebody who mistyped one.
constexpr std::size_t kChoicesShown = 8;

std::string choicesText(const EntityTypeModel& type)
{
    std::string text;
    for (std::size_t i = 0; i < type.choices.size() && i < kChoicesShown; ++i)
        text += (i == 0 ? "" : ", ") + cedar::quoted(type.choices[i]);
    return type.choices.size() > kChoicesShown ? text + ", …" : text;
}

} // namespace

bool isTypeReference(std::string_view text)
{
    while (true) {
        const std::size_t length = text.find("::");
        const std::string_view part = text.substr(0, length);
        if (!isName(part) && part != "__cedar")
            return false;
        if (length == std::string_view::npos)
            return true;
        text.remove_prefix(length + 2);
    }
}

bool isReservedTypeName(std::string_view name)
{
    return name == "Bool" || name == "Boolean" || name == "Entity" || name == "EntityOrCommon"
           || name == "Extension" || name == "Long" || name == "Record" || name == "Set"
           || name == "String";
}

bool EntityTypeModel::hasChoice(std::string_view id) const
{
    return std::binary_search(choices.begin(), choices.end(), id);
}

bool EntityTypeModel::hasAncestor(std::uint32_t index) const
{
    return std::binary_search(ancestors.begin(), ancestors.end(), index);
}

const EntityTypeModel* Schema::entityType(std::string_view path) const
{
    const auto found = m_entityTypeIndex.find(path);
    return found == m_entityTypeIndex.end() ? nullptr : &m_entityTypes[found->second];
}

const ActionModel* Schema::action(const UidData& uid) const
{
    const auto found = m_actionIndex.find(uid);
    return found == m_actionIndex.end() ? nullptr : &m_actions[found->second];
}

bool Schema::hasActionsOfType(std::string_view path) const
{
    return m_actionTypes.find(path) != m_actionTypes.end();
}

bool Schema::mayBeIn(std::string_view type, std::string_view ancestor) const
{
    if (type == ancestor)
        return true;
    if (const auto actions = m_actionTypes.find(type); actions != m_actionTypes.end())
        return std::binary_search(actions->second.begin(), actions->second.end(), ancestor);
    const auto lower = m_entityTypeIndex.find(type);
    const auto upper = m_entityTypeIndex.find(ancestor);
    if (lower == m_entityTypeIndex.end() || upper == m_entityTypeIndex.end())
        return false;
    return m_entityTypes[lower->second].hasAncestor(upper->second);
}

bool Schema::isActionIn(const ActionModel& action, const UidData& group) const
{
    if (action.uid.data() == group)
        return true;
    const auto found = m_actionIndex.find(group);
    return found != m_actionIndex.end()
           && std::binary_search(action.ancestors.begin(), action.ancestors.end(), found->second);
}

Result<void> Schema::checkUid(const UidData& uid) const
{
    if (isActionType(uid.type)) {
        if (m_actionIndex.contains(uid))
            return {};
        return fail(
            ErrorCode::Refused,
            "the schema declares no action " + uidText(uid),
            "cedar.schema.unknown_action");
    }
    const EntityTypeModel* const type = entityType(uid.type);
    if (type == nullptr)
        return fail(
            ErrorCode::Refused,
            "the schema declares no entity type " + uid.type,
            "cedar.schema.unknown_type");
    if (type->isEnumerated() && !type->hasChoice(uid.id))
        return fail(
            ErrorCode::Refused,
            uidText(uid) + " is none of the ids that the schema lists: " + choicesText(*type),
            "cedar.schema.enumerated");
    return {};
}

std::vector<Entity> Schema::actionEntities() const
{
    std::vector<Entity> entities;
    entities.reserve(m_actions.size());
    for (const ActionModel& action : m_actions)
        entities.push_back({action.uid, Record(), Record(), action.parents});
    return entities;
}

} // namespace countersign::cedar
