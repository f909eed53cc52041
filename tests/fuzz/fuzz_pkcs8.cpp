// A key file that somebody else wrote: an unencrypted key that is accepted is written and read back
// as the same key; an encrypted one ends in an answer, within the limits on what unlocking costs.

#include "models/check.h"
#include "models/encoding.h"
#include "planes/trust/keys.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace countersign;
using namespace countersign::trust;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::string pemOf(const std::string& label, std::string_view der)
{
    return "-----BEGIN " + label + "-----\n" + base64Encode(der) + "\n-----END " + label
           + "-----\n";
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view der(reinterpret_cast<const char*>(data), size);
    if (const auto key = PublicKey::fromSpkiDer(der); key.ok())
        CS_ASSERT(PublicKey::fromSpkiDer(key->spkiDer()).value() == *key);
    const auto plain =
        PrivateKey::fromUnencryptedPkcs8(SecretBytes::copyOf(pemOf("PRIVATE KEY", der)));
    if (plain.ok()) {
        const auto again = PrivateKey::fromUnencryptedPkcs8(plain->toUnencryptedPkcs8().value());
        CS_ASSERT(again.ok());
        CS_ASSERT(again->publicKey() == plain->publicKey());
    }
    const auto unlocked = PrivateKey::fromEncryptedPkcs8(
        pemOf("ENCRYPTED PRIVATE KEY", der), SecretBytes::copyOf("abc"));
    if (unlocked.ok())
        CS_ASSERT(unlocked->publicKey().verify("m", unlocked->sign("m").value()));
    return 0;
}
