#include "planes/control/cedar/schema_json.h"
#include "planes/control/cedar/schema_model.h"
#include "planes/control/cedar/schema_text.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

Result<Schema> resolved(const std::string& text)
{
    CS_TRY(const SchemaDocument document, parseSchemaText(text));
    return Schema::resolve(document);
}

Result<Schema> resolvedJson(const std::string& json)
{
    CS_TRY(const SchemaDocument document, parseSchemaJson(json));
    return Schema::resolve(document);
}

Error errorOf(const Result<Schema>& schema)
{
    return schema.ok() ? Error{ErrorCode::Conflict, "accepted"} : schema.error();
}

/// The type of an attribute, as text.
std::string attributeText(const Schema& schema, const char* entityType, const char* attribute)
{
    const EntityTypeModel* const type = schema.entityType(entityType);
    if (type == nullptr)
        return "no type";
    const AttributeType* const found = schema.types().node(type->attributes).find(attribute);
    return found == nullptr ? "no attribute" : schema.types().text(found->type);
}

EntityUid uid(const char* type, const char* id)
{
    return EntityUid::create(type, id).value();
}

} // namespace

class TestCedarSchemaModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWithRuleAndPlace_data();
    void refusesWithRuleAndPlace();
    void refusesJsonWithItsPointer_data();
    void refusesJsonWithItsPointer();
    void prefersCommonTypesThenTheOwnNamespaceThenTheBuiltIn();
    void keepsBuiltInTypesReachableWhenTheirNamesAreTaken();
    void looksForGroupsInTheOwnNamespaceFirst();
    void allowsTypesOfActionsAsAttributesOnly();
    void closesHierarchiesOverEveryStep();
    void allowsCirclesOfEntityTypes();
    void checksUidsAgainstDeclarations();
    void addsEveryActionAsAnEntity();
    void keepsSharedTypesSmall();
    void resolvesALongChainOfNames();
    void refusesTypesThatGetTooDeep();
    void refusesHierarchiesThatGetTooLarge();
    void refusesTooManyEnvironments();
};

void TestCedarSchemaModel::refusesWithRuleAndPlace_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("rule");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* name, const char* text, const char* rule, const char* place) {
        QTest::newRow(name) << std::string(text) << "cedar.schema." + std::string(rule)
                            << std::string(place);
    };
    row("an unknown parent", "entity A in [B];", "unknown_type", "line 1 column 14");
    row("a common type as a parent",
        "type B = Long; entity A in B;",
        "unknown_type",
        "line 1 column 28");
    row("an unknown attribute type",
        "entity A {\n  a: Set<B> };",
        "unknown_type",
        "line 2 column 10");
    row("an unknown tag type", "entity A tags B;", "unknown_type", "line 1 column 15");
    row("an unknown type in another namespace",
        "namespace N { type B = Long; } entity A { a: B };",
        "unknown_type",
        "line 1 column 46");
    row("an unknown qualified type",
        "entity B; entity A { a: N::B };",
        "unknown_type",
        "line 1 column 25");
    row("an unknown built-in",
        "entity A { a: __cedar::Boolean };",
        "unknown_type",
        "line 1 column 15");
    row("an unknown group", "action a in b;", "unknown_action", "line 1 column 13");
    row("a group of another type",
        "entity E; action a in E::\"b\"; action b;",
        "unknown_action",
        "line 1 column 23");
    row("an unknown principal",
        "entity A; action a appliesTo { principal: B, resource: A };",
        "unknown_type",
        "line 1 column 43");
    row("actions as principals",
        "entity A; action a appliesTo { principal: Action, resource: A };",
        "unknown_type",
        "line 1 column 43");
    row("actions as parents", "action a; entity A in Action;", "unknown_type", "line 1 column 23");
    row("a context that is no record",
        "type C = Set<Long>; entity A; action a appliesTo { principal: A, resource: A, context: C "
        "};",
        "record",
        "line 1 column 88");
    row("an entity twice", "entity A, A;", "duplicate", "line 1 column 11");
    row("a type twice", "type A = Long; type A = Long;", "duplicate", "line 1 column 21");
    row("an action twice", "action a; action \"a\";", "duplicate", "line 1 column 18");
    row("an attribute twice",
        "entity A { a: Long, \"a\": Long };",
        "duplicate",
        "line 1 column 21");
    row("a namespace twice", "namespace A {} namespace A {}", "duplicate", "line 1 column 26");
    row("an entity type of actions",
        "namespace N { entity Action; }",
        "reserved",
        "line 1 column 22");
    row("a reserved namespace", "namespace __cedar {}", "reserved", "line 1 column 11");
    row("a reserved part of a namespace",
        "namespace a::__cedar::b {}",
        "reserved",
        "line 1 column 11");
    row("a reserved entity", "entity __cedar;", "reserved", "line 1 column 8");
    row("an entity that hides one",
        "entity A; namespace N { entity A; }",
        "shadowing",
        "line 1 column 32");
    row("a type that hides an entity",
        "entity A; namespace N { type A = Long; }",
        "shadowing",
        "line 1 column 30");
    row("an entity that hides a type",
        "type A = Long; namespace N { entity A; }",
        "shadowing",
        "line 1 column 37");
    row("an action that hides one",
        "action a; namespace N { action a; }",
        "shadowing",
        "line 1 column 32");
    row("a type of itself", "type A = { a: Set<A> };", "type_cycle", "line 1 column 6");
    row("a circle of types",
        "type A = B; type B = C; type C = A;",
        "type_cycle",
        "line 1 column 6");
    row("an action in itself", "action a in a;", "action_cycle", "line 1 column 8");
    row("a circle of actions",
        "action a in b; action b in c; action c in a;",
        "action_cycle",
        "line 1 column 8");
}

void TestCedarSchemaModel::refusesWithRuleAndPlace()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, rule);
    QFETCH(const std::string, place);
    const Error error = errorOf(resolved(text));
    QCOMPARE(error.rule, rule);
    QCOMPARE(error.pointer, place);
    QVERIFY(!error.detail.empty());
}

void TestCedarSchemaModel::refusesJsonWithItsPointer_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("rule");
    QTest::addColumn<std::string>("pointer");
    QTest::newRow("a bad name of an entity")
        << std::string(R"({"": {"entityTypes": {"a b": {}}, "actions": {}}})")
        << std::string("cedar.schema.name") << std::string("//entityTypes/a b");
    QTest::newRow("a bad name of a namespace")
        << std::string(R"({"a::": {"entityTypes": {}, "actions": {}}})")
        << std::string("cedar.schema.name") << std::string("/a::");
    QTest::newRow("a built-in name of a common type") << std::string(
        R"({"N": {"commonTypes": {"Set": {"type": "Long"}}, "entityTypes": {}, "actions": {}}})")
                                                      << std::string("cedar.schema.reserved")
                                                      << std::string("/N/commonTypes/Set");
    QTest::newRow("an unknown extension") << std::string(
        R"({"N": {"entityTypes": {"E": {"tags": {"type": "Extension", "name": "ip"}}}, "actions": {}}})")
                                          << std::string("cedar.schema.unknown_type")
                                          << std::string("/N/entityTypes/E/tags");
    QTest::newRow("an entity type where a common type is needed")
        << std::string(R"({"N": {"entityTypes": {"E": {"tags": {"type": "E"}}}, "actions": {}}})")
        << std::string("cedar.schema.unknown_type") << std::string("/N/entityTypes/E/tags");
    QTest::newRow("an unknown name deep inside")
        << std::string(
               R"({"N": {"entityTypes": {"E": {"shape": {"type": "Record", "attributes": {"a":
                  {"type": "Set", "element": {"type": "Entity", "name": "F"}}}}}}, "actions": {}}})")
        << std::string("cedar.schema.unknown_type")
        << std::string("/N/entityTypes/E/shape/attributes/a/element");
    QTest::newRow("a shape that is no record")
        << std::string(
               R"({"N": {"entityTypes": {"E": {"shape": {"type": "Long"}}}, "actions": {}}})")
        << std::string("cedar.schema.record") << std::string("/N/entityTypes/E");
}

void TestCedarSchemaModel::refusesJsonWithItsPointer()
{
    QFETCH(const std::string, json);
    QFETCH(const std::string, rule);
    QFETCH(const std::string, pointer);
    const Error error = errorOf(resolvedJson(json));
    QCOMPARE(error.rule, rule);
    QCOMPARE(error.pointer, pointer);
}

void TestCedarSchemaModel::prefersCommonTypesThenTheOwnNamespaceThenTheBuiltIn()
{
    const auto schema = resolved(R"(
        type Plain = String;
        entity Outer;
        namespace N {
            type Both = Long;
            entity Both;
            type decimal = Bool;
            entity E { a: Both, b: decimal, c: Plain, d: Outer, e: Long, f: Set<ipaddr>,
                       g: { h?: datetime }, i: N::Both };
        })");
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    QCOMPARE(attributeText(*schema, "N::E", "a"), std::string("Long"));
    QCOMPARE(attributeText(*schema, "N::E", "b"), std::string("Bool"));
    QCOMPARE(attributeText(*schema, "N::E", "c"), std::string("String"));
    QCOMPARE(attributeText(*schema, "N::E", "d"), std::string("Outer"));
    QCOMPARE(attributeText(*schema, "N::E", "e"), std::string("Long"));
    QCOMPARE(attributeText(*schema, "N::E", "f"), std::string("Set<ipaddr>"));
    QCOMPARE(attributeText(*schema, "N::E", "g"), std::string("{ h?: datetime }"));
    QCOMPARE(attributeText(*schema, "N::E", "i"), std::string("Long"));
}

void TestCedarSchemaModel::keepsBuiltInTypesReachableWhenTheirNamesAreTaken()
{
    const auto schema = resolved("entity Long; entity E { a: Long, b: __cedar::Long };");
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    const EntityTypeModel* const type = schema->entityType("E");
    const TypeNode& node = schema->types().node(type->attributes);
    QVERIFY(schema->types().kind(node.find("a")->type) == TypeKind::Entity);
    QVERIFY(schema->types().kind(node.find("b")->type) == TypeKind::Long);
    // As the name of a common type it is gone.
    QCOMPARE(
        errorOf(resolvedJson(
                    R"({"": {"entityTypes": {"decimal": {}, "E": {"tags": {"type": "decimal"}}},
                       "actions": {}}})"))
            .rule,
        std::string("cedar.schema.unknown_type"));
}

void TestCedarSchemaModel::looksForGroupsInTheOwnNamespaceFirst()
{
    const auto schema = resolved(R"(
        action outer;
        namespace M { action far; }
        namespace N {
            action near;
            action a in [near, outer, M::Action::"far", Action::"near"];
        })");
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    const ActionModel* const action = schema->action(uid("N::Action", "a").data());
    QVERIFY(action != nullptr);
    QCOMPARE(
        action->parents,
        (std::vector<EntityUid>{
            uid("Action", "outer"), uid("M::Action", "far"), uid("N::Action", "near")}));
    QVERIFY(schema->mayBeIn("N::Action", "M::Action"));
    QVERIFY(!schema->mayBeIn("M::Action", "N::Action"));
}

void TestCedarSchemaModel::allowsTypesOfActionsAsAttributesOnly()
{
    const auto schema = resolved("action a; entity E { last: Action, all: Set<Action> };");
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    QCOMPARE(attributeText(*schema, "E", "last"), std::string("Action"));
    QVERIFY(schema->hasActionsOfType("Action"));
    QVERIFY(schema->entityType("Action") == nullptr);
    // Without an action there is no such type.
    QCOMPARE(
        errorOf(resolved("entity E { last: Action };")).rule,
        std::string("cedar.schema.unknown_type"));
}

void TestCedarSchemaModel::closesHierarchiesOverEveryStep()
{
    const auto schema = resolved(
        "entity A in B; entity B in [C, D]; entity C, D; action a in b; action b in c; action c;");
    QVERIFY(schema.ok());
    QVERIFY(schema->mayBeIn("A", "C"));
    QVERIFY(schema->mayBeIn("A", "A"));
    QVERIFY(!schema->mayBeIn("C", "A"));
    QVERIFY(!schema->mayBeIn("A", "Unknown"));
    const ActionModel* const action = schema->action(uid("Action", "a").data());
    QVERIFY(schema->isActionIn(*action, uid("Action", "c").data()));
    QVERIFY(schema->isActionIn(*action, uid("Action", "a").data()));
    QVERIFY(!schema->isActionIn(*action, uid("Action", "d").data()));
}

void TestCedarSchemaModel::allowsCirclesOfEntityTypes()
{
    const auto schema = resolved("entity A in B; entity B in C; entity C in A;");
    QVERIFY(schema.ok());
    QVERIFY(schema->mayBeIn("A", "C") && schema->mayBeIn("C", "B"));
    const EntityTypeModel* const type = schema->entityType("A");
    QVERIFY(type->hasAncestor(schema->indexOf(*type)));
}

void TestCedarSchemaModel::checksUidsAgainstDeclarations()
{
    const auto schema = resolved("entity A; entity C enum [\"b\", \"a\", \"b\"]; action v;");
    QVERIFY(schema.ok());
    const auto ruleOf = [&schema](const char* type, const char* id) {
        const auto checked = schema->checkUid(uid(type, id).data());
        return checked.ok() ? std::string() : checked.error().rule;
    };
    QCOMPARE(ruleOf("A", "anything"), std::string());
    QCOMPARE(ruleOf("C", "a"), std::string());
    QCOMPARE(ruleOf("C", "c"), std::string("cedar.schema.enumerated"));
    QCOMPARE(ruleOf("B", "b"), std::string("cedar.schema.unknown_type"));
    QCOMPARE(ruleOf("Action", "v"), std::string());
    QCOMPARE(ruleOf("Action", "w"), std::string("cedar.schema.unknown_action"));
    QCOMPARE(ruleOf("N::Action", "v"), std::string("cedar.schema.unknown_action"));
}

void TestCedarSchemaModel::addsEveryActionAsAnEntity()
{
    const auto schema = resolved("action a in [b, c]; action b in c; action c;");
    QVERIFY(schema.ok());
    const auto entities = schema->actionEntities();
    QCOMPARE(entities.size(), std::size_t{3});
    QCOMPARE(entities[0].uid, uid("Action", "a"));
    QCOMPARE(entities[0].parents, (std::vector<EntityUid>{uid("Action", "b"), uid("Action", "c")}));
    QCOMPARE(entities[0].attributes.size(), std::size_t{0});
}

void TestCedarSchemaModel::keepsSharedTypesSmall()
{
    // Written out, the last type would have more than 10^20 attributes.
    std::string text = "type T0 = { a: Long };";
    for (int i = 1; i < 70; ++i) {
        const std::string below = "T" + std::to_string(i - 1);
        text += "type T" + std::to_string(i) + " = { a: " + below + ", b: " + below + " };";
    }
    const auto schema = resolved(text + "entity E tags T69;");
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    const std::string shown = schema->types().text(*schema->entityType("E")->tags);
    QVERIFY(shown.size() < 1000);
}

void TestCedarSchemaModel::resolvesALongChainOfNames()
{
    std::string text = "type T0 = Long;";
    for (int i = 1; i < 50'000; ++i)
        text += "type T" + std::to_string(i) + " = T" + std::to_string(i - 1) + ";";
    const auto schema = resolved(text + "entity E tags T49999;");
    QVERIFY2(schema.ok(), schema.ok() ? "" : schema.error().describe().c_str());
    QVERIFY(schema->entityType("E")->tags == simpleType(TypeKind::Long));
}

void TestCedarSchemaModel::refusesTypesThatGetTooDeep()
{
    const auto chain = [](std::uint32_t depth) {
        std::string text = "type T1 = Long;";
        for (std::uint32_t i = 2; i <= depth; ++i)
            text += "type T" + std::to_string(i) + " = Set<T" + std::to_string(i - 1) + ">;";
        return text;
    };
    QVERIFY(resolved(chain(kTypeDepthMax)).ok());
    const Error error = errorOf(resolved(chain(kTypeDepthMax + 1)));
    QCOMPARE(error.rule, std::string("cedar.type_depth"));
    QVERIFY(error.code == ErrorCode::LimitExceeded);
    QVERIFY(error.pointer.find("line 1 column") == 0);
}

void TestCedarSchemaModel::refusesHierarchiesThatGetTooLarge()
{
    std::string text = "entity E0;";
    for (int i = 1; i < 5'000; ++i)
        text += "entity E" + std::to_string(i) + " in E" + std::to_string(i - 1) + ";";
    const Error error = errorOf(resolved(text));
    QCOMPARE(error.rule, std::string("cedar.schema.size"));
    QVERIFY(error.code == ErrorCode::LimitExceeded);
}

void TestCedarSchemaModel::refusesTooManyEnvironments()
{
    std::string names = "E0";
    for (int i = 1; i < 400; ++i)
        names += ", E" + std::to_string(i);
    const std::string text = "entity " + names + "; action a appliesTo { principal: [" + names
                             + "], resource: [" + names + "] };";
    QCOMPARE(errorOf(resolved(text)).rule, std::string("cedar.schema.size"));
}

QTEST_GUILESS_MAIN(TestCedarSchemaModel)
#include "tst_cedar_schema_model.moc"
