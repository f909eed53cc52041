#include "planes/execution/receipt.h"

#include "models/encoding.h"

#include <algorithm>
#include <chrono>

namespace countersign::execution {

namespace {

/// The contract allows 8000 characters; cut by bytes, which is never more.
constexpr std::size_t kMessageByteCountMax = 2000;
constexpr std::size_t kCodeLengthMin = 2;
constexpr std::size_t kCodeLengthMax = 64;

bool isLowerLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isCode(std::string_view text)
{
    return text.size() >= kCodeLengthMin && text.size() <= kCodeLengthMax
           && isLowerLetter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
                  return isLowerLetter(c) || (c >= '0' && c <= '9') || c == '_';
              });
}

bool isBlank(std::string_view text)
{
    return std::all_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20U; });
}

std::string repairedText(std::string text)
{
    for (std::size_t bad = firstInvalidUtf8(text); bad != std::string::npos;
         bad = firstInvalidUtf8(text))
        text[bad] = '?';
    if (text.size() > kMessageByteCountMax) {
        std::size_t end = kMessageByteCountMax;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        text.resize(end);
    }
    return text;
}

std::string_view text(CallResult result)
{
    switch (result) {
    case CallResult::Success:
        return "success";
    case CallResult::Failure:
        return "failure";
    case CallResult::Timeout:
        return "timeout";
    case CallResult::Blocked:
        return "blocked";
    }
    return {};
}

Json executorJson(const Executor& executor)
{
    Json actor = Json::object();
    actor["type"] = "executor_system";
    actor["id"] = executor.id;
    actor["display_name"] = executor.displayName;
    return actor;
}

Json headerJson(
    const Plan& plan, const RunHead& head, const Json& executor, const ReceiptInput& input)
{
    Json header = Json::object();
    header["schema"] = "tool_receipt";
    header["schema_version"] = "1.0";
    header["record_id"] = input.receiptId.text();
    header["revision"] = 1;
    header["tenant_id"] = plan.identity.tenantId;
    header["decision_id"] = plan.identity.decisionId.text();
    header["language"] = plan.identity.language;
    header["created_at"] = input.finishedAt.text();
    header["created_by"] = executor;
    header["correlation_id"] = plan.identity.correlationId;
    header["causation_id"] = head.requestId.text();
    header["trace_id"] = plan.identity.traceId;
    return header;
}

Json planJson(const Plan& plan)
{
    Json reference = Json::object();
    reference["schema"] = "execution_plan";
    reference["record_id"] = plan.identity.recordId.text();
    reference["revision"] = plan.identity.revision;
    reference["sha256"] = plan.identity.digest.hex();
    return reference;
}

Json intendedJson(const PlanCall& call)
{
    Json intended = Json::object();
    intended["connector"] = call.connector;
    intended["connector_version"] = call.connectorVersion;
    intended["operation"] = call.operation;
    intended["payload_sha256"] = call.payloadDigest.hex();
    intended["idempotency_key"] = call.idempotencyKey;
    return intended;
}

} // namespace

Json buildReceipt(
    const Plan& plan,
    const RunHead& head,
    const Executor& executor,
    const ReceiptInput& input,
    const CallOutcome& outcome)
{
    const PlanStep& step = plan.steps.at(input.step);
    const bool forward = input.phase == CallPhase::Forward;
    CS_ASSERT(forward || step.compensation.call.has_value());
    const PlanCall& call = forward ? step.call : *step.compensation.call;
    const Json actor = executorJson(executor);

    Json claimed = Json::object();
    claimed["result"] = text(outcome.result);
    if (!outcome.message.empty())
        claimed["message"] = outcome.message;
    if (outcome.responseDigest)
        claimed["response_sha256"] = outcome.responseDigest->hex();

    Json receipt = Json::object();
    receipt["header"] = headerJson(plan, head, actor, input);
    receipt["plan"] = planJson(plan);
    receipt["approval_request_id"] = head.requestId.text();
    receipt["packet_sha256"] = head.packetDigest.hex();
    receipt["run_id"] = head.runId.text();
    receipt["step_id"] = step.id;
    receipt["phase"] = text(input.phase);
    receipt["attempt"] = input.attempt;
    receipt["executed_by"] = actor;
    if (forward && input.gatePassedBy)
        receipt["gate_passed_by"] = actorJson(*input.gatePassedBy);
    receipt["intended"] = intendedJson(call);
    receipt["claimed"] = std::move(claimed);
    receipt["verification_status"] = "unverified";
    if (outcome.result != CallResult::Success) {
        Json error = Json::object();
        error["code"] = outcome.errorCode;
        error["message"] = outcome.message;
        error["retryable"] = outcome.retryable;
        receipt["error"] = std::move(error);
    }
    // A wall clock that was set back must not give a negative duration.
    const Instant finishedAt = std::max(input.startedAt, input.finishedAt);
    receipt["started_at"] = input.startedAt.text();
    receipt["finished_at"] = finishedAt.text();
    receipt["duration_ms"] =
        std::chrono::duration_cast<std::chrono::milliseconds>(finishedAt - input.startedAt).count();
    if (input.previousReceipt)
        receipt["previous_receipt_sha256"] = input.previousReceipt->hex();
    return receipt;
}

CallOutcome recordedOutcome(CallOutcome outcome)
{
    outcome.message = repairedText(std::move(outcome.message));
    if (outcome.result == CallResult::Success) {
        outcome.effectUncertain = false;
        if (isBlank(outcome.message))
            outcome.message.clear();
        return outcome;
    }
    if (!isCode(outcome.errorCode) || outcome.errorCode == kInterruptedCode)
        outcome.errorCode = "connector_error";
    if (isBlank(outcome.message))
        outcome.message = outcome.errorCode;
    if (outcome.result == CallResult::Timeout)
        outcome.effectUncertain = true;
    if (outcome.result == CallResult::Blocked)
        outcome.effectUncertain = false;
    return outcome;
}

CallOutcome interruptedOutcome()
{
    CallOutcome outcome;
    outcome.result = CallResult::Timeout;
    outcome.effectUncertain = true;
    outcome.errorCode = std::string(kInterruptedCode);
    outcome.message = "The engine ended before the answer came.";
    outcome.retryable = true;
    return outcome;
}

} // namespace countersign::execution
