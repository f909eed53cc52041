#include "planes/control/cedar/ext.h"

#include "planes/control/cedar/detail/digits.h"

#include <algorithm>

namespace countersign::cedar {

namespace {

using detail::takeDigits;

constexpr std::int64_t kUnitsPerOne = 10'000;
constexpr std::size_t kFractionDigitCountMax = 4;

Failure refuse(std::string_view type, std::string_view text, std::string_view reason)
{
    constexpr std::size_t kShownByteCountMax = 64;
    std::string shown(text.substr(0, kShownByteCountMax));
    if (shown.size() < text.size())
        shown += "…";
    return fail(
        ErrorCode::InvalidInput,
        '"' + shown + "\" is no " + std::string(type) + ": " + std::string(reason),
        "cedar." + std::string(type));
}

struct DurationUnit
{
    std::string_view suffix;
    std::int64_t milliseconds;
};

constexpr std::array<DurationUnit, 5> kDurationUnits = {
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

/// `text` starts with the suffix, and with no longer one: `m` is not the start of `ms`.
bool startsWithUnit(std::string_view text, const DurationUnit& unit)
{
    if (text.substr(0, unit.suffix.size()) != unit.suffix)
        return false;
    return unit.suffix != "m" || text.substr(0, 2) != "ms";
}

} // namespace

Result<Decimal> Decimal::parse(std::string_view text)
{
    std::string_view rest = text;
    const bool isNegative = !rest.empty() && rest.front() == '-';
    if (isNegative)
        rest.remove_prefix(1);
    const std::string_view whole = takeDigits(rest);
    if (whole.empty() || rest.empty() || rest.front() != '.')
        return refuse("decimal", text, "digits, a point and digits are expected");
    rest.remove_prefix(1);
    const std::string_view fraction = takeDigits(rest);
    if (fraction.empty() || !rest.empty())
        return refuse("decimal", text, "digits, a point and digits are expected");
    if (fraction.size() > kFractionDigitCountMax)
        return refuse("decimal", text, "more than four digits behind the point");
    const std::string digits = std::string(whole) + std::string(fraction)
                               + std::string(kFractionDigitCountMax - fraction.size(), '0');
    const auto units = detail::signedNumber(digits, isNegative);
    if (!units)
        return refuse("decimal", text, "it does not fit 64 bits");
    return Decimal{*units};
}

std::string Decimal::text() const
{
    // The remainder has the sign of the number, and -(-2^63 % 10^4) is small.
    const std::int64_t remainder = units % kUnitsPerOne;
    std::string fraction = std::to_string(remainder < 0 ? -remainder : remainder);
    fraction.insert(0, kFractionDigitCountMax - fraction.size(), '0');
    while (fraction.size() > 1 && fraction.back() == '0')
        fraction.pop_back();
    const std::int64_t whole = units / kUnitsPerOne;
    const std::string sign = units < 0 && whole == 0 ? "-" : "";
    return sign + std::to_string(whole) + '.' + fraction;
}

Result<Duration> Duration::parse(std::string_view text)
{
    std::string_view rest = text;
    const bool isNegative = !rest.empty() && rest.front() == '-';
    if (isNegative)
        rest.remove_prefix(1);
    if (rest.empty())
        return refuse("duration", text, "no number");
    std::int64_t sum = 0;
    auto unit = kDurationUnits.begin();
    while (!rest.empty()) {
        const std::string_view digits = takeDigits(rest);
        while (unit != kDurationUnits.end() && !startsWithUnit(rest, *unit))
            ++unit;
        if (digits.empty() || unit == kDurationUnits.end())
            return refuse(
                "duration",
                text,
                "numbers with the units d, h, m, s, ms in this order are expected");
        // Added with its sign, so that the most negative duration can be said.
        const auto count = detail::signedNumber(digits, isNegative);
        std::int64_t part = 0;
        if (!count || __builtin_mul_overflow(*count, unit->milliseconds, &part)
            || __builtin_add_overflow(sum, part, &sum))
            return refuse("duration", text, "it does not fit 64 bits");
        rest.remove_prefix(unit->suffix.size());
        ++unit;
    }
    return Duration{sum};
}

std::string Duration::text() const
{
    if (milliseconds == 0)
        return "0ms";
    std::string text = milliseconds < 0 ? "-" : "";
    std::int64_t rest = milliseconds;
    for (const DurationUnit& unit : kDurationUnits) {
        // A quotient of the most negative number by one day or more fits; by 1 ms what is left is
        // below a second.
        const std::int64_t count = rest / unit.milliseconds;
        rest %= unit.milliseconds;
        if (count != 0)
            text += std::to_string(count < 0 ? -count : count) + std::string(unit.suffix);
    }
    return text;
}

} // namespace countersign::cedar
