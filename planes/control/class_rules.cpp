#include "planes/control/class_rules.h"

#include <algorithm>

namespace countersign::control {

namespace {

struct Raiser
{
    EffectiveClasses state;

    void lift(const Classes& demanded, const std::string& because, const std::string& detail)
    {
        const Classes before = state.effective;
        state.effective = strictest(before, demanded);
        note(text(before.approval), text(state.effective.approval), because, detail);
        note(text(before.reversibility), text(state.effective.reversibility), because, detail);
        note(text(before.sensitivity), text(state.effective.sensitivity), because, detail);
        note(text(before.action), text(state.effective.action), because, detail);
    }

    void note(
        std::string_view before,
        std::string_view after,
        const std::string& because,
        const std::string& detail)
    {
        if (before != after)
            state.raised.push_back({std::string(before), std::string(after), because, detail});
    }
};

} // namespace

Classes classesOf(const Json& object)
{
    Classes classes;
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

Json toJson(const Classes& classes)
{
    return {
        {"approval", text(classes.approval)},
        {"reversibility", text(classes.reversibility)},
        {"sensitivity", text(classes.sensitivity)},
        {"action", text(classes.action)}};
}

EffectiveClasses effectiveClasses(
    const Json& claim,
    const Json& memo,
    const Json& plan,
    const std::vector<OperationFacts>& operations,
    const Policy& policy)
{
    Raiser raiser;
    raiser.state.claimed = classesOf(claim.value("classes", Json::object()));
    raiser.state.effective = raiser.state.claimed;
    raiser.lift(classesOf(memo.value("classes", Json::object())), "memo.classes", "");
    for (const Json& step : plan.value("steps", Json::array()))
        raiser.lift(
            classesOf(step.value("classes", Json::object())),
            "plan.step",
            textMember(step, "step_id"));
    for (const OperationFacts& operation : operations)
        raiser.lift(
            operation.floor, "connector.floor", operation.connector + " " + operation.operation);
    // An outside effect is never class A by somebody's word alone: a plan with steps needs at least
    // the policy's floor.
    for (const ApprovalFloor& floor : policy.floors) {
        if (raiser.state.effective.reversibility >= floor.reversibility) {
            Classes demanded = raiser.state.effective;
            demanded.approval = std::max(demanded.approval, floor.approval);
            raiser.lift(demanded, "policy.floor", std::string(text(floor.reversibility)));
        }
    }
    const bool unattended = policy.unattended && raiser.state.effective.action == ActionClass::A
                            && raiser.state.effective.reversibility <= Reversibility::R1;
    if (raiser.state.effective.approval == ApprovalClass::A0 && !unattended) {
        Classes demanded = raiser.state.effective;
        demanded.approval = ApprovalClass::A1;
        raiser.lift(demanded, "policy.attended", "");
    }
    return raiser.state;
}

} // namespace countersign::control
