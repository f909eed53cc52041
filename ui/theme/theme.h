#pragma once

#include "ui/format/tone.h"

#include <QColor>
#include <QString>

class QApplication;
class QPalette;
class QWidget;

/// Colours, distances and type of the console. Everything derives from one table for light and one
/// for dark; widgets ask for a role, never for a colour.
namespace countersign::ui {

enum class ThemeChoice {
    System,
    Light,
    Dark,
};

[[nodiscard]] QString themeId(ThemeChoice choice);
[[nodiscard]] ThemeChoice themeFromId(const QString& id);

struct ToneColors
{
    QColor text;
    QColor background;
    QColor border;
};

/// One theme. Text on its background reaches a contrast of at least 4.5 to 1.
struct ThemeColors
{
    QColor page;    ///< Behind the cards.
    QColor surface; ///< Cards, lists, fields.
    QColor sunken;  ///< Tables and code inside cards.
    QColor text;
    QColor muted;
    QColor border;
    QColor accent;
    QColor onAccent;
    bool dark = false;

    [[nodiscard]] ToneColors tone(Tone tone) const;
};

[[nodiscard]] const ThemeColors& lightColors();
[[nodiscard]] const ThemeColors& darkColors();
/// Those of the palette that the application has now.
[[nodiscard]] const ThemeColors& currentColors();

/// Sets palette, style and style sheet. `System` follows the desktop as it was at the start.
void applyTheme(QApplication& application, ThemeChoice choice);

/// Distances in device-independent pixels.
namespace space {
inline constexpr int kTight = 4;
inline constexpr int kSmall = 8;
inline constexpr int kNormal = 12;
inline constexpr int kLarge = 16;
inline constexpr int kSection = 24;
/// Longest comfortable line of prose.
inline constexpr int kProseWidth = 860;
} // namespace space

inline constexpr int kIconSize = 16;

} // namespace countersign::ui
