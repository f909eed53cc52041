#include "models/records/forecast.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<ForecastHistory>
{
    static constexpr std::tuple kList{
        member("season_length", &ForecastHistory::seasonLength),
        member("values", &ForecastHistory::values)};
};

template <>
struct JsonMembers<ForecastPrediction>
{
    static constexpr std::tuple kList{
        member("distribution", &ForecastPrediction::distribution),
        member("quantiles", &ForecastPrediction::quantiles),
        member("probability", &ForecastPrediction::probability)};
};

template <>
struct JsonMembers<ForecastActual>
{
    static constexpr std::tuple kList{
        member("value", &ForecastActual::value),
        member("observed_at", &ForecastActual::observedAt),
        member("evidence_id", &ForecastActual::evidenceId)};
};

template <>
struct JsonMembers<ForecastScores>
{
    static constexpr std::tuple kList{
        member("variance", &ForecastScores::variance),
        member("variance_fraction", &ForecastScores::varianceFraction),
        member("crps", &ForecastScores::crps),
        member("pit", &ForecastScores::pit),
        member("inside_80", &ForecastScores::inside80),
        member("brier", &ForecastScores::brier),
        member("log_loss_nats", &ForecastScores::logLossNats)};
};

template <>
struct JsonMembers<ForecastEntry>
{
    static constexpr std::tuple kList{
        member("entry_id", &ForecastEntry::entryId),
        member("label", &ForecastEntry::label),
        member("period_start", &ForecastEntry::periodStart),
        member("period_end", &ForecastEntry::periodEnd),
        member("resolves_at", &ForecastEntry::resolvesAt),
        member("resolution_rule", &ForecastEntry::resolutionRule),
        member("predicted", &ForecastEntry::predicted),
        member("actual", &ForecastEntry::actual),
        member("scores", &ForecastEntry::scores)};
};

template <>
struct JsonMembers<ForecastSummary>
{
    static constexpr std::tuple kList{
        member("resolved_count", &ForecastSummary::resolvedCount),
        member("mean_crps", &ForecastSummary::meanCrps),
        member("mase", &ForecastSummary::mase),
        member("bias", &ForecastSummary::bias),
        member("coverage_80", &ForecastSummary::coverage80),
        member("mean_brier", &ForecastSummary::meanBrier),
        member("mean_log_loss_nats", &ForecastSummary::meanLogLossNats)};
};

template <>
struct JsonMembers<Forecast>
{
    static constexpr std::tuple kList{
        member("header", &Forecast::header),
        member("title", &Forecast::title),
        member("issued_at", &Forecast::issuedAt),
        member("form", &Forecast::form),
        member("metric", &Forecast::metric),
        member("unit", &Forecast::unit),
        member("method_note", &Forecast::methodNote),
        member("history", &Forecast::history),
        member("entries", &Forecast::entries),
        member("summary", &Forecast::summary),
        member("freshness", &Forecast::freshness),
        member("extensions", &Forecast::extensions)};
};

Result<Forecast> parseForecast(const Json& document)
{
    return readRecord<Forecast>(document, "forecast");
}

Json toJson(const Forecast& forecast)
{
    return writeStruct(forecast);
}

} // namespace countersign
