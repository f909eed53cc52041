#include "app/demo/demo_decisions.h"
#include "app/demo_systems/http_listener.h"
#include "tests/support/ctl_workspace.h"
#include "tests/support/demo_systems_process.h"

#include <QTest>

#include <csignal>
#include <map>

#include <sys/resource.h>

using namespace countersign;
using demo::HttpExchange;
using demo::HttpListener;
using demo::HttpRequest;
using test::CtlRun;
using test::CtlWorkspace;

namespace {

const QByteArray kCanary = "Canary/7f+3b~Zq=9e41d2c0,5a";
const QStringList kApprove = {QStringLiteral("--answer"), QStringLiteral("approve")};

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QByteArray escaped(const QByteArray& bytes)
{
    QByteArray text;
    for (const char c : bytes)
        text += "\\u00" + QByteArray(1, c).toHex();
    return text;
}

/// Every form in which a secret is looked for. Of base64 the part that no neighbour shares in.
std::vector<QByteArray> formsOf(const QByteArray& secret)
{
    std::vector<QByteArray> forms = {
        secret,
        secret.toHex(),
        secret.toHex().toUpper(),
        secret.toPercentEncoding(),
        secret.toPercentEncoding().toLower(),
        secret.toPercentEncoding({}, secret),
        QByteArray(secret).replace("/", "\\/"),
        escaped(secret)};
    for (int before = 0; before < 3; ++before) {
        QByteArray encoded = (QByteArray(before, 'x') + secret).toBase64();
        const int first = (before * 8 + 5) / 6;
        const int end = static_cast<int>((before + secret.size()) * 8 / 6);
        encoded = encoded.mid(first, end - first);
        forms.push_back(encoded);
        forms.push_back(QByteArray(encoded).replace('+', '-').replace('/', '_'));
    }
    return forms;
}

/// The first form of the secret that stands in the bytes, or nothing.
QByteArray found(const QByteArray& bytes, const QByteArray& secret = kCanary)
{
    for (const QByteArray& form : formsOf(secret))
        if (bytes.contains(form))
            return form;
    return {};
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Stands before the business systems: of each effect it refuses the first attempts, and says why
/// with all that it was sent; then it passes the call on.
class EchoingProxy
{
public:
    explicit EchoingProxy(std::string target)
        : m_target(std::move(target))
        , m_listener([this](const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) {
            answer(request, std::move(exchange));
        })
    {
        m_port = m_listener.listen(0).value();
    }

    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    int echoCount = 0;
    int passedCount = 0;

private:
    void answer(const HttpRequest& request, std::shared_ptr<HttpExchange> exchange)
    {
        const QByteArray authorization = request.headers.value("authorization");
        if (!authorization.contains(kCanary)) {
            exchange->respond({.status = 401, .body = "{}", .headers = {}});
            return;
        }
        const int attempt = ++m_attempts[request.headers.value("idempotency-key")];
        const QByteArray echo =
            attempt == 1   ? authorization + " " + escaped(kCanary)
            : attempt == 2 ? authorization.toBase64() + " " + authorization.toHex() + " "
                                 + authorization.toPercentEncoding() + " " + kCanary.toBase64()
                           : QByteArray();
        if (!echo.isEmpty()) {
            ++echoCount;
            exchange->respond(
                {.status = 503,
                 .body =
                     R"({"error":{"message":"not with )" + echo + R"("},"sent":")" + echo + R"("})",
                 .headers = {{"X-Seen", kCanary}}});
            return;
        }
        ++passedCount;
        pass(request, std::move(exchange));
    }

    void pass(const HttpRequest& request, std::shared_ptr<HttpExchange> exchange)
    {
        QNetworkRequest onward(
            QUrl(QString::fromStdString(m_target) + QString::fromLatin1(request.path)));
        for (const char* name : {"authorization", "idempotency-key", "content-type"})
            onward.setRawHeader(name, request.headers.value(name));
        QNetworkReply* reply = m_client.sendCustomRequest(onward, request.method, request.body);
        QObject::connect(reply, &QNetworkReply::finished, reply, [reply, exchange] {
            exchange->respond(
                {.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                 .body = reply->readAll(),
                 .headers = {}});
            reply->deleteLater();
        });
    }

    std::string m_target;
    QNetworkAccessManager m_client;
    std::map<QByteArray, int> m_attempts;
    HttpListener m_listener;
    std::uint16_t m_port = 0;
};

} // namespace

/// A secret that can be recognized goes through a whole run, repeated by the other side in every
/// way it can think of; then everything that is left is searched for it.
class TestSecretCanary : public QObject
{
    Q_OBJECT

    CtlWorkspace m_workspace;
    test::DemoSystemsProcess m_systems;
    std::unique_ptr<EchoingProxy> m_proxy;
    QProcess m_engine;
    QByteArray m_said; ///< All that any program wrote.
    QString m_run;
    QString m_decision;

    CtlRun ctl(const QStringList& line)
    {
        const CtlRun run = m_workspace.ctl().run(line);
        m_said += QByteArray::fromStdString(run.out) + QByteArray::fromStdString(run.err);
        return run;
    }

    CtlRun ctlJson(const QStringList& line) { return ctl(line + words("--json")); }

    [[nodiscard]] std::string stepStatus(const char* step)
    {
        const CtlRun shown = ctlJson(words("run show") + QStringList{m_run});
        if (!shown.json.is_object())
            return {};
        for (const Json& row : shown.json.at("steps"))
            if (textMember(row, "step_id") == step)
                return textMember(row, "status");
        return {};
    }

    /// Programs run while the proxy answers in this thread's event loop.
    [[nodiscard]] bool waitFor(const std::function<bool()>& condition)
    {
        for (int i = 0; i < 240; ++i) {
            if (condition())
                return true;
            QTest::qWait(250);
        }
        return false;
    }

    void startEngine(const QStringList& unlocking)
    {
        m_engine.setProcessChannelMode(QProcess::MergedChannels);
        m_workspace.ctl().prepare(m_engine);
        m_engine.setWorkingDirectory(m_workspace.path(QString()));
        // Whoever starts it allows core dumps; the program itself does not.
        m_engine.setChildProcessModifier([] {
            ::setsid();
            const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
            ::setrlimit(RLIMIT_CORE, &all);
        });
        m_engine.start(test::Ctl::programPath(), words("work") + unlocking);
        QVERIFY(m_engine.waitForStarted());
    }

    void endEngine(int signal)
    {
        ::kill(static_cast<pid_t>(m_engine.processId()), signal);
        QVERIFY(m_engine.waitForFinished(60'000));
        m_said += m_engine.readAll();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_workspace.write(QStringLiteral("token"), kCanary + "\n");
        m_systems.setToken(kCanary);
        QVERIFY(m_systems.start(
            {QStringLiteral("--state"),
             m_workspace.path(QStringLiteral("systems.db")),
             QStringLiteral("--token-file"),
             m_workspace.path(QStringLiteral("token"))}));
        m_proxy = std::make_unique<EchoingProxy>(m_systems.url());
        const CtlRun founded = m_workspace.found(m_proxy->url());
        QVERIFY2(founded.exitCode == 0, founded.err.c_str());
        QVERIFY(QDir().mkpath(m_workspace.workspace() + QStringLiteral("/outbox/mail")));
        const CtlRun sealed = ctl(
            words("secret set demo-systems --from-file")
            + QStringList{m_workspace.path(QStringLiteral("token"))} + m_workspace.passphrase());
        QVERIFY2(sealed.exitCode == 0, sealed.err.c_str());
        const auto files = app::demoDecision("price-change", SystemClock().now());
        QVERIFY(files.ok());
        const QString folder = m_workspace.path(QStringLiteral("price"));
        QVERIFY(app::writeFolder(folder.toStdString(), *files).ok());
        const CtlRun taken = ctlJson(words("ingest") + QStringList{folder});
        QVERIFY2(taken.exitCode == 0, taken.err.c_str());
        m_decision =
            QString::fromStdString(textMember(taken.json.at("accepted").at(0), "decision_id"));
        for (const char* person : {"faisal.alharbi", "maha.alqahtani"})
            QCOMPARE(
                m_workspace.sign(m_decision, QString::fromLatin1(person), kApprove).exitCode, 0);
    }

    /// The test would pass with any search that finds nothing.
    void theSearchFindsWhatIsThere()
    {
        for (const QByteArray& form : formsOf(kCanary))
            QVERIFY(!found("before " + form + " after").isEmpty());
        for (const char* before : {"", "B", "Be", "Bearer "})
            QVERIFY(!found((before + kCanary + "x").toBase64()).isEmpty());
        QVERIFY(found("nothing").isEmpty());
        QVERIFY(!found(readAll(m_workspace.path(QStringLiteral("token")))).isEmpty());
    }

    void lockedSecretsHoldTheRunAndFailNothing()
    {
        startEngine({});
        QVERIFY(waitFor([this] {
            const CtlRun runs = ctlJson(words("run list"));
            if (!runs.json.is_object() || runs.json.at("runs").empty())
                return false;
            m_run = QString::fromStdString(textMember(runs.json.at("runs")[0], "run_id"));
            return textMember(runs.json.at("runs")[0], "status_detail")
                       .find("secrets of this workspace are locked")
                   != std::string::npos;
        }));
        QCOMPARE(m_proxy->echoCount, 0);
        QVERIFY(stepStatus("shadow_billing") != "failed");
        endEngine(SIGTERM);
        QVERIFY2(m_said.contains("secret.locked"), m_said.constData());
    }

    void theRunGoesOnWithTheSecretAndWhatIsRepeatedIsMasked()
    {
        startEngine(m_workspace.passphrase());
        QVERIFY2(
            waitFor([this] { return stepStatus("shadow_billing") == "done"; }),
            m_engine.readAll().constData());
        QCOMPARE(m_proxy->echoCount, 2);
        QCOMPARE(m_proxy->passedCount, 1);
    }

    void noMemoryOfTheEngineHoldsIt()
    {
        const QString dump = m_workspace.path(QStringLiteral("memory"));
        QProcess gcore;
        gcore.setProcessChannelMode(QProcess::MergedChannels);
        gcore.start(
            QStringLiteral("gcore"),
            {QStringLiteral("-o"), dump, QString::number(m_engine.processId())});
        if (!gcore.waitForStarted() || !gcore.waitForFinished(120'000))
            QSKIP("no gcore here: the search of the engine's memory");
        const QString path = dump + QLatin1Char('.') + QString::number(m_engine.processId());
        const QByteArray memory = readAll(path);
        QFile::remove(path);
        if (memory.isEmpty())
            QSKIP("this user may not look into processes: the search of the engine's memory");
        // It is the engine's memory: what it worked on is in it.
        QVERIFY(memory.contains(m_run.toLatin1()));
        QCOMPARE(found(memory), QByteArray());
        QCOMPARE(found(memory, CtlWorkspace::kPassphrase), QByteArray());
    }

    void aCrashLeavesNoCore()
    {
        endEngine(SIGABRT);
        QCOMPARE(m_engine.exitStatus(), QProcess::CrashExit);
        for (const QString& folder : {m_workspace.path(QString()), m_workspace.workspace()}) {
            const QDir place(folder);
            QVERIFY(place.entryList({QStringLiteral("core*")}, QDir::Files).isEmpty());
        }
    }

    void nothingThatIsLeftHoldsIt()
    {
        const CtlRun rotated = ctl(
            words("secret rotate demo-systems --overlap 1h --from-file")
            + QStringList{m_workspace.path(QStringLiteral("token"))} + m_workspace.passphrase());
        QVERIFY2(rotated.exitCode == 0, rotated.err.c_str());
        QCOMPARE(ctlJson(words("secret list")).exitCode, 0);
        QCOMPARE(ctl(words("secret list")).exitCode, 0);
        // What goes wrong says no value either.
        QVERIFY(
            ctl(words("secret set Not-A-Name --from-file")
                + QStringList{m_workspace.path(QStringLiteral("token"))} + m_workspace.passphrase())
                .exitCode
            != 0);
        const QString pack = m_workspace.workspace() + QStringLiteral("/packs/price.zip");
        const CtlRun exported = ctlJson(
            words("evidence export") + QStringList{m_decision, QStringLiteral("--output"), pack});
        QVERIFY2(exported.exitCode == 0, exported.err.c_str());
        QCOMPARE(ctlJson(words("audit verify --deep")).exitCode, 0);
        QCOMPARE(ctl(words("run show") + QStringList{m_run}).exitCode, 0);
        QCOMPARE(ctlJson(words("show") + QStringList{m_decision}).exitCode, 0);

        int fileCount = 0;
        bool hasMask = false;
        QDirIterator files(
            m_workspace.workspace(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            const QByteArray bytes = readAll(path);
            ++fileCount;
            hasMask = hasMask || bytes.contains("[secret]");
            QVERIFY2(found(bytes).isEmpty(), qPrintable(path));
        }
        QVERIFY(fileCount > 5);
        QVERIFY(hasMask);
        // Inside a pack the files are compressed.
        QProcess unzip;
        unzip.start(QStringLiteral("unzip"), {QStringLiteral("-p"), pack});
        QVERIFY(unzip.waitForFinished(60'000));
        const QByteArray unpacked = unzip.readAllStandardOutput();
        QVERIFY(unpacked.contains("[secret]"));
        QCOMPARE(found(unpacked), QByteArray());
        QVERIFY(m_said.size() > 1000);
        QCOMPARE(found(m_said), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestSecretCanary)
#include "tst_secret_canary.moc"
