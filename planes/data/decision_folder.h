#pragma once

#include "models/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Reading what somebody hands in from disk, without trusting any of it.
namespace countersign::data {

struct FolderLimits
{
    std::size_t fileCountMax = 2'000;
    /// Of one JSON record.
    std::uint64_t recordByteCountMax = std::uint64_t{16} * 1024 * 1024;
    std::uint64_t sourceByteCountMax = std::uint64_t{64} * 1024 * 1024;
    /// Of all files together.
    std::uint64_t byteCountMax = std::uint64_t{256} * 1024 * 1024;
    /// Folders inside folders.
    int depthMax = 8;
    /// Entries looked at, also those that are refused or skipped.
    std::size_t entryCountMax = 20'000;
};

struct IncomingFile
{
    std::string path; ///< Relative to the folder, with `/`, UTF-8, without `.` and `..`.
    std::string bytes;
};

struct FolderContent
{
    std::vector<IncomingFile> files; ///< Sorted by path.
    std::vector<Error> errors;       ///< Why something was not read; `file` is set.
};

/// True for a JSON file outside a folder named `sources`: a record. Anything else is a source.
[[nodiscard]] bool isRecordPath(std::string_view path);

/// Reads the folder at `path` and all below it, or the one file at `path`. Blocking; any thread.
/// Every entry is opened without following a link and measured before it is read, so neither a
/// pipe nor a file of a hundred megabytes costs anything. Names that begin with a dot are skipped.
/// Errors in the result: NotFound (`folder.missing`), StorageFailed (`folder.unreadable`),
/// InvalidInput (`folder.link`, `folder.special`, `folder.name`), LimitExceeded (`folder.count`,
/// `folder.depth`, `folder.record_size`, `folder.source_size`, `folder.size`).
[[nodiscard]] FolderContent
readDecisionFolder(const std::string& path, const FolderLimits& limits = {});

} // namespace countersign::data
