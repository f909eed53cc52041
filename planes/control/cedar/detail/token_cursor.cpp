#include "planes/control/cedar/detail/token_cursor.h"

#include "planes/control/cedar/uid.h"

namespace countersign::cedar::detail {

namespace {

std::string shownToken(const Token& token)
{
    constexpr std::size_t kShownByteCountMax = 40;
    if (token.is(TokenKind::End))
        return "the text ends here";
    std::string text(token.text.substr(0, kShownByteCountMax));
    // Not inside a character.
    while (text.size() < token.text.size() && !text.empty()
           && (static_cast<unsigned char>(token.text[text.size()]) & 0xC0U) == 0x80U)
        text.pop_back();
    return "unexpected " + text + (text.size() < token.text.size() ? "…" : "");
}

} // namespace

void TokenCursor::refuseToken(std::string expected, std::string hint)
{
    const Token& token = peek();
    if (token.is(TokenKind::Invalid)) {
        m_errors.push_back(problemOf(token));
        return;
    }
    if (hint.empty() && token.is(TokenKind::Assign))
        hint = "equality is written ==";
    if (hint.empty() && token.is(TokenKind::Identifier) && isReservedWord(token.text))
        hint = std::string(token.text) + " is a reserved word";
    m_errors.push_back({token.position, shownToken(token), std::move(expected), std::move(hint)});
}

void TokenCursor::refuse(SourcePosition position, const Error& error)
{
    m_errors.push_back({position, error.detail, {}, {}});
}

std::optional<std::string> TokenCursor::takeString(std::string_view expected)
{
    if (!at(TokenKind::String)) {
        refuseToken(std::string(expected));
        return std::nullopt;
    }
    const Token& token = take();
    auto text = unescapeString(token);
    if (!text.ok()) {
        refuse(token.position, text.error());
        return std::nullopt;
    }
    return *std::move(text);
}

} // namespace countersign::cedar::detail
