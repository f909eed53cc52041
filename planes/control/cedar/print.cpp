#include "planes/control/cedar/print.h"

#include "planes/control/cedar/detail/expression_form.h"

#include <array>

namespace countersign::cedar {

namespace {

using detail::BinaryForm;
using detail::binaryForm;
using detail::Level;
using detail::levelOf;

std::string_view methodName(ExprKind kind)
{
    switch (kind) {
    case ExprKind::Contains:
        return "contains";
    case ExprKind::ContainsAll:
        return "containsAll";
    case ExprKind::ContainsAny:
        return "containsAny";
    case ExprKind::IsEmpty:
        return "isEmpty";
    case ExprKind::GetTag:
        return "getTag";
    default:
        return "hasTag";
    }
}

std::string nameOrQuoted(const std::string& text)
{
    return isName(text) ? text : cedar::quoted(text);
}

/// Recursion is bounded by kExpressionHeightMax.
class Printer
{
public:
    explicit Printer(const ExprTree& tree)
        : m_tree(tree)
    {}

    void print(const ExprNode& node)
    {
        if (const BinaryForm* const form = binaryForm(node.kind))
            return printBinary(node, *form);
        switch (node.kind) {
        case ExprKind::Literal:
            m_text += valueText(node.value);
            return;
        case ExprKind::Variable:
            m_text += variableName(node.variable);
            return;
        case ExprKind::If:
            printIf(node);
            return;
        case ExprKind::Not:
        case ExprKind::Negate:
            printUnary(node);
            return;
        case ExprKind::Has:
            printHas(node);
            return;
        case ExprKind::Like:
            printOperand(node, 0, Level::Sum);
            m_text += " like " + quotedPattern(node.texts);
            return;
        case ExprKind::Is:
            printOperand(node, 0, Level::Sum);
            m_text += " is " + node.texts.front();
            if (node.operands.size() > 1) {
                m_text += " in ";
                printOperand(node, 1, Level::Sum);
            }
            return;
        case ExprKind::GetAttribute:
            printOperand(node, 0, Level::Member);
            m_text += isName(node.texts.front()) ? '.' + node.texts.front()
                                                 : '[' + cedar::quoted(node.texts.front()) + ']';
            return;
        case ExprKind::Set:
            m_text += '[';
            printList(node, 0);
            m_text += ']';
            return;
        case ExprKind::Record:
            printRecord(node);
            return;
        case ExprKind::Call:
            if (isConstructor(node.function))
                printCall(functionName(node.function), node, 0);
            else
                printMethod(functionName(node.function), node);
            return;
        default:
            printMethod(methodName(node.kind), node);
        }
    }

    [[nodiscard]] std::string takeText() { return std::move(m_text); }

private:
    void printOperand(const ExprNode& node, std::size_t index, Level least)
    {
        const ExprNode& operand = m_tree.operand(node, index);
        const bool isEnclosed = levelOf(operand) < least;
        m_text += isEnclosed ? "(" : "";
        print(operand);
        m_text += isEnclosed ? ")" : "";
    }

    void printBinary(const ExprNode& node, const BinaryForm& form)
    {
        const auto above = static_cast<Level>(static_cast<int>(form.level) + 1);
        printOperand(node, 0, form.level == Level::Relation ? above : form.level);
        m_text += form.sign;
        printOperand(node, 1, above);
    }

    /// Up to four equal signs may follow each other. The sign right before a number would become a
    /// part of it.
    void printUnary(const ExprNode& node)
    {
        const ExprNode* operand = &node;
        std::size_t count = 0;
        do {
            m_text += node.kind == ExprKind::Not ? '!' : '-';
            operand = &m_tree.operand(*operand, 0);
            ++count;
        } while (operand->kind == node.kind && count < detail::kSignCountMax);
        const bool isEnclosed = detail::needsEnclosing(node.kind, *operand, count);
        m_text += isEnclosed ? "(" : "";
        print(*operand);
        m_text += isEnclosed ? ")" : "";
    }

    void printIf(const ExprNode& node)
    {
        constexpr std::array<std::string_view, 3> kWords = {"if ", " then ", " else "};
        for (std::size_t i = 0; i < kWords.size(); ++i) {
            m_text += kWords.at(i);
            print(m_tree.operand(node, i));
        }
    }

    void printHas(const ExprNode& node)
    {
        printOperand(node, 0, Level::Sum);
        m_text += " has ";
        if (node.texts.size() == 1) {
            m_text += nameOrQuoted(node.texts.front());
            return;
        }
        for (std::size_t i = 0; i < node.texts.size(); ++i)
            m_text += (i > 0 ? "." : "") + node.texts[i];
    }

    void printList(const ExprNode& node, std::size_t first)
    {
        for (std::size_t i = first; i < node.operands.size(); ++i) {
            m_text += i > first ? ", " : "";
            print(m_tree.operand(node, i));
        }
    }

    void printRecord(const ExprNode& node)
    {
        m_text += '{';
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            m_text += i > 0 ? ", " : "";
            m_text += nameOrQuoted(node.texts[i]) + ": ";
            print(m_tree.operand(node, i));
        }
        m_text += '}';
    }

    void printCall(std::string_view name, const ExprNode& node, std::size_t first)
    {
        m_text += name;
        m_text += '(';
        printList(node, first);
        m_text += ')';
    }

    void printMethod(std::string_view name, const ExprNode& node)
    {
        printOperand(node, 0, Level::Member);
        m_text += '.';
        printCall(name, node, 1);
    }

    const ExprTree& m_tree;
    std::string m_text;
};

std::string targetText(Variable variable, const Scope& scope)
{
    return scope.hasSlot ? '?' + std::string(variableName(variable))
                         : scope.entities.front().text();
}

} // namespace

std::string expressionText(const ExprTree& tree, ExprId id)
{
    Printer printer(tree);
    printer.print(tree.node(id));
    return printer.takeText();
}

std::string scopeText(Variable variable, const Scope& scope)
{
    std::string text(variableName(variable));
    switch (scope.kind) {
    case ScopeKind::Any:
        return text;
    case ScopeKind::Equal:
        return text + " == " + targetText(variable, scope);
    case ScopeKind::In:
        return text + " in " + targetText(variable, scope);
    case ScopeKind::Is:
        return text + " is " + scope.type;
    case ScopeKind::IsIn:
        return text + " is " + scope.type + " in " + targetText(variable, scope);
    case ScopeKind::InAny:
        break;
    }
    text += " in [";
    for (std::size_t i = 0; i < scope.entities.size(); ++i)
        text += (i > 0 ? ", " : "") + scope.entities[i].text();
    return text + ']';
}

std::string policyText(const Policy& policy)
{
    std::string text;
    for (const Annotation& annotation : policy.annotations) {
        text += '@' + annotation.key;
        if (annotation.hasValue)
            text += '(' + cedar::quoted(annotation.value) + ')';
        text += '\n';
    }
    text += std::string(effectName(policy.effect)) + " ("
            + scopeText(Variable::Principal, policy.principal) + ", "
            + scopeText(Variable::Action, policy.action) + ", "
            + scopeText(Variable::Resource, policy.resource) + ')';
    for (const Condition& condition : policy.conditions)
        text += std::string(condition.isUnless ? "\nunless { " : "\nwhen { ")
                + expressionText(policy.expressions, condition.body) + " }";
    return text + ";\n";
}

std::string policiesText(const std::vector<Policy>& policies)
{
    std::string text;
    for (const Policy& policy : policies)
        text += (text.empty() ? "" : "\n") + policyText(policy);
    return text;
}

} // namespace countersign::cedar
