#include "app/demo/demo_secret.h"

#include "app/core/key_file.h"
#include "app/core/secret_desk.h"
#include "models/encoding.h"

namespace countersign::app {

namespace {

constexpr std::size_t kTokenByteCount = 24;

} // namespace

Result<void> sealDemoSecret(Core& core, EntropySource& entropy)
{
    SecretDesk& desk = core.secrets();
    const SecretsLook looked = desk.look();
    if (desk.state().exists && !looked.troubles.empty())
        return fail(looked.troubles.front());
    if (!desk.state().exists) {
        CS_TRY(const trust::SecretBytes key, makeKeyFile(core.folder().root() / kKeyFileName));
        CS_CHECK(desk.create({control::VaultLock::KeyFile, {}, std::string(kKeyFileName)}, key));
    }
    const std::vector<Error> refused = desk.takeInPlainFiles();
    if (!refused.empty())
        return fail(refused.front());
    const std::string name(kDemoSecret);
    if (desk.source()->ready(name).ok())
        return {};
    std::string random = entropy.bytes(kTokenByteCount);
    std::string digits = hexEncode(random);
    trust::wipe(random);
    const trust::SecretBytes token = trust::SecretBytes::takeFrom(digits);
    CS_CHECK(desk.change(
        {control::SecretAct::Set, name, accountName(), true}, [&](control::SecretVault& vault) {
            return vault.set(name, token, "for the demo's business systems", core.now());
        }));
    return {};
}

Result<trust::SecretBytes> demoSecret(const WorkspaceFolder& folder)
{
    CS_TRY(
        const trust::SecretBytes key,
        findUnlocker(folder, {control::VaultLock::KeyFile, {}, std::string(kKeyFileName)}));
    CS_TRY(const control::SecretVault vault, openVault(folder, key));
    return vault.value(kDemoSecret, SystemClock().now());
}

} // namespace countersign::app
