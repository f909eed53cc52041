#include "app/core/request_assembly.h"

#include "planes/execution/connector_pin.h"

#include <algorithm>

namespace countersign::app {

namespace {

const decision::StoredDocument*
findRecord(const std::vector<decision::StoredDocument>& documents, const std::string& recordId)
{
    const auto found = std::find_if(documents.begin(), documents.end(), [&](const auto& document) {
        return document.recordId == recordId;
    });
    return found == documents.end() ? nullptr : &*found;
}

const decision::StoredDocument*
findSchema(const std::vector<decision::StoredDocument>& documents, const std::string& schema)
{
    const auto found = std::find_if(documents.begin(), documents.end(), [&](const auto& document) {
        return document.schema == schema;
    });
    return found == documents.end() ? nullptr : &*found;
}

control::PacketItem itemOf(const decision::StoredDocument& document)
{
    return {document.schema, document.recordId, document.revision, document.sha256};
}

} // namespace

Result<std::optional<control::RequestInput>> assembleRequest(
    data::SqlSession& session,
    const execution::ConnectorCatalog& catalog,
    const control::DecisionAuthority& earlier,
    const std::string& decisionId,
    Instant now,
    const std::optional<AmendedPlan>& amended)
{
    CS_TRY(const auto documents, decision::latestDocuments(session, decisionId));
    const decision::StoredDocument* claim = findSchema(documents, "approval_request");
    if (claim == nullptr)
        return std::optional<control::RequestInput>();
    CS_TRY(Json claimContent, decision::documentContent(session, *claim));
    std::optional<control::RequestInput> input;
    std::vector<control::PacketItem> packet;
    std::optional<control::PacketItem> planItem;
    Json memo = Json::object();
    Json plan = Json::object();
    Json evidencePack;
    for (const Json& reference : claimContent["packet"]) {
        const std::string recordId = textMember(reference, "record_id");
        const decision::StoredDocument* document = findRecord(documents, recordId);
        if (document == nullptr)
            return fail(
                ErrorCode::NotFound,
                "the packet names " + recordId + ", which is not in store",
                "reference.unresolved");
        control::PacketItem item = itemOf(*document);
        if (document->schema == "execution_plan") {
            if (amended) {
                plan = amended->content;
                CS_TRY(item.sha256, canonicalDigest(plan));
                item.revision = plan["header"].value("revision", 0);
            } else {
                CS_TRY(plan, decision::documentContent(session, *document));
            }
            planItem = item;
        } else if (document->schema == "memo") {
            CS_TRY(memo, decision::documentContent(session, *document));
        } else if (document->schema == "evidence_pack") {
            CS_TRY(evidencePack, decision::documentContent(session, *document));
        }
        packet.push_back(std::move(item));
    }
    if (!planItem)
        return fail(
            ErrorCode::Refused,
            "the packet has no plan: a yes would set nothing in motion",
            "request.no_plan",
            "/packet");
    int revision = 1;
    // A plan that a person amended stays the plan of later revisions: its author is still not the
    // proposer.
    std::optional<std::string> amendedBy;
    if (const control::RequestRecord* latest = earlier.latest(); latest != nullptr) {
        revision = latest->request.revision + 1;
        if (latest->request.plan == *planItem)
            amendedBy = latest->request.amendedBy;
    }
    if (amended)
        amendedBy = amended->amendedBy;
    std::vector<control::OperationFacts> operations = execution::operationFacts(catalog, plan);
    return std::optional<control::RequestInput>(control::RequestInput{
        claim->recordId,
        revision,
        std::move(claimContent),
        std::move(memo),
        std::move(plan),
        std::move(evidencePack),
        std::move(packet),
        *planItem,
        std::move(operations),
        std::move(amendedBy),
        now});
}

} // namespace countersign::app
