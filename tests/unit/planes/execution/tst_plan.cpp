#include "planes/execution/plan.h"
#include "tests/support/fake_execution.h"

#include <QTest>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

PlanSpec chain()
{
    return {.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}}}};
}

} // namespace

class TestPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatThePlanSays()
    {
        const Result<Plan> plan = parsePlan(planDocument(chain()));
        QVERIFY(plan.ok());
        QCOMPARE(plan->steps.size(), std::size_t(2));
        QCOMPARE(plan->find("b"), std::optional<std::size_t>(1));
        QCOMPARE(plan->steps[0].dependants, std::vector<std::size_t>{1});
        QCOMPARE(plan->steps[1].dependsOn, std::vector<std::size_t>{0});
        QVERIFY(plan->onFailure == OnFailure::Compensate);
        QVERIFY(plan->identity.digest == canonicalDigest(planDocument(chain())).value());
        const std::optional<PlanCall>& undo = plan->steps[0].compensation.call;
        QCOMPARE(undo->idempotencyKey, plan->steps[0].call.idempotencyKey + ":compensate");
        QVERIFY(plan->steps[0].retry.covers("timeout"));
        QVERIFY(!plan->steps[0].retry.covers("denied"));
    }

    void longKeysAreUndoneUnderADigest()
    {
        QCOMPARE(compensationKey(std::string(189, 'k')).size(), std::size_t(200));
        const std::string key = compensationKey(std::string(190, 'k'));
        QCOMPARE(key.size(), std::size_t(75));
        QCOMPARE(key.substr(0, 11), std::string("compensate:"));
        QVERIFY(key != compensationKey(std::string(191, 'k')));
    }

    void refusesAPlanThatCannotRun_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char* name, const char* patch, const char* rule, const char* at) {
            QTest::newRow(name) << QString::fromUtf8(patch) << QString::fromUtf8(rule)
                                << QString::fromUtf8(at);
        };
        row("unknown dependency",
            R"([{"op":"replace","path":"/steps/0/depends_on","value":["z"]}])",
            "plan.dependency_unknown",
            "/steps/0/depends_on");
        row("dependency twice",
            R"([{"op":"replace","path":"/steps/1/depends_on","value":["a","a"]}])",
            "plan.dependency_unknown",
            "/steps/1/depends_on");
        row("cycle",
            R"([{"op":"replace","path":"/steps/0/depends_on","value":["b"]}])",
            "plan.cycle",
            "/steps/0/depends_on");
        row("step that waits for itself",
            R"([{"op":"replace","path":"/steps/1/depends_on","value":["b"]}])",
            "plan.cycle",
            "/steps/1/depends_on");
        row("step twice",
            R"([{"op":"replace","path":"/steps/1/step_id","value":"a"}])",
            "plan.step_repeated",
            "/steps/1/step_id");
        row("key twice",
            R"([{"op":"copy","from":"/steps/0/idempotency_key","path":"/steps/1/idempotency_key"}])",
            "plan.key_repeated",
            "/steps/1/idempotency_key");
        row("changed payload",
            R"([{"op":"replace","path":"/steps/0/call/payload/step","value":"q"}])",
            "plan.payload_digest",
            "/steps/0/call/payload_sha256");
        row("changed payload of the undo",
            R"([{"op":"replace","path":"/steps/1/compensation/call/payload/step","value":"q"}])",
            "plan.payload_digest",
            "/steps/1/compensation/call/payload_sha256");
        row("window upside down",
            R"([{"op":"replace","path":"/not_after","value":"2001-01-01T00:00:00Z"}])",
            "plan.window",
            "/not_after");
        row("no steps", R"([{"op":"replace","path":"/steps","value":[]}])", "plan.form", "/steps");
        row("step that is no object",
            R"([{"op":"replace","path":"/steps/0","value":7}])",
            "plan.form",
            "/steps/0/step_id");
        row("shrinking backoff",
            R"([{"op":"replace","path":"/steps/0/retry/backoff_factor","value":0.5}])",
            "plan.form",
            "/steps/0/retry/backoff_factor");
        row("agent as owner",
            R"([{"op":"replace","path":"/steps/0/compensation","value":{"mode":"manual","runbook":"r","owner":{"type":"observer_agent","id":"bot","display_name":"Bot"}}}])",
            "plan.form",
            "/steps/0/compensation/owner");
        row("unknown mode",
            R"([{"op":"replace","path":"/steps/0/compensation/mode","value":"pray"}])",
            "plan.form",
            "/steps/0/compensation/mode");
        row("missing header", R"([{"op":"remove","path":"/header"}])", "plan.form", "/header");
    }
    void refusesAPlanThatCannotRun()
    {
        QFETCH(QString, patch);
        QFETCH(QString, rule);
        QFETCH(QString, pointer);
        const Json document = planDocument(chain()).patch(parseJson(patch.toStdString()).value());
        const Result<Plan> plan = parsePlan(document);
        QVERIFY(!plan.ok());
        QCOMPARE(QString::fromStdString(plan.error().rule), rule);
        QCOMPARE(QString::fromStdString(plan.error().pointer), pointer);
    }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
