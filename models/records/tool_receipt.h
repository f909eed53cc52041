#pragma once

#include "models/records/common.h"

/// One attempt of one step: intended, claimed, found (tool_receipt.schema.json).
namespace countersign {

enum class ReceiptPhase {
    Forward,
    Compensation,
    DryRun
};
template <>
inline constexpr auto kTextsOf<ReceiptPhase> =
    std::to_array<std::string_view>({"forward", "compensation", "dry_run"});

enum class ClaimedResult {
    Success,
    Failure,
    Timeout,
    Blocked
};
template <>
inline constexpr auto kTextsOf<ClaimedResult> =
    std::to_array<std::string_view>({"success", "failure", "timeout", "blocked"});

struct ReceiptIntent
{
    std::string connector;
    std::string connectorVersion;
    std::string operation;
    Digest payloadSha256;
    std::string idempotencyKey;
    bool operator==(const ReceiptIntent&) const = default;
};

/// What the tool said.
struct ReceiptClaim
{
    ClaimedResult result = ClaimedResult::Failure;
    std::optional<std::string> message = {};
    std::optional<Digest> responseSha256 = {};
    bool operator==(const ReceiptClaim&) const = default;
};

struct ReceiptEffect
{
    std::string resourceUri;
    EffectChange change = EffectChange::None;
    std::optional<Digest> beforeSha256 = {};
    std::optional<Digest> afterSha256 = {};
    bool matchesExpectation = false;
    bool operator==(const ReceiptEffect&) const = default;
};

/// What the verifier found in the target system.
struct ReceiptFinding
{
    Actor by;
    StatedInstant at;
    std::vector<ReceiptEffect> effects;
    bool operator==(const ReceiptFinding&) const = default;
};

struct ReceiptContradiction
{
    std::string statement;
    Severity severity = Severity::V0;
    bool operator==(const ReceiptContradiction&) const = default;
};

struct ReceiptError
{
    std::string code;
    std::string message;
    bool retryable = false;
    bool operator==(const ReceiptError&) const = default;
};

struct ToolReceipt
{
    Header header;
    DigestRef plan;
    std::optional<RequestId> approvalRequestId = {};
    std::optional<Digest> packetSha256 = {};
    RunId runId;
    std::string stepId;
    ReceiptPhase phase = ReceiptPhase::Forward;
    std::int64_t attempt = 1;
    Actor executedBy;
    std::optional<Actor> gatePassedBy = {};
    ReceiptIntent intended;
    ReceiptClaim claimed;
    std::optional<ReceiptFinding> actual = {};
    VerificationStatus verificationStatus = VerificationStatus::Unverified;
    std::optional<ReceiptContradiction> contradiction = {};
    std::optional<ReceiptError> error = {};
    StatedInstant startedAt;
    StatedInstant finishedAt;
    std::int64_t durationMs = 0;
    /// Of the plan's receipt before this one; absent on the first.
    std::optional<Digest> previousReceiptSha256 = {};
    std::optional<Json> extensions = {};
    bool operator==(const ToolReceipt&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<ToolReceipt> parseToolReceipt(const Json& document);
[[nodiscard]] Json toJson(const ToolReceipt& receipt);

} // namespace countersign
