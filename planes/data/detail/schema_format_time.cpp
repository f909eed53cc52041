#include "planes/data/detail/schema_format.h"
#include "planes/data/detail/schema_text.h"

#include <array>
#include <chrono>
#include <optional>

namespace countersign::data::detail {

namespace {

constexpr int kMinutesPerHour = 60;
constexpr int kMinutesPerDay = 24 * kMinutesPerHour;

/// Reads exactly `count` digits and removes them.
std::optional<int> takeNumber(std::string_view& text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, count)) {
        if (!isDigit(c))
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool takeCharacter(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

/// A fraction, if there is one, has at least one digit.
bool takeFraction(std::string_view& text)
{
    if (!takeCharacter(text, '.'))
        return true;
    const auto end = text.find_first_not_of("0123456789");
    const auto digitCount = end == std::string_view::npos ? text.size() : end;
    text.remove_prefix(digitCount);
    return digitCount > 0;
}

/// The zone is the whole rest of the text. Minutes east of UTC.
std::optional<int> readZone(std::string_view text)
{
    if (text == "Z" || text == "z")
        return 0;
    const bool west = takeCharacter(text, '-');
    if (!west && !takeCharacter(text, '+'))
        return std::nullopt;
    const auto hour = takeNumber(text, 2);
    if (!hour || *hour > 23 || !takeCharacter(text, ':'))
        return std::nullopt;
    const auto minute = takeNumber(text, 2);
    if (!minute || *minute > 59 || !text.empty())
        return std::nullopt;
    const int offset = *hour * kMinutesPerHour + *minute;
    return west ? -offset : offset;
}

/// Removes `digits unit` from the front when it is there.
bool takeElement(std::string_view& text, char unit)
{
    const auto end = text.find_first_not_of("0123456789");
    if (end == std::string_view::npos || end == 0 || text[end] != unit)
        return false;
    text.remove_prefix(end + 1);
    return true;
}

/// RFC 3339 appendix A: elements follow each other without a gap, e.g. years, months, days.
bool takeElements(std::string_view& text, const std::array<char, 3>& units)
{
    bool any = false;
    for (const char unit : units) {
        const bool taken = takeElement(text, unit);
        if (any && !taken)
            return true;
        any = any || taken;
    }
    return any;
}

} // namespace

bool isDate(std::string_view text)
{
    using namespace std::chrono;
    const auto yearNumber = takeNumber(text, 4);
    if (!yearNumber || !takeCharacter(text, '-'))
        return false;
    const auto monthNumber = takeNumber(text, 2);
    if (!monthNumber || !takeCharacter(text, '-'))
        return false;
    const auto dayNumber = takeNumber(text, 2);
    return dayNumber && text.empty()
           && year_month_day(
                  year(*yearNumber),
                  month(static_cast<unsigned>(*monthNumber)),
                  day(static_cast<unsigned>(*dayNumber)))
                  .ok();
}

bool isTime(std::string_view text)
{
    const auto hour = takeNumber(text, 2);
    if (!hour || *hour > 23 || !takeCharacter(text, ':'))
        return false;
    const auto minute = takeNumber(text, 2);
    if (!minute || *minute > 59 || !takeCharacter(text, ':'))
        return false;
    const auto second = takeNumber(text, 2);
    if (!second || *second > 60 || !takeFraction(text))
        return false;
    const auto zone = readZone(text);
    if (!zone)
        return false;
    // A leap second exists only as the last second of a day in UTC.
    const int minuteOfDay =
        (*hour * kMinutesPerHour + *minute - *zone + kMinutesPerDay) % kMinutesPerDay;
    return *second < 60 || minuteOfDay == kMinutesPerDay - 1;
}

bool isDateTime(std::string_view text)
{
    constexpr std::size_t kDateLength = 10;
    if (text.size() <= kDateLength || (text[kDateLength] != 'T' && text[kDateLength] != 't'))
        return false;
    return isDate(text.substr(0, kDateLength)) && isTime(text.substr(kDateLength + 1));
}

bool isDuration(std::string_view text)
{
    if (!takeCharacter(text, 'P'))
        return false;
    if (takeElement(text, 'W'))
        return text.empty();
    const bool hasDate = takeElements(text, {'Y', 'M', 'D'});
    if (text.empty())
        return hasDate;
    return takeCharacter(text, 'T') && takeElements(text, {'H', 'M', 'S'}) && text.empty();
}

} // namespace countersign::data::detail
