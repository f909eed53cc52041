#include "planes/execution/detail/decision_evidence.h"
#include "planes/execution/run_state.h"
#include "planes/trust/ledger_horizon.h"

#include <algorithm>

namespace countersign::execution::detail {

namespace {

const PlanCall* callOf(const Plan& plan, const Json& body)
{
    const auto step = plan.find(textMember(body, "step_id"));
    const auto phase = parseCallPhase(textMember(body, "phase"));
    if (!step || !phase.ok())
        return nullptr;
    const PlanStep& planned = plan.steps[*step];
    if (*phase == CallPhase::Forward)
        return &planned.call;
    return planned.compensation.call ? &*planned.compensation.call : nullptr;
}

/// The order that a person's act in a run must rest on, or nothing when the event is no such act.
std::optional<control::RunOrderKind> orderBehind(const RunEvent& event)
{
    switch (event.type) {
    case RunEventType::StepGateConfirmed:
        return control::RunOrderKind::ConfirmGate;
    case RunEventType::StepResolved:
        return textMember(event.body, "resolution") == "done"
                   ? control::RunOrderKind::ResolveDone
                   : control::RunOrderKind::ResolveNotDone;
    case RunEventType::StepCompensationConfirmed:
        return control::RunOrderKind::CompensationDone;
    case RunEventType::RunCancelRequested:
        return control::RunOrderKind::Cancel;
    case RunEventType::RunResumed:
        return control::RunOrderKind::RetryStep;
    case RunEventType::RunCreated:
    case RunEventType::StepDispatched:
    case RunEventType::StepFinished:
    case RunEventType::StepSkipped:
    case RunEventType::StepGateOpened:
    case RunEventType::StepInDoubt:
    case RunEventType::StepCompensationManual:
    case RunEventType::RunCompensating:
    case RunEventType::RunHalted:
    case RunEventType::RunBlocked:
    case RunEventType::RunFinished:
        return std::nullopt;
    }
    return std::nullopt;
}

Result<void> checkAct(const RunEvidence& run, const RecordedRunEvent& recorded)
{
    const auto kind = orderBehind(recorded.event);
    if (!kind)
        return {};
    CS_TRY(const PersonAct act, readAct(recorded.event.body, recorded.event.at));
    const bool ordered = std::any_of(
        run.orders.begin(), run.orders.end(), [&](const control::RecordedOrder& candidate) {
            const control::RunOrder& order = candidate.order.order;
            return candidate.statementIndex == act.statementIndex
                   && candidate.statementIndex < recorded.index && order.kind == *kind
                   && order.personId == act.person.id
                   && order.stepId == textMember(recorded.event.body, "step_id");
        });
    if (!ordered)
        return brokenAt(
            recorded.index, "no signed order stands behind what the person did", "audit.act");
    return {};
}

/// The plan that the run's request names.
Result<std::shared_ptr<const Plan>>
planOf(DecisionEvidence& evidence, const RunHead& head, std::uint64_t createdIndex)
{
    const control::RequestRecord* record =
        evidence.authority.find(head.requestId.text(), head.packetDigest);
    if (record == nullptr || record->index > createdIndex
        || head.decisionId.text() != evidence.decisionId
        || record->request.plan.sha256 != head.planDigest)
        return brokenAt(
            createdIndex,
            "the run is not bound to a request of this decision",
            "audit.run_request");
    const AcceptedDocument* document =
        findDocument(evidence.documents, record->request.plan, record->index);
    CS_ASSERT(document != nullptr); // The documents were checked before.
    CS_TRY(const Json content, documentContent(evidence.ledger, *document));
    CS_TRY(Plan plan, parsePlan(content));
    return std::make_shared<const Plan>(std::move(plan));
}

Result<void> checkRun(DecisionEvidence& evidence, RunEvidence& run)
{
    std::vector<RunEvent> events;
    for (const RecordedRunEvent& recorded : run.history) {
        if (recorded.event.sequence != events.size() + 1)
            return brokenAt(
                recorded.index,
                "the history of the run has a gap before event "
                    + std::to_string(recorded.event.sequence),
                "audit.run_sequence");
        events.push_back(recorded.event);
    }
    CS_TRY(run.head, readCreated(events.front()));
    CS_TRY(run.plan, planOf(evidence, *run.head, run.history.front().index));
    CS_CHECK(fold(*run.plan, events));
    for (const RecordedRunEvent& recorded : run.history)
        CS_CHECK(checkAct(run, recorded));
    return {};
}

/// The pin of the dispatched connector, as the request names it: the address that a pin covers is
/// known to the workspace only, so it cannot be computed anew here.
const control::ConnectorPin* pinOf(
    const control::RequestRecord& record, const std::string& connector, const std::string& version)
{
    const auto& pins = record.request.connectors;
    const auto found =
        std::find_if(pins.begin(), pins.end(), [&](const control::ConnectorPin& pin) {
            return pin.name == connector && pin.version == version;
        });
    return found == pins.end() ? nullptr : &*found;
}

Result<void>
checkDispatch(DecisionEvidence& evidence, const RunEvidence& run, const RecordedRunEvent& recorded)
{
    const Json& body = recorded.event.body;
    const PlanCall* call = callOf(*run.plan, body);
    if (call == nullptr || textMember(body, "connector") != call->connector
        || textMember(body, "connector_version") != call->connectorVersion
        || textMember(body, "operation") != call->operation
        || textMember(body, "idempotency_key") != call->idempotencyKey
        || textMember(body, "payload_sha256") != call->payloadDigest.hex())
        return brokenAt(
            recorded.index, "something else was dispatched than the plan says", "audit.intent");
    const control::RequestRecord* record =
        evidence.authority.find(run.head->requestId.text(), run.head->packetDigest);
    const control::ConnectorPin* pin = pinOf(*record, call->connector, call->connectorVersion);
    if (pin == nullptr)
        return brokenAt(
            recorded.index,
            "the request names no manifest of " + call->connector + " " + call->connectorVersion,
            "authority.connector");
    const std::string stepId = textMember(body, "step_id");
    trust::LedgerHorizon ledgerThen(evidence.ledger, recorded.index);
    const auto grant = control::authorizeDispatch(
        ledgerThen,
        *evidence.foundation,
        {run.head->runId.text(),
         evidence.decisionId,
         run.head->requestId.text(),
         run.head->packetDigest,
         run.head->planDigest,
         stepId,
         textMember(body, "phase") == text(CallPhase::Compensation),
         run.plan->steps[*run.plan->find(stepId)].humanGate,
         *pin,
         recorded.event.at});
    if (!grant.ok()) {
        Error error = grant.error();
        error.detail = "ledger entry " + std::to_string(recorded.index) + ": the step \"" + stepId
                       + "\" was dispatched without authority: " + error.detail;
        return fail(std::move(error));
    }
    if (grant->sha256.hex() != textMember(body, "authority_sha256"))
        return brokenAt(recorded.index, "it names another authority than there was", "audit.grant");
    return {};
}

Result<void>
checkReceipt(const RunEvidence& run, const RecordedRunEvent& recorded, const Json& dispatched)
{
    const Json& body = recorded.event.body;
    const Json* receipt = valueAt(body, "/receipt");
    const PlanCall* call = callOf(*run.plan, body);
    if (receipt == nullptr || call == nullptr)
        return brokenAt(recorded.index, "it carries no receipt", "audit.receipt");
    const auto says = [&](std::string_view pointer, const Json& expected) {
        const Json* value = valueAt(*receipt, pointer);
        return value != nullptr && *value == expected;
    };
    const RunHead& head = *run.head;
    const bool fits =
        says("/header/schema", "tool_receipt") && says("/run_id", head.runId.text())
        && says("/approval_request_id", head.requestId.text())
        && says("/packet_sha256", head.packetDigest.hex())
        && says("/plan/sha256", head.planDigest.hex())
        && says("/header/decision_id", head.decisionId.text())
        && says("/step_id", body.value("step_id", Json()))
        && says("/phase", body.value("phase", Json()))
        && says("/attempt", body.value("attempt", Json()))
        && says("/executed_by/type", "executor_system")
        && says("/intended/connector", dispatched.value("connector", Json()))
        && says("/intended/connector_version", dispatched.value("connector_version", Json()))
        && says("/intended/operation", dispatched.value("operation", Json()))
        && says("/intended/payload_sha256", call->payloadDigest.hex())
        && says("/intended/idempotency_key", call->idempotencyKey);
    if (!fits)
        return brokenAt(
            recorded.index,
            "the receipt is about something else than what was dispatched",
            "audit.receipt");
    return {};
}

} // namespace

Result<AuditFindings> checkRuns(DecisionEvidence& evidence)
{
    std::set<std::pair<std::string, std::string>> made;
    AuditFindings findings;
    for (auto& [runId, run] : evidence.runs) {
        CS_CHECK(checkRun(evidence, run));
        if (!made.emplace(run.head->requestId.text(), run.head->planDigest.hex()).second)
            return brokenAt(
                run.history.front().index,
                "a second run of the same plan under the same request",
                "audit.run_repeated");
        findings.push_back({"runs.run", {runId, std::to_string(run.history.size())}});
    }
    if (findings.empty())
        findings.push_back({"runs.none", {}});
    return findings;
}

Result<AuditFindings> checkDispatches(DecisionEvidence& evidence)
{
    std::size_t count = 0;
    for (const auto& [runId, run] : evidence.runs) {
        for (const RecordedRunEvent& recorded : run.history) {
            if (recorded.event.type != RunEventType::StepDispatched)
                continue;
            CS_CHECK(checkDispatch(evidence, run, recorded));
            ++count;
        }
    }
    if (count == 0)
        return AuditFindings{{"dispatches.none", {}}};
    return AuditFindings{{"dispatches.counted", {std::to_string(count)}}};
}

Result<AuditFindings> checkReceipts(DecisionEvidence& evidence)
{
    std::size_t count = 0;
    for (const auto& [runId, run] : evidence.runs) {
        // By step and phase: fold() has seen that each answer follows its own dispatch.
        std::map<std::pair<std::string, std::string>, const Json*> dispatched;
        for (const RecordedRunEvent& recorded : run.history) {
            const Json& body = recorded.event.body;
            const auto effect =
                std::make_pair(textMember(body, "step_id"), textMember(body, "phase"));
            if (recorded.event.type == RunEventType::StepDispatched)
                dispatched[effect] = &body;
            if (recorded.event.type != RunEventType::StepFinished)
                continue;
            CS_CHECK(checkReceipt(run, recorded, *dispatched.at(effect)));
            ++count;
        }
    }
    return AuditFindings{{"receipts.counted", {std::to_string(count)}}};
}

} // namespace countersign::execution::detail
