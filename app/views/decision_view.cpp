#include "app/views/decision_view.h"

#include "app/views/queue_view.h"
#include "app/views/run_view.h"
#include "planes/control/authority.h"
#include "planes/control/decision_table.h"
#include "planes/control/governance.h"
#include "planes/data/blobs.h"
#include "planes/decision/documents.h"

#include <algorithm>

namespace countersign::app {

namespace {

/// Longest timeline a page carries; the audit log has the rest.
constexpr std::size_t kTimelineRowCountMax = 2000;

Result<ui::DocumentView>
documentView(const ViewContext& context, const decision::StoredDocument& stored)
{
    CS_TRY(Json content, decision::documentContent(context.session, stored));
    return ui::DocumentView{
        stored.schema, stored.recordId, stored.revision, stored.sha256, std::move(content)};
}

Result<ui::EvidenceView> evidenceView(const ViewContext& context, ui::DocumentView document)
{
    ui::EvidenceView view{std::move(document), false, {}, true};
    const Json freshness = view.document.content.value("freshness", Json::object());
    if (const auto asOf = Instant::parse(textMember(freshness, "as_of")); asOf.ok())
        view.freshUntil =
            *asOf + Duration(std::chrono::seconds(freshness.value("window_s", std::int64_t{0})));
    view.fresh = context.now <= view.freshUntil;
    for (const Json& source : view.document.content.value("sources", Json::array())) {
        const auto digest = Digest::parse(textMember(source, "sha256"));
        view.sourcesMatch =
            view.sourcesMatch && digest.ok() && data::blobBytes(context.session, *digest).ok();
    }
    return view;
}

Result<void> addDocuments(
    const ViewContext& context,
    const std::vector<decision::StoredDocument>& documents,
    ui::DecisionView& view)
{
    for (const decision::StoredDocument& stored : documents) {
        if (stored.schema == "tool_receipt" || stored.schema == "outcome"
            || stored.schema == "metric_definition")
            continue;
        CS_TRY(ui::DocumentView document, documentView(context, stored));
        if (stored.schema == "approval_request") {
            view.claim = std::move(document);
        } else if (stored.schema == "memo") {
            view.memo = std::move(document);
        } else if (stored.schema == "scenario_set") {
            view.scenarioSet = std::move(document);
        } else if (stored.schema == "risk_synthesis") {
            view.riskSynthesis = std::move(document);
        } else if (stored.schema == "forecast") {
            view.forecasts.push_back(std::move(document));
        } else if (stored.schema == "evidence_pack") {
            view.evidencePack = std::move(document);
        } else if (stored.schema == "execution_plan") {
            view.plan = std::move(document);
        } else if (stored.schema == "evidence_item") {
            CS_TRY(ui::EvidenceView evidence, evidenceView(context, std::move(document)));
            view.evidence.push_back(std::move(evidence));
        }
    }
    return {};
}

std::optional<Instant> instantAt(const Json& object, const char* member)
{
    const auto parsed = Instant::parse(textMember(object, member));
    return parsed.ok() ? std::optional<Instant>(*parsed) : std::nullopt;
}

/// What others say happened: votes and statuses inside documents, receipts, outcomes.
Result<void> addReported(
    const ViewContext& context,
    const std::vector<decision::StoredDocument>& documents,
    ui::DecisionView& view)
{
    if (view.claim) {
        const Json& claim = view.claim->content;
        for (const Json& vote : claim.value("votes", Json::array()))
            view.reported.push_back(
                {"vote",
                 textMember(vote["by"], "display_name"),
                 textMember(vote, "choice"),
                 instantAt(vote, "at")});
        if (textMember(claim, "status") != "pending")
            view.reported.push_back(
                {"status", {}, textMember(claim, "status"), instantAt(claim, "resolved_at")});
    }
    for (const decision::StoredDocument& stored : documents) {
        if (stored.schema != "tool_receipt" && stored.schema != "outcome")
            continue;
        CS_TRY(const Json content, decision::documentContent(context.session, stored));
        if (stored.schema == "outcome") {
            view.reported.push_back(
                {"outcome", {}, textMember(content, "status"), instantAt(content, "completed_at")});
            continue;
        }
        const std::string result = textMember(content.value("claimed", Json::object()), "result");
        view.reported.push_back(
            {"receipt",
             textMember(content.value("executed_by", Json::object()), "display_name"),
             textMember(content, "step_id") + ": " + result + ", "
                 + textMember(content, "verification_status"),
             instantAt(content, "finished_at")});
    }
    return {};
}

std::string whoOf(const control::Roster& roster, const trust::LedgerEvent& event)
{
    if (event.body.contains("person"))
        return displayName(roster, textMember(event.body, "person"));
    const Json body = event.body.value("body", Json::object());
    if (body.is_object() && body.contains("who"))
        return textMember(body["who"], "display_name");
    return {};
}

Result<void> addTimeline(const ViewContext& context, ui::DecisionView& view)
{
    return context.ledger.forEachOfDecision(
        view.decisionId, [&](const trust::LedgerEntry& entry) -> Result<bool> {
            if (entry.kind != trust::EntryKind::Event)
                return true;
            CS_TRY(trust::LedgerEvent event, trust::readEvent(entry));
            std::string who = whoOf(context.foundation.roster(), event);
            view.timeline.push_back(
                {event.index, event.type, event.time, std::move(who), std::move(event.body)});
            return view.timeline.size() < kTimelineRowCountMax;
        });
}

Result<void> addAuthority(const ViewContext& context, ui::DecisionView& view)
{
    CS_TRY(
        const control::DecisionAuthority authority,
        control::loadDecisionAuthority(context.ledger, context.foundation, view.decisionId));
    const control::RequestRecord* latest = authority.latest();
    if (latest == nullptr)
        return {};
    view.request = latest->request;
    view.requestSha256 = latest->sha256;
    view.quorum = control::quorumOf(context.foundation, *latest, context.now);
    if (control::isGovernance(latest->request)) {
        CS_TRY(view.change, control::recordedChange(context.ledger, context.foundation, *latest));
        return {};
    }
    // The plan on screen is the one that was asked for, also after an edit.
    if (!view.plan || view.plan->sha256 != latest->request.plan.sha256) {
        CS_TRY(
            const decision::StoredDocument plan,
            decision::storedDocument(context.session, latest->request.plan.sha256));
        CS_TRY(view.plan, documentView(context, plan));
    }
    return {};
}

void addObstacles(const ViewContext& context, ui::DecisionView& view)
{
    if (view.status == "blocked") {
        for (auto row = view.timeline.rbegin(); row != view.timeline.rend(); ++row) {
            if (row->type != control::kRequestRefused)
                continue;
            view.obstacles.push_back(
                {ErrorCode::Refused,
                 textMember(row->body, "detail"),
                 textMember(row->body, "rule"),
                 {},
                 textMember(row->body, "pointer")});
            break;
        }
    }
    if (view.quorum && view.quorum->status == control::RequestStatus::Expired)
        view.obstacles.push_back(
            {ErrorCode::Expired,
             "the request has expired; nothing signed now counts",
             "request.expired"});
    if (view.quorum && view.quorum->status == control::RequestStatus::Void)
        view.obstacles.push_back(
            {ErrorCode::Conflict,
             "policy or roster changed since this was asked; it must be asked again",
             "request.void"});
    if (view.plan) {
        const auto notAfter = instantAt(view.plan->content, "not_after");
        if (notAfter && *notAfter < context.now)
            view.obstacles.push_back(
                {ErrorCode::Expired, "the plan's time window is over", "run.window"});
    }
}

} // namespace

Result<ui::DecisionView> decisionView(
    const ViewContext& context, execution::PlanSource& plans, const std::string& decisionId)
{
    ui::DecisionView view;
    view.decisionId = decisionId;
    CS_TRY(const auto documents, decision::latestDocuments(context.session, decisionId));
    const auto row = control::decisionRow(context.session, decisionId);
    // A change of roster or policy has no documents, others have no request yet.
    if (documents.empty() && !row.ok())
        return row.failure();
    CS_CHECK(addDocuments(context, documents, view));
    CS_CHECK(addReported(context, documents, view));
    view.status = row.ok() ? row->status : "unasked";
    CS_CHECK(addAuthority(context, view));
    if (view.quorum)
        view.status = std::string(control::text(view.quorum->status));
    CS_CHECK(addTimeline(context, view));
    CS_TRY(const auto runs, execution::runsOfDecision(context.session, decisionId));
    for (const execution::RunRow& run : runs) {
        CS_TRY(ui::RunView runDetails, runView(context, plans, run.runId));
        view.runs.push_back(std::move(runDetails));
    }
    addObstacles(context, view);
    CS_TRY(const trust::Checkpoint head, context.ledger.head());
    view.ledgerSize = head.size;
    return view;
}

} // namespace countersign::app
