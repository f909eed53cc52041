#include "planes/execution/plan_amendment.h"
#include "tests/support/fake_execution.h"
#include "tests/support/result_text.h"

#include <QTest>

#include <set>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

const Instant kNow = Instant::fromUnixSeconds(1'700'001'234);
const Person kEditor{"hugo.head", "Hugo Head", "general_counsel"};

/// Two steps with a way back; the second depends on the first.
Json original(const std::string& name = "alpha")
{
    return planDocument(
        {.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}, .humanGate = true}}, .name = name});
}

Json edited(const Json& from, const std::string& pointer, const Json& value)
{
    Json plan = from;
    plan[Json::json_pointer(pointer)] = value;
    return plan;
}

class TestPlanAmendment final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sealsTheNextRevision();
    void acceptsWhatAnEditMayTouch_data();
    void acceptsWhatAnEditMayTouch();
    void refusesWhatAnEditMayNotTouch_data();
    void refusesWhatAnEditMayNotTouch();
    void keysAreNewInEveryRevision_data();
    void keysAreNewInEveryRevision();
    void keysFollowFromTheOriginal();
    void headersAreNotTheEditors();
};

void TestPlanAmendment::sealsTheNextRevision()
{
    const Json before = original();
    const Json after =
        must(sealAmendedPlan(before, edited(before, "/steps/0/call/payload/n", 7), kEditor, kNow));
    const Json& header = after["header"];
    QCOMPARE(header["revision"].get<int>(), before["header"]["revision"].get<int>() + 1);
    QCOMPARE(textMember(header, "supersedes_sha256"), must(canonicalDigest(before)).hex());
    QCOMPARE(textMember(header, "created_at"), kNow.text());
    QVERIFY(must(parsePerson(header["created_by"])) == kEditor);
    QCOMPARE(textMember(header, "record_id"), textMember(before["header"], "record_id"));
    const Plan plan = must(parsePlan(after));
    QCOMPARE(plan.identity.revision, header["revision"].get<std::int64_t>());
    QCOMPARE(plan.steps.front().call.payload["n"].get<int>(), 7);
    QVERIFY(
        plan.steps.front().call.payloadDigest
        == must(canonicalDigest(after["steps"][0]["call"]["payload"])));
    QVERIFY(after["steps"][1]["call"] == before["steps"][1]["call"]);
}

void TestPlanAmendment::acceptsWhatAnEditMayTouch_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const char* pointer, const char* value) {
        QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value);
    };
    row("a payload", "/steps/1/call/payload", R"({"everything":"new"})");
    row("the payload of the way back", "/steps/0/compensation/call/payload/amount", "12.5");
    row("the title", "/title", "\"Another title\"");
    row("a step's title", "/steps/0/title", "\"Another title\"");
    row("a timeout", "/steps/0/timeout_ms", "9999");
    row("the window", "/not_after", "\"2023-11-15T00:00:00Z\"");
    row("the expected effects", "/steps/0/expected_effects/0/statement", "\"It is elsewhere.\"");
}

void TestPlanAmendment::acceptsWhatAnEditMayTouch()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    const Json before = original();
    const Json wish = edited(before, pointer.toStdString(), must(parseJson(value.toStdString())));
    const Json after = must(sealAmendedPlan(before, wish, kEditor, kNow));
    QVERIFY(
        after[Json::json_pointer(pointer.toStdString())] == must(parseJson(value.toStdString())));
    // It is a plan like any other, and can be edited again.
    const Json again =
        must(sealAmendedPlan(after, edited(after, "/title", "Once more"), kEditor, kNow));
    QCOMPARE(textMember(again["header"], "supersedes_sha256"), must(canonicalDigest(after)).hex());
}

void TestPlanAmendment::refusesWhatAnEditMayNotTouch_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    const auto row =
        [](const char* name, const char* pointer, const char* value, const char* outcome) {
            QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value)
                                << QString::fromLatin1(outcome);
        };
    const char* structure = "refused amendment.structure";
    const char* form = "invalid_input plan.form";
    row("nothing", "/title", "", "refused amendment.unchanged");
    row("a connector", "/steps/0/call/connector", "\"bank\"", structure);
    row("a version", "/steps/0/call/connector_version", "\"2.0\"", structure);
    row("an operation", "/steps/0/call/operation", "\"undo\"", structure);
    row("the way back", "/steps/0/compensation/call/operation", "\"apply\"", structure);
    row("the kind of way back", "/steps/0/compensation/mode", "\"none\"", structure);
    row("a gate", "/steps/1/human_gate", "false", structure);
    row("a class", "/steps/0/classes/approval", "\"A0\"", structure);
    row("an order", "/steps/1/depends_on", "[]", structure);
    row("retries", "/steps/0/retry/max_attempts", "50", structure);
    row("what happens on failure", "/on_failure", "\"continue\"", structure);
    row("a step's id", "/steps/0/step_id", "\"z\"", structure);
    row("a step less", "/steps", "[]", structure);
    row("more beside", "/note", "\"x\"", structure);
    row("more in a call", "/steps/0/call/as", "\"root\"", structure);
    row("no plan", "", "null", form);
    row("steps as text", "/steps", "\"a, b\"", form);
    row("a step as text", "/steps/0", "\"a\"", form);
    row("a call as text", "/steps/0/call", "\"apply\"", form);
    row("a call without payload", "/steps/0/call", "{}", form);
    row("a way back as text", "/steps/0/compensation", "\"no\"", form);
    row("a call back as text", "/steps/0/compensation/call", "\"undo\"", form);
    row("a call back as null", "/steps/0/compensation/call", "null", form);
    row("a window that ends before it begins",
        "/not_after",
        "\"2020-01-01T00:00:00Z\"",
        "invalid_input plan.window");
    row("a timeout as text", "/steps/0/timeout_ms", "\"long\"", form);
    row("a number nobody can sign",
        "/steps/0/call/payload/n",
        "9007199254740993",
        "invalid_input jcs.integer_range");
}

void TestPlanAmendment::refusesWhatAnEditMayNotTouch()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    const Json before = original();
    const Json wish =
        value.isEmpty()
            ? before
            : edited(before, pointer.toStdString(), must(parseJson(value.toStdString())));
    QCOMPARE(outcomeOf(sealAmendedPlan(before, wish, kEditor, kNow)), outcome);
}

void TestPlanAmendment::keysAreNewInEveryRevision_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("alpha");
    QTest::newRow("words that begin with r") << QStringLiteral("north:release:rollout");
    QTest::newRow("what looks like a mark") << QStringLiteral("rooms:r1");
    QTest::newRow("as long as can be") << QString(180, QLatin1Char('k'));
}

void TestPlanAmendment::keysAreNewInEveryRevision()
{
    QFETCH(const QString, name);
    Json plan = original(name.toStdString());
    std::set<std::string> seen;
    for (int revision = 1; revision <= 12; ++revision) {
        for (const PlanStep& step : must(parsePlan(plan)).steps) {
            QVERIFY(step.call.idempotencyKey.size() <= 200);
            QVERIFY(seen.insert(step.call.idempotencyKey).second);
        }
        plan = must(sealAmendedPlan(
            plan, edited(plan, "/steps/0/call/payload/n", revision), kEditor, kNow));
    }
    // They name their revision, and do not grow with it.
    const std::string key = textMember(plan["steps"][1], "idempotency_key");
    if (name.size() < 100)
        QCOMPARE(key, name.toStdString() + ":b:0123456789abcdef:r13");
}

void TestPlanAmendment::keysFollowFromTheOriginal()
{
    const Json before = original();
    const Json wish = edited(before, "/steps/0/idempotency_key", "somebody-elses-key:0123456789");
    const Json after = must(sealAmendedPlan(before, wish, kEditor, kNow));
    QCOMPARE(
        textMember(after["steps"][0], "idempotency_key"),
        std::string("alpha:a:0123456789abcdef:r2"));
}

void TestPlanAmendment::headersAreNotTheEditors()
{
    const Json before = original();
    Json wish = edited(before, "/title", "Another");
    wish["header"]["decision_id"] = "dec_01KRXBH9A0B2K0HR1V5EEXKCG9";
    wish["header"]["revision"] = 99;
    wish["header"]["created_by"]["id"] = "somebody.else";
    const Json after = must(sealAmendedPlan(before, wish, kEditor, kNow));
    QCOMPARE(after["header"]["revision"].get<int>(), 2);
    QCOMPARE(
        textMember(after["header"], "decision_id"), textMember(before["header"], "decision_id"));
    QCOMPARE(textMember(after["header"]["created_by"], "id"), kEditor.id);
}

} // namespace

QTEST_GUILESS_MAIN(TestPlanAmendment)
#include "tst_plan_amendment.moc"
