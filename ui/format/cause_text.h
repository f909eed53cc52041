#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace countersign::ui {

/// Why a run waits or stopped, from the code the core gives: `interrupted` as a sentence. Nothing
/// for what is no code, such as a person's or a connector's own words.
[[nodiscard]] std::optional<QString> causeText(std::string_view code);

} // namespace countersign::ui
