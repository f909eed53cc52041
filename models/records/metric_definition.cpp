#include "models/records/metric_definition.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<MetricDimension>
{
    static constexpr std::tuple kList{
        member("name", &MetricDimension::name), member("additive", &MetricDimension::additive)};
};

template <>
struct JsonMembers<MetricInput>
{
    static constexpr std::tuple kList{
        member("dataset", &MetricInput::dataset),
        member("contract_version", &MetricInput::contractVersion),
        member("columns", &MetricInput::columns)};
};

template <>
struct JsonMembers<MetricQualityCheck>
{
    static constexpr std::tuple kList{
        member("check_id", &MetricQualityCheck::checkId),
        member("statement", &MetricQualityCheck::statement),
        member("severity", &MetricQualityCheck::severity)};
};

template <>
struct JsonMembers<MetricDefinition>
{
    static constexpr std::tuple kList{
        member("header", &MetricDefinition::header),
        member("metric", &MetricDefinition::metric),
        member("status", &MetricDefinition::status),
        member("name", &MetricDefinition::name),
        member("meaning", &MetricDefinition::meaning),
        member("not_to_be_confused_with", &MetricDefinition::notToBeConfusedWith),
        member("owner", &MetricDefinition::owner),
        member("unit", &MetricDefinition::unit),
        member("grain", &MetricDefinition::grain),
        member("aggregation", &MetricDefinition::aggregation),
        member("percentile", &MetricDefinition::percentile),
        member("numerator", &MetricDefinition::numerator),
        member("denominator", &MetricDefinition::denominator),
        member("formula", &MetricDefinition::formula),
        member("dimensions", &MetricDefinition::dimensions),
        member("desired_direction", &MetricDefinition::desiredDirection),
        member("inputs", &MetricDefinition::inputs),
        member("derived_from", &MetricDefinition::derivedFrom),
        member("quality_checks", &MetricDefinition::qualityChecks),
        member("max_age_s", &MetricDefinition::maxAgeS),
        member("valid_from", &MetricDefinition::validFrom),
        member("valid_until", &MetricDefinition::validUntil),
        member("replaced_by", &MetricDefinition::replacedBy),
        member("extensions", &MetricDefinition::extensions)};
};

Result<MetricDefinition> parseMetricDefinition(const Json& document)
{
    return readRecord<MetricDefinition>(document, "metric_definition");
}

Json toJson(const MetricDefinition& definition)
{
    return writeStruct(definition);
}

} // namespace countersign
