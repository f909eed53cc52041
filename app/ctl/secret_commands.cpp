#include "app/core/key_file.h"
#include "app/core/secret_desk.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/passphrases.h"
#include "app/ctl/secret_value.h"
#include "app/ctl/unlock_secrets.h"
#include "app/ctl/workspace_access.h"
#include "models/encoding.h"
#include "planes/execution/secret_authority.h"
#include "planes/trust/keyring.h"
#include "planes/trust/sealed_box.h"

namespace countersign::ctl {

namespace {

constexpr const char* kOverlapDefault = "24h";

/// A lock that a vault is put under, and what opens it.
struct ChosenLock
{
    control::VaultProtection protection;
    trust::SecretBytes unlocker;
};

std::vector<OptionSpec> withLocks(std::vector<OptionSpec> options)
{
    options.push_back({"keyring", "", "Keep the key in the keyring of this session"});
    options.push_back(
        {"key-file", "FILE", "Keep the key in this file, mode 0600; made when it is not there"});
    return options;
}

Result<ChosenLock> keyringLock(const app::WorkspaceFolder& folder)
{
    CS_TRY(const auto keyring, trust::openSessionKeyring());
    CS_TRY(trust::SecretBytes key, trust::makeSealKey());
    CS_TRY(const std::string random, trust::makeSalt());
    std::string id = "countersign-" + hexEncode(random);
    CS_CHECK(keyring->keep(id, "Countersign: secrets of " + folder.root().string(), key));
    return ChosenLock{{control::VaultLock::Keyring, {}, std::move(id)}, std::move(key)};
}

/// The lock that the options choose; without any, a passphrase. `prefix`: of the passphrase's
/// options.
Result<ChosenLock> chosenLock(
    const Invocation& invocation, const app::WorkspaceFolder& folder, const std::string& prefix)
{
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation, prefix));
    const auto keyFile = invocation.optionalValue("key-file");
    if (int(passphrases.isGiven()) + int(invocation.has("keyring")) + int(keyFile.has_value()) > 1)
        return usageFailure("a passphrase, --keyring and --key-file exclude each other");
    if (invocation.has("keyring"))
        return keyringLock(folder);
    if (keyFile) {
        const std::filesystem::path path = std::filesystem::absolute(*keyFile).lexically_normal();
        CS_TRY(trust::SecretBytes key, app::makeKeyFile(path));
        return ChosenLock{{control::VaultLock::KeyFile, {}, path.string()}, std::move(key)};
    }
    CS_TRY(
        trust::SecretBytes passphrase, passphrases.getFor("the secrets of this workspace", true));
    return ChosenLock{{control::VaultLock::Passphrase, {}, {}}, std::move(passphrase)};
}

Json toJson(const control::SecretChange& change)
{
    Json row = {{"change", control::text(change.act)}, {"name", change.name}};
    if (change.version != 0)
        row["version"] = change.version;
    if (change.notBefore)
        row["not_before"] = change.notBefore->text();
    if (change.earlierUntil)
        row["earlier_until"] = change.earlierUntil->text();
    return row;
}

Result<int> finish(Output& output, const std::vector<control::SecretChange>& changes)
{
    Json rows = Json::array();
    for (const control::SecretChange& change : changes) {
        std::string line = change.name + ": " + std::string(control::text(change.act));
        if (change.version != 0)
            line += ", version " + std::to_string(change.version);
        if (change.earlierUntil && change.earlierUntil != change.notBefore)
            line += ", earlier ones until " + change.earlierUntil->text();
        output.line(line);
        rows.push_back(toJson(change));
    }
    output.document({{"changes", std::move(rows)}});
    return kDone;
}

/// The workspace's desk with the vault open; what could not be sealed on the way was told.
Result<std::unique_ptr<app::Core>> openUnlocked(const Invocation& invocation, Output& output)
{
    CS_TRY(auto core, openCore(invocation));
    CS_TRY(const std::vector<Error> refused, unlockSecrets(core->secrets(), invocation));
    for (const Error& error : refused)
        output.complain(error);
    return core;
}

control::SecretWish wishOf(control::SecretAct act, const std::string& name)
{
    return {act, name, app::accountName(), true};
}

Result<int> setSecret(const Invocation& invocation, Output& output)
{
    const std::string& name = invocation.arguments.front();
    CS_TRY(const app::WorkspaceFolder folder, workspaceOf(invocation));
    const bool isNew = !std::filesystem::exists(folder.vault());
    if (!isNew && (invocation.has("keyring") || invocation.has("key-file")))
        return usageFailure("the secrets have a lock already; `countersignctl secret rewrap` "
                            "changes it");
    CS_TRY(const trust::SecretBytes value, readSecretValue(invocation, name));
    std::unique_ptr<app::Core> core;
    if (isNew) {
        CS_TRY(core, openCore(invocation));
        CS_TRY(const ChosenLock lock, chosenLock(invocation, folder, {}));
        CS_CHECK(core->secrets().create(lock.protection, lock.unlocker));
        for (const Error& error : core->secrets().takeInPlainFiles())
            output.complain(error);
        output.line("Made the vault of the secrets: " + folder.vault().string());
    } else {
        CS_TRY(core, openUnlocked(invocation, output));
    }
    CS_TRY(
        const std::vector<control::SecretChange> changes,
        core->secrets().change(
            wishOf(control::SecretAct::Set, name), [&](control::SecretVault& vault) {
                return vault.set(name, value, invocation.optionalValue("note"), core->now());
            }));
    return finish(output, changes);
}

Result<int> rotateSecret(const Invocation& invocation, Output& output)
{
    const std::string& name = invocation.arguments.front();
    CS_TRY(
        const Duration overlap,
        parseSpan(invocation.value("overlap", kOverlapDefault), "--overlap"));
    control::SecretRotation rotation{overlap, std::nullopt};
    if (const auto from = invocation.optionalValue("not-before")) {
        const auto at = Instant::parse(*from);
        if (!at.ok())
            return usageFailure("--not-before takes a time such as 2026-06-01T00:00:00Z");
        rotation.notBefore = *at;
    }
    const bool isBack = invocation.has("back");
    if (isBack && (rotation.notBefore || invocation.has("from-file") || invocation.has("from-env")))
        return usageFailure("--back takes the value from the version before");
    CS_TRY(const auto core, openUnlocked(invocation, output));
    trust::SecretBytes value;
    if (!isBack) {
        CS_TRY(value, readSecretValue(invocation, name));
    }
    const control::SecretAct act =
        isBack ? control::SecretAct::RolledBack : control::SecretAct::Rotated;
    CS_TRY(
        const std::vector<control::SecretChange> changes,
        core->secrets().change(wishOf(act, name), [&](control::SecretVault& vault) {
            return isBack ? vault.rollBack(name, overlap, core->now())
                          : vault.rotate(name, value, rotation, core->now());
        }));
    return finish(output, changes);
}

Result<int> removeSecret(const Invocation& invocation, Output& output)
{
    const std::string& name = invocation.arguments.front();
    CS_TRY(const auto core, openUnlocked(invocation, output));
    CS_TRY(
        const std::vector<control::SecretChange> changes,
        core->secrets().change(
            wishOf(control::SecretAct::Removed, name),
            [&](control::SecretVault& vault) { return vault.remove(name); }));
    return finish(output, changes);
}

/// Opens the vault as it lies there, also where the ledger does not know it.
Result<control::SecretVault>
openAsItIs(const Invocation& invocation, const app::WorkspaceFolder& folder)
{
    CS_TRY(const std::optional<std::string> bytes, control::VaultFile(folder.vault()).read());
    if (!bytes)
        return fail(ErrorCode::NotFound, "the workspace has no secrets yet", "secret.absent");
    CS_TRY(const control::VaultContent content, control::VaultContent::parse(*bytes));
    if (content.protection.lock != control::VaultLock::Passphrase) {
        CS_TRY(const trust::SecretBytes found, app::findUnlocker(folder, content.protection));
        return app::openVault(folder, found);
    }
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    CS_TRY(const trust::SecretBytes passphrase, passphrases.getFor("the secrets as they are now"));
    return app::openVault(folder, passphrase);
}

Result<int> rewrapSecrets(const Invocation& invocation, Output& output)
{
    CS_TRY(const app::WorkspaceFolder folder, workspaceOf(invocation));
    CS_TRY(const auto core, openCore(invocation));
    if (!std::filesystem::exists(folder.vault())) {
        CS_TRY(const ChosenLock lock, chosenLock(invocation, folder, "new-"));
        CS_CHECK(core->secrets().create(lock.protection, lock.unlocker));
        output.line("Made the vault of the secrets: " + folder.vault().string());
    } else {
        CS_TRY(const control::SecretVault vault, openAsItIs(invocation, folder));
        CS_TRY(const ChosenLock lock, chosenLock(invocation, folder, "new-"));
        CS_CHECK(core->secrets().rewrap(vault, lock.protection, lock.unlocker));
        output.line("The secrets have a new key under a new lock.");
    }
    for (const Error& error : core->secrets().takeInPlainFiles())
        output.complain(error);
    CS_TRY(const std::optional<control::VaultContent> content, core->secrets().content());
    output.document(
        {{"lock", control::text(content->protection.lock)}, {"secrets", content->secrets.size()}});
    return kDone;
}

/// The connectors whose manifests name the secret.
Json usersOf(const execution::ConnectorCatalog& catalog, const std::string& name)
{
    Json users = Json::array();
    for (const execution::ConnectorManifest* manifest : catalog.all()) {
        if (execution::secretNameOf(*manifest) == name)
            users.push_back(manifest->name + " " + manifest->version);
    }
    return users;
}

Json toJson(const control::SealedVersion& version, bool isInUse)
{
    Json row = {
        {"number", version.number},
        {"created_at", version.createdAt.text()},
        {"not_before", version.notBefore.text()},
        {"in_use", isInUse}};
    if (version.retireAfter)
        row["retire_after"] = version.retireAfter->text();
    return row;
}

Json listRow(
    Output& output,
    const control::SealedSecret& secret,
    const execution::ConnectorCatalog& catalog,
    Instant now)
{
    Json users = usersOf(catalog, secret.name);
    std::string line = secret.name;
    if (!secret.note.empty())
        line += "  " + shownLine(secret.note);
    output.line(line);
    Json versions = Json::array();
    const control::SealedVersion* const inUse = secret.current(now);
    for (const control::SealedVersion& version : secret.versions) {
        std::string about =
            "    version " + std::to_string(version.number) + ", from " + version.notBefore.text();
        if (&version == inUse)
            about += ", in use";
        if (version.retireAfter)
            about += ", until " + version.retireAfter->text();
        output.line(about);
        versions.push_back(toJson(version, &version == inUse));
    }
    for (const Json& user : users)
        output.line("    used by " + user.get<std::string>());
    return {
        {"name", secret.name},
        {"note", secret.note},
        {"versions", std::move(versions)},
        {"connectors", std::move(users)}};
}

Result<int> listSecrets(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const std::optional<control::VaultContent> content, core->secrets().content());
    const app::SecretsState state = core->secrets().state();
    Json rows = Json::array();
    if (content) {
        for (const control::SealedSecret& secret : content->secrets)
            rows.push_back(listRow(output, secret, core->catalog(), core->now()));
    }
    if (rows.empty())
        output.line("There are no sealed secrets.");
    if (state.plainCount > 0)
        output.line(
            std::to_string(state.plainCount)
            + " still lie in plain files; unlocking the secrets seals them.");
    output.document(
        {{"lock", content ? Json(control::text(content->protection.lock)) : Json(nullptr)},
         {"secrets", std::move(rows)},
         {"plain_files", state.plainCount}});
    return kDone;
}

} // namespace

std::vector<CommandSpec> secretCommands()
{
    std::vector<OptionSpec> setOptions = secretValueOptions();
    setOptions.push_back({"note", "TEXT", "What it is for; not secret"});
    std::vector<OptionSpec> rotateOptions = secretValueOptions();
    rotateOptions.push_back(
        {"overlap", "TIME", "How long the earlier version stays: 0, 30m, 24h (default), 7d"});
    rotateOptions.push_back({"not-before", "TIME", "Use the new version from then on"});
    rotateOptions.push_back({"back", "", "Go back to the version before, while it stays"});
    return {
        {"secret set",
         "Seal a secret for the connectors that name it",
         "The value comes from a file, the environment, a hidden prompt or standard input, never "
         "from\n"
         "an argument. The first one makes the vault, under a passphrase unless told otherwise. "
         "An\n"
         "earlier value is destroyed at once; `secret rotate` keeps it for a while.",
         {{"NAME", "As manifests name it: 1 to 64 of a-z 0-9 . _ -"}},
         withLocks(withUnlocking(std::move(setOptions))),
         {"secret set payments --workspace ~/northgate",
          "secret set payments --from-file token.txt --note \"bank, until June\"",
          "secret set payments --key-file /etc/countersign/secrets.key < token.txt"},
         setSecret},
        {"secret list",
         "Names, versions and users of the secrets; never a value",
         "",
         {},
         {},
         {"secret list --workspace ~/northgate", "secret list --json"},
         listSecrets},
        {"secret rotate",
         "Put a new version of a secret in use, with an overlap",
         "The earlier version stays sealed until the overlap is over, so that one can go back; "
         "then "
         "it\n"
         "is destroyed.",
         {{"NAME", "The secret"}},
         withUnlocking(std::move(rotateOptions)),
         {"secret rotate payments --overlap 7d",
          "secret rotate payments --from-file new.txt --not-before 2026-06-01T00:00:00Z",
          "secret rotate payments --back"},
         rotateSecret},
        {"secret remove",
         "Destroy a secret with all its versions",
         "",
         {{"NAME", "The secret"}},
         withUnlocking({}),
         {"secret remove payments --workspace ~/northgate"},
         removeSecret},
        {"secret rewrap",
         "Put the secrets under a new key and another lock",
         "Seals all of them anew. Whoever knew the old passphrase, or has the old key file, opens "
         "only\n"
         "copies of the old file. Makes the vault where there is none, and seals what lies in "
         "plain\n"
         "files.",
         {},
         withLocks(withUnlocking(
             {{"new-passphrase-file", "FILE", "File with the new passphrase, mode 0600"},
              {"new-passphrase-env",
               "NAME",
               "Variable of the environment with the new passphrase"}})),
         {"secret rewrap --workspace ~/northgate",
          "secret rewrap --keyring",
          "secret rewrap --key-file /etc/countersign/secrets.key"},
         rewrapSecrets}};
}

} // namespace countersign::ctl
