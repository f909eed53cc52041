#include "planes/control/cedar/detail/evaluator.h"

#include <array>

namespace countersign::cedar::detail {

namespace {

std::string needs(ValueKind wanted, ValueKind found)
{
    return "a value of type " + std::string(kindName(wanted)) + " is needed, not "
           + std::string(kindName(found));
}

} // namespace

Evaluator::Evaluator(const Request& request, const EntityStore& store)
    : m_request(request)
    , m_store(store)
    , m_principal(store.find(request.principal))
    , m_action(store.find(request.action))
    , m_resource(store.find(request.resource))
{}

bool Evaluator::evaluate(const Program& program, StepId id, ValueView& result)
{
    const Step& step = program.steps[id];
    switch (step.kind) {
    case ExprKind::Literal:
        result = program.constants[step.extra];
        return true;
    case ExprKind::Variable:
        return variable(static_cast<Variable>(step.extra), result);
    case ExprKind::If:
        return conditional(program, step, result);
    case ExprKind::Or:
    case ExprKind::And:
        return logical(program, step, result);
    case ExprKind::Not:
    case ExprKind::Negate:
        return negation(program, step, result);
    case ExprKind::Equal:
    case ExprKind::NotEqual:
    case ExprKind::Less:
    case ExprKind::LessEqual:
    case ExprKind::Greater:
    case ExprKind::GreaterEqual:
        return comparison(program, step, result);
    case ExprKind::In:
        return membership(program, step, result);
    case ExprKind::Add:
    case ExprKind::Subtract:
    case ExprKind::Multiply:
        return arithmetic(program, step, result);
    case ExprKind::Has:
        return has(program, step, result);
    case ExprKind::Like:
        return like(program, step, result);
    case ExprKind::Is:
        return typeTest(program, step, result);
    case ExprKind::GetAttribute:
        return attribute(program, step, result);
    case ExprKind::Contains:
    case ExprKind::ContainsAll:
    case ExprKind::ContainsAny:
    case ExprKind::IsEmpty:
        return setMethod(program, step, result);
    case ExprKind::GetTag:
    case ExprKind::HasTag:
        return tag(program, step, result);
    case ExprKind::Set:
        return makeSet(program, step, result);
    case ExprKind::Record:
        return makeRecord(program, step, result);
    case ExprKind::Call:
        return call(program, step, result);
    }
    return false;
}

bool Evaluator::holds(const Program& program, bool& result)
{
    ValueView value = ValueView::boolean(true);
    for (const CompiledCondition& condition : program.conditions) {
        if (!evaluate(program, condition.body, value)
            || !expect(value, ValueKind::Bool, program.steps[condition.body]))
            return false;
        result = value.boolean() != condition.isUnless;
        if (!result)
            return true;
    }
    result = true;
    return true;
}

bool Evaluator::variable(Variable variable, ValueView& result) const
{
    switch (variable) {
    case Variable::Principal:
        result = ValueView::uid(m_request.principal.data());
        return true;
    case Variable::Action:
        result = ValueView::uid(m_request.action.data());
        return true;
    case Variable::Resource:
        result = ValueView::uid(m_request.resource.data());
        return true;
    case Variable::Context:
        result = ValueView::record(m_request.context.data());
        return true;
    }
    return false;
}

bool Evaluator::logical(const Program& program, const Step& step, ValueView& result)
{
    const bool decisive = step.kind == ExprKind::Or;
    for (const StepId id : program.operandsOf(step)) {
        if (!evaluate(program, id, result) || !expect(result, ValueKind::Bool, program.steps[id]))
            return false;
        if (result.boolean() == decisive)
            return true;
    }
    return true;
}

bool Evaluator::conditional(const Program& program, const Step& step, ValueView& result)
{
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::Bool, step))
        return false;
    return operand(program, step, result.boolean() ? 1 : 2, result);
}

bool Evaluator::negation(const Program& program, const Step& step, ValueView& result)
{
    if (!operand(program, step, 0, result))
        return false;
    if (step.kind == ExprKind::Not) {
        if (!expect(result, ValueKind::Bool, step))
            return false;
        result = ValueView::boolean(!result.boolean());
        return true;
    }
    if (!expect(result, ValueKind::Integer, step))
        return false;
    std::int64_t negated = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, result.integer(), &negated))
        return fail(step, "the result does not fit 64 bits");
    result = ValueView::integer(negated);
    return true;
}

bool Evaluator::comparison(const Program& program, const Step& step, ValueView& result)
{
    ValueView right = ValueView::boolean(false);
    if (!operand(program, step, 0, result) || !operand(program, step, 1, right))
        return false;
    if (step.kind == ExprKind::Equal || step.kind == ExprKind::NotEqual) {
        result = ValueView::boolean((result == right) == (step.kind == ExprKind::Equal));
        return true;
    }
    const ValueKind kind = result.kind();
    if (kind != ValueKind::Integer && kind != ValueKind::DateTime && kind != ValueKind::Duration)
        return fail(step, "values of type " + std::string(kindName(kind)) + " cannot be ordered");
    if (!expect(right, kind, step))
        return false;
    // All three kinds are ordered as the number they hold.
    const std::int64_t left = result.integer();
    switch (step.kind) {
    case ExprKind::Less:
        result = ValueView::boolean(left < right.integer());
        return true;
    case ExprKind::LessEqual:
        result = ValueView::boolean(left <= right.integer());
        return true;
    case ExprKind::Greater:
        result = ValueView::boolean(left > right.integer());
        return true;
    default:
        result = ValueView::boolean(left >= right.integer());
        return true;
    }
}

bool Evaluator::arithmetic(const Program& program, const Step& step, ValueView& result)
{
    ValueView right = ValueView::boolean(false);
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::Integer, step)
        || !operand(program, step, 1, right) || !expect(right, ValueKind::Integer, step))
        return false;
    std::int64_t value = 0;
    bool overflows = false;
    if (step.kind == ExprKind::Add)
        overflows = __builtin_add_overflow(result.integer(), right.integer(), &value);
    else if (step.kind == ExprKind::Subtract)
        overflows = __builtin_sub_overflow(result.integer(), right.integer(), &value);
    else
        overflows = __builtin_mul_overflow(result.integer(), right.integer(), &value);
    if (overflows)
        return fail(step, "the result does not fit 64 bits");
    result = ValueView::integer(value);
    return true;
}

bool Evaluator::isIn(const UidData& descendant, const UidData& ancestor) const
{
    if (descendant == ancestor)
        return true;
    const StoredEntity* const entity = find(descendant);
    return entity != nullptr && entity->hasAncestor(ancestor);
}

bool Evaluator::isIn(
    const Step& step, const UidData& descendant, const ValueView& target, ValueView& result)
{
    if (target.is(ValueKind::Uid)) {
        result = ValueView::boolean(isIn(descendant, target.uid()));
        return true;
    }
    if (!target.is(ValueKind::Set))
        return fail(
            step,
            "in needs an entity or a set of entities on its right, not "
                + std::string(kindName(target.kind())));
    // All elements are checked before any of them decides.
    for (const Value& element : target.set().elements) {
        if (!expect(element, ValueKind::Uid, step))
            return false;
    }
    bool found = false;
    for (const Value& element : target.set().elements)
        found = found || isIn(descendant, element.view().uid());
    result = ValueView::boolean(found);
    return true;
}

bool Evaluator::membership(const Program& program, const Step& step, ValueView& result)
{
    ValueView target = ValueView::boolean(false);
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::Uid, step)
        || !operand(program, step, 1, target))
        return false;
    return isIn(step, result.uid(), target, result);
}

bool Evaluator::typeTest(const Program& program, const Step& step, ValueView& result)
{
    if (!operand(program, step, 0, result) || !expect(result, ValueKind::Uid, step))
        return false;
    const TypeName& type = program.types[step.extra];
    const UidData& uid = result.uid();
    const bool hasType = uid.hasType(type.path, type.hash);
    if (!hasType || step.count == 1) {
        result = ValueView::boolean(hasType);
        return true;
    }
    ValueView target = ValueView::boolean(false);
    return operand(program, step, 1, target) && isIn(step, uid, target, result);
}

bool Evaluator::expect(const ValueView& value, ValueKind kind, const Step& step)
{
    return value.is(kind) || fail(step, needs(kind, value.kind()));
}

bool Evaluator::fail(const Step& step, std::string message)
{
    m_error = {step.source, std::move(message)};
    return false;
}

/// Keeps a new value for as long as the evaluator lives.
void Evaluator::keep(Value value, ValueView& result)
{
    result = value;
    m_made.push_back(std::move(value));
}

} // namespace countersign::cedar::detail
