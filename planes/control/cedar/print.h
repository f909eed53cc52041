#pragma once

#include "planes/control/cedar/ast.h"

#include <string>
#include <vector>

/// Writing policy text. What is written reads back as the same policy (isSamePolicy).
namespace countersign::cedar {

/// One expression on one line.
[[nodiscard]] std::string expressionText(const ExprTree& tree, ExprId id);

/// The condition of one variable: `principal == User::"ann"`.
[[nodiscard]] std::string scopeText(Variable variable, const Scope& scope);

/// One policy on several lines: annotations, scope, conditions. Ends with `;` and a line feed. The
/// id is not part of the text.
[[nodiscard]] std::string policyText(const Policy& policy);

/// Policies in the given order, with an empty line between them.
[[nodiscard]] std::string policiesText(const std::vector<Policy>& policies);

} // namespace countersign::cedar
