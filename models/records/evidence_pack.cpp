#include "models/records/evidence_pack.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<PackCoverage>
{
    static constexpr std::tuple kList{
        member("claim_count", &PackCoverage::claimCount),
        member("supported_claim_ids", &PackCoverage::supportedClaimIds),
        member("contradicted_claim_ids", &PackCoverage::contradictedClaimIds),
        member("unsupported_claim_ids", &PackCoverage::unsupportedClaimIds)};
};

template <>
struct JsonMembers<PackCompleteness>
{
    static constexpr std::tuple kList{
        member("part", &PackCompleteness::part),
        member("status", &PackCompleteness::status),
        member("where", &PackCompleteness::where)};
};

template <>
struct JsonMembers<PackArtifact>
{
    static constexpr std::tuple kList{
        member("title", &PackArtifact::title),
        member("uri", &PackArtifact::uri),
        member("sha256", &PackArtifact::sha256)};
};

template <>
struct JsonMembers<PackCompliance>
{
    static constexpr std::tuple kList{
        member("regime", &PackCompliance::regime),
        member("requirement", &PackCompliance::requirement),
        member("status", &PackCompliance::status),
        member("evidence_ids", &PackCompliance::evidenceIds)};
};

template <>
struct JsonMembers<PackAttestation>
{
    static constexpr std::tuple kList{
        member("by", &PackAttestation::by),
        member("statement", &PackAttestation::statement),
        member("at", &PackAttestation::at),
        member("root_sha256", &PackAttestation::rootSha256)};
};

template <>
struct JsonMembers<EvidencePack>
{
    static constexpr std::tuple kList{
        member("header", &EvidencePack::header),
        member("title", &EvidencePack::title),
        member("memo_id", &EvidencePack::memoId),
        member("items", &EvidencePack::items),
        member("root_sha256", &EvidencePack::rootSha256),
        member("coverage", &EvidencePack::coverage),
        member("provenance_score", &EvidencePack::provenanceScore),
        member("completeness", &EvidencePack::completeness),
        member("artifacts", &EvidencePack::artifacts),
        member("stale_evidence_ids", &EvidencePack::staleEvidenceIds),
        member("open_questions", &EvidencePack::openQuestions),
        member("compliance", &EvidencePack::compliance),
        member("attestations", &EvidencePack::attestations),
        member("sealed_at", &EvidencePack::sealedAt),
        member("freshness", &EvidencePack::freshness),
        member("extensions", &EvidencePack::extensions)};
};

Result<EvidencePack> parseEvidencePack(const Json& document)
{
    return readRecord<EvidencePack>(document, "evidence_pack");
}

Json toJson(const EvidencePack& pack)
{
    return writeStruct(pack);
}

} // namespace countersign
