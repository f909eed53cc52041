#include "models/records/tool_receipt.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<ReceiptIntent>
{
    static constexpr std::tuple kList{
        member("connector", &ReceiptIntent::connector),
        member("connector_version", &ReceiptIntent::connectorVersion),
        member("operation", &ReceiptIntent::operation),
        member("payload_sha256", &ReceiptIntent::payloadSha256),
        member("idempotency_key", &ReceiptIntent::idempotencyKey)};
};

template <>
struct JsonMembers<ReceiptClaim>
{
    static constexpr std::tuple kList{
        member("result", &ReceiptClaim::result),
        member("message", &ReceiptClaim::message),
        member("response_sha256", &ReceiptClaim::responseSha256)};
};

template <>
struct JsonMembers<ReceiptEffect>
{
    static constexpr std::tuple kList{
        member("resource_uri", &ReceiptEffect::resourceUri),
        member("change", &ReceiptEffect::change),
        member("before_sha256", &ReceiptEffect::beforeSha256),
        member("after_sha256", &ReceiptEffect::afterSha256),
        member("matches_expectation", &ReceiptEffect::matchesExpectation)};
};

template <>
struct JsonMembers<ReceiptFinding>
{
    static constexpr std::tuple kList{
        member("by", &ReceiptFinding::by),
        member("at", &ReceiptFinding::at),
        member("effects", &ReceiptFinding::effects)};
};

template <>
struct JsonMembers<ReceiptContradiction>
{
    static constexpr std::tuple kList{
        member("statement", &ReceiptContradiction::statement),
        member("severity", &ReceiptContradiction::severity)};
};

template <>
struct JsonMembers<ReceiptError>
{
    static constexpr std::tuple kList{
        member("code", &ReceiptError::code),
        member("message", &ReceiptError::message),
        member("retryable", &ReceiptError::retryable)};
};

template <>
struct JsonMembers<ToolReceipt>
{
    static constexpr std::tuple kList{
        member("header", &ToolReceipt::header),
        member("plan", &ToolReceipt::plan),
        member("approval_request_id", &ToolReceipt::approvalRequestId),
        member("packet_sha256", &ToolReceipt::packetSha256),
        member("run_id", &ToolReceipt::runId),
        member("step_id", &ToolReceipt::stepId),
        member("phase", &ToolReceipt::phase),
        member("attempt", &ToolReceipt::attempt),
        member("executed_by", &ToolReceipt::executedBy),
        member("gate_passed_by", &ToolReceipt::gatePassedBy),
        member("intended", &ToolReceipt::intended),
        member("claimed", &ToolReceipt::claimed),
        member("actual", &ToolReceipt::actual),
        member("verification_status", &ToolReceipt::verificationStatus),
        member("contradiction", &ToolReceipt::contradiction),
        member("error", &ToolReceipt::error),
        member("started_at", &ToolReceipt::startedAt),
        member("finished_at", &ToolReceipt::finishedAt),
        member("duration_ms", &ToolReceipt::durationMs),
        member("previous_receipt_sha256", &ToolReceipt::previousReceiptSha256),
        member("extensions", &ToolReceipt::extensions)};
};

Result<ToolReceipt> parseToolReceipt(const Json& document)
{
    return readRecord<ToolReceipt>(document, "tool_receipt");
}

Json toJson(const ToolReceipt& receipt)
{
    return writeStruct(receipt);
}

} // namespace countersign
