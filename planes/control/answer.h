#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "planes/control/access.h"
#include "planes/control/request.h"
#include "planes/control/roster.h"
#include "planes/trust/dsse.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people sign: answers to a request, and orders about a run. Both are in-toto statements (v1)
/// in a DSSE envelope with exactly one signature. Predicate types: `approval/v1` as formats.md 2.2
/// of the wire formats describes it (decision, request, policy, requiredApprovals, approver,
/// reason, shownDigest, nonce, issuedAt, notAfter, previous), and `run-order/v1`.
namespace countersign::control {

inline constexpr std::string_view kApprovalPredicate = "https://countersign.example/approval/v1";
inline constexpr std::string_view kRunOrderPredicate = "https://countersign.example/run-order/v1";

enum class AnswerKind {
    Approve,
    Edit,
    Reject,
    Respond,
    Defer
};
enum class RunOrderKind {
    ConfirmGate,
    Cancel,
    RetryStep,
    ResolveDone,
    ResolveNotDone,
    CompensationDone
};

[[nodiscard]] std::string_view text(AnswerKind kind);
[[nodiscard]] std::string_view text(RunOrderKind kind);
[[nodiscard]] Result<AnswerKind> parseAnswerKind(std::string_view text);
[[nodiscard]] Result<RunOrderKind> parseRunOrderKind(std::string_view text);
[[nodiscard]] Act actOf(AnswerKind kind);
[[nodiscard]] Act actOf(RunOrderKind kind);

/// An answer as the person states it.
struct AnswerDraft
{
    AnswerKind kind = AnswerKind::Approve;
    std::string personId;
    std::string keyId;
    std::string reason; ///< Needed for reject and respond.
    std::optional<Instant> deferUntil;
    std::optional<double> statedConfidence;
    std::vector<Digest> previous; ///< Digests of the envelopes seen before signing.
    std::string nonce;            ///< 32 hexadecimal digits, random.
    Instant issuedAt;
};

/// The statement's exact bytes: subjects are the request and every document of its packet.
[[nodiscard]] std::string answerStatement(const ApprovalRequest& request, const AnswerDraft& draft);

/// A person's order about a run of an authorized plan.
struct RunOrder
{
    RunOrderKind kind = RunOrderKind::ConfirmGate;
    std::string runId;
    std::string stepId; ///< Empty for a cancellation.
    std::string personId;
    std::string keyId;
    std::string reason;
    std::string nonce;
    Instant issuedAt;
};

[[nodiscard]] std::string runOrderStatement(const ApprovalRequest& request, const RunOrder& order);

/// An envelope after every check: who signed what, with which key.
struct VerifiedAnswer
{
    AnswerDraft answer;
    std::string personId;
    std::string keyId;
    Digest envelopeDigest;
    Instant receivedAt;
    std::uint64_t statementIndex = 0; ///< Ledger index; 0 before it is recorded.
};

struct VerifiedOrder
{
    RunOrder order;
    Digest envelopeDigest;
    Instant receivedAt;
};

/// Checks an envelope against the request it answers: one good signature of a key in the roster, by
/// the person it names, over exactly this request and packet, within its time, by somebody who may.
/// Errors: SignatureInvalid, Unauthorized (rules `answer.key`, `answer.person`, and those of
/// whoMay), Conflict (rule `answer.request`: signed for another revision; "changed since you
/// looked"), Expired (`request.expired`, `answer.window`), InvalidInput (`answer.form`,
/// `answer.reason`, `answer.nonce`).
[[nodiscard]] Result<VerifiedAnswer> verifyAnswer(
    const trust::Envelope& envelope,
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    Instant receivedAt);

/// The same for an order about a run, which may come long after the request: it is judged by roster
/// and policy as they are when it arrives.
[[nodiscard]] Result<VerifiedOrder> verifyRunOrder(
    const trust::Envelope& envelope,
    const ApprovalRequest& request,
    const Policy& policy,
    const Roster& roster,
    Instant receivedAt);

/// Whether two verified envelopes carry one statement: the nonce is random and part of what was
/// signed, so the same person and nonce mean the same act, however its envelope is written.
[[nodiscard]] bool isSameStatement(const VerifiedAnswer& a, const VerifiedAnswer& b);
[[nodiscard]] bool isSameStatement(const VerifiedOrder& a, const VerifiedOrder& b);

/// Digest that names an envelope in `previous` and in grants: over its canonical JSON.
[[nodiscard]] Digest envelopeDigest(const trust::Envelope& envelope);

} // namespace countersign::control
