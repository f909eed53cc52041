#include "planes/execution/manifest_gateway.h"
#include "tests/support/connector_fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::execution;

namespace {

/// Waits, marked by a file, until the file `go` is there; answers how many were waiting with it.
constexpr const char* kWaitingScript =
    "cd \"$1\" && : > \"$2.waiting\" && n=$(ls *.waiting | wc -l)\n"
    "while [ ! -e go ]; do sleep 0.05; done\n"
    "rm \"$2.waiting\"; echo \"{\\\"n\\\": $n}\"";

Json processTransport(const char* script, Json more)
{
    Json arguments = {"-c", script, "sh"};
    for (const Json& argument : more)
        arguments.push_back(argument);
    return {{"kind", "process"}, {"program", "/bin/sh"}, {"arguments", std::move(arguments)}};
}

std::string keyOf(int number)
{
    return "northgate:gateway:" + std::to_string(1000 + number);
}

} // namespace

class ManifestGatewayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void doesWhatIsAsked();
    void refusesBeforeAnythingLeaves_data();
    void refusesBeforeAnythingLeaves();
    void aCallWhoseSecretWasLockedMeanwhileWaits();
    void answerThatBreaksItsContractIsUncertain();
    void knowsWhichOperationsDeduplicate();
    void neverExceedsTheConcurrencyOfAConnector();
    void slowConnectorHoldsBackOnlyItself();
    void shorterTimeLimitHolds();
    void callsStartInTheOrderTheyCame();
    void everyCallbackRunsOnceAtDestruction();

private:
    void open(const std::vector<Json>& documents, int threadCount = 4);
    [[nodiscard]] std::string folder() const { return m_folder->path().toStdString(); }
    [[nodiscard]] int fileCount(const char* pattern) const
    {
        return static_cast<int>(
            QDir(m_folder->path()).entryList({QString::fromUtf8(pattern)}, QDir::Files).size());
    }
    [[nodiscard]] Json dropDocument() const
    {
        return test::manifestDocument("drop", {{"kind", "file_drop"}, {"folder", folder()}});
    }
    void letGo() const
    {
        QFile file(m_folder->filePath(QStringLiteral("go")));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ConnectorGateway> m_gateway;
};

void ManifestGatewayTest::init()
{
    m_gateway.reset();
    m_folder = std::make_unique<QTemporaryDir>();
}

void ManifestGatewayTest::open(const std::vector<Json>& documents, int threadCount)
{
    std::vector<ConnectorManifest> manifests;
    for (const Json& document : documents) {
        auto manifest = parseManifest(document);
        QVERIFY2(manifest.ok(), manifest.ok() ? "" : manifest.error().describe().c_str());
        manifests.push_back(*manifest);
    }
    auto catalog = ConnectorCatalog::build(manifests, {});
    QVERIFY2(catalog.ok(), catalog.ok() ? "" : catalog.error().describe().c_str());
    m_gateway = makeManifestGateway(
        {.catalog = *catalog,
         .secrets = std::make_shared<test::MapSecrets>(
             std::map<std::string, std::string>{{"empty", ""}, {"broken", "a\nb"}}),
         .clock = std::make_shared<SystemClock>(),
         .threadCount = threadCount});
}

void ManifestGatewayTest::doesWhatIsAsked()
{
    open({dropDocument()});
    const CallOutcome outcome = test::performCall(*m_gateway, test::callOf("drop", keyOf(1)));
    QVERIFY(outcome.result == CallResult::Success);
    QCOMPARE(fileCount("*.json"), 1);
}

/// Secrets that somebody put under another key while the call stood in the queue.
class LockedSecrets final : public SecretSource
{
public:
    [[nodiscard]] Result<trust::SecretBytes> secret(const std::string&) override
    {
        return fail(ErrorCode::Unauthorized, "locked", std::string(kSecretsLockedRule));
    }
    [[nodiscard]] Result<void> ready(const std::string&) override { return {}; }
};

void ManifestGatewayTest::aCallWhoseSecretWasLockedMeanwhileWaits()
{
    const auto manifest = parseManifest(test::manifestDocument(
        "locked",
        {{"kind", "http"},
         {"base_url", "http://127.0.0.1:1"},
         {"auth", {{"kind", "bearer"}, {"secret", "token"}}}}));
    m_gateway = makeManifestGateway(
        {.catalog = *ConnectorCatalog::build({*manifest}, {}),
         .secrets = std::make_shared<LockedSecrets>(),
         .clock = std::make_shared<SystemClock>()});
    const CallOutcome outcome = test::performCall(*m_gateway, test::callOf("locked", keyOf(1)));
    // Surely not sent, and the engine asks anew without counting it as a failure.
    QCOMPARE(outcome.errorCode, std::string("interrupted"));
    QVERIFY(!outcome.effectUncertain);
}

void ManifestGatewayTest::refusesBeforeAnythingLeaves_data()
{
    QTest::addColumn<QByteArray>("changed");
    QTest::addColumn<QString>("code");
    QTest::newRow("connector") << QByteArray("connector") << "unknown_connector";
    QTest::newRow("version") << QByteArray("version") << "unknown_connector";
    QTest::newRow("operation") << QByteArray("operation") << "unknown_operation";
    QTest::newRow("payload") << QByteArray("payload") << "contract_violation";
    QTest::newRow("short key") << QByteArray("short key") << "contract_violation";
    QTest::newRow("key with a line break") << QByteArray("line break") << "contract_violation";
    QTest::newRow("key with a slash") << QByteArray("slash") << "contract_violation";
    QTest::newRow("no time") << QByteArray("no time") << "contract_violation";
    QTest::newRow("no secret") << QByteArray("none") << "secret_unavailable";
    QTest::newRow("empty secret") << QByteArray("empty") << "secret_unavailable";
    QTest::newRow("secret with a line break") << QByteArray("broken") << "secret_unavailable";
}

void ManifestGatewayTest::refusesBeforeAnythingLeaves()
{
    QFETCH(QByteArray, changed);
    QFETCH(QString, code);
    std::vector<Json> documents = {dropDocument()};
    for (const char* secret : {"none", "empty", "broken"})
        documents.push_back(test::manifestDocument(
            secret,
            {{"kind", "http"},
             {"base_url", "http://127.0.0.1:1"},
             {"auth", {{"kind", "bearer"}, {"secret", secret}}}}));
    open(documents);

    ConnectorCall call = test::callOf("drop", keyOf(1));
    if (changed == "connector")
        call.connector = "other\n";
    else if (changed == "version")
        call.connectorVersion = "1.0.0";
    else if (changed == "operation")
        call.operation = "thing.undo";
    else if (changed == "payload")
        call.payload = Json::array();
    else if (changed == "short key")
        call.idempotencyKey = "short";
    else if (changed == "line break")
        call.idempotencyKey = "northgate:gateway\r\nEvil: yes";
    else if (changed == "slash")
        call.idempotencyKey = "northgate/../../../../etc/x";
    else if (changed == "no time")
        call.timeoutMs = 0;
    else
        call.connector = changed.toStdString();
    const CallOutcome outcome = test::performCall(*m_gateway, call);
    QVERIFY(outcome.result == CallResult::Blocked);
    QVERIFY(!outcome.effectUncertain);
    QVERIFY(!outcome.retryable);
    QCOMPARE(QString::fromStdString(outcome.errorCode), code);
    QVERIFY(!outcome.message.empty());
    QCOMPARE(fileCount("*"), 0);
}

void ManifestGatewayTest::answerThatBreaksItsContractIsUncertain()
{
    Json document = dropDocument();
    test::operationIn(document)["output"] = {{"type", "object"}, {"required", {"receipt"}}};
    open({document});
    const CallOutcome outcome = test::performCall(*m_gateway, test::callOf("drop", keyOf(1)));
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("contract_violation"));
    QVERIFY(outcome.effectUncertain);
    QVERIFY(outcome.response.is_null());
    QVERIFY(outcome.responseDigest.has_value());
    QCOMPARE(fileCount("*.json"), 1);
}

void ManifestGatewayTest::knowsWhichOperationsDeduplicate()
{
    Json other = test::manifestDocument("other", {{"kind", "file_drop"}, {"folder", folder()}});
    test::operationIn(other)["deduplicates"] = false;
    open({dropDocument(), other});
    QVERIFY(m_gateway->deduplicates("drop", "1.0", "thing.do"));
    QVERIFY(!m_gateway->deduplicates("other", "1.0", "thing.do"));
    QVERIFY(!m_gateway->deduplicates("drop", "1.1", "thing.do"));
    QVERIFY(!m_gateway->deduplicates("drop", "1.0", "thing.undo"));
}

void ManifestGatewayTest::neverExceedsTheConcurrencyOfAConnector()
{
    constexpr int kCallCount = 6;
    open(
        {test::manifestDocument(
            "slow", processTransport(kWaitingScript, {folder(), "{idempotency_key}"}))},
        kCallCount);
    test::Outcomes outcomes;
    for (int i = 0; i < kCallCount; ++i)
        m_gateway->start(test::callOf("slow", keyOf(i)), outcomes.callback());
    QTRY_COMPARE_WITH_TIMEOUT(fileCount("*.waiting"), 2, 20'000);
    letGo();
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), std::size_t{kCallCount}, 30'000);
    for (const CallOutcome& outcome : outcomes.all()) {
        QVERIFY(outcome.result == CallResult::Success);
        QVERIFY(outcome.response.at("n").get<int>() <= 2);
    }
}

void ManifestGatewayTest::slowConnectorHoldsBackOnlyItself()
{
    open(
        {test::manifestDocument(
             "slow", processTransport(kWaitingScript, {folder(), "{idempotency_key}"})),
         dropDocument()},
        3);
    test::Outcomes slow;
    for (int i = 0; i < 5; ++i)
        m_gateway->start(test::callOf("slow", keyOf(i)), slow.callback());
    for (int i = 10; i < 20; ++i)
        QVERIFY(
            test::performCall(*m_gateway, test::callOf("drop", keyOf(i))).result
            == CallResult::Success);
    QCOMPARE(slow.count(), std::size_t{0});
    letGo();
    QTRY_COMPARE_WITH_TIMEOUT(slow.count(), std::size_t{5}, 30'000);
}

void ManifestGatewayTest::shorterTimeLimitHolds()
{
    Json document = test::manifestDocument("slow", processTransport("sleep 600", Json::array()));
    test::operationIn(document)["timeout_ms_max"] = 200;
    open({document});
    QVERIFY(
        test::performCall(*m_gateway, test::callOf("slow", keyOf(1))).result
        == CallResult::Timeout);
}

void ManifestGatewayTest::callsStartInTheOrderTheyCame()
{
    Json document = test::manifestDocument(
        "log",
        processTransport("echo \"$2\" >> \"$1/log\"; echo '{}'", {folder(), "{idempotency_key}"}));
    document["limits"]["concurrency"] = 1;
    open({document});
    test::Outcomes outcomes;
    QByteArray expected;
    for (int i = 0; i < 20; ++i) {
        m_gateway->start(test::callOf("log", keyOf(i)), outcomes.callback());
        expected += QByteArray::fromStdString(keyOf(i)) + '\n';
    }
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), std::size_t{20}, 30'000);
    QFile log(m_folder->filePath(QStringLiteral("log")));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QCOMPARE(log.readAll(), expected);
}

void ManifestGatewayTest::everyCallbackRunsOnceAtDestruction()
{
    constexpr int kCallCount = 6;
    open(
        {test::manifestDocument(
            "slow", processTransport(kWaitingScript, {folder(), "{idempotency_key}"}))},
        kCallCount);
    test::Outcomes outcomes;
    for (int i = 0; i < kCallCount; ++i)
        m_gateway->start(test::callOf("slow", keyOf(i)), outcomes.callback());
    QTRY_COMPARE_WITH_TIMEOUT(fileCount("*.waiting"), 2, 20'000);
    m_gateway.reset();
    const std::vector<CallOutcome> all = outcomes.all();
    QCOMPARE(all.size(), std::size_t{kCallCount});
    QVERIFY(std::all_of(all.begin(), all.end(), [](const CallOutcome& outcome) {
        return outcome.errorCode == "interrupted" && outcome.retryable;
    }));
    QCOMPARE(
        std::count_if(
            all.begin(),
            all.end(),
            [](const CallOutcome& outcome) { return outcome.effectUncertain; }),
        std::ptrdiff_t{2});
}

QTEST_GUILESS_MAIN(ManifestGatewayTest)
#include "tst_manifest_gateway.moc"
