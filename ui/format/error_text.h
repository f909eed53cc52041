#pragma once

#include "models/error.h"

#include <QString>

namespace countersign::ui {

/// One sentence for the person: what was refused and what helps. From the code and, where it is
/// known, the rule.
[[nodiscard]] QString errorSentence(const Error& error);
/// The facts for whoever has to look into it: rule, place and the core's own words (English).
[[nodiscard]] QString errorDetails(const Error& error);

} // namespace countersign::ui
