#include "models/encoding.h"

#include <array>
#include <cstdint>

namespace countersign {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int base64Value(char c, Base64Alphabet alphabet)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || (alphabet == Base64Alphabet::StandardOrUrl && c == '-'))
        return 62;
    if (c == '/' || (alphabet == Base64Alphabet::StandardOrUrl && c == '_'))
        return 63;
    return -1;
}

} // namespace

std::string hexEncode(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        text.push_back(kHexDigits[byte >> 4U]);
        text.push_back(kHexDigits[byte & 0x0FU]);
    }
    return text;
}

Result<std::string> hexDecode(std::string_view text)
{
    if (text.size() % 2 != 0)
        return fail(ErrorCode::InvalidInput, "hexadecimal text has an odd number of digits", "hex");
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexValue(text[i]);
        const int low = hexValue(text[i + 1]);
        if (high < 0 || low < 0)
            return fail(ErrorCode::InvalidInput, "hexadecimal text has another character", "hex");
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

std::string base64Encode(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8U)
                    | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
        text.push_back(kBase64Digits[(group >> 18U) & 63U]);
        text.push_back(kBase64Digits[(group >> 12U) & 63U]);
        text.push_back(i + 1 < bytes.size() ? kBase64Digits[(group >> 6U) & 63U] : '=');
        text.push_back(i + 2 < bytes.size() ? kBase64Digits[group & 63U] : '=');
    }
    return text;
}

Result<std::string> base64Decode(std::string_view text, Base64Alphabet alphabet)
{
    if (alphabet == Base64Alphabet::Standard && text.size() % 4 != 0)
        return fail(
            ErrorCode::InvalidInput, "base64 text is not a multiple of four characters", "base64");
    std::size_t digitCount = text.size();
    while (digitCount > 0 && text.size() - digitCount < 2 && text[digitCount - 1] == '=')
        --digitCount;
    const bool padded = digitCount != text.size();
    if ((padded && text.size() % 4 != 0) || digitCount % 4 == 1)
        return fail(ErrorCode::InvalidInput, "base64 text has wrong padding", "base64");
    std::string bytes;
    bytes.reserve(digitCount / 4 * 3 + 2);
    std::uint32_t buffer = 0;
    unsigned bitCount = 0;
    for (const char c : text.substr(0, digitCount)) {
        const int value = base64Value(c, alphabet);
        if (value < 0)
            return fail(ErrorCode::InvalidInput, "base64 text has another character", "base64");
        buffer = (buffer << 6U) | static_cast<std::uint32_t>(value);
        bitCount += 6;
        if (bitCount >= 8) {
            bitCount -= 8;
            bytes.push_back(static_cast<char>((buffer >> bitCount) & 0xFFU));
        }
    }
    if ((buffer & ((1U << bitCount) - 1U)) != 0)
        return fail(ErrorCode::InvalidInput, "base64 text has stray bits at its end", "base64");
    return bytes;
}

std::size_t firstInvalidUtf8(std::string_view bytes)
{
    std::size_t i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<std::uint8_t>(bytes[i]);
        if (lead < 0x80U) {
            ++i;
            continue;
        }
        std::size_t length = 0;
        std::uint8_t low = 0x80;
        std::uint8_t high = 0xBF;
        if (lead >= 0xC2U && lead <= 0xDFU) {
            length = 2;
        } else if (lead >= 0xE0U && lead <= 0xEFU) {
            length = 3;
            low = lead == 0xE0U ? 0xA0 : 0x80;  // overlong forms
            high = lead == 0xEDU ? 0x9F : 0xBF; // surrogates
        } else if (lead >= 0xF0U && lead <= 0xF4U) {
            length = 4;
            low = lead == 0xF0U ? 0x90 : 0x80;
            high = lead == 0xF4U ? 0x8F : 0xBF; // above U+10FFFF
        } else {
            return i;
        }
        if (i + length > bytes.size())
            return i;
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<std::uint8_t>(bytes[i + k]);
            if (next < low || next > high)
                return i;
            low = 0x80;
            high = 0xBF;
        }
        i += length;
    }
    return std::string_view::npos;
}

bool isUtf8(std::string_view bytes)
{
    return firstInvalidUtf8(bytes) == std::string_view::npos;
}

} // namespace countersign
