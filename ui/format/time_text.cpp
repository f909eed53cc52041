#include "ui/format/time_text.h"

#include "ui/format/plain_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

QDateTime localTime(Instant at)
{
    const auto millis =
        std::chrono::duration_cast<std::chrono::milliseconds>(at.point().time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(millis.count(), QTimeZone::systemTimeZone());
}

QString zoneText(const QDateTime& time)
{
    const int offset = time.offsetFromUtc();
    if (offset == 0)
        return QStringLiteral("UTC");
    const int minutes = std::abs(offset) / 60;
    return QStringLiteral("UTC%1%2:%3")
        .arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

/// Latin digits in every language; the month in the language of the interface.
QString dayOf(const QDateTime& time)
{
    const QDate day = time.date();
    const QString month = QLocale().standaloneMonthName(day.month(), QLocale::LongFormat);
    return QStringLiteral("%1 %2 %3").arg(day.day()).arg(month).arg(day.year());
}

QString unitText(qint64 count, const QString& one, const QString& many)
{
    return count == 1 ? one : many;
}

} // namespace

QString durationText(Duration duration)
{
    const qint64 seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(duration)).count();
    constexpr qint64 kMinute = 60;
    constexpr qint64 kHour = 60 * kMinute;
    constexpr qint64 kDay = 24 * kHour;
    constexpr qint64 kYear = 365 * kDay;
    const auto number = [](qint64 count) {
        return static_cast<int>(count);
    };
    if (seconds < kMinute)
        return Tr::tr("less than a minute");
    if (seconds < kHour) {
        const int n = number(seconds / kMinute);
        return unitText(n, Tr::tr("1 minute"), Tr::tr("%n minutes", "more than one", n));
    }
    if (seconds < 2 * kDay) {
        const int n = number(seconds / kHour);
        return unitText(n, Tr::tr("1 hour"), Tr::tr("%n hours", "more than one", n));
    }
    if (seconds < 2 * kYear) {
        const int n = number(seconds / kDay);
        return unitText(n, Tr::tr("1 day"), Tr::tr("%n days", "more than one", n));
    }
    const int n = number(seconds / kYear);
    return unitText(n, Tr::tr("1 year"), Tr::tr("%n years", "more than one", n));
}

QString relativeTime(Instant at, Instant now)
{
    const QString length = durationText(at - now);
    return at > now ? Tr::tr("in %1", "a time from now").arg(length)
                    : Tr::tr("%1 ago", "a time before now").arg(length);
}

QString absoluteTime(Instant at)
{
    const QDateTime time = localTime(at);
    const QString clock = time.time().toString(QStringLiteral("HH:mm"));
    return Tr::tr("%1, %2", "a day and a time of day")
        .arg(isolateAuto(dayOf(time)), isolateLtr(clock + QChar(0x00a0) + zoneText(time)));
}

QString dayText(Instant at)
{
    return isolateAuto(dayOf(localTime(at)));
}

Deadline deadlineOf(Instant dueAt, Instant expiresAt, Instant now)
{
    Deadline deadline;
    deadline.tooltip =
        Tr::tr("Due %1. Signing closes %2.").arg(absoluteTime(dueAt), absoluteTime(expiresAt));
    if (now >= expiresAt) {
        deadline.words = Tr::tr("expired %1 ago").arg(durationText(now - expiresAt));
        deadline.tone = Tone::Neutral;
    } else if (now >= dueAt) {
        deadline.words = Tr::tr("overdue by %1, closes in %2")
                             .arg(durationText(now - dueAt), durationText(expiresAt - now));
        deadline.tone = Tone::Danger;
    } else {
        deadline.words = Tr::tr("due in %1").arg(durationText(dueAt - now));
        deadline.tone = dueAt - now < kSoonDue ? Tone::Caution : Tone::Neutral;
    }
    return deadline;
}

} // namespace countersign::ui
