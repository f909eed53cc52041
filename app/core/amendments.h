#pragma once

#include "app/core/core.h"

namespace countersign::app {

/// What an amendment is checked and made with. Thread: that of the session.
struct AmendmentContext
{
    data::SqlSession& session;
    const control::Foundation& foundation;
    const execution::ConnectorCatalog& catalog;
};

struct Amendment
{
    control::ApprovalRequest request;
    Json plan; ///< Sealed.
};

/// Seals a person's edit of the plan and builds the request that all will have to sign instead.
/// Changes nothing. The decision has a request. Errors: those of sealAmendedPlan and buildRequest;
/// Refused (rule `request.closed`) and Expired (`request.expired`) for a request that cannot be
/// answered any more; InvalidInput where a connector would not take a payload.
[[nodiscard]] Result<Amendment> prepareAmendment(
    const AmendmentContext& context,
    const AnswerWish& wish,
    const control::Person& person,
    const control::DecisionAuthority& authority,
    Instant now);

/// Stores a prepared plan and opens the request over it, exactly as it was prepared and signed.
/// Errors: Expired (rule `amendment.age`), Conflict (`answer.request`: something changed
/// meanwhile), Refused and Expired as above, what is wrong with the plan.
[[nodiscard]] Result<control::RequestRecord> openAmendment(
    control::CommandContext& context,
    const execution::ConnectorCatalog& catalog,
    const data::SchemaSet& schemas,
    const control::DecisionAuthority& authority,
    const std::string& decisionId,
    const PreparedAnswer& prepared);

} // namespace countersign::app
