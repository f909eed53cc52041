#include "planes/trust/sealed_box.h"

#include "planes/trust/detail/key_derivation.h"
#include "planes/trust/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>
#include <climits>

namespace countersign::trust {

using namespace detail;

namespace {

constexpr std::size_t kSaltByteCount = 16;
constexpr std::size_t kCodeByteCount = 32;
constexpr unsigned kLogNMin = 10;
// 128 N r bytes: 2^18 takes the 256 MiB that the derivation allows.
constexpr unsigned kLogNMax = 18;
constexpr std::uint64_t kScryptR = 8;

using Cipher = std::unique_ptr<EVP_CIPHER, Deleter<EVP_CIPHER_free>>;

unsigned char* bytesIn(SecretBytes& secret)
{
    return reinterpret_cast<unsigned char*>(secret.data());
}

/// Sets cipher, key, nonce and what the tag covers beside the content.
bool begin(
    EVP_CIPHER_CTX* context,
    const SecretBytes& key,
    std::string_view nonce,
    std::string_view place,
    bool seals)
{
    const Cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    int ignored = 0;
    return context != nullptr && cipher
           && EVP_CipherInit_ex2(
                  context,
                  cipher.get(),
                  bytesOf(key.view()),
                  bytesOf(nonce),
                  seals ? 1 : 0,
                  nullptr)
                  == 1
           && EVP_CipherUpdate(
                  context, nullptr, &ignored, bytesOf(place), static_cast<int>(place.size()))
                  == 1;
}

} // namespace

Result<SecretBytes> makeSealKey()
{
    SecretBytes key(kSealKeyByteCount);
    if (RAND_priv_bytes(bytesIn(key), static_cast<int>(key.size())) != 1)
        return libraryFailure("random bytes for a key");
    return key;
}

Result<std::string> makeSalt()
{
    std::string salt(kSaltByteCount, '\0');
    if (RAND_bytes(bytesOf(salt), static_cast<int>(salt.size())) != 1)
        return libraryFailure("random bytes for a salt");
    return salt;
}

Result<SealedBox>
sealBytes(const SecretBytes& key, const SecretBytes& plain, std::string_view place)
{
    CS_ASSERT(key.size() == kSealKeyByteCount);
    CS_ASSERT(plain.size() <= INT_MAX - kSealTagByteCount);
    SealedBox box{std::string(kSealNonceByteCount, '\0'), {}};
    if (RAND_bytes(bytesOf(box.nonce), static_cast<int>(box.nonce.size())) != 1)
        return libraryFailure("random bytes for a seal");
    box.sealed.resize(plain.size() + kSealTagByteCount);
    const EvpCipherCtx context(EVP_CIPHER_CTX_new());
    unsigned char* const target = bytesOf(box.sealed);
    int bodySize = 0;
    int tailSize = 0;
    const bool sealed = begin(context.get(), key, box.nonce, place, true)
                        && (plain.empty()
                            || EVP_CipherUpdate(
                                   context.get(),
                                   target,
                                   &bodySize,
                                   bytesOf(plain.view()),
                                   static_cast<int>(plain.size()))
                                   == 1)
                        && EVP_CipherFinal_ex(context.get(), target + bodySize, &tailSize) == 1
                        && EVP_CIPHER_CTX_ctrl(
                               context.get(),
                               EVP_CTRL_AEAD_GET_TAG,
                               static_cast<int>(kSealTagByteCount),
                               target + plain.size())
                               == 1;
    if (!sealed)
        return libraryFailure("sealing a value");
    return box;
}

Result<SecretBytes> openBox(const SecretBytes& key, const SealedBox& box, std::string_view place)
{
    CS_ASSERT(key.size() == kSealKeyByteCount);
    if (box.nonce.size() != kSealNonceByteCount || box.sealed.size() < kSealTagByteCount
        || box.sealed.size() > INT_MAX)
        return fail(ErrorCode::Corrupt, "this is no sealed value", "seal.tag");
    const std::size_t size = box.sealed.size() - kSealTagByteCount;
    SecretBytes plain(size);
    std::string tag = box.sealed.substr(size);
    const EvpCipherCtx context(EVP_CIPHER_CTX_new());
    int bodySize = 0;
    int tailSize = 0;
    if (!begin(context.get(), key, box.nonce, place, false)
        || (size > 0
            && EVP_CipherUpdate(
                   context.get(),
                   bytesIn(plain),
                   &bodySize,
                   bytesOf(std::string_view(box.sealed)),
                   static_cast<int>(size))
                   != 1)
        || EVP_CIPHER_CTX_ctrl(
               context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()), tag.data())
               != 1)
        return libraryFailure("opening a sealed value");
    std::array<unsigned char, kSealTagByteCount> nothing{};
    if (EVP_CipherFinal_ex(context.get(), nothing.data(), &tailSize) != 1) {
        forgetErrors();
        return fail(
            ErrorCode::Corrupt, "the key does not fit, or the sealed bytes changed", "seal.tag");
    }
    return plain;
}

Result<SecretBytes>
deriveSealKey(const SecretBytes& key, std::string_view salt, std::string_view purpose)
{
    CS_ASSERT(!key.empty());
    std::string digest = "SHA256";
    std::array<OSSL_PARAM, 5> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, paramData(key.data()), key.size()),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_INFO, paramData(purpose.data()), purpose.size()),
        OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end(),
    };
    if (!salt.empty())
        parameters[3] = OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_SALT, paramData(salt.data()), salt.size());
    return deriveWith("HKDF", kSealKeyByteCount, parameters.data());
}

Result<SecretBytes>
sealKeyFromPassphrase(const SecretBytes& passphrase, std::string_view salt, UnlockCost cost)
{
    if (passphrase.empty())
        return fail(ErrorCode::InvalidInput, "the passphrase is empty", "seal.passphrase_empty");
    if (cost.logN < kLogNMin || cost.logN > kLogNMax)
        return fail(
            ErrorCode::LimitExceeded,
            "unlocking would cost too little, or more than 256 MiB",
            "seal.cost");
    return deriveByScrypt(
        passphrase, salt, {std::uint64_t{1} << cost.logN, kScryptR, 1}, kSealKeyByteCount);
}

Result<std::string> authenticationCode(const SecretBytes& key, std::string_view bytes)
{
    std::string code(kCodeByteCount, '\0');
    std::size_t size = 0;
    if (EVP_Q_mac(
            nullptr,
            "HMAC",
            nullptr,
            "SHA256",
            nullptr,
            key.data(),
            key.size(),
            bytesOf(bytes),
            bytes.size(),
            bytesOf(code),
            code.size(),
            &size)
            == nullptr
        || size != code.size())
        return libraryFailure("an authentication code");
    return code;
}

bool sameBytes(std::string_view left, std::string_view right)
{
    return left.size() == right.size()
           && (left.empty() || CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0);
}

} // namespace countersign::trust
