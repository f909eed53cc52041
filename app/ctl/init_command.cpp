#include "app/core/create_workspace.h"
#include "app/core/projections.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/passphrases.h"
#include "app/ctl/signing_key.h"
#include "app/ctl/workspace_access.h"
#include "planes/execution/connector_catalog.h"
#include "planes/trust/key_store.h"

namespace countersign::ctl {

namespace {

constexpr std::uint64_t kDocumentByteCountMax = std::uint64_t{4} * 1024 * 1024;
constexpr std::uint64_t kKeyFileByteCountMax = std::uint64_t{64} * 1024;
constexpr const char* kDefaultPolicy = "policy/default-policy.json";

Result<Json> readJsonFile(const std::string& path)
{
    CS_TRY(const std::string bytes, app::readFileWhole(path, kDocumentByteCountMax));
    auto json = parseJson(bytes);
    if (!json.ok())
        return fail(json.error().inFile(path));
    return json;
}

/// An error of a document's content, with the file it came from.
template <class T>
Result<void> concerning(const Result<T>& result, const std::string& path)
{
    if (!result.ok())
        return fail(result.error().inFile(path));
    return {};
}

struct ConnectorFile
{
    std::string fileName;
    std::string bytes;
};

/// Reads the manifests and makes sure that they work together and with the variables.
Result<std::vector<ConnectorFile>> readConnectors(
    const std::vector<std::string>& paths, const std::map<std::string, std::string>& variables)
{
    std::vector<ConnectorFile> files;
    std::vector<execution::ConnectorManifest> manifests;
    for (const std::string& path : paths) {
        CS_TRY(std::string bytes, app::readFileWhole(path, kDocumentByteCountMax));
        const auto json = parseJson(bytes);
        CS_CHECK(concerning(json, path));
        auto manifest = execution::parseManifest(*json);
        CS_CHECK(concerning(manifest, path));
        files.push_back({manifest->name + "-" + manifest->version + ".json", std::move(bytes)});
        manifests.push_back(std::move(*manifest));
    }
    CS_CHECK(execution::ConnectorCatalog::build(manifests, variables));
    return files;
}

Result<std::map<std::string, std::string>> readVariables(const Invocation& invocation)
{
    std::map<std::string, std::string> variables;
    for (const std::string& given : invocation.values("variable")) {
        const std::size_t equals = given.find('=');
        if (equals == 0 || equals == std::string::npos)
            return usageFailure("--variable takes NAME=VALUE, not \"" + given + "\"");
        if (!variables.emplace(given.substr(0, equals), given.substr(equals + 1)).second)
            return usageFailure("the variable " + given.substr(0, equals) + " stands twice");
    }
    return variables;
}

/// A file with an encrypted key, or the name of a key in `--keys`.
Result<trust::PrivateKey> founderKey(
    const Invocation& invocation,
    const Passphrases& passphrases,
    const std::string& given,
    std::size_t number)
{
    const bool isName = invocation.has("keys") && trust::isKeyName(given);
    if (isName) {
        CS_TRY(const trust::SecretBytes passphrase, passphrases.get(given, number));
        return trust::KeyStore(invocation.value("keys")).load(given, passphrase);
    }
    CS_TRY(const std::string pem, app::readFileWhole(given, kKeyFileByteCountMax));
    CS_TRY(const trust::SecretBytes passphrase, passphrases.get(given, number));
    auto key = trust::PrivateKey::fromEncryptedPkcs8(pem, passphrase);
    CS_CHECK(concerning(key, given));
    return key;
}

Result<std::vector<trust::PrivateKey>> founderKeys(const Invocation& invocation)
{
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    std::vector<trust::PrivateKey> keys;
    for (const std::string& given : invocation.values("founder-key")) {
        CS_TRY(trust::PrivateKey key, founderKey(invocation, passphrases, given, keys.size()));
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<app::NewWorkspace> readInput(const Invocation& invocation)
{
    app::NewWorkspace input;
    input.name = invocation.value("name");
    if (input.name.empty())
        return usageFailure("--name must not be empty");
    const std::string rosterPath = invocation.value("roster");
    CS_TRY(input.roster, readJsonFile(rosterPath));
    CS_CHECK(concerning(control::parseRoster(input.roster), rosterPath));
    if (const auto policyPath = invocation.optionalValue("policy")) {
        CS_TRY(input.policy, readJsonFile(*policyPath));
        CS_CHECK(concerning(control::parsePolicy(input.policy), *policyPath));
    } else {
        CS_TRY(input.policy, parseJson(app::resourceText(kDefaultPolicy)));
    }
    CS_TRY(input.variables, readVariables(invocation));
    return input;
}

/// What `${NAME}` in a manifest will stand for.
std::map<std::string, std::string>
variablesOf(const app::WorkspaceFolder& folder, const app::NewWorkspace& input)
{
    const Digest unknownYet = Digest::of({});
    return folder.manifestVariables({input.name, {}, {}, unknownYet, input.variables});
}

Result<int> init(const Invocation& invocation, Output& output)
{
    CS_TRY(const app::WorkspaceFolder folder, workspaceOf(invocation));
    CS_TRY(const app::NewWorkspace input, readInput(invocation));
    CS_TRY(
        const std::vector<ConnectorFile> connectors,
        readConnectors(invocation.values("connector"), variablesOf(folder, input)));
    CS_TRY(const std::vector<trust::PrivateKey> keys, founderKeys(invocation));
    std::vector<const trust::PrivateKey*> founders;
    founders.reserve(keys.size());
    for (const trust::PrivateKey& key : keys)
        founders.push_back(&key);
    SystemEntropy entropy;
    CS_CHECK(app::createWorkspace(folder, input, founders, SystemClock(), entropy));
    for (const ConnectorFile& file : connectors)
        CS_CHECK(app::writeFileWhole(folder.connectors() / file.fileName, file.bytes));
    // Whoever opens it first records the connectors; so the founding leaves nothing to be recorded.
    CS_CHECK(openCore(invocation));
    CS_TRY(const app::WorkspaceSettings settings, folder.readSettings());
    output.line("Made the workspace " + shownLine(settings.name) + " in " + folder.root().string());
    output.line("Its anchor, to be kept and compared by everybody who joins or audits:");
    output.line("    " + settings.anchor.groupedText());
    output.document(
        {{"workspace", folder.root().string()},
         {"name", settings.name},
         {"tenant_id", settings.tenantId},
         {"log", settings.logVkey},
         {"anchor", settings.anchor.hex()},
         {"connectors", connectors.size()}});
    return kDone;
}

std::vector<OptionSpec> initOptions()
{
    std::vector<OptionSpec> options = {
        {"name", "NAME", "What people call it", true},
        {"roster", "FILE", "People, roles, keys and founders (JSON)", true},
        {"founder-key",
         "KEY",
         "A key of each founder: a file with an encrypted key, or a name in --keys",
         true,
         true},
        {"policy", "FILE", "Quorum and floors (JSON); otherwise the default policy"},
        {"connector", "FILE", "Manifests of the ways out", false, true},
        {"variable", "NAME=VALUE", "Replaces ${NAME} in manifests", false, true},
        {"keys", "DIR", "Folder in which founder keys are looked up by name"}};
    for (const OptionSpec& option : passphraseOptions())
        options.push_back(option);
    return options;
}

} // namespace

std::vector<CommandSpec> initCommands()
{
    return {
        {"init",
         "Make a workspace whose founders sign its roster and policy",
         "The folder must be new or empty. Make the keys first, with `countersignctl key new "
         "--keys`,\n"
         "and write their key_id and public_key_pem into the roster.",
         {},
         initOptions(),
         {"init --workspace ~/northgate --name Northgate --roster roster.json --keys ~/keys "
          "--founder-key dana",
          "init --workspace w --name W --roster r.json --founder-key a.pem b.pem --connector "
          "c/*.json "
          "--variable SYSTEMS_URL=http://127.0.0.1:8080"},
         init}};
}

} // namespace countersign::ctl
