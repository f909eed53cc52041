#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/print.h"
#include "tests/conformance/cedar_suite.h"

#include <algorithm>
#include <map>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

/// Static policies first, then templates, each by id.
std::vector<Policy> inOrderOfFormats(std::vector<Policy> policies)
{
    std::sort(policies.begin(), policies.end(), [](const Policy& left, const Policy& right) {
        return std::pair(left.isTemplate(), left.id) < std::pair(right.isTemplate(), right.id);
    });
    return policies;
}

std::string problemOf(const Policy& policy, const Json& expected)
{
    const Json json = policyJson(policy);
    if (json != expected)
        return "another JSON form: " + json.dump() + "\n    instead of " + expected.dump();
    const auto fromJson = policyFromJson(expected, policy.id);
    if (!fromJson.ok())
        return "the JSON form is not read: " + fromJson.error().describe();
    if (!isSamePolicy(policy, *fromJson))
        return "the JSON form reads as " + policyText(*fromJson);
    const auto fromText = readPolicies(policyText(*fromJson));
    if (!fromText.ok() || fromText->size() != 1 || !isSamePolicy(policy, fromText->front()))
        return "the text made from JSON is another policy: " + policyText(*fromJson);
    return {};
}

} // namespace

class TestCedarFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textAndJsonArePoliciesOfTheSameForm();
};

void TestCedarFormats::textAndJsonArePoliciesOfTheSameForm()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const Suite suite;
    std::map<std::string, SuiteCase> byName;
    for (const std::vector<SuiteCase>& group :
         {suite.handWritten(), suite.corpus(), suite.generated()}) {
        for (const SuiteCase& one : group)
            byName.emplace(one.name, one);
    }
    Tally tally;
    for (const Json& line : Suite::formats()) {
        const SuiteCase& one = byName.at(textMember(line, "case"));
        auto policies = readPolicies(one.file("policies"));
        QVERIFY2(policies.ok(), one.name.c_str());
        if (one.has("links"))
            QVERIFY(nameByAnnotation(*policies).ok());
        const std::vector<Policy> ordered = inOrderOfFormats(*policies);
        QCOMPARE(ordered.size(), line["policies"].size());
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            const std::string problem = problemOf(ordered[i], line["policies"][i]);
            tally.add(problem.empty(), one.name + " " + ordered[i].id + ": " + problem);
        }
    }
    QVERIFY(tally.caseCount() > 0);
    QCOMPARE(tally.report("policies in both formats"), QStringList());
}

QTEST_GUILESS_MAIN(TestCedarFormats)
#include "tst_cedar_formats.moc"
