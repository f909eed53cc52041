#pragma once

#include "models/records/common.h"

#include <map>

/// What is to be decided, what is recommended, how sure its author is and why (memo.schema.json).
namespace countersign {

enum class MemoStatus {
    Draft,
    ReadyForReview,
    Decided,
    Expired,
    Superseded
};
template <>
inline constexpr auto kTextsOf<MemoStatus> = std::to_array<std::string_view>(
    {"draft", "ready_for_review", "decided", "expired", "superseded"});

/// fact: checkable now. estimate: a number not yet known. forecast: resolves later. judgement:
/// opinion of a named person.
enum class ClaimKind {
    Fact,
    Estimate,
    Forecast,
    Judgement
};
template <>
inline constexpr auto kTextsOf<ClaimKind> =
    std::to_array<std::string_view>({"fact", "estimate", "forecast", "judgement"});

struct MemoTranslation
{
    std::string title;
    std::string summary;
    bool operator==(const MemoTranslation&) const = default;
};

struct MemoOption
{
    std::string optionId;
    std::string label;
    std::string summary;
    bool isStatusQuo = false;
    std::optional<std::string> scenarioId = {};
    std::optional<std::string> rejectedBecause = {};
    bool operator==(const MemoOption&) const = default;
};

struct MemoRecommendation
{
    std::string optionId;
    std::string statement;
    std::string rationale;
    double confidence = 0;
    std::vector<std::string> wouldChangeIf;
    bool operator==(const MemoRecommendation&) const = default;
};

struct MemoClaim
{
    std::string claimId;
    ClaimKind kind = ClaimKind::Judgement;
    std::string statement;
    double confidence = 0;
    std::vector<RecordId> evidenceIds;
    std::optional<MetricRef> metric = {};
    std::optional<StatedInstant> resolvesAt = {};
    std::optional<std::string> resolutionRule = {};
    bool operator==(const MemoClaim&) const = default;
};

struct MemoAssumption
{
    std::string assumptionId;
    std::string statement;
    double confidence = 0;
    bool breaksRecommendation = false;
    std::optional<StatedInstant> checkBy = {};
    bool operator==(const MemoAssumption&) const = default;
};

struct MemoImpact
{
    MetricRef metric;
    std::string optionId;
    std::int64_t horizonMonths = 1;
    Money p10;
    Money p50;
    Money p90;
    bool operator==(const MemoImpact&) const = default;
};

struct MemoScores
{
    double provenance = 0;
    double freshness = 0;
    double confidence = 0;
    bool operator==(const MemoScores&) const = default;
};

struct MemoDissent
{
    Actor by;
    std::string statement;
    StatedInstant at;
    bool operator==(const MemoDissent&) const = default;
};

struct MemoRollback
{
    std::string summary;
    std::optional<std::int64_t> windowS = {};
    std::optional<Money> cost = {};
    bool operator==(const MemoRollback&) const = default;
};

/// A proposal only: it runs when it became a step of an approved plan.
struct MemoAction
{
    std::string actionId;
    std::string statement;
    Actor owner;
    std::optional<StatedInstant> dueAt = {};
    Classes classes = {};
    bool operator==(const MemoAction&) const = default;
};

struct Memo
{
    Header header;
    MemoStatus status = MemoStatus::Draft;
    std::string title;
    /// Keyed by BCP 47 tag.
    std::optional<std::map<std::string, MemoTranslation>> translations = {};
    std::string question;
    std::string objective;
    std::string context;
    std::string summary;
    StatedInstant decideBy;
    Actor decider;
    std::optional<std::vector<Actor>> consulted = {};
    Classes classes = {};
    std::vector<MemoOption> options;
    MemoRecommendation recommendation;
    std::vector<MemoClaim> claims;
    std::vector<MemoAssumption> assumptions;
    std::optional<std::vector<MemoImpact>> financialImpact = {};
    MemoScores scores;
    Freshness freshness;
    std::optional<std::vector<MemoDissent>> dissent = {};
    std::optional<std::vector<std::string>> complianceNotes = {};
    std::optional<MemoRollback> rollback = {};
    std::vector<MemoAction> proposedActions;
    std::optional<RecordId> scenarioSetId = {};
    std::optional<RecordId> riskSynthesisId = {};
    std::optional<std::vector<RecordId>> forecastIds = {};
    std::optional<RecordId> evidencePackId = {};
    std::optional<Json> extensions = {};
    bool operator==(const Memo&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<Memo> parseMemo(const Json& document);
[[nodiscard]] Json toJson(const Memo& memo);

} // namespace countersign
