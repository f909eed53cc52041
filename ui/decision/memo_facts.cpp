#include "ui/decision/memo_facts.h"

#include "ui/decision/json_access.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(MemoFacts)
};

QString claimKind(const std::string& kind)
{
    if (kind == "fact")
        return Tr::tr("fact");
    if (kind == "estimate")
        return Tr::tr("estimate");
    if (kind == "forecast")
        return Tr::tr("forecast");
    if (kind == "judgement" || kind == "judgment")
        return Tr::tr("judgement");
    return toQString(kind);
}

std::map<std::string, QString> evidenceTitles(const DecisionView& view)
{
    std::map<std::string, QString> titles;
    for (const EvidenceView& item : view.evidence)
        titles[item.document.recordId] = prose(item.document.content, "title");
    return titles;
}

std::set<std::string> idSet(const Json& object, const char* key)
{
    std::set<std::string> ids;
    for (const Json& id : listMember(object, key)) {
        if (id.is_string())
            ids.insert(id.get<std::string>());
    }
    return ids;
}

void readClaims(const DecisionView& view, MemoFacts& facts)
{
    const std::map<std::string, QString> titles = evidenceTitles(view);
    const Json coverage =
        view.evidencePack ? member(view.evidencePack->content, "coverage") : Json::object();
    const std::set<std::string> supported = idSet(coverage, "supported_claim_ids");
    const std::set<std::string> contradicted = idSet(coverage, "contradicted_claim_ids");
    for (const Json& source : listMember(view.memo->content, "claims")) {
        ClaimFacts claim;
        claim.statement = prose(source, "statement");
        claim.kind = claimKind(textMember(source, "kind"));
        claim.confidence = numberMember(source, "confidence");
        for (const Json& id : listMember(source, "evidence_ids")) {
            if (!id.is_string())
                continue;
            const auto found = titles.find(id.get_ref<const std::string&>());
            claim.evidence
                << (found == titles.end() ? idText(id.get_ref<const std::string&>())
                                          : found->second);
        }
        const std::string claimId = textMember(source, "claim_id");
        claim.supported = supported.contains(claimId);
        claim.contradicted = contradicted.contains(claimId);
        facts.claims.push_back(std::move(claim));
    }
}

void readAssumptions(const Json& memo, MemoFacts& facts)
{
    for (const Json& source : listMember(memo, "assumptions"))
        facts.assumptions.push_back(
            {prose(source, "statement"),
             numberMember(source, "confidence"),
             boolMember(source, "breaks_recommendation"),
             instantMember(source, "check_by")});
    std::stable_sort(
        facts.assumptions.begin(), facts.assumptions.end(), [](const auto& a, const auto& b) {
            if (a.breaksRecommendation != b.breaksRecommendation)
                return a.breaksRecommendation;
            return a.breaksRecommendation && a.confidence < b.confidence;
        });
}

void readRollback(const Json& rollback, MemoFacts& facts)
{
    facts.rollback = prose(rollback, "summary");
    facts.rollbackCost = moneyMember(rollback, "cost");
    if (member(rollback, "window_s").is_number())
        facts.rollbackWindow = std::chrono::seconds(intMember(rollback, "window_s"));
}

} // namespace

MemoFacts memoFacts(const DecisionView& view)
{
    const Json& memo = view.memo->content;
    MemoFacts facts;
    facts.title = prose(memo, "title");
    facts.question = prose(memo, "question");
    facts.objective = prose(memo, "objective");
    facts.context = prose(memo, "context");
    facts.summary = prose(memo, "summary");
    const Json& author = member(member(memo, "header"), "created_by");
    facts.writtenBy = actorName(author);
    const Json& model = member(author, "model");
    if (model.is_object())
        facts.model = (prose(model, "name") + QLatin1Char(' ') + prose(model, "version")).trimmed();
    const Json& recommendation = member(memo, "recommendation");
    facts.recommendation = prose(recommendation, "statement");
    facts.rationale = prose(recommendation, "rationale");
    facts.confidence = numberMember(recommendation, "confidence");
    facts.wouldChangeIf = proseList(recommendation, "would_change_if");
    const std::string chosen = textMember(recommendation, "option_id");
    for (const Json& option : listMember(memo, "options"))
        facts.options.push_back(
            {prose(option, "label"),
             prose(option, "summary"),
             prose(option, "rejected_because"),
             textMember(option, "option_id") == chosen,
             boolMember(option, "is_status_quo")});
    readClaims(view, facts);
    readAssumptions(memo, facts);
    for (const Json& voice : listMember(memo, "dissent")) {
        const Json& by = member(voice, "by");
        const std::string role = textMember(by, "role");
        facts.dissent.push_back(
            {actorName(by), role.empty() ? QString() : roleName(role), prose(voice, "statement")});
    }
    facts.complianceNotes = proseList(memo, "compliance_notes");
    readRollback(member(memo, "rollback"), facts);
    const Json& scores = member(memo, "scores");
    facts.provenance = numberMember(scores, "provenance");
    facts.freshness = numberMember(scores, "freshness");
    if (view.evidencePack)
        facts.openQuestions = proseList(view.evidencePack->content, "open_questions");
    return facts;
}

} // namespace countersign::ui
