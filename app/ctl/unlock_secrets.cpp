#include "app/ctl/unlock_secrets.h"

#include "app/ctl/passphrases.h"
#include "app/ctl/workspace_access.h"

namespace countersign::ctl {

namespace {

Result<trust::SecretBytes> unlockerOf(
    const app::WorkspaceFolder& folder,
    const control::VaultProtection& protection,
    const Passphrases& passphrases)
{
    if (protection.lock == control::VaultLock::Passphrase)
        return passphrases.getFor("the secrets of this workspace");
    return app::findUnlocker(folder, protection);
}

} // namespace

std::vector<OptionSpec> withUnlocking(std::vector<OptionSpec> options)
{
    options.push_back(
        {"passphrase-file", "FILE", "File with the passphrase of the secrets, mode 0600"});
    options.push_back(
        {"passphrase-env",
         "NAME",
         "Variable of the environment with the passphrase of the secrets"});
    return options;
}

Result<std::vector<Error>> unlockSecrets(app::SecretDesk& desk, const Invocation& invocation)
{
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    app::SecretsLook looked = desk.look();
    if (!desk.source()->isUnlocked()) {
        CS_TRY(const app::WorkspaceFolder folder, workspaceOf(invocation));
        CS_TRY(const std::optional<control::VaultContent> content, desk.content());
        if (!content)
            return fail(*desk.source()->whyLocked());
        CS_TRY(
            const trust::SecretBytes unlocker,
            unlockerOf(folder, content->protection, passphrases));
        CS_CHECK(desk.unlock(unlocker));
        looked.troubles.clear();
    }
    for (Error& refused : desk.takeInPlainFiles())
        looked.troubles.push_back(std::move(refused));
    return std::move(looked.troubles);
}

Result<std::vector<Error>> unlockForEngine(app::SecretDesk& desk, const Invocation& invocation)
{
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    const app::SecretsState state = desk.state();
    if (!state.exists && state.plainCount == 0)
        return std::vector<Error>();
    auto unlocked = unlockSecrets(desk, invocation);
    if (unlocked.ok() || (passphrases.isGiven() && state.exists))
        return unlocked;
    std::vector<Error> refused;
    // That nobody can be asked is not news; that the secrets are locked is.
    if (unlocked.error().rule != "passphrase.absent")
        refused.push_back(unlocked.error());
    const auto why = desk.source()->whyLocked();
    if (why && (refused.empty() || refused.front() != *why))
        refused.push_back(*why);
    return refused;
}

} // namespace countersign::ctl
