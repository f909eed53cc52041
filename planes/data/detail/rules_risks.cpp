#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <map>

namespace countersign::data::detail {

namespace {

/// 1 + the number of upper bounds that the value exceeds.
std::int64_t bandOf(double value, const std::vector<JsonPlace>& upperBounds)
{
    return 1 + std::count_if(upperBounds.begin(), upperBounds.end(), [&](const JsonPlace& bound) {
               return value > bound.number();
           });
}

void requireBand(
    RuleContext& context,
    const IncomingRecord& risks,
    const JsonPlace& stated,
    double value,
    const std::vector<JsonPlace>& upperBounds)
{
    // Bounds out of order are reported where they stand.
    const auto isBelow = [](const JsonPlace& a, const JsonPlace& b) {
        return a.number() < b.number();
    };
    if (!std::is_sorted(upperBounds.begin(), upperBounds.end(), isBelow))
        return;
    const std::int64_t wanted = bandOf(value, upperBounds);
    if (stated.integer() != wanted)
        context.report(
            risks, stated.pointer(), "result.band", "comes to " + std::to_string(wanted));
}

void checkBands(RuleContext& context, const IncomingRecord& risks)
{
    const JsonPlace root(risks.content);
    const std::vector<JsonPlace> likelihood = root.in("scale/likelihood_upper_bounds").elements();
    const std::vector<JsonPlace> impact = root.in("scale/impact_upper_bounds").elements();
    for (const JsonPlace& risk : root.at("risks").elements()) {
        for (const char* side : {"inherent", "residual"}) {
            const JsonPlace result = risk.at("results").at(side);
            requireBand(
                context,
                risks,
                result.at("likelihood_band"),
                result.at("probability_any").number(),
                likelihood);
            requireBand(
                context,
                risks,
                result.at("impact_band"),
                result.at("mean_loss_per_event").number(),
                impact);
        }
    }
}

/// Points of the appetite whose loss stands in the stored residual curve; for other losses the
/// curve would have to be simulated again.
void checkBreaches(RuleContext& context, const IncomingRecord& risks)
{
    const JsonPlace root(risks.content);
    std::map<double, double> curve;
    for (const JsonPlace& point : root.in("aggregate/residual/exceedance").elements())
        curve.emplace(point.at("loss").number(), point.at("probability").number());
    std::map<double, double> appetite;
    for (const JsonPlace& point : root.at("appetite").elements())
        appetite.emplace(point.at("loss").number(), point.at("max_probability").number());

    const JsonPlace list = root.at("appetite_breaches");
    std::map<double, JsonPlace> stated;
    for (const JsonPlace& breach : list.elements()) {
        const double loss = breach.at("loss").number();
        const auto limit = appetite.find(loss);
        if (limit == appetite.end()
            || !isClose(breach.at("max_probability").number(), limit->second)
            || !stated.emplace(loss, breach).second) {
            context.report(
                risks,
                breach.pointer(),
                "result.appetite",
                "the appetite has no such point, or it is listed twice");
            continue;
        }
        const auto residual = curve.find(loss);
        const JsonPlace probability = breach.at("residual_probability");
        if (residual != curve.end() && !isClose(probability.number(), residual->second))
            context.report(
                risks,
                probability.pointer(),
                "result.appetite",
                "the residual curve says " + std::to_string(residual->second));
        else if (!(probability.number() > limit->second))
            context.report(risks, breach.pointer(), "result.appetite", "the appetite is kept here");
    }
    for (const auto& [loss, limit] : appetite) {
        const auto residual = curve.find(loss);
        if (residual != curve.end() && residual->second > limit && !stated.contains(loss))
            context.report(
                risks,
                list.pointer(),
                "result.appetite",
                "the residual curve exceeds the appetite at the loss " + std::to_string(loss));
    }
}

/// The mean of the worst years cannot lie below the quantile where they begin.
void checkTails(RuleContext& context, const IncomingRecord& risks)
{
    for (const char* side : {"inherent", "residual"}) {
        const JsonPlace result = JsonPlace(risks.content).at("aggregate").at(side);
        const JsonPlace tail = result.at("tvar_95");
        const double begin = result.at("var_95").number();
        if (tail.number() < begin && !isClose(tail.number(), begin))
            context.report(
                risks, tail.pointer(), "result.tail", "is below var_95, where the tail begins");
    }
}

} // namespace

void checkRisks(RuleContext& context)
{
    for (const IncomingRecord* risks : context.incoming("risk_synthesis")) {
        checkBands(context, *risks);
        checkBreaches(context, *risks);
        checkTails(context, *risks);
    }
}

} // namespace countersign::data::detail
