#include "models/encoding.h"
#include "planes/trust/detail/der.h"
#include "planes/trust/detail/ed25519_rules.h"
#include "planes/trust/detail/openssl.h"
#include "planes/trust/detail/pem.h"
#include "planes/trust/keys.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>

namespace countersign::trust {

using namespace detail;

struct PublicKey::Content
{
    KeyAlgorithm algorithm = KeyAlgorithm::EcdsaP256;
    std::string spkiDer;
    EvpPkey key;
};

namespace {

using namespace std::string_view_literals;

// A SubjectPublicKeyInfo of these two kinds is a fixed prefix and the key. Comparing the prefix
// leaves no second encoding, no explicit curve parameters and no other algorithm.
constexpr std::string_view kEd25519Prefix = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"sv;
constexpr std::string_view kP256UncompressedPrefix =
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00"sv;
constexpr std::string_view kP256CompressedPrefix =
    "\x30\x39\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x22\x00"sv;

constexpr std::size_t kEd25519ByteCount = 32;
constexpr std::size_t kP256ScalarByteCount = 32;
constexpr std::size_t kP256UncompressedByteCount = 65;
constexpr std::size_t kP256CompressedByteCount = 33;
constexpr std::string_view kP256Group = "prime256v1";

// Order of the P-256 base point, big-endian.
constexpr std::string_view kP256OrderHex =
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

Failure badKey(const char* detail)
{
    forgetErrors();
    return fail(ErrorCode::InvalidInput, detail, "key.public");
}

/// On the curve and not the point at infinity: OpenSSL checks both as it reads the point.
EvpPkey p256FromPoint(std::string_view point)
{
    const EvpPkeyCtx context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    std::string group(kP256Group);
    std::string encoded(point);
    const std::array<OSSL_PARAM, 3> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()),
        OSSL_PARAM_construct_end(),
    };
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(
               context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters.data()))
               != 1)
        return nullptr;
    EvpPkey owned(key);
    const EvpPkeyCtx check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!check || EVP_PKEY_public_check_quick(check.get()) != 1)
        return nullptr;
    return owned;
}

Result<std::string> coordinate(const EVP_PKEY& key, const char* name)
{
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(&key, name, &number) != 1)
        return libraryFailure("the coordinates of a P-256 key");
    const BigNum owned(number);
    std::string bytes(kP256ScalarByteCount, '\0');
    if (BN_bn2binpad(number, bytesOf(bytes), static_cast<int>(bytes.size())) < 0)
        return libraryFailure("the coordinates of a P-256 key");
    return bytes;
}

/// Big-endian without leading zeros.
bool isP256Scalar(std::string_view value)
{
    while (!value.empty() && value.front() == '\0')
        value.remove_prefix(1);
    if (value.empty() || value.size() > kP256ScalarByteCount)
        return false;
    const std::string padded =
        std::string(kP256ScalarByteCount - value.size(), '\0') + std::string(value);
    // std::string compares as unsigned bytes.
    return padded < hexDecode(kP256OrderHex).value();
}

bool isStrictDer(std::string_view signature)
{
    DerReader outer(signature);
    const auto content = outer.read(DerTag::Sequence);
    if (!content.ok() || !outer.end().ok())
        return false;
    DerReader inner(*content);
    const auto r = inner.readUnsigned();
    if (!r.ok())
        return false;
    const auto s = inner.readUnsigned();
    return s.ok() && inner.end().ok() && isP256Scalar(*r) && isP256Scalar(*s);
}

bool verifyWith(
    EVP_PKEY* key, const EVP_MD* digest, std::string_view message, std::string_view signature)
{
    const EvpMdCtx context(EVP_MD_CTX_new());
    const bool good = context
                      && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1
                      && EVP_DigestVerify(
                             context.get(),
                             bytesOf(signature),
                             signature.size(),
                             bytesOf(message),
                             message.size())
                             == 1;
    forgetErrors();
    return good;
}

bool verifyP256(EVP_PKEY* key, std::string_view message, std::string_view signature)
{
    if (isStrictDer(signature) && verifyWith(key, EVP_sha256(), message, signature))
        return true;
    if (signature.size() != 2 * kP256ScalarByteCount)
        return false;
    const std::string_view r = signature.substr(0, kP256ScalarByteCount);
    const std::string_view s = signature.substr(kP256ScalarByteCount);
    return isP256Scalar(r) && isP256Scalar(s)
           && verifyWith(
               key,
               EVP_sha256(),
               message,
               derElement(DerTag::Sequence, derUnsigned(r) + derUnsigned(s)));
}

bool verifyEd25519(EVP_PKEY* key, std::string_view message, std::string_view signature)
{
    constexpr std::size_t kHalf = 32;
    return signature.size() == 2 * kHalf && isStrictEd25519Nonce(signature.substr(0, kHalf))
           && isReducedEd25519Scalar(signature.substr(kHalf))
           && verifyWith(key, nullptr, message, signature);
}

} // namespace

std::string_view text(KeyAlgorithm algorithm)
{
    switch (algorithm) {
    case KeyAlgorithm::EcdsaP256:
        return "ecdsa-p256";
    case KeyAlgorithm::Ed25519:
        return "ed25519";
    }
    return "";
}

Result<KeyAlgorithm> parseKeyAlgorithm(std::string_view name)
{
    for (const KeyAlgorithm algorithm : {KeyAlgorithm::EcdsaP256, KeyAlgorithm::Ed25519}) {
        if (name == text(algorithm))
            return algorithm;
    }
    return fail(
        ErrorCode::InvalidInput, "the key algorithm is not ecdsa-p256 or ed25519", "key.algorithm");
}

PublicKey::PublicKey(std::shared_ptr<const Content> content)
    : m_content(std::move(content))
{}

Result<PublicKey> PublicKey::fromRawEd25519(std::string_view bytes)
{
    if (!isStrictEd25519Point(bytes))
        return badKey(
            "this is not an Ed25519 key in canonical form, on the curve and of full order");
    auto content = std::make_shared<Content>();
    content->algorithm = KeyAlgorithm::Ed25519;
    content->spkiDer = std::string(kEd25519Prefix) + std::string(bytes);
    content->key.reset(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(bytes), bytes.size()));
    if (!content->key)
        return badKey("OpenSSL refused the Ed25519 key");
    return PublicKey(std::move(content));
}

Result<PublicKey> PublicKey::fromSpkiDer(std::string_view der)
{
    if (der.starts_with(kEd25519Prefix) && der.size() == kEd25519Prefix.size() + kEd25519ByteCount)
        return fromRawEd25519(der.substr(kEd25519Prefix.size()));
    const bool uncompressed =
        der.starts_with(kP256UncompressedPrefix)
        && der.size() == kP256UncompressedPrefix.size() + kP256UncompressedByteCount;
    const bool compressed =
        der.starts_with(kP256CompressedPrefix)
        && der.size() == kP256CompressedPrefix.size() + kP256CompressedByteCount;
    if (!uncompressed && !compressed)
        return fail(
            ErrorCode::Unsupported,
            "this is not the public key of a P-256 (named curve) or Ed25519 key",
            "key.public");
    const std::string_view point = der.substr(kP256UncompressedPrefix.size());
    // 0x04, or 0x02 and 0x03; the hybrid forms 0x06 and 0x07 are a second encoding of the first.
    const bool formMatches =
        uncompressed ? point.front() == '\x04' : point.front() == '\x02' || point.front() == '\x03';
    if (!formMatches)
        return badKey("the point of the P-256 key is neither uncompressed nor compressed");
    auto content = std::make_shared<Content>();
    content->algorithm = KeyAlgorithm::EcdsaP256;
    content->key = p256FromPoint(point);
    if (!content->key)
        return badKey("the point of the P-256 key is not on the curve");
    CS_TRY(const std::string x, coordinate(*content->key, OSSL_PKEY_PARAM_EC_PUB_X));
    CS_TRY(const std::string y, coordinate(*content->key, OSSL_PKEY_PARAM_EC_PUB_Y));
    content->spkiDer = std::string(kP256UncompressedPrefix) + '\x04' + x + y;
    return PublicKey(std::move(content));
}

Result<PublicKey> PublicKey::fromPem(std::string_view pem)
{
    CS_TRY(const std::string der, pemDecode(pem, kPublicKeyLabel));
    return fromSpkiDer(der);
}

KeyAlgorithm PublicKey::algorithm() const
{
    return m_content->algorithm;
}

const std::string& PublicKey::spkiDer() const
{
    return m_content->spkiDer;
}

std::string PublicKey::pem() const
{
    return pemEncode(m_content->spkiDer, kPublicKeyLabel);
}

std::string PublicKey::keyId() const
{
    return fingerprint().hex();
}

Digest PublicKey::fingerprint() const
{
    return Digest::of(m_content->spkiDer);
}

std::string_view PublicKey::raw() const
{
    const std::string_view der = m_content->spkiDer;
    switch (m_content->algorithm) {
    case KeyAlgorithm::EcdsaP256:
        return der.substr(kP256UncompressedPrefix.size());
    case KeyAlgorithm::Ed25519:
        return der.substr(kEd25519Prefix.size());
    }
    return {};
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const
{
    switch (m_content->algorithm) {
    case KeyAlgorithm::EcdsaP256:
        return verifyP256(m_content->key.get(), message, signature);
    case KeyAlgorithm::Ed25519:
        return verifyEd25519(m_content->key.get(), message, signature);
    }
    return false;
}

bool PublicKey::operator==(const PublicKey& other) const
{
    return m_content->spkiDer == other.m_content->spkiDer;
}

std::strong_ordering PublicKey::operator<=>(const PublicKey& other) const
{
    return m_content->spkiDer.compare(other.m_content->spkiDer) <=> 0;
}

} // namespace countersign::trust
