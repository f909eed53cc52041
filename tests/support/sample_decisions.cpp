#include "tests/support/sample_decisions.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace countersign::tests {

namespace {

namespace fs = std::filesystem;

Json readJson(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    Result<Json> parsed = parseJson(bytes);
    CS_ASSERT(parsed.ok());
    return std::move(parsed).value();
}

fs::path demoFolder()
{
    return fs::path(COUNTERSIGN_SOURCE_DIR) / "resources" / "demo" / "decisions";
}

ui::DocumentView document(const Json& content)
{
    const Json& header = content["header"];
    return {
        textMember(header, "schema"),
        textMember(header, "record_id"),
        header["revision"].get<int>(),
        *canonicalDigest(content),
        content};
}

control::PacketItem item(const ui::DocumentView& view)
{
    return {view.schema, view.recordId, view.revision, view.sha256};
}

Classes readClasses(const Json& object)
{
    return {
        *parseApprovalClass(textMember(object, "approval")),
        *parseReversibility(textMember(object, "reversibility")),
        *parseSensitivity(textMember(object, "sensitivity")),
        *parseActionClass(textMember(object, "action"))};
}

std::vector<std::string> texts(const Json& list)
{
    std::vector<std::string> all;
    for (const Json& value : list)
        all.push_back(value.get<std::string>());
    return all;
}

control::ApprovalRequest requestOf(const Json& claim, const ui::DecisionView& view)
{
    control::ApprovalRequest request{
        .requestId = textMember(claim["header"], "record_id"),
        .revision = 1,
        .tenantId = textMember(claim["header"], "tenant_id"),
        .decisionId = view.decisionId,
        .title = textMember(claim, "title"),
        .ask = textMember(claim, "ask"),
        .requestedBy = textMember(claim["requested_by"], "id"),
        .barred = texts(claim["quorum"]["barred_actor_ids"]),
        .packet = {},
        .plan = item(*view.plan),
        .classes = readClasses(claim["classes"]),
        .claimedClasses = readClasses(claim["classes"]),
        .raised = {},
        .approvalsNeeded = claim["quorum"]["approvals_needed"].get<int>(),
        .rolesNeeded = texts(claim["quorum"]["roles_needed"]),
        .eachAtLeast = control::RoleLevel::Manager,
        .oneAtLeast = control::RoleLevel::Head,
        .connectors = {},
        .policyVersion = 1,
        .policySha256 = Digest::of("policy"),
        .rosterVersion = 1,
        .rosterSha256 = Digest::of("roster"),
        .requestedAt = *Instant::parse(textMember(claim, "requested_at")),
        .dueAt = *Instant::parse(textMember(claim, "due_at")),
        .expiresAt = *Instant::parse(textMember(claim, "expires_at")),
        .exposure = {},
        .amendedBy = {}};
    if (claim.contains("exposure"))
        request.exposure = *Money::parse(
            textMember(claim["exposure"], "amount"), textMember(claim["exposure"], "currency"));
    for (const auto& view_ :
         {view.memo, view.scenarioSet, view.riskSynthesis, view.evidencePack, view.plan})
        request.packet.push_back(item(*view_));
    for (const ui::DocumentView& forecast : view.forecasts)
        request.packet.push_back(item(forecast));
    for (const Json& step : view.plan->content["steps"]) {
        const control::ConnectorPin pin{
            textMember(step["call"], "connector"),
            textMember(step["call"], "connector_version"),
            Digest::of(textMember(step["call"], "connector"))};
        if (std::find(request.connectors.begin(), request.connectors.end(), pin)
            == request.connectors.end())
            request.connectors.push_back(pin);
    }
    return request;
}

std::string personFor(const Json& claim, const std::string& role)
{
    for (const Json& vote : claim["votes"]) {
        if (textMember(vote["by"], "role") == role)
            return textMember(vote["by"], "id");
    }
    return role + ".person";
}

std::string nameFor(const Json& claim, const std::string& role)
{
    for (const Json& vote : claim["votes"]) {
        if (textMember(vote["by"], "role") == role)
            return textMember(vote["by"], "display_name");
    }
    return role;
}

control::QuorumState quorumOf(const Json& claim, const control::ApprovalRequest& request)
{
    control::QuorumState quorum;
    quorum.approvalsMissing = request.approvalsNeeded;
    const bool several = request.rolesNeeded.size() > 1;
    for (std::size_t i = 0; i < request.rolesNeeded.size(); ++i) {
        const std::string& role = request.rolesNeeded[i];
        if (i == 0 && several) {
            control::AnswerDraft draft;
            draft.personId = personFor(claim, role);
            draft.issuedAt = request.requestedAt + std::chrono::hours(5);
            control::VerifiedAnswer answer{
                draft,
                draft.personId,
                Digest::of(draft.personId).hex(),
                Digest::of("envelope"),
                draft.issuedAt,
                7};
            quorum.approvals.push_back({answer, nameFor(claim, role), {role}});
            --quorum.approvalsMissing;
            continue;
        }
        quorum.rolesMissing.push_back(role);
        quorum.mayStillApprove.push_back(personFor(claim, role));
    }
    quorum.nextMayComplete = quorum.approvalsMissing == 1;
    return quorum;
}

std::vector<ui::EvidenceView> evidenceOf(const fs::path& folder, Instant now)
{
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder / "evidence"))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<ui::EvidenceView> all;
    for (const fs::path& path : paths) {
        const Json content = readJson(path);
        const Json& freshness = content["freshness"];
        const Instant until = *Instant::parse(textMember(freshness, "as_of"))
                              + std::chrono::seconds(freshness["window_s"].get<std::int64_t>());
        all.push_back({document(content), now <= until, until, true});
    }
    return all;
}

} // namespace

ui::LogRow logRow(std::uint64_t index)
{
    static constexpr std::array kTypes{
        "documents.accepted",
        "request.opened",
        "answer.recorded",
        "decision.authorized",
        "step.finished"};
    ui::LogRow row;
    row.index = index;
    row.isStatement = index % 7 == 3;
    row.type = row.isStatement ? std::string(control::kApprovalPredicate)
                               : kTypes.at(static_cast<std::size_t>(index % kTypes.size()));
    if (!row.isStatement)
        row.time = at("2026-05-18T10:00:00Z") + std::chrono::minutes(index % 100'000);
    row.decisionId = "dec_01KSQBR4T0JS665Q6B4449FADV";
    row.leafHash = Digest::of(std::to_string(index)).hex();
    row.facts = {{"person", "Greta Holm"}, {"name", "entry " + std::to_string(index)}};
    return row;
}

Json eventEntry(std::uint64_t index, std::uint64_t size)
{
    const ui::LogRow row = logRow(index);
    const Json body = {{"answer", "approve"}, {"person", "greta.holm"}};
    return {
        {"index", index},
        {"type", row.type},
        {"decision_id", row.decisionId},
        {"leaf_hash", row.leafHash},
        {"leaf", {{"kind", "countersign.event"}, {"bodySha256", Digest::of(body.dump()).hex()}}},
        {"body", body},
        {"proof",
         {{"tree_size", size},
          {"root", Digest::of("root").hex()},
          {"hashes", {Digest::of("left").hex(), Digest::of("right").hex()}}}}};
}

Instant at(const char* text)
{
    return *Instant::parse(text);
}

std::vector<std::string> sampleNames()
{
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(demoFolder())) {
        if (fs::exists(entry.path() / "memo.json"))
            names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

ui::DecisionView sampleDecision(const std::string& name, Instant now)
{
    const fs::path folder = demoFolder() / name;
    ui::DecisionView view;
    const Json claim = readJson(folder / "approval_request.json");
    view.decisionId = textMember(claim["header"], "decision_id");
    view.status = "open";
    view.claim = document(claim);
    view.memo = document(readJson(folder / "memo.json"));
    view.scenarioSet = document(readJson(folder / "scenario_set.json"));
    view.riskSynthesis = document(readJson(folder / "risk_synthesis.json"));
    view.evidencePack = document(readJson(folder / "evidence_pack.json"));
    view.plan = document(readJson(folder / "execution_plan.json"));
    for (int i = 1; fs::exists(folder / ("forecast-" + std::to_string(i) + ".json")); ++i)
        view.forecasts.push_back(
            document(readJson(folder / ("forecast-" + std::to_string(i) + ".json"))));
    view.evidence = evidenceOf(folder, now);
    view.request = requestOf(claim, view);
    view.requestSha256 = control::requestDigest(*view.request);
    view.quorum = quorumOf(claim, *view.request);
    for (const Json& vote : claim["votes"])
        view.reported.push_back(
            {"vote",
             textMember(vote["by"], "display_name"),
             textMember(vote, "choice")
                 + (vote.contains("comment") ? ": " + textMember(vote, "comment") : ""),
             *Instant::parse(textMember(vote, "at"))});
    view.timeline = {
        {3, "documents.accepted", view.request->requestedAt, "", Json::object()},
        {4,
         "request.opened",
         view.request->requestedAt,
         view.request->requestedBy,
         Json::object()}};
    view.ledgerSize = 8;
    return view;
}

ui::QueueRow queueRow(const ui::DecisionView& view)
{
    const control::ApprovalRequest& request = *view.request;
    ui::QueueRow row;
    row.decisionId = view.decisionId;
    row.title = request.title;
    row.ask = request.ask;
    row.language = textMember(view.claim->content["header"], "language");
    row.classes = request.classes;
    row.priority = request.classes.reversibility == Reversibility::R3 ? ui::Priority::Critical
                                                                      : ui::Priority::Normal;
    row.status = view.status;
    row.requestedBy = textMember(view.claim->content["requested_by"], "display_name");
    row.openedAt = request.requestedAt;
    row.dueAt = request.dueAt;
    row.expiresAt = request.expiresAt;
    row.approvalsHave = static_cast<int>(view.quorum->approvals.size());
    row.approvalsNeeded = request.approvalsNeeded;
    if (request.exposure) {
        row.exposureAmount = request.exposure->amount();
        row.exposureCurrency = request.exposure->currency();
    }
    return row;
}

std::vector<ui::LocalKey> keysFor(const ui::DecisionView& view)
{
    std::vector<ui::LocalKey> keys;
    for (std::size_t i = 0; i < view.quorum->mayStillApprove.size(); ++i) {
        const std::string& person = view.quorum->mayStillApprove[i];
        keys.push_back(
            {person + "-key",
             Digest::of(person).hex(),
             "ed25519",
             person,
             person,
             {view.quorum->rolesMissing[i]}});
    }
    return keys;
}

ui::RunView gatedRun(const ui::DecisionView& view, Instant now)
{
    ui::RunView run;
    run.runId = "run_01KSQBR4T0JS665Q6B4449FADV";
    run.decisionId = view.decisionId;
    run.title = view.request->title;
    run.status = "gate";
    run.createdAt = now - std::chrono::hours(1);
    run.notBefore = now - std::chrono::hours(2);
    run.notAfter = now + std::chrono::hours(48);
    bool atGate = false;
    for (const Json& step : view.plan->content["steps"]) {
        ui::StepView shown;
        shown.stepId = textMember(step, "step_id");
        shown.title = textMember(step, "title");
        if (atGate) {
            shown.status = ui::StepStatus::Waiting;
        } else if (step["human_gate"].get<bool>()) {
            shown.status = ui::StepStatus::Gate;
            atGate = true;
        } else {
            shown.status = ui::StepStatus::Done;
            shown.attempts.push_back(
                {1, false, "success", {}, "accepted", run.createdAt, run.createdAt, {}});
            ++run.stepsDone;
        }
        run.steps.push_back(std::move(shown));
    }
    run.stepCount = static_cast<int>(run.steps.size());
    return run;
}

} // namespace countersign::tests
