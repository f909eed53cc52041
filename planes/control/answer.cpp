#include "planes/control/answer.h"

#include "planes/control/detail/signed_by.h"

#include <algorithm>
#include <array>

namespace countersign::control {

namespace {

using namespace detail;

constexpr std::array<std::string_view, 5> kAnswerTexts = {
    "approve", "edit", "reject", "respond", "defer"};
constexpr std::array<std::string_view, 6> kOrderTexts = {
    "confirm_gate",
    "cancel",
    "retry_step",
    "resolve_done",
    "resolve_not_done",
    "compensation_done"};
constexpr std::size_t kReasonBytesMax = 8000;

/// The in-toto words of formats.md: approve, deny or abstain.
std::string_view decisionWord(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::Approve:
    case AnswerKind::Edit:
        return "approve";
    case AnswerKind::Reject:
        return "deny";
    case AnswerKind::Respond:
    case AnswerKind::Defer:
        return "abstain";
    }
    return "abstain";
}

std::vector<trust::Subject> subjectsOf(const ApprovalRequest& request)
{
    std::vector<trust::Subject> subjects{{"request " + request.requestId, requestDigest(request)}};
    for (const PacketItem& item : request.packet)
        subjects.push_back({item.schema + " " + item.recordId, item.sha256});
    return subjects;
}

Failure malformed(const std::string& what)
{
    return fail(
        ErrorCode::InvalidInput, "the signed statement is not well formed: " + what, "answer.form");
}

Result<void> checkSubjects(const trust::Statement& statement, const ApprovalRequest& request)
{
    std::vector<Digest> expected;
    for (const trust::Subject& subject : subjectsOf(request))
        expected.push_back(subject.digest);
    std::vector<Digest> given;
    for (const trust::Subject& subject : statement.subjects)
        given.push_back(subject.digest);
    std::sort(expected.begin(), expected.end());
    std::sort(given.begin(), given.end());
    if (expected != given)
        return fail(
            ErrorCode::Conflict,
            "the signature covers other documents than the request has now: it changed since it "
            "was shown",
            "answer.request");
    return {};
}

Result<void>
checkMay(const Person& person, Act act, const ApprovalRequest& request, const Policy& policy)
{
    const AccessVerdict verdict = whoMay({person, act, &request}, policy);
    if (!verdict.allowed)
        return fail(ErrorCode::Unauthorized, verdict.reason, verdict.rule);
    return {};
}

Result<void>
checkVersions(const ApprovalRequest& request, const Policy& policy, const Roster& roster)
{
    if (policy.sha256 != request.policySha256)
        return fail(
            ErrorCode::Conflict,
            "the policy has changed since this was asked",
            "request.policy_changed");
    if (roster.sha256 != request.rosterSha256)
        return fail(
            ErrorCode::Conflict,
            "the roster has changed since this was asked",
            "request.roster_changed");
    return {};
}

Result<AnswerDraft> readAnswer(const Json& predicate)
{
    AnswerDraft draft;
    CS_TRY(draft.kind, parseAnswerKind(textMember(predicate, "answer")));
    if (textMember(predicate, "decision") != decisionWord(draft.kind))
        return malformed("decision and answer contradict each other");
    const Json approver = predicate.value("approver", Json::object());
    draft.personId = textMember(approver, "id");
    draft.keyId = textMember(approver, "keyid");
    draft.reason = textMember(predicate, "reason");
    if (draft.reason.size() > kReasonBytesMax)
        return fail(ErrorCode::LimitExceeded, "a reason has at most 8000 bytes", "answer.reason");
    draft.nonce = textMember(predicate, "nonce");
    CS_TRY(draft.issuedAt, Instant::parse(textMember(predicate, "issuedAt")));
    if (predicate.contains("deferUntil")) {
        CS_TRY(draft.deferUntil, Instant::parse(textMember(predicate, "deferUntil")));
    }
    if (predicate.contains("statedConfidence")) {
        if (!predicate["statedConfidence"].is_number())
            return malformed("a confidence is a number");
        draft.statedConfidence = predicate["statedConfidence"].get<double>();
    }
    for (const Json& item : predicate.value("previous", Json::array())) {
        if (!item.is_string())
            return malformed("previous is a list of digests");
        CS_TRY(const Digest digest, Digest::parse(item.get_ref<const std::string&>()));
        draft.previous.push_back(digest);
    }
    return draft;
}

Result<void>
checkContent(const AnswerDraft& draft, const ApprovalRequest& request, Instant receivedAt)
{
    if ((draft.kind == AnswerKind::Reject || draft.kind == AnswerKind::Respond)
        && draft.reason.empty())
        return fail(
            ErrorCode::InvalidInput, "a rejection or a question needs its words", "answer.reason");
    if ((draft.kind == AnswerKind::Defer) != draft.deferUntil.has_value())
        return fail(
            ErrorCode::InvalidInput,
            "a deferral, and only a deferral, names a time",
            "answer.defer_until");
    if (draft.kind == AnswerKind::Edit && request.amendedBy != draft.personId)
        return fail(
            ErrorCode::Refused,
            "this revision of the plan was not amended by the signer",
            "answer.edit");
    if (draft.statedConfidence && (*draft.statedConfidence < 0 || *draft.statedConfidence > 1))
        return malformed("a confidence lies between 0 and 1");
    if (receivedAt > request.expiresAt)
        return fail(
            ErrorCode::Expired,
            "the request expired at " + request.expiresAt.text() + "; nothing signed now counts",
            "request.expired");
    if (draft.issuedAt > receivedAt + kClockSkewMax)
        return fail(ErrorCode::Expired, "the signature is dated in the future", "answer.window");
    if (draft.issuedAt + kClockSkewMax < request.requestedAt)
        return fail(
            ErrorCode::Expired,
            "the signature is dated before the request was made",
            "answer.window");
    return {};
}

} // namespace

std::string_view text(AnswerKind kind)
{
    return kAnswerTexts.at(static_cast<std::size_t>(kind));
}

std::string_view text(RunOrderKind kind)
{
    return kOrderTexts.at(static_cast<std::size_t>(kind));
}

Result<AnswerKind> parseAnswerKind(std::string_view text)
{
    const auto found = std::find(kAnswerTexts.begin(), kAnswerTexts.end(), text);
    if (found == kAnswerTexts.end())
        return fail(
            ErrorCode::InvalidInput,
            "an answer is approve, edit, reject, respond or defer",
            "answer.kind");
    return static_cast<AnswerKind>(found - kAnswerTexts.begin());
}

Result<RunOrderKind> parseRunOrderKind(std::string_view text)
{
    const auto found = std::find(kOrderTexts.begin(), kOrderTexts.end(), text);
    if (found == kOrderTexts.end())
        return fail(
            ErrorCode::InvalidInput,
            "an order is confirm_gate, cancel, retry_step, resolve_done, resolve_not_done or "
            "compensation_done",
            "order.kind");
    return static_cast<RunOrderKind>(found - kOrderTexts.begin());
}

Act actOf(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::Approve:
    case AnswerKind::Edit:
        return Act::Approve;
    case AnswerKind::Reject:
        return Act::Reject;
    case AnswerKind::Respond:
        return Act::Respond;
    case AnswerKind::Defer:
        return Act::Defer;
    }
    return Act::Approve;
}

Act actOf(RunOrderKind kind)
{
    switch (kind) {
    case RunOrderKind::ConfirmGate:
        return Act::ConfirmGate;
    case RunOrderKind::Cancel:
        return Act::CancelRun;
    case RunOrderKind::RetryStep:
    case RunOrderKind::ResolveDone:
    case RunOrderKind::ResolveNotDone:
    case RunOrderKind::CompensationDone:
        return Act::ResolveStep;
    }
    return Act::ResolveStep;
}

std::string answerStatement(const ApprovalRequest& request, const AnswerDraft& draft)
{
    const Digest digest = requestDigest(request);
    Json predicate = {
        {"decision", decisionWord(draft.kind)},
        {"answer", text(draft.kind)},
        {"request",
         {{"id", request.requestId},
          {"revision", request.revision},
          {"digest", {{"sha256", digest.hex()}}}}},
        {"policy",
         {{"uri", "countersign:policy"}, {"digest", {{"sha256", request.policySha256.hex()}}}}},
        {"roster",
         {{"uri", "countersign:roster"}, {"digest", {{"sha256", request.rosterSha256.hex()}}}}},
        {"requiredApprovals", request.approvalsNeeded},
        {"approver", {{"id", draft.personId}, {"keyid", draft.keyId}}},
        {"reason", draft.reason},
        {"shownDigest", digest.hex()},
        {"nonce", draft.nonce},
        {"issuedAt", draft.issuedAt.text()},
        {"notAfter", request.expiresAt.text()},
        {"previous", Json::array()}};
    for (const Digest& seen : draft.previous)
        predicate["previous"].push_back(seen.hex());
    if (draft.deferUntil)
        predicate["deferUntil"] = draft.deferUntil->text();
    if (draft.statedConfidence)
        predicate["statedConfidence"] = *draft.statedConfidence;
    return statementBytes(
        {subjectsOf(request), std::string(kApprovalPredicate), std::move(predicate)});
}

std::string runOrderStatement(const ApprovalRequest& request, const RunOrder& order)
{
    Json predicate = {
        {"order", text(order.kind)},
        {"run", order.runId},
        {"request",
         {{"id", request.requestId},
          {"revision", request.revision},
          {"digest", {{"sha256", requestDigest(request).hex()}}}}},
        {"person", {{"id", order.personId}, {"keyid", order.keyId}}},
        {"reason", order.reason},
        {"nonce", order.nonce},
        {"issuedAt", order.issuedAt.text()}};
    if (!order.stepId.empty())
        predicate["step"] = order.stepId;
    return statementBytes(
        {subjectsOf(request), std::string(kRunOrderPredicate), std::move(predicate)});
}

bool isSameStatement(const VerifiedAnswer& a, const VerifiedAnswer& b)
{
    return a.personId == b.personId && a.answer.nonce == b.answer.nonce;
}

bool isSameStatement(const VerifiedOrder& a, const VerifiedOrder& b)
{
    return a.order.personId == b.order.personId && a.order.nonce == b.order.nonce;
}

Digest envelopeDigest(const trust::Envelope& envelope)
{
    return Digest::of(envelope.toJson());
}

Result<VerifiedAnswer> verifyAnswer(
    const trust::Envelope& envelope,
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    Instant receivedAt)
{
    CS_CHECK(checkVersions(request, policy, roster));
    CS_TRY(const SignedBy opened, openSigned(envelope, kApprovalPredicate, roster, receivedAt));
    CS_CHECK(checkSubjects(opened.statement, request));
    const Json& predicate = opened.statement.predicate;
    CS_TRY(AnswerDraft draft, readAnswer(predicate));
    CS_CHECK(checkNamed(predicate.value("approver", Json::object()), opened));
    CS_CHECK(checkNonce(draft.nonce));
    CS_CHECK(checkContent(draft, request, receivedAt));
    CS_CHECK(checkMay(*opened.person, actOf(draft.kind), request, policy));
    // Every member we write is rebuilt and compared, so no statement can say more or less than what
    // was checked.
    if (answerStatement(request, draft) != envelope.payload)
        return malformed("it is not the statement this request calls for");
    return VerifiedAnswer{
        std::move(draft), opened.person->id, opened.keyId, envelopeDigest(envelope), receivedAt, 0};
}

Result<VerifiedOrder> verifyRunOrder(
    const trust::Envelope& envelope,
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    Instant receivedAt)
{
    CS_TRY(const SignedBy opened, openSigned(envelope, kRunOrderPredicate, roster, receivedAt));
    CS_CHECK(checkSubjects(opened.statement, request));
    const Json& predicate = opened.statement.predicate;
    RunOrder order;
    CS_TRY(order.kind, parseRunOrderKind(textMember(predicate, "order")));
    order.runId = textMember(predicate, "run");
    order.stepId = textMember(predicate, "step");
    const Json person = predicate.value("person", Json::object());
    order.personId = textMember(person, "id");
    order.keyId = textMember(person, "keyid");
    order.reason = textMember(predicate, "reason");
    order.nonce = textMember(predicate, "nonce");
    CS_TRY(order.issuedAt, Instant::parse(textMember(predicate, "issuedAt")));
    CS_CHECK(checkNamed(person, opened));
    CS_CHECK(checkNonce(order.nonce));
    if (order.issuedAt > receivedAt + kClockSkewMax)
        return fail(ErrorCode::Expired, "the order is dated in the future", "answer.window");
    if ((order.kind == RunOrderKind::Cancel) != order.stepId.empty())
        return malformed("an order names a step, a cancellation does not");
    CS_CHECK(checkMay(*opened.person, actOf(order.kind), request, policy));
    if (runOrderStatement(request, order) != envelope.payload)
        return malformed("it is not the order this run calls for");
    return VerifiedOrder{std::move(order), envelopeDigest(envelope), receivedAt};
}

} // namespace countersign::control
