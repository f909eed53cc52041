#include "planes/control/cedar/detail/program.h"

#include <algorithm>

namespace countersign::cedar::detail {

namespace {

/// Recursion is bounded by kExpressionHeightMax.
class Compiler
{
public:
    Compiler(const ExprTree& tree, Program& program)
        : m_tree(tree)
        , m_program(program)
    {}

    StepId compile(ExprId id)
    {
        const ExprNode& node = m_tree.node(id);
        Step step;
        step.kind = node.kind;
        step.source = id;
        std::vector<StepId> operands;
        if (node.kind == ExprKind::And || node.kind == ExprKind::Or) {
            appendChain(node.kind, id, operands);
        } else {
            for (const ExprId operand : node.operands)
                operands.push_back(compile(operand));
        }
        if (fold(node, operands, step))
            operands.clear();
        else
            step.extra = payloadOf(node);
        step.first = static_cast<std::uint32_t>(m_program.operands.size());
        step.count = static_cast<std::uint32_t>(operands.size());
        m_program.operands.insert(m_program.operands.end(), operands.begin(), operands.end());
        m_program.steps.push_back(step);
        return static_cast<StepId>(m_program.steps.size() - 1);
    }

private:
    /// `(a && b) && c` and `a && (b && c)` evaluate the same operands in the same order and stop at
    /// the same one.
    void appendChain(ExprKind kind, ExprId id, std::vector<StepId>& operands)
    {
        const ExprNode& node = m_tree.node(id);
        for (const ExprId operand : node.operands) {
            if (m_tree.node(operand).kind == kind)
                appendChain(kind, operand, operands);
            else
                operands.push_back(compile(operand));
        }
    }

    [[nodiscard]] const Value* constantOf(StepId id) const
    {
        const Step& step = m_program.steps[id];
        return step.kind == ExprKind::Literal ? &m_program.constants[step.extra] : nullptr;
    }

    /// Replaces sets, records and calls of constants by their value. A call that errs stays, so
    /// that it errs when it is reached.
    bool fold(const ExprNode& node, const std::vector<StepId>& operands, Step& step)
    {
        if (node.kind != ExprKind::Set && node.kind != ExprKind::Record
            && node.kind != ExprKind::Call)
            return false;
        std::vector<Value> values;
        for (const StepId operand : operands) {
            const Value* const constant = constantOf(operand);
            if (constant == nullptr)
                return false;
            values.push_back(*constant);
        }
        Value folded;
        if (node.kind == ExprKind::Set) {
            folded = Value::set(std::move(values));
        } else if (node.kind == ExprKind::Record) {
            folded = recordOf(node, values);
        } else {
            const std::vector<ValueView> arguments(values.begin(), values.end());
            if (callExtension(node.function, arguments, folded) != CallFailure::None)
                return false;
        }
        step.kind = ExprKind::Literal;
        step.extra = addConstant(std::move(folded));
        return true;
    }

    [[nodiscard]] static Value recordOf(const ExprNode& node, const std::vector<Value>& values)
    {
        std::vector<std::pair<std::string, Value>> entries;
        for (std::size_t i = 0; i < values.size(); ++i)
            entries.emplace_back(node.texts[i], values[i]);
        // The readers let no key come twice.
        return Value::record(Record::create(std::move(entries)).value());
    }

    std::uint32_t addConstant(Value value)
    {
        m_program.constants.push_back(std::move(value));
        return static_cast<std::uint32_t>(m_program.constants.size() - 1);
    }

    std::uint32_t payloadOf(const ExprNode& node)
    {
        switch (node.kind) {
        case ExprKind::Literal:
            return addConstant(node.value);
        case ExprKind::Variable:
            return static_cast<std::uint32_t>(node.variable);
        case ExprKind::Call:
            return static_cast<std::uint32_t>(node.function);
        case ExprKind::Has:
        case ExprKind::GetAttribute:
        case ExprKind::Record: {
            std::vector<Name> names;
            names.reserve(node.texts.size());
            for (const std::string& text : node.texts)
                names.emplace_back(text);
            m_program.names.push_back(std::move(names));
            return static_cast<std::uint32_t>(m_program.names.size() - 1);
        }
        case ExprKind::Is:
            m_program.types.push_back({node.texts.front(), hashText(node.texts.front())});
            return static_cast<std::uint32_t>(m_program.types.size() - 1);
        case ExprKind::Like:
            m_program.patterns.push_back(node.texts);
            return static_cast<std::uint32_t>(m_program.patterns.size() - 1);
        default:
            return 0;
        }
    }

    const ExprTree& m_tree;
    Program& m_program;
};

} // namespace

Program compile(const Policy& policy)
{
    Program program;
    Compiler compiler(policy.expressions, program);
    for (const Condition& condition : policy.conditions)
        program.conditions.push_back({condition.isUnless, compiler.compile(condition.body)});
    return program;
}

Program compile(const ExprTree& tree, ExprId root)
{
    Program program;
    Compiler compiler(tree, program);
    program.conditions.push_back({false, compiler.compile(root)});
    return program;
}

} // namespace countersign::cedar::detail
