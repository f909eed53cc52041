#pragma once

#include "planes/control/cedar/ast.h"
#include "planes/control/cedar/lex.h"

#include <string_view>
#include <vector>

/// Reading policy text.
namespace countersign::cedar {

/// How deep parentheses, sets, records, calls and `if` may be nested in policy text.
inline constexpr std::size_t kNestingDepthMax = 250;
/// How many errors of one text are reported.
inline constexpr std::size_t kSyntaxErrorCountMax = 50;

/// What a text holds. With an error the policies are those that could be read, for display only.
struct ParsedPolicies
{
    /// In the order of the text, templates among them; ids are `policy0`, `policy1`, … in that
    /// order.
    std::vector<Policy> policies;
    std::vector<SyntaxError> errors;

    [[nodiscard]] bool ok() const { return errors.empty(); }
};

/// Reads every policy of the text, up to kSyntaxErrorCountMax errors: after one, reading goes on
/// behind the `;` that ends the policy. Recursion is bounded by kNestingDepthMax.
[[nodiscard]] ParsedPolicies parsePolicies(std::string_view text);

/// The same, all or nothing. Errors: those of tokenize(), InvalidInput (rule `cedar.syntax`): the
/// first error of the text; its pointer is `line N column M`.
[[nodiscard]] Result<std::vector<Policy>> readPolicies(std::string_view text);

/// Names each policy by its annotation `@id` instead, where it has one. Errors: Conflict (rule
/// `cedar.policy_id`) when that makes two policies of one id.
[[nodiscard]] Result<void> nameByAnnotation(std::vector<Policy>& policies);

} // namespace countersign::cedar
