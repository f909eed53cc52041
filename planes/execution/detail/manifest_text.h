#pragma once

#include <string_view>

/// The forms of text in a manifest, each the pattern of the same name in
/// connector_manifest.schema.json. Written out because a regular expression here would have to be
/// compiled for each reading.
namespace countersign::execution::detail {

[[nodiscard]] bool isConnectorName(std::string_view text);
[[nodiscard]] bool isConnectorVersion(std::string_view text);
[[nodiscard]] bool isOperationName(std::string_view text);
[[nodiscard]] bool isErrorCode(std::string_view text);
[[nodiscard]] bool isSecretName(std::string_view text);
[[nodiscard]] bool isHeaderName(std::string_view text);
[[nodiscard]] bool isExtensionName(std::string_view text);
[[nodiscard]] bool isLabel(std::string_view text);
[[nodiscard]] bool isAddress(std::string_view text);
[[nodiscard]] bool isArgument(std::string_view text);
[[nodiscard]] bool isUrlPath(std::string_view text);
[[nodiscard]] bool isHttpMethod(std::string_view text);
[[nodiscard]] bool isAuthKind(std::string_view text);
[[nodiscard]] bool isTransportKind(std::string_view text);
/// One to three digits, the first not zero.
[[nodiscard]] bool isStatus(std::string_view text);
/// `^[A-Za-z0-9:._-]{16,240}$`: that of a plan's step with room for a suffix. Nothing in it can
/// break out of a header, a file name or an argument list.
[[nodiscard]] bool isIdempotencyKey(std::string_view text);

} // namespace countersign::execution::detail
