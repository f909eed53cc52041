#include "planes/trust/detail/private_file.h"

#include "models/encoding.h"
#include "models/ids.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign::trust::detail {

namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr mode_t kGroupAndOthers = S_IRWXG | S_IRWXO;
constexpr std::size_t kFileByteCountMax = 64 * 1024;

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

Failure systemFailure(const char* what, const std::filesystem::path& path)
{
    const std::string reason = std::strerror(errno);
    Error error{ErrorCode::StorageFailed, std::string(what) + ": " + reason, "key.file"};
    return fail(error.inFile(path.string()));
}

Failure
refusal(ErrorCode code, std::string detail, const char* rule, const std::filesystem::path& path)
{
    return fail(Error{code, std::move(detail), rule}.inFile(path.string()));
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

/// Puts the new file in place without ever replacing one. File systems that cannot rename so (NFS)
/// can link.
bool placeNew(const std::string& from, const std::string& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (::link(from.c_str(), to.c_str()) != 0)
        return false;
    ::unlink(from.c_str());
    return true;
}

bool flushFolder(const std::filesystem::path& folder)
{
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.isOpen() && ::fsync(descriptor.number()) == 0;
}

std::string shellQuoted(const std::string& text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

} // namespace

Result<void>
writePrivateFile(const std::filesystem::path& path, std::string_view bytes, IfExists ifExists)
{
    const std::filesystem::path temporary =
        path.parent_path()
        / ("." + path.filename().string() + "." + hexEncode(SystemEntropy().bytes(8)));
    bool written = false;
    {
        const Descriptor file(::open(
            temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kOwnerOnly));
        if (!file.isOpen())
            return systemFailure("a key file cannot be made", path);
        written = writeAll(file.number(), bytes) && ::fsync(file.number()) == 0;
    }
    const bool placed =
        written
        && (ifExists == IfExists::Replace ? ::rename(temporary.c_str(), path.c_str()) == 0
                                          : placeNew(temporary.string(), path.string()));
    if (!placed) {
        const int reason = errno;
        ::unlink(temporary.c_str());
        if (written && reason == EEXIST)
            return refusal(
                ErrorCode::Conflict, "a key of this name exists already", "key.exists", path);
        errno = reason;
        return systemFailure("a key file cannot be written", path);
    }
    if (!flushFolder(path.parent_path()))
        return systemFailure("the folder of a key cannot be flushed", path);
    return {};
}

Result<std::string> readSmallFile(const std::filesystem::path& path, ReadableBy readableBy)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() && errno == ENOENT)
        return refusal(ErrorCode::NotFound, "there is no key of this name", "key.name", path);
    if (!file.isOpen() && errno == ELOOP)
        return refusal(ErrorCode::Refused, "a key file is a link", "key.permissions", path);
    struct stat state = {};
    if (!file.isOpen() || ::fstat(file.number(), &state) != 0)
        return systemFailure("a key file cannot be opened", path);
    if (!S_ISREG(state.st_mode))
        return refusal(
            ErrorCode::Refused, "a key file is not a plain file", "key.permissions", path);
    if (readableBy == ReadableBy::OwnerOnly) {
        if (state.st_uid != ::geteuid())
            return refusal(
                ErrorCode::Refused, "a key file belongs to another user", "key.permissions", path);
        if ((state.st_mode & kGroupAndOthers) != 0)
            return refusal(
                ErrorCode::Refused,
                "other users have access to the key file; run: chmod 600 "
                    + shellQuoted(path.string()),
                "key.permissions",
                path);
    }
    std::string bytes(kFileByteCountMax + 1, '\0');
    std::size_t byteCount = 0;
    while (byteCount < bytes.size()) {
        const ssize_t count =
            ::read(file.number(), bytes.data() + byteCount, bytes.size() - byteCount);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemFailure("a key file cannot be read", path);
        if (count == 0)
            break;
        byteCount += static_cast<std::size_t>(count);
    }
    if (byteCount > kFileByteCountMax)
        return refusal(
            ErrorCode::LimitExceeded, "a key file is larger than 64 KiB", "key.file", path);
    bytes.resize(byteCount);
    return bytes;
}

} // namespace countersign::trust::detail
