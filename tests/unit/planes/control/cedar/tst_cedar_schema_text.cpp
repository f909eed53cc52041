#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/schema_text.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

std::string repeated(const std::string& text, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

Error errorOf(const std::string& text)
{
    const auto document = parseSchemaText(text);
    return document.ok() ? Error{ErrorCode::Conflict, "accepted"} : document.error();
}

constexpr int kHostileCount = 100'000;

} // namespace

class TestCedarSchemaText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWithRuleAndPlace_data();
    void refusesWithRuleAndPlace();
    void saysWhatCouldStandThere();
    void givesEachNameOfADeclarationACopy();
    void readsEveryPartOfASchema();
    void keepsAnnotationsOnEverything();
    void takesReservedWordsAsStringsOnly();
    void survivesHostileDepth_data();
    void survivesHostileDepth();
    void refusesCopiesThatMultiply();
    void readsManyAnnotationsQuickly();
    void refusesEveryPrefixOfASchemaThatEndsInsideIt();
    void writesWhatOnlyTextWouldReadOtherwise();
    void refusesToWriteWhatOnlyJsonCanSay();
};

void TestCedarSchemaText::refusesWithRuleAndPlace_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("rule");
    QTest::addColumn<std::string>("place");
    const std::string syntax = "cedar.syntax";
    const std::string duplicate = "cedar.schema.duplicate";

    const auto row = [](const char* name, const char* text, std::string rule, const char* place) {
        QTest::newRow(name) << std::string(text) << std::move(rule) << std::string(place);
    };
    row("no declaration", "foo", syntax, "line 1 column 1");
    row("no semicolon", "entity A\nentity B;", syntax, "line 2 column 1");
    row("a trailing comma in a list of types", "entity A in [B,];", syntax, "line 1 column 16");
    row("a trailing comma in a list of names", "entity A, ;", syntax, "line 1 column 11");
    row("an empty enumeration", "entity A enum [];", syntax, "line 1 column 16");
    row("an enumeration of names", "entity A enum [b];", syntax, "line 1 column 16");
    row("a shape by name", "entity A = B;", syntax, "line 1 column 12");
    row("tags before the shape", "entity A tags Long {};", syntax, "line 1 column 20");
    row("an empty group list", "action a in [];", syntax, "line 1 column 14");
    row("attributes of an action", "action a attributes {x: Long};", syntax, "line 1 column 22");
    row("an empty appliesTo", "action a appliesTo {};", syntax, "line 1 column 21");
    row("no resource", "action a appliesTo {principal: A};", syntax, "line 1 column 33");
    row("no principals", "action a appliesTo {principal: []};", syntax, "line 1 column 21");
    row("a context of sets",
        "action a appliesTo {context: Set<Long>};",
        syntax,
        "line 1 column 33");
    row("two contexts",
        "action a appliesTo {context: {}, context: {}};",
        duplicate,
        "line 1 column 34");
    row("two principals",
        "action a appliesTo {principal: A, principal: A};",
        duplicate,
        "line 1 column 35");
    row("a repeated annotation", "@a @a entity A;", duplicate, "line 1 column 5");
    row("an annotation without a string", "@a() entity A;", syntax, "line 1 column 4");
    row("a nested namespace", "namespace A { namespace B {} }", syntax, "line 1 column 15");
    row("a semicolon after a namespace", "namespace A {};", syntax, "line 1 column 15");
    row("an open namespace", "namespace A { entity B;", syntax, "line 1 column 24");
    row("a reserved name", "entity like;", syntax, "line 1 column 8");
    row("a reserved attribute", "entity A { in: Long };", syntax, "line 1 column 12");
    row("a built-in name for a type",
        "type Long = String;",
        "cedar.schema.reserved",
        "line 1 column 6");
    row("a bad escape", R"(action "\q";)", "cedar.escape", "line 1 column 9");
    row("an unfinished string", "action \"a;", syntax, "line 1 column 8");
    row("a number", "type A = 1;", syntax, "line 1 column 10");
    row("a block comment", "/* a */", syntax, "line 1 column 1");
    row("a set without a type", "type A = Set<>;", syntax, "line 1 column 14");
    row("an optional type", "type A = { a: Long? };", syntax, "line 1 column 19");
}

void TestCedarSchemaText::refusesWithRuleAndPlace()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, rule);
    QFETCH(const std::string, place);
    const Error error = errorOf(text);
    QCOMPARE(error.rule, rule);
    QCOMPARE(error.pointer, place);
    QVERIFY(!error.detail.empty());
}

void TestCedarSchemaText::saysWhatCouldStandThere()
{
    QVERIFY(errorOf("entity A = B;").detail.find("\"{\"") != std::string::npos);
    QVERIFY(
        errorOf("entity A {in: Long};").detail.find("write it as a string") != std::string::npos);
    QVERIFY(errorOf("namespace A {};").detail.find("leave it out") != std::string::npos);
}

void TestCedarSchemaText::givesEachNameOfADeclarationACopy()
{
    const auto document = parseSchemaText(
        "entity A, B in [A] = { x?: Long }; action a, \"b c\" in [g], d; action g;");
    QVERIFY(!document.ok());
    const auto read =
        parseSchemaText("entity A, B in [A] = { x?: Long }; action a, \"b c\" in [g]; action g;");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().describe().c_str());
    const NamespaceDeclaration& space = read->namespaces.front();
    QCOMPARE(space.entityTypes.size(), std::size_t{2});
    QCOMPARE(space.entityTypes[1].name, std::string("B"));
    QCOMPARE(space.entityTypes[1].position.column, std::uint32_t{11});
    QCOMPARE(space.entityTypes[1].memberOf.front().name, std::string("A"));
    QVERIFY(!space.entityTypes[1].shape.attributes.front().isRequired);
    QCOMPARE(space.actions.size(), std::size_t{3});
    QCOMPARE(space.actions[1].name, std::string("b c"));
    QCOMPARE(space.actions[1].memberOf.front().id, std::string("g"));
}

void TestCedarSchemaText::readsEveryPartOfASchema()
{
    const auto document = parseSchemaText(R"(
        // a comment
        namespace N::M {
            type T = { a: Set<__cedar::Long>, "b c"?: ipaddr, };
            entity E enum ["x", "y",];
        })");
    QVERIFY(!document.ok()); // no trailing comma in an enumeration
    const auto read = parseSchemaText(R"(
        namespace N::M {
            type T = { a: Set<__cedar::Long>, "b c"?: ipaddr, };
            entity E enum ["x", "\u{e9}"];
            entity F in E { set: Set, type: T } tags Set<Set<String>>;
            action v in [N::M::Action::"w", w, "x y"] appliesTo {
                context: T, resource: [F, E], principal: F,
            } attributes {};
            action w; action "x y";
        })");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().describe().c_str());
    const Json expected = Json::parse(R"({"N::M": {
        "commonTypes": {"T": {"type": "Record", "attributes": {
            "a": {"type": "Set", "element": {"type": "EntityOrCommon", "name": "__cedar::Long"}},
            "b c": {"type": "EntityOrCommon", "name": "ipaddr", "required": false}}}},
        "entityTypes": {
            "E": {"enum": ["x", "é"]},
            "F": {"memberOfTypes": ["E"],
                  "shape": {"type": "Record", "attributes": {
                      "set": {"type": "EntityOrCommon", "name": "Set"},
                      "type": {"type": "EntityOrCommon", "name": "T"}}},
                  "tags": {"type": "Set", "element": {"type": "Set",
                      "element": {"type": "EntityOrCommon", "name": "String"}}}}},
        "actions": {
            "v": {"memberOf": [{"id": "w", "type": "N::M::Action"}, {"id": "w"}, {"id": "x y"}],
                  "appliesTo": {"principalTypes": ["F"], "resourceTypes": ["F", "E"],
                                "context": {"type": "T"}}},
            "w": {"appliesTo": {"principalTypes": [], "resourceTypes": []}},
            "x y": {"appliesTo": {"principalTypes": [], "resourceTypes": []}}}}})");
    QCOMPARE(schemaJson(*read).dump(), expected.dump());
}

void TestCedarSchemaText::keepsAnnotationsOnEverything()
{
    const auto read = parseSchemaText(R"(
        @a("1") @if namespace N {
            @b("2") type T = { @c("3") x: Long };
            @d("4") entity E, F;
            @e("5") action v;
        })");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().describe().c_str());
    const NamespaceDeclaration& space = read->namespaces.front();
    QCOMPARE(space.annotations, (std::vector<Annotation>{{"a", "1"}, {"if", ""}}));
    QCOMPARE(space.commonTypes[0].annotations, (std::vector<Annotation>{{"b", "2"}}));
    QCOMPARE(
        space.commonTypes[0].type.attributes[0].annotations, (std::vector<Annotation>{{"c", "3"}}));
    QCOMPARE(space.entityTypes[1].annotations, (std::vector<Annotation>{{"d", "4"}}));
    QCOMPARE(space.actions[0].annotations, (std::vector<Annotation>{{"e", "5"}}));
    const auto text = schemaText(*read);
    QVERIFY(text.ok());
    const auto again = parseSchemaText(*text);
    QVERIFY(again.ok());
    QCOMPARE(schemaJson(*again).dump(), schemaJson(*read).dump());
}

void TestCedarSchemaText::takesReservedWordsAsStringsOnly()
{
    for (const char* const word :
         {"true", "false", "if", "then", "else", "in", "is", "like", "has"}) {
        const std::string name(word);
        QVERIFY(!parseSchemaText("action " + name + ";").ok());
        QVERIFY(!parseSchemaText("type T = { " + name + ": Long };").ok());
        QVERIFY(parseSchemaText("action \"" + name + "\";").ok());
        QVERIFY(parseSchemaText("type T = { \"" + name + "\": Long };").ok());
        QVERIFY(parseSchemaText("@" + name + " action a;").ok());
    }
}

void TestCedarSchemaText::survivesHostileDepth_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("rule");
    const std::string depth = "cedar.depth";
    QTest::newRow("sets") << "type T = " + repeated("Set<", kHostileCount) << depth;
    QTest::newRow("records") << "type T = " + repeated("{ a: ", kHostileCount) << depth;
    QTest::newRow("a shape") << "entity E " + repeated("{ a: ", kHostileCount) << depth;
    QTest::newRow("brackets") << "entity E in " + repeated("[", kHostileCount)
                              << std::string("cedar.syntax");
    QTest::newRow("namespaces") << repeated("namespace A {", kHostileCount)
                                << std::string("cedar.syntax");
    QTest::newRow("declarations") << repeated("entity E;", 3 * kHostileCount)
                                  << std::string("cedar.schema.size");
    QTest::newRow("bytes") << std::string(kTextByteCountMax + 1, ' ') << std::string("cedar.size");
}

void TestCedarSchemaText::survivesHostileDepth()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, rule);
    QCOMPARE(errorOf(text).rule, rule);
}

void TestCedarSchemaText::refusesCopiesThatMultiply()
{
    std::string names = "a0";
    for (int i = 1; i < 10'000; ++i)
        names += ", a" + std::to_string(i);
    const std::string body = " in [" + names + "];";
    QCOMPARE(errorOf("action " + names + body).rule, std::string("cedar.schema.size"));
    QVERIFY(parseSchemaText("action " + names + ";").ok());
}

void TestCedarSchemaText::readsManyAnnotationsQuickly()
{
    std::string text;
    for (int i = 0; i < kHostileCount / 2; ++i)
        text += "@a" + std::to_string(i) + " ";
    const auto read = parseSchemaText(text + "entity E;");
    QVERIFY(read.ok());
    QCOMPARE(read->namespaces[0].entityTypes[0].annotations.size(), std::size_t{kHostileCount / 2});
}

void TestCedarSchemaText::refusesEveryPrefixOfASchemaThatEndsInsideIt()
{
    const std::string text =
        "@a(\"b\") namespace N { entity E in [E] = { a?: Set<Long> } tags String; "
        "action v in [w] appliesTo { principal: E, resource: [E], context: {} }; action w; }";
    QVERIFY(parseSchemaText(text).ok());
    for (std::size_t length = 1; length < text.size(); ++length) {
        const auto prefix = parseSchemaText(text.substr(0, length));
        QVERIFY2(!prefix.ok(), text.substr(0, length).c_str());
        QVERIFY(!prefix.error().rule.empty() && !prefix.error().pointer.empty());
    }
}

void TestCedarSchemaText::writesWhatOnlyTextWouldReadOtherwise()
{
    const auto document = readSchemaJson(Json::parse(R"({"N": {
        "commonTypes": {"C": {"type": "Record", "attributes": {}}},
        "entityTypes": {"Long": {}, "E": {"shape": {"type": "Record", "attributes": {
            "if": {"type": "Long"}, "s": {"type": "String"}, "b": {"type": "Boolean"},
            "x": {"type": "Extension", "name": "decimal"},
            "e": {"type": "Entity", "name": "Long", "required": false}}}}},
        "actions": {"is": {}, "v": {"appliesTo": {"principalTypes": [], "resourceTypes": ["E"]}}}}})"));
    QVERIFY2(document.ok(), document.ok() ? "" : document.error().describe().c_str());
    const auto text = schemaText(*document);
    QVERIFY2(text.ok(), text.ok() ? "" : text.error().describe().c_str());
    QVERIFY(text->find("\"if\": __cedar::Long") != std::string::npos);
    QVERIFY(text->find("x: __cedar::decimal") != std::string::npos);
    QVERIFY(text->find("e?: Long") != std::string::npos);
    QVERIFY(text->find("action \"is\";") != std::string::npos);
    QVERIFY(text->find("action v;") != std::string::npos);
    QVERIFY(parseSchemaText(*text).ok());
}

void TestCedarSchemaText::refusesToWriteWhatOnlyJsonCanSay()
{
    const char* const documents[] = {
        R"({"": {"commonTypes": {"C": {"type": "Record", "attributes": {}}},
            "entityTypes": {"E": {"shape": {"type": "C"}}}, "actions": {}}})",
        R"({"": {"commonTypes": {"E": {"type": "Long"}}, "actions": {},
            "entityTypes": {"E": {}, "F": {"tags": {"type": "Entity", "name": "E"}}}}})",
        R"({"": {"entityTypes": {"E": {}}, "actions": {"a": {"appliesTo":
            {"principalTypes": ["E"], "resourceTypes": ["E"], "context": {"type": "Long"}}}}}})",
    };
    for (const char* const json : documents) {
        const auto document = parseSchemaJson(json);
        QVERIFY2(document.ok(), document.ok() ? "" : document.error().describe().c_str());
        const auto text = schemaText(*document);
        QVERIFY(!text.ok());
        QCOMPARE(text.error().rule, std::string("cedar.schema.text"));
        QVERIFY(text.error().code == ErrorCode::Unsupported);
    }
}

QTEST_GUILESS_MAIN(TestCedarSchemaText)
#include "tst_cedar_schema_text.moc"
