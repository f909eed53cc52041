#include "planes/data/detail/schema_regex.h"
#include "planes/data/detail/schema_regex_class.h"
#include "planes/data/detail/schema_regex_reader.h"
#include "planes/data/detail/schema_text.h"

#include <algorithm>
#include <limits>
#include <map>

namespace countersign::data::detail {

namespace {

constexpr int kDepthMax = 200;

/// Compares two runs of digits as numbers, whatever their length.
bool isGreater(std::u32string_view left, std::u32string_view right)
{
    const auto significant = [](std::u32string_view digits) {
        const auto first = digits.find_first_not_of(U'0');
        return first == std::u32string_view::npos ? std::u32string_view{} : digits.substr(first);
    };
    left = significant(left);
    right = significant(right);
    return left.size() != right.size() ? left.size() > right.size() : left > right;
}

/// Recursive descent over the grammar of ECMA-262 section 21.2.1 with the parameters +U and +N.
class Translator
{
public:
    explicit Translator(std::u32string pattern)
        : m_in(std::move(pattern))
    {}

    Result<std::string> run()
    {
        CS_CHECK(collectGroups());
        m_in.restart();
        CS_CHECK(disjunction(0));
        if (m_in.peek() != RegexReader::kEnd)
            return m_in.refuse("unmatched ')'");
        return std::move(m_output);
    }

private:
    /// References may come before the group they name, so groups are counted first.
    Result<void> collectGroups()
    {
        bool inClass = false;
        while (m_in.peek() != RegexReader::kEnd) {
            if (m_in.take(U"\\")) {
                m_in.skip(m_in.peek() == RegexReader::kEnd ? 0 : 1);
                continue;
            }
            if (inClass || !m_in.isNext(U"(")) {
                inClass = inClass ? !m_in.isNext(U"]") : m_in.isNext(U"[");
                m_in.skip(1);
                continue;
            }
            m_in.skip(1);
            if (!m_in.isNext(U"?")) {
                ++m_groupCount;
            } else if (m_in.isNext(U"?<") && !m_in.isNext(U"?<=") && !m_in.isNext(U"?<!")) {
                m_in.skip(2);
                ++m_groupCount;
                CS_TRY(const std::u32string name, m_in.groupName());
                if (!m_names.emplace(name, m_groupCount).second)
                    return m_in.refuse("a group name occurs twice");
            }
        }
        return {};
    }

    Result<void> disjunction(int depth)
    {
        if (depth > kDepthMax)
            return m_in.refuse("groups nest too deeply");
        while (true) {
            while (m_in.peek() != RegexReader::kEnd && m_in.peek() != U'|' && m_in.peek() != U')')
                CS_CHECK(term(depth));
            if (!m_in.take(U"|"))
                return {};
            m_output += '|';
        }
    }

    Result<void> term(int depth)
    {
        if (m_in.take(U"^")) {
            m_output += '^';
            return {};
        }
        if (m_in.take(U"$")) {
            m_output += "\\z";
            return {};
        }
        if (m_in.isNext(U"\\b") || m_in.isNext(U"\\B")) {
            m_output += m_in.peek(1) == U'b' ? "\\b" : "\\B";
            m_in.skip(2);
            return {};
        }
        for (const std::u32string_view opening : {U"(?=", U"(?!", U"(?<=", U"(?<!"})
            if (m_in.take(opening))
                return group(std::string(opening.begin(), opening.end()), depth);
        CS_CHECK(atom(depth));
        return quantifier();
    }

    Result<void> group(const std::string& opening, int depth)
    {
        m_output += opening;
        CS_CHECK(disjunction(depth + 1));
        if (!m_in.take(U")"))
            return m_in.refuse("a group does not end");
        m_output += ')';
        return {};
    }

    Result<void> atom(int depth)
    {
        if (m_in.take(U"(?:"))
            return group("(?:", depth);
        if (m_in.take(U"(?<")) {
            CS_CHECK(m_in.groupName());
            return group("(", depth);
        }
        if (m_in.isNext(U"(?"))
            return m_in.refuse("unknown kind of group");
        if (m_in.take(U"("))
            return group("(", depth);
        if (m_in.take(U"\\"))
            return atomEscape();
        if (m_in.take(U"[")) {
            CS_TRY(const CharacterClass set, m_in.characterClass());
            m_output += pcreClass(set);
            return {};
        }
        if (m_in.take(U".")) {
            m_output += "[^\\n\\r\\x{2028}\\x{2029}]";
            return {};
        }
        const char32_t point = m_in.peek();
        if (point != U'/' && kRegexSyntaxCharacters.find(point) != std::u32string_view::npos)
            return m_in.refuse("nothing to repeat, or a character that needs a backslash");
        m_in.skip(1);
        m_output += pcreLiteral(point);
        return {};
    }

    Result<void> quantifier()
    {
        const std::size_t begin = m_in.position();
        if (m_in.take(U"{")) {
            const auto least = m_in.takeDigits();
            if (least.empty())
                return m_in.refuse("a repetition has no count");
            if (m_in.take(U",") && isRegexDigit(m_in.peek()) && isGreater(least, m_in.takeDigits()))
                return m_in.refuse("the counts of a repetition are out of order");
            if (!m_in.take(U"}"))
                return m_in.refuse("a repetition does not end");
        } else if (!m_in.take(U"*") && !m_in.take(U"+") && !m_in.take(U"?")) {
            return {};
        }
        m_in.take(U"?");
        for (const char32_t c : m_in.textSince(begin))
            m_output += static_cast<char>(c);
        return {};
    }

    /// A group that did not take part matches the empty text; PCRE2 would fail.
    void appendReference(std::size_t number)
    {
        const std::string digits = std::to_string(number);
        m_output += "(?(" + digits + ")\\g{" + digits + "})";
    }

    Result<void> atomEscape()
    {
        const char32_t point = m_in.peek();
        if (point >= U'1' && point <= U'9') {
            std::size_t number = 0;
            for (const char32_t digit : m_in.takeDigits())
                number = std::min<std::size_t>(
                    number * 10 + (digit - U'0'), std::numeric_limits<int>::max());
            if (number > m_groupCount)
                return m_in.refuse("a reference to a group that does not exist");
            appendReference(number);
            return {};
        }
        if (m_in.take(U"k")) {
            if (!m_in.take(U"<"))
                return m_in.refuse("a reference has no name");
            CS_TRY(const std::u32string name, m_in.groupName());
            const auto found = m_names.find(name);
            if (found == m_names.end())
                return m_in.refuse("a reference to a group that does not exist");
            appendReference(found->second);
            return {};
        }
        if (RegexReader::isClassEscape(point)) {
            CS_TRY(const CharacterClass set, m_in.classEscape());
            m_output += pcreClass(set);
            return {};
        }
        CS_TRY(const char32_t literal, m_in.characterEscape());
        m_output += pcreLiteral(literal);
        return {};
    }

    RegexReader m_in;
    std::size_t m_groupCount = 0;
    std::map<std::u32string, std::size_t> m_names;
    std::string m_output;
};

} // namespace

Result<std::string> translateRegex(std::string_view pattern)
{
    auto points = codePoints(pattern);
    if (!points)
        return fail(ErrorCode::InvalidInput, "a regular expression is not UTF-8", "schema.regex");
    return Translator(*std::move(points)).run();
}

} // namespace countersign::data::detail
