#include "tests/support/demo_systems_process.h"

#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace countersign;
using test::DemoAnswer;
using test::DemoSystemsProcess;

namespace {

const Json kCanary = {{"service", "ledger-service"}, {"version", "4.12.0"}, {"percent", 15}};
const QString kCanaryPath = QStringLiteral("/deploy/canary.weight");
const QString kCanaryUri = QStringLiteral("https://deploy.northgate.example/ledger-service/canary");
const Json kMessage = {{"channel", "ledger-status"}, {"text", "live"}};

QByteArray keyOf(int number)
{
    return "northgate:demo:" + QByteArray::number(10'000 + number);
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

struct PostResult
{
    int exitCode = -1;
    bool hasCrashed = false;
    QByteArray output;
};

PostResult runPost(const QString& state, const QByteArray& key, const Json& payload)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(
        DemoSystemsProcess::programPath(),
        {QStringLiteral("post"),
         QStringLiteral("--state"),
         state,
         QStringLiteral("--operation"),
         QStringLiteral("message.post"),
         QStringLiteral("--key"),
         QString::fromUtf8(key)});
    process.write(QByteArray::fromStdString(payload.dump()));
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return {
        .exitCode = process.exitCode(),
        .hasCrashed = process.exitStatus() == QProcess::CrashExit,
        .output = process.readAllStandardOutput()};
}

} // namespace

class DemoSystemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void repeatedKeyAnswersFromMemory();
    void sameKeyForAnotherRequestIsRefused();
    void keysOfTwoSystemsAreApart();
    void signatureServiceDoesNotDeduplicate();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void asksForTheToken();
    void failureFaultDoesNothing();
    void retryAfterFaultNamesTheWait();
    void droppedAnswerLeavesTheEffect();
    void delayedAnswerLeavesTheEffectAtOnce();
    void lieChangesNothing();
    void faultsAreListedAndCleared();
    void refusesBadFaults_data();
    void refusesBadFaults();
    void restartKeepsStateAndAnswers();
    void killingAtAnyMomentLosesNoAnsweredEffect();
    void endsWithItsParent();
    void mailFilesAreTakenOnce();
    void postSharesTheStateOfTheServer();
    void postObeysFaults();

private:
    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder->filePath(QString::fromUtf8(name));
    }
    void startServer(const QStringList& more = {});
    void addFault(Json fault)
    {
        QCOMPARE(m_server->send("POST", QStringLiteral("/_faults"), fault).status, 200);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoSystemsProcess> m_server;
};

void DemoSystemsTest::init()
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
}

void DemoSystemsTest::startServer(const QStringList& more)
{
    m_server = std::make_unique<DemoSystemsProcess>();
    QVERIFY(m_server->start(QStringList{QStringLiteral("--state"), path("state.db")} + more));
}

void DemoSystemsTest::repeatedKeyAnswersFromMemory()
{
    startServer();
    QCOMPARE(m_server->stateOf(kCanaryUri).at("percent").dump(), Json(5).dump());
    const DemoAnswer first = m_server->post(kCanaryPath, keyOf(1), kCanary);
    QCOMPARE(first.status, 200);
    QVERIFY(!first.isReplayed);
    QCOMPARE(m_server->stateOf(kCanaryUri).at("percent").dump(), Json(15).dump());
    const DemoAnswer second = m_server->post(kCanaryPath, keyOf(1), kCanary);
    QCOMPARE(second.status, 200);
    QVERIFY(second.isReplayed);
    QCOMPARE(second.body.dump(), first.body.dump());
    QCOMPARE(m_server->effectsOf("deploy").size(), std::size_t{1});
}

void DemoSystemsTest::sameKeyForAnotherRequestIsRefused()
{
    startServer();
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 200);
    Json other = kCanary;
    other["percent"] = 16;
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), other).status, 409);
    QCOMPARE(m_server->stateOf(kCanaryUri).at("percent").dump(), Json(15).dump());
    const Json wave = {{"service", "ledger-service"}, {"version", "1"}, {"region", "eu-1"}};
    QCOMPARE(m_server->post(QStringLiteral("/deploy/rollout.wave"), keyOf(1), wave).status, 409);
}

void DemoSystemsTest::keysOfTwoSystemsAreApart()
{
    startServer();
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 200);
    const DemoAnswer answer =
        m_server->post(QStringLiteral("/chat/message.post"), keyOf(1), kMessage);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.isReplayed);
}

void DemoSystemsTest::signatureServiceDoesNotDeduplicate()
{
    startServer();
    const Json payload = {{"document_sha256", std::string(64, 'a')}, {"signers", {"a.person"}}};
    const QString send = QStringLiteral("/esign/envelope.send");
    const DemoAnswer first = m_server->post(send, keyOf(1), payload);
    const DemoAnswer second = m_server->post(send, keyOf(1), payload);
    QCOMPARE(first.status, 200);
    QCOMPARE(second.status, 200);
    QVERIFY(!second.isReplayed);
    QVERIFY(first.body.at("resources") != second.body.at("resources"));
    QCOMPARE(m_server->effectsOf("esign").size(), std::size_t{2});
}

void DemoSystemsTest::refusesBadRequests_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("status");
    const QByteArray good = QByteArray::fromStdString(kCanary.dump());
    QTest::newRow("no key") << kCanaryPath << QByteArray() << good << 400;
    QTest::newRow("no system") << QStringLiteral("/none/x") << keyOf(1) << good << 404;
    QTest::newRow("no operation") << QStringLiteral("/deploy/x") << keyOf(1) << good << 404;
    QTest::newRow("deeper") << QStringLiteral("/deploy/a/b") << keyOf(1) << good << 404;
    QTest::newRow("a list") << kCanaryPath << keyOf(1) << QByteArray("[]") << 400;
    QTest::newRow("member missing") << kCanaryPath << keyOf(1) << QByteArray("{}") << 400;
    QTest::newRow("nothing to undo") << QStringLiteral("/treasury/line.release") << keyOf(1)
                                     << QByteArray("{\"line\":\"X\"}") << 404;
}

void DemoSystemsTest::refusesBadRequests()
{
    QFETCH(QString, place);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, payload);
    QFETCH(int, status);
    startServer();
    QCOMPARE(m_server->post(place, key, *parseJson(payload.toStdString())).status, status);
    QVERIFY(m_server->effectsOf("deploy").empty());
}

void DemoSystemsTest::asksForTheToken()
{
    writeFile(path("token"), "hidden-word\n");
    startServer({QStringLiteral("--token-file"), path("token")});
    QCOMPARE(m_server->send("GET", QStringLiteral("/_health")).status, 200);
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 401);
    QCOMPARE(m_server->send("GET", QStringLiteral("/_effects")).status, 401);
    m_server->setToken("hidden");
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 401);
    m_server->setToken("hidden-word");
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 200);
}

void DemoSystemsTest::failureFaultDoesNothing()
{
    startServer();
    addFault(
        {{"system", "deploy"},
         {"operation", "canary.weight"},
         {"kind", "fail"},
         {"status", 500},
         {"times", 2}});
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 500);
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 500);
    QVERIFY(m_server->effectsOf("deploy").empty());
    QCOMPARE(m_server->post(kCanaryPath, keyOf(1), kCanary).status, 200);
}

void DemoSystemsTest::retryAfterFaultNamesTheWait()
{
    startServer();
    addFault({{"system", "deploy"}, {"kind", "retry_after"}, {"seconds", 7}});
    const DemoAnswer answer = m_server->post(kCanaryPath, keyOf(1), kCanary);
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.retryAfter, QByteArray("7"));
    QVERIFY(m_server->effectsOf("deploy").empty());
}

void DemoSystemsTest::droppedAnswerLeavesTheEffect()
{
    startServer();
    addFault({{"system", "deploy"}, {"kind", "drop_answer"}});
    // By hand: Qt's own client quietly sends a request again when the connection ends unanswered.
    const QUrl url(QString::fromStdString(m_server->url()));
    const QByteArray body = QByteArray::fromStdString(kCanary.dump());
    QTcpSocket socket;
    socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    socket.write(
        "POST /deploy/canary.weight HTTP/1.1\r\nIdempotency-Key: " + keyOf(1)
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    const auto isClosed = [&socket] {
        return socket.state() == QAbstractSocket::UnconnectedState;
    };
    QVERIFY(QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }));
    QVERIFY(QTest::qWaitFor(isClosed, 20'000));
    QVERIFY(socket.readAll().isEmpty());
    QCOMPARE(m_server->effectsOf("deploy").size(), std::size_t{1});
    QVERIFY(m_server->post(kCanaryPath, keyOf(1), kCanary).isReplayed);
}

void DemoSystemsTest::delayedAnswerLeavesTheEffectAtOnce()
{
    startServer();
    addFault({{"system", "deploy"}, {"kind", "delay"}, {"ms", 600'000}});
    const auto waiting = m_server->begin("POST", kCanaryPath, kCanary, keyOf(1));
    QTRY_COMPARE(m_server->effectsOf("deploy").size(), std::size_t{1});
    QVERIFY(!waiting->isFinished());
}

void DemoSystemsTest::lieChangesNothing()
{
    startServer();
    addFault({{"system", "deploy"}, {"kind", "lie"}});
    const DemoAnswer answer = m_server->post(kCanaryPath, keyOf(1), kCanary);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body.at("message").dump(), Json("weight 15").dump());
    QCOMPARE(m_server->stateOf(kCanaryUri).at("percent").dump(), Json(5).dump());
    QVERIFY(m_server->effectsOf("deploy").empty());
}

void DemoSystemsTest::faultsAreListedAndCleared()
{
    startServer();
    const QString faults = QStringLiteral("/_faults");
    const Json fault = {
        {"system", "deploy"}, {"operation", "x.y"}, {"kind", "delay"}, {"ms", 5}, {"times", 3}};
    addFault(fault);
    QCOMPARE(m_server->send("GET", faults).body.at("faults").dump(), Json::array({fault}).dump());
    QCOMPARE(m_server->send("DELETE", faults).body.at("faults").dump(), Json::array().dump());
}

void DemoSystemsTest::refusesBadFaults_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no system") << QByteArray(R"({"kind":"lie"})");
    QTest::newRow("no kind") << QByteArray(R"({"system":"deploy"})");
    QTest::newRow("unknown kind") << QByteArray(R"({"system":"deploy","kind":"explode"})");
    QTest::newRow("no status") << QByteArray(R"({"system":"deploy","kind":"fail"})");
    QTest::newRow("success") << QByteArray(R"({"system":"deploy","kind":"fail","status":200})");
    QTest::newRow("times") << QByteArray(R"({"system":"deploy","kind":"lie","times":-1})");
}

void DemoSystemsTest::refusesBadFaults()
{
    QFETCH(QByteArray, fault);
    startServer();
    const DemoAnswer answer =
        m_server->send("POST", QStringLiteral("/_faults"), *parseJson(fault.toStdString()));
    QCOMPARE(answer.status, 400);
}

void DemoSystemsTest::restartKeepsStateAndAnswers()
{
    startServer();
    const DemoAnswer first = m_server->post(kCanaryPath, keyOf(1), kCanary);
    m_server->kill();
    startServer();
    QCOMPARE(m_server->stateOf(kCanaryUri).at("percent").dump(), Json(15).dump());
    const DemoAnswer again = m_server->post(kCanaryPath, keyOf(1), kCanary);
    QVERIFY(again.isReplayed);
    QCOMPARE(again.body.dump(), first.body.dump());
}

void DemoSystemsTest::killingAtAnyMomentLosesNoAnsweredEffect()
{
    const QString post = QStringLiteral("/chat/message.post");
    std::map<QByteArray, Json> answered;
    int number = 0;
    for (int round = 0; round < 6; ++round) {
        startServer();
        std::map<QByteArray, std::unique_ptr<QNetworkReply>> pending;
        for (int i = 0; i < 30; ++i) {
            const QByteArray key = keyOf(++number);
            pending[key] = m_server->begin("POST", post, kMessage, key);
        }
        // Somewhere in the middle: after a few answers, with requests under way.
        const auto answerCount = [&pending] {
            return std::count_if(pending.begin(), pending.end(), [](const auto& entry) {
                return entry.second->isFinished();
            });
        };
        QTRY_VERIFY(answerCount() > round);
        m_server->kill();
        for (const auto& [key, reply] : pending) {
            const DemoAnswer answer = DemoSystemsProcess::finish(*reply);
            if (answer.status == 200)
                answered[key] = answer.body;
        }
    }
    startServer();
    std::multiset<std::string> keys;
    for (const Json& effect : m_server->effectsOf("chat"))
        keys.insert(effect.at("idempotency_key").get<std::string>());
    for (const auto& [key, body] : answered) {
        QCOMPARE(keys.count(key.toStdString()), std::size_t{1});
        const DemoAnswer again = m_server->post(post, key, kMessage);
        QVERIFY(again.isReplayed);
        QCOMPARE(again.body.dump(), body.dump());
    }
    const Json state =
        m_server->stateOf(QStringLiteral("https://chat.northgate.example/ledger-status"));
    QCOMPARE(state.at("messages").get<std::size_t>(), keys.size());
}

void DemoSystemsTest::endsWithItsParent()
{
    QProcess parent;
    parent.start(QStringLiteral("/bin/cat"), QStringList());
    QVERIFY(parent.waitForStarted());
    startServer({QStringLiteral("--parent-pid"), QString::number(parent.processId())});
    QCOMPARE(m_server->send("GET", QStringLiteral("/_health")).status, 200);
    parent.closeWriteChannel();
    QVERIFY(parent.waitForFinished());
    QTRY_COMPARE(m_server->process().state(), QProcess::NotRunning);
    QCOMPARE(m_server->process().exitCode(), 0);
}

void DemoSystemsTest::mailFilesAreTakenOnce()
{
    const QString folder = path("mail");
    const Json request = {
        {"operation", "message.send"},
        {"idempotency_key", "northgate:mail:0001"},
        {"payload", {{"template", "t"}, {"to_group", "g"}, {"language", "ar"}}}};
    const QByteArray bytes = QByteArray::fromStdString(request.dump());
    startServer({QStringLiteral("--mail-drop"), folder});
    writeFile(folder + QStringLiteral("/.hidden.json"), bytes);
    writeFile(folder + QStringLiteral("/bad.txt"), bytes);
    // Complete as soon as it can be seen, as the contract of the folder asks.
    writeFile(folder + QStringLiteral("/broken.part"), "{\"operation\":");
    QVERIFY(QFile::rename(
        folder + QStringLiteral("/broken.part"), folder + QStringLiteral("/a-broken.json")));
    QVERIFY(m_server->effectsOf("mail-gateway").empty());
    QVERIFY(QFile::rename(
        folder + QStringLiteral("/.hidden.json"), folder + QStringLiteral("/one.json")));
    QTRY_COMPARE(m_server->effectsOf("mail-gateway").size(), std::size_t{1});

    m_server->kill();
    QVERIFY(
        QFile::copy(folder + QStringLiteral("/one.json"), folder + QStringLiteral("/copy.json")));
    startServer({QStringLiteral("--mail-drop"), folder});
    QCOMPARE(m_server->effectsOf("mail-gateway").size(), std::size_t{1});
    const Json state =
        m_server->stateOf(QStringLiteral("https://mail.northgate.example/batches/t-g"));
    QCOMPARE(state.at("batches").dump(), Json(1).dump());
}

void DemoSystemsTest::postSharesTheStateOfTheServer()
{
    startServer();
    const PostResult first = runPost(path("state.db"), keyOf(1), kMessage);
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(m_server->effectsOf("chat").size(), std::size_t{1});
    const DemoAnswer again =
        m_server->post(QStringLiteral("/chat/message.post"), keyOf(1), kMessage);
    QVERIFY(again.isReplayed);
    QCOMPARE(again.body.dump(), (*parseJson(first.output.trimmed().toStdString())).dump());
    QCOMPARE(runPost(path("state.db"), keyOf(1), kMessage).output, first.output);
    QCOMPARE(runPost(path("state.db"), keyOf(1), Json::object()).exitCode, 65);
    QCOMPARE(runPost(path("none/state.db"), keyOf(1), kMessage).exitCode, 75);
}

void DemoSystemsTest::postObeysFaults()
{
    startServer();
    addFault({{"system", "chat"}, {"kind", "retry_after"}, {"seconds", 1}});
    addFault({{"system", "chat"}, {"kind", "fail"}, {"status", 500}});
    addFault({{"system", "chat"}, {"kind", "drop_answer"}});
    QCOMPARE(runPost(path("state.db"), keyOf(1), kMessage).exitCode, 75);
    QCOMPARE(runPost(path("state.db"), keyOf(1), kMessage).exitCode, 70);
    QVERIFY(m_server->effectsOf("chat").empty());
    const PostResult dropped = runPost(path("state.db"), keyOf(1), kMessage);
    QVERIFY(dropped.hasCrashed);
    QVERIFY(dropped.output.isEmpty());
    QCOMPARE(m_server->effectsOf("chat").size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(DemoSystemsTest)
#include "tst_demo_systems.moc"
