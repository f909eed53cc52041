#pragma once

#include "planes/execution/run_events.h"

#include <string_view>

/// Receipts: one tool_receipt document for each attempt, chained by `previous_receipt_sha256`.
/// Pure; any thread.
namespace countersign::execution {

/// Error code of an attempt whose answer was lost with the process. Connectors cannot report it.
inline constexpr std::string_view kInterruptedCode = "engine_interrupted";

/// The system that carries out: `executed_by` and `created_by` of receipts.
struct Executor
{
    std::string id = "engine.main";
    std::string displayName = "Countersign engine";
};

struct ReceiptInput
{
    RecordId receiptId;
    std::size_t step = 0;
    CallPhase phase = CallPhase::Forward;
    int attempt = 1;
    Instant startedAt = {};
    Instant finishedAt = {};
    /// Who confirmed the step's gate; for a gated forward call.
    std::optional<Person> gatePassedBy = {};
    std::optional<Digest> previousReceipt = {};
};

/// The receipt of one attempt, valid under tool_receipt.schema.json, status `unverified`. The
/// outcome's texts come from outside: what does not fit the contract is cut or replaced.
[[nodiscard]] Json buildReceipt(
    const Plan& plan,
    const RunHead& head,
    const Executor& executor,
    const ReceiptInput& input,
    const CallOutcome& outcome);

/// The outcome as the engine records it: a code that is not well formed or is reserved becomes
/// `connector_error`, a message that is not UTF-8, blank or too long is repaired, and a refusal on
/// our side never claims an effect.
[[nodiscard]] CallOutcome recordedOutcome(CallOutcome outcome);

/// Stands for the answer that was lost when the process ended.
[[nodiscard]] CallOutcome interruptedOutcome();

} // namespace countersign::execution
