#include "ui/format/sentence_places.h"

namespace countersign::ui {

QString fillPlaces(
    const QString& sentence,
    std::size_t count,
    const std::function<QString(std::size_t place)>& valueAt)
{
    QString filled;
    for (int i = 0; i < sentence.size(); ++i) {
        const int digit = sentence.at(i) == QLatin1Char('%') && i + 1 < sentence.size()
                              ? sentence.at(i + 1).digitValue()
                              : -1;
        if (digit < 1 || digit > static_cast<int>(count)) {
            filled += sentence.at(i);
            continue;
        }
        filled += valueAt(static_cast<std::size_t>(digit) - 1);
        ++i;
    }
    return filled;
}

} // namespace countersign::ui
