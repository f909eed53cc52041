#include "planes/control/cedar/est.h"
#include "planes/control/cedar/print.h"
#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QTest>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;
using countersign::testing::outcomeOf;

namespace {

Json policyWith(const char* member, const char* value)
{
    Json json = policyJson(onePolicy("permit(principal, action, resource);"));
    json[member] = parseJson(value, kPolicyJsonLimits).value();
    return json;
}

Json policyWithBody(const Json& body)
{
    Json json = policyJson(onePolicy("permit(principal, action, resource) when { true };"));
    json["conditions"][0]["body"] = body;
    return json;
}

/// `wrap(wrap(… {"Value": true}))`
template <class Wrap>
Json nested(std::size_t count, Wrap wrap)
{
    Json body{{"Value", true}};
    for (std::size_t i = 0; i < count; ++i)
        body = wrap(std::move(body));
    return body;
}

} // namespace

class TestCedarEst : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textSurvivesJsonAndBack_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* text) {
            QTest::newRow(text) << QString::fromUtf8(text);
        };
        row("true && false || !true");
        row("(true || false) && true");
        row("true && (false && true)");
        row("1 - (2 - 3) * -4 == -(1)");
        row("!(!(!(!(!true)))) == !!!!false");
        row("--1 == -(-1)");
        row("-(-(-(-(-1)))) == - - - -1");
        row("!(-1 == 1)");
        row("-(-9223372036854775808) < 0");
        row("-1.a");
        row("(-1).a");
        row("(1 == 2) == (3 < 4)");
        row("(if true then 1 else 2) + 3 == 4");
        row("if if true then true else false then true else if true then true else true");
        row("(principal is A in B::\"b\") == true");
        row("(principal in [A::\"a\", A::\"b\"]) && principal is A");
        row("context has a.b.c && context has \"a b\"");
        row("context[\"if\"].then_[\"a\\\"b\"]");
        row("\"a*b\" like \"a\\*b*\\\\*\"");
        row("{b: 1, \"a b\": [], if_: {}}.b == 1");
        row("ip(\"a\", 1).isIpv4(2) || ip()");
        row("datetime(\"x\").offset(duration(\"y\")).toDate() < 1");
        row("[1].containsAll([]) && [].isEmpty() && principal.getTag(\"a\").hasTag(\"b\")");
        row("\"\\0\\n\\u{200b}\\u{fe0f}\\u{10ffff}\" == \"\"");
    }

    void textSurvivesJsonAndBack()
    {
        QFETCH(const QString, text);
        const Policy policy = policyWhen(text.toStdString());
        const Policy fromJson = must(policyFromJson(policyJson(policy), "x"));
        QVERIFY(isSamePolicy(policy, fromJson));
        QVERIFY2(
            isSamePolicy(policy, onePolicy(policyText(fromJson))), policyText(fromJson).c_str());
        QCOMPARE(policyText(onePolicy(policyText(policy))), policyText(policy));
    }

    void refusesWhatIsNoPolicy_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("outcome");
        const auto row =
            [](const char* name, const char* member, const char* value, const char* outcome) {
                QTest::newRow(name) << QString::fromUtf8(member) << QString::fromUtf8(value)
                                    << QString::fromUtf8(outcome);
            };
        const char* const kPolicy = "invalid_input cedar.policy_json";
        row("effect", "effect", "\"allow\"", kPolicy);
        row("unknown member", "advice", "[]", "invalid_input additionalProperties");
        row("operator", "principal", R"({"op":"!="})", kPolicy);
        row("All and more", "principal", R"({"op":"All","entity":{"type":"A","id":"a"}})", kPolicy);
        row("no entity", "principal", R"({"op":"=="})", kPolicy);
        row("entity and slot",
            "principal",
            R"({"op":"==","entity":{"type":"A","id":"a"},"slot":"?principal"})",
            kPolicy);
        row("foreign slot", "principal", R"({"op":"==","slot":"?resource"})", kPolicy);
        row("slot of action", "action", R"({"op":"==","slot":"?action"})", kPolicy);
        row("action of another type",
            "action",
            R"({"op":"==","entity":{"type":"A","id":"a"}})",
            kPolicy);
        row("action is", "action", R"({"op":"is","entity_type":"Action"})", kPolicy);
        row("list of principals",
            "principal",
            R"({"op":"in","entities":[{"type":"A","id":"a"}]})",
            kPolicy);
        row("type", "resource", R"({"op":"is","entity_type":"A:: B"})", kPolicy);
        row("is and more",
            "resource",
            R"({"op":"is","entity_type":"A","slot":"?resource"})",
            kPolicy);
        row("conditions", "conditions", "{}", "invalid_input type");
        row("kind of condition",
            "conditions",
            R"([{"kind":"while","body":{"Value":true}}])",
            kPolicy);
        row("two operators",
            "conditions",
            R"([{"kind":"when","body":{"Value":true,"Var":"context"}}])",
            kPolicy);
        row("unknown operator", "conditions", R"([{"kind":"when","body":{"%":{}}}])", kPolicy);
        row("unknown variable",
            "conditions",
            R"([{"kind":"when","body":{"Var":"user"}}])",
            kPolicy);
        row("slot", "conditions", R"([{"kind":"when","body":{"Slot":"?principal"}}])", kPolicy);
        row("null", "conditions", R"([{"kind":"when","body":{"Value":null}}])", kPolicy);
        row("fraction", "conditions", R"([{"kind":"when","body":{"Value":1.5}}])", kPolicy);
        row("too large",
            "conditions",
            R"([{"kind":"when","body":{"Value":9223372036854775808}}])",
            "invalid_input type");
        row("one side",
            "conditions",
            R"([{"kind":"when","body":{"==":{"left":{"Value":1}}}}])",
            "invalid_input required");
        row("three sides",
            "conditions",
            R"([{"kind":"when","body":{"==":{"left":{"Value":1},"right":{"Value":1},"more":1}}}])",
            "invalid_input additionalProperties");
        row("method without object",
            "conditions",
            R"([{"kind":"when","body":{"isIpv4":[]}}])",
            kPolicy);
        row("odd names after has",
            "conditions",
            R"([{"kind":"when","body":{"has":{"left":{"Var":"context"},"attr":["a b","c"]}}}])",
            kPolicy);
        row("no names after has",
            "conditions",
            R"([{"kind":"when","body":{"has":{"left":{"Var":"context"},"attr":[]}}}])",
            kPolicy);
        row("annotation key", "annotations", R"({"a b":"c"})", kPolicy);
    }

    void refusesWhatIsNoPolicy()
    {
        QFETCH(const QString, member);
        QFETCH(const QString, value);
        const auto policy = policyFromJson(
            policyWith(member.toUtf8().constData(), value.toUtf8().constData()), "x");
        QTEST(outcomeOf(policy), "outcome");
        QVERIFY(
            QString::fromStdString(policy.error().pointer).startsWith(QLatin1Char('/') + member)
            || policy.error().pointer.empty());
    }

    void literalSetsAndRecordsBecomeExpressions()
    {
        const Json body =
            parseJson(R"({"==":{"left":{"Value":[1,{"a":{"__extn":{"fn":"ip","arg":"::1"}}}]},)"
                      R"("right":{"Value":{"__entity":{"type":"A","id":"x"}}}}})")
                .value();
        const Policy policy = must(policyFromJson(policyWithBody(body), "x"));
        QVERIFY(isSamePolicy(policy, policyWhen("[1, {a: ip(\"::1\")}] == A::\"x\"")));
    }

    void deepJsonIsRefusedOrBecomesTextThatReadsBack_data()
    {
        QTest::addColumn<int>("shape");
        QTest::newRow("not") << 0;
        QTest::newRow("minus") << 1;
        QTest::newRow("and on the left") << 2;
        QTest::newRow("and on the right") << 3;
        QTest::newRow("sets") << 4;
        QTest::newRow("records") << 5;
        QTest::newRow("calls") << 6;
        QTest::newRow("attributes") << 7;
        QTest::newRow("literal sets") << 8;
    }

    void deepJsonIsRefusedOrBecomesTextThatReadsBack()
    {
        QFETCH(const int, shape);
        const auto wrap = [shape](Json inner) -> Json {
            const Json leaf{{"Value", true}};
            switch (shape) {
            case 0:
                return {{"!", {{"arg", std::move(inner)}}}};
            case 1:
                return {{"neg", {{"arg", std::move(inner)}}}};
            case 2:
                return {{"&&", {{"left", std::move(inner)}, {"right", leaf}}}};
            case 3:
                return {{"&&", {{"left", leaf}, {"right", std::move(inner)}}}};
            case 4:
                return {{"Set", Json::array({std::move(inner)})}};
            case 5:
                return {{"Record", {{"a", std::move(inner)}}}};
            case 6:
                return {{"ip", Json::array({std::move(inner)})}};
            case 7:
                return {{".", {{"left", std::move(inner)}, {"attr", "a"}}}};
            default:
                return {{"Value", Json::array({inner.at("Value")})}};
            }
        };
        bool isRefusedOnce = false;
        for (const std::size_t depth :
             {std::size_t{1},
              std::size_t{4},
              std::size_t{5},
              kNestingDepthMax - 2,
              kNestingDepthMax - 1,
              kNestingDepthMax,
              kNestingDepthMax + 1,
              std::size_t{kExpressionHeightMax} - 1,
              std::size_t{kExpressionHeightMax},
              4 * kNestingDepthMax,
              std::size_t{3'000}}) {
            const auto policy = policyFromJson(policyWithBody(nested(depth, wrap)), "x");
            if (!policy.ok()) {
                QCOMPARE(outcomeOf(policy), QStringLiteral("limit_exceeded cedar.depth"));
                isRefusedOnce = true;
                continue;
            }
            QVERIFY(!isRefusedOnce);
            const auto again = readPolicies(policyText(*policy));
            QVERIFY2(again.ok(), std::to_string(depth).c_str());
            QVERIFY(isSamePolicy(*policy, again->front()));
            const std::string bytes = policyJson(*policy).dump();
            QVERIFY(parseJson(bytes, kPolicyJsonLimits).ok());
        }
        QVERIFY(isRefusedOnce);
    }

    void theDeepestTextBecomesJsonThatReadsBack_data()
    {
        QTest::addColumn<QString>("front");
        QTest::addColumn<QString>("back");
        QTest::newRow("signs") << QStringLiteral("!!!!(") << QStringLiteral(")");
        QTest::newRow("minus") << QStringLiteral("----(") << QStringLiteral(")");
        QTest::newRow("records") << QStringLiteral("{a:") << QStringLiteral("}");
        QTest::newRow("if") << QStringLiteral("if true then true else (") << QStringLiteral(")");
        QTest::newRow("sums") << QStringLiteral("1 + (") << QStringLiteral(")");
    }

    void theDeepestTextBecomesJsonThatReadsBack()
    {
        QFETCH(const QString, front);
        QFETCH(const QString, back);
        std::size_t deepest = 0;
        for (std::size_t depth = 1; depth <= kNestingDepthMax; ++depth) {
            const auto policies = readPolicies(
                "permit(principal, action, resource) when { " + repeated(front.toStdString(), depth)
                + "true" + repeated(back.toStdString(), depth) + " };");
            if (!policies.ok())
                break;
            deepest = depth;
            if (depth % 10 != 0 && depth + 3 < kNestingDepthMax / 2)
                continue;
            const auto again = policyFromJson(policyJson(policies->front()), "x");
            QVERIFY2(again.ok(), std::to_string(depth).c_str());
            QVERIFY(isSamePolicy(policies->front(), *again));
        }
        QVERIFY(deepest > 100);
    }

    void theLongestChainBecomesJsonThatReadsBack()
    {
        const Policy policy = policyWhen(repeated("true && ", kExpressionHeightMax - 1) + "true");
        QVERIFY(isSamePolicy(policy, must(policyFromJson(policyJson(policy), "x"))));
    }

    void setsKeepPoliciesTemplatesAndLinks()
    {
        PolicyDocument document;
        document.policies = must(
            readPolicies("permit(principal == ?principal, action, resource in ?resource);"
                         "@note permit(principal, action, resource) unless { context has a };"));
        document.links = {
            {"policy0", "link", uid("User", "ann"), uid("Doc", "d")},
        };
        const Json json = policySetJson(document);
        const PolicyDocument again = must(policySetFromJson(json));
        QCOMPARE(policySetJson(again).dump(), json.dump());
        QCOMPARE(again.policies.size(), std::size_t{2});
        QVERIFY(again.links == document.links);
        QVERIFY(must(linksFromJson(linksJson(document.links))) == document.links);
    }

    void setsRefuseTemplatesAmongPolicies()
    {
        Json json = Json::object();
        json["staticPolicies"]["a"] =
            policyJson(onePolicy("permit(principal == ?principal, action, resource);"));
        QCOMPARE(
            outcomeOf(policySetFromJson(json)), QStringLiteral("invalid_input cedar.policy_json"));
        Json other = Json::object();
        other["templates"]["a"] = policyJson(onePolicy("permit(principal, action, resource);"));
        QCOMPARE(
            outcomeOf(policySetFromJson(other)), QStringLiteral("invalid_input cedar.policy_json"));
    }
};

QTEST_GUILESS_MAIN(TestCedarEst)
#include "tst_cedar_est.moc"
