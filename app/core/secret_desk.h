#pragma once

#include "app/core/vault_source.h"
#include "app/core/workspace_folder.h"
#include "planes/control/secret_access.h"
#include "planes/control/vault_file.h"
#include "planes/trust/ledger_store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The secrets of a workspace in this process: unlocked once, changed with the ledger, given to
/// connectors. Each change is one event `secret.changed` in the ledger: what, which name and
/// version, by which account, and the digest of the vault's file, by which a file that somebody put
/// back or exchanged is known. A value is in none of it.
namespace countersign::app {

inline constexpr std::string_view kSecretChanged = "secret.changed";

/// How a vault can be unlocked that is not.
struct SecretsState
{
    bool exists = false;
    bool isUnlocked = false;
    control::VaultLock lock = control::VaultLock::Passphrase;
    std::size_t secretCount = 0;
    /// Secrets that still lie in plain files; unlocking seals them.
    std::size_t plainCount = 0;
    /// Why connectors get nothing; nothing once unlocked.
    std::optional<Error> why;
};

/// What a look at the file brought.
struct SecretsLook
{
    /// Connectors may get something now that they did not get before.
    bool isNews = false;
    std::vector<Error> troubles;
};

/// Thread: that of the store.
class SecretDesk
{
public:
    /// The store outlives it.
    SecretDesk(
        trust::LedgerStore& store,
        WorkspaceFolder folder,
        Digest anchor,
        std::shared_ptr<const Clock> clock,
        std::shared_ptr<EntropySource> entropy);

    [[nodiscard]] std::shared_ptr<VaultSource> source() const { return m_source; }
    [[nodiscard]] SecretsState state() const;
    /// The file as it is; nothing without one. Errors: as VaultFile::read and VaultContent::parse,
    /// Corrupt (rule `secret.unrecorded`: not the file that the ledger names).
    [[nodiscard]] Result<std::optional<control::VaultContent>> content() const;

    /// Follows what other processes did, opens what a key file opens, destroys what has retired.
    /// Cheap when nothing happened.
    [[nodiscard]] SecretsLook look();

    /// Opens the vault. Takes its time where a passphrase protects it: openVault() and adopt() do
    /// the same in two steps. Errors: NotFound (rule `secret.absent`), as content() and
    /// SecretVault::open().
    [[nodiscard]] Result<void> unlock(const trust::SecretBytes& unlocker);
    /// Takes a vault that was opened elsewhere. Errors: as content().
    [[nodiscard]] Result<void> adopt(control::SecretVault vault);
    /// Seals the secrets in plain files and destroys those. Errors of single files are gathered:
    /// Refused (rule `secret.permissions`), Conflict (rule `secret.plain_conflict`).
    [[nodiscard]] std::vector<Error> takeInPlainFiles();

    /// Makes the vault, and has it open. Errors: Conflict (rule `secret.exists`), as
    /// SecretVault::create() and the store.
    [[nodiscard]] Result<void>
    create(const control::VaultProtection& protection, const trust::SecretBytes& unlocker);
    /// Puts all of it under a new data key and a new lock. `vault` was opened with the old one.
    /// Takes the file as it is, also where the ledger does not know it: whoever has the key says
    /// so. Errors: as change().
    [[nodiscard]] Result<void> rewrap(
        const control::SecretVault& vault,
        const control::VaultProtection& protection,
        const trust::SecretBytes& unlocker);
    /// One change, whole: decided, in the ledger, in the file. Errors: those of mayChangeSecret(),
    /// of the change, of the store and the file; the reason while locked.
    [[nodiscard]] Result<std::vector<control::SecretChange>> change(
        const control::SecretWish& wish,
        const std::function<Result<control::SecretChange>(control::SecretVault&)>& work);

private:
    using Work = std::function<Result<control::SecretChange>(control::SecretVault&)>;

    [[nodiscard]] Result<std::optional<Digest>> recordedDigest() const;
    void setUnlocked(control::SecretVault vault);
    /// The right to change the file, with what another process left behind settled.
    [[nodiscard]] Result<control::VaultFile::Hold> hold() const;
    [[nodiscard]] Result<void> load();
    [[nodiscard]] Result<std::optional<control::VaultContent>> readFile(bool mustBeRecorded) const;
    [[nodiscard]] Result<std::vector<control::SecretChange>> write(
        const control::VaultFile::Hold& hold,
        control::SecretVault vault,
        const std::string& account,
        const Work& work);
    [[nodiscard]] Result<void> append(
        data::SqlSession& session,
        trust::LedgerWriter& ledger,
        const control::SecretChange& change,
        const std::string& account,
        const Digest& digest);

    trust::LedgerStore& m_store;
    WorkspaceFolder m_folder;
    Digest m_anchor;
    std::shared_ptr<const Clock> m_clock;
    std::shared_ptr<EntropySource> m_entropy;
    control::VaultFile m_file;
    std::shared_ptr<VaultSource> m_source;
    std::optional<control::FileMark> m_seen;
    bool m_hasLooked = false;
    bool m_isNews = false;
};

/// Reads a workspace's vault and opens it, without a core. Any thread. Errors: as
/// SecretDesk::unlock(), but what the ledger says about the file is not known here.
[[nodiscard]] Result<control::SecretVault>
openVault(const WorkspaceFolder& folder, const trust::SecretBytes& unlocker);

/// What opens a vault that its key file or the session's keyring protects. May wait for a person.
/// Any thread. Errors: InvalidInput (rule `secret.passphrase`) for a passphrase; as
/// readPrivateBytes() and Keyring::find().
[[nodiscard]] Result<trust::SecretBytes>
findUnlocker(const WorkspaceFolder& folder, const control::VaultProtection& protection);

/// Who runs this process, as the operating system names them.
[[nodiscard]] std::string accountName();

} // namespace countersign::app
