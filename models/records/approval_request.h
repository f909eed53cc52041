#pragma once

#include "models/records/common.h"

/// The decision packet: exact digests of what a decider must have seen, who must sign, and the
/// votes (approval_request.schema.json).
namespace countersign {

enum class RequestStatus {
    Pending,
    Deferred,
    Approved,
    Rejected,
    Expired,
    Withdrawn,
    Superseded
};
template <>
inline constexpr auto kTextsOf<RequestStatus> = std::to_array<std::string_view>(
    {"pending", "deferred", "approved", "rejected", "expired", "withdrawn", "superseded"});

/// approve as proposed; edit: approve the amended plan; reject; respond: a question, no commitment;
/// defer until a time.
enum class VoteChoice {
    Approve,
    Edit,
    Reject,
    Respond,
    Defer
};
template <>
inline constexpr auto kTextsOf<VoteChoice> =
    std::to_array<std::string_view>({"approve", "edit", "reject", "respond", "defer"});

enum class VerdictEffect {
    Allow,
    Deny,
    NeedsApproval
};
template <>
inline constexpr auto
    kTextsOf<VerdictEffect> = std::to_array<std::string_view>({"allow", "deny", "needs_approval"});

enum class ReasonEffect {
    Allow,
    Deny,
    NeedsApproval,
    Note
};
template <>
inline constexpr auto kTextsOf<ReasonEffect> =
    std::to_array<std::string_view>({"allow", "deny", "needs_approval", "note"});

struct RequestPolicyReason
{
    std::string rule;
    ReasonEffect effect = ReasonEffect::Note;
    std::string message;
    bool operator==(const RequestPolicyReason&) const = default;
};

/// The verdict that made approval necessary.
struct RequestPolicy
{
    std::string bundle;
    std::string bundleVersion;
    Digest bundleSha256;
    VerdictEffect verdict = VerdictEffect::Deny;
    std::vector<RequestPolicyReason> reasons;
    StatedInstant evaluatedAt;
    bool operator==(const RequestPolicy&) const = default;
};

struct RequestQuorum
{
    std::int64_t approvalsNeeded = 0;
    /// Each must be among the roles of those who approve.
    std::vector<std::string> rolesNeeded;
    /// Separation of duties: may not vote.
    std::vector<std::string> barredActorIds;
    bool oneRejectionStops = true;
    bool operator==(const RequestQuorum&) const = default;
};

struct RequestEscalation
{
    Actor atBreachTo;
    Actor at150PercentTo;
    bool operator==(const RequestEscalation&) const = default;
};

struct RequestVote
{
    Actor by;
    VoteChoice choice = VoteChoice::Respond;
    StatedInstant at;
    /// The vote counts only when this is the request's.
    Digest packetSha256;
    std::optional<std::string> comment = {};
    std::optional<DigestRef> amendedPlan = {};
    std::optional<StatedInstant> deferUntil = {};
    std::optional<std::vector<std::string>> conditions = {};
    std::optional<double> statedConfidence = {};
    std::optional<std::int64_t> readingTimeS = {};
    bool operator==(const RequestVote&) const = default;
};

struct ApprovalRequest
{
    Header header;
    std::string title;
    /// What a yes sets in motion.
    std::string ask;
    Actor requestedBy;
    StatedInstant requestedAt;
    StatedInstant dueAt;
    /// No vote counts after it.
    StatedInstant expiresAt;
    Classes classes = {};
    /// Largest amount that a yes commits.
    std::optional<Money> exposure = {};
    std::vector<DigestRef> packet;
    /// digestOfList() over the digests of `packet`.
    Digest packetSha256;
    RequestPolicy policy;
    RequestQuorum quorum;
    std::optional<RequestEscalation> escalation = {};
    std::vector<RequestVote> votes;
    RequestStatus status = RequestStatus::Pending;
    std::optional<StatedInstant> resolvedAt = {};
    std::optional<Json> extensions = {};
    bool operator==(const ApprovalRequest&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<ApprovalRequest> parseApprovalRequest(const Json& document);
[[nodiscard]] Json toJson(const ApprovalRequest& request);

} // namespace countersign
