#pragma once

#include "models/records/common.h"

/// One finding from named bytes, for which claims it speaks and how long it stays good
/// (evidence_item.schema.json).
namespace countersign {

enum class EvidenceKind {
    Document,
    DatasetExtract,
    MetricReading,
    TestRun,
    Interview,
    ContractClause,
    ExternalReport,
    ToolResult
};
template <>
inline constexpr auto kTextsOf<EvidenceKind> = std::to_array<std::string_view>(
    {"document",
     "dataset_extract",
     "metric_reading",
     "test_run",
     "interview",
     "contract_clause",
     "external_report",
     "tool_result"});

enum class DerivationMethod {
    Copied,
    Queried,
    Computed,
    Summarised,
    Attested
};
template <>
inline constexpr auto kTextsOf<DerivationMethod> =
    std::to_array<std::string_view>({"copied", "queried", "computed", "summarised", "attested"});

enum class Stance {
    Supports,
    Contradicts,
    Qualifies
};
template <>
inline constexpr auto
    kTextsOf<Stance> = std::to_array<std::string_view>({"supports", "contradicts", "qualifies"});

struct EvidenceExcerpt
{
    std::string text;
    /// Index into `sources`.
    std::int64_t sourceIndex = 0;
    std::string locator;
    bool operator==(const EvidenceExcerpt&) const = default;
};

struct EvidenceDerivation
{
    DerivationMethod method = DerivationMethod::Copied;
    Actor by;
    StatedInstant at;
    std::optional<Digest> querySha256 = {};
    std::optional<std::string> note = {};
    bool operator==(const EvidenceDerivation&) const = default;
};

struct EvidenceBearing
{
    std::string claimId;
    Stance stance = Stance::Supports;
    double strength = 0;
    bool operator==(const EvidenceBearing&) const = default;
};

/// A number that the item establishes.
struct EvidenceReading
{
    MetricRef metric;
    double value = 0;
    std::string unit;
    StatedInstant observedAt;
    bool operator==(const EvidenceReading&) const = default;
};

struct EvidenceVerification
{
    VerificationStatus status = VerificationStatus::Unverified;
    std::optional<Actor> by = {};
    std::optional<StatedInstant> at = {};
    std::optional<std::string> note = {};
    bool operator==(const EvidenceVerification&) const = default;
};

struct EvidenceItem
{
    Header header;
    std::string title;
    EvidenceKind kind = EvidenceKind::Document;
    std::vector<Source> sources;
    EvidenceExcerpt excerpt;
    EvidenceDerivation derivation;
    std::vector<EvidenceBearing> bearsOn;
    std::optional<EvidenceReading> reading = {};
    double confidence = 0;
    EvidenceVerification verification;
    Sensitivity sensitivity = Sensitivity::S3;
    Freshness freshness;
    std::optional<Json> extensions = {};
    bool operator==(const EvidenceItem&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<EvidenceItem> parseEvidenceItem(const Json& document);
[[nodiscard]] Json toJson(const EvidenceItem& item);

} // namespace countersign
