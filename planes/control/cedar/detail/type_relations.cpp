#include "planes/control/cedar/detail/function_types.h"
#include "planes/control/cedar/detail/type_checker.h"

#include <algorithm>
#include <utility>

// The part of the type checker for operators with a result of their own: comparisons, membership,
// attributes, tags, sets and extension functions.
namespace countersign::cedar {

namespace {

Typed simple(TypeKind kind, bool isSound = true)
{
    return {simpleType(kind), isSound, {}};
}

bool isComparable(TypeKind kind)
{
    return kind == TypeKind::Long || kind == TypeKind::DateTime || kind == TypeKind::Duration;
}

} // namespace

std::optional<EntityUid> TypeChecker::literalUid(ExprId id) const
{
    const ExprNode& node = m_tree.node(id);
    if (node.kind == ExprKind::Variable && node.variable == Variable::Action)
        return m_environment.action->uid;
    if (node.kind == ExprKind::Literal && node.value.is(ValueKind::Uid))
        return node.value.uid();
    return std::nullopt;
}

std::optional<std::vector<EntityUid>> TypeChecker::literalUids(ExprId id) const
{
    if (const auto uid = literalUid(id))
        return std::vector<EntityUid>{*uid};
    const ExprNode& node = m_tree.node(id);
    if (node.kind != ExprKind::Set)
        return std::nullopt;
    std::vector<EntityUid> uids;
    for (const ExprId element : node.operands) {
        const auto uid = literalUid(element);
        if (!uid)
            return std::nullopt;
        uids.push_back(*uid);
    }
    return uids;
}

std::optional<Value> TypeChecker::literalValue(ExprId id) const
{
    if (const auto uid = literalUid(id))
        return Value::uid(*uid);
    const ExprNode& node = m_tree.node(id);
    if (node.kind == ExprKind::Literal)
        return node.value;
    return std::nullopt;
}

const EntityTypeModel* TypeChecker::modelOf(TypeId type) const
{
    return m_schema.entityType(m_types.node(type).entityType);
}

const AttributeType* TypeChecker::attributeOf(TypeId object, const std::string& name) const
{
    const TypeNode& node = m_types.node(object);
    if (node.kind == TypeKind::Record)
        return node.find(name);
    const EntityTypeModel* const model = modelOf(object);
    // Actions have no attributes.
    return model == nullptr ? nullptr : m_types.node(model->attributes).find(name);
}

Typed TypeChecker::typeEqual(const ExprNode& node)
{
    const Typed left = typeOf(node.operands[0]);
    const Typed right = typeOf(node.operands[1]);
    Typed result = simple(TypeKind::Bool, left.isSound && right.isSound);
    const auto isEntity = [this](const Typed& typed) {
        return typed.type && m_types.kind(*typed.type) == TypeKind::Entity;
    };
    const auto leftLiteral = literalValue(node.operands[0]);
    const auto rightLiteral = literalValue(node.operands[1]);
    if (isEntity(left) && isEntity(right) && left.type != right.type)
        result.type = simpleType(TypeKind::False);
    else if (leftLiteral && rightLiteral)
        result.type = simpleType(*leftLiteral == *rightLiteral ? TypeKind::True : TypeKind::False);
    else
        result.isSound = joinOrReport(left, right, node) && result.isSound;
    if (node.kind == ExprKind::NotEqual && !result.is(TypeKind::Bool))
        result.type = simpleType(result.is(TypeKind::True) ? TypeKind::False : TypeKind::True);
    return result;
}

Typed TypeChecker::typeComparison(const ExprNode& node)
{
    constexpr std::string_view kExpected = "Long, datetime or duration";
    const Typed left = typeOf(node.operands[0]);
    const Typed right = typeOf(node.operands[1]);
    const bool isLeftFine = expect(
        left, node.operands[0], left.type && isComparable(m_types.kind(*left.type)), kExpected);
    const bool isRightFine = expect(
        right, node.operands[1], right.type && isComparable(m_types.kind(*right.type)), kExpected);
    bool isSound = left.isSound && right.isSound && isLeftFine && isRightFine;
    if (isLeftFine && isRightFine && left.type != right.type)
        isSound = expect(right, node.operands[1], false, typeText(left.type));
    return simple(TypeKind::Bool, isSound);
}

Typed TypeChecker::typeArithmetic(const ExprNode& node)
{
    bool isSound = true;
    for (const ExprId operand : node.operands) {
        const Typed typed = typeOf(operand);
        isSound =
            expect(typed, operand, typed.is(TypeKind::Long), "Long") && typed.isSound && isSound;
    }
    return simple(TypeKind::Long, isSound);
}

Typed TypeChecker::typeSimpleOperand(const ExprNode& node, TypeKind kind)
{
    const Typed typed = typeOf(node.operands[0]);
    const bool isFine = expect(
        typed,
        node.operands[0],
        typed.type && m_types.kind(*typed.type) == kind,
        kind == TypeKind::Set ? "a set" : "String");
    return simple(TypeKind::Bool, isFine && typed.isSound);
}

Typed TypeChecker::typeIn(const ExprNode& node)
{
    const Typed left = typeOf(node.operands[0]);
    return typeMembership(left, node.operands[0], node.operands[1]);
}

Typed TypeChecker::typeMembership(const Typed& left, ExprId leftId, ExprId rightId)
{
    const Typed right = typeOf(rightId);
    const bool isLeftFine = expect(
        left, leftId, left.type && m_types.kind(*left.type) == TypeKind::Entity, "an entity");
    std::optional<TypeId> group = right.type;
    if (group && m_types.kind(*group) == TypeKind::Set)
        group = m_types.node(*group).element;
    const bool isRightFine = expect(
        right,
        rightId,
        group && m_types.kind(*group) == TypeKind::Entity,
        "an entity or a set of entities");
    if (!isLeftFine || !isRightFine || !left.isSound || !right.isSound)
        return simple(TypeKind::Bool, false);

    const auto uid = literalUid(leftId);
    const ActionModel* const action = uid ? m_schema.action(uid->data()) : nullptr;
    const auto groups = action != nullptr ? literalUids(rightId) : std::nullopt;
    if (groups) {
        const bool isIn = std::any_of(groups->begin(), groups->end(), [&](const EntityUid& one) {
            return m_schema.isActionIn(*action, one.data());
        });
        return simple(isIn ? TypeKind::True : TypeKind::False);
    }
    const bool mayBe =
        m_schema.mayBeIn(m_types.node(*left.type).entityType, m_types.node(*group).entityType);
    return simple(mayBe ? TypeKind::Bool : TypeKind::False);
}

Typed TypeChecker::typeIs(const ExprNode& node)
{
    const Typed object = typeOf(node.operands[0]);
    const bool isEntity = expect(
        object,
        node.operands[0],
        object.type && m_types.kind(*object.type) == TypeKind::Entity,
        "an entity");
    if (!isEntity)
        return simple(TypeKind::Bool, false);
    const bool isSame = m_types.node(*object.type).entityType == node.texts.front();
    Typed is = simple(isSame ? TypeKind::True : TypeKind::False, object.isSound);
    if (node.operands.size() == 1 || !isSame)
        return is;
    return both(is, typeMembership(object, node.operands[0], node.operands[1]));
}

Typed TypeChecker::hasAttribute(
    TypeId object, const std::string& name, ClassId guard, const ExprNode& node)
{
    const TypeKind kind = m_types.kind(object);
    if (kind != TypeKind::Record && kind != TypeKind::Entity) {
        report(
            "cedar.validate.type",
            node,
            "only entities and records have attributes, and this is " + typeText(object));
        return simple(TypeKind::Bool, false);
    }
    const AttributeType* const attribute = attributeOf(object, name);
    if (attribute == nullptr)
        return simple(TypeKind::False);
    // An entity that is not there has no attributes, also no required ones.
    if (isAssumed(guard) || (kind == TypeKind::Record && attribute->isRequired))
        return simple(TypeKind::True);
    return {simpleType(TypeKind::Bool), true, {guard}};
}

Typed TypeChecker::typeHas(ExprId id, const ExprNode& node)
{
    const Typed object = typeOf(node.operands[0]);
    if (!object.type)
        return simple(TypeKind::Bool, false);
    const auto steps = m_classes.steps(id);
    TypeId type = *object.type;
    Typed result = hasAttribute(type, node.texts[0], steps[0], node);
    result.isSound = result.isSound && object.isSound;
    for (std::size_t i = 1; i < node.texts.size(); ++i) {
        if (result.is(TypeKind::False) || !result.isSound)
            break;
        type = attributeOf(type, node.texts[i - 1])->type;
        result = both(result, hasAttribute(type, node.texts[i], steps[i], node));
    }
    return result;
}

Typed TypeChecker::typeGetAttribute(ExprId id, const ExprNode& node)
{
    const Typed object = typeOf(node.operands[0]);
    if (!object.type)
        return {std::nullopt, false, {}};
    const std::string& name = node.texts.front();
    const TypeKind kind = m_types.kind(*object.type);
    if (kind != TypeKind::Record && kind != TypeKind::Entity) {
        report(
            "cedar.validate.type",
            node,
            "only entities and records have attributes, and this is " + typeText(object.type));
        return {std::nullopt, false, {}};
    }
    const AttributeType* const attribute = attributeOf(*object.type, name);
    if (attribute == nullptr) {
        report(
            "cedar.validate.attribute",
            node,
            typeText(object.type) + " has no attribute " + cedar::quoted(name),
            "correct the name, or test the type before with `is`");
        return {std::nullopt, false, {}};
    }
    const bool isSafe = attribute->isRequired || isAssumed(m_classes.guard(id));
    if (!isSafe)
        report(
            "cedar.validate.optional",
            node,
            "the attribute " + cedar::quoted(name) + " of " + typeText(object.type)
                + " may be missing",
            "test it before with `has`, on the left of `&&` or in the condition of `if`");
    return {attribute->type, object.isSound && isSafe, {}};
}

Typed TypeChecker::typeHasTag(ExprId id, const ExprNode& node)
{
    const Typed object = typeOf(node.operands[0]);
    const Typed tag = typeOf(node.operands[1]);
    const bool isEntity = expect(
        object,
        node.operands[0],
        object.type && m_types.kind(*object.type) == TypeKind::Entity,
        "an entity");
    const bool isText = expect(tag, node.operands[1], tag.is(TypeKind::String), "String");
    const bool isSound = isEntity && isText && object.isSound && tag.isSound;
    if (!isSound)
        return simple(TypeKind::Bool, false);
    const EntityTypeModel* const model = modelOf(*object.type);
    if (model == nullptr || !model->tags)
        return simple(TypeKind::False);
    if (isAssumed(m_classes.guard(id)))
        return simple(TypeKind::True);
    return {simpleType(TypeKind::Bool), true, {m_classes.guard(id)}};
}

Typed TypeChecker::typeGetTag(ExprId id, const ExprNode& node)
{
    const Typed object = typeOf(node.operands[0]);
    const Typed tag = typeOf(node.operands[1]);
    const bool isEntity = expect(
        object,
        node.operands[0],
        object.type && m_types.kind(*object.type) == TypeKind::Entity,
        "an entity");
    const bool isText = expect(tag, node.operands[1], tag.is(TypeKind::String), "String");
    if (!isEntity)
        return {std::nullopt, false, {}};
    const EntityTypeModel* const model = modelOf(*object.type);
    if (model == nullptr || !model->tags) {
        report("cedar.validate.tag", node, typeText(object.type) + " has no tags");
        return {std::nullopt, false, {}};
    }
    const bool isSafe = isAssumed(m_classes.guard(id));
    if (!isSafe)
        report(
            "cedar.validate.optional_tag",
            node,
            "the tag of " + typeText(object.type) + " may be missing",
            "test it before with the same words: `e.hasTag(k) && e.getTag(k) …`");
    return {model->tags, isText && object.isSound && tag.isSound && isSafe, {}};
}

Typed TypeChecker::typeContains(const ExprNode& node)
{
    const Typed set = typeOf(node.operands[0]);
    const Typed element = typeOf(node.operands[1]);
    const bool isSet = expect(
        set, node.operands[0], set.type && m_types.kind(*set.type) == TypeKind::Set, "a set");
    if (!isSet)
        return simple(TypeKind::Bool, false);
    const Typed member{m_types.node(*set.type).element, set.isSound, {}};
    const bool isJoined = joinOrReport(member, element, node);
    return simple(TypeKind::Bool, isJoined && set.isSound && element.isSound);
}

Typed TypeChecker::typeContainsSet(const ExprNode& node)
{
    bool isSound = true;
    std::vector<Typed> sets;
    for (const ExprId operand : node.operands) {
        sets.push_back(typeOf(operand));
        const Typed& set = sets.back();
        isSound =
            expect(set, operand, set.type && m_types.kind(*set.type) == TypeKind::Set, "a set")
            && set.isSound && isSound;
    }
    if (isSound)
        isSound = joinOrReport(sets[0], sets[1], node);
    return simple(TypeKind::Bool, isSound);
}

Typed TypeChecker::typeCall(const ExprNode& node)
{
    const FunctionType signature = functionType(node.function);
    Typed result = simple(signature.result);
    if (node.operands.size() != signature.arguments.size()) {
        const bool isMethod = !isConstructor(node.function);
        report(
            "cedar.validate.arguments",
            node,
            std::string(functionName(node.function)) + " takes "
                + std::to_string(signature.arguments.size() - (isMethod ? 1 : 0)) + " arguments");
        result.isSound = false;
        return result;
    }
    if (isConstructor(node.function))
        return typeConstructor(node, signature.result);
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
        const Typed argument = typeOf(node.operands[i]);
        const TypeId expected = simpleType(signature.arguments[i]);
        const bool isFine = argument.type == expected
                            || expect(argument, node.operands[i], false, m_types.text(expected));
        result.isSound = isFine && argument.isSound && result.isSound;
    }
    return result;
}

Typed TypeChecker::typeConstructor(const ExprNode& node, TypeKind result)
{
    const ExprId id = node.operands.front();
    const ExprNode& argument = m_tree.node(id);
    const Typed typed = typeOf(id);
    if (!expect(typed, id, typed.is(TypeKind::String), "String"))
        return simple(result, false);
    if (argument.kind != ExprKind::Literal) {
        report(
            "cedar.validate.constructor",
            node,
            std::string(functionName(node.function)) + " takes only a literal string here",
            "let the value come as an attribute or in the context, with its type in the schema");
        return simple(result, false);
    }
    const ValueView view = argument.value;
    const auto value = callExtension(node.function, std::span(&view, 1));
    if (!value.ok())
        report("cedar.validate.literal", node, value.error().detail);
    return simple(result, value.ok() && typed.isSound);
}

} // namespace countersign::cedar
