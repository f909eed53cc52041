#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/json.h"
#include "models/result.h"
#include "planes/execution/connector.h"
#include "planes/execution/plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What happens to a run, as it is journaled. Members of the bodies (all times RFC 3339, all
/// digests hexadecimal; `person` stands for `who` (actor), `statement_index`, `reason`):
///
///     run.created                 plan {schema, record_id, revision, sha256}, decision_id,
///                                 approval_request_id, packet_sha256
///     step.dispatched             step_id, phase, attempt, idempotency_key, payload_sha256,
///                                 connector, connector_version, operation, authority_sha256
///     step.finished               step_id, phase, attempt, receipt (tool_receipt document),
///                                 effect_uncertain, retry_at?
///     step.skipped                step_id, why
///     step.gate_opened            step_id
///     step.gate_confirmed         step_id, person
///     step.in_doubt               step_id, phase, why
///     step.resolved               step_id, phase, resolution (done | not_done), person
///     step.compensation_manual    step_id, runbook, owner (actor), due_at?
///     step.compensation_confirmed step_id, person
///     run.cancel_requested        person
///     run.compensating            why (step_failed | cancelled | expired)
///     run.halted                  why (step_failed | compensation_failed | compensation_window),
///                                 step_id
///     run.resumed                 step_id, phase, person
///     run.blocked                 rule, detail
///     run.finished                result (completed | failed | compensated | cancelled | expired),
///                                 standing [step_id …]
namespace countersign::execution {

/// `why` of run.halted when the time for undoing a step has passed.
inline constexpr std::string_view kWindowHalt = "compensation_window";

enum class RunEventType {
    RunCreated,
    StepDispatched,
    StepFinished,
    StepSkipped,
    StepGateOpened,
    StepGateConfirmed,
    StepInDoubt,
    StepResolved,
    StepCompensationManual,
    StepCompensationConfirmed,
    RunCancelRequested,
    RunCompensating,
    RunHalted,
    RunResumed,
    RunBlocked,
    RunFinished,
};

/// The name in the journal, e.g. `step.dispatched`.
[[nodiscard]] std::string_view text(RunEventType type);
/// Errors: InvalidInput (rule `run.event_type`).
[[nodiscard]] Result<RunEventType> parseRunEventType(std::string_view text);

/// `forward` or `compensation`.
[[nodiscard]] std::string_view text(CallPhase phase);
/// Errors: InvalidInput (rule `run.phase`).
[[nodiscard]] Result<CallPhase> parseCallPhase(std::string_view text);

/// One entry of a run's history. Sequences count from 1 without a gap, so a journal that keeps
/// (run, sequence) unique fences a second writer.
struct RunEvent
{
    RunId runId;
    std::uint64_t sequence = 0;
    RunEventType type = RunEventType::RunCreated;
    Instant at;
    Json body;

    bool operator==(const RunEvent&) const = default;
};

/// What a rule wants appended; the engine adds run and sequence.
struct EventDraft
{
    RunEventType type = RunEventType::RunCreated;
    Instant at;
    Json body;
};

/// What a person did, already authorized and recorded: the index is that of the signed statement
/// in the ledger.
struct PersonAct
{
    Person person;
    std::uint64_t statementIndex = 0;
    std::string reason;
    Instant at;

    bool operator==(const PersonAct&) const = default;
};

/// Writes `who`, `statement_index` and `reason` into `body`.
void writeAct(Json& body, const PersonAct& act);
/// Errors: InvalidInput (rule `run.act`).
[[nodiscard]] Result<PersonAct> readAct(const Json& body, Instant at);

/// What a run is bound to.
struct RunHead
{
    RunId runId;
    DecisionId decisionId;
    Digest planDigest;
    RequestId requestId;
    Digest packetDigest;
    Instant createdAt;

    bool operator==(const RunHead&) const = default;
};

/// The first event of a run.
[[nodiscard]] RunEvent createdEvent(const RunHead& head, const Plan& plan);
/// Errors: Corrupt (rule `run.event`) when the event is not a well-formed run.created.
[[nodiscard]] Result<RunHead> readCreated(const RunEvent& event);

} // namespace countersign::execution
