#include "planes/control/approvals.h"

#include "planes/control/decision_table.h"

#include <algorithm>

namespace countersign::control {

namespace {

Result<std::uint64_t>
append(CommandContext& context, std::string_view type, const std::string& decisionId, Json body)
{
    return context.ledger.append(
        context.session,
        {0,
         EventId::make(context.now, context.entropy).text(),
         std::string(type),
         context.now,
         decisionId,
         std::move(body)});
}

const trust::PublicKey& keyOf(const Roster& roster, const std::string& keyId)
{
    const Person* holder = roster.holderOf(keyId);
    CS_ASSERT(holder != nullptr); // The envelope was verified with this key.
    const auto key =
        std::find_if(holder->keys.begin(), holder->keys.end(), [&](const RosterKey& candidate) {
            return candidate.keyId == keyId;
        });
    return key->key;
}

/// What the queue shows of a request: kept in the event so that the tables follow from the ledger
/// alone.
Json standingJson(const QuorumState& quorum)
{
    return {
        {"status", text(quorum.status)},
        {"approvals_have", quorum.approvals.size()},
        {"waits_for", quorum.mayStillApprove}};
}

/// Names the revision that was authorized, rejected or expired.
Json closingJson(const RequestRecord& record)
{
    return {{"request_sha256", record.sha256.hex()}, {"request_id", record.request.requestId}};
}

QuorumState count(
    const CommandContext& context,
    const RequestRecord& record,
    const std::vector<VerifiedAnswer>& answers)
{
    return countQuorum(
        record.request, context.foundation.policy, context.foundation.roster, answers, context.now);
}

} // namespace

Result<DecisionAuthority> currentAuthority(CommandContext& context, const std::string& decisionId)
{
    const auto reader = trust::openLedgerReader(context.session, context.ledger.logKey());
    return loadDecisionAuthority(*reader, context.foundation, decisionId);
}

Result<OpenOutcome> openRequest(CommandContext& context, const RequestInput& input)
{
    const std::string decisionId = textMember(input.claim["header"], "decision_id");
    const auto built = buildRequest(input, context.foundation.policy, context.foundation.roster);
    if (!built.ok()) {
        CS_CHECK(append(
            context,
            kRequestRefused,
            decisionId,
            {{"title", textMember(input.claim, "title")},
             {"ask", textMember(input.claim, "ask")},
             {"language", textMember(input.claim["header"], "language")},
             {"requested_by", textMember(input.claim["requested_by"], "id")},
             {"due_at", textMember(input.claim, "due_at")},
             {"expires_at", textMember(input.claim, "expires_at")},
             {"rule", built.error().rule},
             {"pointer", built.error().pointer},
             {"detail", built.error().detail}}));
        return OpenOutcome{std::nullopt, built.error()};
    }
    const RequestRecord record{*built, requestDigest(*built), 0, {}};
    const QuorumState quorum = count(context, record, {});
    CS_CHECK(append(
        context,
        kRequestOpened,
        decisionId,
        {{"request", toJson(*built)},
         {"request_sha256", record.sha256.hex()},
         {"language", textMember(input.claim["header"], "language")},
         {"priority", priorityOf(input.claim, built->classes)},
         {"standing", standingJson(quorum)}}));
    // Where the policy lets it run unattended, nobody's answer will say so.
    if (quorum.status == RequestStatus::Authorized)
        CS_CHECK(append(context, kDecisionAuthorized, decisionId, closingJson(record)));
    return OpenOutcome{*built, std::nullopt};
}

Result<AnswerOutcome>
recordAnswer(CommandContext& context, const RequestRecord& record, const trust::Envelope& envelope)
{
    const Digest digest = envelopeDigest(envelope);
    const auto repeated = [&](const auto& isSame) -> std::optional<AnswerOutcome> {
        const auto found = std::find_if(record.answers.begin(), record.answers.end(), isSame);
        if (found == record.answers.end())
            return std::nullopt;
        return AnswerOutcome{count(context, record, record.answers), *found, true};
    };
    if (auto known = repeated([&](const VerifiedAnswer& a) { return a.envelopeDigest == digest; }))
        return std::move(*known);
    const QuorumState before = count(context, record, record.answers);
    if (before.status == RequestStatus::Authorized || before.status == RequestStatus::Rejected)
        return fail(
            ErrorCode::Refused,
            "the request is " + std::string(text(before.status))
                + " already; nothing more can be signed",
            "request.closed");
    CS_TRY(
        VerifiedAnswer answer,
        verifyAnswer(
            envelope,
            record.request,
            context.foundation.policy,
            context.foundation.roster,
            context.now));
    // The same statement in another envelope (no key id, another spelling of the signature) is no
    // new answer: it would count again after the person has answered otherwise.
    if (auto known = repeated([&](const VerifiedAnswer& a) { return isSameStatement(a, answer); }))
        return std::move(*known);
    CS_TRY(
        answer.statementIndex,
        context.ledger.appendStatement(
            context.session,
            envelope,
            keyOf(context.foundation.roster, answer.keyId),
            record.request.decisionId));
    std::vector<VerifiedAnswer> answers = record.answers;
    answers.push_back(answer);
    QuorumState quorum = count(context, record, answers);
    Json body = {
        {"statement_index", answer.statementIndex},
        {"envelope_sha256", digest.hex()},
        {"request_sha256", record.sha256.hex()},
        {"person", answer.personId},
        {"key_id", answer.keyId},
        {"answer", text(answer.answer.kind)},
        {"reason", answer.answer.reason},
        {"standing", standingJson(quorum)}};
    if (answer.answer.deferUntil)
        body["defer_until"] = answer.answer.deferUntil->text();
    CS_CHECK(append(context, kAnswerRecorded, record.request.decisionId, std::move(body)));
    const Json closing = closingJson(record);
    if (quorum.status == RequestStatus::Authorized)
        CS_CHECK(append(context, kDecisionAuthorized, record.request.decisionId, closing));
    if (quorum.status == RequestStatus::Rejected)
        CS_CHECK(append(context, kDecisionRejected, record.request.decisionId, closing));
    return AnswerOutcome{std::move(quorum), std::move(answer), false};
}

Result<RecordedOrder> recordRunOrder(
    CommandContext& context,
    const RequestRecord& record,
    const std::vector<RecordedOrder>& earlier,
    const trust::Envelope& envelope)
{
    const Digest digest = envelopeDigest(envelope);
    CS_TRY(
        VerifiedOrder order,
        verifyRunOrder(
            envelope,
            record.request,
            context.foundation.policy,
            context.foundation.roster,
            context.now));
    const bool repeated =
        std::any_of(earlier.begin(), earlier.end(), [&](const RecordedOrder& recorded) {
            return isSameStatement(recorded.order, order);
        });
    if (repeated)
        return fail(ErrorCode::Conflict, "this order was given already", "order.repeated");
    CS_TRY(
        const std::uint64_t index,
        context.ledger.appendStatement(
            context.session,
            envelope,
            keyOf(context.foundation.roster, order.order.keyId),
            record.request.decisionId));
    CS_CHECK(append(
        context,
        kOrderRecorded,
        record.request.decisionId,
        {{"statement_index", index},
         {"envelope_sha256", digest.hex()},
         {"request_sha256", record.sha256.hex()},
         {"run_id", order.order.runId},
         {"step_id", order.order.stepId},
         {"order", text(order.order.kind)},
         {"person", order.order.personId},
         {"reason", order.order.reason}}));
    return RecordedOrder{std::move(order), index};
}

Result<bool> recordExpiry(CommandContext& context, const RequestRecord& record)
{
    if (count(context, record, record.answers).status != RequestStatus::Expired)
        return false;
    CS_CHECK(append(context, kDecisionExpired, record.request.decisionId, closingJson(record)));
    return true;
}

} // namespace countersign::control
