#pragma once

#include "models/records/common.h"

/// What became of a decision, with the verdict on its process kept apart from luck
/// (outcome.schema.json).
namespace countersign {

enum class OutcomeStatus {
    AwaitingMeasurement,
    PartlyMeasured,
    Measured,
    Abandoned
};
template <>
inline constexpr auto kTextsOf<OutcomeStatus> = std::to_array<std::string_view>(
    {"awaiting_measurement", "partly_measured", "measured", "abandoned"});

struct OutcomeMeasurement
{
    /// Outcome of the scenario set that predicted it.
    std::optional<std::string> outcomeId = {};
    MetricRef metric;
    std::string unit;
    double predictedMean = 0;
    double predictedP10 = 0;
    double predictedP90 = 0;
    double measured = 0;
    StatedInstant measuredAt;
    /// measured minus predictedMean
    double variance = 0;
    bool inside80 = false;
    std::optional<std::vector<RecordId>> evidenceIds = {};
    bool operator==(const OutcomeMeasurement&) const = default;
};

struct ClaimResult
{
    std::string claimId;
    double statedConfidence = 0;
    bool cameTrue = false;
    double brier = 0;
    StatedInstant resolvedAt;
    std::optional<std::string> note = {};
    bool operator==(const ClaimResult&) const = default;
};

struct RiskOccurrence
{
    std::string riskId;
    bool occurred = false;
    std::optional<std::int64_t> eventCount = {};
    std::optional<Money> loss = {};
    std::optional<std::string> note = {};
    bool operator==(const RiskOccurrence&) const = default;
};

/// Each from 0 to 1, judged without looking at how it turned out.
struct ProcessReview
{
    double frame = 0;
    double alternatives = 0;
    double information = 0;
    double values = 0;
    double reasoning = 0;
    double commitment = 0;
    Actor by;
    StatedInstant at;
    bool operator==(const ProcessReview&) const = default;
};

struct Outcome
{
    Header header;
    RecordId memoId;
    std::optional<RequestId> approvalRequestId = {};
    OutcomeStatus status = OutcomeStatus::AwaitingMeasurement;
    std::string chosenOptionId;
    bool followedRecommendation = false;
    StatedInstant decidedAt;
    std::optional<StatedInstant> completedAt = {};
    std::optional<std::vector<RecordId>> receiptIds = {};
    std::vector<OutcomeMeasurement> measurements;
    std::vector<ClaimResult> claimResults;
    std::vector<RiskOccurrence> riskResults;
    std::optional<ProcessReview> processReview = {};
    std::vector<std::string> lessons;
    std::optional<StatedInstant> nextReviewAt = {};
    std::optional<Json> extensions = {};
    bool operator==(const Outcome&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<Outcome> parseOutcome(const Json& document);
[[nodiscard]] Json toJson(const Outcome& outcome);

} // namespace countersign
