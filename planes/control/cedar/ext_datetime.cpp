#include "planes/control/cedar/detail/digits.h"
#include "planes/control/cedar/ext.h"

#include <chrono>

namespace countersign::cedar {

namespace {

using detail::takeCharacter;
using detail::takeNumber;

constexpr std::int64_t kMillisecondsPerDay = 86'400'000;

struct DayTime
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int millisecond = 0;
    int offsetMinutes = 0; ///< East of Greenwich.
};

bool parseDate(std::string_view& text, std::chrono::year_month_day& date)
{
    const auto year = takeNumber(text, 4);
    if (!year || !takeCharacter(text, '-'))
        return false;
    const auto month = takeNumber(text, 2);
    if (!month || !takeCharacter(text, '-'))
        return false;
    const auto day = takeNumber(text, 2);
    if (!day)
        return false;
    date = std::chrono::year(*year) / std::chrono::month(static_cast<unsigned>(*month))
           / std::chrono::day(static_cast<unsigned>(*day));
    return date.ok();
}

bool parseZone(std::string_view& text, DayTime& time)
{
    if (takeCharacter(text, 'Z'))
        return text.empty();
    const bool isWest = !text.empty() && text.front() == '-';
    if (!isWest && (text.empty() || text.front() != '+'))
        return false;
    text.remove_prefix(1);
    const auto hour = takeNumber(text, 2);
    const auto minute = hour ? takeNumber(text, 2) : std::nullopt;
    if (!minute || *hour > 23 || *minute > 59 || !text.empty())
        return false;
    time.offsetMinutes = (*hour * 60 + *minute) * (isWest ? -1 : 1);
    return true;
}

bool parseTime(std::string_view text, DayTime& time)
{
    const auto hour = takeNumber(text, 2);
    if (!hour || !takeCharacter(text, ':'))
        return false;
    const auto minute = takeNumber(text, 2);
    if (!minute || !takeCharacter(text, ':'))
        return false;
    const auto second = takeNumber(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 59)
        return false;
    if (takeCharacter(text, '.')) {
        const auto millisecond = takeNumber(text, 3);
        if (!millisecond)
            return false;
        time.millisecond = *millisecond;
    }
    time.hour = *hour;
    time.minute = *minute;
    time.second = *second;
    return parseZone(text, time);
}

/// `value` with leading zeros.
std::string padded(std::int64_t value, std::size_t width)
{
    std::string digits = std::to_string(value);
    if (digits.size() < width)
        digits.insert(0, width - digits.size(), '0');
    return digits;
}

/// What is left over a whole day: 0 up to a day, also before 1970.
std::int64_t timeOfDay(std::int64_t milliseconds)
{
    const std::int64_t remainder = milliseconds % kMillisecondsPerDay;
    return remainder < 0 ? remainder + kMillisecondsPerDay : remainder;
}

} // namespace

Result<DateTime> DateTime::parse(std::string_view text)
{
    std::string_view rest = text;
    std::chrono::year_month_day date{};
    DayTime time;
    if (!parseDate(rest, date) || (!rest.empty() && !takeCharacter(rest, 'T'))
        || (rest.data() != text.data() + 10 && !parseTime(rest, time)))
        return fail(
            ErrorCode::InvalidInput,
            '"' + std::string(text.substr(0, 40))
                + "\" is no date or time like 2026-11-20 or 2026-11-20T09:30:00Z",
            "cedar.datetime");
    // Four digits of the year keep everything far from the limits of 64 bits.
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t minutes = std::int64_t{time.hour} * 60 + time.minute - time.offsetMinutes;
    return DateTime{
        days * kMillisecondsPerDay + minutes * 60'000 + std::int64_t{time.second} * 1'000
        + time.millisecond};
}

std::optional<std::string> DateTime::text() const
{
    // 0000-01-01 and 9999-12-31 in days since 1970.
    constexpr std::int64_t kDayMin = -719'528;
    constexpr std::int64_t kDayMax = 2'932'896;
    const std::int64_t time = timeOfDay(milliseconds);
    const std::int64_t day =
        milliseconds / kMillisecondsPerDay - (milliseconds % kMillisecondsPerDay < 0 ? 1 : 0);
    if (day < kDayMin || day > kDayMax)
        return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::sys_days(std::chrono::days(static_cast<int>(day))));
    std::string text = padded(static_cast<int>(date.year()), 4) + '-'
                       + padded(static_cast<unsigned>(date.month()), 2) + '-'
                       + padded(static_cast<unsigned>(date.day()), 2);
    text += 'T' + padded(time / 3'600'000, 2) + ':' + padded(time / 60'000 % 60, 2) + ':'
            + padded(time / 1'000 % 60, 2);
    if (time % 1'000 != 0)
        text += '.' + padded(time % 1'000, 3);
    return text + 'Z';
}

std::optional<DateTime> DateTime::toDate() const
{
    std::int64_t start = 0;
    if (__builtin_sub_overflow(milliseconds, timeOfDay(milliseconds), &start))
        return std::nullopt;
    return DateTime{start};
}

Duration DateTime::toTime() const
{
    return {timeOfDay(milliseconds)};
}

std::optional<DateTime> DateTime::offset(Duration by) const
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(milliseconds, by.milliseconds, &sum))
        return std::nullopt;
    return DateTime{sum};
}

std::optional<Duration> DateTime::durationSince(DateTime earlier) const
{
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(milliseconds, earlier.milliseconds, &difference))
        return std::nullopt;
    return Duration{difference};
}

} // namespace countersign::cedar
