#include "planes/control/cedar/schema_type.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

constexpr TypeId kLong = simpleType(TypeKind::Long);
constexpr TypeId kBool = simpleType(TypeKind::Bool);
constexpr TypeId kTrue = simpleType(TypeKind::True);
constexpr TypeId kFalse = simpleType(TypeKind::False);

TypeId setOf(TypeTable& types, TypeId element)
{
    return types.set(element, kLiteralTypeDepthMax).value();
}

TypeId recordOf(TypeTable& types, std::vector<AttributeType> attributes)
{
    return types.record(std::move(attributes), kLiteralTypeDepthMax).value();
}

} // namespace

class TestCedarSchemaType final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void internsEqualTypesOnce();
    void joinsBools();
    void joinsSetsAndRecordsPartByPart();
    void doesNotJoinWhatDiffers();
    void copiesKeepTheIdsAndGrowApart();
    void joinsSharedTypesWithoutUnfoldingThem();
    void refusesBeyondTheDepth();
    void showsTypesAsSchemasWriteThem();
    void cutsLongTextsBetweenCharacters();
};

void TestCedarSchemaType::internsEqualTypesOnce()
{
    TypeTable types;
    QCOMPARE(types.entity("A"), types.entity("A"));
    QVERIFY(types.entity("A") != types.entity("B"));
    QCOMPARE(setOf(types, kLong), setOf(types, kLong));
    QCOMPARE(
        recordOf(types, {{"b", kLong, true}, {"a", kBool, false}}),
        recordOf(types, {{"a", kBool, false}, {"b", kLong, true}}));
    QVERIFY(recordOf(types, {{"a", kBool, true}}) != recordOf(types, {{"a", kBool, false}}));
    QCOMPARE(recordOf(types, {}), types.emptyRecord());
    QCOMPARE(types.node(recordOf(types, {{"a", kBool, true}})).find("a")->type, kBool);
    QVERIFY(types.node(types.emptyRecord()).find("a") == nullptr);
}

void TestCedarSchemaType::joinsBools()
{
    TypeTable types;
    QVERIFY(types.join(kTrue, kTrue) == kTrue);
    QVERIFY(types.join(kTrue, kFalse) == kBool);
    QVERIFY(types.join(kBool, kFalse) == kBool);
}

void TestCedarSchemaType::joinsSetsAndRecordsPartByPart()
{
    TypeTable types;
    QVERIFY(types.join(setOf(types, kTrue), setOf(types, kFalse)) == setOf(types, kBool));
    QVERIFY(
        types.join(
            recordOf(types, {{"a", kTrue, true}, {"b", setOf(types, kBool), false}}),
            recordOf(types, {{"a", kFalse, true}, {"b", setOf(types, kTrue), false}}))
        == recordOf(types, {{"a", kBool, true}, {"b", setOf(types, kBool), false}}));
}

void TestCedarSchemaType::doesNotJoinWhatDiffers()
{
    TypeTable types;
    const TypeId user = types.entity("User");
    QVERIFY(!types.join(user, types.entity("Group")));
    QVERIFY(!types.join(kLong, kBool));
    QVERIFY(!types.join(setOf(types, kLong), setOf(types, user)));
    QVERIFY(!types.join(setOf(types, kLong), recordOf(types, {})));
    QVERIFY(
        !types.join(recordOf(types, {{"a", kLong, true}}), recordOf(types, {{"b", kLong, true}})));
    QVERIFY(
        !types.join(recordOf(types, {{"a", kLong, true}}), recordOf(types, {{"a", kLong, false}})));
    QVERIFY(!types.join(recordOf(types, {{"a", kLong, true}}), recordOf(types, {})));
}

void TestCedarSchemaType::copiesKeepTheIdsAndGrowApart()
{
    TypeTable types;
    const TypeId user = types.entity("User");
    TypeTable copy = types;
    const TypeId inCopy = copy.entity("Group");
    QCOMPARE(copy.entity("User"), user);
    QCOMPARE(types.entity("Doc"), inCopy);
    QCOMPARE(copy.text(inCopy), std::string("Group"));
    QCOMPARE(types.text(inCopy), std::string("Doc"));
}

void TestCedarSchemaType::joinsSharedTypesWithoutUnfoldingThem()
{
    TypeTable types;
    TypeId left = kTrue;
    TypeId right = kFalse;
    TypeId expected = kBool;
    for (int i = 0; i < 60; ++i) {
        left = recordOf(types, {{"a", left, true}, {"b", left, true}});
        right = recordOf(types, {{"a", right, true}, {"b", right, true}});
        expected = recordOf(types, {{"a", expected, true}, {"b", expected, true}});
    }
    QVERIFY(types.join(left, right) == expected);
}

void TestCedarSchemaType::refusesBeyondTheDepth()
{
    TypeTable types;
    const TypeId two = types.set(kLong, 2).value();
    const auto three = types.set(two, 2);
    QVERIFY(!three.ok());
    QCOMPARE(three.error().rule, std::string("cedar.type_depth"));
    QVERIFY(!types.record({{"a", two, true}}, 2).ok());
}

void TestCedarSchemaType::showsTypesAsSchemasWriteThem()
{
    TypeTable types;
    QCOMPARE(types.text(simpleType(TypeKind::Ip)), std::string("ipaddr"));
    QCOMPARE(types.text(types.emptyRecord()), std::string("{}"));
    QCOMPARE(
        types.text(recordOf(
            types,
            {{"b c", setOf(types, types.entity("N::E")), true},
             {"a", kLong, false},
             {"if", kBool, true}})),
        std::string(R"({ a?: Long, "b c": Set<N::E>, "if": Bool })"));
    for (const char* const name :
         {"Bool", "Long", "String", "decimal", "ipaddr", "datetime", "duration"})
        QCOMPARE(types.text(builtInType(name).value()), std::string(name));
    QVERIFY(!builtInType("True") && !builtInType("Boolean") && !builtInType("ip"));
    QVERIFY(extensionType("decimal") && !extensionType("Long"));
}

void TestCedarSchemaType::cutsLongTextsBetweenCharacters()
{
    for (std::size_t length = 150; length < 170; ++length) {
        TypeTable types;
        std::string name(length, 'x');
        for (int i = 0; i < 20; ++i)
            name += "\u20ac";
        const std::string text = types.text(recordOf(types, {{name, kLong, true}}));
        QVERIFY(text.size() < 200);
        QVERIFY(QString::fromUtf8(text.data()).indexOf(QChar(QChar::ReplacementCharacter)) < 0);
    }
}

QTEST_GUILESS_MAIN(TestCedarSchemaType)
#include "tst_cedar_schema_type.moc"
