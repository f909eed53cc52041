#pragma once

#include "app/core/secret_desk.h"
#include "app/ctl/command.h"

#include <vector>

namespace countersign::ctl {

/// The options of a command, and those that unlock the workspace's secrets.
[[nodiscard]] std::vector<OptionSpec> withUnlocking(std::vector<OptionSpec> options);

/// Opens the vault for a command that needs it: with the passphrase from a file, the environment or
/// the terminal, with the keyring or the key file. Seals secrets that lie in plain files; what of
/// that was refused is returned. Errors: as SecretDesk::unlock(), Passphrases::getFor(),
/// findUnlocker(); NotFound (rule `secret.absent`) without a vault.
[[nodiscard]] Result<std::vector<Error>>
unlockSecrets(app::SecretDesk& desk, const Invocation& invocation);

/// The same for a process that works without them too: where nobody can be asked, or nothing is
/// sealed, it stays locked and says so in what is returned. Errors: a passphrase that was given and
/// is wrong.
[[nodiscard]] Result<std::vector<Error>>
unlockForEngine(app::SecretDesk& desk, const Invocation& invocation);

} // namespace countersign::ctl
