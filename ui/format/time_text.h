#pragma once

#include "models/instant.h"
#include "ui/format/tone.h"

#include <QString>

namespace countersign::ui {

/// `3 hours`, `2 days`, `less than a minute`: the largest unit that fits, cut, never rounded up.
[[nodiscard]] QString durationText(Duration duration);
/// `in 3 hours` or `2 days ago`.
[[nodiscard]] QString relativeTime(Instant at, Instant now);
/// `25 May 2026, 15:13` in the zone of this machine, with the zone: `UTC+03:00`. Isolated.
[[nodiscard]] QString absoluteTime(Instant at);
/// The day only: `25 May 2026`. Isolated.
[[nodiscard]] QString dayText(Instant at);

/// What the clock says about a request that is still open.
struct Deadline
{
    QString words; ///< `due in 3 hours`, `overdue by 2 days, closes in 4 days`, `expired 1 day ago`
    QString tooltip; ///< Both times in full.
    Tone tone = Tone::Neutral;

    bool operator==(const Deadline&) const = default;
};

/// Due within this time counts as soon.
inline constexpr Duration kSoonDue = std::chrono::hours(4);

[[nodiscard]] Deadline deadlineOf(Instant dueAt, Instant expiresAt, Instant now);

} // namespace countersign::ui
