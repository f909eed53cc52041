#include "planes/control/cedar/explain.h"

#include "planes/control/cedar/detail/compiled_set.h"
#include "planes/control/cedar/print.h"

#include <algorithm>
#include <array>

namespace countersign::cedar {

namespace {

using detail::CompiledPolicy;
using detail::Evaluator;
using detail::ScopeTest;

std::string shortened(std::string text)
{
    if (text.size() <= kObservedByteCountMax)
        return text;
    std::size_t end = kObservedByteCountMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end; // not inside a character
    text.resize(end);
    return text + "…";
}

/// Explains the conditions of one policy.
class ConditionExplainer
{
public:
    ConditionExplainer(
        const Policy& policy,
        const EntityStore& entities,
        const Request& request,
        PolicyExplanation& explanation)
        : m_tree(policy.expressions)
        , m_entities(entities)
        , m_request(request)
        , m_explanation(explanation)
    {}

    void explain(const Policy& policy)
    {
        for (const Condition& condition : policy.conditions) {
            const auto value = evaluate(condition.body);
            if (!value)
                return;
            if (!value->is(ValueKind::Bool)) {
                m_explanation.message = "the condition is no bool but a value of type "
                                        + std::string(kindName(value->kind()));
                return erred(condition.body);
            }
            if (value->boolean() == condition.isUnless) {
                m_explanation.outcome = PolicyOutcome::NotSatisfied;
                m_explanation.isUnless = condition.isUnless;
                return point(decisivePart(condition.body, condition.isUnless));
            }
        }
        m_explanation.outcome = PolicyOutcome::Satisfied;
        for (const Condition& condition : policy.conditions)
            observe(condition.body);
    }

private:
    /// Nothing when it errs, which is then the explanation.
    std::optional<Value> evaluate(ExprId id)
    {
        const detail::Program program = detail::compile(m_tree, id);
        Evaluator evaluator(m_request, m_entities);
        ValueView value = ValueView::boolean(false);
        if (evaluator.evaluate(program, program.conditions.front().body, value))
            return Value::copyOf(value);
        m_explanation.message = evaluator.error().message;
        erred(evaluator.error().source);
        return std::nullopt;
    }

    void erred(ExprId id)
    {
        m_explanation.outcome = PolicyOutcome::Erred;
        point(id);
    }

    void point(ExprId id)
    {
        m_explanation.text = expressionText(m_tree, id);
        m_explanation.position = m_tree.node(id).position;
        observe(id);
    }

    /// Goes down to the operand that decides: the first that is false of `&&`, the first that is
    /// true of `||`. `!` turns the question around.
    ExprId decisivePart(ExprId id, bool value)
    {
        while (true) {
            const ExprNode& node = m_tree.node(id);
            if (node.kind == ExprKind::Not) {
                id = node.operands.front();
                value = !value;
                continue;
            }
            const ExprKind chain = value ? ExprKind::Or : ExprKind::And;
            if (node.kind != chain)
                return id;
            const auto left =
                evaluateExpression(m_tree, node.operands.front(), m_entities, m_request);
            const bool isLeft = left.ok() && left->is(ValueKind::Bool) && left->boolean() == value;
            id = node.operands[isLeft ? 0 : 1];
        }
    }

    /// Lists the variables, attributes and tags in an expression.
    void observe(ExprId id)
    {
        std::vector<ObservedValue>& values = m_explanation.values;
        if (values.size() >= kObservedCountMax)
            return;
        const ExprNode& node = m_tree.node(id);
        const bool isObserved = node.kind == ExprKind::Variable
                                || node.kind == ExprKind::GetAttribute
                                || node.kind == ExprKind::GetTag;
        if (!isObserved) {
            for (const ExprId operand : node.operands)
                observe(operand);
            return;
        }
        ObservedValue observed;
        observed.expression = shortened(expressionText(m_tree, id));
        const bool isKnown = std::any_of(values.begin(), values.end(), [&](const auto& value) {
            return value.expression == observed.expression;
        });
        if (isKnown)
            return;
        const auto value = evaluateExpression(m_tree, id, m_entities, m_request);
        if (value.ok())
            observed.value = shortened(valueText(*value));
        else
            observed.problem = shortened(value.error().detail);
        values.push_back(std::move(observed));
    }

    const ExprTree& m_tree;
    const EntityStore& m_entities;
    const Request& m_request;
    PolicyExplanation& m_explanation;
};

/// The scope as it is after linking.
Scope linkedScope(const Scope& scope, const ScopeTest& test)
{
    Scope linked = scope;
    linked.hasSlot = false;
    linked.entities = test.entities;
    return linked;
}

/// False, with the part in the explanation, where the scope does not match.
bool explainScope(
    const CompiledPolicy& policy,
    const Request& request,
    const Evaluator& evaluator,
    PolicyExplanation& explanation)
{
    struct Part
    {
        Variable variable;
        const Scope& scope;
        const ScopeTest& test;
        const EntityUid& uid;
        const StoredEntity* entity;
    };
    const Policy& source = *policy.source;
    const std::array<Part, 3> parts = {
        {{Variable::Principal,
          source.principal,
          policy.principal,
          request.principal,
          evaluator.principal()},
         {Variable::Action, source.action, policy.action, request.action, evaluator.action()},
         {Variable::Resource,
          source.resource,
          policy.resource,
          request.resource,
          evaluator.resource()}}};
    for (const Part& part : parts) {
        if (part.test.matches(part.uid.data(), part.entity))
            continue;
        explanation.text = scopeText(part.variable, linkedScope(part.scope, part.test));
        explanation.position = part.scope.position;
        explanation.values.push_back(
            {std::string(variableName(part.variable)), shortened(part.uid.text()), {}});
        return false;
    }
    return true;
}

PolicyExplanation
explainOne(const CompiledPolicy& policy, const EntityStore& entities, const Request& request)
{
    PolicyExplanation explanation;
    explanation.id = policy.id;
    if (policy.source->isTemplate())
        explanation.templateId = policy.source->id;
    explanation.effect = policy.effect;
    if (explainScope(policy, request, Evaluator(request, entities), explanation))
        ConditionExplainer(*policy.source, entities, request, explanation).explain(*policy.source);
    return explanation;
}

} // namespace

std::string_view outcomeName(PolicyOutcome outcome)
{
    switch (outcome) {
    case PolicyOutcome::ScopeMismatch:
        return "scope_mismatch";
    case PolicyOutcome::NotSatisfied:
        return "not_satisfied";
    case PolicyOutcome::Satisfied:
        return "satisfied";
    case PolicyOutcome::Erred:
        return "erred";
    }
    return {};
}

std::vector<PolicyExplanation>
explain(const PolicySet& policies, const EntityStore& entities, const Request& request)
{
    std::vector<PolicyExplanation> explanations;
    for (const CompiledPolicy& policy : policies.compiled().policies)
        explanations.push_back(explainOne(policy, entities, request));
    return explanations;
}

Result<PolicyExplanation> explainPolicy(
    const PolicySet& policies,
    std::string_view id,
    const EntityStore& entities,
    const Request& request)
{
    for (const CompiledPolicy& policy : policies.compiled().policies) {
        if (policy.id == id)
            return explainOne(policy, entities, request);
    }
    return fail(
        ErrorCode::NotFound,
        "there is no policy " + cedar::quoted(id) + " that could decide",
        "cedar.policy_id");
}

} // namespace countersign::cedar
