#include "ui/decision/option_facts.h"

#include "ui/decision/json_access.h"

#include <algorithm>
#include <cmath>

namespace countersign::ui {

namespace {

const Json* withText(const Json& list, const char* key, const std::string& wanted)
{
    for (const Json& item : list) {
        if (textMember(item, key) == wanted)
            return &item;
    }
    return nullptr;
}

std::optional<double> quantile(const Json& result, double p)
{
    constexpr double kSameLevel = 1e-9;
    for (const Json& row : listMember(result, "quantiles")) {
        if (std::abs(numberMember(row, "p", -1) - p) < kSameLevel)
            return numberMember(row, "value");
    }
    return std::nullopt;
}

/// 1, 2 or 5 times a power of ten, so that about five ticks fit.
double roundStep(double span)
{
    const double raw = span / 5;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    const double lead = raw / power;
    return (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1) * power;
}

void setAxis(OptionComparison& comparison)
{
    double low = comparison.ranges.front().p10;
    double high = comparison.ranges.front().p90;
    for (const OptionRange& range : comparison.ranges) {
        low = std::min({low, range.p10, range.mean});
        high = std::max({high, range.p90, range.mean});
    }
    double span = high - low;
    if (!(span > 0))
        span = std::max(std::abs(high), 1.0);
    // Zero tells gain from loss: on the axis whenever it is within half a span.
    if (low > 0 && low < span / 2)
        low = 0;
    if (high < 0 && -high < span / 2)
        high = 0;
    comparison.step = roundStep(span);
    comparison.axisMin = std::floor(low / comparison.step) * comparison.step;
    comparison.axisMax = std::ceil(high / comparison.step) * comparison.step;
    if (comparison.axisMax <= comparison.axisMin)
        comparison.axisMax = comparison.axisMin + comparison.step;
}

std::optional<OptionRange>
rangeOf(const Json& scenarios, const Json& option, const std::string& outcome)
{
    const std::string scenarioId = textMember(option, "scenario_id");
    const Json* const scenario = withText(scenarios, "scenario_id", scenarioId);
    if (scenario == nullptr)
        return std::nullopt;
    const Json* const result = withText(listMember(*scenario, "results"), "outcome_id", outcome);
    if (result == nullptr)
        return std::nullopt;
    const auto p10 = quantile(*result, 0.1);
    const auto p50 = quantile(*result, 0.5);
    const auto p90 = quantile(*result, 0.9);
    if (!p10 || !p50 || !p90)
        return std::nullopt;
    OptionRange range;
    range.label = prose(option, "label");
    range.statusQuo = boolMember(option, "is_status_quo");
    range.p10 = *p10;
    range.p50 = *p50;
    range.p90 = *p90;
    range.mean = numberMember(*result, "mean");
    return range;
}

} // namespace

std::optional<OptionComparison> optionComparison(const DecisionView& view)
{
    if (!view.memo || !view.scenarioSet)
        return std::nullopt;
    const Json& set = view.scenarioSet->content;
    const Json& memo = view.memo->content;
    const Json& model = member(set, "model");
    const std::string objective = textMember(model, "objective_outcome_id");
    const Json* const outcome = withText(listMember(model, "outcomes"), "outcome_id", objective);
    if (outcome == nullptr)
        return std::nullopt;

    OptionComparison comparison;
    comparison.outcome = prose(*outcome, "label");
    comparison.unit = textMember(*outcome, "unit");
    comparison.maximise = textMember(*outcome, "direction") != "minimise";
    comparison.sampleCount =
        static_cast<std::int64_t>(numberMember(member(set, "simulation"), "sample_count"));
    const std::string chosen = textMember(member(memo, "recommendation"), "option_id");
    const Json& best = listMember(member(set, "comparison"), "probability_best");
    for (const Json& option : listMember(memo, "options")) {
        std::optional<OptionRange> range = rangeOf(listMember(set, "scenarios"), option, objective);
        if (!range)
            continue;
        range->recommended = textMember(option, "option_id") == chosen;
        if (const Json* row = withText(best, "scenario_id", textMember(option, "scenario_id")))
            range->probabilityBest = numberMember(*row, "probability");
        comparison.ranges.push_back(std::move(*range));
    }
    if (comparison.ranges.empty())
        return std::nullopt;
    setAxis(comparison);
    return comparison;
}

} // namespace countersign::ui
