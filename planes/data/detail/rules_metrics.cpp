#include "planes/data/detail/rule_context.h"

#include <array>

namespace countersign::data::detail {

namespace {

/// What makes a definition the definition it is: a change of one of them is another meaning.
constexpr std::array kMeaning = {
    "metric", "unit", "aggregation", "percentile", "numerator", "denominator", "formula", "grain"};

/// A place that names a metric in `metric`, and its unit, if it states one, in `unit`.
struct MetricUse
{
    std::string_view schema;
    std::string_view places;
};

constexpr MetricUse kMetricUses[] = {
    {"memo", "/claims/*"},
    {"memo", "/financial_impact/*"},
    {"scenario_set", "/model/outcomes/*"},
    {"evidence_item", "/reading"},
    {"forecast", ""},
    {"outcome", "/measurements/*"},
};

std::string nameOf(const JsonPlace& metricRef)
{
    return metricRef.at("key").text() + " version "
           + std::to_string(metricRef.at("version").integer());
}

using Definitions = std::map<std::string, const IncomingRecord*>;

/// The one standing definition of each metric: a known one, else the first by path.
Definitions standingDefinitions(const RuleContext& context)
{
    Definitions definitions;
    const auto add = [&](const IncomingRecord* record) {
        definitions.try_emplace(nameOf(JsonPlace(record->content).at("metric")), record);
    };
    for (const IncomingRecord* record : context.all("metric_definition")) {
        if (!context.isIncoming(*record))
            add(record);
    }
    for (const IncomingRecord* record : context.incoming("metric_definition"))
        add(record);
    return definitions;
}

void checkDefinition(
    RuleContext& context, const Definitions& definitions, const IncomingRecord& record)
{
    const JsonPlace root(record.content);
    const IncomingRecord& standing = *definitions.at(nameOf(root.at("metric")));
    if (standing.recordId != record.recordId) {
        context.report(
            record,
            "/metric",
            "metric.definition",
            nameOf(root.at("metric")) + " is defined by " + standing.recordId + " already",
            ErrorCode::Conflict);
        return;
    }
    const IncomingRecord* before = context.revision(record.recordId, record.revision - 1);
    if (before == nullptr)
        return;
    for (const char* member : kMeaning) {
        if (root.at(member).value() != JsonPlace(before->content).at(member).value())
            context.report(
                record,
                root.at(member).pointer(),
                "metric.meaning",
                "a changed meaning is a new version of the metric",
                ErrorCode::Conflict);
    }
}

void checkUse(
    RuleContext& context,
    const Definitions& definitions,
    const IncomingRecord& record,
    const JsonPlace& use)
{
    const JsonPlace metric = use.at("metric");
    if (!metric.exists())
        return;
    const auto found = definitions.find(nameOf(metric));
    if (found == definitions.end()) {
        context.report(
            record,
            metric.pointer(),
            "metric.definition",
            nameOf(metric) + " is not defined in this tenant");
        return;
    }
    const std::string unit = JsonPlace(found->second->content).at("unit").text();
    // An amount of money states the unit as its currency.
    for (const JsonPlace& stated :
         {use.at("unit"), use.in("p10/currency"), use.in("p50/currency"), use.in("p90/currency")}) {
        if (stated.exists() && stated.text() != unit)
            context.report(
                record,
                stated.pointer(),
                "metric.unit",
                nameOf(metric) + " is measured in " + unit + ", not in " + stated.text());
    }
}

} // namespace

void checkMetrics(RuleContext& context)
{
    const Definitions definitions = standingDefinitions(context);
    for (const IncomingRecord* record : context.incoming("metric_definition")) {
        checkDefinition(context, definitions, *record);
        std::vector<JsonPlace> named = placesOf(JsonPlace(record->content), "/derived_from/*");
        const JsonPlace replacement = JsonPlace(record->content).at("replaced_by");
        if (replacement.exists())
            named.push_back(replacement);
        for (const JsonPlace& metric : named) {
            if (!definitions.contains(nameOf(metric)))
                context.report(
                    *record,
                    metric.pointer(),
                    "metric.definition",
                    nameOf(metric) + " is not defined in this tenant");
        }
    }
    for (const MetricUse& kind : kMetricUses) {
        for (const IncomingRecord* record : context.incoming(kind.schema)) {
            for (const JsonPlace& use : placesOf(JsonPlace(record->content), kind.places))
                checkUse(context, definitions, *record, use);
        }
    }
}

} // namespace countersign::data::detail
