#pragma once

#include "models/records/distribution.h"

/// One model, several scenarios, their simulated outcomes and what drives them
/// (scenario_set.schema.json).
namespace countersign {

enum class Direction {
    Maximise,
    Minimise
};
template <>
inline constexpr auto
    kTextsOf<Direction> = std::to_array<std::string_view>({"maximise", "minimise"});

enum class Relation {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual
};
template <>
inline constexpr auto kTextsOf<Relation> = std::to_array<std::string_view>({"<", "<=", ">", ">="});

struct ModelVariable
{
    std::string variableId;
    std::string label;
    std::string unit;
    /// False unless given: chance, not chosen by us.
    std::optional<bool> isDecision = {};
    Distribution distribution;
    std::optional<std::vector<RecordId>> evidenceIds = {};
    std::optional<Actor> elicitedFrom = {};
    bool operator==(const ModelVariable&) const = default;
};

struct ModelCorrelation
{
    std::string a;
    std::string b;
    double spearman = 0;
    bool operator==(const ModelCorrelation&) const = default;
};

struct ModelOutcome
{
    std::string outcomeId;
    std::string label;
    std::string unit;
    Direction direction = Direction::Maximise;
    /// Grammar: README of the contracts, "Expressions".
    std::string expression;
    std::optional<MetricRef> metric = {};
    bool operator==(const ModelOutcome&) const = default;
};

struct ScenarioModel
{
    std::vector<ModelVariable> variables;
    std::optional<std::vector<ModelCorrelation>> correlations = {};
    std::vector<ModelOutcome> outcomes;
    std::string objectiveOutcomeId;
    bool operator==(const ScenarioModel&) const = default;
};

struct ScenarioOverride
{
    std::string variableId;
    Distribution distribution;
    bool operator==(const ScenarioOverride&) const = default;
};

struct ThresholdProbability
{
    Relation relation = Relation::Less;
    double threshold = 0;
    double probability = 0;
    bool operator==(const ThresholdProbability&) const = default;
};

struct ScenarioResult
{
    std::string outcomeId;
    double mean = 0;
    double sd = 0;
    std::vector<Quantile> quantiles;
    std::optional<std::vector<ThresholdProbability>> probabilities = {};
    bool operator==(const ScenarioResult&) const = default;
};

struct Scenario
{
    std::string scenarioId;
    std::string label;
    std::string narrative;
    std::vector<ScenarioOverride> overrides;
    std::vector<ScenarioResult> results;
    bool operator==(const Scenario&) const = default;
};

struct ScenarioSensitivity
{
    std::string scenarioId;
    std::string variableId;
    double swingAtP10 = 0;
    double swingAtP90 = 0;
    std::optional<double> firstOrder = {};
    std::optional<double> total = {};
    bool operator==(const ScenarioSensitivity&) const = default;
};

struct ScenarioProbability
{
    std::string scenarioId;
    double probability = 0;
    bool operator==(const ScenarioProbability&) const = default;
};

struct VariableValue
{
    std::string variableId;
    double value = 0;
    bool operator==(const VariableValue&) const = default;
};

struct ScenarioComparison
{
    std::string preferredScenarioId;
    std::vector<ScenarioProbability> probabilityBest;
    /// In the unit of the objective outcome.
    double evpi = 0;
    std::optional<std::vector<VariableValue>> evppi = {};
    bool operator==(const ScenarioComparison&) const = default;
};

struct ScenarioSet
{
    Header header;
    std::string title;
    ScenarioModel model;
    Simulation simulation;
    std::vector<Scenario> scenarios;
    std::optional<std::vector<ScenarioSensitivity>> sensitivity = {};
    ScenarioComparison comparison;
    Freshness freshness;
    std::optional<Json> extensions = {};
    bool operator==(const ScenarioSet&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<ScenarioSet> parseScenarioSet(const Json& document);
[[nodiscard]] Json toJson(const ScenarioSet& scenarioSet);

} // namespace countersign
