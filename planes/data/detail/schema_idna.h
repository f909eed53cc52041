#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Internationalized host names: Punycode (RFC 3492) and the label rules of IDNA2008 (RFC 5890 to
/// 5893).
namespace countersign::data::detail {

/// Letters, digits and inner hyphens, 1 to 63 octets.
[[nodiscard]] bool isLdhLabel(std::string_view label);
/// Starts with `xn--`, in any case.
[[nodiscard]] bool hasAcePrefix(std::string_view label);
/// An LDH label with the prefix that stands for a valid U-label and is its canonical encoding.
[[nodiscard]] bool isALabel(std::string_view label);

/// Whether every code point is allowed, in its context (RFC 5891 section 4.2, RFC 5892). Does not
/// apply the Bidi rule, which needs the whole name.
[[nodiscard]] bool isULabel(const std::u32string& label);
/// Holds a character of a right-to-left script.
[[nodiscard]] bool isRightToLeft(const std::u32string& label);
/// RFC 5893 section 2.
[[nodiscard]] bool followsBidiRule(const std::u32string& label);

/// Without the prefix `xn--`. Absent for what is not Punycode.
[[nodiscard]] std::optional<std::u32string> punycodeDecoded(std::string_view text);
[[nodiscard]] std::string punycodeEncoded(const std::u32string& label);

} // namespace countersign::data::detail
