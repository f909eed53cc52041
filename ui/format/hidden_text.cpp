#include "ui/format/hidden_text.h"

#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(HiddenText)
};

struct NamedCharacter
{
    char32_t point;
    const char* name;
};

// Names as in the Unicode character database, in plain words.
constexpr std::array kNamed{
    NamedCharacter{0x00AD, QT_TRANSLATE_NOOP("HiddenText", "soft hyphen")},
    NamedCharacter{0x061C, QT_TRANSLATE_NOOP("HiddenText", "Arabic letter mark")},
    NamedCharacter{0x200B, QT_TRANSLATE_NOOP("HiddenText", "zero-width space")},
    NamedCharacter{0x200C, QT_TRANSLATE_NOOP("HiddenText", "zero-width non-joiner")},
    NamedCharacter{0x200D, QT_TRANSLATE_NOOP("HiddenText", "zero-width joiner")},
    NamedCharacter{0x200E, QT_TRANSLATE_NOOP("HiddenText", "left-to-right mark")},
    NamedCharacter{0x200F, QT_TRANSLATE_NOOP("HiddenText", "right-to-left mark")},
    NamedCharacter{0x202A, QT_TRANSLATE_NOOP("HiddenText", "left-to-right embedding")},
    NamedCharacter{0x202B, QT_TRANSLATE_NOOP("HiddenText", "right-to-left embedding")},
    NamedCharacter{0x202C, QT_TRANSLATE_NOOP("HiddenText", "pop direction")},
    NamedCharacter{0x202D, QT_TRANSLATE_NOOP("HiddenText", "left-to-right override")},
    NamedCharacter{0x202E, QT_TRANSLATE_NOOP("HiddenText", "right-to-left override")},
    NamedCharacter{0x2060, QT_TRANSLATE_NOOP("HiddenText", "word joiner")},
    NamedCharacter{0x2066, QT_TRANSLATE_NOOP("HiddenText", "left-to-right isolate")},
    NamedCharacter{0x2067, QT_TRANSLATE_NOOP("HiddenText", "right-to-left isolate")},
    NamedCharacter{0x2068, QT_TRANSLATE_NOOP("HiddenText", "first-strong isolate")},
    NamedCharacter{0x2069, QT_TRANSLATE_NOOP("HiddenText", "pop isolate")},
    NamedCharacter{0xFEFF, QT_TRANSLATE_NOOP("HiddenText", "byte order mark")},
};

constexpr std::array<char32_t, 6> kInvisibleLetters{0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0};

bool joins(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Arabic:
    case QChar::Script_Syriac:
    case QChar::Script_Devanagari:
    case QChar::Script_Bengali:
    case QChar::Script_Malayalam:
    case QChar::Script_Sinhala:
    case QChar::Script_Kannada:
        return true;
    default:
        return false;
    }
}

/// A joiner is ordinary spelling between letters of scripts that join.
bool isOrdinaryJoiner(const std::vector<char32_t>& points, std::size_t at)
{
    const bool joiner = points[at] == 0x200C || points[at] == 0x200D;
    return joiner && at > 0 && at + 1 < points.size() && joins(QChar::script(points[at - 1]))
           && joins(QChar::script(points[at + 1]));
}

bool isHidden(const std::vector<char32_t>& points, std::size_t at)
{
    const char32_t point = points[at];
    if (point == U'\n' || point == U'\t')
        return false;
    if (isOrdinaryJoiner(points, at))
        return false;
    if (point == 0xFE0E || point == 0xFE0F) // How an emoji is drawn; anything else is smuggling.
        return at == 0 || QChar::category(points[at - 1]) != QChar::Symbol_Other;
    if ((point >= 0xFE00 && point <= 0xFE0D) || (point >= 0xE0100 && point <= 0xE01EF))
        return true;
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return std::find(kInvisibleLetters.begin(), kInvisibleLetters.end(), point)
               != kInvisibleLetters.end();
    }
}

/// Letters that can pass for each other: a word of Latin and Cyrillic or Greek letters.
class WordScripts
{
public:
    void add(char32_t point)
    {
        const QChar::Script script = QChar::script(point);
        m_latin = m_latin || script == QChar::Script_Latin;
        m_lookalike = m_lookalike || script == QChar::Script_Cyrillic
                      || script == QChar::Script_Greek || script == QChar::Script_Armenian
                      || script == QChar::Script_Cherokee;
    }
    [[nodiscard]] bool mixed() const { return m_latin && m_lookalike; }

private:
    bool m_latin = false;
    bool m_lookalike = false;
};

QString ofPoint(char32_t point)
{
    return QString::fromUcs4(&point, 1);
}

} // namespace

QString hiddenCharacterLabel(char32_t point)
{
    const QString code =
        QStringLiteral("U+%1").arg(static_cast<uint>(point), 4, 16, QLatin1Char('0')).toUpper();
    const auto* const found = std::find_if(
        kNamed.begin(), kNamed.end(), [&](const auto& named) { return named.point == point; });
    if (found == kNamed.end())
        return code + QLatin1Char(' ') + Tr::tr("hidden character");
    return code + QLatin1Char(' ') + Tr::tr(found->name);
}

std::vector<TextSegment> visibleSegments(const QString& foreign)
{
    const QList<uint> ucs4 = foreign.toUcs4();
    std::vector<char32_t> points(ucs4.begin(), ucs4.end());
    // U+00A0 and the narrow space look like spaces and are; carriage returns only pair line feeds.
    points.erase(std::remove(points.begin(), points.end(), U'\r'), points.end());

    std::vector<TextSegment> segments;
    QString plain;
    WordScripts word;
    const auto flush = [&] {
        if (!plain.isEmpty())
            segments.push_back({plain, false});
        plain.clear();
    };
    const auto endWord = [&] {
        if (word.mixed()) {
            flush();
            segments.push_back({Tr::tr("letters of two alphabets"), true});
        }
        word = {};
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (isHidden(points, i)) {
            flush();
            segments.push_back({hiddenCharacterLabel(points[i]), true});
            continue;
        }
        if (!QChar::isLetterOrNumber(points[i]) && !QChar::isMark(points[i]))
            endWord();
        else
            word.add(points[i]);
        plain += ofPoint(points[i]);
    }
    endWord();
    flush();
    return segments;
}

bool hasHiddenText(const QString& foreign)
{
    const std::vector<TextSegment> segments = visibleSegments(foreign);
    return std::any_of(segments.begin(), segments.end(), [](const TextSegment& segment) {
        return segment.isWarning;
    });
}

QString safeInline(const QString& foreign)
{
    QString line;
    for (const TextSegment& segment : visibleSegments(foreign)) {
        if (segment.isWarning)
            line += isolateAuto(QLatin1Char('[') + segment.text + QLatin1Char(']'));
        else
            line += segment.text;
    }
    line.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return isolateAuto(line);
}

} // namespace countersign::ui
