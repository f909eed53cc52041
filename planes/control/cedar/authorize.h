#pragma once

#include "planes/control/cedar/entity_store.h"
#include "planes/control/cedar/policy_set.h"
#include "planes/control/cedar/request.h"

#include <string>
#include <vector>

/// Asking a policy set.
namespace countersign::cedar {

enum class Decision {
    Deny,
    Allow,
};

/// `deny`, `allow`.
[[nodiscard]] std::string_view decisionName(Decision decision);

/// A policy that could not be evaluated.
struct PolicyError
{
    std::string policyId;
    std::string message;     ///< One sentence without a stop: what went wrong.
    std::string expression;  ///< The text of the expression it happened in.
    SourcePosition position; ///< Of that expression; zero for what came from JSON.

    bool operator==(const PolicyError&) const = default;
};

/// The plain answer of the language. Deny with the satisfied forbids when there is one; else Allow
/// with the satisfied permits when there is one; else Deny without a reason.
struct Answer
{
    Decision decision = Decision::Deny;
    std::vector<std::string> reasons; ///< Ids, sorted.
    std::vector<PolicyError> errors;  ///< Of every policy that erred, whatever the decision; by id.

    bool operator==(const Answer&) const = default;
};

/// Evaluates every policy whose scope matches. Knows no clock: the time is a part of the context.
/// Any thread; the arguments are only read.
[[nodiscard]] Answer
authorize(const PolicySet& policies, const EntityStore& entities, const Request& request);

/// An answer to act on.
struct Enforcement
{
    Decision decision = Decision::Deny;
    bool failedClosed = false; ///< The plain answer was Allow, and an error made it Deny.
    Answer answer;             ///< The plain answer, for the record and for display.
};

/// The answer that may be acted on. The language skips a policy that errs, a forbid as well; here
/// any error makes the decision Deny.
[[nodiscard]] Enforcement
enforce(const PolicySet& policies, const EntityStore& entities, const Request& request);

/// The value of one expression. Errors: InvalidInput (rule `cedar.evaluation`).
[[nodiscard]] Result<Value> evaluateExpression(
    const ExprTree& tree, ExprId id, const EntityStore& entities, const Request& request);

} // namespace countersign::cedar
