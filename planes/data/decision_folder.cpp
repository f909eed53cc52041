#include "planes/data/decision_folder.h"

#include "models/encoding.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign::data {

namespace {

constexpr std::size_t kReadChunkBytes = std::size_t{256} * 1024;
/// More refusals than this say nothing new.
constexpr std::size_t kErrorCountMax = 200;

/// An open file, closed at the end.
class Descriptor
{
public:
    explicit Descriptor(int descriptor)
        : m_descriptor(descriptor)
    {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    void release() { m_descriptor = -1; }

private:
    int m_descriptor;
};

/// A name as a person may see it: what is not UTF-8 is shown in hexadecimal.
std::string shownName(std::string_view name)
{
    return isUtf8(name) ? std::string(name) : "hex:" + hexEncode(name);
}

bool isPlainName(std::string_view name)
{
    return isUtf8(name) && std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
           });
}

class FolderReader
{
public:
    explicit FolderReader(const FolderLimits& limits)
        : m_limits(limits)
    {}

    FolderContent read(const std::string& path)
    {
        // O_NONBLOCK: opening a pipe would wait for somebody to write into it.
        const Descriptor top(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
        struct stat status = {};
        if (!top.isOpen() || ::fstat(top.get(), &status) != 0) {
            refuse(
                {},
                errno == ENOENT ? ErrorCode::NotFound : ErrorCode::StorageFailed,
                errno == ENOENT ? "folder.missing" : "folder.unreadable",
                "\"" + shownName(path) + "\" cannot be opened: " + std::strerror(errno));
        } else if (S_ISDIR(status.st_mode)) {
            readFolder(top.get(), {}, 0);
        } else {
            const std::size_t slash = path.rfind('/');
            readFile(top.get(), status, slash == std::string::npos ? path : path.substr(slash + 1));
        }
        std::sort(m_content.files.begin(), m_content.files.end(), [](const auto& a, const auto& b) {
            return a.path < b.path;
        });
        return std::move(m_content);
    }

private:
    void refuse(std::string file, ErrorCode code, std::string rule, std::string detail)
    {
        if (m_content.errors.size() < kErrorCountMax)
            m_content.errors.push_back({code, std::move(detail), std::move(rule), std::move(file)});
    }

    void refuseUnreadable(std::string file)
    {
        refuse(
            std::move(file),
            ErrorCode::StorageFailed,
            "folder.unreadable",
            std::string("cannot be read: ") + std::strerror(errno));
    }

    void readFolder(int descriptor, const std::string& path, int depth)
    {
        if (depth > m_limits.depthMax) {
            refuse(
                path,
                ErrorCode::LimitExceeded,
                "folder.depth",
                "folders nest deeper than " + std::to_string(m_limits.depthMax));
            return;
        }
        Descriptor copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
        DIR* stream = ::fdopendir(copy.get());
        if (stream == nullptr) {
            refuseUnreadable(path);
            return;
        }
        copy.release(); // Belongs to the stream from here on.
        std::vector<std::string> names;
        // NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is this function's own.
        while (const dirent* entry = ::readdir(stream)) {
            if (++m_entryCount > m_limits.entryCountMax)
                break;
            if (entry->d_name[0] != '.')
                names.emplace_back(entry->d_name);
        }
        ::closedir(stream);
        std::sort(names.begin(), names.end());
        const std::string prefix = path.empty() ? path : path + '/';
        for (const std::string& name : names) {
            if (isFull())
                return;
            readEntry(descriptor, prefix + name, name, depth);
        }
    }

    /// Reports once that nothing more is read.
    [[nodiscard]] bool isFull()
    {
        if (m_full)
            return true;
        if (m_content.files.size() >= m_limits.fileCountMax
            || m_entryCount > m_limits.entryCountMax) {
            m_full = true;
            refuse(
                {},
                ErrorCode::LimitExceeded,
                "folder.count",
                "the folder holds more than " + std::to_string(m_limits.fileCountMax) + " files");
        }
        return m_full;
    }

    void readEntry(int folder, const std::string& path, const std::string& name, int depth)
    {
        if (!isPlainName(name)) {
            refuse(
                shownName(path),
                ErrorCode::InvalidInput,
                "folder.name",
                "the name is not UTF-8, or holds a control character or a backslash");
            return;
        }
        const Descriptor entry(
            ::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
        struct stat status = {};
        if (!entry.isOpen()) {
            if (errno == ELOOP)
                refuse(
                    path,
                    ErrorCode::InvalidInput,
                    "folder.link",
                    "links are not followed; hand in the file itself");
            else if (errno == ENXIO)
                refuseSpecial(path);
            else
                refuseUnreadable(path);
        } else if (::fstat(entry.get(), &status) != 0) {
            refuseUnreadable(path);
        } else if (S_ISDIR(status.st_mode)) {
            readFolder(entry.get(), path, depth + 1);
        } else {
            readFile(entry.get(), status, path);
        }
    }

    void refuseSpecial(const std::string& path)
    {
        refuse(
            path,
            ErrorCode::InvalidInput,
            "folder.special",
            "is a pipe, a socket or a device, not a file");
    }

    void readFile(int descriptor, const struct stat& status, const std::string& path)
    {
        if (!S_ISREG(status.st_mode)) {
            refuseSpecial(path);
            return;
        }
        const bool isRecord = isRecordPath(path);
        const std::uint64_t own =
            isRecord ? m_limits.recordByteCountMax : m_limits.sourceByteCountMax;
        const auto stated = static_cast<std::uint64_t>(status.st_size);
        const std::uint64_t left = m_limits.byteCountMax - m_byteCount;
        if (stated > own || stated > left) {
            refuseSize(path, isRecord, stated > own, stated);
            return;
        }
        std::string bytes;
        bytes.reserve(stated);
        // One byte more than was measured shows a file that grows while it is read.
        while (bytes.size() <= stated) {
            const std::size_t before = bytes.size();
            const auto wanted = static_cast<std::size_t>(
                std::min<std::uint64_t>(kReadChunkBytes, stated + 1 - before));
            bytes.resize(before + wanted);
            const ssize_t count = ::read(descriptor, bytes.data() + before, wanted);
            if (count < 0 && errno == EINTR) {
                bytes.resize(before);
                continue;
            }
            if (count < 0) {
                refuseUnreadable(path);
                return;
            }
            bytes.resize(before + static_cast<std::size_t>(count));
            if (count == 0)
                break;
        }
        if (bytes.size() > stated) {
            refuse(
                path,
                ErrorCode::StorageFailed,
                "folder.unreadable",
                "the file grows while it is read");
            return;
        }
        m_byteCount += bytes.size();
        m_content.files.push_back({path, std::move(bytes)});
    }

    void refuseSize(const std::string& path, bool isRecord, bool byItself, std::uint64_t byteCount)
    {
        const char* rule = "folder.size";
        if (byItself)
            rule = isRecord ? "folder.record_size" : "folder.source_size";
        refuse(
            path,
            ErrorCode::LimitExceeded,
            rule,
            std::to_string(byteCount) + " bytes are more than may be read"
                + (byItself ? "" : " after what was read already"));
    }

    FolderLimits m_limits;
    FolderContent m_content = {};
    std::size_t m_entryCount = 0;
    std::uint64_t m_byteCount = 0;
    bool m_full = false;
};

} // namespace

bool isRecordPath(std::string_view path)
{
    if (!path.ends_with(".json"))
        return false;
    return !path.starts_with("sources/") && path.find("/sources/") == std::string_view::npos;
}

FolderContent readDecisionFolder(const std::string& path, const FolderLimits& limits)
{
    return FolderReader(limits).read(path);
}

} // namespace countersign::data
