#pragma once

#include "models/result.h"
#include "planes/trust/keys.h"
#include "planes/trust/secret.h"

#include <string>
#include <string_view>

/// Sealing of small values under a key: AES-256-GCM (NIST SP 800-38D), keys from passphrases by
/// scrypt (RFC 7914) and from other keys by HKDF-SHA-256 (RFC 5869). Random bytes come from the
/// operating system through OpenSSL. Thread: any.
namespace countersign::trust {

inline constexpr std::size_t kSealKeyByteCount = 32;
inline constexpr std::size_t kSealNonceByteCount = 12;
inline constexpr std::size_t kSealTagByteCount = 16;

/// Bytes that only the key opens, and only where they belong.
struct SealedBox
{
    std::string nonce;  ///< 12 bytes, random for each sealing.
    std::string sealed; ///< The ciphertext, then the tag of 16 bytes.

    bool operator==(const SealedBox&) const = default;
};

/// A new key, 32 random bytes. Errors: Unavailable.
[[nodiscard]] Result<SecretBytes> makeSealKey();

/// 16 random bytes, to be kept beside what they salt. Errors: Unavailable.
[[nodiscard]] Result<std::string> makeSalt();

/// Seals `plain`. `place` says what it is and where it belongs; it is not kept, and whoever opens
/// the box must say the same. Errors: Unavailable.
[[nodiscard]] Result<SealedBox>
sealBytes(const SecretBytes& key, const SecretBytes& plain, std::string_view place);

/// Errors: Corrupt (rule `seal.tag`): another key, another place, or changed bytes; which of them
/// it is cannot be told. Unavailable.
[[nodiscard]] Result<SecretBytes>
openBox(const SecretBytes& key, const SealedBox& box, std::string_view place);

/// A key for one purpose only. `salt` may be empty. Errors: Unavailable.
[[nodiscard]] Result<SecretBytes>
deriveSealKey(const SecretBytes& key, std::string_view salt, std::string_view purpose);

/// The key that a passphrase stands for, r = 8 and p = 1. Errors: InvalidInput (rule
/// `seal.passphrase_empty`), LimitExceeded (rule `seal.cost`: not within 2^10 to 2^18),
/// Unavailable.
[[nodiscard]] Result<SecretBytes>
sealKeyFromPassphrase(const SecretBytes& passphrase, std::string_view salt, UnlockCost cost = {});

/// HMAC-SHA-256, 32 bytes. Errors: Unavailable.
[[nodiscard]] Result<std::string>
authenticationCode(const SecretBytes& key, std::string_view bytes);

/// Compares in a time that depends on the lengths only.
[[nodiscard]] bool sameBytes(std::string_view left, std::string_view right);

} // namespace countersign::trust
