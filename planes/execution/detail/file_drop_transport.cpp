#include "planes/execution/detail/file_drop_transport.h"

#include "planes/execution/detail/unique_fd.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign::execution::detail {

namespace {

constexpr std::size_t kNameLengthMax = 200; // of 255, with room for the temporary name's ending

std::string systemReason()
{
    // Thread-safe, unlike strerror(); GNU form.
    char buffer[128] = {};
    return ::strerror_r(errno, buffer, sizeof buffer);
}

bool writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// At most one byte more than `byteCountMax`; nothing when it cannot be read.
std::optional<std::string> readUpTo(int folder, const std::string& name, std::size_t byteCountMax)
{
    const UniqueFd file(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen())
        return std::nullopt;
    std::string bytes(byteCountMax + 1, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

/// Gives the finished file its name unless the name is taken (errno EEXIST).
bool publish(int folder, const std::string& temporary, const std::string& name)
{
    if (::renameat2(folder, temporary.c_str(), folder, name.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    // A file system without RENAME_NOREPLACE: a hard link refuses a taken name just as well.
    if (::linkat(folder, temporary.c_str(), folder, name.c_str(), 0) != 0)
        return false;
    ::unlinkat(folder, temporary.c_str(), 0);
    return true;
}

CallOutcome written(const std::string& name, const std::string& bytes)
{
    const Json response = {{"file", name}, {"sha256", Digest::of(bytes).hex()}};
    return answered("The file is in the folder.", canonicalOwnJson(response));
}

CallOutcome alreadyThere(int folder, const std::string& name, const std::string& bytes)
{
    const std::optional<std::string> present = readUpTo(folder, name, bytes.size());
    if (!present)
        return unknownEffect(
            CallResult::Failure,
            "unavailable",
            "A file of this key is there and cannot be read.",
            true);
    if (*present != bytes) {
        CallOutcome outcome =
            notSent("conflict", "The folder has another file under this idempotency key.");
        outcome.retryable = false;
        return outcome;
    }
    // Whoever wrote it may not have lived to do this.
    if (::fsync(folder) != 0)
        return unknownEffect(CallResult::Failure, "unavailable", systemReason(), true);
    return written(name, bytes);
}

} // namespace

std::string dropFileName(const std::string& idempotencyKey)
{
    static constexpr char kHexDigits[] = "0123456789ABCDEF";
    std::string name;
    for (const char c : idempotencyKey) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                             || (c >= '0' && c <= '9') || c == '_' || c == '-'
                             || (c == '.' && !name.empty());
        if (isPlain) {
            name += c;
        } else {
            name += '%';
            name += kHexDigits[byte >> 4U];
            name += kHexDigits[byte & 15U];
        }
    }
    if (name.size() > kNameLengthMax)
        name = "%sha256-" + Digest::of(idempotencyKey).hex();
    return name + ".json";
}

CallOutcome performFileDrop(const FileDropAddress& address, const TransportCall& call)
{
    const Json document = {
        {"operation", call.call.operation},
        {"idempotency_key", call.call.idempotencyKey},
        {"payload", call.call.payload}};
    const Result<std::string> bytes = canonicalJson(document);
    if (!bytes.ok())
        return blocked("contract_violation", bytes.error().describe());
    const std::string name = dropFileName(call.call.idempotencyKey);

    const UniqueFd folder(::open(address.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen())
        return notSent("unavailable", "The folder cannot be opened: " + systemReason());
    // Two attempts at once, in this process or another, each write a file of their own.
    const std::string temporary =
        "." + name + "." + std::to_string(::getpid()) + "-" + std::to_string(::gettid()) + ".part";
    UniqueFd file(::openat(
        folder.get(),
        temporary.c_str(),
        O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
        0640));
    if (!file.isOpen())
        return notSent("unavailable", "The file cannot be made: " + systemReason());
    if (!writeAll(file.get(), *bytes) || ::fsync(file.get()) != 0) {
        CallOutcome outcome =
            notSent("unavailable", "The file cannot be written: " + systemReason());
        ::unlinkat(folder.get(), temporary.c_str(), 0);
        return outcome;
    }
    file.reset();
    if (!publish(folder.get(), temporary, name)) {
        const bool isTaken = errno == EEXIST;
        CallOutcome outcome = notSent("unavailable", "The file cannot be named: " + systemReason());
        ::unlinkat(folder.get(), temporary.c_str(), 0);
        return isTaken ? alreadyThere(folder.get(), name, *bytes) : outcome;
    }
    if (::fsync(folder.get()) != 0)
        return unknownEffect(CallResult::Failure, "unavailable", systemReason(), true);
    return written(name, *bytes);
}

} // namespace countersign::execution::detail
