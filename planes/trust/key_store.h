#pragma once

#include "models/result.h"
#include "planes/trust/keys.h"
#include "planes/trust/secret.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A person's own keys: a folder of `<name>.key.pem` (encrypted PKCS#8, mode 0600) and
/// `<name>.pub.pem`.
namespace countersign::trust {

/// A key of the folder, as far as it shows without a passphrase.
struct StoredKey
{
    std::string name;
    /// Absent when the public half is missing (loading the key writes it anew) or unreadable.
    std::optional<PublicKey> publicKey;
};

/// True for 1 to 64 of `a-z 0-9 . _ -`, not beginning with a dot.
[[nodiscard]] bool isKeyName(std::string_view name);

/// Reads and writes the folder. A key file that group or others can read, that is a link, or that
/// belongs to somebody else is refused with the command that puts it right. A name is never
/// overwritten. Thread: any; concurrent writers of one name get Conflict.
class KeyStore
{
public:
    explicit KeyStore(std::filesystem::path folder);

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

    /// By name. A folder that does not exist has no keys. Errors: StorageFailed.
    [[nodiscard]] Result<std::vector<StoredKey>> list() const;

    /// Makes a key and keeps it. Errors: InvalidInput (rule `key.name`, `key.passphrase_empty`),
    /// Conflict when the name is taken, StorageFailed, Unavailable.
    [[nodiscard]] Result<PublicKey> create(
        std::string_view name,
        KeyAlgorithm algorithm,
        const SecretBytes& passphrase,
        UnlockCost cost = {}) const;

    /// Keeps a foreign key: an `ENCRYPTED PRIVATE KEY` that the passphrase unlocks, or a `PRIVATE
    /// KEY`. Either is stored encrypted anew under the passphrase. Errors: as create and as
    /// PrivateKey.
    [[nodiscard]] Result<PublicKey> importKey(
        std::string_view name,
        const SecretBytes& pem,
        const SecretBytes& passphrase,
        UnlockCost cost = {}) const;

    /// Unlocks a key. Errors: NotFound; Refused (rule `key.permissions`); PassphraseWrong; Corrupt
    /// (also when the two halves do not fit); Unsupported; LimitExceeded; StorageFailed. Each names
    /// the file.
    [[nodiscard]] Result<PrivateKey>
    load(std::string_view name, const SecretBytes& passphrase) const;

private:
    [[nodiscard]] Result<PublicKey> keep(
        std::string_view name,
        const PrivateKey& key,
        const SecretBytes& passphrase,
        UnlockCost cost) const;
    [[nodiscard]] std::filesystem::path privatePath(std::string_view name) const;
    [[nodiscard]] std::filesystem::path publicPath(std::string_view name) const;

    std::filesystem::path m_folder;
};

} // namespace countersign::trust
