#pragma once

#include "planes/control/roster.h"

#include <string>
#include <vector>

/// Inside planes/control only.
namespace countersign::control::detail {

/// People who gain a role or a key from one roster to the next, by id.
[[nodiscard]] std::vector<std::string> beneficiariesOf(const Roster& before, const Roster& after);

} // namespace countersign::control::detail
