#pragma once

#include "planes/control/cedar/lex.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::cedar::detail {

/// A place in a list of tokens, and the errors found so far. A function that reads something and
/// finds something else records one error and returns nothing; nobody records a second one until
/// the reader has recovered.
class TokenCursor
{
public:
    explicit TokenCursor(const std::vector<Token>& tokens)
        : m_tokens(tokens)
    {}

    /// The token `ahead` places further on; the last one, End, stands for all behind it.
    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const
    {
        return m_tokens[std::min(m_index + ahead, m_tokens.size() - 1)];
    }
    [[nodiscard]] bool at(TokenKind kind) const { return peek().is(kind); }
    [[nodiscard]] bool atWord(std::string_view word) const { return peek().isWord(word); }
    [[nodiscard]] bool atEnd() const { return at(TokenKind::End); }
    [[nodiscard]] SourcePosition position() const { return peek().position; }

    const Token& take()
    {
        const Token& token = peek();
        if (m_index + 1 < m_tokens.size())
            ++m_index;
        return token;
    }

    bool accept(TokenKind kind)
    {
        if (!at(kind))
            return false;
        take();
        return true;
    }

    bool acceptWord(std::string_view word)
    {
        if (!atWord(word))
            return false;
        take();
        return true;
    }

    /// False, with an error, when another token stands there.
    bool expect(TokenKind kind, std::string hint = {})
    {
        if (accept(kind))
            return true;
        refuseToken(std::string(tokenKindName(kind)), std::move(hint));
        return false;
    }

    /// The error that the token here fits nothing.
    void refuseToken(std::string expected, std::string hint = {});
    void refuse(SourcePosition position, std::string message, std::string hint = {})
    {
        m_errors.push_back({position, std::move(message), {}, std::move(hint)});
    }
    /// An error of a token's text, e.g. of an escape.
    void refuse(SourcePosition position, const Error& error);

    /// The text of a string token that is here; an error when another token or a wrong escape is.
    std::optional<std::string> takeString(std::string_view expected);

    [[nodiscard]] const std::vector<SyntaxError>& errors() const { return m_errors; }

private:
    const std::vector<Token>& m_tokens;
    std::size_t m_index = 0;
    std::vector<SyntaxError> m_errors;
};

} // namespace countersign::cedar::detail
