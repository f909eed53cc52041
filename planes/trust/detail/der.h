#pragma once

#include "models/result.h"

#include <cstdint>
#include <string>
#include <string_view>

/// The little of DER (X.690) that keys and signatures need. Strict: shortest lengths and integers
/// only, so that a value has one encoding. Inside planes/trust only.
namespace countersign::trust::detail {

enum class DerTag : std::uint8_t {
    Integer = 0x02,
    BitString = 0x03,
    OctetString = 0x04,
    Null = 0x05,
    ObjectId = 0x06,
    Sequence = 0x30,
};

/// Reads elements one after the other from bytes that must outlive it.
class DerReader
{
public:
    explicit DerReader(std::string_view bytes)
        : m_rest(bytes)
    {}

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] bool nextIs(DerTag tag) const;
    /// The content of the next element, which must have this tag. Errors: InvalidInput.
    [[nodiscard]] Result<std::string_view> read(DerTag tag);
    /// A non-negative integer without its sign byte (zero is empty). Errors: InvalidInput.
    [[nodiscard]] Result<std::string_view> readUnsigned();
    /// The same as a number. Errors: InvalidInput, LimitExceeded beyond 64 bits.
    [[nodiscard]] Result<std::uint64_t> readUint64();
    /// Errors: InvalidInput when something follows.
    [[nodiscard]] Result<void> end() const;

private:
    std::string_view m_rest;
};

[[nodiscard]] std::string derElement(DerTag tag, std::string_view content);
/// From big-endian bytes, with or without leading zeros.
[[nodiscard]] std::string derUnsigned(std::string_view bigEndian);
[[nodiscard]] std::string derUint64(std::uint64_t value);

} // namespace countersign::trust::detail
