#include "ui/format/ask_sentence.h"

#include "ui/format/class_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(AskSentence)
};

struct PlanOutline
{
    int stepCount = 0;
    QStringList systems;
    QStringList irreversible;
};

PlanOutline outlineOf(const Json& plan)
{
    PlanOutline outline;
    if (!plan.is_object() || !plan.contains("steps"))
        return outline;
    for (const Json& step : plan["steps"]) {
        ++outline.stepCount;
        if (!step.contains("call"))
            continue;
        const std::string connector = textMember(step["call"], "connector");
        const QString system = idText(connector);
        if (!outline.systems.contains(system))
            outline.systems << system;
        const bool lasting =
            step.contains("classes") && textMember(step["classes"], "reversibility") == "R3";
        const bool noWayBack =
            step.contains("compensation") && textMember(step["compensation"], "mode") == "none";
        if (lasting || noWayBack) {
            const std::string operation = textMember(step["call"], "operation");
            outline.irreversible << isolateLtr(toQString(connector + " · " + operation));
        }
    }
    return outline;
}

QString list(const QStringList& items)
{
    if (items.size() < 2)
        return items.join(QString());
    QStringList head = items;
    const QString last = head.takeLast();
    return Tr::tr("%1 and %2", "a list and its last item")
        .arg(head.join(Tr::tr(", ", "between the items of a list")), last);
}

QString effectText(const PlanOutline& outline, const Json& plan)
{
    if (outline.stepCount == 0)
        return Tr::tr("There is no plan: nothing would be carried out.");
    const QString steps = outline.stepCount == 1
                              ? Tr::tr("One step runs in %1").arg(list(outline.systems))
                              : Tr::tr("%n steps run in %1", "more than one", outline.stepCount)
                                    .arg(list(outline.systems));
    const auto from = Instant::parse(textMember(plan, "not_before"));
    const auto until = Instant::parse(textMember(plan, "not_after"));
    if (!from.ok() || !until.ok())
        return steps + QLatin1Char('.');
    return Tr::tr("%1, between %2 and %3.").arg(steps, dayText(*from), dayText(*until));
}

} // namespace

QString AskSentence::text() const
{
    return QStringList{stake, undo, effect}.join(QLatin1Char(' '));
}

AskSentence askSentence(const control::ApprovalRequest& request, const Json& plan)
{
    AskSentence sentence;
    if (control::isGovernance(request)) {
        sentence.stake = Tr::tr("This changes who may decide what here.");
        sentence.undo = Tr::tr("A later change can take it back.");
        sentence.effect = Tr::tr("It is in force as soon as the quorum has signed.");
        return sentence;
    }
    const PlanOutline outline = outlineOf(plan);
    sentence.stake =
        request.exposure
            ? Tr::tr("Up to %1 is at stake.")
                  .arg(moneyText(request.exposure->amount(), request.exposure->currency()))
            : Tr::tr("No amount is at stake.");
    const auto lost = static_cast<int>(outline.irreversible.size());
    sentence.irreversible = lost > 0 || request.classes.reversibility == Reversibility::R3;
    if (lost == 1)
        sentence.undo = Tr::tr("1 of %1 steps cannot be undone: %2.")
                            .arg(countText(outline.stepCount), list(outline.irreversible));
    else if (lost > 1)
        sentence.undo = Tr::tr("%n of %1 steps cannot be undone: %2.", "more than one", lost)
                            .arg(countText(outline.stepCount), list(outline.irreversible));
    else
        sentence.undo = classWords(request.classes.reversibility).sentence;
    sentence.effect = effectText(outline, plan);
    return sentence;
}

} // namespace countersign::ui
