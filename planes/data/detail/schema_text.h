#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Small readers of ASCII and UTF-8 shared by the formats. Nothing here depends on a locale.
namespace countersign::data::detail {

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
[[nodiscard]] constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool isAscii(char c)
{
    return (static_cast<unsigned char>(c) & 0x80U) == 0;
}
[[nodiscard]] constexpr int hexValue(char c)
{
    return isDigit(c) ? c - '0' : (c >= 'a' ? c - 'a' : c - 'A') + 10;
}
[[nodiscard]] constexpr bool isOneOf(char c, std::string_view set)
{
    return set.find(c) != std::string_view::npos;
}

/// The code points of UTF-8 text; absent when it is not valid UTF-8.
[[nodiscard]] std::optional<std::u32string> codePoints(std::string_view text);

} // namespace countersign::data::detail
