#include "planes/control/cedar/ast.h"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::cedar {

namespace {

/// Everything of two nodes but their texts and operands.
bool isSameNode(const ExprNode& left, const ExprNode& right)
{
    return left.kind == right.kind && left.height == right.height && left.variable == right.variable
           && left.function == right.function && left.value == right.value
           && left.operands.size() == right.operands.size();
}

/// The operands of a node in an order that is the same for equal nodes: those of a record by key.
std::vector<std::pair<std::string_view, ExprId>> orderedOperands(const ExprNode& node)
{
    std::vector<std::pair<std::string_view, ExprId>> operands;
    operands.reserve(node.operands.size());
    const bool isRecord = node.kind == ExprKind::Record;
    for (std::size_t i = 0; i < node.operands.size(); ++i)
        operands.emplace_back(
            isRecord ? std::string_view(node.texts[i]) : std::string_view(), node.operands[i]);
    if (isRecord)
        std::sort(operands.begin(), operands.end());
    return operands;
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
    if (!isSameNode(leftNode, rightNode)
        || (leftNode.kind != ExprKind::Record && leftNode.texts != rightNode.texts))
        return false;
    const auto leftOperands = orderedOperands(leftNode);
    const auto rightOperands = orderedOperands(rightNode);
    for (std::size_t i = 0; i < leftOperands.size(); ++i) {
        if (leftOperands[i].first != rightOperands[i].first
            || !isSameExpression(
                leftTree, leftOperands[i].second, rightTree, rightOperands[i].second))
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
