#pragma once

#include "planes/control/cedar/ast.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace countersign::cedar {

/// Expressions that say the same have the same class: what an earlier `has` promises about one
/// holds for all of its class. Operators that are short for others are counted as those.
using ClassId = std::uint32_t;

class ExpressionClasses
{
public:
    explicit ExpressionClasses(const ExprTree& tree);

    /// How many classes there are; ids are smaller.
    [[nodiscard]] std::size_t size() const { return m_shapes.size(); }
    /// For GetAttribute and GetTag: the class of the `has` or hasTag that makes it safe. For
    /// HasTag: its own.
    [[nodiscard]] ClassId guard(ExprId id) const { return m_guards[id]; }
    /// For Has: the class of `object has first`, then that of `object.first has second`, …
    [[nodiscard]] std::span<const ClassId> steps(ExprId id) const;

private:
    struct Shape
    {
        ExprKind kind = ExprKind::Literal;
        std::uint32_t detail = 0; ///< The variable or the function.
        Value value;
        std::vector<std::string> texts;
        std::vector<ClassId> operands;
    };

    [[nodiscard]] ClassId intern(Shape shape);
    [[nodiscard]] ClassId pair(ExprKind kind, ClassId left, ClassId right);
    [[nodiscard]] ClassId negated(ClassId operand);
    [[nodiscard]] ClassId named(ExprKind kind, ClassId object, const std::string& name);
    [[nodiscard]] ClassId classify(ExprId id, const ExprNode& node);
    [[nodiscard]] ClassId classifyHas(ExprId id, const ExprNode& node);
    [[nodiscard]] ClassId classifyRecord(const ExprNode& node);

    std::vector<Shape> m_shapes;
    std::unordered_multimap<std::uint64_t, ClassId> m_byHash;
    std::vector<ClassId> m_classes; ///< By ExprId.
    std::vector<ClassId> m_guards;  ///< By ExprId.
    std::vector<std::vector<ClassId>> m_steps;
    std::vector<std::uint32_t> m_stepsOf; ///< By ExprId: index into m_steps.
};

} // namespace countersign::cedar
