#pragma once

#include "planes/control/secret_vault.h"

#include <string>

/// The one place that answers who may change the secrets of connectors.
namespace countersign::control {

struct SecretWish
{
    SecretAct act = SecretAct::Set;
    std::string name; ///< Empty when it concerns the whole vault.
    /// Who asks, as the operating system knows them.
    std::string account;
    /// They unlocked the vault, or make it.
    bool holdsKey = false;
};

/// For now: whoever can unlock the vault. Errors: Unauthorized (rule `secret.locked`).
[[nodiscard]] Result<void> mayChangeSecret(const SecretWish& wish);

} // namespace countersign::control
