#include "models/instant.h"

#include <array>
#include <cstdio>

namespace countersign {

namespace {

/// Reads exactly `count` decimal digits at `position`; -1 when there is something else.
int digitsAt(std::string_view text, std::size_t position, std::size_t count)
{
    if (position + count > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = position; i < position + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool charAt(std::string_view text, std::size_t position, std::string_view allowed)
{
    return position < text.size() && allowed.find(text[position]) != std::string_view::npos;
}

Failure notAnInstant(std::string_view text)
{
    return fail(
        ErrorCode::InvalidInput,
        "\"" + std::string(text.substr(0, 40)) + "\" is not an RFC 3339 time with a zone",
        "instant.form");
}

} // namespace

Result<Instant> Instant::parse(std::string_view text)
{
    using namespace std::chrono;
    const bool separators = charAt(text, 4, "-") && charAt(text, 7, "-") && charAt(text, 10, "Tt")
                            && charAt(text, 13, ":") && charAt(text, 16, ":");
    const int yearNumber = digitsAt(text, 0, 4);
    const int monthNumber = digitsAt(text, 5, 2);
    const int dayNumber = digitsAt(text, 8, 2);
    const int hour = digitsAt(text, 11, 2);
    const int minute = digitsAt(text, 14, 2);
    const int second = digitsAt(text, 17, 2);
    if (!separators || yearNumber < 0 || monthNumber < 0 || dayNumber < 0 || hour < 0 || hour > 23
        || minute < 0 || minute > 59 || second < 0 || second > 60)
        return notAnInstant(text);
    const year_month_day date{
        year(yearNumber),
        month(static_cast<unsigned>(monthNumber)),
        day(static_cast<unsigned>(dayNumber))};
    if (!date.ok())
        return notAnInstant(text);

    std::size_t position = 19;
    std::int64_t micros = 0;
    if (charAt(text, position, ".")) {
        std::int64_t scale = 100000;
        const std::size_t first = ++position;
        while (charAt(text, position, "0123456789")) {
            micros += (text[position] - '0') * scale;
            scale /= 10;
            ++position;
        }
        if (position == first)
            return notAnInstant(text);
    }

    minutes offset{0};
    if (charAt(text, position, "Zz")) {
        ++position;
    } else if (charAt(text, position, "+-")) {
        const int offsetHours = digitsAt(text, position + 1, 2);
        const int offsetMinutes = digitsAt(text, position + 4, 2);
        if (!charAt(text, position + 3, ":") || offsetHours < 0 || offsetHours > 23
            || offsetMinutes < 0 || offsetMinutes > 59)
            return notAnInstant(text);
        offset = minutes(offsetHours * 60 + offsetMinutes) * (text[position] == '-' ? -1 : 1);
        position += 6;
    } else {
        return notAnInstant(text);
    }
    if (position != text.size())
        return notAnInstant(text);
    const TimePoint point = sys_days(date) + hours(hour) + minutes(minute) + seconds(second)
                            + Duration(micros) - offset;
    return Instant(point);
}

std::string Instant::text() const
{
    using namespace std::chrono;
    const auto dayPoint = floor<days>(m_point);
    const year_month_day date{dayPoint};
    const hh_mm_ss<Duration> time{m_point - dayPoint};
    std::array<char, 48> buffer{};
    const int written = std::snprintf(
        buffer.data(),
        buffer.size(),
        "%04d-%02u-%02uT%02d:%02d:%02d",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    std::string text(buffer.data(), static_cast<std::size_t>(written));
    if (const auto micros = time.subseconds().count(); micros != 0) {
        std::array<char, 16> fraction{};
        std::snprintf(fraction.data(), fraction.size(), ".%06d", static_cast<int>(micros));
        text += fraction.data();
    }
    return text + "Z";
}

} // namespace countersign
