#pragma once

#include "models/result.h"
#include "planes/trust/detail/key_derivation.h"
#include "planes/trust/secret.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// EncryptedPrivateKeyInfo (RFC 5958 section 3) with PBES2 (RFC 8018 section 6.2):
///
///     SEQUENCE { SEQUENCE { OID pbes2, SEQUENCE {
///                  SEQUENCE { OID scrypt, SEQUENCE { salt, N, r, p, length? } }
///                | SEQUENCE { OID pbkdf2, SEQUENCE { salt, count, length?, prf? } },
///                  SEQUENCE { OID aes-cbc, OCTET STRING iv } } },
///                OCTET STRING ciphertext }
///
/// Read by hand because OpenSSL 3.0 refuses scrypt beyond 32 MiB and puts no limit on PBKDF2.
/// Inside planes/trust only.
namespace countersign::trust::detail {

struct Pbkdf2Cost
{
    std::uint64_t iterationCount = 0;
    std::string digestName; ///< OpenSSL's name of the hash inside HMAC.
};

/// Read and within limits, nothing computed yet.
struct EncryptedKey
{
    std::string salt;
    std::variant<ScryptCost, Pbkdf2Cost> cost;
    std::string cipherName; ///< OpenSSL's name.
    std::size_t keyByteCount = 0;
    std::string iv;
    std::string ciphertext;
};

inline constexpr std::uint64_t kPbkdf2IterationCountMax = 5'000'000;

/// Errors: Corrupt, Unsupported, LimitExceeded.
[[nodiscard]] Result<EncryptedKey> parseEncryptedKey(std::string_view der);

/// The PrivateKeyInfo inside. Errors: PassphraseWrong, Unavailable.
[[nodiscard]] Result<SecretBytes>
decryptKey(const EncryptedKey& key, const SecretBytes& passphrase);

/// PBES2 with scrypt (r = 8, p = 1) and AES-256-CBC. Errors: LimitExceeded, Unavailable.
[[nodiscard]] Result<std::string>
encryptKey(const SecretBytes& privateKeyInfo, const SecretBytes& passphrase, unsigned logN);

} // namespace countersign::trust::detail
