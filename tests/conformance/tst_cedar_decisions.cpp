#include "planes/control/cedar/authorize.h"
#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/est.h"
#include "planes/control/cedar/explain.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/request.h"
#include "planes/control/cedar/schema_text.h"
#include "tests/conformance/cedar_suite.h"

#include <algorithm>
#include <optional>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

/// Everything that a case is about.
struct Case
{
    std::optional<Schema> schema;
    PolicySet policies;
    EntityStore entities;
};

Result<PolicySet> readPolicySet(const SuiteCase& files)
{
    PolicyDocument document;
    CS_TRY(document.policies, readPolicies(files.file("policies")));
    if (files.has("links")) {
        CS_CHECK(nameByAnnotation(document.policies));
        CS_TRY(document.links, linksFromJson(readSuiteJson(files.file("links"))));
    }
    return PolicySet::create(std::move(document));
}

Result<Case> readCase(const SuiteCase& files)
{
    std::optional<Schema> schema;
    if (files.has("schema")) {
        CS_TRY(const SchemaDocument document, parseSchemaText(files.file("schema")));
        CS_TRY(schema, Schema::resolve(document));
    }
    CS_TRY(PolicySet policies, readPolicySet(files));
    CS_TRY(
        EntityStore entities, parseEntities(files.file("entities"), schema ? &*schema : nullptr));
    return Case{std::move(schema), std::move(policies), std::move(entities)};
}

std::vector<std::string> sortedTexts(const Json& list)
{
    auto texts = list.get<std::vector<std::string>>();
    std::sort(texts.begin(), texts.end());
    return texts;
}

std::vector<std::string> errorIds(const Answer& answer)
{
    std::vector<std::string> ids;
    for (const PolicyError& error : answer.errors)
        ids.push_back(error.policyId);
    return ids;
}

/// The explanation of each policy says what its part in the answer was.
std::string explanationProblem(const Case& oneCase, const Request& request, const Answer& answer)
{
    bool isForbidden = false;
    const auto explanations = explain(oneCase.policies, oneCase.entities, request);
    for (const PolicyExplanation& one : explanations)
        isForbidden = isForbidden
                      || (one.outcome == PolicyOutcome::Satisfied && one.effect == Effect::Forbid);
    const std::vector<std::string> erred = errorIds(answer);
    for (const PolicyExplanation& one : explanations) {
        const bool isReason =
            std::binary_search(answer.reasons.begin(), answer.reasons.end(), one.id);
        const bool isSatisfied = one.outcome == PolicyOutcome::Satisfied
                                 && (one.effect == Effect::Forbid) == isForbidden;
        if (isReason != isSatisfied)
            return one.id + " is explained as " + std::string(outcomeName(one.outcome));
        if (std::binary_search(erred.begin(), erred.end(), one.id)
            != (one.outcome == PolicyOutcome::Erred))
            return one.id + " is explained as " + std::string(outcomeName(one.outcome));
        if ((one.outcome == PolicyOutcome::Satisfied) != one.text.empty())
            return one.id + " has no text, or one too much";
    }
    return {};
}

std::string requestProblem(const Case& oneCase, const Json& json)
{
    const bool isChecked = json.value("validateRequest", true);
    const Schema* const schema = oneCase.schema && isChecked ? &*oneCase.schema : nullptr;
    const auto request = readRequest(json, schema);
    if (!request.ok())
        return "the request is not read: " + request.error().describe();
    const Answer answer = authorize(oneCase.policies, oneCase.entities, *request);
    if (decisionName(answer.decision) != textMember(json, "decision"))
        return "decided " + std::string(decisionName(answer.decision));
    if (answer.reasons != sortedTexts(json["reason"]))
        return "other reasons: " + Json(answer.reasons).dump();
    if (errorIds(answer) != sortedTexts(json["errors"]))
        return "other errors: " + Json(errorIds(answer)).dump();
    const Enforcement enforcement = enforce(oneCase.policies, oneCase.entities, *request);
    const bool mayAct = answer.decision == Decision::Allow && answer.errors.empty();
    if (enforcement.answer != answer || (enforcement.decision == Decision::Allow) != mayAct
        || enforcement.failedClosed != (answer.decision == Decision::Allow && !mayAct))
        return "it is enforced otherwise";
    return explanationProblem(oneCase, *request, answer);
}

void runCase(const SuiteCase& files, Tally& tally)
{
    const auto oneCase = readCase(files);
    if (!oneCase.ok())
        return tally.add(false, files.name + ": " + oneCase.error().describe());
    for (const Json& request : files.content["requests"]) {
        const std::string problem = requestProblem(*oneCase, request);
        tally.add(
            problem.empty(),
            files.name + ", " + textMember(request, "description") + ": " + problem);
    }
}

void runCases(const char* suite, const std::vector<SuiteCase>& cases)
{
    Tally tally;
    for (const SuiteCase& one : cases)
        runCase(one, tally);
    qInfo("%s: %zu cases", suite, cases.size());
    QVERIFY(tally.caseCount() > 0);
    QCOMPARE(tally.report(suite), QStringList());
}

} // namespace

class TestCedarDecisions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decidesThePublicCases();
    void decidesTheCorpus();
    void decidesTheGeneratedCases();
    void decidesTheDefaultPolicies();
};

void TestCedarDecisions::decidesThePublicCases()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    runCases("requests of public cases", Suite().handWritten());
}

void TestCedarDecisions::decidesTheCorpus()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const Suite suite;
    runCases("requests of the corpus", suite.corpus());
}

void TestCedarDecisions::decidesTheGeneratedCases()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const Suite suite;
    runCases("requests of generated cases", suite.generated());
}

void TestCedarDecisions::decidesTheDefaultPolicies()
{
    const QString folder = QStringLiteral(COUNTERSIGN_SOURCE_DIR "/resources/policy/default");
    const QString path = folder + QStringLiteral("/countersign.json");
    runCases(
        "requests to the default policies",
        {{"default policies", folder, readSuiteJson(readBytes(path))}});
}

QTEST_GUILESS_MAIN(TestCedarDecisions)
#include "tst_cedar_decisions.moc"
