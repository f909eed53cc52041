#pragma once

#include "app/ctl/command.h"
#include "ui/views.h"

namespace countersign::ctl {

/// Tells what a verification found, link by link; gives kDone or kRefused.
[[nodiscard]] int tellVerification(Output& output, const ui::VerificationReport& report);

} // namespace countersign::ctl
