#include "app/core/stored_plans.h"
#include "app/demo/systems_client.h"
#include "app/evidence/verify.h"
#include "app/views/run_view.h"
#include "tests/support/demo_fixture.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace countersign;
using countersign::testing::DemoFixture;
using countersign::testing::DraftDecision;

/// The engine's process is killed again and again while it carries out plans with retries against
/// real systems; what stands there afterwards is asked of them.
class TestKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEffectStandsOnceWhateverTheMomentOfDeath();
};

namespace {

constexpr int kDecisionCount = 8;
constexpr int kStepCount = 30;

/// A release with many small steps that the deployment system deduplicates.
DraftDecision longRelease(EntropySource& entropy, Instant now, int number)
{
    DraftDecision draft = DraftDecision::load("release-promotion", now);
    draft.rename(entropy, now);
    Json& plan = draft.documents["execution_plan.json"];
    const Json pattern = plan["steps"][0];
    plan["steps"] = Json::array();
    for (int i = 0; i < kStepCount; ++i) {
        Json step = pattern;
        step["step_id"] = "step_" + std::to_string(i);
        step["title"] = "Canary step " + std::to_string(i);
        // Two chains side by side.
        step["depends_on"] = i < 2 ? Json::array() : Json::array({"step_" + std::to_string(i - 2)});
        step["call"]["payload"]["percent"] = (number * kStepCount + i) % 100;
        step["idempotency_key"] =
            "kill-test:" + std::to_string(number) + ":step:" + std::to_string(i);
        step["retry"] = {
            {"max_attempts", 50},
            {"initial_backoff_ms", 10},
            {"backoff_factor", 1.5},
            {"max_backoff_ms", 100},
            {"jitter_fraction", 0.5},
            {"retry_on", {"timeout", "rate_limited", "unavailable", "server_error"}}};
        plan["steps"].push_back(std::move(step));
    }
    plan["on_failure"] = "halt";
    return draft;
}

} // namespace

void TestKill::everyEffectStandsOnceWhateverTheMomentOfDeath()
{
    bool isNumber = false;
    int kills = qEnvironmentVariableIntValue("COUNTERSIGN_KILLS", &isNumber);
    if (!isNumber)
        kills = 200;
    const quint32 seed = isNumber ? 1 : QRandomGenerator::global()->generate();
    qInfo("seed %u, %d kills", seed, kills);
    QRandomGenerator random(seed);

    DemoFixture fixture;
    QVERIFY(fixture.make().ok());
    QVERIFY(fixture.startSystems().ok());
    const auto settings = fixture.folder().readSettings();
    const app::SystemsClient systems(settings->variables.at("SYSTEMS_URL"), fixture.token());

    // Metrics of the original, so that its renamed copies can name them; then the copies.
    SystemEntropy entropy;
    std::vector<std::string> decisions;
    {
        auto core = fixture.open().value();
        QVERIFY(app::deliverDemoDecisions(*core, [](const std::string&) {}).ok());
        for (int i = 0; i < kDecisionCount; ++i) {
            DraftDecision draft = longRelease(entropy, core->now(), i);
            const auto path =
                fixture.folder().root() / "deliveries" / ("kill-" + std::to_string(i));
            QVERIFY(app::writeFolder(path, draft.seal()).ok());
            const auto report = core->ingest(path.string());
            QVERIFY2(report.ok(), report.ok() ? "" : report.error().describe().c_str());
            QVERIFY2(
                report->accepted(),
                report->accepted() ? "" : report->errors.front().describe().c_str());
            QVERIFY2(report->request, report->refusal ? report->refusal->describe().c_str() : "");
            QVERIFY(fixture.approve(*core, draft.decisionId(), "kwame.boateng").ok());
            decisions.push_back(draft.decisionId());
        }
    }

    // Delays make the moments long; some answers are lost, some refused for now.
    const auto ask = [&](const Json& fault) {
        QVERIFY(systems.addFault(fault).ok());
    };
    ask({{"system", "deploy"}, {"kind", "fail"}, {"status", 503}, {"times", 30}});
    ask({{"system", "deploy"}, {"kind", "drop_answer"}, {"times", 40}});
    ask({{"system", "deploy"}, {"kind", "delay"}, {"ms", 120}, {"times", 100000}});

    int killed = 0;
    const auto work = [&](int aliveMs) {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(
            QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersignctl"),
            {QStringLiteral("work"),
             QStringLiteral("--workspace"),
             QString::fromStdString(fixture.folder().root().string())});
        QVERIFY(process.waitForStarted());
        if (!process.waitForFinished(aliveMs)) {
            process.kill();
            process.waitForFinished();
            ++killed;
        }
    };
    for (int i = 0; i < kills; ++i)
        work(static_cast<int>(random.bounded(20, 500)));
    QCOMPARE(killed, kills);

    // Then one is left alone until everything is done.
    std::map<std::string, std::string> statuses;
    const auto readStatuses = [&] {
        auto core = fixture.open().value();
        const auto reader = core->store().openReader();
        app::StoredPlans plans(core->store().database());
        const app::ViewContext context{
            core->store().database(), *reader, core->foundation(), core->now()};
        statuses.clear();
        const auto runs = app::runList(context, plans, {}, 100).value();
        for (const ui::RunView& run : runs)
            statuses[run.decisionId] = run.status;
    };
    for (int i = 0; i < 60; ++i) {
        work(3000);
        readStatuses();
        const bool all =
            std::all_of(decisions.begin(), decisions.end(), [&](const std::string& id) {
                return statuses[id] == "completed";
            });
        if (all)
            break;
    }
    for (const std::string& id : decisions)
        QCOMPARE(QString::fromStdString(statuses[id]), QStringLiteral("completed"));

    std::map<std::string, int> counts;
    const std::vector<Json> effects = systems.effects().value();
    for (const Json& effect : effects)
        ++counts[textMember(effect, "idempotency_key")];
    QCOMPARE(static_cast<int>(counts.size()), kDecisionCount * kStepCount);
    for (const auto& [key, count] : counts)
        QVERIFY2(count == 1, key.c_str());
    const auto verified = app::verifyWorkspaceFolder(fixture.folder(), true);
    QVERIFY(verified.ok());
    QVERIFY2(
        verified->good, verified->firstBroken ? verified->firstBroken->describe().c_str() : "");
}

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
