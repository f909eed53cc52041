#include "app/ctl/run_text.h"

#include "app/ctl/view_json.h"

namespace countersign::ctl {

namespace {

void printAttempt(Output& output, const ui::AttemptView& attempt)
{
    std::string line = "      " + std::string(attempt.compensation ? "undoing" : "attempt") + " "
                       + std::to_string(attempt.attempt) + ": "
                       + (attempt.result.empty() ? "under way" : attempt.result);
    if (!attempt.errorCode.empty())
        line += " (" + attempt.errorCode + ")";
    if (attempt.finishedAt)
        line += ", " + attempt.finishedAt->text();
    if (!attempt.message.empty())
        line += ": " + attempt.message;
    output.line(shownLine(line));
}

void printStep(Output& output, const ui::StepView& step)
{
    output.line(
        shownLine("  " + step.stepId + ": " + std::string(text(step.status)) + "  " + step.title));
    if (!step.gateConfirmedBy.empty())
        output.line(shownLine("      confirmed by " + step.gateConfirmedBy));
    if (step.nextAttemptAt)
        output.line("      next attempt at " + step.nextAttemptAt->text());
    if (!step.note.empty())
        output.line("      " + shownLine(step.note));
    for (const ui::AttemptView& attempt : step.attempts)
        printAttempt(output, attempt);
}

} // namespace

void printRunLine(Output& output, const ui::RunView& run)
{
    output.line(shownLine(
        run.runId + "  " + run.status + "  " + std::to_string(run.stepsDone) + "/"
        + std::to_string(run.stepCount) + " steps  " + run.createdAt.text() + "  "
        + run.decisionId));
    output.line("    " + shownLine(run.title));
    if (!run.statusDetail.empty())
        output.line("    " + shownLine(run.statusDetail));
}

void printRun(Output& output, const ui::RunView& run)
{
    printRunLine(output, run);
    output.line(
        "    window " + run.notBefore.text() + " to " + run.notAfter.text()
        + (run.finishedAt ? ", finished " + run.finishedAt->text() : std::string()));
    for (const ui::StepView& step : run.steps)
        printStep(output, step);
}

} // namespace countersign::ctl
