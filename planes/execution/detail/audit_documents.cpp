#include "planes/execution/detail/decision_evidence.h"

#include <algorithm>

namespace countersign::execution::detail {

namespace {

Result<Digest> digestMember(const Json& object, const char* member, const trust::LedgerEvent& event)
{
    const auto digest = Digest::parse(textMember(object, member));
    if (!digest.ok())
        return brokenAt(event.index, "its list of documents is not well formed", "audit.delivery");
    return *digest;
}

Result<AcceptedDocument> readAccepted(const Json& listed, const trust::LedgerEvent& event)
{
    CS_TRY(const Digest sha256, digestMember(listed, "sha256", event));
    CS_TRY(const Digest blob, digestMember(listed, "blob", event));
    const Json* revision = valueAt(listed, "/revision");
    if (revision == nullptr || !revision->is_number_integer())
        return brokenAt(event.index, "its list of documents is not well formed", "audit.delivery");
    return AcceptedDocument{
        textMember(listed, "schema"),
        textMember(listed, "record_id"),
        revision->get<std::int64_t>(),
        sha256,
        blob,
        event.index};
}

Result<void>
checkSource(trust::LedgerReader& ledger, const Json& listed, const trust::LedgerEvent& event)
{
    CS_TRY(const Digest sha256, digestMember(listed, "sha256", event));
    CS_TRY(const std::string bytes, ledger.document(sha256));
    const Json* size = valueAt(listed, "/size");
    if (size == nullptr || !size->is_number_unsigned() || size->get<std::size_t>() != bytes.size())
        return brokenAt(
            event.index,
            "the source " + textMember(listed, "path") + " has another size",
            "audit.source");
    return {};
}

/// Deliveries of other decisions, such as shared metric definitions, are looked at only where a
/// packet names something that was not delivered with its own decision.
Result<void> takeInForeign(DecisionEvidence& evidence, const control::PacketItem& item)
{
    return evidence.ledger.forEachOfType(
        std::string(kDocumentsAccepted), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            for (const Json& listed : event.body.value("documents", Json::array())) {
                if (textMember(listed, "sha256") != item.sha256.hex())
                    continue;
                CS_TRY(AcceptedDocument document, readAccepted(listed, event));
                CS_CHECK(documentContent(evidence.ledger, document));
                evidence.documents.push_back(std::move(document));
                return false;
            }
            return true;
        });
}

Result<void>
checkItem(DecisionEvidence& evidence, const control::PacketItem& item, std::uint64_t requestIndex)
{
    // A change of the charter is no document that was handed in; its request names it by digest.
    if (item.schema == control::kChangeSchema) {
        CS_CHECK(evidence.ledger.document(item.sha256));
        return {};
    }
    if (findDocument(evidence.documents, item, requestIndex) == nullptr)
        CS_CHECK(takeInForeign(evidence, item));
    if (findDocument(evidence.documents, item, requestIndex) == nullptr)
        return brokenAt(
            requestIndex,
            "the request names the document " + item.recordId + " revision "
                + std::to_string(item.revision) + ", which was not accepted before it",
            "audit.document_absent");
    return {};
}

} // namespace

Failure brokenAt(std::uint64_t index, const std::string& what, std::string rule)
{
    return fail(
        ErrorCode::Corrupt, "ledger entry " + std::to_string(index) + ": " + what, std::move(rule));
}

const AcceptedDocument* findDocument(
    const std::vector<AcceptedDocument>& documents,
    const control::PacketItem& item,
    std::uint64_t before)
{
    const auto found =
        std::find_if(documents.begin(), documents.end(), [&](const AcceptedDocument& document) {
            return document.sha256 == item.sha256 && document.schema == item.schema
                   && document.recordId == item.recordId && document.revision == item.revision
                   && document.index < before;
        });
    return found == documents.end() ? nullptr : &*found;
}

Result<Json> documentContent(trust::LedgerReader& ledger, const AcceptedDocument& document)
{
    CS_TRY(const std::string bytes, ledger.document(document.blob));
    CS_TRY(Json content, parseJson(bytes));
    CS_TRY(const Digest digest, canonicalDigest(content));
    const Json* found = valueAt(content, "/header");
    const Json header = found == nullptr ? Json() : *found;
    const Json* revision = valueAt(header, "/revision");
    if (digest != document.sha256 || textMember(header, "schema") != document.schema
        || textMember(header, "record_id") != document.recordId || revision == nullptr
        || *revision != document.revision)
        return brokenAt(
            document.index,
            "the stored document " + document.recordId + " is not the one that was accepted",
            "audit.document");
    return content;
}

Result<void> takeInDelivery(
    trust::LedgerReader& ledger,
    const trust::LedgerEvent& event,
    std::vector<AcceptedDocument>& documents)
{
    for (const Json& listed : event.body.value("documents", Json::array())) {
        CS_TRY(AcceptedDocument document, readAccepted(listed, event));
        CS_CHECK(documentContent(ledger, document));
        documents.push_back(std::move(document));
    }
    for (const Json& listed : event.body.value("sources", Json::array()))
        CS_CHECK(checkSource(ledger, listed, event));
    return {};
}

Result<AuditFindings> checkDocuments(DecisionEvidence& evidence)
{
    std::size_t sourceCount = 0;
    for (const trust::LedgerEvent& event : evidence.events) {
        if (event.type != kDocumentsAccepted)
            continue;
        CS_CHECK(takeInDelivery(evidence.ledger, event, evidence.documents));
        sourceCount += event.body.value("sources", Json::array()).size();
    }
    std::size_t requestCount = 0;
    for (const trust::LedgerEvent& event : evidence.events) {
        if (event.type != control::kRequestOpened)
            continue;
        CS_TRY(
            const control::ApprovalRequest request,
            control::parseRequest(event.body.value("request", Json())));
        for (const control::PacketItem& item : request.packet)
            CS_CHECK(checkItem(evidence, item, event.index));
        CS_CHECK(checkItem(evidence, request.plan, event.index));
        ++requestCount;
    }
    if (requestCount == 0)
        return fail(
            ErrorCode::NotFound,
            "nobody was ever asked about the decision " + evidence.decisionId,
            "audit.no_request");
    return AuditFindings{
        {"documents.decision",
         {std::to_string(evidence.documents.size()),
          std::to_string(sourceCount),
          std::to_string(requestCount)}}};
}

} // namespace countersign::execution::detail
