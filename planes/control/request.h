#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/instant.h"
#include "models/json.h"
#include "models/money.h"
#include "planes/control/policy.h"
#include "planes/control/roster.h"

#include <optional>
#include <string>
#include <vector>

/// The approval request, built by the control plane. What a document claims about its classes, its
/// quorum or a policy verdict is a claim: it can make a request stricter, never laxer. The
/// canonical form of the request is what people sign; it names the digest of everything they were
/// shown.
namespace countersign::control {

/// A document of the packet, exactly this revision.
struct PacketItem
{
    std::string schema;
    std::string recordId;
    int revision = 0;
    Digest sha256;

    bool operator==(const PacketItem&) const = default;
};

/// A connector the plan uses, exactly this manifest.
struct ConnectorPin
{
    std::string name;
    std::string version;
    Digest sha256;

    bool operator==(const ConnectorPin&) const = default;
};

/// One class that was lifted above the claim, and why.
struct ClassRaise
{
    std::string claimed;   ///< `A1`
    std::string effective; ///< `A2`
    std::string because;   ///< Id of the rule: `plan.step`, `policy.floor`, `connector.floor` …
    std::string detail;    ///< The step or connector it comes from, or empty.

    bool operator==(const ClassRaise&) const = default;
};

struct ApprovalRequest
{
    std::string requestId = {};
    int revision = 1;
    std::string tenantId = {};
    std::string decisionId = {};
    std::string title = {};
    std::string ask = {};
    std::string requestedBy = {};
    std::vector<std::string> barred =
        {}; ///< People who may not sign: proposer, authors, and whom the document bars.
    std::vector<PacketItem> packet = {};
    PacketItem plan; ///< What a yes sets in motion: an execution plan or a change of the charter.
    Classes classes = {};
    Classes claimedClasses = {};
    std::vector<ClassRaise> raised = {};
    int approvalsNeeded = 0;
    std::vector<std::string> rolesNeeded = {};
    RoleLevel eachAtLeast = RoleLevel::None;
    RoleLevel oneAtLeast = RoleLevel::None;
    std::vector<ConnectorPin> connectors = {};
    int policyVersion = 0;
    Digest policySha256;
    int rosterVersion = 0;
    Digest rosterSha256;
    Instant requestedAt = {};
    Instant dueAt = {};
    Instant expiresAt = {};
    std::optional<Money> exposure = {};
    /// Person whose edit made this revision, if one did.
    std::optional<std::string> amendedBy = {};
};

/// What a connector manifest says about one operation, as far as control needs it.
struct OperationFacts
{
    std::string connector;
    std::string version;
    std::string operation;
    Classes floor;
    Digest manifestSha256;
};

/// Schema of the one document in the packet of a governed change of the charter; see governance.h.
inline constexpr std::string_view kChangeSchema = "governance_change";
/// Whether a request is about the charter and not about a plan.
[[nodiscard]] bool isGovernance(const ApprovalRequest& request);

/// Everything a request is made from. Documents have passed their schema and their rules.
struct RequestInput
{
    std::string requestId;
    int revision = 1;
    Json claim; ///< The approval_request document that came in.
    Json memo;
    Json plan;
    /// Null where the packet has none.
    Json evidencePack;
    std::vector<PacketItem> packet; ///< As it is now: of an amended plan the amended one.
    PacketItem planItem;
    std::vector<OperationFacts> operations;
    std::optional<std::string> amendedBy;
    Instant now;
};

/// Errors: Refused (rule `class.forbidden`: action class C; `plan.connector_unknown`: a step names
/// an operation no installed manifest has; `evidence.incomplete`), Expired (`request.expired`),
/// InvalidInput (`request.dates`).
[[nodiscard]] Result<ApprovalRequest>
buildRequest(const RequestInput& input, const Policy& policy, const Roster& roster);

[[nodiscard]] Json toJson(const ApprovalRequest& request);
/// Accepts only what toJson() writes, so that one request has one digest. Errors: InvalidInput with
/// pointer.
[[nodiscard]] Result<ApprovalRequest> parseRequest(const Json& document);
/// `packet_sha256` of the contracts: over the digests of the packet's documents, in order.
[[nodiscard]] Digest packetDigest(const ApprovalRequest& request);
/// Digest of the canonical form: what every signature names.
[[nodiscard]] Digest requestDigest(const ApprovalRequest& request);

} // namespace countersign::control
