#include "planes/control/cedar/detail/scope_checker.h"

#include <algorithm>
#include <utility>

namespace countersign::cedar {

namespace {

Typed simple(TypeKind kind, bool isSound = true)
{
    return {simpleType(kind), isSound, {}};
}

} // namespace

ScopeChecker::ScopeChecker(
    const Schema& schema, const Policy& policy, const TemplateLink* link, FindingList& findings)
    : m_schema(schema)
    , m_policy(policy)
    , m_findings(findings)
{
    if (link == nullptr)
        return;
    m_principalSlot = link->principal;
    m_resourceSlot = link->resource;
}

Typed ScopeChecker::typeOf(const TypingEnvironment& environment)
{
    Typed typed = typeSide(m_policy.principal, m_principalSlot, *environment.principal);
    if (typed.is(TypeKind::False))
        return typed;
    typed = TypeChecker::both(typed, typeAction(*environment.action));
    if (typed.is(TypeKind::False))
        return typed;
    return TypeChecker::both(
        typed, typeSide(m_policy.resource, m_resourceSlot, *environment.resource));
}

Typed ScopeChecker::typeSide(
    const Scope& scope,
    const std::optional<EntityUid>& slotValue,
    const EntityTypeModel& type) const
{
    const bool isTyped = scope.kind == ScopeKind::Is || scope.kind == ScopeKind::IsIn;
    if (isTyped && scope.type != type.path)
        return simple(TypeKind::False);
    if (scope.kind == ScopeKind::Any || scope.kind == ScopeKind::Is)
        return simple(TypeKind::True);
    const EntityUid* uid = scope.hasSlot ? nullptr : &scope.entities.front();
    if (scope.hasSlot && slotValue)
        uid = &*slotValue;
    // An open slot: some value of the type itself always fits.
    if (uid == nullptr)
        return simple(TypeKind::Bool);
    // What is not declared is reported apart from typing, once for each policy.
    const bool isDeclared = isActionType(uid->type()) ? m_schema.action(uid->data()) != nullptr
                                                      : m_schema.entityType(uid->type()) != nullptr;
    if (!isDeclared)
        return simple(TypeKind::Bool, false);
    const bool mayBe = scope.kind == ScopeKind::Equal ? uid->type() == type.path
                                                      : m_schema.mayBeIn(type.path, uid->type());
    return simple(mayBe ? TypeKind::Bool : TypeKind::False);
}

Typed ScopeChecker::typeAction(const ActionModel& action)
{
    const Scope& scope = m_policy.action;
    if (scope.kind == ScopeKind::Any)
        return simple(TypeKind::True);
    if (scope.entities.empty()) {
        m_findings.add(
            FindingSeverity::Error,
            "cedar.validate.empty_set",
            scope.position,
            "`action in []` matches nothing",
            "name at least one action");
        return simple(TypeKind::Bool, false);
    }
    const std::string& type = scope.entities.front().type();
    for (const EntityUid& uid : scope.entities) {
        if (uid.type() == type)
            continue;
        m_findings.add(
            FindingSeverity::Error,
            "cedar.validate.incompatible",
            scope.position,
            "the types " + type + " and " + uid.type() + " are not compatible",
            "name actions of one namespace, and write a second policy for the other");
        return simple(TypeKind::Bool, false);
    }
    const bool allDeclared =
        std::all_of(scope.entities.begin(), scope.entities.end(), [this](const EntityUid& uid) {
            return m_schema.action(uid.data()) != nullptr;
        });
    if (scope.kind == ScopeKind::Equal) {
        const bool isSame = scope.entities.front() == action.uid;
        return simple(isSame ? TypeKind::True : TypeKind::False, allDeclared);
    }
    if (!allDeclared)
        return simple(TypeKind::Bool, false);
    const bool isIn =
        std::any_of(scope.entities.begin(), scope.entities.end(), [&](const EntityUid& uid) {
            return m_schema.isActionIn(action, uid.data());
        });
    return simple(isIn ? TypeKind::True : TypeKind::False);
}

} // namespace countersign::cedar
