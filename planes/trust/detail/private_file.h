#pragma once

#include "models/result.h"

#include <filesystem>
#include <string>
#include <string_view>

/// Files that hold keys. Inside planes/trust only.
namespace countersign::trust::detail {

enum class IfExists {
    Refuse,
    Replace
};

/// Writes the whole file or nothing: a new file beside it (mode 0600), flushed to disk, then put in
/// its place, and the folder flushed. Errors: Conflict when it exists and may not be replaced,
/// StorageFailed.
[[nodiscard]] Result<void>
writePrivateFile(const std::filesystem::path& path, std::string_view bytes, IfExists ifExists);

enum class ReadableBy {
    OwnerOnly,
    Anyone
};

/// Errors: NotFound; Refused (rule `key.permissions`) when it is not a plain file of this user or,
/// for OwnerOnly, group or others have access; LimitExceeded; StorageFailed.
[[nodiscard]] Result<std::string>
readSmallFile(const std::filesystem::path& path, ReadableBy readableBy);

} // namespace countersign::trust::detail
