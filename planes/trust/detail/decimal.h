#pragma once

#include "models/result.h"

#include <cstdint>
#include <string_view>

namespace countersign::trust::detail {

/// Digits only, no leading zero, at most 2^64 - 1: a number has one text. Errors: InvalidInput
/// (rule `decimal`). Inside planes/trust only.
[[nodiscard]] Result<std::uint64_t> parseDecimal(std::string_view text);

} // namespace countersign::trust::detail
