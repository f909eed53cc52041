#include "models/records/outcome.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<OutcomeMeasurement>
{
    static constexpr std::tuple kList{
        member("outcome_id", &OutcomeMeasurement::outcomeId),
        member("metric", &OutcomeMeasurement::metric),
        member("unit", &OutcomeMeasurement::unit),
        member("predicted_mean", &OutcomeMeasurement::predictedMean),
        member("predicted_p10", &OutcomeMeasurement::predictedP10),
        member("predicted_p90", &OutcomeMeasurement::predictedP90),
        member("measured", &OutcomeMeasurement::measured),
        member("measured_at", &OutcomeMeasurement::measuredAt),
        member("variance", &OutcomeMeasurement::variance),
        member("inside_80", &OutcomeMeasurement::inside80),
        member("evidence_ids", &OutcomeMeasurement::evidenceIds)};
};

template <>
struct JsonMembers<ClaimResult>
{
    static constexpr std::tuple kList{
        member("claim_id", &ClaimResult::claimId),
        member("stated_confidence", &ClaimResult::statedConfidence),
        member("came_true", &ClaimResult::cameTrue),
        member("brier", &ClaimResult::brier),
        member("resolved_at", &ClaimResult::resolvedAt),
        member("note", &ClaimResult::note)};
};

template <>
struct JsonMembers<RiskOccurrence>
{
    static constexpr std::tuple kList{
        member("risk_id", &RiskOccurrence::riskId),
        member("occurred", &RiskOccurrence::occurred),
        member("event_count", &RiskOccurrence::eventCount),
        member("loss", &RiskOccurrence::loss),
        member("note", &RiskOccurrence::note)};
};

template <>
struct JsonMembers<ProcessReview>
{
    static constexpr std::tuple kList{
        member("frame", &ProcessReview::frame),
        member("alternatives", &ProcessReview::alternatives),
        member("information", &ProcessReview::information),
        member("values", &ProcessReview::values),
        member("reasoning", &ProcessReview::reasoning),
        member("commitment", &ProcessReview::commitment),
        member("by", &ProcessReview::by),
        member("at", &ProcessReview::at)};
};

template <>
struct JsonMembers<Outcome>
{
    static constexpr std::tuple kList{
        member("header", &Outcome::header),
        member("memo_id", &Outcome::memoId),
        member("approval_request_id", &Outcome::approvalRequestId),
        member("status", &Outcome::status),
        member("chosen_option_id", &Outcome::chosenOptionId),
        member("followed_recommendation", &Outcome::followedRecommendation),
        member("decided_at", &Outcome::decidedAt),
        member("completed_at", &Outcome::completedAt),
        member("receipt_ids", &Outcome::receiptIds),
        member("measurements", &Outcome::measurements),
        member("claim_results", &Outcome::claimResults),
        member("risk_results", &Outcome::riskResults),
        member("process_review", &Outcome::processReview),
        member("lessons", &Outcome::lessons),
        member("next_review_at", &Outcome::nextReviewAt),
        member("extensions", &Outcome::extensions)};
};

Result<Outcome> parseOutcome(const Json& document)
{
    return readRecord<Outcome>(document, "outcome");
}

Json toJson(const Outcome& outcome)
{
    return writeStruct(outcome);
}

} // namespace countersign
