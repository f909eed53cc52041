#pragma once

#include "planes/control/vault_content.h"
#include "planes/trust/secret.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The secrets of a workspace's connectors, sealed (AES-256-GCM) under one data key, and that under
/// a key which a person, a keyring or a file gives. A secret has versions: the newest is used, the
/// one before stays for an overlap, then it is destroyed.
namespace countersign::control {

inline constexpr std::size_t kSecretByteCountMax = std::size_t{64} * 1024;
/// No overlap is longer: 366 days.
inline constexpr Duration kSecretOverlapMax = std::chrono::hours(24 * 366);

/// What was done to a secret, for the ledger. Never holds a value, or anything made from one.
enum class SecretAct {
    Created,    ///< The vault was made, empty.
    Set,        ///< Sealed anew; earlier versions are gone at once.
    TakenIn,    ///< Set, from a file in plain text that was destroyed.
    Rotated,    ///< A new version; the earlier ones retire after the overlap.
    RolledBack, ///< The value of an earlier version became the newest one.
    Retired,    ///< A version whose overlap is over was destroyed.
    Removed,    ///< All of it was destroyed.
    Rewrapped,  ///< The whole vault has a new data key under a new lock.
};

[[nodiscard]] std::string_view text(SecretAct act);

struct SecretChange
{
    SecretAct act = SecretAct::Set;
    std::string name; ///< Empty when it concerns the whole vault.
    int version = 0;  ///< 0 when it concerns no single one.
    std::optional<Instant> notBefore = {};
    /// Rotated: when the earlier versions are destroyed.
    std::optional<Instant> earlierUntil = {};

    bool operator==(const SecretChange&) const = default;
};

struct SecretRotation
{
    Duration overlap{};
    /// From when on the new version is used; at once without.
    std::optional<Instant> notBefore = {};
};

/// A vault that is open: it holds the data key, kept out of swap and core dumps where the system
/// allows it, and no value. Changing it changes no file. Thread: one at a time.
class SecretVault
{
public:
    /// A new vault without secrets. `unlocker`: the passphrase, or the random bytes that the
    /// keyring or the key file hold. Errors: InvalidInput (rule `seal.passphrase_empty`),
    /// LimitExceeded, Unavailable.
    [[nodiscard]] static Result<SecretVault>
    create(const Digest& anchor, VaultProtection protection, const trust::SecretBytes& unlocker);

    /// Opens a vault and checks all of it. Takes time on purpose where a passphrase protects it.
    /// Errors: PassphraseWrong (rule `vault.passphrase`, `vault.key`), Corrupt (rule
    /// `vault.anchor`: of another workspace; `vault.code`: changed by somebody without the key),
    /// Unavailable.
    [[nodiscard]] static Result<SecretVault>
    open(VaultContent content, const Digest& anchor, const trust::SecretBytes& unlocker);

    /// The same vault as its file says now, under the data key that is known already. Errors:
    /// PassphraseWrong (rule `vault.key`) when it has another one, Corrupt.
    [[nodiscard]] Result<SecretVault> reopened(VaultContent content) const;

    [[nodiscard]] const VaultContent& content() const { return m_content; }

    /// The value in use. Errors: NotFound (rule `secret.absent`, `secret.not_yet`), Corrupt.
    [[nodiscard]] Result<trust::SecretBytes> value(std::string_view name, Instant now) const;
    /// That of one version, which may be an earlier one as long as its overlap lasts. Errors: as
    /// value, NotFound (rule `secret.version`).
    [[nodiscard]] Result<trust::SecretBytes>
    valueOf(std::string_view name, int version, Instant now) const;
    /// Whether value() would find one; opens nothing.
    [[nodiscard]] Result<void> has(std::string_view name, Instant now) const;

    // Changes. Errors of those that seal: InvalidInput (rule `secret.name`, `secret.value`,
    // `secret.note`, `secret.overlap`), LimitExceeded (rule `secret.count`), Unavailable; of those
    // that name one: NotFound (rule `secret.absent`).

    /// Sets a secret, new or in place of all its versions.
    [[nodiscard]] Result<SecretChange>
    set(const std::string& name,
        const trust::SecretBytes& value,
        const std::optional<std::string>& note,
        Instant now);
    [[nodiscard]] Result<SecretChange> rotate(
        const std::string& name,
        const trust::SecretBytes& value,
        const SecretRotation& rotation,
        Instant now);
    /// Makes the value before the one in use the newest version; where the newest waits for its
    /// time, the one in use. Errors: NotFound (rule `secret.version`) when its overlap is over.
    [[nodiscard]] Result<SecretChange>
    rollBack(const std::string& name, Duration overlap, Instant now);
    [[nodiscard]] Result<SecretChange> remove(const std::string& name);
    /// Destroys the versions whose overlap is over.
    [[nodiscard]] std::vector<SecretChange> retire(Instant now);
    [[nodiscard]] bool hasToRetire(Instant now) const;
    /// Seals everything anew under a new data key and a new lock. Errors: as create, Corrupt.
    [[nodiscard]] Result<SecretChange>
    rewrap(VaultProtection protection, const trust::SecretBytes& unlocker);

    /// The file's bytes. Errors: LimitExceeded (rule `vault.size`), Unavailable.
    [[nodiscard]] Result<std::string> toBytes();

private:
    SecretVault(VaultContent content, trust::SecretBytes dataKey);

    [[nodiscard]] Result<void> checkCode() const;
    [[nodiscard]] Result<trust::SealedBox>
    seal(const std::string& name, int number, const trust::SecretBytes& value) const;
    [[nodiscard]] Result<trust::SecretBytes>
    unseal(const std::string& name, const SealedVersion& version) const;
    [[nodiscard]] SealedSecret* find(std::string_view name);
    [[nodiscard]] Result<const SealedSecret*> existing(std::string_view name) const;
    [[nodiscard]] Result<SecretChange> append(
        SealedSecret& secret,
        const trust::SecretBytes& value,
        const SecretRotation& rotation,
        Instant now);

    VaultContent m_content;
    trust::SecretBytes m_dataKey;
};

} // namespace countersign::control
