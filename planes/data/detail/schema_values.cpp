#include "planes/data/detail/schema_values.h"

#include "models/check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace countersign::data::detail {

namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;

/// The sign and magnitude of a number as digits * 10^exponent, digits not divisible by ten.
struct Decimal
{
    std::uint64_t digits = 0;
    int exponent = 0;
};

std::strong_ordering reversed(std::strong_ordering order)
{
    return 0 <=> order;
}

std::strong_ordering compareDoubles(double left, double right)
{
    // NaN cannot come out of JSON text; a value built by the program may hold it, and sorting needs
    // a total order all the same.
    if (std::isnan(left) || std::isnan(right))
        return std::isnan(right) <=> std::isnan(left);
    if (left < right)
        return std::strong_ordering::less;
    return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

/// The whole parts are equal: a fraction decides.
std::strong_ordering compareFraction(double right)
{
    return compareDoubles(0.0, right - std::trunc(right));
}

std::strong_ordering compareSigned(std::int64_t left, double right)
{
    if (std::isnan(right) || right < -kTwoTo63)
        return std::strong_ordering::greater;
    if (right >= kTwoTo63)
        return std::strong_ordering::less;
    const auto whole = static_cast<std::int64_t>(right);
    return left != whole ? left <=> whole : compareFraction(right);
}

std::strong_ordering compareUnsigned(std::uint64_t left, double right)
{
    if (std::isnan(right) || right < 0.0)
        return std::strong_ordering::greater;
    if (right >= kTwoTo64)
        return std::strong_ordering::less;
    const auto whole = static_cast<std::uint64_t>(right);
    return left != whole ? left <=> whole : compareFraction(right);
}

std::strong_ordering compareWithDouble(const Json& integer, double right)
{
    return integer.is_number_unsigned() ? compareUnsigned(integer.get<std::uint64_t>(), right)
                                        : compareSigned(integer.get<std::int64_t>(), right);
}

std::strong_ordering compareIntegers(const Json& left, const Json& right)
{
    const bool leftUnsigned = left.is_number_unsigned();
    const bool rightUnsigned = right.is_number_unsigned();
    if (leftUnsigned && rightUnsigned)
        return left.get<std::uint64_t>() <=> right.get<std::uint64_t>();
    if (!leftUnsigned && !rightUnsigned)
        return left.get<std::int64_t>() <=> right.get<std::int64_t>();
    if (leftUnsigned)
        return reversed(compareIntegers(right, left));
    const auto negativePossible = left.get<std::int64_t>();
    if (negativePossible < 0)
        return std::strong_ordering::less;
    return static_cast<std::uint64_t>(negativePossible) <=> right.get<std::uint64_t>();
}

Decimal normalized(std::uint64_t digits, int exponent)
{
    while (digits != 0 && digits % 10 == 0) {
        digits /= 10;
        ++exponent;
    }
    return {digits, digits == 0 ? 0 : exponent};
}

/// The shortest decimal text that reads back as the same double is the number that was meant.
Decimal decimalOfDouble(double value)
{
    std::array<char, 64> text{};
    const auto written = std::to_chars(
        text.data(), text.data() + text.size(), std::fabs(value), std::chars_format::scientific);
    CS_ASSERT(written.ec == std::errc());
    std::uint64_t digits = 0;
    int exponent = 0;
    bool inFraction = false;
    const char* at = text.data();
    for (; at != written.ptr && *at != 'e'; ++at) {
        if (*at == '.') {
            inFraction = true;
            continue;
        }
        digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
        exponent -= inFraction ? 1 : 0;
    }
    int scale = 0;
    if (at != written.ptr) {
        at += at[1] == '+' ? 2 : 1;
        std::from_chars(at, written.ptr, scale);
    }
    return normalized(digits, exponent + scale);
}

Decimal decimalOf(const Json& number)
{
    if (number.is_number_unsigned())
        return normalized(number.get<std::uint64_t>(), 0);
    if (number.is_number_integer()) {
        const auto value = number.get<std::int64_t>();
        const auto bits = static_cast<std::uint64_t>(value);
        return normalized(value < 0 ? 0 - bits : bits, 0);
    }
    return decimalOfDouble(number.get<double>());
}

int typeRank(const Json& value)
{
    switch (value.type()) {
    case Json::value_t::null:
        return 0;
    case Json::value_t::boolean:
        return 1;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
        return 2;
    case Json::value_t::string:
        return 3;
    case Json::value_t::array:
        return 4;
    case Json::value_t::object:
        return 5;
    case Json::value_t::binary:
    case Json::value_t::discarded:
        return 6;
    }
    return 6;
}

std::strong_ordering compareText(const std::string& left, const std::string& right)
{
    return left.compare(right) <=> 0;
}

std::strong_ordering compareArrays(const Json& left, const Json& right)
{
    if (left.size() != right.size())
        return left.size() <=> right.size();
    for (std::size_t i = 0; i < left.size(); ++i)
        if (const auto order = compareValues(left[i], right[i]); order != 0)
            return order;
    return std::strong_ordering::equal;
}

std::strong_ordering compareObjects(const Json& left, const Json& right)
{
    if (left.size() != right.size())
        return left.size() <=> right.size();
    // Members are kept sorted by name, so equal objects agree place by place.
    for (auto l = left.begin(), r = right.begin(); l != left.end(); ++l, ++r) {
        if (const auto order = compareText(l.key(), r.key()); order != 0)
            return order;
        if (const auto order = compareValues(l.value(), r.value()); order != 0)
            return order;
    }
    return std::strong_ordering::equal;
}

} // namespace

std::strong_ordering compareNumbers(const Json& left, const Json& right)
{
    if (left.is_number_float() && right.is_number_float())
        return compareDoubles(left.get<double>(), right.get<double>());
    if (right.is_number_float())
        return compareWithDouble(left, right.get<double>());
    if (left.is_number_float())
        return reversed(compareWithDouble(right, left.get<double>()));
    return compareIntegers(left, right);
}

bool isInteger(const Json& value)
{
    if (value.is_number_integer())
        return true;
    if (!value.is_number_float())
        return false;
    const double number = value.get<double>();
    return std::isfinite(number) && std::trunc(number) == number;
}

bool isMultipleOf(const Json& value, const Json& divisor)
{
    for (const Json* const number : {&value, &divisor})
        if (number->is_number_float() && !std::isfinite(number->get<double>()))
            return false;
    const Decimal dividend = decimalOf(value);
    const Decimal unit = decimalOf(divisor);
    if (dividend.digits == 0)
        return true;
    // value / divisor = dividend.digits * 10^shift / unit.digits. The digits hold no factor ten, so
    // nothing cancels a negative shift.
    const int shift = dividend.exponent - unit.exponent;
    if (shift < 0 || unit.digits == 0)
        return false;
    Uint128 remainder = dividend.digits % unit.digits;
    for (int i = 0; i < shift && remainder != 0; ++i)
        remainder = remainder * 10 % unit.digits;
    return remainder == 0;
}

std::strong_ordering compareValues(const Json& left, const Json& right)
{
    const int rank = typeRank(left);
    if (const int other = typeRank(right); rank != other)
        return rank <=> other;
    if (left.is_boolean())
        return left.get<bool>() <=> right.get<bool>();
    if (left.is_number())
        return compareNumbers(left, right);
    if (left.is_string())
        return compareText(left.get_ref<const std::string&>(), right.get_ref<const std::string&>());
    if (left.is_array())
        return compareArrays(left, right);
    return left.is_object() ? compareObjects(left, right) : std::strong_ordering::equal;
}

std::uint64_t codePointCount(std::string_view text)
{
    return static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

ValueSize measureValue(const Json& value, std::size_t depthMax)
{
    ValueSize size;
    std::vector<std::pair<const Json*, std::size_t>> open{{&value, 1}};
    while (!open.empty()) {
        const auto [current, depth] = open.back();
        open.pop_back();
        ++size.valueCount;
        size.depth = std::max(size.depth, depth);
        if (size.depth > depthMax)
            return size;
        if (current->is_structured())
            for (const Json& child : *current)
                open.emplace_back(&child, depth + 1);
    }
    return size;
}

} // namespace countersign::data::detail
