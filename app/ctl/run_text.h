#pragma once

#include "app/ctl/output.h"
#include "ui/views.h"

namespace countersign::ctl {

/// A run in one or two lines, for lists.
void printRunLine(Output& output, const ui::RunView& run);
/// A run with its steps and attempts.
void printRun(Output& output, const ui::RunView& run);

} // namespace countersign::ctl
