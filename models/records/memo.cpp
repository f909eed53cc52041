#include "models/records/memo.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<MemoTranslation>
{
    static constexpr std::tuple kList{
        member("title", &MemoTranslation::title), member("summary", &MemoTranslation::summary)};
};

template <>
struct JsonMembers<MemoOption>
{
    static constexpr std::tuple kList{
        member("option_id", &MemoOption::optionId),
        member("label", &MemoOption::label),
        member("summary", &MemoOption::summary),
        member("is_status_quo", &MemoOption::isStatusQuo),
        member("scenario_id", &MemoOption::scenarioId),
        member("rejected_because", &MemoOption::rejectedBecause)};
};

template <>
struct JsonMembers<MemoRecommendation>
{
    static constexpr std::tuple kList{
        member("option_id", &MemoRecommendation::optionId),
        member("statement", &MemoRecommendation::statement),
        member("rationale", &MemoRecommendation::rationale),
        member("confidence", &MemoRecommendation::confidence),
        member("would_change_if", &MemoRecommendation::wouldChangeIf)};
};

template <>
struct JsonMembers<MemoClaim>
{
    static constexpr std::tuple kList{
        member("claim_id", &MemoClaim::claimId),
        member("kind", &MemoClaim::kind),
        member("statement", &MemoClaim::statement),
        member("confidence", &MemoClaim::confidence),
        member("evidence_ids", &MemoClaim::evidenceIds),
        member("metric", &MemoClaim::metric),
        member("resolves_at", &MemoClaim::resolvesAt),
        member("resolution_rule", &MemoClaim::resolutionRule)};
};

template <>
struct JsonMembers<MemoAssumption>
{
    static constexpr std::tuple kList{
        member("assumption_id", &MemoAssumption::assumptionId),
        member("statement", &MemoAssumption::statement),
        member("confidence", &MemoAssumption::confidence),
        member("breaks_recommendation", &MemoAssumption::breaksRecommendation),
        member("check_by", &MemoAssumption::checkBy)};
};

template <>
struct JsonMembers<MemoImpact>
{
    static constexpr std::tuple kList{
        member("metric", &MemoImpact::metric),
        member("option_id", &MemoImpact::optionId),
        member("horizon_months", &MemoImpact::horizonMonths),
        member("p10", &MemoImpact::p10),
        member("p50", &MemoImpact::p50),
        member("p90", &MemoImpact::p90)};
};

template <>
struct JsonMembers<MemoScores>
{
    static constexpr std::tuple kList{
        member("provenance", &MemoScores::provenance),
        member("freshness", &MemoScores::freshness),
        member("confidence", &MemoScores::confidence)};
};

template <>
struct JsonMembers<MemoDissent>
{
    static constexpr std::tuple kList{
        member("by", &MemoDissent::by),
        member("statement", &MemoDissent::statement),
        member("at", &MemoDissent::at)};
};

template <>
struct JsonMembers<MemoRollback>
{
    static constexpr std::tuple kList{
        member("summary", &MemoRollback::summary),
        member("window_s", &MemoRollback::windowS),
        member("cost", &MemoRollback::cost)};
};

template <>
struct JsonMembers<MemoAction>
{
    static constexpr std::tuple kList{
        member("action_id", &MemoAction::actionId),
        member("statement", &MemoAction::statement),
        member("owner", &MemoAction::owner),
        member("due_at", &MemoAction::dueAt),
        member("classes", &MemoAction::classes)};
};

template <>
struct JsonMembers<Memo>
{
    static constexpr std::tuple kList{
        member("header", &Memo::header),
        member("status", &Memo::status),
        member("title", &Memo::title),
        member("translations", &Memo::translations),
        member("question", &Memo::question),
        member("objective", &Memo::objective),
        member("context", &Memo::context),
        member("summary", &Memo::summary),
        member("decide_by", &Memo::decideBy),
        member("decider", &Memo::decider),
        member("consulted", &Memo::consulted),
        member("classes", &Memo::classes),
        member("options", &Memo::options),
        member("recommendation", &Memo::recommendation),
        member("claims", &Memo::claims),
        member("assumptions", &Memo::assumptions),
        member("financial_impact", &Memo::financialImpact),
        member("scores", &Memo::scores),
        member("freshness", &Memo::freshness),
        member("dissent", &Memo::dissent),
        member("compliance_notes", &Memo::complianceNotes),
        member("rollback", &Memo::rollback),
        member("proposed_actions", &Memo::proposedActions),
        member("scenario_set_id", &Memo::scenarioSetId),
        member("risk_synthesis_id", &Memo::riskSynthesisId),
        member("forecast_ids", &Memo::forecastIds),
        member("evidence_pack_id", &Memo::evidencePackId),
        member("extensions", &Memo::extensions)};
};

Result<Memo> parseMemo(const Json& document)
{
    return readRecord<Memo>(document, "memo");
}

Json toJson(const Memo& memo)
{
    return writeStruct(memo);
}

} // namespace countersign
