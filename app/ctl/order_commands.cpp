#include "app/ctl/command_lists.h"
#include "app/ctl/request_text.h"
#include "app/ctl/signing_key.h"
#include "app/ctl/workspace_access.h"

namespace countersign::ctl {

namespace {

using control::RunOrderKind;

void printWhatIsSigned(
    Output& output, const app::PreparedOrder& prepared, const control::Roster& roster)
{
    output.line(
        "You sign: " + std::string(control::text(prepared.order.kind)) + ", as "
        + personText(roster, prepared.order.personId));
    output.line("  run " + prepared.order.runId);
    if (!prepared.order.stepId.empty())
        output.line("  step " + shownLine(prepared.order.stepId));
    if (!prepared.order.reason.empty())
        output.line("  " + shownLine(prepared.order.reason));
    output.line("Of the decision " + prepared.request.decisionId);
    output.line("  " + shownLine(prepared.request.title));
    output.line("  classes " + text(prepared.request.classes));
    output.line("  request " + prepared.requestSha256.groupedText());
    output.line();
}

/// Every order: prepare, show, sign, record.
Result<int> giveOrder(const Invocation& invocation, Output& output, RunOrderKind kind)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const SigningKey key, SigningKey::find(invocation));
    app::OrderWish wish;
    wish.runId = invocation.arguments.front();
    if (invocation.arguments.size() > 1)
        wish.stepId = invocation.arguments[1];
    wish.kind = kind;
    wish.keyId = key.keyId();
    wish.reason = invocation.value("reason");
    CS_TRY(const app::PreparedOrder prepared, core->prepareOrder(wish));
    printWhatIsSigned(output, prepared, core->foundation().roster());
    CS_TRY(const trust::Envelope envelope, key.sign(invocation, prepared.payload));
    CS_CHECK(core->submitOrder(envelope));
    output.line("Signed and recorded; whichever process runs the engine takes it up.");
    output.document(
        {{"run_id", wish.runId},
         {"step_id", wish.stepId},
         {"order", control::text(kind)},
         {"person", prepared.order.personId},
         {"decision_id", prepared.request.decisionId},
         {"request_sha256", prepared.requestSha256.hex()}});
    return kDone;
}

Result<int> confirmGate(const Invocation& invocation, Output& output)
{
    return giveOrder(invocation, output, RunOrderKind::ConfirmGate);
}

Result<int> cancelRun(const Invocation& invocation, Output& output)
{
    return giveOrder(invocation, output, RunOrderKind::Cancel);
}

Result<int> retryStep(const Invocation& invocation, Output& output)
{
    return giveOrder(invocation, output, RunOrderKind::RetryStep);
}

Result<int> resolveStep(const Invocation& invocation, Output& output)
{
    const std::string as = invocation.value("as");
    if (as != "done" && as != "not-done")
        return usageFailure("--as is done or not-done, not \"" + as + "\"");
    return giveOrder(
        invocation,
        output,
        as == "done" ? RunOrderKind::ResolveDone : RunOrderKind::ResolveNotDone);
}

Result<int> confirmUndone(const Invocation& invocation, Output& output)
{
    return giveOrder(invocation, output, RunOrderKind::CompensationDone);
}

std::vector<OptionSpec> orderOptions(bool needsReason)
{
    std::vector<OptionSpec> options = {
        {"reason", "TEXT", "In your words; part of what is signed", needsReason}};
    for (const OptionSpec& option : signingOptions())
        options.push_back(option);
    return options;
}

std::vector<OptionSpec> resolveOptions()
{
    std::vector<OptionSpec> options = orderOptions(true);
    options.insert(options.begin(), {"as", "RESULT", "done or not-done: what you found", true});
    return options;
}

constexpr ArgumentSpec kRun = {"RUN_ID", "run_…, as `countersignctl run list` shows it"};
constexpr ArgumentSpec kStep = {"STEP", "The step, as `countersignctl run show` names it"};
constexpr std::string_view kSignedOrder =
    "The order is signed with your key, recorded in the ledger, and taken up by whichever process\n"
    "runs the engine.";

} // namespace

std::vector<CommandSpec> orderCommands()
{
    return {
        {"run gate",
         "Confirm a step that waits for a person",
         kSignedOrder,
         {kRun, kStep},
         orderOptions(false),
         {"run gate run_01KPN825R0GERCSS6W4X79W164 activate_book --key dana"},
         confirmGate},
        {"run cancel",
         "Stop a run; what was done is undone as the plan says",
         kSignedOrder,
         {kRun},
         orderOptions(true),
         {"run cancel run_01KPN825R0GERCSS6W4X79W164 --key dana --reason 'The supplier withdrew'"},
         cancelRun},
        {"run retry",
         "Try a failed step once more",
         kSignedOrder,
         {kRun, kStep},
         orderOptions(false),
         {"run retry run_01KPN825R0GERCSS6W4X79W164 site_text --key dana --reason 'Site is back'"},
         retryStep},
        {"run resolve",
         "Say whether a step in doubt has had its effect",
         kSignedOrder,
         {kRun, kStep},
         resolveOptions(),
         {"run resolve run_01KPN825R0GERCSS6W4X79W164 notify --as done --key dana --reason 'Seen "
          "in "
          "the outbox'"},
         resolveStep},
        {"run undone",
         "Say that an effect was undone by hand",
         kSignedOrder,
         {kRun, kStep},
         orderOptions(true),
         {"run undone run_01KPN825R0GERCSS6W4X79W164 notify --key dana --reason 'Letters "
          "recalled'"},
         confirmUndone}};
}

} // namespace countersign::ctl
