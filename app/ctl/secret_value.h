#pragma once

#include "app/ctl/command.h"
#include "models/instant.h"
#include "planes/trust/secret.h"

#include <vector>

namespace countersign::ctl {

/// `--from-file` and `--from-env`.
[[nodiscard]] std::vector<OptionSpec> secretValueOptions();

/// The value of a secret: from a file of mode 0600, a variable of the environment, the terminal
/// with its echo off (twice), or standard input. Never an argument, which every process can see.
/// Without one line feed at its end. Errors: InvalidInput (rule `usage`, `secret.value`,
/// `secret.env`, `passphrase.differs`), as readPrivateBytes().
[[nodiscard]] Result<trust::SecretBytes>
readSecretValue(const Invocation& invocation, const std::string& name);

/// `90s`, `30m`, `24h`, `7d` or `0`. Errors: InvalidInput (rule `usage`).
[[nodiscard]] Result<Duration> parseSpan(const std::string& text, std::string_view what);

} // namespace countersign::ctl
