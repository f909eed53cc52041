#include "planes/control/vault_file.h"

#include "planes/control/secret_vault.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign::control {

namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr mode_t kGroupAndOthers = S_IRWXG | S_IRWXO;

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

    [[nodiscard]] int get() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

Failure systemFailure(const std::string& what, const std::filesystem::path& path)
{
    return fail(
        Error{ErrorCode::StorageFailed, what + ": " + std::strerror(errno), "file", path.string()});
}

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool flushFolder(const std::filesystem::path& file)
{
    const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.isOpen() && ::fsync(folder.get()) == 0;
}

/// Zeros over all of an open file, flushed to disk.
bool overwrite(int descriptor)
{
    struct stat state = {};
    if (::fstat(descriptor, &state) != 0 || ::lseek(descriptor, 0, SEEK_SET) != 0)
        return false;
    constexpr std::array<char, 4096> kZeros{};
    for (auto left = static_cast<std::size_t>(state.st_size); left > 0;) {
        const std::size_t size = std::min(left, kZeros.size());
        if (!writeAll(descriptor, {kZeros.data(), size}))
            return false;
        left -= size;
    }
    return ::fsync(descriptor) == 0;
}

/// What an open file must be before its content counts.
Result<void>
checkPrivate(int descriptor, const std::filesystem::path& path, const std::string& rule)
{
    struct stat state = {};
    if (::fstat(descriptor, &state) != 0)
        return systemFailure("cannot look at the file", path);
    const auto refuse = [&](const std::string& why) {
        return fail(Error{ErrorCode::Refused, why, rule, path.string()});
    };
    if (!S_ISREG(state.st_mode))
        return refuse("this is not a plain file");
    if (state.st_uid != ::geteuid())
        return refuse("the file belongs to another user");
    if ((state.st_mode & kGroupAndOthers) != 0)
        return refuse("others have access to this file; run: chmod 600 on it");
    return {};
}

/// Reads until the end or one byte beyond the limit.
Result<trust::SecretBytes>
readOpen(int descriptor, const std::filesystem::path& path, std::size_t byteCountMax)
{
    struct stat state = {};
    if (::fstat(descriptor, &state) != 0)
        return systemFailure("cannot look at the file", path);
    const auto stated = static_cast<std::size_t>(std::max<off_t>(state.st_size, 0));
    trust::SecretBytes bytes(std::min(stated, byteCountMax) + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t count = ::read(descriptor, bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemFailure("cannot read", path);
        if (count == 0) {
            bytes.truncate(size);
            return bytes;
        }
        size += static_cast<std::size_t>(count);
    }
    return fail(Error{
        ErrorCode::LimitExceeded, "the file is too large, or grew", "vault.size", path.string()});
}

} // namespace

VaultFile::Hold::Hold(int descriptor)
    : m_descriptor(descriptor)
{}

VaultFile::Hold::Hold(Hold&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

VaultFile::Hold& VaultFile::Hold::operator=(Hold&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

VaultFile::Hold::~Hold()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

VaultFile::VaultFile(std::filesystem::path path)
    : m_path(std::move(path))
{}

std::filesystem::path VaultFile::nextPath() const
{
    std::filesystem::path next = m_path;
    next += ".next";
    return next;
}

Result<VaultFile::Hold> VaultFile::hold() const
{
    std::filesystem::path lock = m_path;
    lock += ".lock";
    Hold hold(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
    if (hold.m_descriptor < 0)
        return systemFailure("cannot open the lock file", lock);
    while (::flock(hold.m_descriptor, LOCK_EX) != 0) {
        if (errno != EINTR)
            return systemFailure("cannot lock the secrets", lock);
    }
    return hold;
}

Result<std::optional<std::string>> VaultFile::read() const
{
    const Descriptor file(::open(m_path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() && errno == ENOENT)
        return std::optional<std::string>();
    if (!file.isOpen() && errno == ELOOP)
        return fail(
            Error{ErrorCode::Refused, "the file is a link", "vault.permissions", m_path.string()});
    if (!file.isOpen())
        return systemFailure("cannot open", m_path);
    CS_CHECK(checkPrivate(file.get(), m_path, "vault.permissions"));
    CS_TRY(const trust::SecretBytes bytes, readOpen(file.get(), m_path, kVaultByteCountMax));
    return std::optional(std::string(bytes.view()));
}

std::optional<FileMark> VaultFile::mark() const
{
    struct stat state = {};
    if (::lstat(m_path.c_str(), &state) != 0)
        return std::nullopt;
    constexpr std::int64_t kNsPerSecond = 1'000'000'000;
    return FileMark{
        state.st_dev,
        state.st_ino,
        std::int64_t{state.st_ctim.tv_sec} * kNsPerSecond + state.st_ctim.tv_nsec};
}

Result<void> VaultFile::prepare(const Hold& hold, std::string_view bytes) const
{
    drop(hold);
    const std::filesystem::path next = nextPath();
    const Descriptor file(
        ::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kOwnerOnly));
    if (!file.isOpen())
        return systemFailure("cannot create", next);
    if (!writeAll(file.get(), bytes) || ::fsync(file.get()) != 0 || !flushFolder(next)) {
        const Failure failure = systemFailure("cannot write", next);
        ::unlink(next.c_str());
        return failure;
    }
    return {};
}

Result<void> VaultFile::commit(const Hold&) const
{
    // The old content stays readable on the disk otherwise, for whoever learns the key later.
    const Descriptor old(::open(m_path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (::rename(nextPath().c_str(), m_path.c_str()) != 0 || !flushFolder(m_path))
        return systemFailure("cannot put the secrets in place", m_path);
    struct stat state = {};
    // A second name means that somebody keeps that file on purpose.
    if (old.isOpen() && ::fstat(old.get(), &state) == 0 && S_ISREG(state.st_mode)
        && state.st_nlink == 0)
        static_cast<void>(overwrite(old.get()));
    return {};
}

void VaultFile::drop(const Hold&) const
{
    static_cast<void>(destroyFile(nextPath()));
}

Result<void> VaultFile::settle(const Hold& hold, const std::optional<Digest>& named) const
{
    const VaultFile next(nextPath());
    CS_TRY(const std::optional<std::string> prepared, next.read());
    if (!prepared)
        return {};
    if (named && Digest::of(*prepared) == *named)
        return commit(hold);
    drop(hold);
    return {};
}

Result<std::vector<PlainSecret>> plainSecrets(const std::filesystem::path& folder)
{
    std::vector<PlainSecret> found;
    std::error_code error;
    if (!std::filesystem::exists(folder, error))
        return found;
    for (std::filesystem::directory_iterator place(folder, error), end; !error && place != end;
         place.increment(error)) {
        const std::string name = place->path().filename().string();
        std::error_code ignored;
        if (isSecretName(name)
            && place->symlink_status(ignored).type() == std::filesystem::file_type::regular)
            found.push_back({name, place->path()});
    }
    if (error)
        return fail(Error{
            ErrorCode::StorageFailed,
            "cannot look into the folder: " + error.message(),
            "file",
            folder.string()});
    std::sort(found.begin(), found.end(), [](const PlainSecret& a, const PlainSecret& b) {
        return a.name < b.name;
    });
    return found;
}

Result<trust::SecretBytes> readPrivateBytes(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() && errno == ENOENT)
        return fail(
            Error{ErrorCode::NotFound, "there is no such file", "secret.file", path.string()});
    if (!file.isOpen() && errno == ELOOP)
        return fail(
            Error{ErrorCode::Refused, "the file is a link", "secret.permissions", path.string()});
    if (!file.isOpen())
        return systemFailure("cannot open", path);
    CS_CHECK(checkPrivate(file.get(), path, "secret.permissions"));
    auto bytes = readOpen(file.get(), path, kSecretByteCountMax + 1);
    if (!bytes.ok()) {
        if (bytes.error().code != ErrorCode::LimitExceeded)
            return bytes.failure();
        return fail(Error{
            ErrorCode::LimitExceeded,
            "a secret has at most 65536 bytes",
            "secret.value",
            path.string()});
    }
    if (!bytes->empty() && bytes->view().back() == '\n')
        bytes->truncate(bytes->size() - 1);
    return bytes;
}

Result<void> destroyFile(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() && errno == ENOENT)
        return {};
    // What cannot be overwritten (a link, a file without that right) can still be removed.
    const bool isGone = !file.isOpen() || overwrite(file.get());
    if (::unlink(path.c_str()) != 0 || !isGone || !flushFolder(path))
        return systemFailure("cannot destroy", path);
    return {};
}

} // namespace countersign::control
