#pragma once

#include "planes/control/governance.h"

#include <QString>

namespace countersign::ui {

/// One thing that a change of roster or policy does, as a sentence in the reader's language. A code
/// this version does not know is shown with its values.
[[nodiscard]] QString changeSentence(const control::ChangeLine& line);

} // namespace countersign::ui
