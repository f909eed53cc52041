#pragma once

#include "models/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// Zip archives, written the same way each time and read without trust. Inside planes/trust only.
namespace countersign::trust::detail {

struct ZipLimits
{
    std::size_t fileCountMax = 0;
    /// Of one file, unpacked.
    std::uint64_t fileByteCountMax = 0;
    /// Of all files together, unpacked; also of the archive itself.
    std::uint64_t byteCountMax = 0;
};

/// Unpacked bytes for each packed one; what is beyond was made to exhaust its reader. Small files
/// are not judged.
inline constexpr std::uint64_t kZipRatioMax = 200;

/// An archive that somebody else made. Names, sizes, methods and attributes are checked when it is
/// opened; nothing is ever unpacked to disk. Thread: one at a time.
class ZipReader
{
public:
    /// Errors: NotFound, InvalidInput (rule `zip.form`, `zip.name`, `zip.repeated`, `zip.link`),
    /// Unsupported (`zip.method`), LimitExceeded (`zip.size`, `zip.count`, `zip.ratio`).
    [[nodiscard]] static Result<ZipReader>
    openFile(const std::string& path, const ZipLimits& limits);
    /// The same from memory.
    [[nodiscard]] static Result<ZipReader> openBytes(std::string bytes, const ZipLimits& limits);

    ~ZipReader();
    ZipReader(ZipReader&& other) noexcept;
    ZipReader& operator=(ZipReader&& other) noexcept;
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    /// Sorted.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Errors: NotFound (rule `zip.absent`), InvalidInput (`zip.form`: damaged).
    [[nodiscard]] Result<std::string> read(const std::string& name);

private:
    struct Content;

    explicit ZipReader(std::unique_ptr<Content> content);
    [[nodiscard]] static Result<ZipReader>
    opened(std::unique_ptr<Content> content, const ZipLimits& limits);

    std::unique_ptr<Content> m_content;
};

/// Writes the whole archive or nothing: beside its place, flushed to disk, then put in its place.
/// The same files give the same bytes: sorted names, one fixed time. Errors: StorageFailed.
[[nodiscard]] Result<void>
writeZip(const std::string& path, const std::map<std::string, std::string>& files);

} // namespace countersign::trust::detail
