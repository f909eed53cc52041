#pragma once

#include "models/records/distribution.h"

/// Predictions of one metric or of yes/no questions, with actuals and scores
/// (forecast.schema.json).
namespace countersign {

enum class ForecastForm {
    Continuous,
    Binary
};
template <>
inline constexpr auto
    kTextsOf<ForecastForm> = std::to_array<std::string_view>({"continuous", "binary"});

struct ForecastHistory
{
    std::int64_t seasonLength = 1;
    /// Oldest first.
    std::vector<double> values;
    bool operator==(const ForecastHistory&) const = default;
};

struct ForecastPrediction
{
    std::optional<Distribution> distribution = {};
    std::optional<std::vector<Quantile>> quantiles = {};
    /// The only member of a binary prediction.
    std::optional<double> probability = {};
    bool operator==(const ForecastPrediction&) const = default;
};

struct ForecastActual
{
    double value = 0;
    StatedInstant observedAt;
    std::optional<RecordId> evidenceId = {};
    bool operator==(const ForecastActual&) const = default;
};

struct ForecastScores
{
    std::optional<double> variance = {};
    std::optional<double> varianceFraction = {};
    std::optional<double> crps = {};
    std::optional<double> pit = {};
    std::optional<bool> inside80 = {};
    std::optional<double> brier = {};
    std::optional<double> logLossNats = {};
    bool operator==(const ForecastScores&) const = default;
};

struct ForecastEntry
{
    std::string entryId;
    std::string label;
    std::optional<StatedInstant> periodStart = {};
    std::optional<StatedInstant> periodEnd = {};
    StatedInstant resolvesAt;
    std::optional<std::string> resolutionRule = {};
    ForecastPrediction predicted;
    std::optional<ForecastActual> actual = {};
    std::optional<ForecastScores> scores = {};
    bool operator==(const ForecastEntry&) const = default;
};

/// Over resolved entries only.
struct ForecastSummary
{
    std::int64_t resolvedCount = 0;
    std::optional<double> meanCrps = {};
    std::optional<double> mase = {};
    std::optional<double> bias = {};
    std::optional<double> coverage80 = {};
    std::optional<double> meanBrier = {};
    std::optional<double> meanLogLossNats = {};
    bool operator==(const ForecastSummary&) const = default;
};

struct Forecast
{
    Header header;
    std::string title;
    StatedInstant issuedAt;
    ForecastForm form = ForecastForm::Continuous;
    std::optional<MetricRef> metric = {};
    std::optional<std::string> unit = {};
    std::optional<std::string> methodNote = {};
    std::optional<ForecastHistory> history = {};
    std::vector<ForecastEntry> entries;
    ForecastSummary summary;
    Freshness freshness;
    std::optional<Json> extensions = {};
    bool operator==(const Forecast&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<Forecast> parseForecast(const Json& document);
[[nodiscard]] Json toJson(const Forecast& forecast);

} // namespace countersign
