#include "planes/control/authority.h"

#include <algorithm>

namespace countersign::control {

namespace {

Failure noAuthority(const std::string& rule, const std::string& why)
{
    return fail(ErrorCode::Unauthorized, why, rule);
}

Result<void> addRequest(const trust::LedgerEntry& entry, DecisionAuthority& authority)
{
    CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
    CS_TRY(ApprovalRequest request, parseRequest(event.body.value("request", Json())));
    if (request.decisionId != event.decisionId)
        return fail(
            ErrorCode::Corrupt, "a request is filed under another decision", "authority.request");
    const Digest sha256 = requestDigest(request);
    authority.requests.push_back({std::move(request), sha256, event.index, {}});
    return {};
}

Result<void> addAnswer(
    trust::LedgerReader& ledger,
    const Foundation& foundation,
    const trust::LedgerEntry& entry,
    DecisionAuthority& authority)
{
    CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
    CS_TRY(const Digest requestSha256, Digest::parse(textMember(event.body, "request_sha256")));
    const auto record = std::find_if(
        authority.requests.begin(), authority.requests.end(), [&](const RequestRecord& r) {
            return r.sha256 == requestSha256 && r.index < event.index;
        });
    if (record == authority.requests.end())
        return fail(
            ErrorCode::Corrupt,
            "an answer was recorded for a request the ledger does not have",
            "authority.answer");
    // An answer to a revision that was superseded before it arrived was never accepted.
    const auto next = std::next(record);
    if (next != authority.requests.end() && next->index < event.index)
        return fail(
            ErrorCode::Corrupt,
            "an answer was recorded for a superseded request",
            "authority.answer");
    CS_TRY(const trust::Envelope envelope, recordedStatement(ledger, event));
    const Charter& charter = foundation.at(event.index);
    CS_TRY(
        VerifiedAnswer answer,
        verifyAnswer(envelope, record->request, charter.policy, charter.roster, event.time));
    answer.statementIndex = event.body["statement_index"].get<std::uint64_t>();
    const bool repeated =
        std::any_of(record->answers.begin(), record->answers.end(), [&](const auto& earlier) {
            return isSameStatement(earlier, answer);
        });
    if (repeated)
        return fail(ErrorCode::Corrupt, "one answer was recorded twice", "authority.answer");
    record->answers.push_back(std::move(answer));
    return {};
}

Digest grantDigest(
    const RequestRecord& record, const Foundation& foundation, const DispatchQuestion& question)
{
    Json basis = {
        {"anchor", foundation.anchor.hex()},
        {"request", record.sha256.hex()},
        {"plan", question.planSha256.hex()},
        {"run", question.runId},
        {"step", question.stepId},
        {"compensation", question.compensation},
        {"connector", question.connector.sha256.hex()},
        {"answers", Json::array()}};
    for (const VerifiedAnswer& answer : record.answers)
        basis["answers"].push_back(answer.envelopeDigest.hex());
    return Digest::of(canonicalOwnJson(basis));
}

/// That nobody ordered the run to end, and that its gate is open. An order to cancel stops what
/// goes forward from the moment it stands in the ledger, whether the engine came to it or not.
Result<void> checkOrders(const std::vector<RecordedOrder>& orders, const DispatchQuestion& question)
{
    const auto isGiven = [&](RunOrderKind kind, bool ofStep) {
        return std::any_of(orders.begin(), orders.end(), [&](const RecordedOrder& recorded) {
            return recorded.order.order.kind == kind
                   && (!ofStep || recorded.order.order.stepId == question.stepId);
        });
    };
    if (isGiven(RunOrderKind::Cancel, false))
        return fail(
            ErrorCode::Unavailable,
            "a signed order to cancel this run waits to be carried out",
            "authority.cancelled");
    if (question.humanGate && !isGiven(RunOrderKind::ConfirmGate, true))
        return noAuthority(
            "authority.gate", "nobody has signed that the step \"" + question.stepId + "\" may go");
    return {};
}

} // namespace

Result<void> checkRecordedAuthorization(
    trust::LedgerReader& ledger, const std::string& decisionId, const RequestRecord& record)
{
    bool recorded = false;
    CS_CHECK(ledger.forEachOfDecision(
        decisionId,
        std::string(kDecisionAuthorized),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            recorded = textMember(event.body, "request_sha256") == record.sha256.hex();
            return !recorded;
        }));
    if (!recorded)
        return noAuthority(
            "authority.unrecorded", "the ledger does not say that this request was authorized");
    return {};
}

Result<trust::Envelope>
recordedStatement(trust::LedgerReader& ledger, const trust::LedgerEvent& event)
{
    const Json& index = event.body.value("statement_index", Json());
    if (!index.is_number_unsigned() || index.get<std::uint64_t>() >= event.index)
        return fail(
            ErrorCode::Corrupt,
            "ledger entry " + std::to_string(event.index) + " names no statement before it",
            "authority.statement");
    CS_TRY(const trust::LedgerEntry entry, ledger.entry(index.get<std::uint64_t>()));
    return trust::readStatement(entry);
}

QuorumState
quorumOf(const Foundation& foundation, const RequestRecord& record, Instant now, std::uint64_t asOf)
{
    const Charter& asked = foundation.at(record.index);
    const Charter& then = foundation.at(asOf);
    std::vector<VerifiedAnswer> answers;
    for (const VerifiedAnswer& answer : record.answers) {
        if (answer.statementIndex < asOf && then.roster.trusts(answer.keyId, answer.statementIndex))
            answers.push_back(answer);
    }
    QuorumState state = countQuorum(record.request, asked.policy, asked.roster, answers, now);
    if (state.status == RequestStatus::Open && asked.index != then.index) {
        state.status = RequestStatus::Void;
        state.mayStillApprove.clear();
        state.nextMayComplete = false;
    }
    return state;
}

const RequestRecord* DecisionAuthority::find(const Digest& requestSha256) const
{
    const auto found =
        std::find_if(requests.begin(), requests.end(), [&](const RequestRecord& record) {
            return record.sha256 == requestSha256;
        });
    return found == requests.end() ? nullptr : &*found;
}

const RequestRecord*
DecisionAuthority::find(const std::string& requestId, const Digest& packetSha256) const
{
    const auto found =
        std::find_if(requests.rbegin(), requests.rend(), [&](const RequestRecord& r) {
            return r.request.requestId == requestId && packetDigest(r.request) == packetSha256;
        });
    return found == requests.rend() ? nullptr : &*found;
}

Result<DecisionAuthority> loadDecisionAuthority(
    trust::LedgerReader& ledger, const Foundation& foundation, const std::string& decisionId)
{
    DecisionAuthority authority;
    CS_CHECK(ledger.forEachOfDecision(
        decisionId,
        std::string(kRequestOpened),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_CHECK(addRequest(entry, authority));
            return true;
        }));
    CS_CHECK(ledger.forEachOfDecision(
        decisionId,
        std::string(kAnswerRecorded),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_CHECK(addAnswer(ledger, foundation, entry, authority));
            return true;
        }));
    return authority;
}

Result<std::vector<RecordedOrder>> loadRunOrders(
    trust::LedgerReader& ledger,
    const Foundation& foundation,
    const DecisionAuthority& authority,
    const std::string& decisionId,
    const std::string& runId)
{
    std::vector<RecordedOrder> orders;
    CS_CHECK(ledger.forEachOfDecision(
        decisionId,
        std::string(kOrderRecorded),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            if (textMember(event.body, "run_id") != runId)
                return true;
            CS_TRY(
                const Digest requestSha256,
                Digest::parse(textMember(event.body, "request_sha256")));
            const RequestRecord* record = authority.find(requestSha256);
            if (record == nullptr)
                return fail(
                    ErrorCode::Corrupt,
                    "an order was recorded for a request the ledger does not have",
                    "authority.order");
            CS_TRY(const trust::Envelope envelope, recordedStatement(ledger, event));
            const Charter& charter = foundation.at(event.index);
            CS_TRY(
                VerifiedOrder order,
                verifyRunOrder(
                    envelope, record->request, charter.policy, charter.roster, event.time));
            if (order.order.runId != runId)
                return fail(
                    ErrorCode::Corrupt, "an order is filed under another run", "authority.order");
            const bool repeated =
                std::any_of(orders.begin(), orders.end(), [&](const RecordedOrder& earlier) {
                    return isSameStatement(earlier.order, order);
                });
            if (repeated)
                return fail(ErrorCode::Corrupt, "one order was recorded twice", "authority.order");
            orders.push_back(
                {std::move(order), event.body["statement_index"].get<std::uint64_t>()});
            return true;
        }));
    return orders;
}

Result<DispatchGrant> authorizeDispatch(
    trust::LedgerReader& ledger, const Foundation& foundation, const DispatchQuestion& question)
{
    CS_TRY(
        const DecisionAuthority authority,
        loadDecisionAuthority(ledger, foundation, question.decisionId));
    const RequestRecord* record = authority.find(question.requestId, question.packetSha256);
    if (record == nullptr)
        return noAuthority("authority.request", "the ledger has no such request");
    // What was done under an authority may be undone under it, even after a newer revision took its
    // place.
    if (record != authority.latest() && !question.compensation)
        return noAuthority(
            "authority.superseded", "a newer revision of this request voids its signatures");
    if (isGovernance(record->request))
        return noAuthority(
            "authority.governance", "a change of the charter sets no connector in motion");
    if (foundation.halt)
        return fail(
            ErrorCode::Unavailable,
            "all dispatch was halted: " + foundation.halt->reason,
            "authority.halted");
    const QuorumState quorum = quorumOf(foundation, *record, question.now);
    if (quorum.status == RequestStatus::Rejected)
        return noAuthority("authority.rejected", "the request was rejected");
    if (quorum.status != RequestStatus::Authorized)
        return noAuthority(
            "authority.quorum",
            "the signatures do not make a quorum (" + std::string(text(quorum.status)) + ", "
                + std::to_string(quorum.approvalsMissing) + " missing)");
    CS_CHECK(checkRecordedAuthorization(ledger, question.decisionId, *record));
    if (record->request.plan.sha256 != question.planSha256)
        return noAuthority("authority.plan", "the plan is not the one that was signed");
    const auto& pins = record->request.connectors;
    if (std::find(pins.begin(), pins.end(), question.connector) == pins.end())
        return noAuthority(
            "authority.connector",
            "the manifest of " + question.connector.name + " " + question.connector.version
                + " is not the one that was signed");
    if (!question.compensation) {
        CS_TRY(
            const std::vector<RecordedOrder> orders,
            loadRunOrders(ledger, foundation, authority, question.decisionId, question.runId));
        CS_CHECK(checkOrders(orders, question));
    }
    return DispatchGrant{grantDigest(*record, foundation, question)};
}

} // namespace countersign::control
