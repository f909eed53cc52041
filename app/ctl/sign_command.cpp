#include "app/core/stored_plans.h"
#include "app/ctl/change_text.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/request_text.h"
#include "app/ctl/signing_key.h"
#include "app/ctl/view_json.h"
#include "app/ctl/workspace_access.h"
#include "app/views/decision_view.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

constexpr std::uint64_t kPlanByteCountMax = std::uint64_t{16} * 1024 * 1024;
constexpr std::string_view kWindowRule = "run.window";

/// A digest as people pass it on: groups of four may be parted by spaces.
Result<Digest> parseShownDigest(const std::string& text)
{
    std::string hex = text;
    hex.erase(std::remove(hex.begin(), hex.end(), ' '), hex.end());
    auto digest = Digest::parse(hex);
    if (!digest.ok())
        return usageFailure("--expect takes 64 hexadecimal digits, in groups or not");
    return digest;
}

Result<void> addParts(const Invocation& invocation, app::AnswerWish& wish)
{
    using control::AnswerKind;
    if (wish.reason.empty()
        && (wish.kind == AnswerKind::Reject || wish.kind == AnswerKind::Respond))
        return usageFailure("a rejection or a question needs its words: --reason TEXT");
    if (wish.kind == AnswerKind::Defer) {
        if (!invocation.has("defer-until"))
            return usageFailure("until when? Give --defer-until TIME, e.g. 2026-05-18T09:00:00Z");
        const auto until = Instant::parse(invocation.value("defer-until"));
        if (!until.ok())
            return usageFailure(
                "--defer-until takes a time with its zone, e.g. 2026-05-18T09:00:00Z");
        wish.deferUntil = *until;
    } else if (invocation.has("defer-until")) {
        return usageFailure("--defer-until goes with --answer defer only");
    }
    if (wish.kind == AnswerKind::Edit) {
        if (!invocation.has("plan"))
            return usageFailure("which plan? Give --plan FILE with the changed values");
        const std::string path = invocation.value("plan");
        CS_TRY(const std::string bytes, app::readFileWhole(path, kPlanByteCountMax));
        auto plan = parseJson(bytes);
        if (!plan.ok())
            return fail(plan.error().inFile(path));
        wish.editedPlan = std::move(*plan);
    } else if (invocation.has("plan")) {
        return usageFailure("--plan goes with --answer edit only");
    }
    return {};
}

Result<app::AnswerWish> wishOf(const Invocation& invocation)
{
    app::AnswerWish wish;
    wish.decisionId = invocation.arguments.front();
    const auto kind = control::parseAnswerKind(invocation.value("answer"));
    if (!kind.ok())
        return usageFailure(
            "--answer is one of approve, edit, reject, respond, defer; not \""
            + invocation.value("answer") + "\"");
    wish.kind = *kind;
    wish.reason = invocation.value("reason");
    CS_CHECK(addParts(invocation, wish));
    if (const auto expected = invocation.optionalValue("expect")) {
        CS_TRY(wish.shownRequest, parseShownDigest(*expected));
    }
    return wish;
}

/// What would be refused after signing is refused before anybody unlocks a key.
Result<void> checkOpen(const ui::DecisionView& view, control::AnswerKind kind)
{
    for (const Error& obstacle : view.obstacles) {
        // A plan whose time is over can still be turned down.
        if (obstacle.rule != kWindowRule || kind == control::AnswerKind::Approve)
            return fail(obstacle);
    }
    if (view.quorum
        && (view.quorum->status == control::RequestStatus::Authorized
            || view.quorum->status == control::RequestStatus::Rejected))
        return fail(
            ErrorCode::Refused,
            "the request is " + std::string(control::text(view.quorum->status))
                + " already; nothing more can be signed",
            "request.closed");
    return {};
}

Result<ui::DecisionView> currentView(app::Core& core, const std::string& decisionId)
{
    const auto ledger = core.store().openReader();
    app::StoredPlans plans(core.store().database());
    return app::decisionView(
        {core.store().database(), *ledger, core.foundation(), core.now()}, plans, decisionId);
}

void printWhatIsSigned(
    Output& output,
    const app::PreparedAnswer& prepared,
    const ui::DecisionView& view,
    const control::Roster& roster)
{
    output.line(
        "You sign: " + std::string(control::text(prepared.draft.kind)) + ", as "
        + personText(roster, prepared.draft.personId));
    if (!prepared.draft.reason.empty())
        output.line("  " + shownLine(prepared.draft.reason));
    if (prepared.draft.deferUntil)
        output.line("  until " + prepared.draft.deferUntil->text());
    output.line();
    printRequest(output, prepared.request, prepared.requestSha256, roster);
    output.line();
    if (view.change)
        printChange(output, *view.change);
    if (prepared.amendedPlan)
        printPlan(output, *prepared.amendedPlan);
    else if (view.plan)
        printPlan(output, view.plan->content);
    output.line();
    // An amendment starts anew: signatures over the plan before it no longer count.
    if (view.quorum && !prepared.amendedPlan)
        printQuorum(output, prepared.request, *view.quorum, roster);
    if (prepared.completesQuorum)
        output.line(
            view.change ? "This signature completes the quorum: the change will be in force."
                        : "This signature completes the quorum: the plan will be carried out.");
    output.line();
}

Result<int> sign(const Invocation& invocation, Output& output)
{
    CS_TRY(app::AnswerWish wish, wishOf(invocation));
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const SigningKey key, SigningKey::find(invocation));
    CS_TRY(const ui::DecisionView view, currentView(*core, wish.decisionId));
    CS_CHECK(checkOpen(view, wish.kind));
    wish.keyId = key.keyId();
    CS_TRY(const app::PreparedAnswer prepared, core->prepareAnswer(wish));
    const control::Roster& roster = core->foundation().roster();
    printWhatIsSigned(output, prepared, view, roster);
    CS_TRY(const trust::Envelope envelope, key.sign(invocation, prepared.payload));
    std::optional<app::PreparedAnswer> amended;
    if (prepared.amendedPlan)
        amended = prepared;
    CS_TRY(
        const control::AnswerOutcome outcome,
        core->submitAnswer(wish.decisionId, envelope, amended));
    output.line("Signed and recorded.");
    output.line("Status: " + std::string(control::text(outcome.quorum.status)));
    printQuorum(output, prepared.request, outcome.quorum, roster);
    output.document(
        {{"decision_id", wish.decisionId},
         {"answer", control::text(wish.kind)},
         {"person", outcome.answer.personId},
         {"key_id", outcome.answer.keyId},
         {"request_id", prepared.request.requestId},
         {"request_sha256", prepared.requestSha256.hex()},
         {"envelope_sha256", outcome.answer.envelopeDigest.hex()},
         {"already_recorded", outcome.alreadyRecorded},
         {"status", control::text(outcome.quorum.status)},
         {"approvals_needed", prepared.request.approvalsNeeded},
         {"quorum", toJson(outcome.quorum)}});
    return kDone;
}

std::vector<OptionSpec> signOptions()
{
    std::vector<OptionSpec> options = {
        {"answer", "KIND", "approve, edit, reject, respond or defer", true},
        {"reason", "TEXT", "In your words; needed to reject or respond"},
        {"defer-until", "TIME", "With defer: RFC 3339, e.g. 2026-05-18T09:00:00Z"},
        {"plan", "FILE", "With edit: the plan with its changed values"},
        {"expect", "DIGEST", "Digest of the request as you saw it; refuse if it changed"}};
    for (const OptionSpec& option : signingOptions())
        options.push_back(option);
    return options;
}

} // namespace

std::vector<CommandSpec> signCommands()
{
    return {
        {"sign",
         "Sign an answer to a decision with your own key",
         "Prints exactly what will be signed, then unlocks the key. What could not count is "
         "refused\n"
         "before. With --expect, nothing is signed that is not what you saw.",
         {{"DECISION_ID", "dec_…, as `countersignctl queue` shows it"}},
         signOptions(),
         {"sign dec_01KPMQJTR0DPMFA5JA0YJAPGTH --answer approve --key dana --workspace ~/northgate",
          "sign dec_01KPMQJTR0DPMFA5JA0YJAPGTH --answer reject --reason 'Too early' --key dana "
          "--passphrase-file ~/.dana"},
         sign}};
}

} // namespace countersign::ctl
