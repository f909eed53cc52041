#include "planes/data/detail/schema_format.h"
#include "planes/data/detail/schema_idna.h"
#include "planes/data/detail/schema_text.h"

#include <algorithm>

namespace countersign::data::detail {

namespace {

constexpr std::size_t kLabelLengthMax = 63;
constexpr std::size_t kHostnameLengthMax = 253;
constexpr std::size_t kLocalPartLengthMax = 64;
constexpr std::string_view kAtextMarks = "!#$%&'*+-/=?^_`{|}~";

enum class MailCharacters {
    Ascii,
    Utf8
};

bool isDecimalOctet(std::string_view text)
{
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0'))
        return false;
    int value = 0;
    for (const char c : text) {
        if (!isDigit(c))
            return false;
        value = value * 10 + (c - '0');
    }
    return value <= 255;
}

/// Number of 16-bit groups in a colon-separated list, or absent when a part is none. The last part
/// may be an IPv4 address, which stands for two groups.
std::optional<int> groupCount(std::string_view text, bool mayEndInIpv4)
{
    if (text.empty())
        return 0;
    int count = 0;
    while (true) {
        const auto colon = text.find(':');
        const auto part = text.substr(0, colon);
        if (colon == std::string_view::npos && mayEndInIpv4 && isIpv4(part))
            return count + 2;
        if (part.empty() || part.size() > 4 || !std::all_of(part.begin(), part.end(), isHexDigit))
            return std::nullopt;
        ++count;
        if (colon == std::string_view::npos)
            return count;
        text.remove_prefix(colon + 1);
    }
}

bool isAtext(char c, MailCharacters characters)
{
    return isLetter(c) || isDigit(c) || isOneOf(c, kAtextMarks)
           || (characters == MailCharacters::Utf8 && !isAscii(c));
}

bool isDotString(std::string_view text, MailCharacters characters)
{
    bool atomOpen = false;
    for (const char c : text) {
        if (c == '.' ? !atomOpen : !isAtext(c, characters))
            return false;
        atomOpen = c != '.';
    }
    return atomOpen;
}

/// `text` without its quotes.
bool isQuotedContent(std::string_view text, MailCharacters characters)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isAscii(text[at])) {
            if (characters == MailCharacters::Ascii)
                return false;
            continue;
        }
        if (text[at] == '"')
            return false;
        if (text[at] == '\\' && ++at == text.size())
            return false;
        if (text[at] < ' ' || text[at] > '~')
            return false;
    }
    return true;
}

bool isLocalPart(std::string_view text, MailCharacters characters)
{
    if (text.size() > kLocalPartLengthMax)
        return false;
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        return isQuotedContent(text.substr(1, text.size() - 2), characters);
    return isDotString(text, characters);
}

bool isAddressLiteral(std::string_view text)
{
    constexpr std::string_view kIpv6Tag = "IPv6:";
    const auto sameLetter = [](char a, char b) {
        return a == b || (isLetter(a) && isLetter(b) && (a ^ b) == 0x20);
    };
    if (text.size() >= kIpv6Tag.size()
        && std::equal(kIpv6Tag.begin(), kIpv6Tag.end(), text.begin(), sameLetter))
        return isIpv6(text.substr(kIpv6Tag.size()));
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return isIpv4(text);
    const auto tag = text.substr(0, colon);
    const auto content = text.substr(colon + 1);
    return !tag.empty() && !content.empty() && tag.back() != '-'
           && std::all_of(
               tag.begin(), tag.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '-'; })
           && std::all_of(content.begin(), content.end(), [](char c) {
                  return c >= '!' && c <= '~' && !isOneOf(c, "[\\]");
              });
}

bool isMailbox(std::string_view text, MailCharacters characters)
{
    // A quoted local part may hold an @, a domain may not: the last one separates.
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || !isLocalPart(text.substr(0, at), characters))
        return false;
    const auto domain = text.substr(at + 1);
    if (domain.size() >= 2 && domain.front() == '[' && domain.back() == ']')
        return isAddressLiteral(domain.substr(1, domain.size() - 2));
    return characters == MailCharacters::Utf8 ? isIdnHostname(domain) : isHostname(domain);
}

} // namespace

bool isIpv4(std::string_view text)
{
    for (int part = 0; part < 3; ++part) {
        const auto dot = text.find('.');
        if (dot == std::string_view::npos || !isDecimalOctet(text.substr(0, dot)))
            return false;
        text.remove_prefix(dot + 1);
    }
    return isDecimalOctet(text);
}

bool isIpv6(std::string_view text)
{
    constexpr int kGroupCount = 8;
    const auto gap = text.find("::");
    if (gap == std::string_view::npos)
        return groupCount(text, true) == kGroupCount;
    // "::" stands for at least one group of zeros and occurs once; a third colon is an empty part.
    const auto before = groupCount(text.substr(0, gap), false);
    const auto after = groupCount(text.substr(gap + 2), true);
    return before && after && *before + *after < kGroupCount;
}

bool isLdhLabel(std::string_view label)
{
    return !label.empty() && label.size() <= kLabelLengthMax && label.front() != '-'
           && label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
                  return isLetter(c) || isDigit(c) || c == '-';
              });
}

bool isHostname(std::string_view text)
{
    if (text.size() > kHostnameLengthMax)
        return false;
    while (true) {
        const auto dot = text.find('.');
        const auto label = text.substr(0, dot);
        if (!isLdhLabel(label) || (hasAcePrefix(label) && !isALabel(label)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool isEmail(std::string_view text)
{
    return isMailbox(text, MailCharacters::Ascii);
}

bool isIdnEmail(std::string_view text)
{
    return codePoints(text) && isMailbox(text, MailCharacters::Utf8);
}

} // namespace countersign::data::detail
