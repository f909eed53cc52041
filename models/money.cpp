#include "models/money.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr std::size_t kWholeDigitsMax = 18;
constexpr std::size_t kFractionDigitsMax = 4;

struct Parts
{
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
};

Parts split(std::string_view amount)
{
    Parts parts;
    parts.negative = !amount.empty() && amount.front() == '-';
    if (parts.negative)
        amount.remove_prefix(1);
    const std::size_t point = amount.find('.');
    parts.whole = amount.substr(0, point);
    if (point != std::string_view::npos)
        parts.fraction = amount.substr(point + 1);
    return parts;
}

bool isDigits(std::string_view text)
{
    return !text.empty()
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Sign, then 18 + 4 digits: compares as text within one sign.
std::string magnitude(const Parts& parts)
{
    std::string digits(kWholeDigitsMax - parts.whole.size(), '0');
    digits += parts.whole;
    digits += parts.fraction;
    digits.resize(kWholeDigitsMax + kFractionDigitsMax, '0');
    return digits;
}

} // namespace

Result<Money> Money::parse(std::string_view amount, std::string_view currency)
{
    const Parts parts = split(amount);
    const bool hasPoint = amount.find('.') != std::string_view::npos;
    const bool wellFormed =
        isDigits(parts.whole) && parts.whole.size() <= kWholeDigitsMax
        && (parts.whole.size() == 1 || parts.whole.front() != '0')
        && (!hasPoint || (isDigits(parts.fraction) && parts.fraction.size() <= kFractionDigitsMax));
    if (!wellFormed)
        return fail(
            ErrorCode::InvalidInput,
            "\"" + std::string(amount.substr(0, 40))
                + "\" is not a decimal amount with at most 18 and 4 digits",
            "money.amount");
    const bool currencyOk =
        currency.size() == 3 && std::all_of(currency.begin(), currency.end(), [](char c) {
            return c >= 'A' && c <= 'Z';
        });
    if (!currencyOk)
        return fail(
            ErrorCode::InvalidInput,
            "\"" + std::string(currency.substr(0, 40)) + "\" is not an ISO 4217 code",
            "money.currency");
    return Money(std::string(amount), std::string(currency));
}

bool Money::operator==(const Money& other) const
{
    const auto order = compare(*this, other);
    return order.ok() && *order == 0;
}

Result<int> Money::compare(const Money& a, const Money& b)
{
    if (a.m_currency != b.m_currency)
        return fail(
            ErrorCode::InvalidInput,
            "amounts in " + a.m_currency + " and " + b.m_currency + " cannot be compared",
            "money.currency");
    const Parts left = split(a.m_amount);
    const Parts right = split(b.m_amount);
    const std::string leftDigits = magnitude(left);
    const std::string rightDigits = magnitude(right);
    const std::string zero = magnitude(Parts{false, "0", ""});
    const bool leftNegative = left.negative && leftDigits != zero;
    const bool rightNegative = right.negative && rightDigits != zero;
    if (leftNegative != rightNegative)
        return leftNegative ? -1 : 1;
    const int order = leftDigits.compare(rightDigits);
    const int sign = order < 0 ? -1 : (order > 0 ? 1 : 0);
    return leftNegative ? -sign : sign;
}

} // namespace countersign
