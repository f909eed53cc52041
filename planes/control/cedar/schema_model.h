#pragma once

#include "models/result.h"
#include "planes/control/cedar/entity_store.h"
#include "planes/control/cedar/schema_document.h"
#include "planes/control/cedar/schema_type.h"
#include "planes/control/cedar/uid.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// A schema with all names looked up: what entities, requests and policies are checked against.
namespace countersign::cedar {

/// The most pairs (entity type or action, ancestor of it) that a schema may have.
inline constexpr std::size_t kSchemaClosureSizeMax = 1'000'000;
/// The most combinations of action, principal type and resource type that a schema may allow.
inline constexpr std::size_t kEnvironmentCountMax = 100'000;

struct EntityTypeModel
{
    std::string path;
    TypeId type = 0;       ///< The entity type itself.
    TypeId attributes = 0; ///< A record.
    std::optional<TypeId> tags;
    std::vector<std::string> choices;     ///< Sorted; empty unless the type is enumerated.
    std::vector<std::uint32_t> ancestors; ///< Indexes of all types it may be in, sorted.

    [[nodiscard]] bool isEnumerated() const { return !choices.empty(); }
    [[nodiscard]] bool hasChoice(std::string_view id) const;
    [[nodiscard]] bool hasAncestor(std::uint32_t index) const;
};

struct ActionModel
{
    EntityUid uid;
    std::vector<EntityUid> parents;        ///< As declared, sorted.
    std::vector<std::uint32_t> ancestors;  ///< Indexes of all groups it is in, sorted.
    std::vector<std::uint32_t> principals; ///< Indexes of entity types, sorted.
    std::vector<std::uint32_t> resources;  ///< Indexes of entity types, sorted.
    TypeId context = 0;                    ///< A record.
};

/// A resolved schema. Immutable; safe to read from several threads.
class Schema
{
public:
    /// Looks up every name. Errors: InvalidInput (rule `cedar.schema.name`, `.reserved`,
    /// `.duplicate`,
    /// `.shadowing`, `.unknown_type`, `.unknown_action`, `.type_cycle`, `.action_cycle`, `.record`,
    /// `.applies_to`, `.enumerated`), LimitExceeded (rule `cedar.type_depth`, `cedar.schema.size`).
    /// The pointer is `line N column M` after text, a JSON pointer after JSON.
    [[nodiscard]] static Result<Schema> resolve(const SchemaDocument& document);

    /// By path, sorted.
    [[nodiscard]] std::span<const EntityTypeModel> entityTypes() const { return m_entityTypes; }
    /// By uid, sorted.
    [[nodiscard]] std::span<const ActionModel> actions() const { return m_actions; }
    [[nodiscard]] const TypeTable& types() const { return m_types; }

    /// The declared entity type, or nullptr; also for the types of actions.
    [[nodiscard]] const EntityTypeModel* entityType(std::string_view path) const;
    /// The place of one of actions(), or of entityTypes(), among them.
    [[nodiscard]] std::uint32_t indexOf(const ActionModel& action) const
    {
        return static_cast<std::uint32_t>(&action - m_actions.data());
    }
    [[nodiscard]] std::uint32_t indexOf(const EntityTypeModel& type) const
    {
        return static_cast<std::uint32_t>(&type - m_entityTypes.data());
    }
    /// The declared action or action group, or nullptr.
    [[nodiscard]] const ActionModel* action(const UidData& uid) const;
    /// `Action`, maybe in a namespace, of at least one declared action.
    [[nodiscard]] bool hasActionsOfType(std::string_view path) const;
    /// Whether an entity of the first type may be `in` one of the second.
    [[nodiscard]] bool mayBeIn(std::string_view type, std::string_view ancestor) const;
    /// Whether `action in group` holds, by the declarations.
    [[nodiscard]] bool isActionIn(const ActionModel& action, const UidData& group) const;
    /// The uid may occur: a declared action, one of the ids of an enumerated type, or any id of
    /// another declared type. Errors: Refused (rule `cedar.schema.unknown_type`,
    /// `cedar.schema.unknown_action`, `cedar.schema.enumerated`).
    [[nodiscard]] Result<void> checkUid(const UidData& uid) const;
    /// Every declared action with its groups, as entities.
    [[nodiscard]] std::vector<Entity> actionEntities() const;

private:
    friend class SchemaResolver;
    Schema() = default;

    TypeTable m_types;
    std::vector<EntityTypeModel> m_entityTypes;
    std::vector<ActionModel> m_actions;
    std::map<std::string, std::uint32_t, std::less<>> m_entityTypeIndex;
    std::unordered_map<EntityUid, std::uint32_t, UidHash, UidEqual> m_actionIndex;
    /// For each type of actions, the types of the groups they are in, itself included.
    std::map<std::string, std::vector<std::string>, std::less<>> m_actionTypes;
};

} // namespace countersign::cedar
