#include "planes/control/approvals.h"

#include "planes/control/decision_table.h"
#include "planes/data/blobs.h"

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

Result<void> withoutValue(const Result<std::uint64_t>& result)
{
    return result.ok() ? Result<void>() : Result<void>(result.failure());
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

/// Names the revision that was authorized, rejected or expired, and what it was about.
Json closingJson(const RequestRecord& record)
{
    return {
        {"request_sha256", record.sha256.hex()},
        {"request_id", record.request.requestId},
        {"subject", record.request.plan.schema}};
}

QuorumState count(
    const CommandContext& context,
    const RequestRecord& record,
    const std::vector<VerifiedAnswer>& answers)
{
    return quorumOf(
        context.foundation, {record.request, record.sha256, record.index, answers}, context.now);
}

/// Appends `request.opened`; how it stands from the start.
Result<QuorumState> recordOpening(
    CommandContext& context, const RequestRecord& record, const std::string& language, int priority)
{
    QuorumState quorum = count(context, record, {});
    CS_CHECK(append(
        context,
        kRequestOpened,
        record.request.decisionId,
        {{"request", toJson(record.request)},
         {"request_sha256", record.sha256.hex()},
         {"language", language},
         {"priority", priority},
         {"standing", standingJson(quorum)}}));
    return quorum;
}

/// Puts an authorized change in force, or lifts the halt.
Result<void> applyChange(CommandContext& context, const RequestRecord& record)
{
    CS_TRY(const std::string bytes, data::blobBytes(context.session, record.request.plan.sha256));
    CS_TRY(const Json document, parseJson(bytes));
    CS_TRY(
        const GovernanceChange change,
        readChange(document, context.foundation.charter(), context.foundation.halt));
    Json body = closingJson(record);
    body["change_sha256"] = change.sha256.hex();
    if (change.roster)
        body["roster"] = {
            {"version", change.roster->version}, {"sha256", change.roster->sha256->hex()}};
    if (change.policy)
        body["policy"] = {
            {"version", change.policy->version}, {"sha256", change.policy->sha256->hex()}};
    CS_CHECK(append(
        context,
        change.kind == ChangeKind::Resume ? kDispatchResumed : kCharterChanged,
        record.request.decisionId,
        std::move(body)));
    return {};
}

} // namespace

Result<CommandContext> commandContext(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    Foundation& foundation,
    EntropySource& entropy,
    Instant now)
{
    const auto reader = trust::openLedgerReader(session, ledger.logKey());
    CS_CHECK(followFoundation(*reader, foundation));
    return CommandContext{session, ledger, foundation, entropy, now};
}

Result<DecisionAuthority> currentAuthority(CommandContext& context, const std::string& decisionId)
{
    const auto reader = trust::openLedgerReader(context.session, context.ledger.logKey());
    return loadDecisionAuthority(*reader, context.foundation, decisionId);
}

Result<OpenOutcome> openRequest(CommandContext& context, const RequestInput& input)
{
    const std::string decisionId = textMember(input.claim["header"], "decision_id");
    const auto built =
        buildRequest(input, context.foundation.policy(), context.foundation.roster());
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
    const RequestRecord record{*built, requestDigest(*built), kNotRecorded, {}};
    CS_TRY(
        const QuorumState quorum,
        recordOpening(
            context,
            record,
            textMember(input.claim["header"], "language"),
            priorityOf(input.claim, built->classes)));
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
            context.foundation.policy(),
            context.foundation.roster(),
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
            keyOf(context.foundation.roster(), answer.keyId),
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
    if (quorum.status == RequestStatus::Authorized) {
        CS_CHECK(append(context, kDecisionAuthorized, record.request.decisionId, closing));
        if (isGovernance(record.request))
            CS_CHECK(applyChange(context, record));
    }
    if (quorum.status == RequestStatus::Rejected)
        CS_CHECK(append(context, kDecisionRejected, record.request.decisionId, closing));
    return AnswerOutcome{std::move(quorum), std::move(answer), false};
}

Result<ApprovalRequest>
proposeChange(CommandContext& context, const Json& document, const trust::Envelope& envelope)
{
    const Foundation& foundation = context.foundation;
    CS_TRY(
        const GovernanceChange change, readChange(document, foundation.charter(), foundation.halt));
    CS_CHECK(verifyProposal(envelope, change, foundation.anchor, foundation.roster()));
    CS_TRY(ApprovalRequest request, buildChangeRequest(change, foundation.charter(), context.now));
    // What will be in force must be here before anybody signs it.
    CS_CHECK(data::putBlob(context.session, canonicalOwnJson(change.document)));
    if (change.roster || change.policy)
        CS_CHECK(data::putBlob(context.session, canonicalOwnJson(change.document["document"])));
    const std::string& keyId = envelope.signatures.front().keyId;
    CS_TRY(
        const std::uint64_t index,
        context.ledger.appendStatement(
            context.session, envelope, keyOf(foundation.roster(), keyId), change.decisionId));
    CS_CHECK(append(
        context,
        kChangeProposed,
        change.decisionId,
        {{"statement_index", index},
         {"change_sha256", change.sha256.hex()},
         {"kind", text(change.kind)},
         {"person", change.proposer},
         {"key_id", keyId}}));
    const RequestRecord record{request, requestDigest(request), kNotRecorded, {}};
    CS_CHECK(recordOpening(context, record, "en", kPriorityHigh));
    return request;
}

Result<void> recordHalt(CommandContext& context, const trust::Envelope& envelope)
{
    const Foundation& foundation = context.foundation;
    if (foundation.halt)
        return fail(ErrorCode::Conflict, "all dispatch is halted already", "halt.repeated");
    CS_TRY(
        const VerifiedHalt halt,
        verifyHalt(
            envelope, foundation.anchor, foundation.policy(), foundation.roster(), context.now));
    CS_TRY(
        const std::uint64_t index,
        context.ledger.appendStatement(
            context.session, envelope, keyOf(foundation.roster(), halt.draft.keyId), {}));
    return withoutValue(append(
        context,
        kDispatchHalted,
        {},
        {{"statement_index", index},
         {"person", halt.draft.personId},
         {"key_id", halt.draft.keyId},
         {"reason", halt.draft.reason}}));
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
            context.foundation.policy(),
            context.foundation.roster(),
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
            keyOf(context.foundation.roster(), order.order.keyId),
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

Result<bool> recordVoid(CommandContext& context, const RequestRecord& record)
{
    if (count(context, record, record.answers).status != RequestStatus::Void)
        return false;
    CS_CHECK(append(context, kDecisionVoided, record.request.decisionId, closingJson(record)));
    return true;
}

Result<bool> recordExpiry(CommandContext& context, const RequestRecord& record)
{
    if (count(context, record, record.answers).status != RequestStatus::Expired)
        return false;
    CS_CHECK(append(context, kDecisionExpired, record.request.decisionId, closingJson(record)));
    return true;
}

} // namespace countersign::control
