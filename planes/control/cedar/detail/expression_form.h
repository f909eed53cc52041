#pragma once

#include "planes/control/cedar/ast.h"

#include <array>
#include <cstddef>
#include <string_view>

/// What the grammar says about the form of expressions; for parser, printer and JSON reader alike.
namespace countersign::cedar::detail {

/// How many `!` or `-` may follow each other.
inline constexpr std::size_t kSignCountMax = 4;

/// How tightly an expression holds together; what holds less than its place needs gets parentheses.
enum class Level {
    If,
    Or,
    And,
    Relation,
    Sum,
    Product,
    Unary,
    Member,
};

struct BinaryForm
{
    ExprKind kind;
    Level level;
    std::string_view sign; ///< With its blanks.
};

/// The form of an operator between two operands, or nullptr.
[[nodiscard]] const BinaryForm* binaryForm(ExprKind kind);

/// Operators of equal level are joined from the left, but for relations, which are not joined.
[[nodiscard]] Level levelOf(const ExprNode& node);

/// Whether the operand needs parentheses behind `count` signs of the kind.
[[nodiscard]] bool needsEnclosing(ExprKind sign, const ExprNode& operand, std::size_t count);

/// How deep the text of an expression is nested, in the sense of kNestingDepthMax.
[[nodiscard]] std::size_t textNesting(const ExprTree& tree, ExprId root);

} // namespace countersign::cedar::detail
