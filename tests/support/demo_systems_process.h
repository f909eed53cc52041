#pragma once

#include "models/json.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QProcess>
#include <QTest>
#include <QUrl>

#include <string>

namespace countersign::test {

/// What the demo systems answered.
struct DemoAnswer
{
    int status = 0; ///< 0: none came.
    bool isReplayed = false;
    QByteArray retryAfter;
    Json body;
};

/// The demo systems as a program of their own, and a client that waits while the event loop runs.
class DemoSystemsProcess
{
public:
    static QString programPath()
    {
        return QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersign-demo-systems");
    }

    ~DemoSystemsProcess() { kill(); }

    /// True once it listens. It ends with this test, however the test ends.
    [[nodiscard]] bool start(const QStringList& more)
    {
        const QStringList arguments =
            QStringList{
                QStringLiteral("--parent-pid"), QString::number(QCoreApplication::applicationPid())}
            + more;
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(programPath(), arguments);
        const bool hasLine = QTest::qWaitFor([this] { return m_process.canReadLine(); }, 30'000);
        if (!hasLine)
            return false;
        const Result<Json> line = parseJson(m_process.readLine().trimmed().toStdString());
        m_port = line.ok() ? line->value("port", 0) : 0;
        return m_port > 0;
    }

    /// As `kill -9` does.
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished(-1);
    }

    [[nodiscard]] QProcess& process() { return m_process; }
    void setToken(const QByteArray& token) { m_token = token; }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

    DemoAnswer send(
        const QByteArray& method,
        const QString& path,
        const Json& body = {},
        const QByteArray& key = {})
    {
        const std::unique_ptr<QNetworkReply> reply(begin(method, path, body, key));
        return finish(*reply);
    }

    DemoAnswer post(const QString& path, const QByteArray& key, const Json& payload)
    {
        return send("POST", path, payload, key);
    }

    /// Starts a request without waiting for its answer.
    [[nodiscard]] std::unique_ptr<QNetworkReply>
    begin(const QByteArray& method, const QString& path, const Json& body, const QByteArray& key)
    {
        QNetworkRequest request(QUrl(QString::fromStdString(url()) + path));
        if (!m_token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + m_token);
        if (!key.isEmpty())
            request.setRawHeader("Idempotency-Key", key);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
        const QByteArray bytes =
            body.is_null() ? QByteArray() : QByteArray::fromStdString(body.dump());
        return std::unique_ptr<QNetworkReply>(m_client.sendCustomRequest(request, method, bytes));
    }

    static DemoAnswer finish(QNetworkReply& reply)
    {
        DemoAnswer answer;
        if (!QTest::qWaitFor([&reply] { return reply.isFinished(); }, 60'000))
            return answer;
        answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.isReplayed = reply.rawHeader("Idempotency-Replayed") == "true";
        answer.retryAfter = reply.rawHeader("Retry-After");
        const Result<Json> body = parseJson(reply.readAll().toStdString());
        if (body.ok())
            answer.body = *body;
        return answer;
    }

    /// All effects of one system.
    [[nodiscard]] std::vector<Json> effectsOf(const std::string& system)
    {
        std::vector<Json> found;
        std::int64_t since = 0;
        while (true) {
            const DemoAnswer answer = send("GET", QStringLiteral("/_effects?since=%1").arg(since));
            const Json effects = answer.body.value("effects", Json::array());
            if (effects.empty())
                return found;
            for (const Json& effect : effects) {
                since = effect.at("seq").get<std::int64_t>();
                if (effect.at("system") == system)
                    found.push_back(effect);
            }
        }
    }

    /// State of a resource, or null.
    [[nodiscard]] Json stateOf(const QString& uri)
    {
        const QString path =
            QStringLiteral("/any/resource?uri=") + QString::fromUtf8(QUrl::toPercentEncoding(uri));
        return send("GET", path).body.value("state", Json());
    }

private:
    QProcess m_process;
    QNetworkAccessManager m_client;
    QByteArray m_token;
    int m_port = 0;
};

} // namespace countersign::test
