#pragma once

#include "models/ids.h"
#include "planes/execution/connector.h"
#include "planes/execution/connector_catalog.h"
#include "planes/execution/secret_source.h"

#include <memory>

/// The gateway of the product: calls go over HTTP(S), into a folder or to a program, as the
/// manifest of their connector says.
namespace countersign::execution {

struct GatewayOptions
{
    std::shared_ptr<const ConnectorCatalog> catalog;
    std::shared_ptr<SecretSource> secrets;
    std::shared_ptr<const Clock> clock;
    /// Calls under way at once, of all connectors together.
    int threadCount = 8;
};

/// Each call is checked against its contract before it leaves (otherwise Blocked,
/// `contract_violation`) and its answer after (otherwise uncertain, `contract_violation`). Also
/// Blocked: `unknown_connector`, `unknown_operation`, `secret_unavailable`.
///
/// Calls of one connector start in the order they came, at most its `limits.concurrency` at once;
/// connectors take turns, so a slow one holds back only itself as long as threads are left. The
/// shorter of the call's and the operation's time limit holds, from the moment the call leaves the
/// queue. The queue has no limit of its own: the engine bounds what it starts.
///
/// `done` runs in a worker thread and must not block for long. Destruction waits for the callbacks:
/// calls under way are broken off (`interrupted`, uncertain when something had left), waiting ones
/// end in the destroying thread (`interrupted`, surely not sent). No secret is in any outcome, not
/// even when the other side repeats it.
[[nodiscard]] std::unique_ptr<ConnectorGateway> makeManifestGateway(GatewayOptions options);

} // namespace countersign::execution
