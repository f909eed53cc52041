#include "planes/control/cedar/authorize.h"

#include "planes/control/cedar/detail/compiled_set.h"
#include "planes/control/cedar/print.h"

#include <algorithm>

namespace countersign::cedar {

namespace {

using detail::CompiledPolicy;
using detail::CompiledSet;
using detail::Evaluator;
using detail::PolicyIndex;

PolicyError errorOf(const CompiledPolicy& policy, const detail::EvaluationError& error)
{
    const ExprTree& tree = policy.source->expressions;
    return {
        policy.id,
        error.message,
        expressionText(tree, error.source),
        tree.node(error.source).position};
}

} // namespace

std::string_view decisionName(Decision decision)
{
    return decision == Decision::Allow ? "allow" : "deny";
}

Answer authorize(const PolicySet& policies, const EntityStore& entities, const Request& request)
{
    const CompiledSet& set = policies.compiled();
    Evaluator evaluator(request, entities);
    std::vector<PolicyIndex> candidates;
    candidates.reserve(set.policies.size() < 64 ? set.policies.size() : 64);
    set.index.candidates(request, evaluator, [&](PolicyIndex index) {
        if (set.policies[index].matches(request, evaluator))
            candidates.push_back(index);
    });
    // Policies are sorted by id, so indexes are in the order of ids.
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

    Answer answer;
    std::vector<PolicyIndex> permits;
    for (const PolicyIndex index : candidates) {
        const CompiledPolicy& policy = set.policies[index];
        bool isSatisfied = false;
        if (!evaluator.holds(*policy.program, isSatisfied)) {
            answer.errors.push_back(errorOf(policy, evaluator.error()));
        } else if (isSatisfied) {
            if (policy.effect == Effect::Forbid)
                answer.reasons.push_back(policy.id);
            else
                permits.push_back(index);
        }
    }
    if (answer.reasons.empty() && !permits.empty()) {
        answer.decision = Decision::Allow;
        answer.reasons.reserve(permits.size());
        for (const PolicyIndex index : permits)
            answer.reasons.push_back(set.policies[index].id);
    }
    return answer;
}

Enforcement enforce(const PolicySet& policies, const EntityStore& entities, const Request& request)
{
    Enforcement enforcement;
    enforcement.answer = authorize(policies, entities, request);
    const bool isAllowed = enforcement.answer.decision == Decision::Allow;
    enforcement.failedClosed = isAllowed && !enforcement.answer.errors.empty();
    if (isAllowed && !enforcement.failedClosed)
        enforcement.decision = Decision::Allow;
    return enforcement;
}

Result<Value> evaluateExpression(
    const ExprTree& tree, ExprId id, const EntityStore& entities, const Request& request)
{
    const detail::Program program = detail::compile(tree, id);
    Evaluator evaluator(request, entities);
    ValueView value = ValueView::boolean(false);
    if (!evaluator.evaluate(program, program.conditions.front().body, value))
        return fail(ErrorCode::InvalidInput, evaluator.error().message, "cedar.evaluation");
    return Value::copyOf(value);
}

} // namespace countersign::cedar
