#pragma once

#include "models/result.h"
#include "planes/trust/secret.h"

#include <memory>
#include <string>

/// The keyring of the person's session: a store of the desktop that is unlocked with the session.
/// A key kept there opens for this user on this machine, and for every program that runs as them.
namespace countersign::trust {

/// Calls talk to another program and may wait for a person to unlock the keyring: not on a thread
/// that must not wait. Thread: any.
class Keyring
{
public:
    virtual ~Keyring() = default;

    /// Keeps a key under an id, in place of an earlier one. `label` is what the desktop shows.
    /// Errors: Unavailable (rule `keyring`).
    [[nodiscard]] virtual Result<void>
    keep(const std::string& id, const std::string& label, const SecretBytes& key) = 0;
    /// Errors: NotFound (rule `keyring.absent`), Unavailable (rule `keyring`).
    [[nodiscard]] virtual Result<SecretBytes> find(const std::string& id) = 0;
    /// Nothing happens when there is none. Errors: Unavailable (rule `keyring`).
    [[nodiscard]] virtual Result<void> forget(const std::string& id) = 0;
};

/// The Secret Service of the session (GNOME Keyring, KWallet, KeePassXC), through libsecret.
/// Errors: Unsupported (rule `keyring.build`) in a build without libsecret; whether a service
/// runs shows with the first call.
[[nodiscard]] Result<std::unique_ptr<Keyring>> openSessionKeyring();

} // namespace countersign::trust
