#pragma once

#include "app/core/workspace_folder.h"
#include "models/ids.h"
#include "planes/trust/keys.h"

#include <memory>
#include <string>
#include <vector>

namespace countersign::app {

/// What a new workspace starts from.
struct NewWorkspace
{
    std::string name;
    Json roster; ///< Its tenant is the workspace's.
    Json policy;
    std::map<std::string, std::string> variables = {};
};

/// Makes the folder, the log's key and the genesis that every founder signs. `founderKeys` hold a
/// key of each founder of the roster. The folder must be new or empty; after a failure it holds
/// nothing but what made it fail visible. Errors: Conflict, Unauthorized (rule `genesis.founder`),
/// InvalidInput, StorageFailed.
[[nodiscard]] Result<void> createWorkspace(
    const WorkspaceFolder& folder,
    const NewWorkspace& input,
    const std::vector<const trust::PrivateKey*>& founderKeys,
    const Clock& clock,
    EntropySource& entropy);

/// Name of a workspace's log: an address without a scheme, from the tenant and a random part, so
/// that two workspaces of one tenant never share it.
[[nodiscard]] std::string logOrigin(const std::string& tenantId, EntropySource& entropy);

} // namespace countersign::app
