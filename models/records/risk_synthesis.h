#pragma once

#include "models/records/distribution.h"

/// Risk register of one decision, before and after controls (risk_synthesis.schema.json). Losses
/// are estimates in `currency`.
namespace countersign {

enum class RiskCategory {
    Strategic,
    Financial,
    Operational,
    LegalAndCompliance,
    Technology,
    SecurityAndPrivacy,
    People,
    Reputation,
    ThirdParty
};
template <>
inline constexpr auto kTextsOf<RiskCategory> = std::to_array<std::string_view>(
    {"strategic",
     "financial",
     "operational",
     "legal_and_compliance",
     "technology",
     "security_and_privacy",
     "people",
     "reputation",
     "third_party"});

enum class RiskResponse {
    Accept,
    Avoid,
    Mitigate,
    Transfer,
    Exploit
};
template <>
inline constexpr auto kTextsOf<RiskResponse> =
    std::to_array<std::string_view>({"accept", "avoid", "mitigate", "transfer", "exploit"});

enum class RiskStatus {
    Open,
    Treated,
    Closed,
    Occurred
};
template <>
inline constexpr auto kTextsOf<RiskStatus> =
    std::to_array<std::string_view>({"open", "treated", "closed", "occurred"});

/// Upper bounds of the rows and columns of the heat map; the last band is open.
struct RiskScale
{
    std::vector<double> likelihoodUpperBounds;
    std::vector<double> impactUpperBounds;
    bool operator==(const RiskScale&) const = default;
};

/// The chance of a year that loses more than `loss` must stay at or below `maxProbability`.
struct AppetitePoint
{
    double loss = 0;
    double maxProbability = 0;
    bool operator==(const AppetitePoint&) const = default;
};

struct AppetiteBreach
{
    double loss = 0;
    double maxProbability = 0;
    double residualProbability = 0;
    bool operator==(const AppetiteBreach&) const = default;
};

struct RiskExposure
{
    Distribution eventsPerYear;
    Distribution lossPerEvent;
    bool operator==(const RiskExposure&) const = default;
};

struct RiskControl
{
    std::string controlId;
    std::string statement;
    double frequencyFactor = 1;
    double lossFactor = 1;
    std::optional<Money> costPerYear = {};
    std::optional<std::vector<RecordId>> evidenceIds = {};
    bool operator==(const RiskControl&) const = default;
};

struct RiskResult
{
    double expectedAnnualLoss = 0;
    double probabilityAny = 0;
    double meanLossPerEvent = 0;
    double p95AnnualLoss = 0;
    std::int64_t likelihoodBand = 1;
    std::int64_t impactBand = 1;
    bool operator==(const RiskResult&) const = default;
};

struct RiskResults
{
    RiskResult inherent;
    RiskResult residual;
    bool operator==(const RiskResults&) const = default;
};

struct Risk
{
    std::string riskId;
    std::string title;
    RiskCategory category = RiskCategory::Strategic;
    std::string cause;
    std::string event;
    std::string consequence;
    Actor owner;
    RiskResponse response = RiskResponse::Accept;
    RiskStatus status = RiskStatus::Open;
    RiskExposure inherent;
    std::vector<RiskControl> controls;
    RiskResults results;
    std::optional<std::vector<RecordId>> evidenceIds = {};
    std::optional<StatedInstant> reviewAt = {};
    bool operator==(const Risk&) const = default;
};

struct ExceedancePoint
{
    double loss = 0;
    double probability = 0;
    bool operator==(const ExceedancePoint&) const = default;
};

struct AggregateResult
{
    double expectedAnnualLoss = 0;
    double var95 = 0;
    double tvar95 = 0;
    std::vector<ExceedancePoint> exceedance;
    bool operator==(const AggregateResult&) const = default;
};

struct RiskAggregate
{
    AggregateResult inherent;
    AggregateResult residual;
    bool operator==(const RiskAggregate&) const = default;
};

struct RiskSynthesis
{
    Header header;
    std::string title;
    std::string currency;
    RiskScale scale;
    std::vector<AppetitePoint> appetite;
    std::vector<Risk> risks;
    Simulation simulation;
    RiskAggregate aggregate;
    std::vector<AppetiteBreach> appetiteBreaches;
    Freshness freshness;
    std::optional<Json> extensions = {};
    bool operator==(const RiskSynthesis&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<RiskSynthesis> parseRiskSynthesis(const Json& document);
[[nodiscard]] Json toJson(const RiskSynthesis& synthesis);

} // namespace countersign
