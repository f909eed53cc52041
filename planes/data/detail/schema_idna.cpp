#include "planes/data/detail/schema_idna.h"

#include "planes/data/detail/schema_format.h"
#include "planes/data/detail/schema_text.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>
#include <vector>

namespace countersign::data::detail {

namespace {

constexpr std::size_t kLabelLengthMax = 63;
constexpr std::size_t kHostnameLengthMax = 253;
constexpr std::size_t kAcePrefixLength = 4;
constexpr unsigned char kViramaClass = 9;

constexpr char32_t kZeroWidthNonJoiner = 0x200C;
constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kMiddleDot = 0xB7;
constexpr char32_t kGreekKeraia = 0x375;
constexpr char32_t kHebrewGeresh = 0x5F3;
constexpr char32_t kHebrewGershayim = 0x5F4;
constexpr char32_t kKatakanaMiddleDot = 0x30FB;

struct Range
{
    char32_t first;
    char32_t last;
};

// RFC 5892 section 2.6.
constexpr std::array<char32_t, 6> kAllowedExceptions{0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007};
constexpr std::array<Range, 5> kForbiddenExceptions{
    {{0x640, 0x640}, {0x7FA, 0x7FA}, {0x302E, 0x302F}, {0x3031, 0x3035}, {0x303B, 0x303B}}};
// Sections 2.3, 2.4 and 2.9: letters and marks that are ignorable by default, the blocks of musical
// and symbol marks, and conjoining Hangul.
constexpr std::array<Range, 19> kForbiddenRanges{
    {{0x34F, 0x34F},
     {0x115F, 0x1160},
     {0x17B4, 0x17B5},
     {0x180B, 0x180F},
     {0x2065, 0x2065},
     {0x3164, 0x3164},
     {0xFE00, 0xFE0F},
     {0xFFA0, 0xFFA0},
     {0xFFF0, 0xFFF8},
     {0x1BCA0, 0x1BCA3},
     {0x1D173, 0x1D17A},
     {0xE0000, 0xE0FFF},
     {0x20D0, 0x20FF},
     {0x1D100, 0x1D24F},
     {0x1100, 0x11FF},
     {0xA960, 0xA97C},
     {0xD7B0, 0xD7C6},
     {0xD7CB, 0xD7FB},
     {0xFDD0, 0xFDEF}}};

template <std::size_t Count>
bool isWithin(const std::array<Range, Count>& ranges, char32_t point)
{
    return std::any_of(ranges.begin(), ranges.end(), [point](const Range& range) {
        return point >= range.first && point <= range.last;
    });
}

QString text(const std::u32string& points)
{
    return QString::fromUcs4(points.data(), static_cast<qsizetype>(points.size()));
}

/// Changes under compatibility normalization or case folding (RFC 5892 section 2.2).
bool isUnstable(char32_t point)
{
    const QString original = text(std::u32string(1, point));
    return original.normalized(QString::NormalizationForm_KC)
               .toCaseFolded()
               .normalized(QString::NormalizationForm_KC)
           != original;
}

bool isMark(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        return true;
    default:
        return false;
    }
}

/// RFC 5892 section 2.1; also refuses what is unassigned.
bool isLetterOrDigit(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Letter_Lowercase:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Other:
    case QChar::Letter_Modifier:
    case QChar::Number_DecimalDigit:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
        return true;
    default:
        return false;
    }
}

/// PVALID of RFC 5892 section 3.
bool isAlwaysAllowed(char32_t point)
{
    if (std::find(kAllowedExceptions.begin(), kAllowedExceptions.end(), point)
        != kAllowedExceptions.end())
        return true;
    if (isWithin(kForbiddenExceptions, point))
        return false;
    if (point < 0x80)
        return point == U'-' || (point >= U'0' && point <= U'9')
               || (point >= U'a' && point <= U'z');
    return !isWithin(kForbiddenRanges, point) && isLetterOrDigit(point) && !isUnstable(point);
}

bool isArabicIndicDigit(char32_t point)
{
    return point >= 0x660 && point <= 0x669;
}

bool isExtendedArabicIndicDigit(char32_t point)
{
    return point >= 0x6F0 && point <= 0x6F9;
}

bool followsVirama(const std::u32string& label, std::size_t at)
{
    return at > 0 && QChar::combiningClass(label[at - 1]) == kViramaClass;
}

/// RFC 5892 appendix A.1: between a character that joins to the left and one that joins to the
/// right, transparent ones aside.
bool breaksCursiveJoin(const std::u32string& label, std::size_t at)
{
    const auto transparent = [](char32_t point) {
        return QChar::joiningType(point) == QChar::Joining_Transparent;
    };
    const auto before =
        std::find_if_not(label.rend() - static_cast<std::ptrdiff_t>(at), label.rend(), transparent);
    const auto after = std::find_if_not(
        label.begin() + static_cast<std::ptrdiff_t>(at) + 1, label.end(), transparent);
    if (before == label.rend() || after == label.end())
        return false;
    const auto left = QChar::joiningType(*before);
    const auto right = QChar::joiningType(*after);
    return (left == QChar::Joining_Left || left == QChar::Joining_Dual)
           && (right == QChar::Joining_Right || right == QChar::Joining_Dual);
}

bool hasScript(const std::u32string& label, std::size_t at, QChar::Script script)
{
    return at < label.size() && QChar::script(label[at]) == script;
}

bool holdsKanaOrHan(const std::u32string& label)
{
    return std::any_of(label.begin(), label.end(), [](char32_t point) {
        const auto script = QChar::script(point);
        return script == QChar::Script_Hiragana || script == QChar::Script_Katakana
               || script == QChar::Script_Han;
    });
}

/// CONTEXTJ and CONTEXTO (RFC 5892 appendix A).
bool isAllowedInContext(const std::u32string& label, std::size_t at)
{
    // Before the first character there is none: the index wraps beyond the end.
    const std::size_t previous = at - 1;
    const char32_t point = label[at];
    switch (point) {
    case kZeroWidthNonJoiner:
        return followsVirama(label, at) || breaksCursiveJoin(label, at);
    case kZeroWidthJoiner:
        return followsVirama(label, at);
    case kMiddleDot:
        return at > 0 && at + 1 < label.size() && label[previous] == U'l' && label[at + 1] == U'l';
    case kGreekKeraia:
        return hasScript(label, at + 1, QChar::Script_Greek);
    case kHebrewGeresh:
    case kHebrewGershayim:
        return hasScript(label, previous, QChar::Script_Hebrew);
    case kKatakanaMiddleDot:
        return holdsKanaOrHan(label);
    default:
        break;
    }
    if (isArabicIndicDigit(point))
        return std::none_of(label.begin(), label.end(), isExtendedArabicIndicDigit);
    if (isExtendedArabicIndicDigit(point))
        return std::none_of(label.begin(), label.end(), isArabicIndicDigit);
    return isAlwaysAllowed(point);
}

/// Hyphens at the ends, or in the third and fourth place, are reserved (RFC 5891 section 4.2.3.1).
template <class Label>
bool hasReservedHyphen(const Label& label)
{
    return label.front() == '-' || label.back() == '-'
           || (label.size() >= 4 && label[2] == '-' && label[3] == '-');
}

std::string lowerCase(std::string_view label)
{
    std::string lower(label);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c | 0x20);
    return lower;
}

/// One label of a host name in both forms.
struct Label
{
    std::u32string unicode;
    std::size_t asciiLength = 0;
};

std::optional<Label> readLabel(const std::u32string& points)
{
    if (points.empty())
        return std::nullopt;
    if (std::any_of(points.begin(), points.end(), [](char32_t point) { return point >= 0x80; })) {
        if (!isULabel(points))
            return std::nullopt;
        return Label{points, kAcePrefixLength + punycodeEncoded(points).size()};
    }
    const std::string ascii(points.begin(), points.end());
    if (hasAcePrefix(ascii)) {
        if (!isALabel(ascii))
            return std::nullopt;
        return Label{*punycodeDecoded(lowerCase(ascii).substr(kAcePrefixLength)), ascii.size()};
    }
    if (!isLdhLabel(ascii) || hasReservedHyphen(ascii))
        return std::nullopt;
    return Label{points, ascii.size()};
}

} // namespace

bool hasAcePrefix(std::string_view label)
{
    return lowerCase(label.substr(0, kAcePrefixLength)) == "xn--";
}

bool isALabel(std::string_view label)
{
    if (!isLdhLabel(label) || !hasAcePrefix(label))
        return false;
    const std::string encoded = lowerCase(label).substr(kAcePrefixLength);
    const auto decoded = punycodeDecoded(encoded);
    return decoded && !decoded->empty() && isULabel(*decoded)
           && std::any_of(
               decoded->begin(), decoded->end(), [](char32_t point) { return point >= 0x80; })
           && punycodeEncoded(*decoded) == encoded;
}

bool isULabel(const std::u32string& label)
{
    if (label.empty() || hasReservedHyphen(label) || isMark(label.front()))
        return false;
    // A code point takes at least one octet of the encoded form.
    if (label.size() > kLabelLengthMax
        || kAcePrefixLength + punycodeEncoded(label).size() > kLabelLengthMax)
        return false;
    const QString composed = text(label);
    if (composed.normalized(QString::NormalizationForm_C) != composed)
        return false;
    for (std::size_t at = 0; at < label.size(); ++at)
        if (!isAllowedInContext(label, at))
            return false;
    return true;
}

bool isRightToLeft(const std::u32string& label)
{
    return std::any_of(label.begin(), label.end(), [](char32_t point) {
        const auto direction = QChar::direction(point);
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
    });
}

bool followsBidiRule(const std::u32string& label)
{
    const auto first = QChar::direction(label.front());
    const bool rightToLeft = first == QChar::DirR || first == QChar::DirAL;
    if (!rightToLeft && first != QChar::DirL)
        return false;
    bool hasEuropeanNumber = false;
    bool hasArabicNumber = false;
    bool mayEnd = false;
    for (const char32_t point : label) {
        switch (QChar::direction(point)) {
        case QChar::DirL:
            if (rightToLeft)
                return false;
            mayEnd = true;
            break;
        case QChar::DirR:
        case QChar::DirAL:
            if (!rightToLeft)
                return false;
            mayEnd = true;
            break;
        case QChar::DirAN:
            if (!rightToLeft)
                return false;
            hasArabicNumber = true;
            mayEnd = true;
            break;
        case QChar::DirEN:
            hasEuropeanNumber = true;
            mayEnd = true;
            break;
        case QChar::DirES:
        case QChar::DirCS:
        case QChar::DirET:
        case QChar::DirON:
        case QChar::DirBN:
            mayEnd = false;
            break;
        case QChar::DirNSM:
            break;
        default:
            return false;
        }
    }
    return mayEnd && !(hasEuropeanNumber && hasArabicNumber);
}

bool isIdnHostname(std::string_view text)
{
    auto points = codePoints(text);
    // Every code point takes at least one octet of the encoded form.
    if (!points || points->size() > kHostnameLengthMax)
        return false;
    // RFC 3490 section 3.1: four characters separate labels.
    const auto isSeparator = [](char32_t point) {
        return point == U'.' || point == 0x3002 || point == 0xFF0E || point == 0xFF61;
    };
    std::vector<Label> labels;
    std::size_t asciiLength = 0;
    for (auto begin = points->cbegin();;) {
        const auto end = std::find_if(begin, points->cend(), isSeparator);
        auto label = readLabel(std::u32string(begin, end));
        if (!label)
            return false;
        asciiLength += label->asciiLength + (labels.empty() ? 0 : 1);
        labels.push_back(*std::move(label));
        if (end == points->cend())
            break;
        begin = end + 1;
    }
    if (asciiLength > kHostnameLengthMax)
        return false;
    const bool isBidiName = std::any_of(labels.begin(), labels.end(), [](const Label& label) {
        return isRightToLeft(label.unicode);
    });
    return !isBidiName || std::all_of(labels.begin(), labels.end(), [](const Label& label) {
        return followsBidiRule(label.unicode);
    });
}

} // namespace countersign::data::detail
