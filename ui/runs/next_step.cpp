#include "ui/runs/next_step.h"

#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(NextStep)
};

// States that stay until somebody signs an order or repairs what is wrong.
constexpr std::array<std::string_view, 5> kForPeople{
    "gate", "in_doubt", "manual", "halted", "blocked"};

bool waitsForPerson(const RunView& run)
{
    return std::find(kForPeople.begin(), kForPeople.end(), run.status) != kForPeople.end();
}

} // namespace

std::optional<Instant> wakesAt(const RunView& run, Instant now)
{
    if (run.finishedAt || waitsForPerson(run))
        return std::nullopt;
    std::optional<Instant> first;
    for (const StepView& step : run.steps) {
        if (step.nextAttemptAt && (!first || *step.nextAttemptAt < *first))
            first = step.nextAttemptAt;
    }
    if (!first && now < run.notBefore)
        first = run.notBefore;
    return first;
}

QString nextText(const RunView& run, Instant now)
{
    if (run.finishedAt)
        return Tr::tr("finished %1").arg(relativeTime(*run.finishedAt, now));
    if (waitsForPerson(run))
        return Tr::tr("needs a person");
    const std::optional<Instant> wake = wakesAt(run, now);
    if (!wake)
        return {};
    return *wake <= now ? Tr::tr("goes on now")
                        : Tr::tr("goes on %1").arg(relativeTime(*wake, now));
}

std::vector<control::RunOrderKind> ordersFor(StepStatus status)
{
    using enum control::RunOrderKind;
    switch (status) {
    case StepStatus::Gate:
        return {ConfirmGate};
    case StepStatus::InDoubt:
        return {ResolveDone, ResolveNotDone};
    case StepStatus::Failed:
    case StepStatus::RetryWait:
        return {RetryStep};
    case StepStatus::CompensationManual:
        return {CompensationDone};
    case StepStatus::Waiting:
    case StepStatus::Running:
    case StepStatus::Done:
    case StepStatus::Compensating:
    case StepStatus::Compensated:
    case StepStatus::Standing:
    case StepStatus::Skipped:
        break;
    }
    return {};
}

AttemptWords attemptWords(const AttemptView& attempt)
{
    if (attempt.result.empty())
        return {Tr::tr("under way"), Tone::Accent};
    if (attempt.result == "success")
        return {Tr::tr("succeeded"), Tone::Good};
    if (attempt.result == "failure")
        return {Tr::tr("failed"), Tone::Danger};
    if (attempt.result == "timeout")
        return {Tr::tr("no answer in time"), Tone::Caution};
    if (attempt.result == "blocked")
        return {Tr::tr("blocked"), Tone::Caution};
    return {idText(attempt.result), Tone::Neutral};
}

} // namespace countersign::ui
