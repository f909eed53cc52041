#pragma once

#include "models/result.h"
#include "planes/execution/connector_manifest.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The connectors that a workspace knows, each with its contracts ready to check: for the gateway
/// before and after a call, and for whoever reads a plan before it is signed.
namespace countersign::execution {

/// Name and exact version of a connector and one of its operations.
struct OperationName
{
    std::string_view connector;
    std::string_view version;
    std::string_view operation;
};

/// Unchanging once built; any thread.
class ConnectorCatalog
{
public:
    /// Replaces the variables and compiles the contracts. Errors: those of withVariables();
    /// InvalidInput for a contract that is not a JSON Schema; Conflict for two manifests of one
    /// name and version, rule `manifest.unique`. `file` of the error is `<name> <version>`.
    [[nodiscard]] static Result<std::shared_ptr<const ConnectorCatalog>> build(
        const std::vector<ConnectorManifest>& manifests,
        const std::map<std::string, std::string>& variables);

    virtual ~ConnectorCatalog() = default;

    /// The manifest with its variables replaced, or nullptr.
    [[nodiscard]] virtual const ConnectorManifest*
    find(std::string_view connector, std::string_view version) const = 0;
    /// All of them, by name, then version as text.
    [[nodiscard]] virtual std::vector<const ConnectorManifest*> all() const = 0;

    /// The operation. Errors: NotFound, rule `connector.unknown` or `connector.operation`.
    [[nodiscard]] Result<const ConnectorOperation*> operation(const OperationName& name) const;

    /// Errors: as operation(); InvalidInput with the pointer into the payload (or answer) and the
    /// keyword of the contract that fails there.
    [[nodiscard]] virtual Result<void>
    checkPayload(const OperationName& name, const Json& payload) const = 0;
    [[nodiscard]] virtual Result<void>
    checkAnswer(const OperationName& name, const Json& answer) const = 0;
};

/// Reads every `*.json` in a folder as a manifest, in the order of their names. Errors: NotFound
/// (no such folder), StorageFailed, InvalidInput and LimitExceeded; each with the file's name.
[[nodiscard]] Result<std::vector<ConnectorManifest>> readManifestFolder(const std::string& folder);

} // namespace countersign::execution
