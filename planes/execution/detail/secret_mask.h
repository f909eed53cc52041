#pragma once

#include "models/json.h"
#include "planes/trust/secret.h"

#include <array>
#include <string>
#include <string_view>

namespace countersign::execution::detail {

/// Overwrites a secret wherever an answer repeats it: as it is, percent-encoded or as JSON escapes
/// (whole or in part), in hexadecimal, in base64 of either alphabet at any place of a longer text.
/// Thread: one at a time.
class SecretMask
{
public:
    /// Masks nothing.
    SecretMask() = default;
    explicit SecretMask(std::string_view secret);

    /// The text with `[secret]` for every occurrence.
    [[nodiscard]] std::string masked(std::string_view text) const;

    /// An answer's body. JSON stays JSON, also where the secret looks like a part of a number.
    [[nodiscard]] std::string maskedBody(std::string_view body) const;

private:
    /// Length of an occurrence that begins at `at`, or 0.
    [[nodiscard]] std::size_t matchAt(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t matchSpelled(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t matchHex(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t matchBase64(std::string_view text, std::size_t at) const;
    void maskValue(Json& value) const;

    trust::SecretBytes m_secret;
    /// The characters of base64 that the secret alone decides, when its first byte is the first,
    /// second or third of a group.
    std::array<trust::SecretBytes, 3> m_base64;
};

} // namespace countersign::execution::detail
