#pragma once

#include "planes/control/request.h"
#include "planes/execution/connector_catalog.h"

#include <vector>

/// What a signature over a plan says about the connectors it uses: exactly this manifest, at
/// exactly this address.
namespace countersign::execution {

/// Over the manifest's digest and its address with the variables replaced, so that neither another
/// contract nor another address can take its place after signing.
[[nodiscard]] control::ConnectorPin connectorPin(const ConnectorManifest& manifest);

/// What the catalogue knows about every operation that a plan document calls, forward or back, for
/// the request. Calls that no manifest offers are left out: the request is then refused with their
/// pointer.
[[nodiscard]] std::vector<control::OperationFacts>
operationFacts(const ConnectorCatalog& catalog, const Json& plan);

} // namespace countersign::execution
