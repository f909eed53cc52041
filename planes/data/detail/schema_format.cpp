#include "planes/data/detail/schema_format.h"

#include "planes/data/detail/schema_regex.h"
#include "planes/data/detail/schema_text.h"
#include "planes/data/detail/schema_uri.h"

#include <algorithm>
#include <array>

namespace countersign::data::detail {

namespace {

struct NamedFormat
{
    std::string_view name;
    FormatCheck check;
};

bool isAbsoluteUri(std::string_view text)
{
    return isUri(text, UriForm::Absolute, UriCharacters::Ascii);
}

bool isUriReference(std::string_view text)
{
    return isUri(text, UriForm::Reference, UriCharacters::Ascii);
}

bool isIri(std::string_view text)
{
    return isUri(text, UriForm::Absolute, UriCharacters::Unicode);
}

bool isIriReference(std::string_view text)
{
    return isUri(text, UriForm::Reference, UriCharacters::Unicode);
}

constexpr std::array<NamedFormat, 19> kFormats{
    {{"date", isDate},
     {"date-time", isDateTime},
     {"duration", isDuration},
     {"email", isEmail},
     {"hostname", isHostname},
     {"idn-email", isIdnEmail},
     {"idn-hostname", isIdnHostname},
     {"ipv4", isIpv4},
     {"ipv6", isIpv6},
     {"iri", isIri},
     {"iri-reference", isIriReference},
     {"json-pointer", isJsonPointer},
     {"regex", isRegex},
     {"relative-json-pointer", isRelativeJsonPointer},
     {"time", isTime},
     {"uri", isAbsoluteUri},
     {"uri-reference", isUriReference},
     {"uri-template", isUriTemplate},
     {"uuid", isUuid}}};

/// `0`, or digits without a leading zero. Removes them.
bool takeWholeNumber(std::string_view& text)
{
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    if (end == 0 || (end > 1 && text.front() == '0'))
        return false;
    text.remove_prefix(end);
    return true;
}

bool isTemplateLiteral(char32_t point)
{
    if (point >= 0x80)
        return isUriUnicodeCharacter(point) || isUriPrivateCharacter(point);
    return point > U' ' && point != 0x7F
           && std::string_view("\"%<>\\^`{|}").find(static_cast<char>(point))
                  == std::string_view::npos;
}

bool isTripletAt(const std::u32string& text, std::size_t at)
{
    const auto isHex = [&text](std::size_t index) {
        return index < text.size() && text[index] < 0x80
               && isHexDigit(static_cast<char>(text[index]));
    };
    return text[at] == U'%' && isHex(at + 1) && isHex(at + 2);
}

/// Letters, digits, underscores and triplets, with single dots between them.
bool isVariableName(std::string_view name)
{
    bool mayEnd = false;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const char c = name[at];
        if (c == '.' && mayEnd) {
            mayEnd = false;
        } else if (
            c == '%' && name.size() - at >= 3 && isHexDigit(name[at + 1])
            && isHexDigit(name[at + 2])) {
            at += 2;
            mayEnd = true;
        } else if (isLetter(c) || isDigit(c) || c == '_') {
            mayEnd = true;
        } else {
            return false;
        }
    }
    return mayEnd;
}

/// A variable with `*` or `:length` behind it, the length 1 to 9999.
bool isVariableSpecification(std::string_view text)
{
    if (text.ends_with('*')) {
        text.remove_suffix(1);
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        const auto length = text.substr(colon + 1);
        if (length.empty() || length.size() > 4 || length.front() == '0'
            || !std::all_of(length.begin(), length.end(), isDigit))
            return false;
        text = text.substr(0, colon);
    }
    return isVariableName(text);
}

/// What stands between braces.
bool isTemplateExpression(std::string_view text)
{
    if (!text.empty() && isOneOf(text.front(), "+#./;?&=,!@|"))
        text.remove_prefix(1);
    while (true) {
        const auto comma = text.find(',');
        if (!isVariableSpecification(text.substr(0, comma)))
            return false;
        if (comma == std::string_view::npos)
            return true;
        text.remove_prefix(comma + 1);
    }
}

} // namespace

FormatCheck findFormat(std::string_view name)
{
    const auto found = std::find_if(kFormats.begin(), kFormats.end(), [name](const auto& format) {
        return format.name == name;
    });
    return found == kFormats.end() ? nullptr : found->check;
}

bool isUuid(std::string_view text)
{
    constexpr std::size_t kLength = 36;
    if (text.size() != kLength)
        return false;
    for (std::size_t at = 0; at < kLength; ++at) {
        const bool hyphen = at == 8 || at == 13 || at == 18 || at == 23;
        if (hyphen ? text[at] != '-' : !isHexDigit(text[at]))
            return false;
    }
    return true;
}

bool isJsonPointer(std::string_view text)
{
    if (text.empty())
        return true;
    if (text.front() != '/')
        return false;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text[at] == '~' && (at + 1 == text.size() || !isOneOf(text[at + 1], "01")))
            return false;
    return true;
}

bool isRelativeJsonPointer(std::string_view text)
{
    if (!takeWholeNumber(text))
        return false;
    if (!text.empty() && isOneOf(text.front(), "+-")) {
        text.remove_prefix(1);
        if (!takeWholeNumber(text))
            return false;
    }
    return text == "#" || isJsonPointer(text);
}

bool isUriTemplate(std::string_view text)
{
    const auto points = codePoints(text);
    if (!points)
        return false;
    for (std::size_t at = 0; at < points->size(); ++at) {
        if ((*points)[at] == U'{') {
            const auto end = points->find(U'}', at);
            if (end == std::u32string::npos)
                return false;
            const std::u32string inside = points->substr(at + 1, end - at - 1);
            if (!std::all_of(inside.begin(), inside.end(), [](char32_t c) { return c < 0x80; })
                || !isTemplateExpression(std::string(inside.begin(), inside.end())))
                return false;
            at = end;
        } else if (isTripletAt(*points, at)) {
            at += 2;
        } else if (!isTemplateLiteral((*points)[at])) {
            return false;
        }
    }
    return true;
}

bool isRegex(std::string_view text)
{
    return translateRegex(text).ok();
}

} // namespace countersign::data::detail
