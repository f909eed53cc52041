#include "planes/trust/detail/zip_file.h"

#include "models/encoding.h"
#include "models/ids.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

namespace countersign::trust::detail {

namespace {

constexpr std::size_t kNameByteCountMax = 200;
// A text of a few kilobytes may well pack into almost nothing.
constexpr std::uint64_t kRatioJudgedFrom = 1024 * 1024;
// 1 January 1980, midnight: the first moment that the format can express.
constexpr zip_uint16_t kFixedTime = 0;
constexpr zip_uint16_t kFixedDate = 0x21;
constexpr zip_uint32_t kPlainFile = static_cast<zip_uint32_t>(S_IFREG | 0644) << 16U;
constexpr zip_int32_t kDeflateLevel = 6;

Failure malformed(const std::string& what, const std::string& file = {})
{
    return fail(
        Error{ErrorCode::InvalidInput, "the archive is damaged: " + what, "zip.form", file, {}});
}

Failure refused(ErrorCode code, std::string what, std::string rule, const std::string& file = {})
{
    return fail(Error{code, std::move(what), std::move(rule), file, {}});
}

/// Letters, digits, and `.`, `-`, `_` in parts that neither begin with a dot nor are empty: nothing
/// that leads out of a folder, on any system.
bool isPlainName(const std::string& name)
{
    if (name.empty() || name.size() > kNameByteCountMax)
        return false;
    bool partBegins = true;
    for (const char c : name) {
        const bool letterOrDigit =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (partBegins && !letterOrDigit)
            return false;
        if (!letterOrDigit && c != '.' && c != '-' && c != '_' && c != '/')
            return false;
        partBegins = c == '/';
    }
    return !partBegins;
}

struct DiscardArchive
{
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using ArchivePointer = std::unique_ptr<zip_t, DiscardArchive>;

class ZipError
{
public:
    ZipError() { zip_error_init(&m_error); }
    ~ZipError() { zip_error_fini(&m_error); }
    ZipError(const ZipError&) = delete;
    ZipError& operator=(const ZipError&) = delete;

    [[nodiscard]] zip_error_t* get() { return &m_error; }
    [[nodiscard]] std::string text() { return zip_error_strerror(&m_error); }

private:
    zip_error_t m_error{};
};

struct Member
{
    zip_uint64_t index = 0;
    std::uint64_t size = 0;
};

Result<Member> inspect(zip_t* archive, zip_uint64_t index, const std::string& name)
{
    zip_stat_t state;
    zip_stat_init(&state);
    constexpr zip_uint64_t kNeeded =
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(archive, index, 0, &state) != 0 || (state.valid & kNeeded) != kNeeded)
        return malformed("a file has no description", name);
    if (state.encryption_method != ZIP_EM_NONE
        || (state.comp_method != ZIP_CM_STORE && state.comp_method != ZIP_CM_DEFLATE))
        return refused(
            ErrorCode::Unsupported,
            "a file is packed in a way that this program does not read",
            "zip.method",
            name);
    if (state.size >= kRatioJudgedFrom
        && state.size / std::max<zip_uint64_t>(state.comp_size, 1) > kZipRatioMax)
        return refused(
            ErrorCode::LimitExceeded,
            "a file unpacks to more than 200 times its packed size",
            "zip.ratio",
            name);
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0)
        return malformed("a file has no attributes", name);
    const zip_uint32_t kind = (attributes >> 16U) & S_IFMT;
    if (system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG)
        return refused(ErrorCode::InvalidInput, "an entry is a link or a device", "zip.link", name);
    return Member{index, state.size};
}

Failure systemFailure(const std::string& what, const std::string& path)
{
    return refused(ErrorCode::StorageFailed, what + ": " + std::strerror(errno), "zip.write", path);
}

bool flush(const std::string& path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool flushed = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return flushed;
}

bool addFile(zip_t* archive, const std::string& name, const std::string& bytes)
{
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    if (source == nullptr)
        return false;
    const zip_int64_t added = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    const auto index = static_cast<zip_uint64_t>(added);
    return zip_set_file_compression(archive, index, ZIP_CM_DEFLATE, kDeflateLevel) == 0
           && zip_file_set_dostime(archive, index, kFixedTime, kFixedDate, 0) == 0
           && zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, kPlainFile) == 0;
}

} // namespace

struct ZipReader::Content
{
    std::string bytes; ///< Outlives the archive that reads it.
    ArchivePointer archive;
    std::map<std::string, Member> members;
};

ZipReader::ZipReader(std::unique_ptr<Content> content)
    : m_content(std::move(content))
{}
ZipReader::~ZipReader() = default;
ZipReader::ZipReader(ZipReader&& other) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&& other) noexcept = default;

Result<ZipReader> ZipReader::openFile(const std::string& path, const ZipLimits& limits)
{
    struct stat state = {};
    if (::stat(path.c_str(), &state) != 0)
        return refused(ErrorCode::NotFound, "there is no such file", "zip.absent", path);
    if (!S_ISREG(state.st_mode))
        return refused(ErrorCode::InvalidInput, "this is not a plain file", "zip.form", path);
    if (static_cast<std::uint64_t>(state.st_size) > limits.byteCountMax)
        return refused(ErrorCode::LimitExceeded, "the archive is too large", "zip.size", path);
    auto content = std::make_unique<Content>();
    ZipError error;
    zip_source_t* source = zip_source_file_create(path.c_str(), 0, -1, error.get());
    if (source == nullptr)
        return malformed(error.text(), path);
    content->archive.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error.get()));
    if (!content->archive) {
        zip_source_free(source);
        return malformed(error.text(), path);
    }
    return opened(std::move(content), limits);
}

Result<ZipReader> ZipReader::openBytes(std::string bytes, const ZipLimits& limits)
{
    if (bytes.size() > limits.byteCountMax)
        return refused(ErrorCode::LimitExceeded, "the archive is too large", "zip.size");
    auto content = std::make_unique<Content>();
    content->bytes = std::move(bytes);
    ZipError error;
    zip_source_t* source =
        zip_source_buffer_create(content->bytes.data(), content->bytes.size(), 0, error.get());
    if (source == nullptr)
        return malformed(error.text());
    content->archive.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error.get()));
    if (!content->archive) {
        zip_source_free(source);
        return malformed(error.text());
    }
    return opened(std::move(content), limits);
}

Result<ZipReader> ZipReader::opened(std::unique_ptr<Content> content, const ZipLimits& limits)
{
    zip_t* archive = content->archive.get();
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count < 0)
        return malformed("it has no directory");
    if (static_cast<std::uint64_t>(count) > limits.fileCountMax)
        return refused(ErrorCode::LimitExceeded, "the archive has too many files", "zip.count");
    std::uint64_t byteCount = 0;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        const char* rawName = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
        if (rawName == nullptr)
            return malformed("a file has no name");
        const std::string name = rawName;
        if (!isPlainName(name))
            return refused(
                ErrorCode::InvalidInput,
                "the archive has a file with a name that a pack cannot have",
                "zip.name");
        CS_TRY(const Member member, inspect(archive, index, name));
        if (member.size > limits.fileByteCountMax || member.size > limits.byteCountMax - byteCount)
            return refused(
                ErrorCode::LimitExceeded, "the archive unpacks to too much", "zip.size", name);
        byteCount += member.size;
        if (!content->members.emplace(name, member).second)
            return refused(
                ErrorCode::InvalidInput, "two files have the same name", "zip.repeated", name);
    }
    return ZipReader(std::move(content));
}

std::vector<std::string> ZipReader::names() const
{
    std::vector<std::string> names;
    names.reserve(m_content->members.size());
    for (const auto& [name, member] : m_content->members)
        names.push_back(name);
    return names;
}

Result<std::string> ZipReader::read(const std::string& name)
{
    const auto found = m_content->members.find(name);
    if (found == m_content->members.end())
        return refused(ErrorCode::NotFound, "the archive lacks this file", "zip.absent", name);
    const auto close = [](zip_file_t* file) {
        zip_fclose(file);
    };
    const std::unique_ptr<zip_file_t, decltype(close)> file(
        zip_fopen_index(m_content->archive.get(), found->second.index, 0), close);
    if (!file)
        return malformed("a file cannot be opened", name);
    std::string bytes(found->second.size, '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const zip_int64_t count = zip_fread(file.get(), bytes.data() + done, bytes.size() - done);
        if (count <= 0)
            return malformed("a file is shorter than it says", name);
        done += static_cast<std::size_t>(count);
    }
    // The checksum is compared at the end, so the end has to be reached.
    char beyond = 0;
    if (zip_fread(file.get(), &beyond, 1) != 0)
        return malformed("a file is longer than it says or its checksum is wrong", name);
    return bytes;
}

Result<void> writeZip(const std::string& path, const std::map<std::string, std::string>& files)
{
    const std::filesystem::path target(path);
    const std::filesystem::path folder =
        target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    const std::string temporary =
        (folder / ("." + target.filename().string() + "." + hexEncode(SystemEntropy().bytes(8))))
            .string();
    int code = 0;
    ArchivePointer archive(zip_open(temporary.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
    if (!archive) {
        ZipError error;
        zip_error_init_with_code(error.get(), code);
        return refused(
            ErrorCode::StorageFailed,
            "the pack cannot be made: " + error.text(),
            "zip.write",
            path);
    }
    for (const auto& [name, bytes] : files) {
        if (!addFile(archive.get(), name, bytes))
            return refused(
                ErrorCode::StorageFailed,
                std::string("the pack cannot be made: ") + zip_strerror(archive.get()),
                "zip.write",
                path);
    }
    if (zip_close(archive.get()) != 0)
        return refused(
            ErrorCode::StorageFailed,
            std::string("the pack cannot be written: ") + zip_strerror(archive.get()),
            "zip.write",
            path);
    static_cast<void>(archive.release()); // zip_close() freed it.
    if (!flush(temporary, O_RDONLY) || ::rename(temporary.c_str(), path.c_str()) != 0) {
        const Failure failure = systemFailure("the pack cannot be put in its place", path);
        ::unlink(temporary.c_str());
        return failure;
    }
    if (!flush(folder.string(), O_RDONLY | O_DIRECTORY))
        return systemFailure("the folder of the pack cannot be flushed", path);
    return {};
}

} // namespace countersign::trust::detail
