#include "planes/control/secret_access.h"

namespace countersign::control {

Result<void> mayChangeSecret(const SecretWish& wish)
{
    if (!wish.holdsKey)
        return fail(
            ErrorCode::Unauthorized,
            "secrets are changed by whoever can unlock them",
            "secret.locked");
    return {};
}

} // namespace countersign::control
