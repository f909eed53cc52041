#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace countersign::cedar::detail {

[[nodiscard]] inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes the decimal digits off the front of a text; empty when there are none.
[[nodiscard]] inline std::string_view takeDigits(std::string_view& text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

/// The number of decimal digits, any count of leading zeros; nothing when it does not fit 64 bits.
/// The most negative number fits with its sign only.
[[nodiscard]] inline std::optional<std::int64_t>
signedNumber(std::string_view digits, bool isNegative)
{
    std::int64_t number = 0;
    for (const char c : digits) {
        const std::int64_t digit = isNegative ? '0' - c : c - '0';
        if (__builtin_mul_overflow(number, 10, &number)
            || __builtin_add_overflow(number, digit, &number))
            return std::nullopt;
    }
    return number;
}

/// The same for exactly `count` digits in front of the text, which are taken off; nothing when
/// there are fewer. For at most nine digits.
[[nodiscard]] inline std::optional<int> takeNumber(std::string_view& text, std::size_t count)
{
    if (text.size() < count
        || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), isDigit))
        return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, count))
        number = number * 10 + (c - '0');
    text.remove_prefix(count);
    return number;
}

/// Takes one character off the front; false when another one stands there.
[[nodiscard]] inline bool takeCharacter(std::string_view& text, char character)
{
    if (text.empty() || text.front() != character)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace countersign::cedar::detail
