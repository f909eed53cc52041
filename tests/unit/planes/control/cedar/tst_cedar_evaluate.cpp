#include "planes/control/cedar/detail/evaluator.h"
#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

/// Plain dynamic programming over characters: slow and obviously right.
bool matchesSlowly(const std::string& text, const std::vector<std::string>& runs)
{
    std::string pattern;
    for (std::size_t i = 0; i < runs.size(); ++i)
        pattern += (i > 0 ? "*" : "") + runs[i];
    std::vector<bool> reached(text.size() + 1, false);
    reached[0] = true;
    for (const char c : pattern) {
        std::vector<bool> next(text.size() + 1, false);
        bool isBehind = false;
        for (std::size_t i = 0; i <= text.size(); ++i) {
            isBehind = isBehind || reached[i];
            if (c == '*')
                next[i] = isBehind;
            else if (i > 0)
                next[i] = reached[i - 1] && text[i - 1] == c;
        }
        reached = next;
    }
    return reached.back();
}

} // namespace

class TestCedarEvaluate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressionsHaveValues_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* expression, const char* value) {
            QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(value);
        };
        row("[principal, User::\"ann\", 1]", "[1, User::\"ann\"]");
        row("{a: principal, b: {c: [context]}}", "{a: User::\"ann\", b: {c: [{}]}}");
        row("[context, {}].contains({})", "true");
        row("ip(if true then \"10.0.0.1\" else \"\").isInRange(ip(\"10.0.0.0/8\"))", "true");
        row("-9223372036854775808 - 0", "-9223372036854775808");
        row("(false || true) && (true && (true && false))", "false");
        row("{a: {b: 1}} has a.b", "true");
        row("{a: 1} has b.c", "false");
        row("principal has a", "false");
        row("principal is User in [User::\"ann\"]", "true");
        row("principal is Group in 1", "false");
        row("duration(\"-1ms\") < duration(\"0ms\")", "true");
        row("User::\"ann\".hasTag(\"x\")", "false");
    }

    void expressionsHaveValues()
    {
        QFETCH(const QString, expression);
        QTEST(QString::fromStdString(valueOf(expression.toStdString())), "value");
    }

    void errorsSayWhatIsWrong_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* expression, const char* message) {
            QTest::newRow(expression)
                << QString::fromUtf8(expression) << QString::fromUtf8(message);
        };
        row("9223372036854775807 + 1", "the result does not fit 64 bits");
        row("-(-9223372036854775808)", "the result does not fit 64 bits");
        row("-9223372036854775808 * -1", "the result does not fit 64 bits");
        row("1 + \"a\"", "a value of type long is needed, not string");
        row("true && 1", "a value of type bool is needed, not long");
        row("if 1 then 2 else 3", "a value of type bool is needed, not long");
        row("\"a\" < \"b\"", "values of type string cannot be ordered");
        row("datetime(\"1970-01-01\") < duration(\"1d\")",
            "a value of type datetime is needed, not duration");
        row("principal.name", "the entity User::\"ann\" does not exist");
        row("context.name", "the record has no attribute \"name\"");
        row("1.a", "a value of type long has no attributes");
        row("1 has a", "a value of type long has no attributes");
        row("{a: 1} has a.b", "a value of type long has no attributes");
        row("principal.getTag(\"a\")", "the entity User::\"ann\" does not exist");
        row("principal in [User::\"ann\", 1]", "a value of type entity is needed, not long");
        row("principal in 1", "in needs an entity or a set of entities on its right, not long");
        row("ip(\"10.0.0.1\").isIpv4(1)", "isIpv4 takes 0 argument(s)");
        row("ip()", "ip takes 1 argument(s)");
        row("ip(\"x\")", "\"x\" is not in the form that ip reads");
        row("decimal(1)", "decimal needs a value of type string, not long");
        row("decimal(\"1.0\").lessThan(1)", "lessThan needs a value of type decimal, not long");
        row("datetime(\"9999-12-31\").offset(duration(\"9223372036854775807ms\"))",
            "the result of offset does not fit 64 bits");
    }

    void errorsSayWhatIsWrong()
    {
        QFETCH(const QString, expression);
        QFETCH(const QString, message);
        QCOMPARE(
            QString::fromStdString(valueOf(expression.toStdString())),
            QStringLiteral("error: ") + message);
    }

    void patternsMatchAsTheSlowWaySays()
    {
        std::mt19937 random(11);
        const auto word = [&random](std::size_t lengthMax) {
            std::string text;
            for (std::size_t i = random() % (lengthMax + 1); i > 0; --i)
                text += static_cast<char>('a' + random() % 2);
            return text;
        };
        int matchCount = 0;
        for (int round = 0; round < 20'000; ++round) {
            const std::string text = word(10);
            std::vector<std::string> runs;
            for (std::size_t i = 1 + random() % 4; i > 0; --i)
                runs.push_back(word(3));
            const bool expected = matchesSlowly(text, runs);
            matchCount += expected ? 1 : 0;
            QCOMPARE(cedar::detail::matchesPattern(text, runs), expected);
        }
        QVERIFY(matchCount > 1'000);
    }

    void patternsOfManyWildcardsDoNotBacktrack()
    {
        const std::string text = repeated("a", 20'000);
        std::vector<std::string> runs(2'000, "a");
        runs.emplace_back("b");
        QVERIFY(!cedar::detail::matchesPattern(text, runs));
        runs.back() = "";
        QVERIFY(cedar::detail::matchesPattern(text, runs));
    }

    void aValueOutlivesTheStoreItCameFrom()
    {
        auto store = std::make_unique<EntityStore>();
        Entity ann = entity(uid("User", "ann"));
        ann.attributes =
            record({{"list", Value::set({Value::string("x"), Value::uid(uid("User", "bob"))})}});
        must(store->put(ann));
        ann.attributes = {};
        const Policy policy = policyWhen("[principal.list, {a: principal}]");
        const Value value = must(evaluateExpression(
            policy.expressions, policy.conditions.front().body, *store, request()));
        store.reset();
        QCOMPARE(valueText(value), std::string("[[\"x\", User::\"bob\"], {a: User::\"ann\"}]"));
    }
};

QTEST_GUILESS_MAIN(TestCedarEvaluate)
#include "tst_cedar_evaluate.moc"
