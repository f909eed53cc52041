#include "ui/decision/plan_facts.h"

#include "ui/decision/json_access.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <map>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(PlanFacts)
};

QString onFailureSentence(const std::string& mode)
{
    if (mode == "compensate")
        return Tr::tr("If a step fails, the finished steps are undone, newest first.");
    if (mode == "halt")
        return Tr::tr("If a step fails, everything stops and waits for a person.");
    if (mode == "continue")
        return Tr::tr("If a step fails, steps that do not depend on it go on.");
    return {};
}

QString changeWord(const std::string& change)
{
    if (change == "created")
        return Tr::tr("creates");
    if (change == "updated")
        return Tr::tr("changes");
    if (change == "deleted")
        return Tr::tr("deletes");
    if (change == "sent")
        return Tr::tr("sends");
    if (change == "none")
        return Tr::tr("changes nothing");
    return toQString(change);
}

CallFacts callFacts(const Json& call)
{
    return {
        textMember(call, "connector"),
        textMember(call, "connector_version"),
        textMember(call, "operation"),
        fieldRows(member(call, "payload")),
        textMember(call, "payload_sha256")};
}

Classes classesFrom(const Json& object)
{
    Classes classes; // What cannot be read counts as the strictest.
    if (const auto value = parseApprovalClass(textMember(object, "approval")); value.ok())
        classes.approval = *value;
    if (const auto value = parseReversibility(textMember(object, "reversibility")); value.ok())
        classes.reversibility = *value;
    if (const auto value = parseSensitivity(textMember(object, "sensitivity")); value.ok())
        classes.sensitivity = *value;
    if (const auto value = parseActionClass(textMember(object, "action")); value.ok())
        classes.action = *value;
    return classes;
}

void readCompensation(const Json& compensation, StepFacts& step)
{
    const std::string mode = textMember(compensation, "mode");
    if (mode == "call") {
        step.undo = UndoMode::Call;
        step.undoCall = callFacts(member(compensation, "call"));
    } else if (mode == "manual") {
        step.undo = UndoMode::Manual;
        step.undoText = prose(compensation, "runbook");
        step.undoOwner = actorName(member(compensation, "owner"));
    } else {
        step.undo = UndoMode::None;
        step.undoText = prose(compensation, "reason");
    }
    if (member(compensation, "window_s").is_number())
        step.undoWindow = std::chrono::seconds(intMember(compensation, "window_s"));
}

} // namespace

PlanFacts planFacts(const Json& plan)
{
    PlanFacts facts;
    facts.title = prose(plan, "title");
    facts.notBefore = instantMember(plan, "not_before");
    facts.notAfter = instantMember(plan, "not_after");
    facts.onFailure = onFailureSentence(textMember(plan, "on_failure"));
    std::map<std::string, QString> titles;
    for (const Json& step : listMember(plan, "steps"))
        titles[textMember(step, "step_id")] = prose(step, "title");
    for (const Json& source : listMember(plan, "steps")) {
        StepFacts step;
        step.stepId = textMember(source, "step_id");
        step.title = prose(source, "title");
        for (const Json& id : listMember(source, "depends_on")) {
            if (id.is_string())
                step.after << titles[id.get_ref<const std::string&>()];
        }
        step.classes = classesFrom(member(source, "classes"));
        step.call = callFacts(member(source, "call"));
        step.guards = proseList(source, "guards");
        for (const Json& effect : listMember(source, "expected_effects"))
            step.effects.push_back(
                {changeWord(textMember(effect, "change")),
                 prose(effect, "statement"),
                 textMember(effect, "resource_uri")});
        step.humanGate = boolMember(source, "human_gate");
        readCompensation(member(source, "compensation"), step);
        step.irreversible =
            step.undo == UndoMode::None || step.classes.reversibility == Reversibility::R3;
        step.attemptsMax = intMember(member(source, "retry"), "max_attempts", 1);
        step.timeout = std::chrono::milliseconds(intMember(source, "timeout_ms"));
        facts.steps.push_back(std::move(step));
    }
    return facts;
}

} // namespace countersign::ui
