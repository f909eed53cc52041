#pragma once

#include <string_view>

/// The formats of JSON Schema validation draft 2020-12, section 7.3. Each function says whether the
/// text follows the specification named there. Pure; any thread.
namespace countersign::data::detail {

using FormatCheck = bool (*)(std::string_view text);

/// nullptr for a name the draft does not define: such a format asserts nothing.
[[nodiscard]] FormatCheck findFormat(std::string_view name);

// RFC 3339, section 5.6 and appendix A.
[[nodiscard]] bool isDate(std::string_view text);
[[nodiscard]] bool isTime(std::string_view text);
[[nodiscard]] bool isDateTime(std::string_view text);
[[nodiscard]] bool isDuration(std::string_view text);

[[nodiscard]] bool isIpv4(std::string_view text);        ///< RFC 2673, section 3.2
[[nodiscard]] bool isIpv6(std::string_view text);        ///< RFC 4291, section 2.2
[[nodiscard]] bool isHostname(std::string_view text);    ///< RFC 1123, section 2.1, and A-labels
[[nodiscard]] bool isEmail(std::string_view text);       ///< RFC 5321, section 4.1.2
[[nodiscard]] bool isIdnEmail(std::string_view text);    ///< RFC 6531
[[nodiscard]] bool isIdnHostname(std::string_view text); ///< RFC 5890 to 5893

[[nodiscard]] bool isUuid(std::string_view text);        ///< RFC 4122, section 3
[[nodiscard]] bool isUriTemplate(std::string_view text); ///< RFC 6570
[[nodiscard]] bool isJsonPointer(std::string_view text); ///< RFC 6901, section 5
/// draft-bhutton-relative-json-pointer-00
[[nodiscard]] bool isRelativeJsonPointer(std::string_view text);
[[nodiscard]] bool isRegex(std::string_view text); ///< ECMA-262, Unicode mode

} // namespace countersign::data::detail
