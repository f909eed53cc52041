#include "planes/trust/detail/openssl.h"
#include "planes/trust/detail/pem.h"
#include "planes/trust/detail/pkcs8.h"
#include "planes/trust/keys.h"

#include <climits>

namespace countersign::trust {

using namespace detail;

struct PrivateKey::Content
{
    PublicKey publicKey;
    EvpPkey key;
};

namespace {

Result<PublicKey> publicPartOf(const EVP_PKEY* key)
{
    unsigned char* bytes = nullptr;
    const int byteCount = i2d_PUBKEY(key, &bytes);
    if (byteCount <= 0)
        return libraryFailure("the public part of a key");
    const std::string der(
        reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(byteCount));
    OPENSSL_free(bytes);
    return PublicKey::fromSpkiDer(der);
}

/// Whether the secret part belongs to the public one; a key file may state any pair.
bool isPair(EVP_PKEY* key)
{
    const EvpPkeyCtx context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const bool good = context && EVP_PKEY_pairwise_check(context.get()) == 1;
    forgetErrors();
    return good;
}

} // namespace

PrivateKey::PrivateKey(std::unique_ptr<Content> content)
    : m_content(std::move(content))
{}

PrivateKey::~PrivateKey() = default;
PrivateKey::PrivateKey(PrivateKey&& other) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&& other) noexcept = default;

Result<PrivateKey> PrivateKey::generate(KeyAlgorithm algorithm)
{
    EvpPkey key(
        algorithm == KeyAlgorithm::Ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                           : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return libraryFailure("making a key");
    CS_TRY(PublicKey publicKey, publicPartOf(key.get()));
    return PrivateKey(std::unique_ptr<Content>(new Content{std::move(publicKey), std::move(key)}));
}

Result<PrivateKey> PrivateKey::fromEd25519Seed(const SecretBytes& seed)
{
    constexpr std::size_t kSeedByteCount = 32;
    if (seed.size() != kSeedByteCount)
        return fail(ErrorCode::InvalidInput, "an Ed25519 seed is 32 bytes", "key.seed");
    EvpPkey key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed.view()), seed.size()));
    if (!key)
        return libraryFailure("reading an Ed25519 seed");
    CS_TRY(PublicKey publicKey, publicPartOf(key.get()));
    return PrivateKey(std::unique_ptr<Content>(new Content{std::move(publicKey), std::move(key)}));
}

Result<PrivateKey> PrivateKey::fromPkcs8Der(const SecretBytes& der)
{
    const unsigned char* position = bytesOf(der.view());
    const Pkcs8Info info(
        d2i_PKCS8_PRIV_KEY_INFO(nullptr, &position, static_cast<long>(der.size())));
    const bool whole = info && position == bytesOf(der.view()) + der.size();
    EvpPkey key(whole ? EVP_PKCS82PKEY(info.get()) : nullptr);
    forgetErrors();
    if (!key)
        return fail(ErrorCode::Corrupt, "the private key is not well-formed PKCS#8", "key.pkcs8");
    auto publicKey = publicPartOf(key.get());
    if (!publicKey.ok()) {
        const bool known = publicKey.error().code == ErrorCode::InvalidInput;
        return fail(
            known ? ErrorCode::Corrupt : ErrorCode::Unsupported,
            "the private key is not a P-256 (named curve) or Ed25519 key",
            "key.pkcs8");
    }
    if (!isPair(key.get()))
        return fail(
            ErrorCode::Corrupt, "the two halves of the private key do not fit", "key.pkcs8");
    return PrivateKey(
        std::unique_ptr<Content>(new Content{std::move(publicKey).value(), std::move(key)}));
}

Result<PrivateKey>
PrivateKey::fromEncryptedPkcs8(std::string_view pem, const SecretBytes& passphrase)
{
    const auto der = pemDecode(pem, kEncryptedPrivateKeyLabel);
    if (!der.ok())
        return fail(ErrorCode::Corrupt, der.error().detail, "key.pkcs8");
    CS_TRY(const EncryptedKey encrypted, parseEncryptedKey(*der));
    CS_TRY(const SecretBytes plain, decryptKey(encrypted, passphrase));
    return fromPkcs8Der(plain);
}

Result<PrivateKey> PrivateKey::fromUnencryptedPkcs8(const SecretBytes& pem)
{
    const auto der = pemDecodeSecret(pem.view(), kPrivateKeyLabel);
    if (!der.ok())
        return fail(ErrorCode::Corrupt, der.error().detail, "key.pkcs8");
    return fromPkcs8Der(*der);
}

const PublicKey& PrivateKey::publicKey() const
{
    return m_content->publicKey;
}

Result<std::string> PrivateKey::sign(std::string_view message) const
{
    const EvpMdCtx context(EVP_MD_CTX_new());
    const EVP_MD* digest = algorithm() == KeyAlgorithm::EcdsaP256 ? EVP_sha256() : nullptr;
    std::size_t byteCount = 0;
    if (!context
        || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_content->key.get()) != 1
        || EVP_DigestSign(context.get(), nullptr, &byteCount, bytesOf(message), message.size())
               != 1)
        return libraryFailure("signing");
    std::string signature(byteCount, '\0');
    if (EVP_DigestSign(
            context.get(), bytesOf(signature), &byteCount, bytesOf(message), message.size())
        != 1)
        return libraryFailure("signing");
    signature.resize(byteCount);
    return signature;
}

Result<SecretBytes> PrivateKey::pkcs8Der() const
{
    const Pkcs8Info info(EVP_PKEY2PKCS8(m_content->key.get()));
    unsigned char* bytes = nullptr;
    const int byteCount = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &bytes) : -1;
    if (byteCount <= 0)
        return libraryFailure("writing a key");
    const auto size = static_cast<std::size_t>(byteCount);
    SecretBytes der =
        SecretBytes::copyOf(std::string_view(reinterpret_cast<const char*>(bytes), size));
    OPENSSL_clear_free(bytes, size);
    return der;
}

Result<std::string>
PrivateKey::toEncryptedPkcs8(const SecretBytes& passphrase, UnlockCost cost) const
{
    if (passphrase.empty())
        return fail(ErrorCode::InvalidInput, "a key needs a passphrase", "key.passphrase_empty");
    CS_TRY(const SecretBytes der, pkcs8Der());
    CS_TRY(const std::string encrypted, encryptKey(der, passphrase, cost.logN));
    return pemEncode(encrypted, kEncryptedPrivateKeyLabel);
}

Result<SecretBytes> PrivateKey::toUnencryptedPkcs8() const
{
    CS_TRY(const SecretBytes der, pkcs8Der());
    std::string pem = pemEncode(der.view(), kPrivateKeyLabel);
    return SecretBytes::takeFrom(pem);
}

} // namespace countersign::trust
