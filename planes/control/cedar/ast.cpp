#include "planes/control/cedar/ast.h"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::cedar {

namespace {

/// Everything of two nodes but their operands.
bool isSameNode(const ExprNode& left, const ExprNode& right)
{
    return left.kind == right.kind && left.variable == right.variable
           && left.function == right.function && left.texts == right.texts
           && left.value == right.value && left.operands.size() == right.operands.size();
}

std::vector<Annotation> sortedAnnotations(const Policy& policy)
{
    std::vector<Annotation> annotations = policy.annotations;
    std::sort(annotations.begin(), annotations.end(), [](const auto& left, const auto& right) {
        return left.key < right.key;
    });
    return annotations;
}

} // namespace

std::string_view variableName(Variable variable)
{
    constexpr std::array<std::string_view, 4> kNames = {
        "principal", "action", "resource", "context"};
    return kNames.at(static_cast<std::size_t>(variable));
}

std::string_view effectName(Effect effect)
{
    return effect == Effect::Permit ? "permit" : "forbid";
}

Result<ExprId> ExprTree::add(ExprNode node)
{
    std::uint32_t height = 0;
    for (const ExprId operand : node.operands) {
        CS_ASSERT(operand < m_nodes.size());
        height = std::max(height, m_nodes[operand].height);
    }
    node.height = height + 1;
    if (node.height > kExpressionHeightMax)
        return fail(
            ErrorCode::LimitExceeded,
            "an expression is nested more than " + std::to_string(kExpressionHeightMax) + " deep",
            "cedar.depth");
    m_nodes.push_back(std::move(node));
    return static_cast<ExprId>(m_nodes.size() - 1);
}

bool isSameExpression(
    const ExprTree& leftTree, ExprId left, const ExprTree& rightTree, ExprId right)
{
    const ExprNode& leftNode = leftTree.node(left);
    const ExprNode& rightNode = rightTree.node(right);
    if (&leftNode == &rightNode)
        return true;
    if (leftNode.height != rightNode.height || !isSameNode(leftNode, rightNode))
        return false;
    for (std::size_t i = 0; i < leftNode.operands.size(); ++i) {
        if (!isSameExpression(leftTree, leftNode.operands[i], rightTree, rightNode.operands[i]))
            return false;
    }
    return true;
}

std::optional<std::string_view> Policy::annotation(std::string_view key) const
{
    for (const Annotation& one : annotations) {
        if (one.key == key)
            return one.value;
    }
    return std::nullopt;
}

bool isSamePolicy(const Policy& left, const Policy& right)
{
    if (left.effect != right.effect || left.principal != right.principal
        || left.action != right.action || left.resource != right.resource
        || left.conditions.size() != right.conditions.size()
        || sortedAnnotations(left) != sortedAnnotations(right))
        return false;
    for (std::size_t i = 0; i < left.conditions.size(); ++i) {
        if (left.conditions[i].isUnless != right.conditions[i].isUnless
            || !isSameExpression(
                left.expressions,
                left.conditions[i].body,
                right.expressions,
                right.conditions[i].body))
            return false;
    }
    return true;
}

} // namespace countersign::cedar
