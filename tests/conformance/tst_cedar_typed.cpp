#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/schema_text.h"
#include "planes/control/cedar/validate.h"
#include "tests/conformance/cedar_suite.h"

#include <map>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

Result<Schema> schemaOf(const std::string& text)
{
    CS_TRY(const SchemaDocument document, parseSchemaText(text));
    return Schema::resolve(document);
}

Result<Schema> schemaOf(const Json& json)
{
    CS_TRY(const SchemaDocument document, readSchemaJson(json));
    return Schema::resolve(document);
}

std::string firstFinding(const ValidationReport& report)
{
    return report.findings.empty() ? "no finding" : report.findings.front().describe();
}

/// The policies of the case in JSON; an id is only needed to tell them apart.
Result<PolicyDocument> policiesOf(const Json& list)
{
    PolicyDocument document;
    for (const Json& json : list) {
        CS_TRY(Policy policy, policyFromJson(json, std::to_string(document.policies.size())));
        document.policies.push_back(std::move(policy));
    }
    return document;
}

} // namespace

class TestCedarTyped : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithEveryProbe();
    void validatesEveryCaseAsExpectedFromTextAndFromJson();
};

void TestCedarTyped::agreesWithEveryProbe()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const auto schema =
        schemaOf(readBytes(suiteFolder() + QStringLiteral("/probes/typed.cedarschema")));
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    Tally tally;
    Tally places;
    for (const Json& probe : readProbes("typed.jsonl")) {
        const std::string expression = textMember(probe, "expression");
        const auto policies = readPolicies(
            "permit(principal, action == Action::\"" + textMember(probe, "action")
            + "\", resource) when { " + expression + " };");
        const std::string outcome = textMember(probe, "outcome");
        if (outcome == "rejected" || !policies.ok()) {
            tally.add(
                !policies.ok() && outcome == "rejected",
                expression + ": " + (policies.ok() ? "parses" : policies.error().describe()));
            continue;
        }
        const ValidationReport report = validatePolicies(*schema, {*policies, {}});
        const bool isImpossible = report.isImpossible(policies->front().id);
        tally.add(
            report.ok() == (outcome == "valid") && isImpossible == probe.value("impossible", false),
            expression + ": expected " + outcome + ", " + firstFinding(report));
        for (const Finding& finding : report.findings)
            places.add(
                finding.position.line > 0 && !finding.rule.empty() && !finding.message.empty(),
                expression + ": no place: " + finding.describe());
    }
    QVERIFY(tally.caseCount() > 0);
    QCOMPARE(tally.report("typed probes"), QStringList());
    QCOMPARE(places.report("findings with a place"), QStringList());
}

void TestCedarTyped::validatesEveryCaseAsExpectedFromTextAndFromJson()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const Suite suite;
    std::map<std::string, Json> formats;
    for (Json& line : Suite::formats())
        formats.emplace(textMember(line, "case"), line);
    Tally fromText;
    Tally fromJson;
    for (const auto& group : {suite.handWritten(), suite.corpus()}) {
        for (const SuiteCase& one : group) {
            const auto schema = schemaOf(one.file("schema"));
            QVERIFY2(schema.ok(), one.name.c_str());
            const auto policies = readPolicies(one.file("policies"));
            if (!policies.ok()) {
                fromText.add(false, one.name + ": " + policies.error().describe());
                continue;
            }
            const bool expected = one.content.at("shouldValidate").get<bool>();
            const ValidationReport report = validatePolicies(*schema, {*policies, {}});
            fromText.add(
                report.ok() == expected,
                one.name + (expected ? ": should be valid, " : ": should be invalid, ")
                    + firstFinding(report));

            const auto format = formats.find(one.name);
            QVERIFY2(format != formats.end(), one.name.c_str());
            const auto jsonSchema = schemaOf(format->second.at("schema"));
            QVERIFY2(jsonSchema.ok(), one.name.c_str());
            const auto jsonPolicies = policiesOf(format->second.at("policies"));
            if (!jsonPolicies.ok()) {
                fromJson.add(false, one.name + ": " + jsonPolicies.error().describe());
                continue;
            }
            const ValidationReport jsonReport = validatePolicies(*jsonSchema, *jsonPolicies);
            fromJson.add(
                jsonReport.ok() == expected, one.name + ": from JSON, " + firstFinding(jsonReport));
        }
    }
    QVERIFY(fromText.caseCount() > 0);
    QCOMPARE(fromText.report("cases from text"), QStringList());
    QCOMPARE(fromJson.report("cases from JSON"), QStringList());
}

QTEST_GUILESS_MAIN(TestCedarTyped)
#include "tst_cedar_typed.moc"
