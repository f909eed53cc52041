#include "app/ctl/view_json.h"

#include "app/ctl/change_text.h"
#include "app/ctl/output.h"
#include "app/views/log_view.h"

namespace countersign::ctl {

namespace {

Json timeJson(const std::optional<Instant>& time)
{
    return time ? Json(time->text()) : Json(nullptr);
}

Json answersJson(const std::vector<control::CountedAnswer>& answers)
{
    Json rows = Json::array();
    for (const control::CountedAnswer& counted : answers)
        rows.push_back(
            {{"person", counted.answer.personId},
             {"display_name", counted.displayName},
             {"roles", counted.roles},
             {"answer", control::text(counted.answer.answer.kind)},
             {"reason", counted.answer.answer.reason},
             {"defer_until", timeJson(counted.answer.answer.deferUntil)},
             {"received_at", counted.answer.receivedAt.text()},
             {"key_id", counted.answer.keyId},
             {"envelope_sha256", counted.answer.envelopeDigest.hex()}});
    return rows;
}

Json documentJson(const ui::DocumentView& document)
{
    return {
        {"schema", document.schema},
        {"record_id", document.recordId},
        {"revision", document.revision},
        {"sha256", document.sha256.hex()},
        {"content", document.content}};
}

Json attemptJson(const ui::AttemptView& attempt)
{
    return {
        {"attempt", attempt.attempt},
        {"compensation", attempt.compensation},
        {"result", attempt.result},
        {"error_code", attempt.errorCode},
        {"message", attempt.message},
        {"started_at", timeJson(attempt.startedAt)},
        {"finished_at", timeJson(attempt.finishedAt)},
        {"response_sha256", attempt.responseSha256}};
}

Json stepJson(const ui::StepView& step)
{
    Json attempts = Json::array();
    for (const ui::AttemptView& attempt : step.attempts)
        attempts.push_back(attemptJson(attempt));
    return {
        {"step_id", step.stepId},
        {"title", step.title},
        {"status", text(step.status)},
        {"next_attempt_at", timeJson(step.nextAttemptAt)},
        {"gate_confirmed_by", step.gateConfirmedBy},
        {"note", step.note},
        {"attempts", std::move(attempts)}};
}

void addDocuments(const ui::DecisionView& view, Json& json)
{
    const auto add = [&json](const char* name, const std::optional<ui::DocumentView>& document) {
        json[name] = document ? documentJson(*document) : Json(nullptr);
    };
    add("claim", view.claim);
    add("memo", view.memo);
    add("scenario_set", view.scenarioSet);
    add("risk_synthesis", view.riskSynthesis);
    add("evidence_pack", view.evidencePack);
    add("plan", view.plan);
    json["forecasts"] = Json::array();
    for (const ui::DocumentView& forecast : view.forecasts)
        json["forecasts"].push_back(documentJson(forecast));
    json["evidence"] = Json::array();
    for (const ui::EvidenceView& evidence : view.evidence) {
        Json row = documentJson(evidence.document);
        row["fresh"] = evidence.fresh;
        row["fresh_until"] = evidence.freshUntil.text();
        row["sources_match"] = evidence.sourcesMatch;
        json["evidence"].push_back(std::move(row));
    }
}

void addHistory(const ui::DecisionView& view, Json& json)
{
    json["reported"] = Json::array();
    for (const ui::ReportedFact& fact : view.reported)
        json["reported"].push_back(
            {{"kind", fact.kind},
             {"who", fact.who},
             {"what", fact.what},
             {"at", timeJson(fact.at)}});
    json["runs"] = Json::array();
    for (const ui::RunView& run : view.runs)
        json["runs"].push_back(toJson(run));
    json["timeline"] = Json::array();
    for (const ui::TimelineRow& row : view.timeline)
        json["timeline"].push_back(
            {{"index", row.index},
             {"type", row.type},
             {"time", row.time.text()},
             {"who", row.who},
             {"body", row.body}});
}

} // namespace

std::string_view text(ui::Priority priority)
{
    switch (priority) {
    case ui::Priority::Critical:
        return "critical";
    case ui::Priority::High:
        return "high";
    case ui::Priority::Normal:
        return "normal";
    case ui::Priority::Low:
        return "low";
    }
    return {};
}

std::string_view text(ui::StepStatus status)
{
    switch (status) {
    case ui::StepStatus::Waiting:
        return "waiting";
    case ui::StepStatus::Gate:
        return "gate";
    case ui::StepStatus::Running:
        return "running";
    case ui::StepStatus::RetryWait:
        return "retry_wait";
    case ui::StepStatus::Done:
        return "done";
    case ui::StepStatus::Failed:
        return "failed";
    case ui::StepStatus::InDoubt:
        return "in_doubt";
    case ui::StepStatus::Compensating:
        return "compensating";
    case ui::StepStatus::Compensated:
        return "compensated";
    case ui::StepStatus::CompensationManual:
        return "manual";
    case ui::StepStatus::Standing:
        return "standing";
    case ui::StepStatus::Skipped:
        return "skipped";
    }
    return {};
}

Json toJson(const Classes& classes)
{
    return {
        {"approval", text(classes.approval)},
        {"reversibility", text(classes.reversibility)},
        {"sensitivity", text(classes.sensitivity)},
        {"action", text(classes.action)}};
}

Json toJson(const control::QuorumState& quorum)
{
    return {
        {"status", control::text(quorum.status)},
        {"approvals", answersJson(quorum.approvals)},
        {"rejections", answersJson(quorum.rejections)},
        {"questions", answersJson(quorum.questions)},
        {"deferrals", answersJson(quorum.deferrals)},
        {"approvals_missing", quorum.approvalsMissing},
        {"roles_missing", quorum.rolesMissing},
        {"standing_missing", quorum.standingMissing},
        {"may_still_approve", quorum.mayStillApprove}};
}

Json toJson(const ui::QueueRow& row)
{
    Json exposure = nullptr;
    if (!row.exposureAmount.empty())
        exposure = {{"amount", row.exposureAmount}, {"currency", row.exposureCurrency}};
    return {
        {"decision_id", row.decisionId},
        {"title", row.title},
        {"ask", row.ask},
        {"language", row.language},
        {"classes", toJson(row.classes)},
        {"priority", text(row.priority)},
        {"status", row.status},
        {"run_status", row.runStatus},
        {"requested_by", row.requestedBy},
        {"opened_at", row.openedAt.text()},
        {"due_at", row.dueAt.text()},
        {"expires_at", row.expiresAt.text()},
        {"approvals_have", row.approvalsHave},
        {"approvals_needed", row.approvalsNeeded},
        {"exposure", std::move(exposure)}};
}

Json toJson(const ui::RunView& run)
{
    Json steps = Json::array();
    for (const ui::StepView& step : run.steps)
        steps.push_back(stepJson(step));
    return {
        {"run_id", run.runId},
        {"decision_id", run.decisionId},
        {"title", run.title},
        {"status", run.status},
        {"status_detail", run.statusDetail},
        {"created_at", run.createdAt.text()},
        {"finished_at", timeJson(run.finishedAt)},
        {"not_before", run.notBefore.text()},
        {"not_after", run.notAfter.text()},
        {"steps_done", run.stepsDone},
        {"step_count", run.stepCount},
        {"steps", std::move(steps)}};
}

Json toJson(const ui::DecisionView& view)
{
    Json json = {
        {"decision_id", view.decisionId},
        {"status", view.status},
        {"request", view.request ? control::toJson(*view.request) : Json(nullptr)},
        {"request_sha256", view.requestSha256 ? Json(view.requestSha256->hex()) : Json(nullptr)},
        {"quorum", view.quorum ? toJson(*view.quorum) : Json(nullptr)},
        {"change", view.change ? toJson(*view.change) : Json(nullptr)},
        {"ledger_size", view.ledgerSize}};
    json["obstacles"] = Json::array();
    for (const Error& obstacle : view.obstacles)
        json["obstacles"].push_back(errorJson(obstacle));
    addDocuments(view, json);
    addHistory(view, json);
    return json;
}

Json toJson(const ui::LogPage& page)
{
    Json rows = Json::array();
    for (const ui::LogRow& row : page.rows)
        rows.push_back(
            {{"index", row.index},
             {"kind", row.isStatement ? "statement" : "event"},
             {"type", row.type},
             {"time", timeJson(row.time)},
             {"decision_id", row.decisionId},
             {"leaf_hash", row.leafHash},
             {"summary", app::logSummary(row)}});
    return {{"total", page.total}, {"rows", std::move(rows)}};
}

} // namespace countersign::ctl
