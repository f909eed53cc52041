#pragma once

#include <string>
#include <vector>

/// Sets of code points on their way into a PCRE2 character class.
namespace countersign::data::detail {

struct CodePointRange
{
    char32_t first = 0;
    char32_t last = 0;
};

/// One class: ranges and Unicode properties, possibly negated as a whole.
struct CharacterClass
{
    std::vector<CodePointRange> ranges;
    std::vector<std::string> properties; ///< Each with its `\p` or `\P`.
    bool isNegated = false;

    void add(char32_t point) { ranges.push_back({point, point}); }
    void add(const CharacterClass& other);
};

/// The classes `\d \D \s \S \w \W`; `letter` is one of these six.
[[nodiscard]] CharacterClass classOfEscape(char32_t letter);
/// PCRE2 text of one character class, never empty, ready for a quantifier.
[[nodiscard]] std::string pcreClass(const CharacterClass& set);
/// PCRE2 text of one literal code point, ready for a quantifier.
[[nodiscard]] std::string pcreLiteral(char32_t point);

} // namespace countersign::data::detail
