#pragma once

#include "models/result.h"
#include "planes/trust/secret.h"

#include <openssl/params.h>

#include <cstdint>
#include <string_view>

/// Keys from passphrases and from other keys. Inside planes/trust only.
namespace countersign::trust::detail {

struct ScryptCost
{
    std::uint64_t n = 0;
    std::uint64_t r = 0;
    std::uint64_t p = 0;
};

/// 128 N r bytes of memory; N r p block mixes.
inline constexpr std::uint64_t kScryptMemoryMax = std::uint64_t{256} * 1024 * 1024;
inline constexpr std::uint64_t kScryptWorkMax = std::uint64_t{1} << 23U;

/// OSSL_PARAM wants pointers to non-const data that it only reads.
[[nodiscard]] inline void* paramData(const void* data)
{
    return const_cast<void*>(data);
}

/// Runs one of OpenSSL's derivations. Errors: Unavailable.
[[nodiscard]] Result<SecretBytes>
deriveWith(const char* kdfName, std::size_t byteCount, const OSSL_PARAM* parameters);

/// scrypt (RFC 7914). The cost has been checked against the limits above. Errors: Unavailable.
[[nodiscard]] Result<SecretBytes> deriveByScrypt(
    const SecretBytes& passphrase,
    std::string_view salt,
    const ScryptCost& cost,
    std::size_t byteCount);

} // namespace countersign::trust::detail
