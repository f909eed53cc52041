#include "planes/control/cedar/explain.h"
#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QTest>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;

namespace {

EntityStore people()
{
    EntityStore store;
    Entity ann = entity(uid("User", "ann"), {uid("Group", "staff")});
    ann.attributes = record({{"level", Value::integer(2)}, {"active", Value::boolean(true)}});
    must(store.put(ann));
    return store;
}

PolicyExplanation explained(const std::string& policy)
{
    const PolicySet set = must(PolicySet::parse(policy));
    const Record context = record({{"n", Value::integer(3)}, {"mfa", Value::boolean(false)}});
    return must(explainPolicy(set, "policy0", people(), request("ann", context)));
}

/// `text | expression = value, expression ! problem`
std::string summary(const PolicyExplanation& explanation)
{
    std::string text(outcomeName(explanation.outcome));
    text += explanation.isUnless ? " unless " : " ";
    text += explanation.text;
    for (const ObservedValue& value : explanation.values)
        text +=
            " | " + value.expression + (value.value ? " = " + *value.value : " ! " + value.problem);
    return text;
}

} // namespace

class TestCedarExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatDecided_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("summary");
        const auto row = [](const char* name, const char* policy, const char* summary) {
            QTest::newRow(name) << QString::fromUtf8(policy) << QString::fromUtf8(summary);
        };
        row("principal",
            "permit(principal == User::\"bob\", action, resource);",
            "scope_mismatch principal == User::\"bob\" | principal = User::\"ann\"");
        row("action",
            "permit(principal in Group::\"staff\", action in [Action::\"a\", Action::\"b\"], "
            "resource);",
            "scope_mismatch action in [Action::\"a\", Action::\"b\"] | action = Action::\"view\"");
        row("resource",
            "permit(principal, action, resource is File);",
            "scope_mismatch resource is File | resource = Doc::\"d\"");
        row("operand of and",
            "permit(principal, action, resource) when { principal.active && principal.level >= "
            "context.n && context.mfa };",
            "not_satisfied principal.level >= context.n | principal.level = 2 | context.n = 3");
        row("second condition",
            "permit(principal, action, resource) when { principal.active } when { context.mfa };",
            "not_satisfied context.mfa | context.mfa = false");
        row("unless",
            "permit(principal, action, resource) unless { context.mfa || principal.level == 2 };",
            "not_satisfied unless principal.level == 2 | principal.level = 2");
        row("not",
            "permit(principal, action, resource) when { !(context.mfa || principal.active) };",
            "not_satisfied principal.active | principal.active = true");
        row("or",
            "permit(principal, action, resource) when { context.mfa || context.n < 2 };",
            "not_satisfied context.mfa || context.n < 2 | context.mfa = false | context.n = 3");
        row("satisfied",
            "permit(principal, action, resource) when { principal.active && context has n };",
            "satisfied  | principal.active = true | context = {mfa: false, n: 3}");
        row("erred",
            "permit(principal, action, resource) when { context.n + principal.nope == 3 };",
            "erred principal.nope | principal.nope ! the entity User::\"ann\" has no attribute "
            "\"nope\"");
        row("no bool",
            "permit(principal, action, resource) when { context.n };",
            "erred context.n | context.n = 3");
    }

    void saysWhatDecided()
    {
        QFETCH(const QString, policy);
        QTEST(QString::fromStdString(summary(explained(policy.toStdString()))), "summary");
    }

    void pointsIntoTheText()
    {
        const PolicyExplanation explanation = explained(
            "permit(principal, action, resource)\nwhen { principal.active &&\n  context.mfa };");
        QCOMPARE(explanation.position.line, 3U);
        QCOMPARE(explanation.position.column, 3U);
    }

    void explainsLinksWithTheirValues()
    {
        PolicyDocument document;
        document.policies =
            must(readPolicies("forbid(principal in ?principal, action, resource);"));
        document.links = {{"policy0", "l", uid("Group", "other"), {}}};
        const PolicySet set = must(PolicySet::create(document));
        const auto explanations = explain(set, people(), request());
        QCOMPARE(explanations.size(), std::size_t{1});
        QCOMPARE(explanations.front().id, std::string("l"));
        QCOMPARE(explanations.front().templateId, std::string("policy0"));
        QCOMPARE(explanations.front().text, std::string("principal in Group::\"other\""));
        QCOMPARE(explanations.front().effect, Effect::Forbid);
    }

    void knowsOnlyPoliciesThatDecide()
    {
        const PolicySet set =
            must(PolicySet::parse("permit(principal == ?principal, action, resource);"));
        QCOMPARE(
            countersign::testing::outcomeOf(explainPolicy(set, "policy0", people(), request())),
            QStringLiteral("not_found cedar.policy_id"));
    }

    void staysShortForLargeValuesAndConditions()
    {
        std::string condition = "true";
        for (int i = 0; i < 300; ++i)
            condition += " && context.n != -" + std::to_string(i + 1);
        condition += " && [" + repeated("\"\xC3\xA4\", ", 900) + "\"x\"] == context.n";
        const PolicyExplanation explanation =
            explained("permit(principal, action, resource) when { " + condition + " };");
        QCOMPARE(explanation.outcome, PolicyOutcome::NotSatisfied);
        QCOMPARE(explanation.values.size(), std::size_t{1});
        std::string many = "false";
        for (std::size_t i = 0; i < 2 * kObservedCountMax; ++i)
            many += " || context has a" + std::to_string(i) + " && context.a" + std::to_string(i);
        QCOMPARE(
            explained("permit(principal, action, resource) when { " + many + " };").values.size(),
            kObservedCountMax);
    }
};

QTEST_GUILESS_MAIN(TestCedarExplain)
#include "tst_cedar_explain.moc"
