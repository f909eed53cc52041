#pragma once

#include "models/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The four extension types. Parsing follows Cedar 4.5 to the letter; whatever is not exactly in
/// the form is refused with InvalidInput (rule `cedar.decimal`, `cedar.ip`, `cedar.datetime`,
/// `cedar.duration`).
namespace countersign::cedar {

/// A fixed-point number in ten-thousandths.
struct Decimal
{
    std::int64_t units = 0;

    /// `-?digits.digits` with one to four digits behind the point.
    [[nodiscard]] static Result<Decimal> parse(std::string_view text);
    /// As short as the form allows: `1.5`, `-0.25`, `3.0`.
    [[nodiscard]] std::string text() const;
    auto operator<=>(const Decimal&) const = default;
};

/// An address with the length of its network; without one the length is that of the whole address.
/// Host bits count in equality.
struct IpAddress
{
    bool isV6 = false;
    std::array<std::uint8_t, 16> bytes = {}; ///< IPv4: the first four.
    std::uint8_t prefix = 0;

    /// At most 43 bytes: a dotted quad without leading zeros, or IPv6 with at most one `::`;
    /// neither zone nor embedded IPv4; optionally `/length` without leading zeros.
    [[nodiscard]] static Result<IpAddress> parse(std::string_view text);
    /// IPv6 as RFC 5952 writes it; the length is left out when it is the full one.
    [[nodiscard]] std::string text() const;
    /// The whole range lies inside 127.0.0.0/8, or is ::1.
    [[nodiscard]] bool isLoopback() const;
    /// The whole range lies inside 224.0.0.0/4 or ff00::/8.
    [[nodiscard]] bool isMulticast() const;
    /// Same family, and every address of this range lies in the other.
    [[nodiscard]] bool isInRange(const IpAddress& range) const;
    auto operator<=>(const IpAddress&) const = default;
};

/// A signed length of time in milliseconds.
struct Duration
{
    std::int64_t milliseconds = 0;

    /// `-?[Nd][Nh][Nm][Ns][Nms]`, in that order, at least one; the sum fits 64 bits.
    [[nodiscard]] static Result<Duration> parse(std::string_view text);
    /// Largest units first, e.g. `1d2h`; `0ms` for none.
    [[nodiscard]] std::string text() const;
    /// Whole units, truncated toward zero.
    [[nodiscard]] std::int64_t toSeconds() const { return milliseconds / 1000; }
    [[nodiscard]] std::int64_t toMinutes() const { return toSeconds() / 60; }
    [[nodiscard]] std::int64_t toHours() const { return toMinutes() / 60; }
    [[nodiscard]] std::int64_t toDays() const { return toHours() / 24; }
    auto operator<=>(const Duration&) const = default;
};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
struct DateTime
{
    std::int64_t milliseconds = 0;

    /// `YYYY-MM-DD`, or that with `Thh:mm:ss[.SSS](Z|±hhmm)`; a real date of the Gregorian
    /// calendar, no leap second.
    [[nodiscard]] static Result<DateTime> parse(std::string_view text);
    /// The form that parse() reads, in UTC; nothing for the years it cannot say (before 0, after
    /// 9999).
    [[nodiscard]] std::optional<std::string> text() const;
    /// The start of its day in UTC; nothing when that leaves 64 bits.
    [[nodiscard]] std::optional<DateTime> toDate() const;
    /// The time since the start of its day in UTC: 0 to 24 hours.
    [[nodiscard]] Duration toTime() const;
    /// Nothing when the sum leaves 64 bits.
    [[nodiscard]] std::optional<DateTime> offset(Duration by) const;
    /// Nothing when the difference leaves 64 bits.
    [[nodiscard]] std::optional<Duration> durationSince(DateTime earlier) const;
    auto operator<=>(const DateTime&) const = default;
};

} // namespace countersign::cedar
