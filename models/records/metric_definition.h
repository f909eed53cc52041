#pragma once

#include "models/records/common.h"

/// The one meaning of a metric (metric_definition.schema.json). Key and version together are unique
/// in a tenant.
namespace countersign {

enum class MetricStatus {
    Proposed,
    Active,
    Deprecated
};
template <>
inline constexpr auto
    kTextsOf<MetricStatus> = std::to_array<std::string_view>({"proposed", "active", "deprecated"});

enum class Aggregation {
    Sum,
    Mean,
    Median,
    Min,
    Max,
    Last,
    Count,
    CountDistinct,
    Ratio,
    Percentile
};
template <>
inline constexpr auto kTextsOf<Aggregation> = std::to_array<std::string_view>(
    {"sum",
     "mean",
     "median",
     "min",
     "max",
     "last",
     "count",
     "count_distinct",
     "ratio",
     "percentile"});

enum class DesiredDirection {
    Up,
    Down,
    OnTarget
};
template <>
inline constexpr auto
    kTextsOf<DesiredDirection> = std::to_array<std::string_view>({"up", "down", "on_target"});

enum class CheckSeverity {
    Note,
    Warn,
    Block
};
template <>
inline constexpr auto
    kTextsOf<CheckSeverity> = std::to_array<std::string_view>({"note", "warn", "block"});

struct MetricDimension
{
    std::string name;
    /// True: parts add up to the whole along this dimension.
    bool additive = false;
    bool operator==(const MetricDimension&) const = default;
};

/// A data contract that the metric is computed from.
struct MetricInput
{
    std::string dataset;
    std::int64_t contractVersion = 1;
    std::vector<std::string> columns;
    bool operator==(const MetricInput&) const = default;
};

struct MetricQualityCheck
{
    std::string checkId;
    std::string statement;
    CheckSeverity severity = CheckSeverity::Block;
    bool operator==(const MetricQualityCheck&) const = default;
};

struct MetricDefinition
{
    Header header;
    MetricRef metric;
    MetricStatus status = MetricStatus::Proposed;
    std::string name;
    std::string meaning;
    std::optional<std::vector<std::string>> notToBeConfusedWith = {};
    Actor owner;
    std::string unit;
    /// What one row is.
    std::string grain;
    Aggregation aggregation = Aggregation::Sum;
    std::optional<double> percentile = {};
    std::optional<std::string> numerator = {};
    std::optional<std::string> denominator = {};
    std::string formula;
    std::vector<MetricDimension> dimensions;
    DesiredDirection desiredDirection = DesiredDirection::OnTarget;
    std::vector<MetricInput> inputs;
    std::optional<std::vector<MetricRef>> derivedFrom = {};
    std::vector<MetricQualityCheck> qualityChecks;
    /// A reading older than this is stale.
    std::int64_t maxAgeS = 1;
    StatedInstant validFrom;
    std::optional<StatedInstant> validUntil = {};
    std::optional<MetricRef> replacedBy = {};
    std::optional<Json> extensions = {};
    bool operator==(const MetricDefinition&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<MetricDefinition> parseMetricDefinition(const Json& document);
[[nodiscard]] Json toJson(const MetricDefinition& definition);

} // namespace countersign
