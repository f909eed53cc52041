#pragma once

#include "models/ids.h"
#include "planes/control/secret_vault.h"
#include "planes/execution/secret_source.h"

#include <memory>
#include <mutex>
#include <optional>

namespace countersign::app {

/// Where the connectors of this process get their secrets: from the open vault, each value opened
/// for its call only. Starts locked. Thread: any, several at once.
class VaultSource final : public execution::SecretSource
{
public:
    VaultSource(std::shared_ptr<const Clock> clock, Error whyLocked);

    /// Errors: the reason while locked (rule `secret.locked`, `secret.unrecorded`,
    /// `secret.absent`); those of SecretVault::value().
    [[nodiscard]] Result<trust::SecretBytes> secret(const std::string& name) override;
    [[nodiscard]] Result<void> ready(const std::string& name) override;

    /// Forgets the vault and says why.
    void lock(Error why);
    void unlock(control::SecretVault vault);

    [[nodiscard]] bool isUnlocked() const;
    /// Why there is nothing; nothing once unlocked.
    [[nodiscard]] std::optional<Error> whyLocked() const;
    [[nodiscard]] bool hasToRetire(Instant now) const;
    /// The open vault as its file says now. Errors: the reason while locked, as
    /// SecretVault::reopened().
    [[nodiscard]] Result<control::SecretVault> reopened(control::VaultContent content) const;

private:
    std::shared_ptr<const Clock> m_clock;
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::optional<control::SecretVault> m_vault;
    Error m_why;
};

} // namespace countersign::app
