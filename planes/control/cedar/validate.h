#pragma once

#include "models/error.h"
#include "planes/control/cedar/ast.h"
#include "planes/control/cedar/schema_model.h"

#include <string>
#include <string_view>
#include <vector>

/// Strict validation: whether policies can be evaluated against what a schema allows without a type
/// error, and whether they can ever apply.
///
/// A policy is typed once for every action and every pair of principal and resource types that the
/// action applies to. Overflow and entities that are not there are the only errors left at run
/// time.
namespace countersign::cedar {

/// How many findings of one policy are kept.
inline constexpr std::size_t kFindingCountMax = 100;
/// How many expressions are typed at most, all environments of all policies together; a set that
/// needs more is refused. (The default policy needs a few thousand.)
inline constexpr std::size_t kTypingStepCountMax = 20'000'000;

enum class FindingSeverity : std::uint8_t {
    Warning, ///< The policy is sound, and does nothing.
    Error,   ///< The policy may fail or says something the schema does not know.
};

/// `warning`, `error`.
[[nodiscard]] std::string_view severityName(FindingSeverity severity);

struct Finding
{
    FindingSeverity severity = FindingSeverity::Error;
    std::string policyId;    ///< Or that of the link.
    std::string rule;        ///< `cedar.validate.…`
    std::string message;     ///< What is wrong.
    std::string help;        ///< What to do; may be empty.
    std::string environment; ///< For what it was found first; empty when it does not depend on it.
    SourcePosition position; ///< All zero for a policy that does not come from text.

    bool operator==(const Finding&) const = default;

    /// `error: policy p1: line N column M: message; help [rule]`.
    [[nodiscard]] std::string describe() const;
};

struct ValidationReport
{
    std::vector<Finding> findings; ///< In the order of policies and links, then of the text.

    /// No errors; there may be warnings.
    [[nodiscard]] bool ok() const;
    /// The policy or link can never apply (rule `cedar.validate.impossible`).
    [[nodiscard]] bool isImpossible(std::string_view policyId) const;
    /// The first error (code Refused); only for a report that is not ok().
    [[nodiscard]] Error firstError() const;
};

/// Validates every policy, template and link. Rules of errors: `cedar.validate.type`,
/// `.incompatible`, `.attribute`, `.optional`, `.tag`, `.optional_tag`, `.empty_set`,
/// `.constructor`,
/// `.literal`, `.arguments`, `.unknown_type`, `.unknown_action`, `.enumerated`, `.template`,
/// `.limit`; of warnings: `.impossible`, and with it `.no_applicable_action` when the scope alone
/// rules everything out.
[[nodiscard]] ValidationReport
validatePolicies(const Schema& schema, const PolicyDocument& document);

} // namespace countersign::cedar
