#pragma once

#include "models/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Tokens of policy and schema text.
namespace countersign::cedar {

/// The longest policy or schema text that is read.
inline constexpr std::size_t kTextByteCountMax = std::size_t{4} * 1024 * 1024;

/// A place in a text. Lines and columns count from 1, columns in characters (code points). All zero
/// for what does not come from text.
struct SourcePosition
{
    std::uint32_t offset = 0; ///< In bytes, from 0.
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    bool operator==(const SourcePosition&) const = default;
};

/// `line N column M`.
[[nodiscard]] std::string positionText(SourcePosition position);

/// One refusal of a text: where, what was found, what could have stood there, and what may help.
struct SyntaxError
{
    SourcePosition position;
    std::string message;  ///< What is wrong: `unexpected token "when"`.
    std::string expected; ///< What could stand there: `";"`; may be empty.
    std::string hint;     ///< What may help; may be empty.

    bool operator==(const SyntaxError&) const = default;

    /// `line N column M: message; expected …; hint`.
    [[nodiscard]] std::string describe() const;
    /// InvalidInput with the rule `cedar.syntax`; the pointer is the position.
    [[nodiscard]] Error error() const;
};

enum class TokenKind : std::uint8_t {
    End,
    Invalid,    ///< What no token starts with, or an unfinished string; problemOf() says why.
    Identifier, ///< Reserved words as well.
    Number,
    String, ///< The text still has its quotes and escapes.
    Slot,   ///< `?name`
    Question,
    At,
    Dot,
    Comma,
    Semicolon,
    Colon,
    PathSeparator, ///< `::`
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Or,
    And,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Not,
    Assign,
};

/// What a message calls it: `identifier`, `"=="`, `end of text`.
[[nodiscard]] std::string_view tokenKindName(TokenKind kind);

struct Token
{
    TokenKind kind = TokenKind::End;
    SourcePosition position;
    std::string_view text; ///< A part of the text that was read, which has to outlive it.

    [[nodiscard]] bool is(TokenKind other) const { return kind == other; }
    /// The identifier `word`, reserved or not.
    [[nodiscard]] bool isWord(std::string_view word) const
    {
        return kind == TokenKind::Identifier && text == word;
    }
};

/// All tokens of a text, the last one End. White space and `//` comments are skipped. What is no
/// token becomes Invalid, and reading goes on behind it. Errors: LimitExceeded (rule `cedar.size`),
/// InvalidInput (rule `cedar.utf8`).
[[nodiscard]] Result<std::vector<Token>> tokenize(std::string_view text);

/// Why an Invalid token is none.
[[nodiscard]] SyntaxError problemOf(const Token& token);

/// The text that a String token stands for. Errors: InvalidInput (rule `cedar.escape`), the pointer
/// is the position of the escape.
[[nodiscard]] Result<std::string> unescapeString(const Token& token);

/// The literal runs of the pattern that a String token stands for; a wildcard stands between each
/// two of them, so there is always at least one. Errors: as unescapeString.
[[nodiscard]] Result<std::vector<std::string>> unescapePattern(const Token& token);

/// The pattern between double quotes, with `\*` for stars that are meant.
[[nodiscard]] std::string quotedPattern(const std::vector<std::string>& runs);

} // namespace countersign::cedar
