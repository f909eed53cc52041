#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign::cedar::detail {

/// Takes the first code point off a text that is not empty. A byte that is no UTF-8 counts as the
/// character of that number; texts from outside are checked where they come in.
[[nodiscard]] std::uint32_t takeCodePoint(std::string_view& text);

/// Appends the code point as UTF-8.
void appendUtf8(std::string& text, std::uint32_t codePoint);

/// Appends the code point as it stands between the quotes of policy text: control characters,
/// blanks other than the space and what has no width of its own are escaped.
void appendEscaped(std::string& text, std::uint32_t codePoint);

/// White_Space of Unicode: what may stand between tokens.
[[nodiscard]] bool isWhiteSpace(std::uint32_t codePoint);

} // namespace countersign::cedar::detail
