#include "planes/control/cedar/detail/expression_classes.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace countersign::cedar {

ExpressionClasses::ExpressionClasses(const ExprTree& tree)
    : m_classes(tree.size(), 0)
    , m_guards(tree.size(), 0)
    , m_stepsOf(tree.size(), 0)
{
    // Operands come before their operators.
    for (ExprId id = 0; id < tree.size(); ++id)
        m_classes[id] = classify(id, tree.node(id));
}

std::span<const ClassId> ExpressionClasses::steps(ExprId id) const
{
    return m_steps[m_stepsOf[id]];
}

ClassId ExpressionClasses::intern(Shape shape)
{
    std::uint64_t hash = mixHash(static_cast<std::uint64_t>(shape.kind), shape.detail);
    hash = mixHash(hash, shape.value.hash());
    for (const std::string& text : shape.texts)
        hash = mixHash(hash, hashText(text));
    for (const ClassId operand : shape.operands)
        hash = mixHash(hash, operand);
    const auto [begin, end] = m_byHash.equal_range(hash);
    for (auto found = begin; found != end; ++found) {
        const Shape& known = m_shapes[found->second];
        if (known.kind == shape.kind && known.detail == shape.detail
            && known.operands == shape.operands && known.texts == shape.texts
            && known.value == shape.value)
            return found->second;
    }
    const auto id = static_cast<ClassId>(m_shapes.size());
    m_shapes.push_back(std::move(shape));
    m_byHash.emplace(hash, id);
    return id;
}

ClassId ExpressionClasses::pair(ExprKind kind, ClassId left, ClassId right)
{
    return intern({kind, 0, Value(), {}, {left, right}});
}

ClassId ExpressionClasses::negated(ClassId operand)
{
    return intern({ExprKind::Not, 0, Value(), {}, {operand}});
}

ClassId ExpressionClasses::named(ExprKind kind, ClassId object, const std::string& name)
{
    return intern({kind, 0, Value(), {name}, {object}});
}

/// `e has a.b.c` is `e has a && e.a has b && e.a.b has c`.
ClassId ExpressionClasses::classifyHas(ExprId id, const ExprNode& node)
{
    std::vector<ClassId> steps;
    ClassId object = m_classes[node.operands.front()];
    ClassId whole = 0;
    for (const std::string& name : node.texts) {
        const ClassId step = named(ExprKind::Has, object, name);
        whole = steps.empty() ? step : pair(ExprKind::And, whole, step);
        steps.push_back(step);
        object = named(ExprKind::GetAttribute, object, name);
    }
    m_stepsOf[id] = static_cast<std::uint32_t>(m_steps.size());
    m_steps.push_back(std::move(steps));
    return whole;
}

ClassId ExpressionClasses::classifyRecord(const ExprNode& node)
{
    std::vector<std::size_t> order(node.texts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&node](std::size_t left, std::size_t right) {
        return node.texts[left] < node.texts[right];
    });
    Shape shape;
    shape.kind = ExprKind::Record;
    for (const std::size_t index : order) {
        shape.texts.push_back(node.texts[index]);
        shape.operands.push_back(m_classes[node.operands[index]]);
    }
    return intern(std::move(shape));
}

ClassId ExpressionClasses::classify(ExprId id, const ExprNode& node)
{
    const auto operand = [&](std::size_t index) {
        return m_classes[node.operands[index]];
    };
    switch (node.kind) {
    case ExprKind::Has:
        return classifyHas(id, node);
    case ExprKind::Record:
        return classifyRecord(node);
    case ExprKind::GetAttribute:
        m_guards[id] = named(ExprKind::Has, operand(0), node.texts.front());
        return named(ExprKind::GetAttribute, operand(0), node.texts.front());
    case ExprKind::GetTag:
        m_guards[id] = pair(ExprKind::HasTag, operand(0), operand(1));
        return pair(ExprKind::GetTag, operand(0), operand(1));
    case ExprKind::HasTag:
        m_guards[id] = pair(ExprKind::HasTag, operand(0), operand(1));
        return m_guards[id];
    case ExprKind::NotEqual:
        return negated(pair(ExprKind::Equal, operand(0), operand(1)));
    case ExprKind::Greater:
        return negated(pair(ExprKind::LessEqual, operand(0), operand(1)));
    case ExprKind::GreaterEqual:
        return negated(pair(ExprKind::Less, operand(0), operand(1)));
    case ExprKind::Is: {
        const ClassId is = named(ExprKind::Is, operand(0), node.texts.front());
        if (node.operands.size() == 1)
            return is;
        return pair(ExprKind::And, is, pair(ExprKind::In, operand(0), operand(1)));
    }
    case ExprKind::Literal:
    case ExprKind::Variable:
    case ExprKind::If:
    case ExprKind::Or:
    case ExprKind::And:
    case ExprKind::Not:
    case ExprKind::Negate:
    case ExprKind::Equal:
    case ExprKind::Less:
    case ExprKind::LessEqual:
    case ExprKind::In:
    case ExprKind::Add:
    case ExprKind::Subtract:
    case ExprKind::Multiply:
    case ExprKind::Like:
    case ExprKind::Contains:
    case ExprKind::ContainsAll:
    case ExprKind::ContainsAny:
    case ExprKind::IsEmpty:
    case ExprKind::Set:
    case ExprKind::Call:
        break;
    }
    Shape shape;
    shape.kind = node.kind;
    if (node.kind == ExprKind::Variable)
        shape.detail = static_cast<std::uint32_t>(node.variable);
    if (node.kind == ExprKind::Call)
        shape.detail = static_cast<std::uint32_t>(node.function);
    shape.value = node.value;
    shape.texts = node.texts;
    for (const ExprId operandId : node.operands)
        shape.operands.push_back(m_classes[operandId]);
    return intern(std::move(shape));
}

} // namespace countersign::cedar
