#pragma once

#include "models/records/common.h"

/// The sealed set of evidence behind a memo (evidence_pack.schema.json).
namespace countersign {

/// One part that a governed decision needs.
enum class PackPart {
    Sources,
    Assumptions,
    Freshness,
    Compliance,
    Alternatives,
    Rollback,
    Provenance,
    Artifacts
};
template <>
inline constexpr auto kTextsOf<PackPart> = std::to_array<std::string_view>(
    {"sources",
     "assumptions",
     "freshness",
     "compliance",
     "alternatives",
     "rollback",
     "provenance",
     "artifacts"});

enum class PartStatus {
    Present,
    Missing,
    NotApplicable
};
template <>
inline constexpr auto kTextsOf<PartStatus> =
    std::to_array<std::string_view>({"present", "missing", "not_applicable"});

enum class ComplianceStatus {
    Met,
    NotMet,
    NotApplicable,
    Unknown
};
template <>
inline constexpr auto kTextsOf<ComplianceStatus> =
    std::to_array<std::string_view>({"met", "not_met", "not_applicable", "unknown"});

struct PackCoverage
{
    std::int64_t claimCount = 0;
    std::vector<std::string> supportedClaimIds;
    std::vector<std::string> contradictedClaimIds;
    std::vector<std::string> unsupportedClaimIds;
    bool operator==(const PackCoverage&) const = default;
};

struct PackCompleteness
{
    PackPart part = PackPart::Sources;
    PartStatus status = PartStatus::Missing;
    /// A record id, or a JSON pointer into the memo.
    std::optional<std::string> where = {};
    bool operator==(const PackCompleteness&) const = default;
};

struct PackArtifact
{
    std::string title;
    std::string uri;
    Digest sha256;
    bool operator==(const PackArtifact&) const = default;
};

struct PackCompliance
{
    std::string regime;
    std::string requirement;
    ComplianceStatus status = ComplianceStatus::Unknown;
    std::optional<std::vector<RecordId>> evidenceIds = {};
    bool operator==(const PackCompliance&) const = default;
};

struct PackAttestation
{
    Actor by;
    std::string statement;
    StatedInstant at;
    Digest rootSha256;
    bool operator==(const PackAttestation&) const = default;
};

struct EvidencePack
{
    Header header;
    std::string title;
    RecordId memoId;
    std::vector<DigestRef> items;
    /// digestOfList() over the digests of `items`.
    Digest rootSha256;
    PackCoverage coverage;
    double provenanceScore = 0;
    std::vector<PackCompleteness> completeness;
    std::optional<std::vector<PackArtifact>> artifacts = {};
    /// Items outside their window at `sealedAt`.
    std::vector<RecordId> staleEvidenceIds;
    std::optional<std::vector<std::string>> openQuestions = {};
    std::optional<std::vector<PackCompliance>> compliance = {};
    std::vector<PackAttestation> attestations;
    StatedInstant sealedAt;
    Freshness freshness;
    std::optional<Json> extensions = {};
    bool operator==(const EvidencePack&) const = default;
};

/// For a document that passed its schema; any other is refused or read, never a crash. Errors:
/// InvalidInput with the pointer of the offending place.
[[nodiscard]] Result<EvidencePack> parseEvidencePack(const Json& document);
[[nodiscard]] Json toJson(const EvidencePack& pack);

} // namespace countersign
