#include "app/ctl/command_lists.h"
#include "app/ctl/delivery_desk.h"
#include "app/ctl/engine_loop.h"
#include "app/ctl/run_text.h"
#include "app/ctl/unlock_secrets.h"
#include "app/ctl/view_json.h"
#include "app/ctl/workspace_access.h"
#include "app/views/run_view.h"

namespace countersign::ctl {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::int64_t kTimeoutSecondsDefault = 60;
constexpr std::int64_t kTimeoutSecondsMax = std::int64_t{7} * 24 * 3600;
constexpr std::int64_t kDrainSecondsDefault = 30;
/// How often a working process looks for deliveries and for what other processes committed.
constexpr milliseconds kWatchInterval{500};
constexpr int kRunCountShown = 50;

Json troublesJson(const EngineLoop& loop)
{
    Json rows = Json::array();
    for (const Error& trouble : loop.troubles())
        rows.push_back(errorJson(trouble));
    return rows;
}

Result<std::vector<ui::RunView>> newestRuns(app::Core& core)
{
    const auto ledger = core.store().openReader();
    app::StoredPlans plans(core.store().database());
    return app::runList(
        {core.store().database(), *ledger, core.foundation(), core.now()},
        plans,
        {},
        kRunCountShown);
}

/// Whether turning goes on within the time that is left.
bool isDoneFor(const app::CoreTurn& turned, Instant now, milliseconds left)
{
    return turned.idle && (!turned.nextWake || *turned.nextWake > now + Duration(left));
}

/// Turns until nothing is left that time within the limit or an answer could move. Errors: Timeout,
/// Unavailable (all dispatch is halted), Cancelled (a signal); the calls that were out have been
/// waited for.
Result<app::CoreTurn> turnUntilIdle(EngineLoop& loop, seconds timeout)
{
    const auto end = steady_clock::now() + timeout;
    while (true) {
        const app::CoreTurn turned = loop.turn();
        if (turned.halted && turned.idle)
            return fail(
                ErrorCode::Unavailable,
                "all dispatch is halted; `countersignctl resume` proposes to lift it",
                "authority.halted");
        const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
        if (isDoneFor(turned, loop.core().now(), left))
            return turned;
        const bool isTimeOver = left.count() <= 0;
        if (!isTimeOver && loop.wait(turned, left) != LoopWaiter::Woken::BySignal)
            continue;
        const bool isDrained = loop.drain(seconds(kDrainSecondsDefault));
        const std::string rest = isDrained ? "" : "; some answers are still out";
        if (isTimeOver)
            return fail(ErrorCode::Timeout, "the time was not enough" + rest, "run.timeout");
        return fail(ErrorCode::Cancelled, "stopped by a signal" + rest, "run.stopped");
    }
}

Result<int> runUntilIdle(const Invocation& invocation, Output& output)
{
    CS_TRY(
        const std::int64_t timeout,
        invocation.wholeNumber("timeout", kTimeoutSecondsDefault, 0, kTimeoutSecondsMax));
    CS_TRY(const auto loop, EngineLoop::open(invocation, output));
    CS_TRY(const app::CoreTurn last, turnUntilIdle(*loop, seconds(timeout)));
    CS_TRY(const std::vector<ui::RunView> runs, newestRuns(loop->core()));
    Json rows = Json::array();
    for (const ui::RunView& run : runs) {
        printRunLine(output, run);
        Json row = toJson(run);
        row.erase("steps");
        rows.push_back(std::move(row));
    }
    output.line("Nothing is left to do now.");
    if (last.nextWake)
        output.line("Something is due at " + last.nextWake->text());
    output.document(
        {{"idle", true},
         {"next_wake", last.nextWake ? Json(last.nextWake->text()) : Json(nullptr)},
         {"runs", std::move(rows)},
         {"troubles", troublesJson(*loop)}});
    return kDone;
}

Result<int> work(const Invocation& invocation, Output& output)
{
    CS_TRY(
        const std::int64_t drainSeconds,
        invocation.wholeNumber("drain-timeout", kDrainSecondsDefault, 0, kTimeoutSecondsMax));
    CS_TRY(const auto loop, EngineLoop::open(invocation, output));
    DeliveryDesk desk(*loop, output);
    output.line(
        "Working for " + loop->core().folder().root().string()
        + "; SIGTERM or Ctrl-C ends it. Deliveries go to "
        + loop->core().folder().inbox().string());
    LoopWaiter::Woken woken = LoopWaiter::Woken::ByTime;
    while (woken != LoopWaiter::Woken::BySignal) {
        desk.takeDeliveries();
        const app::CoreTurn turned = loop->turn();
        woken = loop->wait(turned, kWatchInterval);
    }
    output.line("Ending: waiting for answers that are out.");
    const bool isDrained = loop->drain(seconds(drainSeconds));
    output.line(
        isDrained ? "Ended; nothing is out."
                  : "Ended with calls still out; the next start takes them up.");
    output.document(
        {{"drained", isDrained},
         {"deliveries_accepted", desk.acceptedCount()},
         {"deliveries_refused", desk.refusedCount()},
         {"troubles", troublesJson(*loop)}});
    return kDone;
}

} // namespace

std::vector<CommandSpec> workCommands()
{
    return {
        {"run",
         "Run the engine here until nothing is left to do",
         "Carries out what was signed until only people or later times can move anything. What is "
         "due\n"
         "within --timeout is waited for. One process at a time runs the engine of a workspace.",
         {},
         withUnlocking(
             {{"until-idle", "", "Stop when nothing is left to do", true},
              {"timeout", "S", "Seconds to spend at most (default 60)"}}),
         {"run --until-idle --workspace ~/northgate", "run --until-idle --timeout 300 --json"},
         runUntilIdle},
        {"work",
         "Run the engine and take deliveries until told to stop",
         "Watches the inbox folder and whatever other processes commit. SIGTERM or SIGINT: no new "
         "call\n"
         "is started, answers that are out are waited for; a second signal ends it at once.",
         {},
         withUnlocking(
             {{"drain-timeout", "S", "Seconds to wait for answers when ending (default 30)"}}),
         {"work --workspace ~/northgate"},
         work}};
}

} // namespace countersign::ctl
