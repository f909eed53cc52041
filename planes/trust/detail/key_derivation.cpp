#include "planes/trust/detail/key_derivation.h"

#include "planes/trust/detail/openssl.h"

#include <openssl/core_names.h>

#include <array>

namespace countersign::trust::detail {

Result<SecretBytes>
deriveWith(const char* kdfName, std::size_t byteCount, const OSSL_PARAM* parameters)
{
    const EvpKdf kdf(EVP_KDF_fetch(nullptr, kdfName, nullptr));
    const EvpKdfCtx context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    SecretBytes derived(byteCount);
    if (!context
        || EVP_KDF_derive(
               context.get(),
               reinterpret_cast<unsigned char*>(derived.data()),
               byteCount,
               parameters)
               != 1)
        return libraryFailure("deriving a key");
    return derived;
}

Result<SecretBytes> deriveByScrypt(
    const SecretBytes& passphrase,
    std::string_view salt,
    const ScryptCost& cost,
    std::size_t byteCount)
{
    // An empty passphrase has no pages; the library wants an address all the same.
    const char* phrase = passphrase.empty() ? "" : passphrase.data();
    std::uint64_t n = cost.n;
    std::uint64_t r = cost.r;
    std::uint64_t p = cost.p;
    // The limits allow 256 MiB; OpenSSL adds its own working blocks to it.
    std::uint64_t memoryMax = 3 * kScryptMemoryMax;
    const std::array<OSSL_PARAM, 7> parameters = {
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_PASSWORD, paramData(phrase), passphrase.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, paramData(salt.data()), salt.size()),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memoryMax),
        OSSL_PARAM_construct_end(),
    };
    return deriveWith("SCRYPT", byteCount, parameters.data());
}

} // namespace countersign::trust::detail
