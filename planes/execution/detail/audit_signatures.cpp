#include "planes/control/class_rules.h"
#include "planes/control/governance.h"
#include "planes/control/quorum_rules.h"
#include "planes/execution/detail/decision_evidence.h"

#include <algorithm>

namespace countersign::execution::detail {

namespace {

using control::RequestStatus;

/// The statement that a `… .recorded` event points at; each is pointed at once.
Result<void> takeStatement(std::set<std::uint64_t>& untaken, const trust::LedgerEvent& event)
{
    const Json* index = valueAt(event.body, "/statement_index");
    if (index == nullptr || !index->is_number_unsigned()
        || untaken.erase(index->get<std::uint64_t>()) == 0)
        return brokenAt(
            event.index,
            "the statement it refers to is not there, or was counted already",
            "audit.statement");
    return {};
}

Result<void> checkAnswerEvent(const DecisionEvidence& evidence, const trust::LedgerEvent& event)
{
    const std::uint64_t statement = event.body["statement_index"].get<std::uint64_t>();
    for (const control::RequestRecord& record : evidence.authority.requests) {
        for (const control::VerifiedAnswer& answer : record.answers) {
            if (answer.statementIndex != statement)
                continue;
            const bool said =
                textMember(event.body, "request_sha256") == record.sha256.hex()
                && textMember(event.body, "envelope_sha256") == answer.envelopeDigest.hex()
                && textMember(event.body, "person") == answer.personId
                && textMember(event.body, "key_id") == answer.keyId
                && textMember(event.body, "answer") == control::text(answer.answer.kind);
            if (said)
                return {};
            return brokenAt(event.index, "it does not say what the person signed", "audit.answer");
        }
    }
    return brokenAt(event.index, "no verified answer stands behind it", "audit.answer");
}

/// Verifies the orders about each run that any order event names, and compares the events.
Result<std::size_t> takeInOrders(DecisionEvidence& evidence)
{
    std::size_t count = 0;
    for (const trust::LedgerEvent& event : evidence.events) {
        if (event.type != control::kOrderRecorded)
            continue;
        const std::string runId = textMember(event.body, "run_id");
        const auto run = evidence.runs.find(runId);
        if (run == evidence.runs.end())
            return brokenAt(event.index, "it is an order about an unknown run", "audit.order_run");
        std::vector<control::RecordedOrder>& orders = run->second.orders;
        if (orders.empty()) {
            CS_TRY(
                orders,
                control::loadRunOrders(
                    evidence.ledger,
                    *evidence.foundation,
                    evidence.authority,
                    evidence.decisionId,
                    runId));
        }
        const std::uint64_t statement = event.body["statement_index"].get<std::uint64_t>();
        const auto found =
            std::find_if(orders.begin(), orders.end(), [&](const control::RecordedOrder& order) {
                return order.statementIndex == statement;
            });
        if (found == orders.end() || textMember(event.body, "step_id") != found->order.order.stepId
            || textMember(event.body, "order") != control::text(found->order.order.kind)
            || textMember(event.body, "person") != found->order.order.personId)
            return brokenAt(
                event.index, "it does not say what the person signed", "audit.order_event");
        ++count;
    }
    return count;
}

control::QuorumState quorumAt(
    const DecisionEvidence& evidence,
    const control::RequestRecord& record,
    std::uint64_t index,
    Instant at)
{
    return control::quorumOf(*evidence.foundation, record, at, index);
}

/// The content of a document of the packet, or an empty object when it has none of that schema.
Result<Json> packetContent(
    DecisionEvidence& evidence, const control::RequestRecord& record, const std::string& schema)
{
    for (const control::PacketItem& item : record.request.packet) {
        if (item.schema != schema)
            continue;
        const AcceptedDocument* found = findDocument(evidence.documents, item, record.index);
        CS_ASSERT(found != nullptr); // The documents were checked before.
        return documentContent(evidence.ledger, *found);
    }
    return Json::object();
}

/// A request can be stricter than the policy and its documents demand, never laxer. What the
/// connectors demanded is not known here.
Result<void> checkStrictness(DecisionEvidence& evidence, const control::RequestRecord& record)
{
    const control::ApprovalRequest& request = record.request;
    if (control::isGovernance(request))
        return control::checkChangeRequest(evidence.ledger, *evidence.foundation, record);
    const control::Policy& policy = evidence.foundation->at(record.index).policy;
    const AcceptedDocument* planDocument =
        findDocument(evidence.documents, request.plan, record.index);
    CS_ASSERT(planDocument != nullptr);
    CS_TRY(const Json plan, documentContent(evidence.ledger, *planDocument));
    CS_TRY(const Json memo, packetContent(evidence, record, "memo"));
    const control::EffectiveClasses demanded =
        control::effectiveClasses(memo, memo, plan, {}, policy);
    const control::QuorumRule& rule = policy.quorumOf(request.classes.approval);
    if (!atLeast(request.classes, demanded.effective)
        || request.approvalsNeeded < rule.approvalsNeeded || request.eachAtLeast < rule.eachAtLeast
        || request.oneAtLeast < rule.oneAtLeast)
        return brokenAt(
            record.index,
            "the request asks for less than its documents and the policy demand",
            "audit.strictness");
    return {};
}

/// What the queue shows of a request stands in the events; it must follow from the answers.
Result<void> checkStanding(
    const DecisionEvidence& evidence,
    const control::RequestRecord& record,
    const trust::LedgerEvent& event)
{
    const control::QuorumState quorum = quorumAt(evidence, record, event.index, event.time);
    const Json* status = valueAt(event.body, "/standing/status");
    const Json* have = valueAt(event.body, "/standing/approvals_have");
    if (status == nullptr || have == nullptr || *status != control::text(quorum.status)
        || *have != quorum.approvals.size())
        return brokenAt(
            event.index,
            "the standing it states does not follow from the answers",
            "audit.standing");
    return {};
}

std::optional<RequestStatus> outcomeOf(const std::string& type)
{
    if (type == control::kDecisionAuthorized)
        return RequestStatus::Authorized;
    if (type == control::kDecisionRejected)
        return RequestStatus::Rejected;
    if (type == control::kDecisionExpired)
        return RequestStatus::Expired;
    if (type == control::kDecisionVoided)
        return RequestStatus::Void;
    return std::nullopt;
}

AuditFinding findingOf(const control::RequestRecord& record, const control::QuorumState& quorum)
{
    AuditFinding finding{
        "quorum.request",
        {record.request.requestId,
         std::to_string(record.request.revision),
         std::string(control::text(quorum.status))}};
    std::string names;
    for (const auto* counted : {&quorum.approvals, &quorum.rejections}) {
        for (const control::CountedAnswer& answer : *counted)
            names += (names.empty() ? "" : ", ") + answer.displayName;
    }
    if (!names.empty()) {
        finding.code = "quorum.request_by";
        finding.values.push_back(std::move(names));
    }
    return finding;
}

/// Every outcome that the answers led to is in the ledger.
Result<void> checkOutcomeRecorded(
    const DecisionEvidence& evidence,
    const control::RequestRecord& record,
    const control::QuorumState& quorum)
{
    if (record.answers.empty()
        || (quorum.status != RequestStatus::Authorized && quorum.status != RequestStatus::Rejected))
        return {};
    const bool recorded = std::any_of(
        evidence.events.begin(), evidence.events.end(), [&](const trust::LedgerEvent& event) {
            return outcomeOf(event.type) == quorum.status
                   && textMember(event.body, "request_sha256") == record.sha256.hex();
        });
    if (!recorded)
        return brokenAt(
            record.index,
            "the answers decided the request, but no entry says so",
            "audit.outcome_absent");
    return {};
}

} // namespace

Result<AuditFindings> checkSignatures(DecisionEvidence& evidence)
{
    CS_TRY(
        evidence.authority,
        control::loadDecisionAuthority(evidence.ledger, *evidence.foundation, evidence.decisionId));
    std::set<std::uint64_t> untaken = evidence.statements;
    std::size_t answerCount = 0;
    for (const trust::LedgerEvent& event : evidence.events) {
        if (event.type != control::kAnswerRecorded && event.type != control::kOrderRecorded
            && event.type != control::kChangeProposed)
            continue;
        CS_CHECK(takeStatement(untaken, event));
        if (event.type == control::kAnswerRecorded) {
            CS_CHECK(checkAnswerEvent(evidence, event));
            ++answerCount;
        }
    }
    if (!untaken.empty())
        return brokenAt(
            *untaken.begin(), "nothing refers to this signed statement", "audit.statement");
    CS_TRY(const std::size_t orderCount, takeInOrders(evidence));
    return AuditFindings{
        {"signatures.counted", {std::to_string(answerCount), std::to_string(orderCount)}}};
}

Result<AuditFindings> checkQuorum(DecisionEvidence& evidence)
{
    for (const trust::LedgerEvent& event : evidence.events) {
        const auto outcome = outcomeOf(event.type);
        const bool opens = event.type == control::kRequestOpened;
        if (!outcome && !opens && event.type != control::kAnswerRecorded)
            continue;
        CS_TRY(const Digest requestSha256, Digest::parse(textMember(event.body, "request_sha256")));
        const control::RequestRecord* record = evidence.authority.find(requestSha256);
        if (record == nullptr || record->index > event.index)
            return brokenAt(event.index, "it is about an unknown request", "audit.outcome");
        if (!outcome) {
            CS_CHECK(checkStanding(evidence, *record, event));
        } else if (quorumAt(evidence, *record, event.index, event.time).status != *outcome) {
            return brokenAt(
                event.index, "the outcome does not follow from the answers", "audit.outcome");
        }
    }
    AuditFindings findings;
    for (const control::RequestRecord& record : evidence.authority.requests) {
        CS_CHECK(checkStrictness(evidence, record));
        const Instant last =
            record.answers.empty() ? record.request.requestedAt : record.answers.back().receivedAt;
        const control::QuorumState quorum = quorumAt(evidence, record, evidence.head->size, last);
        CS_CHECK(checkOutcomeRecorded(evidence, record, quorum));
        findings.push_back(findingOf(record, quorum));
    }
    return findings;
}

} // namespace countersign::execution::detail
