#include "planes/control/cedar/entity_store.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

/// Sorts the parents and checks those of an action.
Result<void> normalize(Entity& entity)
{
    std::sort(entity.parents.begin(), entity.parents.end());
    entity.parents.erase(
        std::unique(entity.parents.begin(), entity.parents.end()), entity.parents.end());
    if (!isActionType(entity.uid.type()))
        return {};
    for (const EntityUid& parent : entity.parents) {
        if (!isActionType(parent.type()))
            return fail(
                ErrorCode::InvalidInput,
                "the action " + entity.uid.text() + " has the parent " + parent.text()
                    + ", which is no action",
                "cedar.action_parent");
    }
    return {};
}

} // namespace

bool isActionType(std::string_view type)
{
    return baseName(type) == "Action";
}

bool StoredEntity::hasAncestor(const UidData& uid) const
{
    auto found = std::lower_bound(m_ancestorHashes.begin(), m_ancestorHashes.end(), uid.hash);
    for (; found != m_ancestorHashes.end() && *found == uid.hash; ++found) {
        if (m_ancestors[static_cast<std::size_t>(found - m_ancestorHashes.begin())].data() == uid)
            return true;
    }
    return false;
}

Result<void> EntityStore::add(std::vector<Entity> entities)
{
    // On a copy, which shares all entities, and takes the place of this when all went well.
    EntityStore next = *this;
    std::vector<EntityUid> changed;
    for (Entity& entity : entities) {
        CS_CHECK(normalize(entity));
        if (const StoredEntity* const known = next.find(entity.uid)) {
            if (known->entity() == entity)
                continue;
            return fail(
                ErrorCode::Conflict,
                "the entity " + entity.uid.text() + " is there twice and differs",
                "cedar.duplicate_entity");
        }
        changed.push_back(next.insert(std::move(entity)));
    }
    CS_CHECK(next.closeOver(changed));
    *this = std::move(next);
    return {};
}

Result<void> EntityStore::put(Entity entity)
{
    CS_CHECK(normalize(entity));
    const auto known = m_entities.find(entity.uid);
    const Stored before = known == m_entities.end() ? nullptr : known->second;
    if (before) {
        if (before->entity() == entity)
            return {};
        take(before->uid());
    }
    const EntityUid uid = insert(std::move(entity));
    const Result<void> closed = closeOver({uid});
    if (closed.ok())
        return {};
    take(uid);
    if (before) {
        link(*before);
        m_entities.emplace(before->uid(), before);
    }
    const Result<void> restored = closeOver({uid});
    CS_ASSERT(restored.ok());
    return closed;
}

bool EntityStore::remove(const EntityUid& uid)
{
    if (find(uid) == nullptr)
        return false;
    // The argument may lie in what goes away.
    const EntityUid removed = uid; // NOLINT(performance-unnecessary-copy-initialization)
    take(removed);
    // Fewer edges make neither a cycle nor more ancestors.
    const Result<void> closed = closeOver({removed});
    CS_ASSERT(closed.ok());
    return true;
}

const StoredEntity* EntityStore::find(const UidData& uid) const
{
    const auto found = m_entities.find(uid);
    return found == m_entities.end() ? nullptr : found->second.get();
}

bool EntityStore::isIn(const UidData& descendant, const UidData& ancestor) const
{
    if (descendant == ancestor)
        return true;
    const StoredEntity* const entity = find(descendant);
    return entity != nullptr && entity->hasAncestor(ancestor);
}

std::vector<const StoredEntity*> EntityStore::sorted() const
{
    std::vector<const StoredEntity*> entities;
    entities.reserve(m_entities.size());
    for (const auto& [uid, entity] : m_entities)
        entities.push_back(entity.get());
    std::sort(entities.begin(), entities.end(), [](const auto* left, const auto* right) {
        return left->uid() < right->uid();
    });
    return entities;
}

/// The one shared uid, where the store knows it already.
EntityUid EntityStore::interned(const EntityUid& uid)
{
    if (const auto found = m_entities.find(uid); found != m_entities.end())
        return found->first;
    if (const auto found = m_children.find(uid); found != m_children.end())
        return found->first;
    return uid;
}

/// Without its ancestors, which closeOver() computes.
EntityUid EntityStore::insert(Entity entity)
{
    entity.uid = interned(entity.uid);
    for (EntityUid& parent : entity.parents)
        parent = interned(parent);
    const Stored stored(new StoredEntity(std::move(entity)));
    link(*stored);
    m_entities.emplace(stored->uid(), stored);
    return stored->uid();
}

void EntityStore::take(const EntityUid& uid)
{
    const auto found = m_entities.find(uid);
    CS_ASSERT(found != m_entities.end());
    unlink(*found->second);
    m_entities.erase(found);
}

void EntityStore::link(const StoredEntity& entity)
{
    for (const EntityUid& parent : entity.parents())
        m_children[parent].push_back(entity.uid());
}

void EntityStore::unlink(const StoredEntity& entity)
{
    for (const EntityUid& parent : entity.parents()) {
        const auto found = m_children.find(parent);
        CS_ASSERT(found != m_children.end());
        std::erase(found->second, entity.uid());
        if (found->second.empty())
            m_children.erase(found);
    }
}

std::span<const EntityUid> EntityStore::childrenOf(const EntityUid& uid) const
{
    const auto found = m_children.find(uid);
    return found == m_children.end() ? std::span<const EntityUid>() : found->second;
}

/// Counts, for what changed and for everything below it, the parents that are among these.
EntityStore::OpenParents EntityStore::openParents(const std::vector<EntityUid>& changed) const
{
    OpenParents open;
    std::vector<EntityUid> reached = changed;
    for (const EntityUid& uid : changed)
        open.emplace(uid, 0);
    for (std::size_t i = 0; i < reached.size(); ++i) {
        for (const EntityUid& child : childrenOf(reached[i])) {
            const auto [place, isNew] = open.emplace(child, 0);
            ++place->second;
            if (isNew)
                reached.push_back(child);
        }
    }
    return open;
}

/// Computes the ancestors of what changed and of everything below it, parents before children
/// (Kahn's algorithm; what is left over is a cycle).
Result<void> EntityStore::closeOver(const std::vector<EntityUid>& changed)
{
    OpenParents open = openParents(changed);
    std::vector<EntityUid> ready;
    for (const auto& [uid, count] : open) {
        if (count == 0)
            ready.push_back(uid);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
        CS_CHECK(closeEntity(ready[i]));
        for (const EntityUid& child : childrenOf(ready[i])) {
            if (--open.find(child)->second == 0)
                ready.push_back(child);
        }
    }
    if (ready.size() == open.size())
        return {};
    // The smallest, so that the message is the same each time.
    std::vector<EntityUid> left;
    for (const auto& [uid, count] : open) {
        if (count > 0)
            left.push_back(uid);
    }
    return fail(
        ErrorCode::InvalidInput,
        "the entity " + std::min_element(left.begin(), left.end())->text()
            + " is among its own ancestors, or below such a one",
        "cedar.entity_cycle");
}

/// Takes the ancestors together from the parents, which have theirs already.
Result<void> EntityStore::closeEntity(const EntityUid& uid)
{
    const auto found = m_entities.find(uid);
    if (found == m_entities.end())
        return {};
    const auto byHash = [](const EntityUid& left, const EntityUid& right) {
        return std::pair(left.hash(), left) < std::pair(right.hash(), right);
    };
    std::vector<EntityUid> ancestors;
    for (const EntityUid& parent : found->second->parents()) {
        ancestors.push_back(parent);
        if (const StoredEntity* const above = find(parent))
            ancestors.insert(ancestors.end(), above->m_ancestors.begin(), above->m_ancestors.end());
        std::sort(ancestors.begin(), ancestors.end(), byHash);
        ancestors.erase(std::unique(ancestors.begin(), ancestors.end()), ancestors.end());
        if (ancestors.size() > kAncestorCountMax)
            return fail(
                ErrorCode::LimitExceeded,
                "the entity " + uid.text() + " has more than " + std::to_string(kAncestorCountMax)
                    + " ancestors",
                "cedar.ancestors");
    }
    // A new object: the old one may belong to a snapshot as well.
    const std::shared_ptr<StoredEntity> closed(new StoredEntity(found->second->entity()));
    closed->m_ancestorHashes.reserve(ancestors.size());
    for (const EntityUid& ancestor : ancestors)
        closed->m_ancestorHashes.push_back(ancestor.hash());
    closed->m_ancestors = std::move(ancestors);
    found->second = closed;
    return {};
}

} // namespace countersign::cedar
