#include "planes/control/cedar/explain.h"
#include "planes/control/cedar/print.h"
#include "tests/unit/planes/control/cedar/cedar_fixture.h"

#include <QTest>

#include <random>

using namespace countersign;
using namespace countersign::cedar;
using namespace countersign::cedar::test;
using countersign::testing::outcomeOf;

namespace {

PolicySet setOf(const std::string& text, std::vector<TemplateLink> links = {})
{
    PolicyDocument document{must(readPolicies(text)), std::move(links)};
    must(nameByAnnotation(document.policies));
    return must(PolicySet::create(std::move(document)));
}

/// `allow a b`, `deny`, `deny a !c`: decision, reasons, then the ids of errors.
std::string answerText(const Answer& answer)
{
    std::string text(decisionName(answer.decision));
    for (const std::string& reason : answer.reasons)
        text += ' ' + reason;
    for (const PolicyError& error : answer.errors)
        text += " !" + error.policyId;
    return text;
}

std::string decided(const std::string& policies)
{
    return answerText(authorize(setOf(policies), EntityStore(), request()));
}

} // namespace

class TestCedarAuthorize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<QString>("policies");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char* policies, const char* answer) {
            QTest::newRow(answer) << QString::fromUtf8(policies) << QString::fromUtf8(answer);
        };
        row("", "deny");
        row("@id(\"b\") permit(principal, action, resource);"
            "@id(\"a\") permit(principal, action, resource);",
            "allow a b");
        row("@id(\"p\") permit(principal, action, resource);"
            "@id(\"f\") forbid(principal, action, resource);",
            "deny f");
        row("@id(\"p\") permit(principal, action, resource);"
            "@id(\"f\") forbid(principal, action, resource) when { context.x };",
            "allow p !f");
        row("@id(\"f\") forbid(principal, action, resource);"
            "@id(\"e\") permit(principal, action, resource) when { 1 };",
            "deny f !e");
        row("@id(\"s\") forbid(principal == User::\"bob\", action, resource) when { context.x };",
            "deny");
        row("@id(\"u\") permit(principal, action, resource) when { true } unless { false };",
            "allow u");
        row("@id(\"q\") permit(principal, action, resource) when { false } when { context.x };",
            "deny");
    }

    void decides()
    {
        QFETCH(const QString, policies);
        QTEST(QString::fromStdString(decided(policies.toStdString())), "answer");
    }

    void enforcementFailsClosed()
    {
        const PolicySet set =
            setOf("permit(principal, action, resource);"
                  "forbid(principal, action, resource) when { context.missing };");
        const Enforcement enforcement = enforce(set, EntityStore(), request());
        QCOMPARE(enforcement.decision, Decision::Deny);
        QVERIFY(enforcement.failedClosed);
        QCOMPARE(enforcement.answer.decision, Decision::Allow);
        QCOMPARE(enforcement.answer.errors.size(), std::size_t{1});
        const PolicyError& error = enforcement.answer.errors.front();
        QCOMPARE(error.expression, std::string("context.missing"));
        QCOMPARE(error.position.column, 80U);
        QVERIFY(error.message.find("missing") != std::string::npos);
    }

    void enforcementAllowsWhatIsAllowedWithoutError()
    {
        const Enforcement allowed =
            enforce(setOf("permit(principal, action, resource);"), EntityStore(), request());
        QCOMPARE(allowed.decision, Decision::Allow);
        QVERIFY(!allowed.failedClosed);
        const Enforcement denied = enforce(setOf(""), EntityStore(), request());
        QCOMPARE(denied.decision, Decision::Deny);
        QVERIFY(!denied.failedClosed);
    }

    void linksFillTheSlots()
    {
        const std::string text =
            "@id(\"t\") permit(principal == ?principal, action, resource in ?resource);";
        const PolicySet set = setOf(
            text,
            {{"t", "l1", uid("User", "ann"), uid("Folder", "f")},
             {"t", "l0", uid("User", "ann"), uid("Doc", "d")},
             {"t", "l2", uid("User", "bob"), uid("Doc", "d")}});
        EntityStore entities;
        must(entities.put(entity(uid("Doc", "d"), {uid("Folder", "f")})));
        QCOMPARE(answerText(authorize(set, entities, request())), std::string("allow l0 l1"));
        QCOMPARE(set.size(), std::size_t{3});
        QVERIFY(set.deciding("t") == nullptr);
        QCOMPARE(set.deciding("l1")->id, std::string("t"));
        QVERIFY(set.find("l1") == nullptr);
    }

    void refusesWrongLinksAndIds_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("outcome");
        const QString link = QStringLiteral("invalid_input cedar.template_link");
        const QString id = QStringLiteral("conflict cedar.policy_id");
        QTest::newRow("no template") << 0 << link;
        QTest::newRow("static policy") << 1 << link;
        QTest::newRow("missing value") << 2 << link;
        QTest::newRow("value too much") << 3 << link;
        QTest::newRow("id of a template") << 4 << id;
        QTest::newRow("id of another link") << 5 << id;
        QTest::newRow("fits") << 6 << QStringLiteral("ok");
    }

    void refusesWrongLinksAndIds()
    {
        QFETCH(const int, which);
        PolicyDocument document;
        document.policies = must(readPolicies(
            "permit(principal == ?principal, action, resource); permit(principal, action, "
            "resource);"));
        const EntityUid ann = uid("User", "ann");
        const std::vector<std::vector<TemplateLink>> links = {
            {{"policy9", "l", ann, {}}},
            {{"policy1", "l", {}, {}}},
            {{"policy0", "l", {}, {}}},
            {{"policy0", "l", ann, ann}},
            {{"policy0", "policy0", ann, {}}},
            {{"policy0", "l", ann, {}}, {"policy0", "l", ann, {}}},
            {{"policy0", "l", ann, {}}}};
        document.links = links.at(static_cast<std::size_t>(which));
        QTEST(outcomeOf(PolicySet::create(document)), "outcome");
    }

    void theDigestIsOfTheContent()
    {
        const PolicySet set = setOf("@id(\"a\") permit(principal, action, resource);"
                                    "@id(\"b\") forbid(principal, action, resource);");
        const PolicySet same = setOf("@id(\"b\") forbid(principal,action,resource); // same\n"
                                     "@id(\"a\") permit (principal, action, resource,);");
        const PolicySet other =
            setOf("@id(\"a\") permit(principal, action, resource);"
                  "@id(\"b\") forbid(principal, action, resource) when { true };");
        QVERIFY(set.digest() == same.digest());
        QVERIFY(set.digest() != other.digest());
    }

    /// Random scopes and hierarchies: what the index skips cannot have matched.
    void theIndexSkipsNothingThatMatches()
    {
        const std::vector<std::string> users{"ann", "bob", "g1", "g2"};
        for (unsigned seed = 1; seed <= 40; ++seed) {
            std::mt19937 random(seed);
            const auto pick = [&random](const std::vector<std::string>& from) {
                return from[random() % from.size()];
            };
            const auto scope = [&](const std::string& name, const std::string& type) {
                const std::string target = type + "::\"" + pick(users) + '"';
                switch (random() % 6) {
                case 0:
                    return name + " == " + target;
                case 1:
                    return name + " in " + target;
                case 2:
                    return name == "action" ? name + " in [" + target + ", " + type + "::\"ann\"]"
                                            : name + " is " + type;
                case 3:
                    return name == "action" ? name + " in []"
                                            : name + " is " + type + " in " + target;
                default:
                    return name;
                }
            };
            std::string text;
            for (int i = 0; i < 40; ++i)
                text += (random() % 3 == 0 ? "forbid(" : "permit(") + scope("principal", "User")
                        + ", " + scope("action", "Action") + ", " + scope("resource", "Doc")
                        + (random() % 4 == 0 ? ") when { context.x };" : ");");
            EntityStore entities;
            for (const char* type : {"User", "Action", "Doc"}) {
                for (std::size_t i = 0; i + 1 < users.size(); ++i) {
                    if (random() % 2 == 0)
                        must(entities.put(entity(uid(type, users[i]), {uid(type, users[i + 1])})));
                }
            }
            const PolicySet set = must(PolicySet::parse(text));
            for (const std::string& user : users) {
                for (const std::string& doc : users) {
                    const Request asked{
                        uid("User", user), uid("Action", pick(users)), uid("Doc", doc), {}};
                    verifyAgainstExplanation(set, entities, asked);
                    if (QTest::currentTestFailed())
                        qFatal("seed %u", seed);
                }
            }
        }
    }

private:
    /// The explanation looks at every policy, without the index.
    static void verifyAgainstExplanation(
        const PolicySet& set, const EntityStore& entities, const Request& asked)
    {
        std::vector<std::string> permits;
        std::vector<std::string> forbids;
        std::vector<std::string> errors;
        for (const PolicyExplanation& one : explain(set, entities, asked)) {
            if (one.outcome == PolicyOutcome::Erred)
                errors.push_back(one.id);
            else if (one.outcome == PolicyOutcome::Satisfied)
                (one.effect == Effect::Forbid ? forbids : permits).push_back(one.id);
        }
        const Answer answer = authorize(set, entities, asked);
        QCOMPARE(answer.reasons, forbids.empty() ? permits : forbids);
        std::vector<std::string> erred;
        for (const PolicyError& error : answer.errors)
            erred.push_back(error.policyId);
        QCOMPARE(erred, errors);
    }
};

QTEST_GUILESS_MAIN(TestCedarAuthorize)
#include "tst_cedar_authorize.moc"
