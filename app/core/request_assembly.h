#pragma once

#include "planes/control/authority.h"
#include "planes/control/request.h"
#include "planes/decision/documents.h"
#include "planes/execution/connector_catalog.h"

#include <optional>
#include <string>

/// Gathers what a request is made from: the documents in store and what the installed connectors
/// say.
namespace countersign::app {

/// A plan that takes the stored one's place in the packet.
struct AmendedPlan
{
    Json content;
    std::string amendedBy;
};

/// The input for the decision's next request, or nothing when no approval_request document has been
/// handed in yet. The packet is what the document names, each in its newest revision. Errors:
/// NotFound, Corrupt.
[[nodiscard]] Result<std::optional<control::RequestInput>> assembleRequest(
    data::SqlSession& session,
    const execution::ConnectorCatalog& catalog,
    const control::DecisionAuthority& earlier,
    const std::string& decisionId,
    Instant now,
    const std::optional<AmendedPlan>& amended = std::nullopt);

} // namespace countersign::app
