#include "planes/data/detail/schema_format.h"
#include "planes/data/detail/schema_text.h"
#include "planes/data/detail/schema_uri.h"

#include <algorithm>
#include <array>

namespace countersign::data::detail {

namespace {

constexpr std::string_view kUnreservedMarks = "-._~";
constexpr std::string_view kSubDelimiters = "!$&'()*+,;=";

struct Range
{
    char32_t first;
    char32_t last;
};

constexpr std::array<Range, 17> kUnicodeRanges{
    {{0xA0, 0xD7FF},
     {0xF900, 0xFDCF},
     {0xFDF0, 0xFFEF},
     {0x10000, 0x1FFFD},
     {0x20000, 0x2FFFD},
     {0x30000, 0x3FFFD},
     {0x40000, 0x4FFFD},
     {0x50000, 0x5FFFD},
     {0x60000, 0x6FFFD},
     {0x70000, 0x7FFFD},
     {0x80000, 0x8FFFD},
     {0x90000, 0x9FFFD},
     {0xA0000, 0xAFFFD},
     {0xB0000, 0xBFFFD},
     {0xC0000, 0xCFFFD},
     {0xD0000, 0xDFFFD},
     {0xE1000, 0xEFFFD}}};
constexpr std::array<Range, 3> kPrivateRanges{
    {{0xE000, 0xF8FF}, {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD}}};

/// What a part may hold beside letters, digits, unreserved marks, sub-delimiters and triplets.
struct PartRule
{
    std::string_view extra;
    UriCharacters characters = UriCharacters::Ascii;
    bool allowsPrivate = false;
};

bool isTriplet(std::string_view text, std::size_t at)
{
    return text.size() - at >= 3 && isHexDigit(text[at + 1]) && isHexDigit(text[at + 2]);
}

bool allAllowed(std::string_view part, const PartRule& rule)
{
    std::string unicode;
    for (std::size_t at = 0; at < part.size(); ++at) {
        const char c = part[at];
        if (!isAscii(c)) {
            unicode.push_back(c);
        } else if (c == '%') {
            if (!isTriplet(part, at))
                return false;
            at += 2;
        } else if (
            !isLetter(c) && !isDigit(c) && !isOneOf(c, kUnreservedMarks)
            && !isOneOf(c, kSubDelimiters) && !isOneOf(c, rule.extra)) {
            return false;
        }
    }
    if (unicode.empty())
        return true;
    const auto points = codePoints(unicode);
    return rule.characters == UriCharacters::Unicode && points
           && std::all_of(points->begin(), points->end(), [&rule](char32_t point) {
                  return isUriUnicodeCharacter(point)
                         || (rule.allowsPrivate && isUriPrivateCharacter(point));
              });
}

bool isScheme(std::string_view text)
{
    return !text.empty() && isLetter(text.front())
           && std::all_of(text.begin(), text.end(), [](char c) {
                  return isLetter(c) || isDigit(c) || isOneOf(c, "+-.");
              });
}

/// `[IPv6]` or `[vH.future]`, the brackets already gone.
bool isIpLiteral(std::string_view text)
{
    if (text.empty() || (text.front() != 'v' && text.front() != 'V'))
        return isIpv6(text);
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || dot < 2 || dot + 1 == text.size())
        return false;
    const auto version = text.substr(1, dot - 1);
    const auto address = text.substr(dot + 1);
    return std::all_of(version.begin(), version.end(), isHexDigit)
           && address.find('%') == std::string_view::npos && allAllowed(address, {.extra = ":"});
}

bool isAuthority(std::string_view text, UriCharacters characters)
{
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        if (!allAllowed(text.substr(0, at), {.extra = ":", .characters = characters}))
            return false;
        text.remove_prefix(at + 1);
    }
    std::string_view port;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !isIpLiteral(text.substr(1, end - 1)))
            return false;
        port = text.substr(end + 1);
        if (!port.empty() && port.front() != ':')
            return false;
    } else {
        const auto colon = text.find(':');
        if (!allAllowed(text.substr(0, colon), {.extra = {}, .characters = characters}))
            return false;
        port = colon == std::string_view::npos ? port : text.substr(colon);
    }
    return port.empty() || std::all_of(port.begin() + 1, port.end(), isDigit);
}

template <std::size_t Count>
bool isWithin(const std::array<Range, Count>& ranges, char32_t point)
{
    return std::any_of(ranges.begin(), ranges.end(), [point](const Range& range) {
        return point >= range.first && point <= range.last;
    });
}

} // namespace

bool isUriUnicodeCharacter(char32_t codePoint)
{
    return isWithin(kUnicodeRanges, codePoint);
}

bool isUriPrivateCharacter(char32_t codePoint)
{
    return isWithin(kPrivateRanges, codePoint);
}

bool isUri(std::string_view text, UriForm form, UriCharacters characters)
{
    const Uri uri = splitUri(text);
    // A text before a colon is either a scheme or a first segment that may hold no colon.
    if (uri.scheme ? !isScheme(*uri.scheme) : form == UriForm::Absolute)
        return false;
    if (!uri.scheme && uri.path.starts_with(':'))
        return false;
    if (uri.authority && !isAuthority(*uri.authority, characters))
        return false;
    if (!allAllowed(uri.path, {.extra = ":@/", .characters = characters}))
        return false;
    const PartRule queryRule{.extra = ":@/?", .characters = characters, .allowsPrivate = true};
    const PartRule fragmentRule{.extra = ":@/?", .characters = characters};
    return (!uri.query || allAllowed(*uri.query, queryRule))
           && (!uri.fragment || allAllowed(*uri.fragment, fragmentRule));
}

} // namespace countersign::data::detail
