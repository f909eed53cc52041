#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "models/result.h"
#include "planes/trust/sealed_box.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The file that holds the sealed secrets of a workspace. Canonical JSON (RFC 8785) and a line
/// feed, so that one content has one form:
///
///     {"anchor":hex, "code":base64, "format":"countersign-vault/1", "key":{"nonce":base64,
///      "sealed":base64}, "lock":"passphrase"|"keyring"|"key_file", "log_n":number?, "place":text?,
///      "salt":base64, "secrets":[{"name":text, "note":text, "versions":[{"created_at":time,
///      "nonce":base64, "not_before":time, "number":number, "retire_after":time?,
///      "sealed":base64}…]}…]}
///
/// `key` is the data key, sealed under the key that the passphrase, the keyring or the key file
/// gives. `sealed` of a version is its value, filled up to a multiple of 256 bytes; what the seal
/// binds besides is the anchor, the name and the number. `code` is the HMAC-SHA-256, under a key
/// derived from the data key, of the same file without its member `code`.
namespace countersign::control {

inline constexpr std::size_t kVaultByteCountMax = std::size_t{8} * 1024 * 1024;
inline constexpr std::size_t kSecretCountMax = 1000;
inline constexpr std::size_t kSecretVersionCountMax = 16;
inline constexpr std::size_t kSecretNoteByteCountMax = 1000;

/// What holds the key of a vault.
enum class VaultLock {
    Passphrase, ///< A person's memory.
    Keyring,    ///< The keyring of the session.
    KeyFile,    ///< A file of mode 0600: for a service, whose manager hands it over.
};

[[nodiscard]] std::string_view text(VaultLock lock);

/// How a vault is unlocked; public.
struct VaultProtection
{
    VaultLock lock = VaultLock::Passphrase;
    /// Passphrase: what trying one costs.
    trust::UnlockCost cost;
    /// Keyring: the id there. Key file: its path, relative to the workspace or absolute.
    std::string place = {};
};

struct SealedVersion
{
    int number = 1;
    Instant createdAt;
    Instant notBefore;
    /// When it is destroyed; set once a newer version takes over.
    std::optional<Instant> retireAfter;
    trust::SealedBox box;

    [[nodiscard]] bool isLive(Instant now) const { return !retireAfter || now < *retireAfter; }
};

struct SealedSecret
{
    std::string name;
    std::string note;
    /// By number, the newest last; at least one.
    std::vector<SealedVersion> versions;

    /// The version in use: the newest of those that may be used already. Nothing before the first
    /// one may.
    [[nodiscard]] const SealedVersion* current(Instant now) const;
    [[nodiscard]] const SealedVersion* find(int number) const;
};

/// A vault as it lies in its file. What stands here can be read by whoever reads the file, and is
/// only known to be true once the vault was opened.
struct VaultContent
{
    Digest anchor; ///< Of the workspace it belongs to.
    VaultProtection protection;
    std::string salt;
    trust::SealedBox key;
    std::vector<SealedSecret> secrets; ///< By name.
    std::string code;                  ///< 32 bytes.

    [[nodiscard]] const SealedSecret* find(std::string_view name) const;

    /// Reads a file. What is accepted is written as the very same bytes. Errors: Corrupt (rule
    /// `vault.format`), LimitExceeded (rule `vault.size`).
    [[nodiscard]] static Result<VaultContent> parse(std::string_view bytes);
    [[nodiscard]] std::string toBytes() const;
    /// What `code` authenticates.
    [[nodiscard]] std::string bytesWithoutCode() const;
};

/// True for 1 to 64 of `a-z 0-9 . _ -`, not beginning with a dot: as manifests name secrets.
[[nodiscard]] bool isSecretName(std::string_view name);

} // namespace countersign::control
