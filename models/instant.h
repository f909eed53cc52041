#pragma once

#include "models/result.h"

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

namespace countersign {

using Duration = std::chrono::microseconds;

/// A point in time, UTC, microseconds. RFC 3339 at the edge.
class Instant
{
public:
    using TimePoint = std::chrono::sys_time<Duration>;

    /// The epoch, 1970-01-01T00:00:00Z. Needed by containers and default members only.
    constexpr Instant() = default;
    constexpr explicit Instant(TimePoint point)
        : m_point(point)
    {}

    /// RFC 3339 date-time; the zone is mandatory (`Z` or `+hh:mm`). Fractions beyond microseconds
    /// are cut. A leap second (`:60`) reads as the first instant of the next minute. Errors:
    /// InvalidInput.
    [[nodiscard]] static Result<Instant> parse(std::string_view text);
    [[nodiscard]] static constexpr Instant fromUnixMicros(std::int64_t micros)
    {
        return Instant(TimePoint(Duration(micros)));
    }
    [[nodiscard]] static constexpr Instant fromUnixSeconds(std::int64_t seconds)
    {
        return Instant(TimePoint(std::chrono::seconds(seconds)));
    }

    [[nodiscard]] constexpr TimePoint point() const { return m_point; }
    [[nodiscard]] constexpr std::int64_t unixMicros() const
    {
        return m_point.time_since_epoch().count();
    }
    /// `2026-05-18T13:18:00Z`, with six fraction digits only where they are not zero.
    [[nodiscard]] std::string text() const;

    friend constexpr Instant operator+(Instant at, Duration by) { return Instant(at.m_point + by); }
    friend constexpr Instant operator-(Instant at, Duration by) { return Instant(at.m_point - by); }
    friend constexpr Duration operator-(Instant a, Instant b) { return a.m_point - b.m_point; }
    auto operator<=>(const Instant&) const = default;

private:
    TimePoint m_point{};
};

} // namespace countersign
