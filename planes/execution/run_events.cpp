#include "planes/execution/run_events.h"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::execution {

namespace {

constexpr std::array<std::pair<RunEventType, std::string_view>, 16> kTypeNames{{
    {RunEventType::RunCreated, "run.created"},
    {RunEventType::StepDispatched, "step.dispatched"},
    {RunEventType::StepFinished, "step.finished"},
    {RunEventType::StepSkipped, "step.skipped"},
    {RunEventType::StepGateOpened, "step.gate_opened"},
    {RunEventType::StepGateConfirmed, "step.gate_confirmed"},
    {RunEventType::StepInDoubt, "step.in_doubt"},
    {RunEventType::StepResolved, "step.resolved"},
    {RunEventType::StepCompensationManual, "step.compensation_manual"},
    {RunEventType::StepCompensationConfirmed, "step.compensation_confirmed"},
    {RunEventType::RunCancelRequested, "run.cancel_requested"},
    {RunEventType::RunCompensating, "run.compensating"},
    {RunEventType::RunHalted, "run.halted"},
    {RunEventType::RunResumed, "run.resumed"},
    {RunEventType::RunBlocked, "run.blocked"},
    {RunEventType::RunFinished, "run.finished"},
}};
static_assert(kTypeNames.size() == static_cast<std::size_t>(RunEventType::RunFinished) + 1);

} // namespace

std::string_view text(RunEventType type)
{
    return kTypeNames.at(static_cast<std::size_t>(type)).second;
}

Result<RunEventType> parseRunEventType(std::string_view text)
{
    const auto* const found =
        std::find_if(kTypeNames.begin(), kTypeNames.end(), [text](const auto& row) {
            return row.second == text;
        });
    if (found == kTypeNames.end())
        return fail(
            ErrorCode::InvalidInput,
            "\"" + std::string(text) + "\" is no event of a run",
            "run.event_type");
    return found->first;
}

std::string_view text(CallPhase phase)
{
    return phase == CallPhase::Forward ? "forward" : "compensation";
}

Result<CallPhase> parseCallPhase(std::string_view text)
{
    if (text == "forward")
        return CallPhase::Forward;
    if (text == "compensation")
        return CallPhase::Compensation;
    return fail(
        ErrorCode::InvalidInput,
        "\"" + std::string(text) + "\" is no phase of a call",
        "run.phase");
}

void writeAct(Json& body, const PersonAct& act)
{
    body["who"] = actorJson(act.person);
    body["statement_index"] = act.statementIndex;
    body["reason"] = act.reason;
}

Result<PersonAct> readAct(const Json& body, Instant at)
{
    const Json* who = valueAt(body, "/who");
    const Json* index = valueAt(body, "/statement_index");
    if (who == nullptr || index == nullptr || !index->is_number_integer())
        return fail(ErrorCode::InvalidInput, "the event does not say who acted", "run.act");
    CS_TRY(Person person, parsePerson(*who));
    return PersonAct{
        std::move(person), index->get<std::uint64_t>(), textMember(body, "reason"), at};
}

RunEvent createdEvent(const RunHead& head, const Plan& plan)
{
    CS_ASSERT(head.planDigest == plan.identity.digest);
    Json planReference = Json::object();
    planReference["schema"] = "execution_plan";
    planReference["record_id"] = plan.identity.recordId.text();
    planReference["revision"] = plan.identity.revision;
    planReference["sha256"] = plan.identity.digest.hex();
    Json body = Json::object();
    body["plan"] = std::move(planReference);
    body["decision_id"] = head.decisionId.text();
    body["approval_request_id"] = head.requestId.text();
    body["packet_sha256"] = head.packetDigest.hex();
    return RunEvent{head.runId, 1, RunEventType::RunCreated, head.createdAt, std::move(body)};
}

Result<RunHead> readCreated(const RunEvent& event)
{
    const Json* plan = valueAt(event.body, "/plan");
    const auto planDigest = Digest::parse(plan == nullptr ? "" : textMember(*plan, "sha256"));
    const auto decisionId = DecisionId::parse(textMember(event.body, "decision_id"));
    const auto requestId = RequestId::parse(textMember(event.body, "approval_request_id"));
    const auto packetDigest = Digest::parse(textMember(event.body, "packet_sha256"));
    if (event.type != RunEventType::RunCreated || event.sequence != 1 || !planDigest || !decisionId
        || !requestId || !packetDigest)
        return fail(
            ErrorCode::Corrupt,
            "the history of run " + event.runId.text() + " does not begin with run.created",
            "run.event");
    return RunHead{event.runId, *decisionId, *planDigest, *requestId, *packetDigest, event.at};
}

} // namespace countersign::execution
