#pragma once

#include "models/result.h"
#include "planes/trust/secret.h"

#include <filesystem>
#include <string_view>

namespace countersign::app {

/// Name of a vault's key file where it lies in the workspace itself.
inline constexpr std::string_view kKeyFileName = "secrets.key";

/// Makes a key file, 64 random hexadecimal digits, mode 0600; one that is there already is read.
/// Errors: as readPrivateBytes(); InvalidInput (rule `secret.key_file`) when it holds fewer than 32
/// bytes; StorageFailed, Unavailable.
[[nodiscard]] Result<trust::SecretBytes> makeKeyFile(const std::filesystem::path& path);

} // namespace countersign::app
