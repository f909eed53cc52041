#include "app/core/workspace_folder.h"

#include "planes/trust/keys.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign::app {

namespace {

constexpr std::uint64_t kSettingsByteCountMax = 1024 * 1024;
constexpr std::uint64_t kKeyByteCountMax = 64 * 1024;
constexpr int kFormat = 1;

/// A file descriptor that closes itself.
class OpenFile
{
public:
    OpenFile(const std::filesystem::path& path, int flags, mode_t mode = 0)
        : m_descriptor(::open(path.c_str(), flags | O_CLOEXEC, mode))
    {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] bool ok() const { return m_descriptor >= 0; }

private:
    int m_descriptor;
};

Failure storageFailure(const std::filesystem::path& path, const std::string& what)
{
    Error error{
        errno == ENOENT ? ErrorCode::NotFound : ErrorCode::StorageFailed,
        what + ": " + std::strerror(errno),
        "file"};
    error.file = path.string();
    return fail(std::move(error));
}

Result<void> writeAll(int descriptor, std::string_view bytes, const std::filesystem::path& path)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return storageFailure(path, "cannot write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor) != 0)
        return storageFailure(path, "cannot write to disk");
    return {};
}

Failure malformedSettings(const std::filesystem::path& path, const std::string& what)
{
    Error error{ErrorCode::InvalidInput, what, "workspace.settings"};
    error.file = path.string();
    return fail(std::move(error));
}

} // namespace

Result<void>
writeFileWhole(const std::filesystem::path& path, std::string_view bytes, bool onlyForOwner)
{
    constexpr mode_t kOwnerOnly = 0600;
    constexpr mode_t kPublic = 0644;
    std::filesystem::path temporary = path;
    temporary += ".tmp" + std::to_string(::getpid());
    {
        const OpenFile file(
            temporary,
            O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW,
            onlyForOwner ? kOwnerOnly : kPublic);
        if (!file.ok())
            return storageFailure(path, "cannot create");
        CS_CHECK(writeAll(file.get(), bytes, path));
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const Failure failure = storageFailure(path, "cannot rename");
        ::unlink(temporary.c_str());
        return failure;
    }
    const OpenFile folder(
        path.parent_path().empty() ? "." : path.parent_path(), O_RDONLY | O_DIRECTORY);
    if (folder.ok() && ::fsync(folder.get()) != 0)
        return storageFailure(path, "cannot write to disk");
    return {};
}

Result<std::string> readFileWhole(const std::filesystem::path& path, std::uint64_t byteCountMax)
{
    const OpenFile file(path, O_RDONLY | O_NONBLOCK);
    if (!file.ok())
        return storageFailure(path, "cannot open");
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return storageFailure(path, "cannot look at");
    const auto refuse = [&](ErrorCode code, const char* what) {
        Error error{code, what, "file"};
        error.file = path.string();
        return fail(std::move(error));
    };
    if (!S_ISREG(status.st_mode))
        return refuse(ErrorCode::InvalidInput, "this is not a regular file");
    if (static_cast<std::uint64_t>(status.st_size) > byteCountMax)
        return refuse(ErrorCode::LimitExceeded, "the file is too large");
    std::string bytes;
    std::array<char, 65536> buffer{};
    while (true) {
        const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return storageFailure(path, "cannot read");
        if (count == 0)
            return bytes;
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
        if (bytes.size() > byteCountMax)
            return refuse(ErrorCode::LimitExceeded, "the file is too large");
    }
}

WorkspaceFolder::WorkspaceFolder(std::filesystem::path root)
    : m_root(std::filesystem::absolute(root).lexically_normal())
{
    if (!m_root.has_filename())
        m_root = m_root.parent_path();
}

bool WorkspaceFolder::exists() const
{
    std::error_code ignored;
    return std::filesystem::exists(m_root / "workspace.json", ignored);
}

Result<void> WorkspaceFolder::make() const
{
    std::error_code error;
    if (std::filesystem::exists(m_root, error) && !std::filesystem::is_empty(m_root, error))
        return fail(Error{
            ErrorCode::Conflict,
            "the folder is not empty; a workspace starts in a new or empty folder",
            "workspace.exists",
            m_root.string()});
    for (const std::filesystem::path& folder :
         {m_root,
          keys(),
          connectors(),
          inbox(),
          inbox() / "accepted",
          inbox() / "rejected",
          packs()}) {
        std::filesystem::create_directories(folder, error);
        if (error)
            return fail(Error{
                ErrorCode::StorageFailed,
                "cannot create the folder: " + error.message(),
                "file",
                folder.string()});
    }
    std::filesystem::permissions(keys(), std::filesystem::perms::owner_all, error);
    return {};
}

Result<WorkspaceSettings> WorkspaceFolder::readSettings() const
{
    const std::filesystem::path path = m_root / "workspace.json";
    auto bytes = readFileWhole(path, kSettingsByteCountMax);
    if (!bytes.ok()) {
        if (bytes.error().code != ErrorCode::NotFound)
            return bytes.failure();
        return fail(Error{
            ErrorCode::NotFound,
            "there is no workspace here; make one with `countersignctl init`",
            "workspace.absent",
            m_root.string()});
    }
    const auto parsed = parseJson(*bytes);
    if (!parsed.ok())
        return fail(parsed.error().inFile(path.string()));
    const Json& json = *parsed;
    if (!json.is_object() || json.value("format", Json()) != Json(kFormat))
        return malformedSettings(
            path, "this is not the settings file of a workspace of this version");
    const auto anchor = Digest::parse(textMember(json, "genesis_sha256"));
    if (!anchor.ok())
        return malformedSettings(path, "genesis_sha256 is not a digest");
    WorkspaceSettings settings{
        textMember(json, "name"), textMember(json, "tenant_id"), textMember(json, "log"), *anchor};
    const Json variables = json.value("variables", Json::object());
    if (!variables.is_object())
        return malformedSettings(path, "variables is not an object");
    for (const auto& [name, value] : variables.items()) {
        if (!value.is_string())
            return malformedSettings(path, "the variable \"" + name + "\" is not text");
        settings.variables[name] = value.get<std::string>();
    }
    return settings;
}

Result<void> WorkspaceFolder::writeSettings(const WorkspaceSettings& settings) const
{
    Json json = {
        {"format", kFormat},
        {"name", settings.name},
        {"tenant_id", settings.tenantId},
        {"log", settings.logVkey},
        {"genesis_sha256", settings.anchor.hex()},
        {"variables", settings.variables}};
    return writeFileWhole(m_root / "workspace.json", json.dump(2) + "\n");
}

Result<trust::NoteSigner> WorkspaceFolder::createLogKey(const std::string& origin) const
{
    std::error_code ignored;
    if (std::filesystem::exists(logKey(), ignored))
        return fail(Error{
            ErrorCode::Conflict,
            "there is a log key already",
            "workspace.log_key",
            logKey().string()});
    CS_TRY(trust::PrivateKey key, trust::PrivateKey::generate(trust::KeyAlgorithm::Ed25519));
    CS_TRY(const trust::SecretBytes pem, key.toUnencryptedPkcs8());
    CS_CHECK(writeFileWhole(logKey(), pem.view(), true));
    return trust::NoteSigner::make(origin, std::move(key));
}

Result<trust::NoteSigner> WorkspaceFolder::loadLogKey(const std::string& origin) const
{
    struct stat status = {};
    if (::stat(logKey().c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(Error{
            ErrorCode::Refused,
            "others can read the log's key; run: chmod 600 " + logKey().string(),
            "key.permissions",
            logKey().string()});
    CS_TRY(std::string bytes, readFileWhole(logKey(), kKeyByteCountMax));
    const trust::SecretBytes pem = trust::SecretBytes::takeFrom(bytes);
    CS_TRY(trust::PrivateKey key, trust::PrivateKey::fromUnencryptedPkcs8(pem));
    return trust::NoteSigner::make(origin, std::move(key));
}

std::map<std::string, std::string>
WorkspaceFolder::manifestVariables(const WorkspaceSettings& settings) const
{
    std::map<std::string, std::string> variables = settings.variables;
    variables["WORKSPACE"] = m_root.string();
    return variables;
}

} // namespace countersign::app
