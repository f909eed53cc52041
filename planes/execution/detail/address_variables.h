#pragma once

#include "models/result.h"

#include <map>
#include <string>

namespace countersign::execution::detail {

/// Replaces each `${NAME}`, once: a value that looks like a variable stays as it is. Errors:
/// InvalidInput, rule `manifest.variable`, with `pointer`.
[[nodiscard]] Result<std::string> replaceVariables(
    const std::string& text,
    const std::map<std::string, std::string>& variables,
    const std::string& pointer);

/// Checks an address whose variables are replaced and cuts trailing slashes. `carriesSecret` asks
/// for https unless the host is this machine. Errors: InvalidInput, rules `manifest.base_url`,
/// `manifest.insecure_secret`.
[[nodiscard]] Result<std::string> checkedBaseUrl(const std::string& url, bool carriesSecret);

/// True when the URL's host is this machine itself.
[[nodiscard]] bool isLoopbackUrl(const std::string& url);

/// Refuses a path that is not absolute or has a `..` in it. Errors: InvalidInput, rule
/// `manifest.absolute_path`.
[[nodiscard]] Result<void> checkAbsolutePath(const std::string& path, const std::string& pointer);

} // namespace countersign::execution::detail
