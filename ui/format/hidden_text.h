#pragma once

#include <QString>

#include <vector>

/// Text that somebody else wrote can hold characters that nobody sees: direction overrides, zero
/// width marks, letters of another alphabet that look like Latin ones. They are shown as labels.
namespace countersign::ui {

struct TextSegment
{
    QString text;
    /// A label that stands in the place of a hidden character, or that follows a word made of mixed
    /// alphabets.
    bool isWarning = false;

    bool operator==(const TextSegment&) const = default;
};

/// The text cut at hidden characters. Joined, the segments have no hidden character left. Line
/// feeds stay; ordinary Arabic, Latin words inside it, and joiners between letters of joining
/// scripts are not touched.
[[nodiscard]] std::vector<TextSegment> visibleSegments(const QString& foreign);

/// True when visibleSegments() would label something.
[[nodiscard]] bool hasHiddenText(const QString& foreign);

/// One line for use inside a sentence of ours: labels in place, line feeds as spaces, isolated.
[[nodiscard]] QString safeInline(const QString& foreign);

/// The label of a hidden character: `U+202E right-to-left override`.
[[nodiscard]] QString hiddenCharacterLabel(char32_t point);

} // namespace countersign::ui
