#include "planes/control/cedar/detail/type_checker.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace countersign::cedar {

namespace {

std::vector<ClassId> unionOf(const std::vector<ClassId>& left, const std::vector<ClassId>& right)
{
    if (left.empty() || right.empty())
        return left.empty() ? right : left;
    std::vector<ClassId> all;
    all.reserve(left.size() + right.size());
    std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all));
    return all;
}

std::vector<ClassId>
intersectionOf(const std::vector<ClassId>& left, const std::vector<ClassId>& right)
{
    std::vector<ClassId> common;
    std::set_intersection(
        left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
    return common;
}

Typed simple(TypeKind kind, bool isSound = true)
{
    return {simpleType(kind), isSound, {}};
}

} // namespace

TypeChecker::TypeChecker(
    const Schema& schema, TypeTable& types, const Policy& policy, FindingList& findings)
    : m_schema(schema)
    , m_types(types)
    , m_policy(policy)
    , m_tree(policy.expressions)
    , m_findings(findings)
    , m_classes(policy.expressions)
    , m_assumed(m_classes.size(), 0)
{}

Typed TypeChecker::conditions(const TypingEnvironment& environment)
{
    m_environment = environment;
    Typed joined = simple(TypeKind::True);
    for (const Condition& condition : m_policy.conditions) {
        assume(joined.holds);
        Typed next = typeBool(condition.body);
        forget(joined.holds);
        if (condition.isUnless) {
            next.holds.clear();
            if (next.is(TypeKind::True) || next.is(TypeKind::False))
                next.type = simpleType(next.is(TypeKind::True) ? TypeKind::False : TypeKind::True);
        }
        joined = both(joined, std::move(next));
        if (joined.is(TypeKind::False))
            break;
    }
    return joined;
}

Typed TypeChecker::both(const Typed& left, Typed right)
{
    right.isSound = right.isSound && left.isSound;
    if (!left.type || !right.type)
        return simple(TypeKind::Bool, false);
    if (right.is(TypeKind::False)) {
        right.holds.clear();
        return right;
    }
    right.holds = unionOf(left.holds, right.holds);
    if (right.is(TypeKind::True))
        right.type = left.type;
    else if (!left.is(TypeKind::True))
        right.type = simpleType(TypeKind::Bool);
    return right;
}

Typed TypeChecker::typeOf(ExprId id)
{
    if (!m_findings.countStep())
        return {std::nullopt, false, {}};
    const ExprNode& node = m_tree.node(id);
    switch (node.kind) {
    case ExprKind::Literal:
        return typeLiteral(node);
    case ExprKind::Variable:
        return typeVariable(node);
    case ExprKind::If:
        return typeIf(node);
    case ExprKind::Or:
        return typeOr(node);
    case ExprKind::And:
        return typeAnd(node);
    case ExprKind::Not:
        return typeNot(node);
    case ExprKind::Equal:
    case ExprKind::NotEqual:
        return typeEqual(node);
    case ExprKind::Less:
    case ExprKind::LessEqual:
    case ExprKind::Greater:
    case ExprKind::GreaterEqual:
        return typeComparison(node);
    case ExprKind::In:
        return typeIn(node);
    case ExprKind::Negate:
    case ExprKind::Add:
    case ExprKind::Subtract:
    case ExprKind::Multiply:
        return typeArithmetic(node);
    case ExprKind::Has:
        return typeHas(id, node);
    case ExprKind::Like:
        return typeSimpleOperand(node, TypeKind::String);
    case ExprKind::IsEmpty:
        return typeSimpleOperand(node, TypeKind::Set);
    case ExprKind::Is:
        return typeIs(node);
    case ExprKind::GetAttribute:
        return typeGetAttribute(id, node);
    case ExprKind::Contains:
        return typeContains(node);
    case ExprKind::ContainsAll:
    case ExprKind::ContainsAny:
        return typeContainsSet(node);
    case ExprKind::GetTag:
        return typeGetTag(id, node);
    case ExprKind::HasTag:
        return typeHasTag(id, node);
    case ExprKind::Set:
        return typeSet(node);
    case ExprKind::Record:
        return typeRecord(node);
    case ExprKind::Call:
        return typeCall(node);
    }
    return {std::nullopt, false, {}};
}

Typed TypeChecker::typeBool(ExprId id)
{
    Typed typed = typeOf(id);
    if (!expect(typed, id, typed.type && m_types.isBool(*typed.type), "Bool")) {
        typed.isSound = false;
        if (typed.type)
            typed.type = simpleType(TypeKind::Bool);
    }
    return typed;
}

/// The names of what is not declared are reported apart from typing, once for each policy.
Typed TypeChecker::typeLiteral(const ExprNode& node)
{
    switch (node.value.kind()) {
    case ValueKind::Bool:
        return simple(node.value.boolean() ? TypeKind::True : TypeKind::False);
    case ValueKind::Integer:
        return simple(TypeKind::Long);
    case ValueKind::String:
        return simple(TypeKind::String);
    case ValueKind::Uid: {
        const UidData& uid = node.value.view().uid();
        const bool isDeclared = isActionType(uid.type) ? m_schema.action(uid) != nullptr
                                                       : m_schema.entityType(uid.type) != nullptr;
        if (isDeclared)
            return {m_types.entity(uid.type), true, {}};
        break;
    }
    case ValueKind::Set:
    case ValueKind::Record:
    case ValueKind::Decimal:
    case ValueKind::Ip:
    case ValueKind::DateTime:
    case ValueKind::Duration:
        break;
    }
    return {std::nullopt, false, {}};
}

Typed TypeChecker::typeVariable(const ExprNode& node)
{
    switch (node.variable) {
    case Variable::Principal:
        return {m_environment.principal->type, true, {}};
    case Variable::Action:
        return {m_types.entity(m_environment.action->uid.type()), true, {}};
    case Variable::Resource:
        return {m_environment.resource->type, true, {}};
    case Variable::Context:
        return {m_environment.action->context, true, {}};
    }
    return {std::nullopt, false, {}};
}

Typed TypeChecker::typeIf(const ExprNode& node)
{
    const Typed test = typeBool(node.operands[0]);
    const auto typeThen = [&] {
        assume(test.holds);
        Typed typed = typeOf(node.operands[1]);
        forget(test.holds);
        typed.holds = unionOf(test.holds, typed.holds);
        typed.isSound = typed.isSound && test.isSound;
        return typed;
    };
    if (test.is(TypeKind::True))
        return typeThen();
    if (test.is(TypeKind::False)) {
        Typed typed = typeOf(node.operands[2]);
        typed.isSound = typed.isSound && test.isSound;
        return typed;
    }
    Typed left = typeThen();
    const Typed right = typeOf(node.operands[2]);
    left.isSound = joinOrReport(left, right, node) && left.isSound && right.isSound;
    left.type = left.type && right.type ? m_types.join(*left.type, *right.type) : std::nullopt;
    left.holds = intersectionOf(left.holds, right.holds);
    return left;
}

Typed TypeChecker::typeAnd(const ExprNode& node)
{
    Typed left = typeBool(node.operands[0]);
    if (left.is(TypeKind::False)) {
        left.holds.clear();
        return left;
    }
    assume(left.holds);
    Typed right = typeBool(node.operands[1]);
    forget(left.holds);
    return both(left, std::move(right));
}

Typed TypeChecker::typeOr(const ExprNode& node)
{
    Typed left = typeBool(node.operands[0]);
    if (left.is(TypeKind::True)) {
        left.holds.clear();
        return left;
    }
    Typed right = typeBool(node.operands[1]);
    const bool isSound = left.isSound && right.isSound;
    if (!left.type || !right.type)
        return simple(TypeKind::Bool, false);
    if (right.is(TypeKind::True))
        return simple(TypeKind::True, isSound);
    if (right.is(TypeKind::False)) {
        left.isSound = isSound;
        return left;
    }
    right.isSound = isSound;
    if (!left.is(TypeKind::False)) {
        right.type = simpleType(TypeKind::Bool);
        right.holds = intersectionOf(left.holds, right.holds);
    }
    return right;
}

Typed TypeChecker::typeNot(const ExprNode& node)
{
    Typed typed = typeBool(node.operands[0]);
    typed.holds.clear();
    if (typed.is(TypeKind::True))
        typed.type = simpleType(TypeKind::False);
    else if (typed.is(TypeKind::False))
        typed.type = simpleType(TypeKind::True);
    return typed;
}

Typed TypeChecker::typeSet(const ExprNode& node)
{
    if (node.operands.empty()) {
        report(
            "cedar.validate.empty_set",
            node,
            "a set without elements has no type",
            "use isEmpty(), or leave the comparison out");
        return {std::nullopt, false, {}};
    }
    Typed joined = typeOf(node.operands.front());
    joined.holds.clear();
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
        const Typed next = typeOf(node.operands[i]);
        joined.isSound = joinOrReport(joined, next, node) && joined.isSound && next.isSound;
        joined.type =
            joined.type && next.type ? m_types.join(*joined.type, *next.type) : std::nullopt;
    }
    if (!joined.type)
        return {std::nullopt, false, {}};
    const auto set = m_types.set(*joined.type, kLiteralTypeDepthMax);
    if (!set.ok())
        return {std::nullopt, false, {}};
    joined.type = *set;
    return joined;
}

Typed TypeChecker::typeRecord(const ExprNode& node)
{
    std::vector<AttributeType> attributes;
    bool isSound = true;
    bool isTyped = true;
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
        const Typed member = typeOf(node.operands[i]);
        isSound = isSound && member.isSound;
        isTyped = isTyped && member.type.has_value();
        attributes.push_back({node.texts[i], member.type.value_or(0), true});
    }
    if (!isTyped)
        return {std::nullopt, false, {}};
    const auto record = m_types.record(std::move(attributes), kLiteralTypeDepthMax);
    if (!record.ok())
        return {std::nullopt, false, {}};
    return {*record, isSound, {}};
}

void TypeChecker::assume(const std::vector<ClassId>& classes)
{
    for (const ClassId id : classes)
        ++m_assumed[id];
}

void TypeChecker::forget(const std::vector<ClassId>& classes)
{
    for (const ClassId id : classes)
        --m_assumed[id];
}

bool TypeChecker::expect(const Typed& typed, ExprId id, bool isExpected, std::string_view expected)
{
    // What has no type has been reported already.
    if (!isExpected && typed.type)
        report(
            "cedar.validate.type",
            m_tree.node(id),
            "expected " + std::string(expected) + " but this is " + typeText(typed.type));
    return isExpected;
}

bool TypeChecker::joinOrReport(const Typed& left, const Typed& right, const ExprNode& node)
{
    if (!left.type || !right.type)
        return false;
    if (m_types.join(*left.type, *right.type))
        return true;
    report(
        "cedar.validate.incompatible",
        node,
        "the types " + typeText(left.type) + " and " + typeText(right.type) + " are not compatible",
        "both sides have to be of one type, records with the same attributes");
    return false;
}

void TypeChecker::report(
    const char* rule, const ExprNode& node, std::string message, std::string help)
{
    m_findings.add(
        FindingSeverity::Error, rule, node.position, std::move(message), std::move(help));
}

std::string TypeChecker::typeText(const std::optional<TypeId>& type) const
{
    if (!type)
        return "unknown";
    return m_types.isBool(*type) ? "Bool" : m_types.text(*type);
}

} // namespace countersign::cedar
