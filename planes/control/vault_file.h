#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/trust/secret.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Where a vault lies, and how it changes together with the ledger: the new file is written whole
/// beside the old one, then the ledger commits to its digest, then it takes the place. Whoever
/// comes after a crash in between finishes or drops it, by what the ledger says.
namespace countersign::control {

/// What a look at a file remembers, to see later whether it is another one.
struct FileMark
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t changedNs = 0;

    bool operator==(const FileMark&) const = default;
};

/// Thread: one at a time; any number of processes, held apart by VaultFile::Hold.
class VaultFile
{
public:
    explicit VaultFile(std::filesystem::path path);

    /// The right to change the file, until it goes. Waits for whoever has it: moments.
    class Hold
    {
    public:
        Hold(Hold&& other) noexcept;
        Hold& operator=(Hold&& other) noexcept;
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        ~Hold();

    private:
        friend class VaultFile;
        explicit Hold(int descriptor);
        int m_descriptor = -1;
    };

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    /// Errors: StorageFailed.
    [[nodiscard]] Result<Hold> hold() const;

    /// The file's bytes; nothing when there is none. Errors: Refused (rule `vault.permissions`)
    /// when it is a link, not a plain file, another user's, or open to others; LimitExceeded,
    /// StorageFailed.
    [[nodiscard]] Result<std::optional<std::string>> read() const;
    [[nodiscard]] std::optional<FileMark> mark() const;

    // With the hold.

    /// Writes the next file beside the one in place, mode 0600, flushed to disk. Errors:
    /// StorageFailed.
    [[nodiscard]] Result<void> prepare(const Hold& hold, std::string_view bytes) const;
    /// Puts the prepared file in place and overwrites the one that stood there. Errors:
    /// StorageFailed.
    [[nodiscard]] Result<void> commit(const Hold& hold) const;
    /// Destroys what was prepared, if anything.
    void drop(const Hold& hold) const;
    /// After a crash: puts a prepared file in place when it is the one that the ledger names, and
    /// destroys any other. Errors: as read and commit.
    [[nodiscard]] Result<void> settle(const Hold& hold, const std::optional<Digest>& named) const;

private:
    [[nodiscard]] std::filesystem::path nextPath() const;

    std::filesystem::path m_path;
};

/// A secret that still lies in a file in plain text.
struct PlainSecret
{
    std::string name;
    std::filesystem::path path;
};

/// The plain files in a folder whose names can be names of secrets. A folder that does not exist
/// has none. Errors: StorageFailed.
[[nodiscard]] Result<std::vector<PlainSecret>> plainSecrets(const std::filesystem::path& folder);

/// A file's bytes, for its owner's eyes only, without the line feed at its end. Errors: NotFound;
/// Refused (rule `secret.permissions`: a link, no plain file, another user's, or open to others);
/// LimitExceeded (rule `secret.value`); StorageFailed.
[[nodiscard]] Result<trust::SecretBytes> readPrivateBytes(const std::filesystem::path& path);

/// Overwrites a file, flushes that to disk and removes it. Copies that the file system, the disk or
/// a backup made remain. Errors: StorageFailed.
[[nodiscard]] Result<void> destroyFile(const std::filesystem::path& path);

} // namespace countersign::control
