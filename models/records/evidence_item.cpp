#include "models/records/evidence_item.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<EvidenceExcerpt>
{
    static constexpr std::tuple kList{
        member("text", &EvidenceExcerpt::text),
        member("source_index", &EvidenceExcerpt::sourceIndex),
        member("locator", &EvidenceExcerpt::locator)};
};

template <>
struct JsonMembers<EvidenceDerivation>
{
    static constexpr std::tuple kList{
        member("method", &EvidenceDerivation::method),
        member("by", &EvidenceDerivation::by),
        member("at", &EvidenceDerivation::at),
        member("query_sha256", &EvidenceDerivation::querySha256),
        member("note", &EvidenceDerivation::note)};
};

template <>
struct JsonMembers<EvidenceBearing>
{
    static constexpr std::tuple kList{
        member("claim_id", &EvidenceBearing::claimId),
        member("stance", &EvidenceBearing::stance),
        member("strength", &EvidenceBearing::strength)};
};

template <>
struct JsonMembers<EvidenceReading>
{
    static constexpr std::tuple kList{
        member("metric", &EvidenceReading::metric),
        member("value", &EvidenceReading::value),
        member("unit", &EvidenceReading::unit),
        member("observed_at", &EvidenceReading::observedAt)};
};

template <>
struct JsonMembers<EvidenceVerification>
{
    static constexpr std::tuple kList{
        member("status", &EvidenceVerification::status),
        member("by", &EvidenceVerification::by),
        member("at", &EvidenceVerification::at),
        member("note", &EvidenceVerification::note)};
};

template <>
struct JsonMembers<EvidenceItem>
{
    static constexpr std::tuple kList{
        member("header", &EvidenceItem::header),
        member("title", &EvidenceItem::title),
        member("kind", &EvidenceItem::kind),
        member("sources", &EvidenceItem::sources),
        member("excerpt", &EvidenceItem::excerpt),
        member("derivation", &EvidenceItem::derivation),
        member("bears_on", &EvidenceItem::bearsOn),
        member("reading", &EvidenceItem::reading),
        member("confidence", &EvidenceItem::confidence),
        member("verification", &EvidenceItem::verification),
        member("sensitivity", &EvidenceItem::sensitivity),
        member("freshness", &EvidenceItem::freshness),
        member("extensions", &EvidenceItem::extensions)};
};

Result<EvidenceItem> parseEvidenceItem(const Json& document)
{
    return readRecord<EvidenceItem>(document, "evidence_item");
}

Json toJson(const EvidenceItem& item)
{
    return writeStruct(item);
}

} // namespace countersign
