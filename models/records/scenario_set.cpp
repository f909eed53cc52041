#include "models/records/scenario_set.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<ModelVariable>
{
    static constexpr std::tuple kList{
        member("variable_id", &ModelVariable::variableId),
        member("label", &ModelVariable::label),
        member("unit", &ModelVariable::unit),
        member("is_decision", &ModelVariable::isDecision),
        member("distribution", &ModelVariable::distribution),
        member("evidence_ids", &ModelVariable::evidenceIds),
        member("elicited_from", &ModelVariable::elicitedFrom)};
};

template <>
struct JsonMembers<ModelCorrelation>
{
    static constexpr std::tuple kList{
        member("a", &ModelCorrelation::a),
        member("b", &ModelCorrelation::b),
        member("spearman", &ModelCorrelation::spearman)};
};

template <>
struct JsonMembers<ModelOutcome>
{
    static constexpr std::tuple kList{
        member("outcome_id", &ModelOutcome::outcomeId),
        member("label", &ModelOutcome::label),
        member("unit", &ModelOutcome::unit),
        member("direction", &ModelOutcome::direction),
        member("expression", &ModelOutcome::expression),
        member("metric", &ModelOutcome::metric)};
};

template <>
struct JsonMembers<ScenarioModel>
{
    static constexpr std::tuple kList{
        member("variables", &ScenarioModel::variables),
        member("correlations", &ScenarioModel::correlations),
        member("outcomes", &ScenarioModel::outcomes),
        member("objective_outcome_id", &ScenarioModel::objectiveOutcomeId)};
};

template <>
struct JsonMembers<ScenarioOverride>
{
    static constexpr std::tuple kList{
        member("variable_id", &ScenarioOverride::variableId),
        member("distribution", &ScenarioOverride::distribution)};
};

template <>
struct JsonMembers<ThresholdProbability>
{
    static constexpr std::tuple kList{
        member("relation", &ThresholdProbability::relation),
        member("threshold", &ThresholdProbability::threshold),
        member("probability", &ThresholdProbability::probability)};
};

template <>
struct JsonMembers<ScenarioResult>
{
    static constexpr std::tuple kList{
        member("outcome_id", &ScenarioResult::outcomeId),
        member("mean", &ScenarioResult::mean),
        member("sd", &ScenarioResult::sd),
        member("quantiles", &ScenarioResult::quantiles),
        member("probabilities", &ScenarioResult::probabilities)};
};

template <>
struct JsonMembers<Scenario>
{
    static constexpr std::tuple kList{
        member("scenario_id", &Scenario::scenarioId),
        member("label", &Scenario::label),
        member("narrative", &Scenario::narrative),
        member("overrides", &Scenario::overrides),
        member("results", &Scenario::results)};
};

template <>
struct JsonMembers<ScenarioSensitivity>
{
    static constexpr std::tuple kList{
        member("scenario_id", &ScenarioSensitivity::scenarioId),
        member("variable_id", &ScenarioSensitivity::variableId),
        member("swing_at_p10", &ScenarioSensitivity::swingAtP10),
        member("swing_at_p90", &ScenarioSensitivity::swingAtP90),
        member("first_order", &ScenarioSensitivity::firstOrder),
        member("total", &ScenarioSensitivity::total)};
};

template <>
struct JsonMembers<ScenarioProbability>
{
    static constexpr std::tuple kList{
        member("scenario_id", &ScenarioProbability::scenarioId),
        member("probability", &ScenarioProbability::probability)};
};

template <>
struct JsonMembers<VariableValue>
{
    static constexpr std::tuple kList{
        member("variable_id", &VariableValue::variableId), member("value", &VariableValue::value)};
};

template <>
struct JsonMembers<ScenarioComparison>
{
    static constexpr std::tuple kList{
        member("preferred_scenario_id", &ScenarioComparison::preferredScenarioId),
        member("probability_best", &ScenarioComparison::probabilityBest),
        member("evpi", &ScenarioComparison::evpi),
        member("evppi", &ScenarioComparison::evppi)};
};

template <>
struct JsonMembers<ScenarioSet>
{
    static constexpr std::tuple kList{
        member("header", &ScenarioSet::header),
        member("title", &ScenarioSet::title),
        member("model", &ScenarioSet::model),
        member("simulation", &ScenarioSet::simulation),
        member("scenarios", &ScenarioSet::scenarios),
        member("sensitivity", &ScenarioSet::sensitivity),
        member("comparison", &ScenarioSet::comparison),
        member("freshness", &ScenarioSet::freshness),
        member("extensions", &ScenarioSet::extensions)};
};

Result<ScenarioSet> parseScenarioSet(const Json& document)
{
    return readRecord<ScenarioSet>(document, "scenario_set");
}

Json toJson(const ScenarioSet& scenarioSet)
{
    return writeStruct(scenarioSet);
}

} // namespace countersign
