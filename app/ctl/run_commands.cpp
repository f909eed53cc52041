#include "app/ctl/command_lists.h"
#include "app/ctl/run_text.h"
#include "app/ctl/view_json.h"
#include "app/ctl/workspace_access.h"
#include "app/views/run_view.h"

namespace countersign::ctl {

namespace {

constexpr std::int64_t kRowCountMax = 1000;
constexpr std::int64_t kRowCountDefault = 50;

Result<int> listRuns(const Invocation& invocation, Output& output)
{
    CS_TRY(
        const std::int64_t limit,
        invocation.wholeNumber("limit", kRowCountDefault, 1, kRowCountMax));
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    CS_TRY(
        const std::vector<ui::RunView> runs,
        app::runList(
            room->context(), room->plans(), invocation.value("after"), static_cast<int>(limit)));
    Json rows = Json::array();
    for (const ui::RunView& run : runs) {
        printRunLine(output, run);
        Json row = toJson(run);
        row.erase("steps");
        rows.push_back(std::move(row));
    }
    const bool mayGoOn = static_cast<std::int64_t>(runs.size()) == limit;
    if (runs.empty())
        output.line("There are no runs.");
    if (mayGoOn)
        output.line("More may follow: --after " + runs.back().runId);
    output.document(
        {{"runs", std::move(rows)}, {"next", mayGoOn ? Json(runs.back().runId) : Json(nullptr)}});
    return kDone;
}

Result<int> showRun(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    CS_TRY(
        const ui::RunView run,
        app::runView(room->context(), room->plans(), invocation.arguments.front()));
    printRun(output, run);
    output.document(toJson(run));
    return kDone;
}

} // namespace

std::vector<CommandSpec> runCommands()
{
    return {
        {"run list",
         "Runs of signed plans, newest first",
         "",
         {},
         {{"limit", "N", "Rows at most (default 50)"},
          {"after", "RUN_ID", "Go on after an earlier page"}},
         {"run list --workspace ~/northgate", "run list --limit 10 --json"},
         listRuns},
        {"run show",
         "One run with its steps and attempts",
         "",
         {{"RUN_ID", "run_…, as `countersignctl run list` shows it"}},
         {},
         {"run show run_01KPN825R0GERCSS6W4X79W164 --workspace ~/northgate"},
         showRun}};
}

} // namespace countersign::ctl
