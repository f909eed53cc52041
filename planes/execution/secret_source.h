#pragma once

#include "models/result.h"
#include "planes/trust/secret.h"

#include <string>
#include <string_view>

namespace countersign::execution {

/// Rule of the refusal that passes once somebody unlocks the secrets.
inline constexpr std::string_view kSecretsLockedRule = "secret.locked";

/// Where connectors get their secrets from. Asked anew for each call, so that a changed secret
/// holds at once and none stays in memory longer than its call.
class SecretSource
{
public:
    virtual ~SecretSource() = default;

    /// The value of the secret with that name. Thread: any, several at once. Errors: NotFound,
    /// Unauthorized, Unavailable; their text must not hold the value.
    [[nodiscard]] virtual Result<trust::SecretBytes> secret(const std::string& name) = 0;

    /// Whether secret() would give one now; opens nothing. Thread: any. Errors: as secret().
    [[nodiscard]] virtual Result<void> ready(const std::string& name) = 0;
};

} // namespace countersign::execution
