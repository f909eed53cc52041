#include "planes/control/cedar/authorize.h"
#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/print.h"
#include "tests/conformance/cedar_suite.h"
#include "tests/support/result_text.h"

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;
using countersign::testing::must;

namespace {

EntityUid uid(const char* type, const char* id)
{
    return EntityUid::create(type, id).value();
}

/// The request that all probes are asked with.
Request probeRequest()
{
    std::vector<std::pair<std::string, Value>> context;
    context.emplace_back("n", Value::integer(3));
    context.emplace_back("s", Value::string("abc"));
    context.emplace_back("b", Value::boolean(true));
    return {
        uid("User", "u1"),
        uid("Action", "view"),
        uid("Doc", "d1"),
        Record::create(std::move(context)).value()};
}

/// Text and JSON say the same policy, and each can be made from the other.
std::string roundTrip(const Policy& policy)
{
    const auto fromJson = policyFromJson(policyJson(policy), policy.id);
    if (!fromJson.ok())
        return "JSON is not read back: " + fromJson.error().describe();
    if (!isSamePolicy(policy, *fromJson))
        return "JSON reads back as " + policyText(*fromJson);
    const auto fromText = readPolicies(policyText(policy));
    if (!fromText.ok())
        return "text is not read back: " + fromText.error().describe();
    if (fromText->size() != 1 || !isSamePolicy(policy, fromText->front()))
        return "text reads back as another policy: " + policyText(policy);
    return {};
}

/// What an expression gives, in the words of the probes.
std::string outcomeOf(const PolicySet& policies, const EntityStore& entities)
{
    const Answer answer = authorize(policies, entities, probeRequest());
    if (!answer.errors.empty())
        return "error";
    return answer.decision == Decision::Allow ? "true" : "false";
}

std::string expressionProblem(const Json& probe, const EntityStore& entities)
{
    const auto parsed = readPolicies(
        "permit(principal, action, resource) when { " + textMember(probe, "expression") + " };");
    const std::string expected = textMember(probe, "outcome");
    if (!parsed.ok() || parsed->size() != 1)
        return expected == "rejected" ? "" : "rejected: " + parsed.error().describe();
    const std::string outcome = outcomeOf(must(PolicySet::create({*parsed, {}})), entities);
    if (outcome != expected)
        return outcome + " instead of " + expected;
    const Policy& policy = parsed->front();
    const Json json = expressionJson(policy.expressions, policy.conditions.front().body);
    if (probe.contains("json") && json != probe["json"])
        return "another JSON form: " + json.dump();
    return roundTrip(policy);
}

std::vector<std::string> errorIds(const Answer& answer)
{
    std::vector<std::string> ids;
    for (const PolicyError& error : answer.errors)
        ids.push_back(error.policyId);
    return ids;
}

std::string policiesProblem(const Json& probe, const EntityStore& entities)
{
    const auto parsed = readPolicies(textMember(probe, "policies"));
    if (!parsed.ok())
        return textMember(probe, "outcome") == "rejected"
                   ? ""
                   : "rejected: " + parsed.error().describe();
    if (textMember(probe, "outcome") == "rejected")
        return "accepted";
    std::size_t templateCount = 0;
    for (std::size_t i = 0; i < parsed->size(); ++i) {
        const Policy& policy = (*parsed)[i];
        templateCount += policy.isTemplate() ? 1 : 0;
        if (policyJson(policy) != probe["json"][i])
            return "another JSON form: " + policyJson(policy).dump();
        if (const std::string problem = roundTrip(policy); !problem.empty())
            return problem;
    }
    if (probe["found"]["templates"] != templateCount
        || probe["found"]["policies"] != parsed->size() - templateCount)
        return "other numbers of policies and templates";
    if (!probe.contains("decision"))
        return {};
    const Answer answer =
        authorize(must(PolicySet::create({*parsed, {}})), entities, probeRequest());
    if (decisionName(answer.decision) != textMember(probe, "decision")
        || Json(answer.reasons) != probe["reason"] || Json(errorIds(answer)) != probe["errors"])
        return "another answer";
    return {};
}

} // namespace

class TestCedarProbes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressionsMeanWhatTheProbesSay();
    void policyTextsMeanWhatTheProbesSay();

private:
    template <class Check>
    void run(const char* suite, const char* file, Check check)
    {
        CEDAR_SKIP_WITHOUT_SUITE();
        const EntityStore entities =
            must(parseEntities(readBytes(suiteFolder() + QStringLiteral("/probes/entities.json"))));
        Tally tally;
        for (const Json& probe : readProbes(file)) {
            const std::string problem = check(probe, entities);
            tally.add(problem.empty(), problem + "\n    " + probe.dump());
        }
        QVERIFY(tally.caseCount() > 0);
        QCOMPARE(tally.report(suite), QStringList());
    }
};

void TestCedarProbes::expressionsMeanWhatTheProbesSay()
{
    run("expression probes", "expressions.jsonl", expressionProblem);
}

void TestCedarProbes::policyTextsMeanWhatTheProbesSay()
{
    run("policy probes", "policies.jsonl", policiesProblem);
}

QTEST_GUILESS_MAIN(TestCedarProbes)
#include "tst_cedar_probes.moc"
