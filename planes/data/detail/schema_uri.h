#pragma once

#include <optional>
#include <string>
#include <string_view>

/// URI references as JSON Schema needs them: splitting, resolving, and the grammar for the formats.
namespace countersign::data::detail {

/// The five parts of a URI reference (RFC 3986 appendix B). An absent part differs from an empty
/// one.
struct Uri
{
    std::optional<std::string> scheme;
    std::optional<std::string> authority;
    std::string path;
    std::optional<std::string> query;
    std::optional<std::string> fragment;
};

/// Splits any text; does not check the characters.
[[nodiscard]] Uri splitUri(std::string_view text);
/// Puts the parts together again (RFC 3986 section 5.3).
[[nodiscard]] std::string joinUri(const Uri& uri);
/// Resolves `reference` against `base` (RFC 3986 section 5.2.2). With a base that has no scheme the
/// result may stay relative.
[[nodiscard]] Uri resolveUri(const Uri& base, const Uri& reference);
/// Turns `%hh` into bytes. Absent for a broken triplet.
[[nodiscard]] std::optional<std::string> percentDecoded(std::string_view text);

enum class UriCharacters {
    Ascii,  ///< RFC 3986
    Unicode ///< RFC 3987
};
enum class UriForm {
    Absolute, ///< With a scheme.
    Reference ///< With or without.
};

/// Whether `text` follows the grammar of RFC 3986 or RFC 3987.
[[nodiscard]] bool isUri(std::string_view text, UriForm form, UriCharacters characters);

/// RFC 3987 `ucschar` and `iprivate`.
[[nodiscard]] bool isUriUnicodeCharacter(char32_t codePoint);
[[nodiscard]] bool isUriPrivateCharacter(char32_t codePoint);

} // namespace countersign::data::detail
