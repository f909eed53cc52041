#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/schema_text.h"
#include "tests/conformance/cedar_suite.h"

#include <map>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

std::string describe(const Error& error)
{
    return error.describe();
}

/// The document a text stands for, refused when its names do not hold.
Result<SchemaDocument> accepted(const std::string& text)
{
    CS_TRY(SchemaDocument document, parseSchemaText(text));
    CS_CHECK(Schema::resolve(document));
    return document;
}

/// Why the document does not come through both formats unchanged; empty when it does.
std::string formatDifference(const SchemaDocument& document, const Json& expected)
{
    const Json written = schemaJson(document);
    if (written != expected)
        return "JSON differs: " + written.dump();
    const auto fromJson = readSchemaJson(written);
    if (!fromJson.ok())
        return "own JSON refused: " + describe(fromJson.error());
    if (schemaJson(*fromJson) != expected)
        return "JSON changes when it is read again";
    if (const auto resolved = Schema::resolve(*fromJson); !resolved.ok())
        return "JSON does not resolve: " + describe(resolved.error());
    for (const SchemaDocument* const source : {&document, &*fromJson}) {
        const auto text = schemaText(*source);
        if (!text.ok())
            return "no text: " + describe(text.error());
        const auto again = accepted(*text);
        if (!again.ok())
            return "own text refused: " + describe(again.error()) + "\n" + *text;
        if (schemaJson(*again) != expected)
            return "text changes the schema:\n" + *text;
    }
    return {};
}

} // namespace

class TestCedarSchemas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithEveryProbe();
    void writesEverySchemaOfTheCasesInBothFormats();
};

void TestCedarSchemas::agreesWithEveryProbe()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    Tally tally;
    for (const Json& probe : readProbes("schemas.jsonl")) {
        const std::string text = textMember(probe, "schema");
        const auto document = accepted(text);
        if (textMember(probe, "outcome") == "accepted") {
            const std::string difference = document.ok()
                                               ? formatDifference(*document, probe.at("json"))
                                               : describe(document.error());
            tally.add(difference.empty(), text + ": " + difference);
        } else {
            const bool isPlaced = !document.ok() && document.error().pointer.find("line ") == 0
                                  && !document.error().rule.empty();
            tally.add(
                isPlaced,
                text
                    + (document.ok() ? ": accepted" : ": no place: " + describe(document.error())));
        }
    }
    QVERIFY(tally.caseCount() > 0);
    QCOMPARE(tally.report("schema probes"), QStringList());
}

void TestCedarSchemas::writesEverySchemaOfTheCasesInBothFormats()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const Suite suite;
    std::map<std::string, Json> schemas;
    for (const Json& line : Suite::formats())
        if (line.contains("schema"))
            schemas.emplace(textMember(line, "case"), line.at("schema"));
    Tally tally;
    for (const auto& group : {suite.handWritten(), suite.corpus()}) {
        for (const SuiteCase& one : group) {
            const auto document = accepted(one.file("schema"));
            const auto expected = schemas.find(one.name);
            if (!document.ok())
                tally.add(false, one.name + ": " + describe(document.error()));
            else if (expected == schemas.end())
                tally.add(false, one.name + ": no JSON to compare with");
            else {
                const std::string difference = formatDifference(*document, expected->second);
                tally.add(difference.empty(), one.name + ": " + difference);
            }
        }
    }
    QVERIFY(tally.caseCount() > 0);
    QCOMPARE(tally.report("schemas of cases"), QStringList());
}

QTEST_GUILESS_MAIN(TestCedarSchemas)
#include "tst_cedar_schemas.moc"
