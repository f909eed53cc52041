#pragma once

#include "models/result.h"
#include "planes/control/cedar/uid.h"
#include "planes/control/cedar/value.h"

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

/// The entities that policies are evaluated against.
namespace countersign::cedar {

/// The most ancestors that one entity may have.
inline constexpr std::size_t kAncestorCountMax = 1'000;

/// An entity as a document states it.
struct Entity
{
    EntityUid uid;
    Record attributes;
    Record tags;
    std::vector<EntityUid> parents; ///< In any order; the store sorts them and drops repeats.

    bool operator==(const Entity&) const = default;
};

/// An entity as the evaluator reads it. Immutable.
class StoredEntity
{
public:
    [[nodiscard]] const EntityUid& uid() const { return m_entity.uid; }
    [[nodiscard]] const Record& attributes() const { return m_entity.attributes; }
    [[nodiscard]] const Record& tags() const { return m_entity.tags; }
    /// Sorted, without repeats.
    [[nodiscard]] std::span<const EntityUid> parents() const { return m_entity.parents; }
    /// The transitive closure of the parents, by hash. Those that are not in the store end it.
    [[nodiscard]] std::span<const EntityUid> ancestors() const { return m_ancestors; }
    [[nodiscard]] bool hasAncestor(const UidData& uid) const;
    [[nodiscard]] const Entity& entity() const { return m_entity; }

private:
    friend class EntityStore;
    explicit StoredEntity(Entity entity)
        : m_entity(std::move(entity))
    {}

    Entity m_entity;
    std::vector<EntityUid> m_ancestors;
    std::vector<std::uint64_t> m_ancestorHashes; ///< Sorted; beside m_ancestors.
};

/// Entities with their ancestors, kept up to date as entities come and go. A value: a copy shares
/// the entities and is a snapshot. Reading is safe from several threads while nobody changes the
/// same object.
class EntityStore
{
public:
    /// Adds all or none. An entity that is there already, or comes twice, has to be equal. Errors:
    /// Conflict (rule `cedar.duplicate_entity`), InvalidInput (rule `cedar.entity_cycle`,
    /// `cedar.action_parent` for an action whose parent is none), LimitExceeded (rule
    /// `cedar.ancestors`).
    [[nodiscard]] Result<void> add(std::vector<Entity> entities);
    /// Adds the entity, or replaces the one of the same uid. Errors: as add(), but for the
    /// duplicate; the store is as before then.
    [[nodiscard]] Result<void> put(Entity entity);
    /// Takes it out; its children keep the parent, which is unknown from now on. False when it was
    /// not there.
    bool remove(const EntityUid& uid);

    /// The entity, or nullptr. Allocates nothing.
    [[nodiscard]] const StoredEntity* find(const UidData& uid) const;
    [[nodiscard]] const StoredEntity* find(const EntityUid& uid) const { return find(uid.data()); }
    /// `descendant in ancestor`: equal, or among its ancestors.
    [[nodiscard]] bool isIn(const UidData& descendant, const UidData& ancestor) const;
    [[nodiscard]] std::size_t size() const { return m_entities.size(); }
    /// All entities, sorted by uid.
    [[nodiscard]] std::vector<const StoredEntity*> sorted() const;

private:
    using Stored = std::shared_ptr<const StoredEntity>;
    using Children = std::vector<EntityUid>;
    using OpenParents = std::unordered_map<EntityUid, std::size_t, UidHash, UidEqual>;

    EntityUid insert(Entity entity);
    void take(const EntityUid& uid);
    [[nodiscard]] std::span<const EntityUid> childrenOf(const EntityUid& uid) const;
    [[nodiscard]] OpenParents openParents(const std::vector<EntityUid>& changed) const;
    [[nodiscard]] Result<void> closeOver(const std::vector<EntityUid>& changed);
    [[nodiscard]] Result<void> closeEntity(const EntityUid& uid);
    [[nodiscard]] EntityUid interned(const EntityUid& uid);
    void link(const StoredEntity& entity);
    void unlink(const StoredEntity& entity);

    std::unordered_map<EntityUid, Stored, UidHash, UidEqual> m_entities;
    std::unordered_map<EntityUid, Children, UidHash, UidEqual> m_children;
};

/// `Action`, or a type of that name in a namespace.
[[nodiscard]] bool isActionType(std::string_view type);

} // namespace countersign::cedar
