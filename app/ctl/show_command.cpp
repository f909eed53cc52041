#include "app/ctl/change_text.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/memo_text.h"
#include "app/ctl/request_text.h"
#include "app/ctl/run_text.h"
#include "app/ctl/view_json.h"
#include "app/ctl/workspace_access.h"
#include "app/views/decision_view.h"

namespace countersign::ctl {

namespace {

void printStanding(Output& output, const ui::DecisionView& view, const control::Roster& roster)
{
    if (view.request && view.requestSha256)
        printRequest(output, *view.request, *view.requestSha256, roster);
    else if (view.memo)
        output.line(shownLine(textMember(view.memo->content, "title")));
    output.line();
    output.line("Status: " + shownLine(view.status));
    for (const Error& obstacle : view.obstacles)
        output.line("  cannot be signed: " + shownLine(obstacle.describe()));
    if (view.request && view.quorum)
        printQuorum(output, *view.request, *view.quorum, roster);
}

void printReported(Output& output, const ui::DecisionView& view)
{
    if (view.reported.empty())
        return;
    output.line();
    output.line("Reported by others inside the documents, and not proven here:");
    for (const ui::ReportedFact& fact : view.reported) {
        std::string line = "  " + fact.kind + ": " + fact.what;
        if (!fact.who.empty())
            line += ", by " + fact.who;
        if (fact.at)
            line += ", " + fact.at->text();
        output.line(shownLine(line));
    }
}

Result<int> show(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    CS_TRY(
        const ui::DecisionView view,
        app::decisionView(room->context(), room->plans(), invocation.arguments.front()));
    printStanding(output, view, room->foundation().roster());
    output.line();
    if (view.change)
        printChange(output, *view.change);
    if (view.plan)
        printPlan(output, view.plan->content);
    output.line();
    if (view.memo)
        printMemo(output, view.memo->content);
    output.line();
    printEvidence(output, view);
    output.line();
    printAnalysis(output, view);
    printReported(output, view);
    for (const ui::RunView& run : view.runs) {
        output.line();
        printRun(output, run);
    }
    output.document(toJson(view));
    return kDone;
}

} // namespace

std::vector<CommandSpec> showCommands()
{
    return {
        {"show",
         "Everything that somebody who signs a decision must see",
         "The sentence, the classes and why they were raised, who must sign, the digests in groups "
         "of\n"
         "four, what the plan does and how it is undone, the memo, the evidence with its "
         "freshness,\n"
         "what others report, and the runs.",
         {{"DECISION_ID", "dec_…, as `countersignctl queue` shows it"}},
         {},
         {"show dec_01KPMQJTR0DPMFA5JA0YJAPGTH --workspace ~/northgate",
          "show dec_01KPMQJTR0DPMFA5JA0YJAPGTH --json"},
         show}};
}

} // namespace countersign::ctl
