#pragma once

#include <QString>

namespace countersign::ui {

struct ThemeColors;

/// How the standard controls look: one sheet for the application, made from the theme's colours.
/// Distances are the same on both sides, so that it holds in both writing directions.
[[nodiscard]] QString styleSheetOf(const ThemeColors& colors);

} // namespace countersign::ui
