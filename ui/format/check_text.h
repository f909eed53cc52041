#pragma once

#include <QString>

#include <string_view>

namespace countersign::ui {

/// What a check of a verification looked at, from CheckRow::what: `signatures` as `Signatures`. An
/// id this version does not know is shown with spaces for underscores.
[[nodiscard]] QString checkName(std::string_view what);

} // namespace countersign::ui
