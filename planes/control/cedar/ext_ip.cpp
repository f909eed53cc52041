#include "planes/control/cedar/detail/digits.h"
#include "planes/control/cedar/ext.h"

#include <algorithm>
#include <optional>

namespace countersign::cedar {

namespace {

using detail::takeDigits;

/// `xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx/128` has 43.
constexpr std::size_t kTextByteCountMaxOfIp = 43;
constexpr std::size_t kGroupCount = 8;
constexpr int kBitCountV4 = 32;
constexpr int kBitCountV6 = 128;

/// One to three digits without a leading zero, at most `most`.
std::optional<std::uint8_t> smallNumber(std::string_view digits, int most)
{
    if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0'))
        return std::nullopt;
    const std::optional<int> number = detail::takeNumber(digits, digits.size());
    if (!number || *number > most)
        return std::nullopt;
    return static_cast<std::uint8_t>(*number);
}

bool parseV4(std::string_view text, IpAddress& address)
{
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0 && !detail::takeCharacter(text, '.'))
            return false;
        const auto number = smallNumber(takeDigits(text), 255);
        if (!number)
            return false;
        address.bytes.at(i) = *number;
    }
    return text.empty();
}

std::optional<std::uint8_t> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F')
        return static_cast<std::uint8_t>(c - 'A' + 10);
    return std::nullopt;
}

struct Groups
{
    std::array<std::uint16_t, kGroupCount> values = {};
    std::size_t count = 0;
};

/// One or more groups with colons between them, or nothing at all.
bool parseGroups(std::string_view text, Groups& groups)
{
    if (text.empty())
        return true;
    while (true) {
        std::uint16_t value = 0;
        std::size_t length = 0;
        while (length < text.size() && length < 5) {
            const auto digit = hexDigit(text[length]);
            if (!digit)
                break;
            value = static_cast<std::uint16_t>((value << 4U) | *digit);
            ++length;
        }
        if (length == 0 || length > 4 || groups.count == kGroupCount)
            return false;
        groups.values.at(groups.count++) = value;
        text.remove_prefix(length);
        if (text.empty())
            return true;
        if (!detail::takeCharacter(text, ':'))
            return false;
    }
}

bool parseV6(std::string_view text, IpAddress& address)
{
    Groups front;
    Groups back;
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) {
        if (!parseGroups(text, front) || front.count != kGroupCount)
            return false;
    } else if (
        !parseGroups(text.substr(0, gap), front) || !parseGroups(text.substr(gap + 2), back)
        || front.count + back.count >= kGroupCount) {
        return false; // the gap stands for at least one group
    }
    for (std::size_t i = 0; i < back.count; ++i)
        front.values.at(kGroupCount - back.count + i) = back.values.at(i);
    for (std::size_t i = 0; i < kGroupCount; ++i) {
        address.bytes.at(2 * i) = static_cast<std::uint8_t>(front.values.at(i) >> 8U);
        address.bytes.at(2 * i + 1) = static_cast<std::uint8_t>(front.values.at(i) & 0xFFU);
    }
    return true;
}

/// The first `count` bits are the same.
bool shareBits(const IpAddress& left, const IpAddress& right, std::size_t count)
{
    const std::size_t whole = count / 8;
    if (!std::equal(
            left.bytes.begin(),
            left.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
            right.bytes.begin()))
        return false;
    if (count % 8 == 0)
        return true;
    const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - count % 8));
    return (left.bytes.at(whole) & mask) == (right.bytes.at(whole) & mask);
}

std::string hexGroup(unsigned value)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (unsigned shift = 16; shift > 0;) {
        shift -= 4;
        if (const unsigned digit = (value >> shift) & 0xFU;
            digit != 0 || !text.empty() || shift == 0)
            text += kDigits[digit];
    }
    return text;
}

std::string textV6(const IpAddress& address)
{
    std::array<unsigned, kGroupCount> groups = {};
    for (std::size_t i = 0; i < kGroupCount; ++i)
        groups.at(i) =
            (static_cast<unsigned>(address.bytes.at(2 * i)) << 8U) | address.bytes.at(2 * i + 1);
    // RFC 5952: the longest run of at least two zero groups, the first of several.
    std::size_t gapStart = kGroupCount;
    std::size_t gapLength = 1;
    for (std::size_t start = 0; start < kGroupCount; ++start) {
        std::size_t length = 0;
        while (start + length < kGroupCount && groups.at(start + length) == 0)
            ++length;
        if (length > gapLength) {
            gapStart = start;
            gapLength = length;
        }
    }
    std::string text;
    for (std::size_t i = 0; i < kGroupCount;) {
        if (i == gapStart) {
            text += "::";
            i += gapLength;
            continue;
        }
        if (!text.empty() && text.back() != ':')
            text += ':';
        text += hexGroup(groups.at(i++));
    }
    return text;
}

Failure refuse(std::string_view text)
{
    return fail(
        ErrorCode::InvalidInput,
        '"' + std::string(text.substr(0, kTextByteCountMaxOfIp)) + "\" is no address or network",
        "cedar.ip");
}

} // namespace

Result<IpAddress> IpAddress::parse(std::string_view text)
{
    if (text.size() > kTextByteCountMaxOfIp)
        return refuse(text);
    const std::size_t slash = text.find('/');
    const std::string_view host = text.substr(0, slash);
    IpAddress address;
    address.isV6 = host.find(':') != std::string_view::npos;
    if (address.isV6 ? !parseV6(host, address) : !parseV4(host, address))
        return refuse(text);
    const int most = address.isV6 ? kBitCountV6 : kBitCountV4;
    address.prefix = static_cast<std::uint8_t>(most);
    if (slash != std::string_view::npos) {
        std::string_view rest = text.substr(slash + 1);
        const auto length = smallNumber(takeDigits(rest), most);
        if (!length || !rest.empty())
            return refuse(text);
        address.prefix = *length;
    }
    return address;
}

std::string IpAddress::text() const
{
    std::string text;
    if (isV6) {
        text = textV6(*this);
    } else {
        for (std::size_t i = 0; i < 4; ++i)
            text += (i > 0 ? "." : "") + std::to_string(bytes.at(i));
    }
    if (prefix != (isV6 ? kBitCountV6 : kBitCountV4))
        text += '/' + std::to_string(prefix);
    return text;
}

bool IpAddress::isLoopback() const
{
    if (!isV6)
        return prefix >= 8 && bytes[0] == 127;
    IpAddress loopback;
    loopback.bytes.back() = 1;
    return prefix == kBitCountV6 && bytes == loopback.bytes;
}

bool IpAddress::isMulticast() const
{
    return isV6 ? prefix >= 8 && bytes[0] == 0xFFU : prefix >= 4 && (bytes[0] & 0xF0U) == 0xE0U;
}

bool IpAddress::isInRange(const IpAddress& range) const
{
    return isV6 == range.isV6 && prefix >= range.prefix && shareBits(*this, range, range.prefix);
}

} // namespace countersign::cedar
