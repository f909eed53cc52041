#include "planes/data/detail/schema_regex_reader.h"

#include "planes/data/detail/schema_regex.h"
#include "planes/data/detail/schema_text.h"

#include <QChar>

namespace countersign::data::detail {

namespace {

constexpr char32_t kPointMax = 0x10FFFF;

bool isHex(char32_t point)
{
    return point < 0x80 && isHexDigit(static_cast<char>(point));
}

bool isAsciiLetter(char32_t point)
{
    return point < 0x80 && isLetter(static_cast<char>(point));
}

bool isNameStart(char32_t point)
{
    return point == U'$' || point == U'_' || QChar::isLetter(point)
           || QChar::category(point) == QChar::Number_Letter;
}

bool isNamePart(char32_t point)
{
    constexpr char32_t kJoiners[] = {0x200C, 0x200D};
    if (isNameStart(point) || point == kJoiners[0] || point == kJoiners[1])
        return true;
    switch (QChar::category(point)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Punctuation_Connector:
        return true;
    default:
        return false;
    }
}

bool isSinglePoint(const CharacterClass& set)
{
    return set.properties.empty() && set.ranges.size() == 1
           && set.ranges.front().first == set.ranges.front().last;
}

} // namespace

bool RegexReader::take(std::u32string_view text)
{
    if (!isNext(text))
        return false;
    m_at += text.size();
    return true;
}

Failure RegexReader::refuse(const std::string& why) const
{
    return fail(
        ErrorCode::InvalidInput,
        "not a regular expression of ECMA-262: " + why + " at character " + std::to_string(m_at),
        "schema.regex");
}

Result<std::u32string> RegexReader::groupName()
{
    std::u32string name;
    while (!take(U">")) {
        char32_t point = peek();
        if (point == kEnd)
            return refuse("a group name does not end");
        ++m_at;
        if (point == U'\\') {
            if (!take(U"u"))
                return refuse("a group name holds a wrong escape");
            CS_TRY(point, unicodeEscape());
        }
        if (name.empty() ? !isNameStart(point) : !isNamePart(point))
            return refuse("a group name holds a wrong character");
        name.push_back(point);
    }
    if (name.empty())
        return refuse("a group name is empty");
    return name;
}

std::u32string_view RegexReader::takeDigits()
{
    const std::size_t begin = m_at;
    while (isRegexDigit(peek()))
        ++m_at;
    return std::u32string_view(m_pattern).substr(begin, m_at - begin);
}

Result<CharacterClass> RegexReader::classEscape()
{
    const char32_t letter = peek();
    ++m_at;
    if (letter != U'p' && letter != U'P')
        return classOfEscape(letter);
    std::string text;
    if (!take(U"{"))
        return refuse("a Unicode property has no name");
    while (!take(U"}")) {
        if (peek() >= 0x80)
            return refuse("unknown Unicode property");
        text.push_back(static_cast<char>(peek()));
        ++m_at;
    }
    const auto property = translateUnicodeProperty(text);
    if (!property)
        return refuse("unknown Unicode property");
    CharacterClass set;
    set.properties.push_back((letter == U'p' ? "\\p{" : "\\P{") + *property + "}");
    return set;
}

Result<char32_t> RegexReader::hexDigits(std::size_t count)
{
    char32_t value = 0;
    for (std::size_t i = 0; i < count; ++i, ++m_at) {
        if (!isHex(peek()))
            return refuse("an escape needs more hexadecimal digits");
        value = value * 16 + static_cast<char32_t>(hexValue(static_cast<char>(peek())));
    }
    return value;
}

Result<char32_t> RegexReader::unicodeEscape()
{
    if (take(U"{")) {
        char32_t value = 0;
        if (!isHex(peek()))
            return refuse("an escape has no digits");
        while (isHex(peek()) && value <= kPointMax) {
            CS_TRY(const char32_t digit, hexDigits(1));
            value = value * 16 + digit;
        }
        if (value > kPointMax || !take(U"}"))
            return refuse("an escape beyond the last code point, or without an end");
        return value;
    }
    CS_TRY(const char32_t lead, hexDigits(4));
    const std::size_t afterLead = m_at;
    if (lead >= 0xD800 && lead <= 0xDBFF && take(U"\\u")) {
        const auto trail = hexDigits(4);
        if (trail.ok() && *trail >= 0xDC00 && *trail <= 0xDFFF)
            return 0x10000 + (lead - 0xD800) * 0x400 + (*trail - 0xDC00);
        m_at = afterLead;
    }
    return lead;
}

Result<char32_t> RegexReader::characterEscape()
{
    const char32_t point = peek();
    if (point == kEnd)
        return refuse("a backslash at the end");
    ++m_at;
    switch (point) {
    case U'f':
        return U'\f';
    case U'n':
        return U'\n';
    case U'r':
        return U'\r';
    case U't':
        return U'\t';
    case U'v':
        return U'\v';
    case U'u':
        return unicodeEscape();
    case U'x':
        return hexDigits(2);
    default:
        break;
    }
    if (point == U'0' && !isRegexDigit(peek()))
        return U'\0';
    if (point == U'c' && isAsciiLetter(peek()))
        return m_pattern[m_at++] % 32;
    if (kRegexSyntaxCharacters.find(point) == std::u32string_view::npos)
        return refuse("unknown escape");
    return point;
}

Result<CharacterClass> RegexReader::classAtom()
{
    CharacterClass set;
    const char32_t point = peek();
    if (point == kEnd)
        return refuse("a character class does not end");
    ++m_at;
    if (point != U'\\') {
        set.add(point);
        return set;
    }
    if (isClassEscape(peek()))
        return classEscape();
    if (take(U"b")) {
        set.add(U'\b');
    } else if (take(U"-")) {
        set.add(U'-');
    } else {
        CS_TRY(const char32_t escaped, characterEscape());
        set.add(escaped);
    }
    return set;
}

Result<CharacterClass> RegexReader::characterClass()
{
    CharacterClass set;
    set.isNegated = take(U"^");
    while (!take(U"]")) {
        CS_TRY(const CharacterClass first, classAtom());
        if (peek() != U'-' || peek(1) == U']') {
            set.add(first);
            continue;
        }
        ++m_at;
        CS_TRY(const CharacterClass last, classAtom());
        if (!isSinglePoint(first) || !isSinglePoint(last))
            return refuse("a range between classes");
        const CodePointRange range{first.ranges.front().first, last.ranges.front().first};
        if (range.first > range.last)
            return refuse("a range out of order");
        set.ranges.push_back(range);
    }
    return set;
}

} // namespace countersign::data::detail
