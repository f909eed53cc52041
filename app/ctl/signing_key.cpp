#include "app/ctl/signing_key.h"

#include "app/ctl/passphrases.h"
#include "app/ctl/workspace_access.h"
#include "planes/trust/key_store.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

Result<trust::PrivateKey> unlock(const Invocation& invocation, const std::string& name)
{
    CS_TRY(const std::filesystem::path folder, keyFolderOf(invocation));
    CS_TRY(const Passphrases passphrases, Passphrases::of(invocation));
    CS_TRY(const trust::SecretBytes passphrase, passphrases.get(name));
    return trust::KeyStore(folder).load(name, passphrase);
}

} // namespace

std::vector<OptionSpec> signingOptions()
{
    std::vector<OptionSpec> options = {{"key", "NAME", "Your key, by its name", true}, kKeysOption};
    for (const OptionSpec& option : passphraseOptions())
        options.push_back(option);
    return options;
}

Result<SigningKey> SigningKey::find(const Invocation& invocation)
{
    CS_TRY(const std::filesystem::path folder, keyFolderOf(invocation));
    CS_TRY(const std::vector<trust::StoredKey> keys, trust::KeyStore(folder).list());
    SigningKey found;
    found.m_name = invocation.value("key");
    const auto stored = std::find_if(keys.begin(), keys.end(), [&](const trust::StoredKey& key) {
        return key.name == found.m_name;
    });
    if (stored == keys.end())
        return fail(Error{
            ErrorCode::NotFound,
            "there is no key \"" + found.m_name + "\"; `countersignctl key list` shows them",
            "key.absent",
            folder.string()});
    if (stored->publicKey) {
        found.m_keyId = stored->publicKey->keyId();
        return found;
    }
    // The public half is gone; unlocking the key once writes it anew.
    CS_TRY(const trust::PrivateKey key, unlock(invocation, found.m_name));
    found.m_keyId = key.publicKey().keyId();
    return found;
}

Result<trust::Envelope>
SigningKey::sign(const Invocation& invocation, const std::string& payload) const
{
    CS_TRY(const trust::PrivateKey key, unlock(invocation, m_name));
    if (key.publicKey().keyId() != m_keyId)
        return fail(
            ErrorCode::Corrupt, "the two halves of this key do not belong together", "key.file");
    return trust::signEnvelope(payload, trust::kInTotoPayloadType, key);
}

} // namespace countersign::ctl
