#include "models/money.h"
#include "planes/data/detail/rule_context.h"

#include <array>

namespace countersign::data::detail {

namespace {

struct Places
{
    std::string_view schema;
    std::string_view places;
};

constexpr Places kDistributions[] = {
    {"scenario_set", "/model/variables/*/distribution"},
    {"scenario_set", "/scenarios/*/overrides/*/distribution"},
    {"risk_synthesis", "/risks/*/inherent/events_per_year"},
    {"risk_synthesis", "/risks/*/inherent/loss_per_event"},
    {"forecast", "/entries/*/predicted/distribution"},
};

constexpr Places kQuantiles[] = {
    {"scenario_set", "/scenarios/*/results/*/quantiles"},
    {"scenario_set", "/model/variables/*/distribution/points"},
    {"scenario_set", "/scenarios/*/overrides/*/distribution/points"},
    {"risk_synthesis", "/risks/*/inherent/events_per_year/points"},
    {"risk_synthesis", "/risks/*/inherent/loss_per_event/points"},
    {"forecast", "/entries/*/predicted/quantiles"},
    {"forecast", "/entries/*/predicted/distribution/points"},
};

constexpr Places kMeasurements = {"outcome", "/measurements/*"};

/// Two times in one document, the first before the second.
struct TimeOrder
{
    Places where;
    std::string_view earlier;
    std::string_view later;
    bool equalPasses;
};

constexpr TimeOrder kTimeOrders[] = {
    {{"approval_request", ""}, "requested_at", "due_at", false},
    {{"approval_request", ""}, "due_at", "expires_at", false},
    {{"approval_request", ""}, "requested_at", "resolved_at", true},
    {{"execution_plan", ""}, "not_before", "not_after", false},
    {{"forecast", "/entries/*"}, "period_start", "period_end", false},
    {{"tool_receipt", ""}, "started_at", "finished_at", true},
    {{"outcome", ""}, "decided_at", "completed_at", true},
    {{"metric_definition", ""}, "valid_from", "valid_until", false},
};

/// Reports at `b` unless a <= b (a < b when strict).
void requireAscending(
    RuleContext& context,
    const IncomingRecord& record,
    const JsonPlace& a,
    const JsonPlace& b,
    bool strict,
    std::string_view rule)
{
    if (!a.exists() || !b.exists())
        return;
    if (a.number() < b.number() || (!strict && a.number() == b.number()))
        return;
    context.report(
        record,
        b.pointer(),
        rule,
        std::string(strict ? "must be above " : "must not be below ") + a.pointer());
}

void checkMetalog(RuleContext& context, const IncomingRecord& record, const JsonPlace& distribution)
{
    const std::vector<JsonPlace> points = distribution.at("points").elements();
    const JsonPlace terms = distribution.at("terms");
    if (terms.integer() > static_cast<std::int64_t>(points.size()))
        context.report(
            record, terms.pointer(), "distribution.terms", "more terms than points to fit them to");
    const JsonPlace lower = distribution.at("lower");
    const JsonPlace upper = distribution.at("upper");
    requireAscending(context, record, lower, upper, true, "distribution.order");
    for (const JsonPlace& point : points) {
        const JsonPlace value = point.at("value");
        requireAscending(context, record, lower, value, true, "distribution.order");
        if (upper.exists() && !(value.number() < upper.number()))
            context.report(
                record, value.pointer(), "distribution.order", "must be below " + upper.pointer());
    }
}

void checkDistribution(
    RuleContext& context, const IncomingRecord& record, const JsonPlace& distribution)
{
    const std::string kind = distribution.at("kind").text();
    const JsonPlace min = distribution.at("min");
    const JsonPlace mode = distribution.at("mode");
    const JsonPlace max = distribution.at("max");
    if (kind == "triangular" || kind == "pert") {
        requireAscending(context, record, min, mode, false, "distribution.order");
        requireAscending(context, record, mode, max, false, "distribution.order");
    } else if (kind == "uniform") {
        requireAscending(context, record, min, max, false, "distribution.order");
    } else if (kind == "beta") {
        // The bounds are 0 and 1 unless given.
        const double low = min.exists() ? min.number() : 0.0;
        const double high = max.exists() ? max.number() : 1.0;
        if (!(low < high))
            context.report(
                record,
                max.exists() ? max.pointer() : min.pointer(),
                "distribution.order",
                "the upper bound must be above the lower one");
    } else if (kind == "lognormal_p5_p95") {
        requireAscending(
            context,
            record,
            distribution.at("p5"),
            distribution.at("p95"),
            true,
            "distribution.order");
    } else if (kind == "metalog") {
        checkMetalog(context, record, distribution);
    }
}

/// `points` of a discrete distribution have no `p`, so nothing is compared there.
void checkQuantiles(RuleContext& context, const IncomingRecord& record, const JsonPlace& quantiles)
{
    const std::vector<JsonPlace> points = quantiles.elements();
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (!points[i].at("p").exists())
            continue;
        requireAscending(
            context, record, points[i - 1].at("p"), points[i].at("p"), true, "quantiles.order");
        requireAscending(
            context,
            record,
            points[i - 1].at("value"),
            points[i].at("value"),
            false,
            "quantiles.order");
    }
}

void checkImpact(RuleContext& context, const IncomingRecord& memo)
{
    for (const JsonPlace& impact : JsonPlace(memo.content).at("financial_impact").elements()) {
        constexpr std::array kLevels = {"p10", "p50", "p90"};
        for (std::size_t i = 1; i < kLevels.size(); ++i) {
            const JsonPlace a = impact.at(kLevels[i - 1]);
            const JsonPlace b = impact.at(kLevels[i]);
            const auto lower = Money::parse(a.at("amount").text(), a.at("currency").text());
            const auto upper = Money::parse(b.at("amount").text(), b.at("currency").text());
            if (!lower.ok() || !upper.ok() || lower->currency() != upper->currency()) {
                // The metric has one unit, so a second currency is reported there.
                continue;
            }
            const Result<int> order = Money::compare(*lower, *upper);
            if (!order.ok() || *order > 0)
                context.report(
                    memo, b.pointer(), "quantiles.order", "must not be below " + a.pointer());
        }
    }
}

void checkRiskScales(RuleContext& context, const IncomingRecord& risks)
{
    const JsonPlace root(risks.content);
    for (const char* list : {"likelihood_upper_bounds", "impact_upper_bounds"}) {
        const std::vector<JsonPlace> bounds = root.at("scale").at(list).elements();
        for (std::size_t i = 1; i < bounds.size(); ++i)
            requireAscending(context, risks, bounds[i - 1], bounds[i], true, "scale.order");
    }
    for (const char* side : {"inherent", "residual"}) {
        const std::vector<JsonPlace> curve =
            root.at("aggregate").at(side).at("exceedance").elements();
        for (std::size_t i = 1; i < curve.size(); ++i) {
            requireAscending(
                context,
                risks,
                curve[i - 1].at("loss"),
                curve[i].at("loss"),
                true,
                "exceedance.order");
            if (!(curve[i].at("probability").number() <= curve[i - 1].at("probability").number()))
                context.report(
                    risks,
                    curve[i].at("probability").pointer(),
                    "exceedance.order",
                    "a larger loss cannot be exceeded more often");
        }
    }
}

template <class Check>
void forEach(RuleContext& context, const Places& kind, const Check& check)
{
    for (const IncomingRecord* record : context.incoming(kind.schema)) {
        for (const JsonPlace& place : placesOf(JsonPlace(record->content), kind.places))
            check(*record, place);
    }
}

} // namespace

void checkOrders(RuleContext& context)
{
    for (const Places& kind : kDistributions)
        forEach(context, kind, [&](const IncomingRecord& record, const JsonPlace& place) {
            checkDistribution(context, record, place);
        });
    for (const Places& kind : kQuantiles)
        forEach(context, kind, [&](const IncomingRecord& record, const JsonPlace& place) {
            checkQuantiles(context, record, place);
        });
    for (const TimeOrder& order : kTimeOrders)
        forEach(context, order.where, [&](const IncomingRecord& record, const JsonPlace& place) {
            requireOrder(
                context, record, place.at(order.earlier), place.at(order.later), order.equalPasses);
        });
    forEach(context, kMeasurements, [&](const IncomingRecord& record, const JsonPlace& place) {
        requireAscending(
            context,
            record,
            place.at("predicted_p10"),
            place.at("predicted_p90"),
            false,
            "quantiles.order");
    });
    for (const IncomingRecord* memo : context.incoming("memo"))
        checkImpact(context, *memo);
    for (const IncomingRecord* risks : context.incoming("risk_synthesis"))
        checkRiskScales(context, *risks);
}

} // namespace countersign::data::detail
