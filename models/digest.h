#pragma once

#include "models/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

/// A SHA-256 digest. Always 32 bytes; text form is lower-case hexadecimal.
class Digest
{
public:
    static constexpr std::size_t kByteCount = 32;

    /// Of the given bytes.
    [[nodiscard]] static Digest of(std::string_view bytes);
    /// From 64 lower-case hexadecimal digits. Errors: InvalidInput.
    [[nodiscard]] static Result<Digest> parse(std::string_view hex);
    /// From exactly 32 raw bytes. Errors: InvalidInput.
    [[nodiscard]] static Result<Digest> fromBytes(std::string_view bytes);

    [[nodiscard]] std::string hex() const;
    /// The 32 raw bytes.
    [[nodiscard]] std::string_view bytes() const;
    /// First eight digits in two groups, for a person's first look only: `3f9a 01bc`.
    [[nodiscard]] std::string shortText() const;
    /// All digits in groups of four, the form every co-signer compares: `3f9a 01bc …`.
    [[nodiscard]] std::string groupedText() const;

    auto operator<=>(const Digest&) const = default;

private:
    explicit Digest(const std::array<char, kByteCount>& bytes)
        : m_bytes(bytes)
    {}

    std::array<char, kByteCount> m_bytes;
};

/// SHA-256 over the hexadecimal texts of the digests, in order, joined by one line feed and without
/// a trailing one: `evidence_pack.root_sha256` and `approval_request.packet_sha256` (contracts,
/// "Digests").
template <class Range>
[[nodiscard]] Digest digestOfList(const Range& digests)
{
    std::string joined;
    for (const Digest& digest : digests) {
        if (!joined.empty())
            joined += '\n';
        joined += digest.hex();
    }
    return Digest::of(joined);
}

} // namespace countersign
