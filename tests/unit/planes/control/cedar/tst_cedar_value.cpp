#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QTest>

#include <random>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

/// One value of each kind and some near neighbours, in canonical order.
std::vector<Value> ladder()
{
    return {
        Value::boolean(false),
        Value::boolean(true),
        Value::integer(-1),
        Value::integer(1),
        Value::string(""),
        Value::string("a"),
        Value::string("a\xC3\xA9"),
        Value::string("b"),
        Value::uid(uid("A", "y")),
        Value::uid(uid("B", "x")),
        Value::set({}),
        Value::set({Value::integer(1)}),
        Value::set({Value::integer(1), Value::string("a")}),
        Value::set({Value::integer(2)}),
        Value::record({}),
        Value::record(record({{"a", Value::integer(1)}})),
        Value::record(record({{"a", Value::integer(1)}, {"b", Value::integer(0)}})),
        Value::record(record({{"b", Value::integer(0)}})),
        Value::decimal({15'000}),
        Value::ip(must(IpAddress::parse("10.0.0.1"))),
        Value::ip(must(IpAddress::parse("::1"))),
        Value::dateTime({0}),
        Value::duration({0}),
    };
}

} // namespace

class TestCedarValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersAllKindsTotally()
    {
        const std::vector<Value> values = ladder();
        for (std::size_t i = 0; i < values.size(); ++i) {
            for (std::size_t j = 0; j < values.size(); ++j) {
                QCOMPARE(values[i] == values[j], i == j);
                QCOMPARE(values[i] < values[j], i < j);
            }
        }
    }

    void copiesAreEqualAndHashAlike()
    {
        for (const Value& value : ladder()) {
            const Value copy = Value::copyOf(value);
            QVERIFY(copy == value);
            QCOMPARE(copy.hash(), value.hash());
            QVERIFY(Value::borrowing(value) == value);
        }
    }

    void setsHaveOneForm()
    {
        std::vector<Value> values = ladder();
        const Value sorted = Value::set(values);
        std::mt19937 random(7);
        for (int round = 0; round < 20; ++round) {
            std::shuffle(values.begin(), values.end(), random);
            std::vector<Value> twice = values;
            twice.insert(twice.end(), values.begin(), values.end());
            const Value set = Value::set(twice);
            QVERIFY(set == sorted);
            QCOMPARE(set.hash(), sorted.hash());
            QCOMPARE(set.elements().size(), values.size());
        }
    }

    void findsElementsOfSmallAndLargeSets()
    {
        for (const int count : {0, 1, 8, 9, 200}) {
            std::vector<Value> elements;
            for (int i = 0; i < count; ++i)
                elements.push_back(Value::integer(2 * i));
            const Value set = Value::set(elements);
            for (int i = -1; i <= 2 * count; ++i)
                QCOMPARE(
                    set.view().set().contains(Value::integer(i)),
                    i >= 0 && i < 2 * count && i % 2 == 0);
        }
    }

    void recordsRefuseAKeyThatComesTwice()
    {
        const auto repeated = Record::create({{"a", Value::integer(1)}, {"a", Value::integer(1)}});
        QCOMPARE(
            countersign::testing::outcomeOf(repeated),
            QStringLiteral("conflict cedar.duplicate_key"));
    }

    void recordsFindTheirKeys()
    {
        const Record found = record({{"b", Value::integer(2)}, {"", Value::integer(0)}});
        QCOMPARE(found.find(Name("b"))->integer(), 2);
        QCOMPARE(found.find("")->integer(), 0);
        QVERIFY(found.find("c") == nullptr);
        QVERIFY(found.find(Name("a")) == nullptr);
    }

    void writesTextAndJson_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("json");
        const auto row =
            [](const char* name, const char* expression, const char* text, const char* json) {
                QTest::newRow(name) << QString::fromUtf8(expression) << QString::fromUtf8(text)
                                    << QString::fromUtf8(json);
            };
        row("string", "\"a\\n\\u{200b}\\\"\"", "\"a\\n\\u{200b}\\\"\"", "\"a\\n\xE2\x80\x8B\\\"\"");
        row("uid", "A::B::\"x\"", "A::B::\"x\"", R"({"__entity":{"id":"x","type":"A::B"}})");
        row("set", "[2, 1, 2]", "[1, 2]", "[1,2]");
        row("record", "{b: 1, \"a b\": 2}", "{\"a b\": 2, b: 1}", R"({"a b":2,"b":1})");
        row("decimal",
            "decimal(\"01.50\")",
            "decimal(\"1.5\")",
            R"({"__extn":{"arg":"1.5","fn":"decimal"}})");
        row("far time",
            "datetime(\"1970-01-01\").offset(duration(\"9223372036854775807ms\"))",
            "datetime(\"1970-01-01\").offset(duration(\"106751991167d7h12m55s807ms\"))",
            R"({"__extn":{"args":[{"__extn":{"arg":"1970-01-01","fn":"datetime"}},)"
            R"({"__extn":{"arg":"106751991167d7h12m55s807ms","fn":"duration"}}],"fn":"offset"}})");
    }

    void writesTextAndJson()
    {
        QFETCH(const QString, expression);
        QFETCH(const QString, text);
        QFETCH(const QString, json);
        const Policy policy = policyWhen(expression.toStdString());
        const Value value = must(evaluateExpression(
            policy.expressions, policy.conditions.front().body, EntityStore(), request()));
        QCOMPARE(QString::fromStdString(valueText(value)), text);
        QCOMPARE(QString::fromStdString(valueJson(value).dump()), json);
        QCOMPARE(QString::fromStdString(valueOf(valueText(value))), text);
    }

    void namesTypesOnlyInNormalForm_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("isPath");
        const auto row = [](const char* type, bool isPath) {
            QTest::newRow(type) << QString::fromUtf8(type) << isPath;
        };
        row("User", true);
        row("_a::B9::principal", true);
        row("permit", true);
        row("", false);
        row("A::", false);
        row("::A", false);
        row("A:: B", false);
        row("A:B", false);
        row("9A", false);
        row("in::A", false);
        row("A::__cedar", false);
        row("__cedar_x", true);
        row("\xC3\x84", false);
    }

    void namesTypesOnlyInNormalForm()
    {
        QFETCH(const QString, type);
        QFETCH(const bool, isPath);
        QCOMPARE(isTypePath(type.toStdString()), isPath);
        QCOMPARE(EntityUid::create(type.toStdString(), "x").ok(), isPath);
    }
};

QTEST_GUILESS_MAIN(TestCedarValue)
#include "tst_cedar_value.moc"
