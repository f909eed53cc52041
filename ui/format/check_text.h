#pragma once

#include "ui/views.h"

#include <QString>

#include <string_view>

namespace countersign::ui {

/// What a check of a verification looked at, from CheckRow::what: `signatures` as `Signatures`. An
/// id this version does not know is shown with spaces for underscores.
[[nodiscard]] QString checkName(std::string_view what);

/// What the check found or what it means that it is broken, one sentence a line. What this version
/// has no sentence for is shown in the core's own words.
[[nodiscard]] QString checkSentence(const CheckRow& check);

/// Whether a finding has a sentence here.
[[nodiscard]] bool knowsFinding(std::string_view code);

} // namespace countersign::ui
