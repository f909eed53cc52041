#include "planes/trust/detail/der.h"

namespace countersign::trust::detail {

namespace {

Failure malformed(const char* detail)
{
    return fail(ErrorCode::InvalidInput, detail, "der");
}

std::uint8_t byteAt(std::string_view bytes, std::size_t index)
{
    return static_cast<std::uint8_t>(bytes[index]);
}

} // namespace

bool DerReader::nextIs(DerTag tag) const
{
    return !m_rest.empty() && byteAt(m_rest, 0) == static_cast<std::uint8_t>(tag);
}

Result<std::string_view> DerReader::read(DerTag tag)
{
    if (!nextIs(tag))
        return malformed("the DER element expected here is missing");
    if (m_rest.size() < 2)
        return malformed("a DER element is cut off");
    std::size_t headerSize = 2;
    std::size_t length = byteAt(m_rest, 1);
    if (length >= 0x80U) {
        const std::size_t lengthSize = length & 0x7FU;
        if (lengthSize == 0 || lengthSize > 4 || m_rest.size() < 2 + lengthSize)
            return malformed("a DER length is indefinite, too large or cut off");
        length = 0;
        for (std::size_t i = 0; i < lengthSize; ++i)
            length = (length << 8U) | byteAt(m_rest, 2 + i);
        if (length < 0x80U || (length >> (8 * (lengthSize - 1))) == 0)
            return malformed("a DER length is not in its shortest form");
        headerSize += lengthSize;
    }
    if (m_rest.size() - headerSize < length)
        return malformed("a DER element is cut off");
    const std::string_view content = m_rest.substr(headerSize, length);
    m_rest.remove_prefix(headerSize + length);
    return content;
}

Result<std::string_view> DerReader::readUnsigned()
{
    CS_TRY(std::string_view content, read(DerTag::Integer));
    if (content.empty())
        return malformed("a DER integer is empty");
    if (byteAt(content, 0) >= 0x80U)
        return malformed("a DER integer is negative");
    if (byteAt(content, 0) == 0) {
        if (content.size() > 1 && byteAt(content, 1) < 0x80U)
            return malformed("a DER integer is not in its shortest form");
        content.remove_prefix(1);
    }
    return content;
}

Result<std::uint64_t> DerReader::readUint64()
{
    CS_TRY(const std::string_view content, readUnsigned());
    if (content.size() > sizeof(std::uint64_t))
        return fail(ErrorCode::LimitExceeded, "a DER integer is beyond 64 bits", "der");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < content.size(); ++i)
        value = (value << 8U) | byteAt(content, i);
    return value;
}

Result<void> DerReader::end() const
{
    if (!atEnd())
        return malformed("bytes follow the last DER element");
    return {};
}

std::string derElement(DerTag tag, std::string_view content)
{
    std::string element(1, static_cast<char>(tag));
    if (content.size() < 0x80U) {
        element.push_back(static_cast<char>(content.size()));
    } else {
        std::string length;
        for (std::size_t rest = content.size(); rest > 0; rest >>= 8U)
            length.insert(length.begin(), static_cast<char>(rest & 0xFFU));
        element.push_back(static_cast<char>(0x80U | length.size()));
        element += length;
    }
    element += content;
    return element;
}

std::string derUnsigned(std::string_view bigEndian)
{
    while (!bigEndian.empty() && bigEndian.front() == '\0')
        bigEndian.remove_prefix(1);
    std::string content(bigEndian);
    if (content.empty() || byteAt(content, 0) >= 0x80U)
        content.insert(content.begin(), '\0');
    return derElement(DerTag::Integer, content);
}

std::string derUint64(std::uint64_t value)
{
    std::string bytes;
    for (; value > 0; value >>= 8U)
        bytes.insert(bytes.begin(), static_cast<char>(value & 0xFFU));
    return derUnsigned(bytes);
}

} // namespace countersign::trust::detail
