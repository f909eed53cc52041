#include "ui/decision/evidence_facts.h"

#include "ui/decision/json_access.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(EvidenceFacts)
};

QString verificationWords(const std::string& status)
{
    if (status == "verified")
        return Tr::tr("verified");
    if (status == "partially_verified")
        return Tr::tr("partly verified");
    if (status == "unverified")
        return Tr::tr("not verified");
    if (status == "contradicted")
        return Tr::tr("contradicted");
    return toQString(status);
}

QString kindWords(const std::string& kind)
{
    if (kind == "document")
        return Tr::tr("document");
    if (kind == "dataset_extract")
        return Tr::tr("extract from data");
    if (kind == "metric_reading")
        return Tr::tr("reading of a metric");
    if (kind == "test_run")
        return Tr::tr("test run");
    if (kind == "interview")
        return Tr::tr("interview");
    if (kind == "contract_clause")
        return Tr::tr("clause of a contract");
    if (kind == "external_report")
        return Tr::tr("report from outside");
    if (kind == "tool_result")
        return Tr::tr("result of a tool");
    return idText(kind);
}

} // namespace

std::vector<EvidenceFacts> evidenceFacts(const DecisionView& view)
{
    std::vector<EvidenceFacts> all;
    for (const EvidenceView& item : view.evidence) {
        const Json& source = item.document.content;
        EvidenceFacts facts;
        facts.title = prose(source, "title");
        facts.kind = kindWords(textMember(source, "kind"));
        facts.excerpt = prose(member(source, "excerpt"), "text");
        const std::string status = textMember(member(source, "verification"), "status");
        facts.verification = verificationWords(status);
        facts.verified = status == "verified" || status == "partially_verified";
        facts.contradicted = status == "contradicted";
        facts.confidence = numberMember(source, "confidence");
        for (const Json& origin : listMember(source, "sources"))
            facts.sources.push_back(
                {prose(origin, "title"),
                 textMember(origin, "origin_uri"),
                 textMember(origin, "sha256")});
        facts.fresh = item.fresh;
        facts.freshUntil = item.freshUntil;
        facts.sourcesMatch = item.sourcesMatch;
        facts.recordId = item.document.recordId;
        facts.revision = item.document.revision;
        facts.sha256 = item.document.sha256.hex();
        all.push_back(std::move(facts));
    }
    return all;
}

} // namespace countersign::ui
