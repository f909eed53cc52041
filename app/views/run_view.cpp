#include "app/views/run_view.h"

#include "planes/execution/ledger_journal.h"
#include "planes/execution/run_state.h"

#include <algorithm>

namespace countersign::app {

namespace {

ui::StepStatus statusOf(execution::StepStatus status)
{
    switch (status) {
    case execution::StepStatus::Waiting:
        return ui::StepStatus::Waiting;
    case execution::StepStatus::Gate:
        return ui::StepStatus::Gate;
    case execution::StepStatus::Dispatched:
        return ui::StepStatus::Running;
    case execution::StepStatus::RetryWait:
        return ui::StepStatus::RetryWait;
    case execution::StepStatus::InDoubt:
    case execution::StepStatus::CompensationInDoubt:
        return ui::StepStatus::InDoubt;
    case execution::StepStatus::Done:
        return ui::StepStatus::Done;
    case execution::StepStatus::Failed:
    case execution::StepStatus::CompensationFailed:
        return ui::StepStatus::Failed;
    case execution::StepStatus::Skipped:
        return ui::StepStatus::Skipped;
    case execution::StepStatus::CompensationDispatched:
    case execution::StepStatus::CompensationRetryWait:
        return ui::StepStatus::Compensating;
    case execution::StepStatus::CompensationManual:
        return ui::StepStatus::CompensationManual;
    case execution::StepStatus::Compensated:
        return ui::StepStatus::Compensated;
    case execution::StepStatus::Standing:
        return ui::StepStatus::Standing;
    }
    return ui::StepStatus::Waiting;
}

std::string_view waitText(execution::WaitKind kind)
{
    switch (kind) {
    case execution::WaitKind::Call:
        return "running";
    case execution::WaitKind::Time:
        return "waiting";
    case execution::WaitKind::Gate:
        return "gate";
    case execution::WaitKind::Doubt:
        return "in_doubt";
    case execution::WaitKind::Undo:
        return "manual";
    case execution::WaitKind::Stuck:
        return "halted";
    case execution::WaitKind::Authority:
        return "blocked";
    }
    return "running";
}

/// The one word for a list: whatever waits for a person comes before what goes on by itself.
void describeStatus(
    const execution::Plan& plan, const execution::RunState& state, Instant now, ui::RunView& view)
{
    if (state.result) {
        view.status = std::string(execution::text(*state.result));
        return;
    }
    view.status = "running";
    static constexpr std::array kByUrgency = {
        execution::WaitKind::Authority,
        execution::WaitKind::Doubt,
        execution::WaitKind::Stuck,
        execution::WaitKind::Undo,
        execution::WaitKind::Gate,
        execution::WaitKind::Call,
        execution::WaitKind::Time};
    const std::vector<execution::RunWait> waits = execution::waits(plan, state, now);
    for (const execution::WaitKind kind : kByUrgency) {
        const auto found = std::find_if(
            waits.begin(), waits.end(), [&](const auto& wait) { return wait.kind == kind; });
        if (found == waits.end())
            continue;
        view.status = std::string(waitText(kind));
        view.statusDetail = found->detail;
        break;
    }
    if (state.cancel)
        view.status = "cancelling";
    else if (state.compensating && (view.status == "running" || view.status == "waiting"))
        view.status = "compensating";
}

ui::AttemptView attemptOf(const execution::RunEvent& event)
{
    ui::AttemptView attempt;
    attempt.attempt = event.body.value("attempt", 0);
    attempt.compensation = textMember(event.body, "phase") == "compensation";
    if (event.type == execution::RunEventType::StepDispatched) {
        attempt.startedAt = event.at;
        return attempt;
    }
    const Json receipt = event.body.value("receipt", Json::object());
    const Json claimed = receipt.value("claimed", Json::object());
    const Json error = receipt.value("error", Json::object());
    attempt.result = textMember(claimed, "result");
    attempt.message = textMember(claimed, "message");
    attempt.responseSha256 = textMember(claimed, "response_sha256");
    attempt.errorCode = textMember(error, "code");
    if (error.contains("message"))
        attempt.message = textMember(error, "message");
    if (const auto at = Instant::parse(textMember(receipt, "started_at")); at.ok())
        attempt.startedAt = *at;
    if (const auto at = Instant::parse(textMember(receipt, "finished_at")); at.ok())
        attempt.finishedAt = *at;
    return attempt;
}

void addAttempt(ui::StepView& step, ui::AttemptView attempt)
{
    const auto known = std::find_if(
        step.attempts.begin(), step.attempts.end(), [&](const ui::AttemptView& earlier) {
            return earlier.attempt == attempt.attempt
                   && earlier.compensation == attempt.compensation;
        });
    if (known == step.attempts.end())
        step.attempts.push_back(std::move(attempt));
    else
        *known = std::move(attempt);
}

void addSteps(
    const execution::Plan& plan,
    const execution::RunState& state,
    const std::vector<execution::RunEvent>& events,
    ui::RunView& view)
{
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const execution::PlanStep& planned = plan.steps[i];
        const execution::StepState& stepState = state.steps[i];
        ui::StepView step;
        step.stepId = planned.id;
        step.title = planned.title;
        step.status = statusOf(stepState.status);
        step.nextAttemptAt = stepState.retryAt;
        if (stepState.gateConfirmation)
            step.gateConfirmedBy = stepState.gateConfirmation->person.displayName;
        step.note = stepState.why;
        if (stepState.status == execution::StepStatus::CompensationManual)
            step.note = planned.compensation.text;
        if (step.note.empty() && stepState.lastError)
            step.note = stepState.lastError->message;
        view.steps.push_back(std::move(step));
    }
    for (const execution::RunEvent& event : events) {
        const auto step = plan.find(textMember(event.body, "step_id"));
        const bool isAttempt = event.type == execution::RunEventType::StepDispatched
                               || event.type == execution::RunEventType::StepFinished;
        if (step && isAttempt)
            addAttempt(view.steps[*step], attemptOf(event));
    }
}

} // namespace

Result<ui::RunView>
runView(const ViewContext& context, execution::PlanSource& plans, const std::string& runId)
{
    CS_TRY(const execution::RunRow row, execution::runRow(context.session, runId));
    CS_TRY(
        const std::vector<execution::RunEvent> events,
        execution::loadRunEvents(context.ledger, row.decisionId, runId));
    if (events.empty())
        return fail(
            ErrorCode::Corrupt,
            "the run " + runId + " has no entry in the ledger",
            "run.unfounded");
    CS_TRY(const execution::RunHead head, execution::readCreated(events.front()));
    CS_TRY(const auto plan, plans.plan(head.planDigest));
    CS_TRY(const execution::RunState state, execution::fold(*plan, events));
    ui::RunView view;
    view.runId = runId;
    view.decisionId = head.decisionId.text();
    view.title = plan->title;
    view.createdAt = head.createdAt;
    view.finishedAt = row.finishedAt;
    view.notBefore = plan->notBefore;
    view.notAfter = plan->notAfter;
    view.stepCount = static_cast<int>(plan->steps.size());
    view.stepsDone = static_cast<int>(state.count(execution::StepStatus::Done));
    describeStatus(*plan, state, context.now, view);
    addSteps(*plan, state, events, view);
    return view;
}

Result<std::vector<ui::RunView>> runList(
    const ViewContext& context,
    execution::PlanSource& plans,
    const std::string& afterRunId,
    int limit)
{
    CS_TRY(const auto rows, execution::runPage(context.session, afterRunId, limit));
    std::vector<ui::RunView> views;
    for (const execution::RunRow& row : rows) {
        auto view = runView(context, plans, row.runId);
        if (view.ok()) {
            view->steps.clear();
            views.push_back(std::move(*view));
            continue;
        }
        ui::RunView broken;
        broken.runId = row.runId;
        broken.decisionId = row.decisionId;
        broken.status = "unreadable";
        broken.statusDetail = view.error().describe();
        broken.createdAt = row.createdAt;
        views.push_back(std::move(broken));
    }
    return views;
}

} // namespace countersign::app
