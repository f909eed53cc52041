#include "ui/format/money_text.h"

#include "ui/format/plain_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(MoneyText)
};

constexpr char16_t kMinus = 0x2212;
constexpr char16_t kNoBreak = 0x00a0;

QString withSeparators(QString digits)
{
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, QLatin1Char(','));
    return digits;
}

bool isCurrency(std::string_view unit)
{
    return unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char letter) {
               return letter >= 'A' && letter <= 'Z';
           });
}

QString threeDigits(double value)
{
    const double size = std::abs(value);
    const int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : 2;
    QString text = QString::number(size, 'f', size > 0 && size < 0.01 ? 4 : decimals);
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    if (text != QLatin1String("0") && value < 0)
        text.prepend(QChar(kMinus));
    return text;
}

/// The digits with the currency before them, kept left to right; the word for the size takes its
/// place in the language of the interface.
QString scaled(double value, const QString& before)
{
    const auto digits = [&](double shown) {
        return isolateLtr(before + threeDigits(shown));
    };
    const double size = std::abs(value);
    if (size >= 1e9)
        return Tr::tr("%1 billion").arg(digits(value / 1e9));
    if (size >= 1e6)
        return Tr::tr("%1 million").arg(digits(value / 1e6));
    if (size >= 1e4)
        return Tr::tr("%1 thousand").arg(digits(value / 1e3));
    if (size >= 1e3) {
        const QString whole = withSeparators(QString::number(std::round(size), 'f', 0));
        return isolateLtr(before + (value < 0 ? QChar(kMinus) + whole : whole));
    }
    return digits(value);
}

QString unitName(std::string_view unit)
{
    if (unit == "count_per_year")
        return Tr::tr("a year");
    if (unit == "count_per_day")
        return Tr::tr("a day");
    if (unit == "milliseconds")
        return Tr::tr("milliseconds");
    if (unit == "seconds")
        return Tr::tr("seconds");
    if (unit == "minutes")
        return Tr::tr("minutes");
    if (unit == "hours")
        return Tr::tr("hours");
    if (unit == "days")
        return Tr::tr("days");
    if (unit == "months")
        return Tr::tr("months");
    if (unit == "years")
        return Tr::tr("years");
    if (unit == "bytes")
        return Tr::tr("bytes");
    if (unit == "score")
        return Tr::tr("points");
    return toQString(unit);
}

} // namespace

QString moneyText(std::string_view amount, std::string_view currency)
{
    QString text = toQString(amount);
    const bool negative = text.startsWith(QLatin1Char('-'));
    if (negative)
        text.remove(0, 1);
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    const QString whole = point < 0 ? text : text.left(point);
    const QString rest = point < 0 ? QString() : text.mid(point);
    const bool digitsOnly =
        !whole.isEmpty() && std::all_of(whole.begin(), whole.end(), [](QChar digit) {
            return digit >= QLatin1Char('0') && digit <= QLatin1Char('9');
        });
    QString shown = digitsOnly ? withSeparators(whole) + rest : text;
    if (negative)
        shown.prepend(QChar(kMinus));
    if (!currency.empty())
        shown.prepend(toQString(currency) + QChar(kNoBreak));
    return isolateLtr(shown);
}

QString estimateText(double value, std::string_view unit)
{
    if (unit == "fraction" || unit == "share" || unit == "probability")
        return percentText(value);
    if (isCurrency(unit))
        return isolateAuto(scaled(value, toQString(unit) + QChar(kNoBreak)));
    const QString number = scaled(value, {});
    if (unit.empty() || unit == "count")
        return isolateAuto(number);
    return isolateAuto(number + QChar(kNoBreak) + unitName(unit));
}

std::string typedAmount(const QString& typed)
{
    std::string digits;
    for (const QChar letter : typed) {
        const int value = letter.digitValue();
        if (value >= 0)
            digits += static_cast<char>('0' + value);
        else if (letter == QLatin1Char('.') || letter == QChar(0x066B))
            digits += '.';
        else if (letter == QLatin1Char('-') || letter == QChar(kMinus))
            digits += '-';
        else if (
            !letter.isSpace() && letter != QLatin1Char(',') && letter != QChar(0x066C)
            && letter != QLatin1Char('\''))
            digits += '?'; // Anything else makes it no amount.
    }
    return digits;
}

} // namespace countersign::ui
