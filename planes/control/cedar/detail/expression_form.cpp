#include "planes/control/cedar/detail/expression_form.h"

#include <algorithm>
#include <vector>

namespace countersign::cedar::detail {

namespace {

constexpr std::array<BinaryForm, 12> kBinaryForms = {
    {{ExprKind::Or, Level::Or, " || "},
     {ExprKind::And, Level::And, " && "},
     {ExprKind::Equal, Level::Relation, " == "},
     {ExprKind::NotEqual, Level::Relation, " != "},
     {ExprKind::Less, Level::Relation, " < "},
     {ExprKind::LessEqual, Level::Relation, " <= "},
     {ExprKind::Greater, Level::Relation, " > "},
     {ExprKind::GreaterEqual, Level::Relation, " >= "},
     {ExprKind::In, Level::Relation, " in "},
     {ExprKind::Add, Level::Sum, " + "},
     {ExprKind::Subtract, Level::Sum, " - "},
     {ExprKind::Multiply, Level::Product, " * "}}};

bool isNumber(const ExprNode& node)
{
    return node.kind == ExprKind::Literal && node.value.is(ValueKind::Integer);
}

/// Whether the printer encloses an operand, or its place is a list of expressions of their own.
bool isNested(const ExprNode& node, std::size_t index, const ExprNode& operand)
{
    if (const BinaryForm* const form = binaryForm(node.kind)) {
        const bool isJoined = index == 0 && form->level != Level::Relation;
        return isJoined ? levelOf(operand) < form->level : levelOf(operand) <= form->level;
    }
    switch (node.kind) {
    case ExprKind::If:
    case ExprKind::Set:
    case ExprKind::Record:
        return true;
    case ExprKind::Has:
    case ExprKind::Like:
    case ExprKind::Is:
        return levelOf(operand) < Level::Sum;
    case ExprKind::Call:
        return isConstructor(node.function) || index > 0 || levelOf(operand) < Level::Member;
    default:
        return index > 0 || levelOf(operand) < Level::Member;
    }
}

} // namespace

const BinaryForm* binaryForm(ExprKind kind)
{
    const auto found =
        std::find_if(kBinaryForms.begin(), kBinaryForms.end(), [kind](const BinaryForm& form) {
            return form.kind == kind;
        });
    return found == kBinaryForms.end() ? nullptr : &*found;
}

Level levelOf(const ExprNode& node)
{
    if (const BinaryForm* const form = binaryForm(node.kind))
        return form->level;
    switch (node.kind) {
    case ExprKind::If:
        return Level::If;
    case ExprKind::Not:
    case ExprKind::Negate:
        return Level::Unary;
    case ExprKind::Has:
    case ExprKind::Like:
    case ExprKind::Is:
        return Level::Relation;
    default:
        return isNumber(node) && node.value.integer() < 0 ? Level::Unary : Level::Member;
    }
}

bool needsEnclosing(ExprKind sign, const ExprNode& operand, std::size_t count)
{
    if (isNumber(operand))
        return sign == ExprKind::Not ? operand.value.integer() < 0
                                     : operand.value.integer() >= 0 || count >= kSignCountMax;
    return levelOf(operand) < Level::Member;
}

std::size_t textNesting(const ExprTree& tree, ExprId root)
{
    struct Measure
    {
        std::size_t depth = 0;
        std::size_t signCount = 0; ///< Equal signs in a row that the node starts.
    };
    // Operands come before their operators, so one pass does it without recursion.
    std::vector<Measure> measures(root + std::size_t{1});
    for (ExprId id = 0; id <= root; ++id) {
        const ExprNode& node = tree.node(id);
        Measure& measure = measures[id];
        const bool isSign = node.kind == ExprKind::Not || node.kind == ExprKind::Negate;
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            const ExprNode& operand = tree.operand(node, i);
            const Measure& inner = measures[node.operands[i]];
            bool nested = false;
            if (isSign) {
                const bool continues = operand.kind == node.kind && inner.signCount < kSignCountMax;
                measure.signCount = continues ? inner.signCount + 1 : 1;
                nested = !continues && needsEnclosing(node.kind, operand, kSignCountMax);
            } else {
                nested = isNested(node, i, operand);
            }
            measure.depth = std::max(measure.depth, inner.depth + (nested ? 1 : 0));
        }
    }
    return measures[root].depth + 1;
}

} // namespace countersign::cedar::detail
