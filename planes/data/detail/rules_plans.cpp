#include "models/classes.h"
#include "planes/data/detail/rule_context.h"

#include <map>
#include <set>

namespace countersign::data::detail {

namespace {

/// Steps that wait for each other for ever: what is left when every step without an open
/// dependency has been taken away.
void checkCycle(RuleContext& context, const IncomingRecord& plan)
{
    const std::vector<JsonPlace> steps = JsonPlace(plan.content).at("steps").elements();
    std::map<std::string, std::size_t> indexes;
    for (std::size_t i = 0; i < steps.size(); ++i)
        indexes.try_emplace(steps[i].at("step_id").text(), i);
    std::vector<std::vector<std::size_t>> followers(steps.size());
    std::vector<std::size_t> open(steps.size(), 0);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (const std::string& before : steps[i].at("depends_on").texts()) {
            const auto found = indexes.find(before);
            if (found == indexes.end())
                continue;
            followers[found->second].push_back(i);
            ++open[i];
        }
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (open[i] == 0)
            ready.push_back(i);
    }
    while (!ready.empty()) {
        const std::size_t done = ready.back();
        ready.pop_back();
        for (const std::size_t follower : followers[done]) {
            if (--open[follower] == 0)
                ready.push_back(follower);
        }
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (open[i] == 0)
            continue;
        context.report(
            plan,
            steps[i].at("depends_on").pointer(),
            "plan.cycle",
            "the step \"" + steps[i].at("step_id").text() + "\" waits, through others, for itself");
        return;
    }
}

/// Same key, same effect at most once: two steps that share one are one effect.
void checkKeys(RuleContext& context, const IncomingRecord& plan)
{
    std::set<std::string> seen;
    for (const JsonPlace& key : placesOf(JsonPlace(plan.content), "/steps/*/idempotency_key")) {
        if (!seen.insert(key.text()).second)
            context.report(
                plan,
                key.pointer(),
                "plan.idempotency_key",
                "another step has this key, so only one of them would take effect");
    }
}

std::optional<Classes> classesAt(const JsonPlace& place)
{
    const auto approval = parseApprovalClass(place.at("approval").text());
    const auto reversibility = parseReversibility(place.at("reversibility").text());
    const auto sensitivity = parseSensitivity(place.at("sensitivity").text());
    const std::string action = place.at("action").text();
    if (!approval.ok() || !reversibility.ok() || !sensitivity.ok() || action.empty())
        return std::nullopt;
    const ActionClass actionClass = action == "A"   ? ActionClass::A
                                    : action == "B" ? ActionClass::B
                                                    : ActionClass::C;
    return Classes{*approval, *reversibility, *sensitivity, actionClass};
}

/// The decision's classes are at least those of every step. Said at the step when the plan came in
/// now, else at the document that claims too little.
class ClassChecker
{
public:
    explicit ClassChecker(RuleContext& context)
        : m_context(context)
    {}

    void check()
    {
        const IncomingRecord* memo = m_context.only("memo");
        const IncomingRecord* plan = m_context.only("execution_plan");
        if (memo != nullptr && plan != nullptr)
            compare(*plan, *memo);
        for (const IncomingRecord* request : m_context.all("approval_request")) {
            for (const JsonPlace& reference : placesOf(JsonPlace(request->content), "/packet/*")) {
                const IncomingRecord* exact = m_context.named(reference);
                if (exact != nullptr && exact->schema == "execution_plan")
                    compare(*exact, *request);
            }
        }
    }

private:
    struct Step
    {
        std::string id;
        std::string pointer;
        Classes classes;
    };

    /// Read once for each plan: many requests may name the same one.
    const std::vector<Step>& stepsOf(const IncomingRecord& plan)
    {
        const auto [found, added] = m_steps.try_emplace(&plan);
        if (!added)
            return found->second;
        for (const JsonPlace& step : JsonPlace(plan.content).at("steps").elements()) {
            const JsonPlace place = step.at("classes");
            if (const std::optional<Classes> classes = classesAt(place))
                found->second.push_back({step.at("step_id").text(), place.pointer(), *classes});
        }
        return found->second;
    }

    void compare(const IncomingRecord& plan, const IncomingRecord& decision)
    {
        const bool blamePlan = m_context.isIncoming(plan);
        if (!blamePlan && !m_context.isIncoming(decision))
            return;
        const JsonPlace claimed = JsonPlace(decision.content).at("classes");
        const std::optional<Classes> ceiling = classesAt(claimed);
        if (!ceiling)
            return;
        for (const Step& step : stepsOf(plan)) {
            if (atLeast(*ceiling, step.classes))
                continue;
            m_context.report(
                blamePlan ? plan : decision,
                blamePlan ? step.pointer : claimed.pointer(),
                "classes.step",
                "the step \"" + step.id + "\" is " + countersign::text(step.classes) + ", the "
                    + decision.schema + " only " + countersign::text(*ceiling));
        }
    }

    RuleContext& m_context;
    std::map<const IncomingRecord*, std::vector<Step>> m_steps = {};
};

} // namespace

void checkPlans(RuleContext& context)
{
    for (const IncomingRecord* plan : context.incoming("execution_plan")) {
        checkCycle(context, *plan);
        checkKeys(context, *plan);
    }
    ClassChecker(context).check();
}

} // namespace countersign::data::detail
