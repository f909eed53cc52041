#pragma once

#include "models/result.h"

#include <string>
#include <string_view>

/// Text forms of bytes. A byte string is a std::string throughout the project; nothing here
/// allocates twice.
namespace countersign {

/// Lower-case hexadecimal.
[[nodiscard]] std::string hexEncode(std::string_view bytes);
/// Accepts lower-case and upper-case digits. Errors: InvalidInput.
[[nodiscard]] Result<std::string> hexDecode(std::string_view text);

/// Standard alphabet with padding (RFC 4648 section 4).
[[nodiscard]] std::string base64Encode(std::string_view bytes);

enum class Base64Alphabet {
    Standard,      ///< Section 4, padding required.
    StandardOrUrl, ///< Section 4 or 5, padding optional; for DSSE readers.
};
/// Strict: no white space, no stray bits after the last byte. Errors: InvalidInput.
[[nodiscard]] Result<std::string>
base64Decode(std::string_view text, Base64Alphabet alphabet = Base64Alphabet::Standard);

/// True when the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most
/// U+10FFFF).
[[nodiscard]] bool isUtf8(std::string_view bytes);
/// Index of the first byte that is not well-formed UTF-8, or npos.
[[nodiscard]] std::size_t firstInvalidUtf8(std::string_view bytes);

} // namespace countersign
