#include "planes/control/cedar/lex.h"

#include "models/encoding.h"
#include "planes/control/cedar/detail/digits.h"
#include "planes/control/cedar/detail/utf8.h"
#include "planes/control/cedar/uid.h"

#include <algorithm>
#include <array>

namespace countersign::cedar {

namespace {

struct Symbol
{
    std::string_view text;
    TokenKind kind;
};

/// Longer ones first.
constexpr std::array<Symbol, 28> kSymbols = {{
    {"::", TokenKind::PathSeparator},
    {"==", TokenKind::Equal},
    {"!=", TokenKind::NotEqual},
    {"<=", TokenKind::LessEqual},
    {">=", TokenKind::GreaterEqual},
    {"||", TokenKind::Or},
    {"&&", TokenKind::And},
    {"@", TokenKind::At},
    {".", TokenKind::Dot},
    {",", TokenKind::Comma},
    {";", TokenKind::Semicolon},
    {":", TokenKind::Colon},
    {"(", TokenKind::LeftParen},
    {")", TokenKind::RightParen},
    {"{", TokenKind::LeftBrace},
    {"}", TokenKind::RightBrace},
    {"[", TokenKind::LeftBracket},
    {"]", TokenKind::RightBracket},
    {"<", TokenKind::Less},
    {">", TokenKind::Greater},
    {"+", TokenKind::Plus},
    {"-", TokenKind::Minus},
    {"*", TokenKind::Star},
    {"/", TokenKind::Slash},
    {"%", TokenKind::Percent},
    {"!", TokenKind::Not},
    {"=", TokenKind::Assign},
    {"?", TokenKind::Question},
}};

class Lexer
{
public:
    explicit Lexer(std::string_view text)
        : m_rest(text)
    {}

    Token next()
    {
        skipBlanks();
        Token token;
        token.position = m_position;
        if (m_rest.empty())
            return token;
        const std::size_t length = scan(token.kind);
        token.text = m_rest.substr(0, length);
        advance(length);
        return token;
    }

private:
    /// Steps over bytes that end at the end of a character.
    void advance(std::size_t byteCount)
    {
        for (const char c : m_rest.substr(0, byteCount)) {
            if (c == '\n') {
                ++m_position.line;
                m_position.column = 1;
            } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
                ++m_position.column;
            }
        }
        m_position.offset += static_cast<std::uint32_t>(byteCount);
        m_rest.remove_prefix(byteCount);
    }

    void skipBlanks()
    {
        while (!m_rest.empty()) {
            if (m_rest.substr(0, 2) == "//") {
                advance(std::min(m_rest.find_first_of("\r\n"), m_rest.size()));
                continue;
            }
            std::string_view behind = m_rest;
            if (!detail::isWhiteSpace(detail::takeCodePoint(behind)))
                return;
            advance(m_rest.size() - behind.size());
        }
    }

    /// Bytes of the token in front; there is at least one.
    std::size_t scan(TokenKind& kind) const
    {
        const char first = m_rest.front();
        if (isIdentifier(m_rest.substr(0, 1))) {
            kind = TokenKind::Identifier;
            return identifierLength(0);
        }
        if (detail::isDigit(first)) {
            kind = TokenKind::Number;
            std::string_view behind = m_rest;
            return detail::takeDigits(behind).size();
        }
        if (first == '"')
            return scanString(kind);
        if (first == '?' && isIdentifier(m_rest.substr(1, 1))) {
            kind = TokenKind::Slot;
            return identifierLength(1);
        }
        for (const Symbol& symbol : kSymbols) {
            if (m_rest.substr(0, symbol.text.size()) == symbol.text) {
                kind = symbol.kind;
                return symbol.text.size();
            }
        }
        kind = TokenKind::Invalid;
        std::string_view behind = m_rest;
        static_cast<void>(detail::takeCodePoint(behind));
        return m_rest.size() - behind.size();
    }

    [[nodiscard]] std::size_t identifierLength(std::size_t start) const
    {
        std::size_t end = start + 1;
        while (end < m_rest.size()
               && (detail::isDigit(m_rest[end]) || isIdentifier(m_rest.substr(end, 1))))
            ++end;
        return end;
    }

    std::size_t scanString(TokenKind& kind) const
    {
        kind = TokenKind::Invalid;
        for (std::size_t i = 1; i < m_rest.size(); ++i) {
            if (m_rest[i] == '"') {
                kind = TokenKind::String;
                return i + 1;
            }
            if (m_rest[i] != '\\')
                continue;
            ++i;
            if (i < m_rest.size() && m_rest[i] == '\n')
                return i;
        }
        return m_rest.size();
    }

    std::string_view m_rest;
    SourcePosition m_position = {0, 1, 1};
};

} // namespace

std::string positionText(SourcePosition position)
{
    return "line " + std::to_string(position.line) + " column " + std::to_string(position.column);
}

std::string SyntaxError::describe() const
{
    std::string text = positionText(position) + ": " + message;
    if (!expected.empty())
        text += "; expected " + expected;
    if (!hint.empty())
        text += "; " + hint;
    return text;
}

Error SyntaxError::error() const
{
    std::string detail = message;
    if (!expected.empty())
        detail += "; expected " + expected;
    if (!hint.empty())
        detail += "; " + hint;
    return {ErrorCode::InvalidInput, std::move(detail), "cedar.syntax", {}, positionText(position)};
}

std::string_view tokenKindName(TokenKind kind)
{
    constexpr std::array<std::string_view, 34> kNames = {
        "the end of the text",
        "no token",
        "an identifier",
        "a number",
        "a string",
        "a slot",
        "\"?\"",
        "\"@\"",
        "\".\"",
        "\",\"",
        "\";\"",
        "\":\"",
        "\"::\"",
        "\"(\"",
        "\")\"",
        "\"{\"",
        "\"}\"",
        "\"[\"",
        "\"]\"",
        "\"==\"",
        "\"!=\"",
        "\"<\"",
        "\"<=\"",
        "\">\"",
        "\">=\"",
        "\"||\"",
        "\"&&\"",
        "\"+\"",
        "\"-\"",
        "\"*\"",
        "\"/\"",
        "\"%\"",
        "\"!\"",
        "\"=\""};
    static_assert(static_cast<std::size_t>(TokenKind::Assign) == 33);
    return kNames.at(static_cast<std::size_t>(kind));
}

Result<std::vector<Token>> tokenize(std::string_view text)
{
    if (text.size() > kTextByteCountMax)
        return fail(
            ErrorCode::LimitExceeded,
            "the text is longer than " + std::to_string(kTextByteCountMax) + " bytes",
            "cedar.size");
    if (const std::size_t bad = firstInvalidUtf8(text); bad != std::string_view::npos)
        return fail(
            ErrorCode::InvalidInput,
            "the text is not UTF-8 from byte " + std::to_string(bad) + " on",
            "cedar.utf8");
    std::vector<Token> tokens;
    Lexer lexer(text);
    do
        tokens.push_back(lexer.next());
    while (!tokens.back().is(TokenKind::End));
    return tokens;
}

SyntaxError problemOf(const Token& token)
{
    if (token.text.substr(0, 1) == "\"")
        return {
            token.position,
            "a string is not finished",
            "",
            token.text.back() == '\\' ? "a backslash cannot stand before the end of a line"
                                      : "it needs a closing quote"};
    SyntaxError problem{
        token.position, "no token starts with " + cedar::quoted(token.text), "", ""};
    if (token.text == "|" || token.text == "&")
        problem.hint = "the operators are && and ||";
    else if (token.text == "'")
        problem.hint = "strings stand in double quotes";
    else if (token.text == "\xEF\xBB\xBF")
        problem.hint = "take the byte order mark out";
    return problem;
}

} // namespace countersign::cedar
