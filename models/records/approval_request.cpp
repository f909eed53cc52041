#include "models/records/approval_request.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<RequestPolicyReason>
{
    static constexpr std::tuple kList{
        member("rule", &RequestPolicyReason::rule),
        member("effect", &RequestPolicyReason::effect),
        member("message", &RequestPolicyReason::message)};
};

template <>
struct JsonMembers<RequestPolicy>
{
    static constexpr std::tuple kList{
        member("bundle", &RequestPolicy::bundle),
        member("bundle_version", &RequestPolicy::bundleVersion),
        member("bundle_sha256", &RequestPolicy::bundleSha256),
        member("verdict", &RequestPolicy::verdict),
        member("reasons", &RequestPolicy::reasons),
        member("evaluated_at", &RequestPolicy::evaluatedAt)};
};

template <>
struct JsonMembers<RequestQuorum>
{
    static constexpr std::tuple kList{
        member("approvals_needed", &RequestQuorum::approvalsNeeded),
        member("roles_needed", &RequestQuorum::rolesNeeded),
        member("barred_actor_ids", &RequestQuorum::barredActorIds),
        member("one_rejection_stops", &RequestQuorum::oneRejectionStops)};
};

template <>
struct JsonMembers<RequestEscalation>
{
    static constexpr std::tuple kList{
        member("at_breach_to", &RequestEscalation::atBreachTo),
        member("at_150_percent_to", &RequestEscalation::at150PercentTo)};
};

template <>
struct JsonMembers<RequestVote>
{
    static constexpr std::tuple kList{
        member("by", &RequestVote::by),
        member("choice", &RequestVote::choice),
        member("at", &RequestVote::at),
        member("packet_sha256", &RequestVote::packetSha256),
        member("comment", &RequestVote::comment),
        member("amended_plan", &RequestVote::amendedPlan),
        member("defer_until", &RequestVote::deferUntil),
        member("conditions", &RequestVote::conditions),
        member("stated_confidence", &RequestVote::statedConfidence),
        member("reading_time_s", &RequestVote::readingTimeS)};
};

template <>
struct JsonMembers<ApprovalRequest>
{
    static constexpr std::tuple kList{
        member("header", &ApprovalRequest::header),
        member("title", &ApprovalRequest::title),
        member("ask", &ApprovalRequest::ask),
        member("requested_by", &ApprovalRequest::requestedBy),
        member("requested_at", &ApprovalRequest::requestedAt),
        member("due_at", &ApprovalRequest::dueAt),
        member("expires_at", &ApprovalRequest::expiresAt),
        member("classes", &ApprovalRequest::classes),
        member("exposure", &ApprovalRequest::exposure),
        member("packet", &ApprovalRequest::packet),
        member("packet_sha256", &ApprovalRequest::packetSha256),
        member("policy", &ApprovalRequest::policy),
        member("quorum", &ApprovalRequest::quorum),
        member("escalation", &ApprovalRequest::escalation),
        member("votes", &ApprovalRequest::votes),
        member("status", &ApprovalRequest::status),
        member("resolved_at", &ApprovalRequest::resolvedAt),
        member("extensions", &ApprovalRequest::extensions)};
};

Result<ApprovalRequest> parseApprovalRequest(const Json& document)
{
    return readRecord<ApprovalRequest>(document, "approval_request");
}

Json toJson(const ApprovalRequest& request)
{
    return writeStruct(request);
}

} // namespace countersign
