#pragma once

#include "models/result.h"
#include "planes/trust/secret.h"

#include <string>

namespace countersign::ctl {

/// Asks on the process's terminal, echo off, whatever standard input is. A signal that ends the
/// program gives the terminal back first. Errors: InvalidInput (rule `passphrase.absent`) without a
/// terminal, LimitExceeded, Cancelled (end of input).
[[nodiscard]] Result<trust::SecretBytes> promptHidden(const std::string& question);

} // namespace countersign::ctl
