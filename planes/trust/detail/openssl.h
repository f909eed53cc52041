#pragma once

#include "models/result.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

/// Owning handles for OpenSSL's C objects and conversions of byte strings. Inside planes/trust
/// only.
namespace countersign::trust::detail {

template <auto Free>
struct Deleter
{
    template <class T>
    void operator()(T* object) const
    {
        Free(object);
    }
};

using EvpPkey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using EvpPkeyCtx = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using EvpMd = std::unique_ptr<EVP_MD, Deleter<EVP_MD_free>>;
using EvpMdCtx = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using EvpCipherCtx = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;
using EvpKdf = std::unique_ptr<EVP_KDF, Deleter<EVP_KDF_free>>;
using EvpKdfCtx = std::unique_ptr<EVP_KDF_CTX, Deleter<EVP_KDF_CTX_free>>;
using BigNum = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using BigNumCtx = std::unique_ptr<BN_CTX, Deleter<BN_CTX_free>>;
using Pkcs8Info = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Deleter<PKCS8_PRIV_KEY_INFO_free>>;

[[nodiscard]] inline const unsigned char* bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

[[nodiscard]] inline unsigned char* bytesOf(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Forgets what OpenSSL queued on this thread, so that one refusal is not read as the next one's
/// cause, and reports the library's failure. For calls that cannot fail on valid arguments.
[[nodiscard]] Failure libraryFailure(std::string_view what);

/// Empties OpenSSL's error queue of this thread.
void forgetErrors();

} // namespace countersign::trust::detail
