// A file of secrets that is accepted is written as the very bytes that were read; one that opens
// gives its values or a refusal, and no file opens with a key that is not its own.

#include "models/check.h"
#include "planes/control/secret_vault.h"

#include <cstddef>
#include <cstdint>

using namespace countersign;
using namespace countersign::control;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    auto content = VaultContent::parse(bytes);
    if (!content.ok())
        return 0;
    CS_ASSERT(content->toBytes() == bytes);
    // What a passphrase protects takes its time to open, which is of no use here.
    if (content->protection.lock == VaultLock::Passphrase)
        return 0;
    // The key file of the seeds.
    const Digest anchor = content->anchor;
    const Instant now = Instant::fromUnixSeconds(1'800'000'000);
    const auto opened =
        SecretVault::open(*content, anchor, trust::SecretBytes::copyOf(std::string(32, 'k')));
    CS_ASSERT(
        !SecretVault::open(
             std::move(content).value(), anchor, trust::SecretBytes::copyOf(std::string(32, 'l')))
             .ok());
    if (!opened.ok())
        return 0;
    for (const SealedSecret& secret : opened->content().secrets)
        CS_ASSERT(opened->value(secret.name, now).ok() == opened->has(secret.name, now).ok());
    return 0;
}
