#pragma once

#include "app/ctl/command.h"
#include "planes/trust/dsse.h"
#include "planes/trust/keys.h"

#include <string>
#include <vector>

namespace countersign::ctl {

/// `--keys DIR`
inline constexpr OptionSpec kKeysOption = {
    "keys", "DIR", "Folder of keys; otherwise keys/ in the workspace"};

/// `--key NAME`, `--keys DIR` and where the passphrase comes from.
[[nodiscard]] std::vector<OptionSpec> signingOptions();

/// The key that a command signs with: known by its public half at once, unlocked as late as
/// possible.
class SigningKey
{
public:
    /// The key that `--key` names. Errors: NotFound (rule `key.absent`), as KeyStore and
    /// Passphrases.
    [[nodiscard]] static Result<SigningKey> find(const Invocation& invocation);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::string& keyId() const { return m_keyId; }

    /// Asks for the passphrase and signs. Errors: as Passphrases, KeyStore::load and signEnvelope.
    [[nodiscard]] Result<trust::Envelope>
    sign(const Invocation& invocation, const std::string& payload) const;

private:
    std::string m_name;
    std::string m_keyId;
};

} // namespace countersign::ctl
