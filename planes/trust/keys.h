#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/trust/secret.h"

#include <compare>
#include <memory>
#include <string>
#include <string_view>

/// Signing keys and their signatures: ECDSA on P-256 with SHA-256 (FIPS 186-5) and pure Ed25519
/// (RFC 8032). What is accepted is the part on which OpenSSL, Go, libsodium and Node agree.
namespace countersign::trust {

enum class KeyAlgorithm {
    EcdsaP256,
    Ed25519
};

/// `ecdsa-p256` or `ed25519`.
[[nodiscard]] std::string_view text(KeyAlgorithm algorithm);
/// Errors: InvalidInput.
[[nodiscard]] Result<KeyAlgorithm> parseKeyAlgorithm(std::string_view text);

/// A public key that has passed every check: P-256 on the named curve, or Ed25519 in canonical
/// form, on the curve and not of low order. Cheap to copy. Thread: any, also one object from
/// several.
class PublicKey
{
public:
    /// From a SubjectPublicKeyInfo (RFC 5480, RFC 8410). A compressed P-256 point is accepted and
    /// kept uncompressed, so that one key has one identity. Errors: InvalidInput (rule
    /// `key.public`), Unsupported for any other kind of key.
    [[nodiscard]] static Result<PublicKey> fromSpkiDer(std::string_view der);
    /// From a `PUBLIC KEY` PEM block. Errors: as fromSpkiDer, and LimitExceeded.
    [[nodiscard]] static Result<PublicKey> fromPem(std::string_view pem);
    /// From the 32 bytes of RFC 8032. Errors: InvalidInput.
    [[nodiscard]] static Result<PublicKey> fromRawEd25519(std::string_view bytes);

    [[nodiscard]] KeyAlgorithm algorithm() const;
    /// The identity of the key: its one SubjectPublicKeyInfo.
    [[nodiscard]] const std::string& spkiDer() const;
    [[nodiscard]] std::string pem() const;
    /// Lower-case hexadecimal SHA-256 of spkiDer().
    [[nodiscard]] std::string keyId() const;
    /// SHA-256 of spkiDer(), to be shown in groups where people compare keys.
    [[nodiscard]] Digest fingerprint() const;
    /// The 32 bytes of an Ed25519 key, the 65 of an uncompressed P-256 point.
    [[nodiscard]] std::string_view raw() const;

    /// True only for a good signature over `message`. Ed25519: 64 bytes, S below the group order, R
    /// canonical and not of low order. P-256: strict DER, or the 64 raw bytes r||s; r and s within
    /// 1..n-1.
    [[nodiscard]] bool verify(std::string_view message, std::string_view signature) const;

    /// By spkiDer().
    [[nodiscard]] bool operator==(const PublicKey& other) const;
    [[nodiscard]] std::strong_ordering operator<=>(const PublicKey& other) const;

private:
    struct Content;

    explicit PublicKey(std::shared_ptr<const Content> content);

    std::shared_ptr<const Content> m_content;
};

/// What unlocking a stored key costs: scrypt (RFC 7914) with N = 2^logN, r = 8, p = 1.
struct UnlockCost
{
    /// 2^16 takes about 160 ms and 64 MiB on a plain desktop core. Lower only for throw-away keys.
    unsigned logN = 16;
};

/// A key that can sign. Not copied; its secret part stays inside OpenSSL. Thread: one at a time.
class PrivateKey
{
public:
    /// Errors: Unavailable when the system gives no random bytes.
    [[nodiscard]] static Result<PrivateKey> generate(KeyAlgorithm algorithm);
    /// From an `ENCRYPTED PRIVATE KEY` PEM block: PBES2 with scrypt or PBKDF2 and AES-CBC (RFC
    /// 8018, RFC 7914). Costs beyond 256 MiB or some seconds are refused before anything is
    /// computed. The format carries no checksum: damaged ciphertext reads as a wrong passphrase
    /// or, for Ed25519, opens as another key, so compare publicKey() with the one you expect (the
    /// key store does). Errors: PassphraseWrong, Corrupt (the structure, or the key inside),
    /// Unsupported, LimitExceeded.
    [[nodiscard]] static Result<PrivateKey>
    fromEncryptedPkcs8(std::string_view pem, const SecretBytes& passphrase);
    /// From a `PRIVATE KEY` PEM block (RFC 5208). Errors: Corrupt, Unsupported.
    [[nodiscard]] static Result<PrivateKey> fromUnencryptedPkcs8(const SecretBytes& pem);
    /// From the seed of RFC 8032, 32 bytes. Errors: InvalidInput.
    [[nodiscard]] static Result<PrivateKey> fromEd25519Seed(const SecretBytes& seed);

    ~PrivateKey();
    PrivateKey(PrivateKey&& other) noexcept;
    PrivateKey& operator=(PrivateKey&& other) noexcept;
    PrivateKey(const PrivateKey&) = delete;
    PrivateKey& operator=(const PrivateKey&) = delete;

    [[nodiscard]] const PublicKey& publicKey() const;
    [[nodiscard]] KeyAlgorithm algorithm() const { return publicKey().algorithm(); }

    /// Over the message itself: 64 bytes for Ed25519, DER for P-256. Errors: Unavailable.
    [[nodiscard]] Result<std::string> sign(std::string_view message) const;

    /// PEM, PBES2 with scrypt and AES-256-CBC. Errors: InvalidInput (rule
    /// `key.passphrase_empty`), LimitExceeded (cost), Unavailable.
    [[nodiscard]] Result<std::string>
    toEncryptedPkcs8(const SecretBytes& passphrase, UnlockCost cost = {}) const;
    /// PEM. Only for the workspace's own log key, whose store protects it. Errors: Unavailable.
    [[nodiscard]] Result<SecretBytes> toUnencryptedPkcs8() const;

private:
    struct Content;

    explicit PrivateKey(std::unique_ptr<Content> content);

    [[nodiscard]] static Result<PrivateKey> fromPkcs8Der(const SecretBytes& der);
    [[nodiscard]] Result<SecretBytes> pkcs8Der() const;

    std::unique_ptr<Content> m_content;
};

} // namespace countersign::trust
