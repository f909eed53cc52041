#include "app/core/workspace_folder.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/passphrases.h"
#include "app/ctl/signing_key.h"
#include "app/ctl/workspace_access.h"
#include "planes/trust/key_store.h"

namespace countersign::ctl {

namespace {

constexpr std::uint64_t kKeyFileByteCountMax = std::uint64_t{64} * 1024;

Json keyJson(const std::string& name, const trust::PublicKey& key)
{
    return {
        {"name", name},
        {"key_id", key.keyId()},
        {"algorithm", trust::text(key.algorithm())},
        {"fingerprint", key.fingerprint().groupedText()},
        {"public_key_pem", key.pem()}};
}

void printKey(Output& output, const std::string& name, const trust::PublicKey& key)
{
    output.line(name + "  " + std::string(trust::text(key.algorithm())));
    output.line("    " + key.fingerprint().groupedText());
}

Result<int> finishNewKey(
    Output& output,
    const std::filesystem::path& folder,
    const std::string& name,
    const trust::PublicKey& key)
{
    printKey(output, name, key);
    output.line("kept in " + folder.string());
    output.line("A roster names this key with its key_id and public key; --json prints both.");
    output.document(keyJson(name, key));
    return kDone;
}

Result<int> makeKey(const Invocation& invocation, Output& output)
{
    const std::string& name = invocation.arguments.front();
    if (!trust::isKeyName(name))
        return fail(
            ErrorCode::InvalidInput,
            "\"" + name + "\" is no name for a key: 1 to 64 of a-z 0-9 . _ -, no dot first",
            "key.name");
    CS_TRY(
        const trust::KeyAlgorithm algorithm,
        trust::parseKeyAlgorithm(
            invocation.value("algorithm", trust::text(trust::KeyAlgorithm::EcdsaP256))));
    CS_TRY(const std::filesystem::path folder, keyFolderOf(invocation));
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    CS_TRY(const trust::SecretBytes passphrase, passphrases.get(name, 0, true));
    CS_TRY(const trust::PublicKey key, trust::KeyStore(folder).create(name, algorithm, passphrase));
    return finishNewKey(output, folder, name, key);
}

Result<int> importKey(const Invocation& invocation, Output& output)
{
    const std::string& name = invocation.arguments[0];
    CS_TRY(const std::filesystem::path folder, keyFolderOf(invocation));
    CS_TRY(std::string bytes, app::readFileWhole(invocation.arguments[1], kKeyFileByteCountMax));
    const trust::SecretBytes pem = trust::SecretBytes::takeFrom(bytes);
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    CS_TRY(const trust::SecretBytes passphrase, passphrases.get(name));
    auto key = trust::KeyStore(folder).importKey(name, pem, passphrase);
    if (!key.ok() && key.error().file.empty())
        return fail(key.error().inFile(invocation.arguments[1]));
    if (!key.ok())
        return key.failure();
    return finishNewKey(output, folder, name, *key);
}

Result<int> listKeys(const Invocation& invocation, Output& output)
{
    CS_TRY(const std::filesystem::path folder, keyFolderOf(invocation));
    CS_TRY(const std::vector<trust::StoredKey> keys, trust::KeyStore(folder).list());
    std::unique_ptr<ReadingRoom> room;
    if (!invocation.workspace.empty() && app::WorkspaceFolder(invocation.workspace).exists()) {
        CS_TRY(room, ReadingRoom::open(invocation));
    }
    Json rows = Json::array();
    for (const trust::StoredKey& key : keys) {
        if (!key.publicKey) {
            output.line(key.name + "  (its public half is missing; using it once restores that)");
            rows.push_back({{"name", key.name}});
            continue;
        }
        Json row = keyJson(key.name, *key.publicKey);
        printKey(output, key.name, *key.publicKey);
        const control::Person* holder =
            room ? room->foundation().roster().holderOf(key.publicKey->keyId()) : nullptr;
        if (holder != nullptr) {
            row["person"] = holder->id;
            row["display_name"] = holder->displayName;
            row["roles"] = holder->roles;
            output.line("    " + shownLine(holder->displayName) + " (" + holder->id + ")");
        } else if (room) {
            output.line("    not in the roster of this workspace");
        }
        rows.push_back(std::move(row));
    }
    if (keys.empty())
        output.line("There are no keys in " + folder.string());
    output.document({{"keys", std::move(rows)}});
    return kDone;
}

std::vector<OptionSpec> withPassphrases(std::vector<OptionSpec> options)
{
    for (const OptionSpec& option : passphraseOptions())
        options.push_back(option);
    return options;
}

} // namespace

std::vector<CommandSpec> keyCommands()
{
    return {
        {"key new",
         "Make a key and keep it under a passphrase",
         "The private half is stored encrypted (PKCS#8, scrypt, AES-256-CBC), readable by you "
         "only.\n"
         "The folder may be one that no workspace has yet: a roster needs the keys first.",
         {{"NAME", "1 to 64 of a-z 0-9 . _ -"}},
         withPassphrases({{"algorithm", "NAME", "ecdsa-p256 (default) or ed25519"}, kKeysOption}),
         {"key new dana --workspace ~/northgate",
          "key new dana --keys ~/keys --algorithm ed25519 --json"},
         makeKey},
        {"key import",
         "Keep a key from a PEM file",
         "The file holds an ENCRYPTED PRIVATE KEY, which the passphrase unlocks, or a PRIVATE "
         "KEY.\n"
         "Either is stored encrypted anew under the passphrase. The file itself is left alone.",
         {{"NAME", "Its name from now on"}, {"FILE", "PEM, ECDSA P-256 or Ed25519"}},
         withPassphrases({kKeysOption}),
         {"key import dana ~/dana.pem --workspace ~/northgate"},
         importKey},
        {"key list",
         "The keys here, and who holds them by the roster",
         "",
         {},
         {kKeysOption},
         {"key list --workspace ~/northgate", "key list --keys ~/keys --json"},
         listKeys}};
}

} // namespace countersign::ctl
