#pragma once

#include "planes/control/cedar/ast.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace countersign::cedar::detail {

/// One step of a compiled expression. `extra` is the index of a constant, name, type or pattern, or
/// the variable or function itself.
struct Step
{
    /// The kinds of the syntax tree, with these differences: `&&` and `||` take any number of
    /// operands, `has` any number of names, and what needs no evaluation is a Literal.
    ExprKind kind = ExprKind::Literal;
    std::uint32_t extra = 0;
    std::uint32_t first = 0; ///< Of its operands.
    std::uint32_t count = 0; ///< Of its operands.
    ExprId source = 0;
};

using StepId = std::uint32_t;

/// A type path with its hash.
struct TypeName
{
    std::string path;
    std::uint64_t hash = 0;
};

struct CompiledCondition
{
    bool isUnless = false;
    StepId body = 0;
};

/// The conditions of one policy, ready to be evaluated. Immutable.
struct Program
{
    std::vector<Step> steps;
    std::vector<StepId> operands;
    std::vector<Value> constants;
    std::vector<std::vector<Name>>
        names; ///< One attribute, those of `has`, or the keys of a record.
    std::vector<TypeName> types;
    std::vector<std::vector<std::string>> patterns; ///< Literal runs.
    std::vector<CompiledCondition> conditions;

    [[nodiscard]] std::span<const StepId> operandsOf(const Step& step) const
    {
        return std::span(operands).subspan(step.first, step.count);
    }
};

/// All conditions of a policy.
[[nodiscard]] Program compile(const Policy& policy);
/// One expression as the only condition.
[[nodiscard]] Program compile(const ExprTree& tree, ExprId root);

} // namespace countersign::cedar::detail
