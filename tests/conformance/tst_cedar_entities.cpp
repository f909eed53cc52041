#include "planes/control/cedar/entities.h"
#include "planes/control/cedar/request.h"
#include "planes/control/cedar/schema_text.h"
#include "tests/conformance/cedar_suite.h"

#include <algorithm>
#include <iterator>
#include <optional>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

bool isSameStore(const EntityStore& left, const EntityStore& right)
{
    const auto leftEntities = left.sorted();
    const auto rightEntities = right.sorted();
    return std::equal(
        leftEntities.begin(),
        leftEntities.end(),
        rightEntities.begin(),
        rightEntities.end(),
        [](const StoredEntity* one, const StoredEntity* other) {
            return one->entity() == other->entity();
        });
}

/// Why the store does not come back from its own JSON; empty when it does.
std::string writingDifference(const EntityStore& store, const Schema* schema)
{
    const auto written = entitiesJson(store);
    if (!written.ok())
        return "not written: " + written.error().describe();
    const auto again = parseEntities(written->dump(), schema);
    if (!again.ok())
        return "own JSON refused: " + again.error().describe();
    return isSameStore(store, *again) ? "" : "own JSON reads as something else";
}

Result<Schema> schemaOf(const std::string& text)
{
    CS_TRY(const SchemaDocument document, parseSchemaText(text));
    return Schema::resolve(document);
}

} // namespace

class TestCedarEntities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithEveryProbe();
    void acceptsEveryDocumentAndRequestOfTheCases();
};

void TestCedarEntities::agreesWithEveryProbe()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    Tally tally;
    for (const Json& probe : readProbes("entities.jsonl")) {
        const std::string document = textMember(probe, "document");
        const auto store = parseEntities(document);
        if (textMember(probe, "outcome") == "accepted") {
            const std::string difference =
                store.ok() ? writingDifference(*store, nullptr) : store.error().describe();
            tally.add(difference.empty(), document + ": " + difference);
        } else {
            tally.add(!store.ok() && !store.error().rule.empty(), document + ": accepted");
        }
    }
    QVERIFY(tally.caseCount() > 0);
    QCOMPARE(tally.report("entity probes"), QStringList());
}

void TestCedarEntities::acceptsEveryDocumentAndRequestOfTheCases()
{
    CEDAR_SKIP_WITHOUT_SUITE();
    const Suite suite;
    Tally documents;
    Tally requests;
    std::vector<SuiteCase> all = suite.handWritten();
    for (std::vector<SuiteCase> group : {suite.corpus(), suite.generated()})
        std::move(group.begin(), group.end(), std::back_inserter(all));
    for (const SuiteCase& one : all) {
        std::optional<Schema> schema;
        if (one.has("schema")) {
            auto resolved = schemaOf(one.file("schema"));
            QVERIFY2(resolved.ok(), one.name.c_str());
            schema = *std::move(resolved);
        }
        const Schema* const given = schema ? &*schema : nullptr;
        const auto store = parseEntities(one.file("entities"), given);
        const std::string difference =
            store.ok() ? writingDifference(*store, given) : store.error().describe();
        documents.add(difference.empty(), one.name + ": " + difference);
        for (const Json& json : one.content.at("requests")) {
            const bool isChecked = json.value("validateRequest", true);
            const auto request = readRequest(json, isChecked ? given : nullptr);
            requests.add(
                request.ok(), one.name + ": " + (request.ok() ? "" : request.error().describe()));
        }
    }
    QVERIFY(documents.caseCount() > 0 && requests.caseCount() > 0);
    QCOMPARE(documents.report("entity documents of cases"), QStringList());
    QCOMPARE(requests.report("requests of cases"), QStringList());
}

QTEST_GUILESS_MAIN(TestCedarEntities)
#include "tst_cedar_entities.moc"
