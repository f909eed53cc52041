#include "planes/control/cedar/schema_json.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

/// A schema of one namespace with these members of `entityTypes` and `actions`.
std::string schemaWith(const std::string& entityTypes, const std::string& actions = "{}")
{
    return R"({"": {"entityTypes": )" + entityTypes + R"(, "actions": )" + actions + "}}";
}

/// A schema with one tag of the type.
std::string schemaWithType(const std::string& type)
{
    return schemaWith(R"({"E": {"tags": )" + type + "}}");
}

} // namespace

class TestCedarSchemaJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWithRuleAndPointer_data();
    void refusesWithRuleAndPointer();
    void acceptsWhatMayBeLeftOutOrNull_data();
    void acceptsWhatMayBeLeftOutOrNull();
    void writesTheSameThatItRead();
    void survivesHostileDepth();
    void refusesTooManyParts();
};

void TestCedarSchemaJson::refusesWithRuleAndPointer_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("rule");
    QTest::addColumn<std::string>("pointer");
    const std::string member = "cedar.schema.member";
    const std::string kind = "cedar.schema.kind";
    const std::string name = "cedar.schema.name";
    const auto row =
        [](const char* rowName, std::string json, std::string rule, const char* pointer) {
            QTest::newRow(rowName) << std::move(json) << std::move(rule) << std::string(pointer);
        };
    row("no object", "[]", kind, "");
    row("no JSON", "{", "json.syntax", "line 1 column 2");
    row("a repeated key",
        R"({"": {"actions": {}, "actions": {}}})",
        "json.duplicate_key",
        "//actions");
    row("a namespace of text", R"({"N": "x"})", kind, "/N");
    row("no actions", R"({"N": {"entityTypes": {}}})", member, "/N");
    row("no entity types", R"({"N": {"actions": {}}})", member, "/N");
    row("an unknown part", R"({"N": {"entityTypes": {}, "actions": {}, "x": 1}})", member, "/N/x");
    row("entity types as a list",
        R"({"N": {"entityTypes": [], "actions": {}}})",
        kind,
        "/N/entityTypes");
    row("types as a list",
        R"({"N": {"entityTypes": {}, "actions": {}, "commonTypes": []}})",
        kind,
        "/N/commonTypes");
    row("an entity's unknown member",
        schemaWith(R"({"E": {"memberOf": []}})"),
        member,
        "//entityTypes/E/memberOf");
    row("parents as text",
        schemaWith(R"({"E": {"memberOfTypes": "E"}})"),
        kind,
        "//entityTypes/E/memberOfTypes");
    row("a parent with blanks",
        schemaWith(R"({"E": {"memberOfTypes": ["N:: E"]}})"),
        name,
        "//entityTypes/E/memberOfTypes/0");
    row("an empty enumeration", schemaWith(R"({"E": {"enum": []}})"), kind, "//entityTypes/E/enum");
    row("an enumeration of numbers",
        schemaWith(R"({"E": {"enum": [1]}})"),
        kind,
        "//entityTypes/E/enum/0");
    row("an enumeration with tags",
        schemaWith(R"({"E": {"enum": ["a"], "tags": {"type": "Long"}}})"),
        member,
        "//entityTypes/E/enum");
    row("attributes of an action",
        schemaWith("{}", R"({"a": {"attributes": {}}})"),
        member,
        "//actions/a/attributes");
    row("a group without id",
        schemaWith("{}", R"({"a": {"memberOf": [{"type": "Action"}]}})"),
        member,
        "//actions/a/memberOf/0");
    row("appliesTo without resources",
        schemaWith("{}", R"({"a": {"appliesTo": {"principalTypes": []}}})"),
        member,
        "//actions/a/appliesTo");
    row("a type of text", schemaWithType(R"("Long")"), kind, "//entityTypes/E/tags");
    row("no type", schemaWithType(R"({"name": "Long"})"), member, "//entityTypes/E/tags");
    row("a type with more members",
        schemaWithType(R"({"type": "Long", "element": {"type": "Long"}})"),
        member,
        "//entityTypes/E/tags/element");
    row("a set without element",
        schemaWithType(R"({"type": "Set"})"),
        member,
        "//entityTypes/E/tags");
    row("an entity without name",
        schemaWithType(R"({"type": "Entity"})"),
        member,
        "//entityTypes/E/tags");
    row("a reserved name",
        schemaWithType(R"({"type": "Entity", "name": "if"})"),
        name,
        "//entityTypes/E/tags/name");
    row("an open record",
        schemaWithType(R"({"type": "Record", "attributes": {}, "additionalAttributes": true})"),
        "cedar.schema.open_record",
        "//entityTypes/E/tags/additionalAttributes");
    row("required as text",
        schemaWithType(
            R"({"type": "Record", "attributes": {"a~/b": {"type": "Long", "required": "no"}}})"),
        kind,
        "//entityTypes/E/tags/attributes/a~0~1b/required");
    row("required outside a record",
        schemaWithType(R"({"type": "Long", "required": true})"),
        member,
        "//entityTypes/E/tags/required");
    row("an annotation with blanks",
        schemaWith(R"({"E": {"annotations": {"a b": "x"}}})"),
        name,
        "//entityTypes/E/annotations/a b");
    row("an annotation as a number",
        schemaWith(R"({"E": {"annotations": {"a": 1}}})"),
        kind,
        "//entityTypes/E/annotations/a");
}

void TestCedarSchemaJson::refusesWithRuleAndPointer()
{
    QFETCH(const std::string, json);
    QFETCH(const std::string, rule);
    QFETCH(const std::string, pointer);
    const auto document = parseSchemaJson(json);
    QVERIFY(!document.ok());
    QCOMPARE(document.error().rule, rule);
    QCOMPARE(document.error().pointer, pointer);
    QVERIFY(!document.error().detail.empty());
}

void TestCedarSchemaJson::acceptsWhatMayBeLeftOutOrNull_data()
{
    QTest::addColumn<std::string>("json");
    QTest::newRow("nothing") << std::string("{}");
    QTest::newRow("an action of nothing") << schemaWith("{}", R"({"a": {}})");
    QTest::newRow("null for appliesTo, memberOf and attributes")
        << schemaWith("{}", R"({"a": {"appliesTo": null, "memberOf": null, "attributes": null}})");
    QTest::newRow("null for tags") << schemaWith(R"({"E": {"tags": null}})");
    QTest::newRow("null for the type of a group")
        << schemaWith("{}", R"({"a": {"memberOf": [{"id": "b", "type": null}]}})");
    QTest::newRow("null for an annotation") << schemaWith(R"({"E": {"annotations": {"a": null}}})");
    QTest::newRow("a closed record")
        << schemaWithType(R"({"type": "Record", "attributes": {}, "additionalAttributes": false})");
}

void TestCedarSchemaJson::acceptsWhatMayBeLeftOutOrNull()
{
    QFETCH(const std::string, json);
    const auto document = parseSchemaJson(json);
    QVERIFY2(document.ok(), document.ok() ? "" : document.error().describe().c_str());
}

void TestCedarSchemaJson::writesTheSameThatItRead()
{
    const Json json = Json::parse(R"({"N": {
        "annotations": {"doc": "n"},
        "commonTypes": {"C": {"type": "Entity", "name": "E", "annotations": {"doc": "c"}}},
        "entityTypes": {
            "E": {"memberOfTypes": ["E", "N::E"], "annotations": {"doc": "e"},
                  "shape": {"type": "C"}, "tags": {"type": "Extension", "name": "ipaddr"}},
            "F": {"enum": ["", "b"]}},
        "actions": {"a": {"appliesTo": {"principalTypes": ["E"], "resourceTypes": [],
            "context": {"type": "Record", "attributes": {"x": {"type": "Set", "element":
                {"type": "Boolean"}, "required": false, "annotations": {"doc": "x"}}}}},
            "memberOf": [{"id": "b", "type": "M::Action"}, {"id": "c"}]}}}})");
    const auto document = readSchemaJson(json);
    QVERIFY2(document.ok(), document.ok() ? "" : document.error().describe().c_str());
    QCOMPARE(schemaJson(*document).dump(), json.dump());
}

void TestCedarSchemaJson::survivesHostileDepth()
{
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += R"({"type": "Set", "element": )";
    QCOMPARE(parseSchemaJson(schemaWithType(deep)).error().rule, std::string("json.depth"));

    const auto nested = [](std::size_t depth) {
        Json type = {{"type", "Long"}, {"name", "Long"}};
        type.erase("name");
        for (std::size_t i = 1; i < depth; ++i)
            type = Json{{"type", "Set"}, {"element", type}};
        return schemaWithType(type.dump());
    };
    QVERIFY(parseSchemaJson(nested(kSchemaNestingMax)).ok());
    const auto refused = parseSchemaJson(nested(kSchemaNestingMax + 1));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().rule, std::string("cedar.depth"));
}

void TestCedarSchemaJson::refusesTooManyParts()
{
    Json types = Json::object();
    for (std::size_t i = 0; i <= kSchemaPartCountMax; ++i)
        types["E" + std::to_string(i)] = Json::object();
    const Json schema = {{"", {{"entityTypes", types}, {"actions", Json::object()}}}};
    const auto document = readSchemaJson(schema);
    QVERIFY(!document.ok());
    QCOMPARE(document.error().rule, std::string("cedar.schema.size"));
}

QTEST_GUILESS_MAIN(TestCedarSchemaJson)
#include "tst_cedar_schema_json.moc"
