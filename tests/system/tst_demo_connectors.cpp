#include "app/demo_systems/system_state.h"
#include "planes/execution/manifest_gateway.h"
#include "tests/support/connector_fixture.h"
#include "tests/support/demo_systems_process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace countersign;
using namespace countersign::execution;
using test::DemoSystemsProcess;

namespace {

constexpr const char* kSecret = "s3cret-Token/with+signs==";
const std::string kKey = "northgate:demo:0001";

ConnectorCall
demoCall(const char* connector, const char* version, const char* operation, Json payload)
{
    ConnectorCall call = test::callOf(connector, kKey);
    call.connectorVersion = version;
    call.operation = operation;
    call.payload = std::move(payload);
    return call;
}

const Json kReserve = {{"currency", "EUR"}, {"amount", "33000000.00"}, {"until", "2026-10-31"}};

} // namespace

/// The connectors of the demo, through the gateway, against the demo systems.
class DemoConnectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lostAnswerIsRepeatedWithoutASecondEffect();
    void signatureServiceLeavesDoubt();
    void lateAnswerIsATimeoutAndTheEffectStands();
    void mailAndChatReachTheirSystems();
    void undoOfTheSamplePlansUndoes();

private:
    void start();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoSystemsProcess> m_demo;
    std::unique_ptr<ConnectorGateway> m_gateway;
};

void DemoConnectorsTest::start()
{
    m_gateway.reset();
    m_demo = std::make_unique<DemoSystemsProcess>();
    m_folder = std::make_unique<QTemporaryDir>();
    QFile token(m_folder->filePath(QStringLiteral("token")));
    QVERIFY(token.open(QIODevice::WriteOnly));
    token.write(kSecret);
    token.close();
    const QString state = m_folder->filePath(QStringLiteral("state.db"));
    QVERIFY(m_demo->start(
        {QStringLiteral("--state"),
         state,
         QStringLiteral("--token-file"),
         token.fileName(),
         QStringLiteral("--mail-drop"),
         m_folder->filePath(QStringLiteral("outbox/mail"))}));
    m_demo->setToken(kSecret);
    const auto manifests = readManifestFolder(COUNTERSIGN_SOURCE_DIR "/resources/demo/connectors");
    QVERIFY2(manifests.ok(), manifests.ok() ? "" : manifests.error().describe().c_str());
    const auto catalog = ConnectorCatalog::build(
        *manifests,
        {{"SYSTEMS_URL", m_demo->url()},
         {"WORKSPACE", m_folder->path().toStdString()},
         {"DEMO_SYSTEMS_PROGRAM", DemoSystemsProcess::programPath().toStdString()},
         {"DEMO_SYSTEMS_STATE", state.toStdString()}});
    QVERIFY2(catalog.ok(), catalog.ok() ? "" : catalog.error().describe().c_str());
    m_gateway = makeManifestGateway(
        {.catalog = *catalog,
         .secrets = std::make_shared<test::MapSecrets>(
             std::map<std::string, std::string>{{"demo-systems", kSecret}}),
         .clock = std::make_shared<SystemClock>()});
}

void DemoConnectorsTest::lostAnswerIsRepeatedWithoutASecondEffect()
{
    start();
    m_demo->send(
        "POST", QStringLiteral("/_faults"), {{"system", "treasury"}, {"kind", "drop_answer"}});
    const ConnectorCall call = demoCall("treasury", "4.1", "line.reserve", kReserve);
    QVERIFY(m_gateway->deduplicates("treasury", "4.1", "line.reserve"));
    const CallOutcome lost = test::performCall(*m_gateway, call);
    QVERIFY(lost.result == CallResult::Failure);
    QVERIFY(lost.effectUncertain);
    const CallOutcome again = test::performCall(*m_gateway, call);
    QVERIFY2(again.result == CallResult::Success, again.message.c_str());
    QCOMPARE(m_demo->effectsOf("treasury").size(), std::size_t{1});
}

void DemoConnectorsTest::signatureServiceLeavesDoubt()
{
    start();
    QVERIFY(!m_gateway->deduplicates("esign", "2.0", "envelope.send"));
    m_demo->send(
        "POST", QStringLiteral("/_faults"), {{"system", "esign"}, {"kind", "drop_answer"}});
    const CallOutcome lost = test::performCall(
        *m_gateway,
        demoCall(
            "esign",
            "2.0",
            "envelope.send",
            {{"document_sha256", std::string(64, 'b')}, {"signers", {"greta.holm"}}}));
    QVERIFY(lost.effectUncertain);
    // One request, one envelope: nothing on our side sent it again.
    QCOMPARE(m_demo->effectsOf("esign").size(), std::size_t{1});
}

void DemoConnectorsTest::lateAnswerIsATimeoutAndTheEffectStands()
{
    start();
    m_demo->send(
        "POST",
        QStringLiteral("/_faults"),
        {{"system", "treasury"}, {"kind", "delay"}, {"ms", 600'000}});
    ConnectorCall call = demoCall("treasury", "4.1", "line.reserve", kReserve);
    call.timeoutMs = 2000;
    QVERIFY(test::performCall(*m_gateway, call).result == CallResult::Timeout);
    QCOMPARE(m_demo->effectsOf("treasury").size(), std::size_t{1});
    call.timeoutMs = 30'000;
    QVERIFY(test::performCall(*m_gateway, call).result == CallResult::Success);
    QCOMPARE(m_demo->effectsOf("treasury").size(), std::size_t{1});
}

void DemoConnectorsTest::mailAndChatReachTheirSystems()
{
    start();
    const CallOutcome mail = test::performCall(
        *m_gateway,
        demoCall(
            "mail-gateway",
            "2.4",
            "message.send",
            {{"template", "price-2026-06"}, {"to_group", "resellers"}, {"language", "ar"}}));
    QVERIFY2(mail.result == CallResult::Success, mail.message.c_str());
    QTRY_COMPARE(m_demo->effectsOf("mail-gateway").size(), std::size_t{1});
    const ConnectorCall post =
        demoCall("chat", "3.0", "message.post", {{"channel", "ledger-status"}, {"text", "live"}});
    for (int i = 0; i < 2; ++i) {
        const CallOutcome chat = test::performCall(*m_gateway, post);
        QVERIFY2(chat.result == CallResult::Success, chat.message.c_str());
    }
    QCOMPARE(m_demo->effectsOf("chat").size(), std::size_t{1});
}

void DemoConnectorsTest::undoOfTheSamplePlansUndoes()
{
    const QString conformance = qEnvironmentVariable(
        "COUNTERSIGN_CONFORMANCE_DIR",
        QStringLiteral(COUNTERSIGN_SOURCE_DIR "/../shared/conformance"));
    const QDir samples(conformance + QStringLiteral("/../samples/decisions"));
    if (!samples.exists())
        QSKIP("the sample decisions are not there: their plans are not run");
    const QTemporaryDir folder;
    const SystemClock clock;
    auto opened =
        demo::SystemState::open(folder.filePath(QStringLiteral("plans.db")).toStdString());
    QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().describe().c_str());
    demo::SystemState& state = **opened;
    const auto perform = [&](const Json& call, const std::string& key) {
        return state.execute(
            {.system = textMember(call, "connector"),
             .operation = textMember(call, "operation"),
             .idempotencyKey = key,
             .payload = call.at("payload"),
             .trace = {}},
            clock.now(),
            false);
    };

    int stepCount = 0;
    for (const QString& name : samples.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(samples.filePath(name + QStringLiteral("/execution_plan.json")));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const Json plan = *parseJson(file.readAll().toStdString());
        for (const Json& step : plan.at("steps")) {
            ++stepCount;
            const std::string key = textMember(step, "idempotency_key");
            std::map<std::string, std::optional<Json>> before;
            for (const Json& effect : step.at("expected_effects")) {
                const std::string uri = textMember(effect, "resource_uri");
                before[uri] = *state.resource(uri);
            }
            const auto answer = perform(step.at("call"), key);
            QVERIFY2(answer.ok(), answer.ok() ? "" : answer.error().describe().c_str());
            // What the plan promises is what the systems report.
            const Json resources = parseJson(answer->body)->at("resources");
            for (const Json& effect : step.at("expected_effects")) {
                const Json expected = {
                    {"uri", effect.at("resource_uri")}, {"change", effect.at("change")}};
                QVERIFY2(
                    std::count(resources.begin(), resources.end(), expected) == 1,
                    (key + " " + resources.dump()).c_str());
            }
            const Json* undo = valueAt(step, "/compensation/call");
            if (undo == nullptr)
                continue;
            const auto undone = perform(*undo, key + ":undo");
            QVERIFY2(undone.ok(), (key + (undone.ok() ? "" : undone.error().describe())).c_str());
            // Two compensations name a target of their own instead of the state before.
            const std::string operation = textMember(*undo, "operation");
            if (operation != "canary.weight" && operation != "rule.set") {
                for (const auto& [uri, was] : before) {
                    const std::optional<Json> now = *state.resource(uri);
                    QVERIFY2(now.has_value() == was.has_value(), uri.c_str());
                    if (now)
                        QCOMPARE(now->at("state").dump(), was->at("state").dump());
                }
            }
            QVERIFY(perform(step.at("call"), key + ":again").ok());
        }
    }
    QVERIFY(stepCount > 0);
}

QTEST_GUILESS_MAIN(DemoConnectorsTest)
#include "tst_demo_connectors.moc"
