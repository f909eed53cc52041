#include "planes/control/cedar/detail/utf8.h"
#include "planes/control/cedar/lex.h"
#include "planes/control/cedar/uid.h"

#include <optional>

namespace countersign::cedar {

namespace {

constexpr std::uint32_t kCodePointMax = 0x10FFFF;
constexpr std::size_t kUnicodeDigitCountMax = 6;

std::optional<std::uint32_t> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<std::uint32_t>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return static_cast<std::uint32_t>(c - 'A') + 10;
    return std::nullopt;
}

/// The characters that a String token stands for, one at a time.
class Unescaper
{
public:
    explicit Unescaper(const Token& token)
        : m_token(token)
        , m_rest(token.text.substr(1, token.text.size() - 2))
    {}

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

    /// Takes `\*` off the front, which only patterns know.
    bool takeStar()
    {
        if (m_rest.substr(0, 2) != "\\*")
            return false;
        m_rest.remove_prefix(2);
        return true;
    }

    /// Nothing for what is no escape, and for a carriage return.
    std::optional<std::uint32_t> next()
    {
        m_start = m_rest;
        const std::uint32_t first = detail::takeCodePoint(m_rest);
        if (first == '\r')
            return std::nullopt;
        if (first != '\\')
            return first;
        if (m_rest.empty())
            return std::nullopt;
        const char kind = m_rest.front();
        m_rest.remove_prefix(1);
        switch (kind) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case '0':
            return '\0';
        case '\\':
        case '\'':
        case '"':
            return static_cast<unsigned char>(kind);
        case 'x':
            return nextByte();
        case 'u':
            return nextCodePoint();
        default:
            return std::nullopt;
        }
    }

    /// After next() gave nothing.
    [[nodiscard]] Failure refusal() const
    {
        const auto offset = static_cast<std::size_t>(m_start.data() - m_token.text.data());
        SourcePosition place = m_token.position;
        for (const char c : m_token.text.substr(0, offset)) {
            if (c == '\n') {
                ++place.line;
                place.column = 1;
            } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
                ++place.column;
            }
        }
        constexpr std::size_t kShownByteCountMax = 12;
        const std::string shown(
            m_start.substr(0, std::min(kShownByteCountMax, m_start.size() - m_rest.size())));
        return fail(
            ErrorCode::InvalidInput,
            m_start.front() == '\r' ? "a carriage return in a string has to be written \\r"
                                    : "there is no escape " + shown,
            "cedar.escape",
            positionText(place));
    }

private:
    /// `\xHH`, up to 7F.
    std::optional<std::uint32_t> nextByte()
    {
        if (m_rest.size() < 2)
            return std::nullopt;
        const auto high = hexDigit(m_rest[0]);
        const auto low = hexDigit(m_rest[1]);
        m_rest.remove_prefix(high ? 2 : 1);
        if (!high || !low || *high > 7)
            return std::nullopt;
        return *high * 16 + *low;
    }

    /// `\u{…}`: one to six digits, `_` between and behind them.
    std::optional<std::uint32_t> nextCodePoint()
    {
        if (m_rest.substr(0, 1) != "{")
            return std::nullopt;
        m_rest.remove_prefix(1);
        std::uint32_t value = 0;
        std::size_t digitCount = 0;
        while (!m_rest.empty() && m_rest.front() != '}') {
            const auto digit = hexDigit(m_rest.front());
            if (!digit && (m_rest.front() != '_' || digitCount == 0))
                return std::nullopt;
            m_rest.remove_prefix(1);
            if (!digit)
                continue;
            if (++digitCount > kUnicodeDigitCountMax)
                return std::nullopt;
            value = value * 16 + *digit;
        }
        const bool isSurrogate = value >= 0xD800 && value < 0xE000;
        if (m_rest.empty() || digitCount == 0 || value > kCodePointMax || isSurrogate)
            return std::nullopt;
        m_rest.remove_prefix(1);
        return value;
    }

    const Token& m_token;
    std::string_view m_rest;
    std::string_view m_start;
};

} // namespace

Result<std::string> unescapeString(const Token& token)
{
    CS_ASSERT(token.is(TokenKind::String));
    Unescaper unescaper(token);
    std::string text;
    while (!unescaper.atEnd()) {
        const auto codePoint = unescaper.next();
        if (!codePoint)
            return unescaper.refusal();
        detail::appendUtf8(text, *codePoint);
    }
    return text;
}

Result<std::vector<std::string>> unescapePattern(const Token& token)
{
    CS_ASSERT(token.is(TokenKind::String));
    Unescaper unescaper(token);
    std::vector<std::string> runs(1);
    while (!unescaper.atEnd()) {
        if (unescaper.takeStar()) {
            runs.back() += '*';
            continue;
        }
        const auto codePoint = unescaper.next();
        if (!codePoint)
            return unescaper.refusal();
        if (*codePoint == '*')
            runs.emplace_back();
        else
            detail::appendUtf8(runs.back(), *codePoint);
    }
    return runs;
}

std::string quotedPattern(const std::vector<std::string>& runs)
{
    std::string text = "\"";
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (i > 0)
            text += '*';
        std::string_view rest = runs[i];
        while (!rest.empty()) {
            if (rest.front() == '*') {
                text += "\\*";
                rest.remove_prefix(1);
            } else {
                detail::appendEscaped(text, detail::takeCodePoint(rest));
            }
        }
    }
    return text + '"';
}

} // namespace countersign::cedar
