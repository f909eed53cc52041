#pragma once

#include "models/result.h"
#include "planes/trust/secret.h"

#include <string>
#include <string_view>

/// PEM text (RFC 7468): one block with nothing but white space around it. Inside planes/trust only.
namespace countersign::trust::detail {

inline constexpr std::string_view kPublicKeyLabel = "PUBLIC KEY";
inline constexpr std::string_view kPrivateKeyLabel = "PRIVATE KEY";
inline constexpr std::string_view kEncryptedPrivateKeyLabel = "ENCRYPTED PRIVATE KEY";
/// Far above every key of this plane (a P-256 key file is about 400 bytes).
inline constexpr std::size_t kPemByteCountMax = 16 * 1024;

/// The label of the block, or empty when the text has none.
[[nodiscard]] std::string_view pemLabel(std::string_view text);
/// The bytes inside. Errors: InvalidInput (rule `pem`), LimitExceeded.
[[nodiscard]] Result<std::string> pemDecode(std::string_view text, std::string_view label);
/// The same without leaving copies behind, for unencrypted private keys.
[[nodiscard]] Result<SecretBytes> pemDecodeSecret(std::string_view text, std::string_view label);
[[nodiscard]] std::string pemEncode(std::string_view bytes, std::string_view label);

} // namespace countersign::trust::detail
