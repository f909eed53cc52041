#include "app/demo/demo_decisions.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace countersign::app {

namespace {

constexpr std::size_t kDateLength = 10;

bool isDate(std::string_view text)
{
    if (text.size() != kDateLength || text[4] != '-' || text[7] != '-')
        return false;
    for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

std::string movedDate(const std::string& date, int days)
{
    using namespace std::chrono;
    const year_month_day before{
        year(std::stoi(date.substr(0, 4))),
        month(static_cast<unsigned>(std::stoi(date.substr(5, 2)))),
        day(static_cast<unsigned>(std::stoi(date.substr(8, 2))))};
    if (!before.ok())
        return date;
    const year_month_day after{sys_days(before) + std::chrono::days(days)};
    std::array<char, 32> buffer{};
    std::snprintf(
        buffer.data(),
        buffer.size(),
        "%04d-%02u-%02u",
        static_cast<int>(after.year()),
        static_cast<unsigned>(after.month()),
        static_cast<unsigned>(after.day()));
    return buffer.data();
}

void moveText(std::string& text, int days)
{
    if (text.size() < kDateLength || !isDate(std::string_view(text).substr(0, kDateLength)))
        return;
    if (text.size() == kDateLength || Instant::parse(text).ok())
        text.replace(0, kDateLength, movedDate(text.substr(0, kDateLength), days));
}

} // namespace

void moveTimes(Json& value, int days)
{
    if (value.is_string())
        moveText(value.get_ref<std::string&>(), days);
    else if (value.is_structured())
        for (Json& item : value)
            moveTimes(item, days);
}

int daysToOpen(Instant requestedAt, Instant dueAt, Instant expiresAt, Instant now)
{
    constexpr Duration kDay = std::chrono::days(1);
    // Long enough left to look at it before anything is overdue.
    constexpr Duration kLeftMin = std::chrono::minutes(45);
    // Two fifths of the way to the deadline: asked some days ago, due in some.
    const Instant wanted = requestedAt + Duration((dueAt - requestedAt).count() * 2 / 5);
    auto days = static_cast<int>((now - wanted) / kDay);
    while (expiresAt + kDay * days < now + kLeftMin)
        ++days;
    // Never asked in the future, where the window has room for it.
    while (requestedAt + kDay * days > now && expiresAt + kDay * (days - 1) > now + kLeftMin)
        --days;
    return days;
}

} // namespace countersign::app
