#pragma once

#include "app/core/core.h"
#include "planes/trust/secret.h"

namespace countersign::app {

/// Name of the one secret of the demo: what its connectors show to the demo's business systems.
inline constexpr std::string_view kDemoSecret = "demo-systems";

/// Makes the vault of a demo workspace and seals a fresh token in it; one that an earlier version
/// left in a plain file is taken in. The vault is under a key file inside the workspace, so that
/// nobody is asked: that protects nothing, as all of the demo. Nothing happens when it has one.
[[nodiscard]] Result<void> sealDemoSecret(Core& core, EntropySource& entropy);

/// The token. Errors: as openVault().
[[nodiscard]] Result<trust::SecretBytes> demoSecret(const WorkspaceFolder& folder);

} // namespace countersign::app
