#include "models/records/risk_synthesis.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<RiskScale>
{
    static constexpr std::tuple kList{
        member("likelihood_upper_bounds", &RiskScale::likelihoodUpperBounds),
        member("impact_upper_bounds", &RiskScale::impactUpperBounds)};
};

template <>
struct JsonMembers<AppetitePoint>
{
    static constexpr std::tuple kList{
        member("loss", &AppetitePoint::loss),
        member("max_probability", &AppetitePoint::maxProbability)};
};

template <>
struct JsonMembers<AppetiteBreach>
{
    static constexpr std::tuple kList{
        member("loss", &AppetiteBreach::loss),
        member("max_probability", &AppetiteBreach::maxProbability),
        member("residual_probability", &AppetiteBreach::residualProbability)};
};

template <>
struct JsonMembers<RiskExposure>
{
    static constexpr std::tuple kList{
        member("events_per_year", &RiskExposure::eventsPerYear),
        member("loss_per_event", &RiskExposure::lossPerEvent)};
};

template <>
struct JsonMembers<RiskControl>
{
    static constexpr std::tuple kList{
        member("control_id", &RiskControl::controlId),
        member("statement", &RiskControl::statement),
        member("frequency_factor", &RiskControl::frequencyFactor),
        member("loss_factor", &RiskControl::lossFactor),
        member("cost_per_year", &RiskControl::costPerYear),
        member("evidence_ids", &RiskControl::evidenceIds)};
};

template <>
struct JsonMembers<RiskResult>
{
    static constexpr std::tuple kList{
        member("expected_annual_loss", &RiskResult::expectedAnnualLoss),
        member("probability_any", &RiskResult::probabilityAny),
        member("mean_loss_per_event", &RiskResult::meanLossPerEvent),
        member("p95_annual_loss", &RiskResult::p95AnnualLoss),
        member("likelihood_band", &RiskResult::likelihoodBand),
        member("impact_band", &RiskResult::impactBand)};
};

template <>
struct JsonMembers<RiskResults>
{
    static constexpr std::tuple kList{
        member("inherent", &RiskResults::inherent), member("residual", &RiskResults::residual)};
};

template <>
struct JsonMembers<Risk>
{
    static constexpr std::tuple kList{
        member("risk_id", &Risk::riskId),
        member("title", &Risk::title),
        member("category", &Risk::category),
        member("cause", &Risk::cause),
        member("event", &Risk::event),
        member("consequence", &Risk::consequence),
        member("owner", &Risk::owner),
        member("response", &Risk::response),
        member("status", &Risk::status),
        member("inherent", &Risk::inherent),
        member("controls", &Risk::controls),
        member("results", &Risk::results),
        member("evidence_ids", &Risk::evidenceIds),
        member("review_at", &Risk::reviewAt)};
};

template <>
struct JsonMembers<ExceedancePoint>
{
    static constexpr std::tuple kList{
        member("loss", &ExceedancePoint::loss),
        member("probability", &ExceedancePoint::probability)};
};

template <>
struct JsonMembers<AggregateResult>
{
    static constexpr std::tuple kList{
        member("expected_annual_loss", &AggregateResult::expectedAnnualLoss),
        member("var_95", &AggregateResult::var95),
        member("tvar_95", &AggregateResult::tvar95),
        member("exceedance", &AggregateResult::exceedance)};
};

template <>
struct JsonMembers<RiskAggregate>
{
    static constexpr std::tuple kList{
        member("inherent", &RiskAggregate::inherent), member("residual", &RiskAggregate::residual)};
};

template <>
struct JsonMembers<RiskSynthesis>
{
    static constexpr std::tuple kList{
        member("header", &RiskSynthesis::header),
        member("title", &RiskSynthesis::title),
        member("currency", &RiskSynthesis::currency),
        member("scale", &RiskSynthesis::scale),
        member("appetite", &RiskSynthesis::appetite),
        member("risks", &RiskSynthesis::risks),
        member("simulation", &RiskSynthesis::simulation),
        member("aggregate", &RiskSynthesis::aggregate),
        member("appetite_breaches", &RiskSynthesis::appetiteBreaches),
        member("freshness", &RiskSynthesis::freshness),
        member("extensions", &RiskSynthesis::extensions)};
};

Result<RiskSynthesis> parseRiskSynthesis(const Json& document)
{
    return readRecord<RiskSynthesis>(document, "risk_synthesis");
}

Json toJson(const RiskSynthesis& synthesis)
{
    return writeStruct(synthesis);
}

} // namespace countersign
