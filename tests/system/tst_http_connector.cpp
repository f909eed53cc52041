#include "app/demo_systems/http_listener.h"
#include "planes/execution/detail/http_transport.h"
#include "planes/execution/manifest_gateway.h"
#include "tests/support/connector_fixture.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::execution;
using demo::HttpExchange;
using demo::HttpListener;
using demo::HttpRequest;

namespace {

constexpr const char* kSecret = "s3cret-Token/with+signs==";
const std::string kKey = "northgate:http:0001";

Json httpDocument(const std::string& url)
{
    return test::manifestDocument(
        "thing",
        {{"kind", "http"},
         {"base_url", url},
         {"auth", {{"kind", "bearer"}, {"secret", "thing.token"}}}});
}

std::unique_ptr<ConnectorGateway> gatewayFor(const Json& document)
{
    const auto manifest = parseManifest(document);
    if (!manifest.ok())
        return nullptr;
    auto catalog = ConnectorCatalog::build({*manifest}, {});
    if (!catalog.ok())
        return nullptr;
    return makeManifestGateway(
        {.catalog = *catalog,
         .secrets = std::make_shared<test::MapSecrets>(
             std::map<std::string, std::string>{{"thing.token", kSecret}}),
         .clock = std::make_shared<SystemClock>()});
}

/// A server that answers as the test says and remembers what it was asked.
class ScriptedServer
{
public:
    ScriptedServer()
        : m_listener([this](const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) {
            requests.push_back(request);
            answer(*exchange);
            kept.push_back(std::move(exchange));
        })
    {
        port = m_listener.listen(0).value();
    }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }

    std::function<void(HttpExchange&)> answer = [](HttpExchange& exchange) {
        exchange.respond({.status = 200, .body = "{}", .headers = {}});
    };
    std::vector<HttpRequest> requests;
    std::vector<std::shared_ptr<HttpExchange>> kept;
    std::uint16_t port = 0;

private:
    HttpListener m_listener;
};

} // namespace

class HttpConnectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheCallAsAgreed();
    void secretMayTravelInAHeaderOfItsOwn();
    void statusesMeanWhatTheySay_data();
    void statusesMeanWhatTheySay();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void tracesOnlyWithAProperId();
    void redirectIsNotFollowed();
    void brokenAnswersAreUncertainAndNotSentAgain_data();
    void brokenAnswersAreUncertainAndNotSentAgain();
    void noAnswerInTimeIsATimeout();
    void closedPortSurelyDidNothing();
    void environmentProxyIsIgnoredForThisMachine();
    void repeatedSecretIsOverwritten();
    void untrustedCertificateIsRefused();
    void endOfTheProgramInterrupts();

private:
    [[nodiscard]] CallOutcome performAt(const std::string& url, ConnectorCall call) const
    {
        const auto gateway = gatewayFor(httpDocument(url));
        return gateway ? test::performCall(*gateway, std::move(call)) : CallOutcome{};
    }
};

void HttpConnectorTest::sendsTheCallAsAgreed()
{
    ScriptedServer server;
    server.answer = [](HttpExchange& exchange) {
        exchange.respond({.status = 201, .body = "{\"message\":\"made\"}", .headers = {}});
    };
    ConnectorCall call = test::callOf("thing", kKey);
    call.payload = {{"b", 1.0}, {"a", "\u00e9"}};
    call.traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const CallOutcome outcome = performAt(server.url() + "/v1", call);
    QVERIFY(outcome.result == CallResult::Success);
    QVERIFY(!outcome.effectUncertain);
    QCOMPARE(outcome.message, std::string("201 made"));
    QCOMPARE(outcome.response.dump(), Json({{"message", "made"}}).dump());
    QVERIFY(outcome.responseDigest == Digest::of("{\"message\":\"made\"}"));

    QCOMPARE(server.requests.size(), std::size_t{1});
    const HttpRequest& request = server.requests.front();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.path, QByteArray("/v1/thing.do"));
    QCOMPARE(request.body, QByteArray("{\"a\":\"\u00e9\",\"b\":1}"));
    QCOMPARE(request.headers.value("idempotency-key"), QByteArray(kKey.c_str()));
    QCOMPARE(request.headers.value("authorization"), QByteArray("Bearer ") + kSecret);
    QCOMPARE(request.headers.value("content-type"), QByteArray("application/json"));
    const QList<QByteArray> trace = request.headers.value("traceparent").split('-');
    QCOMPARE(trace.size(), 4);
    QCOMPARE(trace.at(1), QByteArray("4bf92f3577b34da6a3ce929d0e0e4736"));
    QCOMPARE(trace.at(2).size(), 16);
}

void HttpConnectorTest::secretMayTravelInAHeaderOfItsOwn()
{
    ScriptedServer server;
    Json document = httpDocument(server.url());
    document["transport"]["auth"] = {
        {"kind", "header"}, {"secret", "thing.token"}, {"header", "X-Api-Key"}};
    document["transport"]["idempotency_header"] = "X-Once";
    test::operationIn(document)["method"] = "PUT";
    test::operationIn(document)["path"] = "/a/b";
    const auto gateway = gatewayFor(document);
    QVERIFY(test::performCall(*gateway, test::callOf("thing", kKey)).result == CallResult::Success);
    const HttpRequest& request = server.requests.at(0);
    QCOMPARE(request.method, QByteArray("PUT"));
    QCOMPARE(request.path, QByteArray("/a/b"));
    QCOMPARE(request.headers.value("x-api-key"), QByteArray(kSecret));
    QCOMPARE(request.headers.value("x-once"), QByteArray(kKey.c_str()));
    QVERIFY(!request.headers.contains("authorization"));
    QVERIFY(!request.headers.contains("traceparent"));
}

void HttpConnectorTest::statusesMeanWhatTheySay_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("retryable");
    QTest::addColumn<bool>("uncertain");
    const auto row = [](int status, const char* code, bool retryable, bool uncertain) {
        QTest::addRow("%d", status) << status << QString::fromUtf8(code) << retryable << uncertain;
    };
    row(302, "unexpected_status", false, true);
    row(400, "rejected", false, false);
    row(401, "unauthorized", false, false);
    row(404, "not_found", false, false);
    row(408, "timeout", true, false);
    row(409, "conflict", false, false);
    row(422, "named_in_manifest", true, true);
    row(429, "rate_limited", true, false);
    row(500, "unavailable", true, true);
    row(502, "unavailable", true, true);
    row(503, "unavailable", true, false);
    row(504, "timeout", true, true);
    row(599, "also_named", false, true);
    row(999, "unexpected_status", false, true);
}

void HttpConnectorTest::statusesMeanWhatTheySay()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(bool, retryable);
    QFETCH(bool, uncertain);
    const FailureRules rules = {
        {422, {.code = "named_in_manifest", .retryable = true, .effectUncertain = true}},
        {599, {.code = "also_named", .retryable = false, .effectUncertain = {}}}};
    const CallOutcome outcome = execution::detail::outcomeOf(
        {.status = status, .body = R"({"error":{"message":"no\nway"}})", .retryAfter = "3"},
        rules,
        Instant());
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(QString::fromStdString(outcome.errorCode), code);
    QCOMPARE(outcome.retryable, retryable);
    QCOMPARE(outcome.effectUncertain, uncertain);
    QCOMPARE(outcome.message, std::to_string(status) + " no way");
    QVERIFY(outcome.retryAfterMs == 3000);
    QVERIFY(outcome.response.is_null());
}

void HttpConnectorTest::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qlonglong>("waitMs"); // -1: none
    constexpr qlonglong kYearMs = 366LL * 24 * 3600 * 1000;
    QTest::newRow("seconds") << QByteArray("120") << 120'000LL;
    QTest::newRow("zero") << QByteArray("0") << 0LL;
    QTest::newRow("date") << QByteArray("Mon, 18 May 2026 13:20:00 GMT") << 60'000LL;
    QTest::newRow("date in the past") << QByteArray("Mon, 18 May 2026 13:18:59 GMT") << 0LL;
    QTest::newRow("nothing") << QByteArray() << -1LL;
    QTest::newRow("words") << QByteArray("soon") << -1LL;
    QTest::newRow("negative") << QByteArray("-5") << -1LL;
    QTest::newRow("more than a year") << QByteArray("99999999") << kYearMs;
    QTest::newRow("overflow") << QByteArray("99999999999999999999999") << kYearMs;
}

void HttpConnectorTest::readsRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(qlonglong, waitMs);
    const Instant now = *Instant::parse("2026-05-18T13:19:00Z");
    const auto wait = execution::detail::retryAfterMs(value.toStdString(), now);
    QCOMPARE(static_cast<qlonglong>(wait.value_or(-1)), waitMs);
}

void HttpConnectorTest::tracesOnlyWithAProperId()
{
    using execution::detail::traceParent;
    QVERIFY(traceParent("", kKey).empty());
    QVERIFY(traceParent(std::string(32, '0'), kKey).empty());
    QVERIFY(traceParent(std::string(32, 'A'), kKey).empty());
    QVERIFY(traceParent(std::string(31, 'a') + "\n", kKey).empty());
    const std::string id(32, 'a');
    QCOMPARE(traceParent(id, kKey), traceParent(id, kKey));
    QVERIFY(traceParent(id, kKey) != traceParent(id, kKey + "0"));
}

void HttpConnectorTest::redirectIsNotFollowed()
{
    ScriptedServer server;
    server.answer = [&server](HttpExchange& exchange) {
        exchange.respond(
            {.status = 307,
             .body = {},
             .headers = {{"Location", QByteArray::fromStdString(server.url() + "/elsewhere")}}});
    };
    const CallOutcome outcome = performAt(server.url(), test::callOf("thing", kKey));
    QCOMPARE(outcome.errorCode, std::string("unexpected_status"));
    QVERIFY(outcome.effectUncertain);
    QCOMPARE(server.requests.size(), std::size_t{1});
}

void HttpConnectorTest::brokenAnswersAreUncertainAndNotSentAgain_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Length: ";
    QTest::newRow("hung up") << QByteArray() << "unavailable";
    QTest::newRow("not HTTP") << QByteArray("hello there\r\n\r\n") << "unavailable";
    QTest::newRow("cut off") << head + "100\r\n\r\n{"
                             << "unavailable";
    QTest::newRow("not JSON") << head + "5\r\n\r\nhello"
                              << "contract_violation";
    QTest::newRow("repeated member") << head + "13\r\n\r\n{\"a\":1,\"a\":2}"
                                     << "contract_violation";
    QTest::newRow("too large") << head + "70000\r\n\r\n" + QByteArray(70'000, ' ')
                               << "response_too_large";
    QTest::newRow("too large without a length")
        << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n") + QByteArray(70'000, ' ')
        << "response_too_large";
}

void HttpConnectorTest::brokenAnswersAreUncertainAndNotSentAgain()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    ScriptedServer server;
    server.answer = [&bytes](HttpExchange& exchange) {
        if (bytes.isEmpty())
            exchange.drop();
        else
            exchange.respondRaw(bytes);
    };
    const CallOutcome outcome = performAt(server.url(), test::callOf("thing", kKey));
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(QString::fromStdString(outcome.errorCode), code);
    QVERIFY(outcome.effectUncertain);
    QCOMPARE(server.requests.size(), std::size_t{1});
}

void HttpConnectorTest::noAnswerInTimeIsATimeout()
{
    ScriptedServer server;
    server.answer = [](HttpExchange&) {
    };
    ConnectorCall call = test::callOf("thing", kKey);
    call.timeoutMs = 500;
    const CallOutcome outcome = performAt(server.url(), call);
    QVERIFY(outcome.result == CallResult::Timeout);
    QCOMPARE(outcome.errorCode, std::string("timeout"));
    QVERIFY(outcome.effectUncertain);
    QVERIFY(outcome.retryable);
    QCOMPARE(server.requests.size(), std::size_t{1});
}

void HttpConnectorTest::closedPortSurelyDidNothing()
{
    std::string url;
    {
        const ScriptedServer server;
        url = server.url();
    }
    const CallOutcome outcome = performAt(url, test::callOf("thing", kKey));
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("unavailable"));
    QVERIFY(!outcome.effectUncertain);
    QVERIFY(outcome.retryable);
}

void HttpConnectorTest::environmentProxyIsIgnoredForThisMachine()
{
    qputenv("http_proxy", "http://127.0.0.1:1");
    ScriptedServer server;
    const CallOutcome outcome = performAt(server.url(), test::callOf("thing", kKey));
    qunsetenv("http_proxy");
    QVERIFY(outcome.result == CallResult::Success);
}

void HttpConnectorTest::repeatedSecretIsOverwritten()
{
    const QByteArray secret(kSecret);
    for (const int status : {200, 400}) {
        ScriptedServer server;
        // The second member hides the secret behind an escape and behind the length limit.
        QByteArray escaped = secret;
        escaped.replace("s3", "\\u00733");
        server.answer = [&](HttpExchange& exchange) {
            exchange.respond(
                {.status = status,
                 .body = "{\"message\":\"" + QByteArray(490, 'x') + secret + "\",\"" + secret
                         + "\":[{\"a\":\"<" + escaped + ">\"}]}",
                 .headers = {}});
        };
        const CallOutcome outcome = performAt(server.url(), test::callOf("thing", kKey));
        const std::string seen = outcome.message + outcome.response.dump();
        QVERIFY2(seen.find("s3cret") == std::string::npos, seen.c_str());
        QVERIFY(outcome.responseDigest.has_value());
        if (status == 200)
            QCOMPARE(
                outcome.response.at("[secret]").at(0).at("a").dump(), Json("<[secret]>").dump());
    }
}

void HttpConnectorTest::untrustedCertificateIsRefused()
{
    const QTemporaryDir folder;
    const QString keyPath = folder.filePath(QStringLiteral("key.pem"));
    const QString certificatePath = folder.filePath(QStringLiteral("certificate.pem"));
    QProcess openssl;
    openssl.start(
        QStringLiteral("openssl"),
        {QStringLiteral("req"),
         QStringLiteral("-x509"),
         QStringLiteral("-newkey"),
         QStringLiteral("rsa:2048"),
         QStringLiteral("-nodes"),
         QStringLiteral("-keyout"),
         keyPath,
         QStringLiteral("-out"),
         certificatePath,
         QStringLiteral("-days"),
         QStringLiteral("2"),
         QStringLiteral("-subj"),
         QStringLiteral("/CN=localhost"),
         QStringLiteral("-addext"),
         QStringLiteral("subjectAltName=DNS:localhost")});
    if (!openssl.waitForStarted())
        QSKIP("the program openssl is not there: certificates are not checked");
    QVERIFY(openssl.waitForFinished(60'000) && openssl.exitCode() == 0);
    QFile keyFile(keyPath);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate::fromPath(certificatePath).value(0));
    configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const CallOutcome outcome = performAt(
        "https://localhost:" + std::to_string(server.serverPort()), test::callOf("thing", kKey));
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("tls_untrusted"));
    QVERIFY(!outcome.effectUncertain);
    QVERIFY(!outcome.retryable);
}

void HttpConnectorTest::endOfTheProgramInterrupts()
{
    ScriptedServer server;
    server.answer = [](HttpExchange&) {
    };
    auto gateway = gatewayFor(httpDocument(server.url()));
    test::Outcomes outcomes;
    gateway->start(test::callOf("thing", kKey), outcomes.callback());
    QTRY_COMPARE(server.requests.size(), std::size_t{1});
    gateway.reset();
    QCOMPARE(outcomes.count(), std::size_t{1});
    QCOMPARE(outcomes.all().front().errorCode, std::string("interrupted"));
    QVERIFY(outcomes.all().front().effectUncertain);
}

QTEST_GUILESS_MAIN(HttpConnectorTest)
#include "tst_http_connector.moc"
