#include "planes/control/cedar/detail/utf8.h"

#include <array>

namespace countersign::cedar::detail {

namespace {

unsigned char byteAt(std::string_view text, std::size_t index)
{
    return static_cast<unsigned char>(text[index]);
}

/// Length of the sequence that a byte starts; 1 for what starts none.
std::size_t sequenceLength(unsigned char lead)
{
    if (lead >= 0xF0U)
        return 4;
    if (lead >= 0xE0U)
        return 3;
    return lead >= 0xC0U ? 2 : 1;
}

char byteOf(std::uint32_t value)
{
    return static_cast<char>(static_cast<unsigned char>(value));
}

/// Characters that a reader would not see, or that change how the text around them is shown.
bool isInvisible(std::uint32_t c)
{
    return c < 0x20U || (c >= 0x7FU && c < 0xA0U) || c == 0xADU || c == 0x61CU || c == 0x180EU
           || (c >= 0x200BU && c <= 0x200FU) || (c >= 0x2028U && c <= 0x202EU)
           || (c >= 0x2060U && c <= 0x206FU) || c == 0xFEFFU || (c >= 0xFFF0U && c <= 0xFFFBU)
           || (c >= 0xE0000U && c <= 0xE0FFFU) || (c != ' ' && isWhiteSpace(c));
}

} // namespace

std::uint32_t takeCodePoint(std::string_view& text)
{
    const unsigned char lead = byteAt(text, 0);
    const std::size_t length = sequenceLength(lead);
    if (length == 1 || text.size() < length) {
        text.remove_prefix(1);
        return lead;
    }
    std::uint32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i)
        value = (value << 6U) | (byteAt(text, i) & 0x3FU);
    text.remove_prefix(length);
    return value;
}

void appendUtf8(std::string& text, std::uint32_t codePoint)
{
    if (codePoint < 0x80U) {
        text += byteOf(codePoint);
        return;
    }
    if (codePoint < 0x800U) {
        text += byteOf(0xC0U | (codePoint >> 6U));
    } else {
        if (codePoint < 0x10000U) {
            text += byteOf(0xE0U | (codePoint >> 12U));
        } else {
            text += byteOf(0xF0U | (codePoint >> 18U));
            text += byteOf(0x80U | ((codePoint >> 12U) & 0x3FU));
        }
        text += byteOf(0x80U | ((codePoint >> 6U) & 0x3FU));
    }
    text += byteOf(0x80U | (codePoint & 0x3FU));
}

void appendEscaped(std::string& text, std::uint32_t codePoint)
{
    switch (codePoint) {
    case '\0':
        text += "\\0";
        return;
    case '\n':
        text += "\\n";
        return;
    case '\r':
        text += "\\r";
        return;
    case '\t':
        text += "\\t";
        return;
    case '"':
        text += "\\\"";
        return;
    case '\\':
        text += "\\\\";
        return;
    default:
        break;
    }
    if (!isInvisible(codePoint)) {
        appendUtf8(text, codePoint);
        return;
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += "\\u{";
    bool isLeading = true;
    for (std::uint32_t shift = 24; shift > 0;) {
        shift -= 4;
        const std::uint32_t digit = (codePoint >> shift) & 0xFU;
        isLeading = isLeading && digit == 0 && shift > 0;
        if (!isLeading)
            text += kDigits[digit];
    }
    text += '}';
}

bool isWhiteSpace(std::uint32_t c)
{
    return (c >= 0x09U && c <= 0x0DU) || c == 0x20U || c == 0x85U || c == 0xA0U || c == 0x1680U
           || (c >= 0x2000U && c <= 0x200AU) || c == 0x2028U || c == 0x2029U || c == 0x202FU
           || c == 0x205FU || c == 0x3000U;
}

} // namespace countersign::cedar::detail
