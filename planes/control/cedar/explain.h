#pragma once

#include "planes/control/cedar/authorize.h"

#include <optional>
#include <string>
#include <vector>

/// Why a policy took part in an answer or did not.
namespace countersign::cedar {

/// The most values that one explanation lists, and the longest text of one.
inline constexpr std::size_t kObservedCountMax = 24;
inline constexpr std::size_t kObservedByteCountMax = 400;

enum class PolicyOutcome {
    ScopeMismatch, ///< It is about somebody or something else.
    NotSatisfied,  ///< A condition is not met.
    Satisfied,
    Erred,
};

/// `scope_mismatch`, `not_satisfied`, `satisfied`, `erred`.
[[nodiscard]] std::string_view outcomeName(PolicyOutcome outcome);

/// What a part of a condition was at the time.
struct ObservedValue
{
    std::string expression;           ///< `resource.rating.sensitivity`
    std::optional<std::string> value; ///< Nothing when it has none.
    std::string problem;              ///< Why it has none.

    bool operator==(const ObservedValue&) const = default;
};

struct PolicyExplanation
{
    std::string id;
    std::string templateId; ///< Of a link; else empty.
    Effect effect = Effect::Permit;
    PolicyOutcome outcome = PolicyOutcome::ScopeMismatch;
    /// ScopeMismatch: the first part of the scope that does not match, with the slot filled in.
    /// NotSatisfied: the innermost part of the first failing condition that decides it. Erred: the
    /// expression that erred. Satisfied: empty.
    std::string text;
    bool isUnless = false;   ///< NotSatisfied: the condition stands behind `unless`.
    SourcePosition position; ///< Of the text; zero for what came from JSON.
    std::string message;     ///< Erred: what went wrong.
    /// The attributes and variables in the text, for Satisfied those in all conditions; in the
    /// order of the text.
    std::vector<ObservedValue> values;
};

/// Explains every policy of the set for one request; by id. Slower than authorize() by far: for
/// people, not for decisions.
[[nodiscard]] std::vector<PolicyExplanation>
explain(const PolicySet& policies, const EntityStore& entities, const Request& request);

/// Explains one policy or link. Errors: NotFound (rule `cedar.policy_id`).
[[nodiscard]] Result<PolicyExplanation> explainPolicy(
    const PolicySet& policies,
    std::string_view id,
    const EntityStore& entities,
    const Request& request);

} // namespace countersign::cedar
