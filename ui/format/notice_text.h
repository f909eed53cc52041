#pragma once

#include "ui/views.h"

#include <QString>

namespace countersign::ui {

/// One line for the status bar. Plain text; the error's details are the core's own words.
[[nodiscard]] QString noticeText(const Notice& notice);

} // namespace countersign::ui
