#pragma once

#include "models/ids.h"
#include "ui/backend.h"
#include "ui/shell/main_window.h"

namespace countersign::app {

/// The pages of the console behind the queue, in the order of the navigation. Backend and clock
/// outlive them.
[[nodiscard]] ui::PageFactory pageFactory(ui::Backend& backend, const Clock& clock);

} // namespace countersign::app
