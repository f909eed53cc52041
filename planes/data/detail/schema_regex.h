#pragma once

#include "models/result.h"

#include <QRegularExpression>

#include <optional>
#include <string>
#include <string_view>

/// Regular expressions of ECMA-262 in Unicode mode (`/…/u`, edition 11), run by PCRE2. Everything
/// that PCRE2 reads differently is spelled out: `\d` and `\w` are ASCII, `\s` and `.` follow
/// ECMA-262, `$` is the very end, a reference to a group that did not take part matches nothing.
/// Two things stay different: a group keeps its text when the group around it repeats, and a
/// lookbehind of variable length is refused.
namespace countersign::data::detail {

/// The same expression in PCRE2 syntax. Errors: InvalidInput (rule `schema.regex`) for what
/// ECMA-262 does not allow, or nests deeper than 200 groups.
[[nodiscard]] Result<std::string> translateRegex(std::string_view pattern);

/// PCRE2 spelling of what stands in `\p{…}`; absent when ECMA-262 does not know it.
[[nodiscard]] std::optional<std::string> translateUnicodeProperty(std::string_view text);

/// A compiled expression. Matching is const and safe from several threads.
class Pattern
{
public:
    enum class Outcome {
        Match,
        NoMatch,
        LimitExceeded ///< Too much backtracking: not known within the limit.
    };

    /// Errors: as translateRegex; Unsupported (rule `schema.regex`) for what PCRE2 cannot run.
    [[nodiscard]] static Result<Pattern> compile(std::string_view source);

    /// Searches anywhere in `text`, which is UTF-8.
    [[nodiscard]] Outcome search(const std::string& text) const;
    [[nodiscard]] const std::string& source() const { return m_source; }

private:
    Pattern(std::string source, QRegularExpression expression);

    std::string m_source;
    QRegularExpression m_expression;
};

} // namespace countersign::data::detail
