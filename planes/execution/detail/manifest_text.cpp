#include "planes/execution/detail/manifest_text.h"

#include <algorithm>
#include <cstddef>

namespace countersign::execution::detail {

namespace {

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isOneOf(char c, std::string_view others)
{
    return others.find(c) != std::string_view::npos;
}

/// A lower-case letter, then one to 63 lower-case letters, digits or `others`.
bool isShortName(std::string_view text, std::string_view others)
{
    return text.size() >= 2 && text.size() <= 64 && isLower(text.front())
           && std::all_of(text.begin(), text.end(), [others](char c) {
                  return isLower(c) || isDigit(c) || isOneOf(c, others);
              });
}

/// Calls `check` with each part between separators; true when all parts pass.
template <class Check>
bool allParts(std::string_view text, char separator, Check check)
{
    while (true) {
        const std::size_t end = text.find(separator);
        if (!check(text.substr(0, end)))
            return false;
        if (end == std::string_view::npos)
            return true;
        text.remove_prefix(end + 1);
    }
}

std::size_t codePointCount(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

} // namespace

bool isConnectorName(std::string_view text)
{
    return isShortName(text, "_-");
}

bool isConnectorVersion(std::string_view text)
{
    const auto parts = std::count(text.begin(), text.end(), '.') + 1;
    return (parts == 2 || parts == 3) && allParts(text, '.', [](std::string_view part) {
               return !part.empty() && std::all_of(part.begin(), part.end(), isDigit);
           });
}

bool isOperationName(std::string_view text)
{
    return allParts(text, '.', [](std::string_view part) {
        return !part.empty() && isLower(part.front())
               && std::all_of(part.begin(), part.end(), [](char c) {
                      return isLower(c) || isDigit(c) || c == '_';
                  });
    });
}

bool isErrorCode(std::string_view text)
{
    return isShortName(text, "_");
}

bool isSecretName(std::string_view text)
{
    return isShortName(text, "._-");
}

bool isHeaderName(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && (isLower(text.front()) || isUpper(text.front()))
           && std::all_of(text.begin(), text.end(), [](char c) {
                  return isLower(c) || isUpper(c) || isDigit(c) || c == '-';
              });
}

bool isExtensionName(std::string_view text)
{
    bool isFirst = true;
    const bool allGood = allParts(text, '.', [&isFirst](std::string_view part) {
        const std::string_view others = isFirst ? "-" : "_-";
        isFirst = false;
        return !part.empty() && std::all_of(part.begin(), part.end(), [others](char c) {
            return isLower(c) || isDigit(c) || isOneOf(c, others);
        });
    });
    return allGood && text.find('.') != std::string_view::npos;
}

bool isLabel(std::string_view text)
{
    return codePointCount(text) <= 200 && std::any_of(text.begin(), text.end(), [](char c) {
               return !isOneOf(c, " \t\r\n\v\f");
           });
}

bool isAddress(std::string_view text)
{
    return !text.empty() && codePointCount(text) <= 2000
           && std::none_of(text.begin(), text.end(), [](char c) {
                  const auto byte = static_cast<unsigned char>(c);
                  return byte <= 0x20 || byte == 0x7F;
              });
}

bool isArgument(std::string_view text)
{
    return codePointCount(text) <= 2000 && text.find('\0') == std::string_view::npos;
}

bool isUrlPath(std::string_view text)
{
    if (!text.starts_with('/') || text.size() > 500)
        return false;
    // A part never begins with a dot, so there is no way up.
    return allParts(text.substr(1), '/', [](std::string_view part) {
        return !part.empty() && part.front() != '.'
               && std::all_of(part.begin(), part.end(), [](char c) {
                      return isLower(c) || isUpper(c) || isDigit(c) || isOneOf(c, "._~-");
                  });
    });
}

bool isHttpMethod(std::string_view text)
{
    return text == "POST" || text == "PUT" || text == "PATCH" || text == "DELETE";
}

bool isAuthKind(std::string_view text)
{
    return text == "none" || text == "bearer" || text == "header";
}

bool isTransportKind(std::string_view text)
{
    return text == "http" || text == "file_drop" || text == "process";
}

bool isStatus(std::string_view text)
{
    return !text.empty() && text.size() <= 3 && text.front() != '0'
           && std::all_of(text.begin(), text.end(), isDigit);
}

bool isIdempotencyKey(std::string_view text)
{
    return text.size() >= 16 && text.size() <= 240
           && std::all_of(text.begin(), text.end(), [](char c) {
                  return isLower(c) || isUpper(c) || isDigit(c) || isOneOf(c, ":._-");
              });
}

} // namespace countersign::execution::detail
