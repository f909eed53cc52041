#pragma once

#include "models/result.h"
#include "planes/data/detail/schema_regex_class.h"

#include <string>
#include <string_view>
#include <utility>

namespace countersign::data::detail {

constexpr std::u32string_view kRegexSyntaxCharacters = U"^$\\.*+?()[]{}|/";

[[nodiscard]] constexpr bool isRegexDigit(char32_t point)
{
    return point >= U'0' && point <= U'9';
}

/// A place in a regular expression of ECMA-262 and the parts of its grammar that hold no others:
/// escapes, group names, character classes. Errors of all: InvalidInput (rule `schema.regex`).
class RegexReader
{
public:
    static constexpr char32_t kEnd = 0xFFFFFFFF;

    explicit RegexReader(std::u32string pattern)
        : m_pattern(std::move(pattern))
    {}

    /// `kEnd` beyond the last character.
    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const
    {
        return ahead < m_pattern.size() - m_at ? m_pattern[m_at + ahead] : kEnd;
    }
    [[nodiscard]] bool isNext(std::u32string_view text) const
    {
        return std::u32string_view(m_pattern).substr(m_at, text.size()) == text;
    }
    /// Goes past `text` when it comes next.
    bool take(std::u32string_view text);
    void skip(std::size_t count) { m_at += count; }
    void restart() { m_at = 0; }
    [[nodiscard]] std::size_t position() const { return m_at; }
    /// What lies between `begin` and here.
    [[nodiscard]] std::u32string_view textSince(std::size_t begin) const
    {
        return std::u32string_view(m_pattern).substr(begin, m_at - begin);
    }
    [[nodiscard]] Failure refuse(const std::string& why) const;

    [[nodiscard]] std::u32string_view takeDigits();
    /// A name and the `>` behind it.
    [[nodiscard]] Result<std::u32string> groupName();

    /// Whether the letter behind a backslash stands for a set of characters.
    [[nodiscard]] static bool isClassEscape(char32_t letter)
    {
        return std::u32string_view(U"dDsSwWpP").find(letter) != std::u32string_view::npos;
    }
    /// Behind the backslash, at such a letter.
    [[nodiscard]] Result<CharacterClass> classEscape();
    /// Behind the backslash, at anything else.
    [[nodiscard]] Result<char32_t> characterEscape();
    /// Behind the opening bracket.
    [[nodiscard]] Result<CharacterClass> characterClass();

private:
    [[nodiscard]] Result<char32_t> hexDigits(std::size_t count);
    [[nodiscard]] Result<char32_t> unicodeEscape();
    [[nodiscard]] Result<CharacterClass> classAtom();

    std::u32string m_pattern;
    std::size_t m_at = 0;
};

} // namespace countersign::data::detail
