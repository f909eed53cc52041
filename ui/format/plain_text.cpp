#include "ui/format/plain_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace countersign::ui {

namespace {

constexpr char16_t kLrm = 0x200E;
constexpr char16_t kLri = 0x2066;
constexpr char16_t kRli = 0x2067;
constexpr char16_t kFsi = 0x2068;
constexpr char16_t kPdi = 0x2069;

} // namespace

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toUtf8(const QString& text)
{
    return text.toStdString();
}

QString isolateLtr(const QString& text)
{
    // Qt looks beyond the beginning of an isolate for the letter before a number (UAX #9, W2 says
    // not to) and would put what follows the number on the wrong side of it.
    const bool isNumber = std::all_of(text.begin(), text.end(), [](QChar unit) {
        return unit.isDigit() || unit == QLatin1Char(',') || unit == QLatin1Char('.');
    });
    const bool needsMark = !isNumber && !text.at(0).isLetter();
    return QChar(kLri) + (needsMark ? QString(QChar(kLrm)) : QString()) + text + QChar(kPdi);
}

QString isolateAuto(const QString& text)
{
    return QChar(kFsi) + text + QChar(kPdi);
}

Qt::LayoutDirection directionOf(QStringView paragraph, Qt::LayoutDirection otherwise)
{
    int depth = 0;
    for (qsizetype i = 0; i < paragraph.size(); ++i) {
        const QChar unit = paragraph.at(i);
        if (unit == kLri || unit == kRli || unit == kFsi) {
            ++depth;
            continue;
        }
        if (unit == kPdi) {
            depth = depth > 0 ? depth - 1 : 0;
            continue;
        }
        if (depth > 0)
            continue;
        char32_t point = unit.unicode();
        if (unit.isHighSurrogate() && i + 1 < paragraph.size())
            point = QChar::surrogateToUcs4(unit, paragraph.at(++i));
        switch (QChar::direction(point)) {
        case QChar::DirL:
            return Qt::LeftToRight;
        case QChar::DirR:
        case QChar::DirAL:
            return Qt::RightToLeft;
        default:
            break;
        }
    }
    return otherwise;
}

QString groupedHex(std::string_view hex)
{
    constexpr qsizetype kGroup = 4;
    const QString digits = toQString(hex);
    QString grouped;
    grouped.reserve(digits.size() + digits.size() / kGroup);
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % kGroup == 0)
            grouped += QLatin1Char(' ');
        grouped += digits.at(i);
    }
    return isolateLtr(grouped);
}

QString shortHex(std::string_view hex)
{
    return groupedHex(hex.substr(0, 8));
}

QString idText(std::string_view id)
{
    return isolateLtr(toQString(id));
}

QString countText(qint64 count)
{
    QLocale plain(QLocale::English, QLocale::UnitedStates);
    return isolateLtr(plain.toString(count));
}

QString percentText(double fraction)
{
    const double percent = fraction * 100;
    const bool whole = std::abs(percent - std::round(percent)) < 0.05 || percent >= 10;
    return isolateLtr(QString::number(percent, 'f', whole ? 0 : 1) + QStringLiteral("\u00a0%"));
}

} // namespace countersign::ui
