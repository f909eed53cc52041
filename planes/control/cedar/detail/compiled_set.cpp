#include "planes/control/cedar/detail/compiled_set.h"

#include <algorithm>

namespace countersign::cedar::detail {

namespace {

bool isIn(const UidData& uid, const StoredEntity* entity, const EntityUid& ancestor)
{
    return uid == ancestor.data() || (entity != nullptr && entity->hasAncestor(ancestor.data()));
}

/// Whether the scope names entities of which the uid has to be one or be in one.
bool namesEntities(const ScopeTest& test)
{
    return test.kind != ScopeKind::Any && test.kind != ScopeKind::Is;
}

} // namespace

bool ScopeTest::matches(const UidData& uid, const StoredEntity* entity) const
{
    switch (kind) {
    case ScopeKind::Any:
        return true;
    case ScopeKind::Equal:
        return uid == entities.front().data();
    case ScopeKind::In:
        return isIn(uid, entity, entities.front());
    case ScopeKind::InAny:
        return std::any_of(entities.begin(), entities.end(), [&](const EntityUid& ancestor) {
            return isIn(uid, entity, ancestor);
        });
    case ScopeKind::Is:
        return uid.hasType(type.path, type.hash);
    case ScopeKind::IsIn:
        return uid.hasType(type.path, type.hash) && isIn(uid, entity, entities.front());
    }
    return false;
}

bool CompiledPolicy::matches(const Request& request, const Evaluator& evaluator) const
{
    return principal.matches(request.principal.data(), evaluator.principal())
           && action.matches(request.action.data(), evaluator.action())
           && resource.matches(request.resource.data(), evaluator.resource());
}

void ScopeIndex::add(const CompiledPolicy& policy, PolicyIndex index)
{
    ByUid* place = nullptr;
    const ScopeTest* test = nullptr;
    if (namesEntities(policy.principal)) {
        place = &m_byPrincipal;
        test = &policy.principal;
    } else if (namesEntities(policy.resource)) {
        place = &m_byResource;
        test = &policy.resource;
    } else if (namesEntities(policy.action)) {
        place = &m_byAction;
        test = &policy.action;
    } else {
        m_always.push_back(index);
        return;
    }
    for (const EntityUid& uid : test->entities) {
        Policies& policies = (*place)[uid];
        if (policies.empty() || policies.back() != index)
            policies.push_back(index);
    }
}

} // namespace countersign::cedar::detail
