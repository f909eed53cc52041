#include "planes/control/cedar/print.h"
#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QTest>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

constexpr std::size_t kHostileCount = 100'000;

std::string permitWhen(const std::string& expression)
{
    return "permit(principal, action, resource) when { " + expression + " };";
}

} // namespace

class TestCedarParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesHostileNesting_data()
    {
        QTest::addColumn<QString>("front");
        QTest::addColumn<QString>("middle");
        QTest::addColumn<QString>("back");
        const auto row =
            [](const char* name, const char* front, const char* middle, const char* back) {
                QTest::newRow(name) << QString::fromUtf8(front) << QString::fromUtf8(middle)
                                    << QString::fromUtf8(back);
            };
        row("parentheses", "(", "true", ")");
        row("parentheses never closed", "(", "", "");
        row("parentheses only closed", "", "true", ")");
        row("not", "!", "true", "");
        row("not and parentheses", "!(", "true", ")");
        row("minus", "-", "1", "");
        row("minus and parentheses", "-(", "1", ")");
        row("if in if", "if ", "true", " then true else true");
        row("if in then", "if true then ", "true", " else true");
        row("if in else", "if true then true else ", "true", "");
        row("sets", "[", "", "]");
        row("sets never closed", "[", "", "");
        row("records", "{a:", "1", "}");
        row("records never closed", "{a:", "", "");
        row("calls", "ip(", "\"x\"", ")");
        row("and", "true && ", "true", "");
        row("or", "false || ", "true", "");
        row("plus", "1 + ", "1", "");
        row("times", "1 * ", "1", "");
        row("attributes", "", "context", ".a");
        row("indexes", "", "context", "[\"a\"]");
        row("methods", "", "[]", ".contains(1)");
        row("method arguments", "[].contains(", "1", ")");
        row("has", "", "context has a", ".a");
        row("path", "A::", "\"x\"", "");
        row("comparisons", "1 < ", "1", "");
        row("set elements", "", "[1", ",1");
        row("annotations", "", "true }; @a ", "@a ");
    }

    void survivesHostileNesting()
    {
        QFETCH(const QString, front);
        QFETCH(const QString, middle);
        QFETCH(const QString, back);
        const std::string text = permitWhen(
            repeated(front.toStdString(), kHostileCount) + middle.toStdString()
            + repeated(back.toStdString(), kHostileCount));
        ParsedPolicies parsed = parsePolicies(text);
        if (parsed.ok()) {
            // What is accepted can also be compiled, written and evaluated.
            const PolicySet set = must(PolicySet::create({parsed.policies, {}}));
            QVERIFY(
                must(readPolicies(policiesText(parsed.policies))).size() == parsed.policies.size());
            QVERIFY(authorize(set, EntityStore(), request()).errors.size() <= 1);
        } else {
            QVERIFY(!parsed.errors.front().message.empty());
            QVERIFY(parsed.errors.size() <= kSyntaxErrorCountMax);
        }
    }

    void acceptsNestingUpToItsLimit()
    {
        const auto nested = [](std::size_t count) {
            return permitWhen(repeated("(", count) + "true" + repeated(")", count));
        };
        QVERIFY(parsePolicies(nested(kNestingDepthMax - 1)).ok());
        const ParsedPolicies parsed = parsePolicies(nested(kNestingDepthMax));
        QCOMPARE(parsed.errors.size(), std::size_t{1});
        QVERIFY(parsed.errors.front().message.find("nested") != std::string::npos);
    }

    void acceptsChainsUpToItsLimit()
    {
        const auto chain = [](std::size_t count) {
            return permitWhen(repeated("true && ", count) + "true");
        };
        QVERIFY(parsePolicies(chain(kExpressionHeightMax - 1)).ok());
        QVERIFY(!parsePolicies(chain(kExpressionHeightMax)).ok());
    }

    void readsManyPolicies()
    {
        const auto policies = readPolicies(repeated("permit(principal,action,resource);", 20'000));
        QVERIFY(policies.ok());
        QCOMPARE(policies->size(), std::size_t{20'000});
        QCOMPARE(policies->back().id, std::string("policy19999"));
    }

    void refusesTextThatIsTooLongOrNotUtf8()
    {
        QCOMPARE(
            countersign::testing::outcomeOf(readPolicies(std::string(kTextByteCountMax + 1, ' '))),
            QStringLiteral("limit_exceeded cedar.size"));
        QCOMPARE(
            countersign::testing::outcomeOf(
                readPolicies("permit(principal,action,resource); // \xFF")),
            QStringLiteral("invalid_input cedar.utf8"));
        QVERIFY(!parsePolicies("\xC3").ok());
    }

    void saysWhereAndWhy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("fragment");
        const auto row =
            [](const char* name, const char* text, const char* place, const char* fragment) {
                QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(place)
                                    << QString::fromUtf8(fragment);
            };
        row("no semicolon",
            "permit(principal, action, resource)",
            "line 1 column 36",
            "a semicolon ends every policy");
        row("wrong order",
            "permit(principal, resource, action);",
            "line 1 column 19",
            "in this order");
        row("assignment",
            "permit(principal = User::\"a\", action, resource);",
            "line 1 column 18",
            "equality is written ==");
        row("if as operand",
            "permit(principal, action, resource)\nwhen { true && if true then true else true };",
            "line 2 column 16",
            "needs parentheses");
        row("columns count characters",
            "permit(principal, action, resource) when { \"\xC3\xA4\xF0\x9F\x98\x80\" == x };",
            "line 1 column 52",
            "there is no variable x");
        row("chained comparison",
            "permit(principal, action, resource) when { 1 < 2 < 3 };",
            "line 1 column 50",
            "cannot be chained");
        row("slot in condition",
            "permit(principal, action, resource) when { ?principal == 1 };",
            "line 1 column 44",
            "slots belong into the scope");
        row("foreign slot",
            "permit(principal == ?resource, action, resource);",
            "line 1 column 21",
            "the slot of principal is ?principal");
        row("escape",
            "permit(principal, action, resource) when { \"a\\q\" == \"\" };",
            "line 1 column 44",
            "there is no escape \\q");
        row("open string",
            "permit(principal, action, resource) when { \"a };",
            "line 1 column 44",
            "closing quote");
        row("reserved attribute",
            "permit(principal, action, resource) when { context.if };",
            "line 1 column 52",
            "[\"if\"]");
        row("no action",
            "permit(principal, action == User::\"a\", resource);",
            "line 1 column 38",
            "no action");
        row("too large",
            "permit(principal, action, resource) when { 1 == 9223372036854775808 };",
            "line 1 column 49",
            "9223372036854775807");
        row("single ampersand",
            "permit(principal, action, resource) when { true & true };",
            "line 1 column 49",
            "&&");
        row("method as function",
            "permit(principal, action, resource) when { contains([1], 1) };",
            "line 1 column 44",
            "x.contains(");
    }

    void saysWhereAndWhy()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, place);
        QFETCH(const QString, fragment);
        const ParsedPolicies parsed = parsePolicies(text.toStdString());
        QCOMPARE(parsed.errors.size(), std::size_t{1});
        const QString described = QString::fromStdString(parsed.errors.front().describe());
        QVERIFY2(described.startsWith(place + QLatin1Char(':')), qPrintable(described));
        QVERIFY2(described.contains(fragment), qPrintable(described));
        const auto refused = readPolicies(text.toStdString());
        QCOMPARE(QString::fromStdString(refused.error().pointer), place);
    }

    void reportsTheErrorsOfEveryPolicy()
    {
        const ParsedPolicies parsed =
            parsePolicies("permit(principal, action);\n"
                          "permit(principal, action, resource);\n"
                          "forbid(principal, action, resource) when { 1 +; 2 };\n"
                          "@a(\"x\") @a(\"y\") permit(principal, action, resource);\n"
                          "forbid(principal, action, resource);\n");
        QCOMPARE(parsed.errors.size(), std::size_t{3});
        QCOMPARE(parsed.errors[0].position.line, 1U);
        QCOMPARE(parsed.errors[1].position.line, 3U);
        QCOMPARE(parsed.errors[2].position.line, 4U);
        QCOMPARE(parsed.policies.size(), std::size_t{2});
        QCOMPARE(parsed.policies[0].id, std::string("policy1"));
        QCOMPARE(parsed.policies[1].id, std::string("policy4"));
    }

    void namesPoliciesByTheirAnnotation()
    {
        auto policies = must(readPolicies("@id(\"x\") permit(principal, action, resource); "
                                          "forbid(principal, action, resource);"));
        QVERIFY(nameByAnnotation(policies).ok());
        QCOMPARE(policies[0].id, std::string("x"));
        QCOMPARE(policies[1].id, std::string("policy1"));
        auto same = must(readPolicies(
            "@id(\"policy1\") permit(principal, action, resource); forbid(principal, action, "
            "resource);"));
        QCOMPARE(
            countersign::testing::outcomeOf(nameByAnnotation(same)),
            QStringLiteral("conflict cedar.policy_id"));
    }

    void everyPrefixAndEveryLostByteIsHandled()
    {
        const std::string text =
            "@id(\"x\\u{1F600}\")\nforbid (principal is A::B in ?principal, action in "
            "[Action::\"a\", N::Action::\"b\"],\nresource == R::\"\xC3\xA4\")\n"
            "when { if [1, -2].contains(- 3) then {a: \"b\", \"c d\": ip(\"::1\")}.a like "
            "\"*\\*\" else context has a.b }\nunless { !(principal.x[\"y\"] is C in [D::\"e\"]) };";
        QVERIFY(parsePolicies(text).ok());
        for (std::size_t i = 0; i < text.size(); ++i) {
            static_cast<void>(parsePolicies(text.substr(0, i)));
            std::string without = text;
            without.erase(i, 1);
            const ParsedPolicies parsed = parsePolicies(without);
            for (const Policy& policy : parsed.policies)
                QVERIFY(isSamePolicy(policy, onePolicy(policyText(policy))));
        }
    }
};

QTEST_GUILESS_MAIN(TestCedarParse)
#include "tst_cedar_parse.moc"
