#include "app/demo_systems/http_listener.h"

#include <QHostAddress>
#include <QUrl>

#include <memory>
#include <optional>
#include <utility>

namespace countersign::demo {

namespace {

constexpr qsizetype kHeadBytesMax = 32 * 1024;
constexpr qsizetype kBodyBytesMax = 4 * 1024 * 1024;

QByteArray reasonOf(int status)
{
    return status < 300 ? QByteArrayLiteral("OK") : QByteArrayLiteral("Refused");
}

/// Request line and header fields of a complete head (RFC 9112); nothing when it is malformed.
std::optional<HttpRequest> parseHead(const QByteArray& head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.front().trimmed().split(' ');
    if (words.size() != 3 || !words.at(1).startsWith('/') || !words.at(2).startsWith("HTTP/1."))
        return std::nullopt;
    HttpRequest request;
    request.method = words.at(0);
    const qsizetype mark = words.at(1).indexOf('?');
    request.path = mark < 0 ? words.at(1) : words.at(1).left(mark);
    if (mark >= 0)
        request.query = QUrlQuery(QString::fromUtf8(words.at(1).mid(mark + 1)));
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    return request;
}

} // namespace

void HttpExchange::respond(const HttpResponse& response)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
                       + reasonOf(response.status)
                       + "\r\nContent-Type: application/json\r\nContent-Length: "
                       + QByteArray::number(response.body.size()) + "\r\nConnection: close\r\n";
    for (auto it = response.headers.cbegin(); it != response.headers.cend(); ++it)
        bytes += it.key() + ": " + it.value() + "\r\n";
    respondRaw(bytes + "\r\n" + response.body);
}

void HttpExchange::respondRaw(const QByteArray& bytes)
{
    if (!m_socket)
        return;
    m_socket->write(bytes);
    m_socket->disconnectFromHost();
}

void HttpExchange::drop()
{
    if (m_socket)
        m_socket->abort();
}

HttpListener::HttpListener(Handler handler, QObject* parent)
    : QObject(parent)
    , m_handler(std::move(handler))
{
    connect(&m_server, &QTcpServer::newConnection, this, &HttpListener::accept);
}

Result<std::uint16_t> HttpListener::listen(std::uint16_t port)
{
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), port))
        return fail(ErrorCode::Unavailable, m_server.errorString().toStdString());
    return m_server.serverPort();
}

void HttpListener::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        const auto received = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, received] {
            read(socket, *received);
        });
    }
}

void HttpListener::read(QTcpSocket* socket, QByteArray& received)
{
    received += socket->readAll();
    const qsizetype headEnd = received.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        if (received.size() > kHeadBytesMax)
            socket->abort();
        return;
    }
    std::optional<HttpRequest> request = parseHead(received.left(headEnd));
    bool isNumber = true;
    const QByteArray length =
        request ? request->headers.value("content-length", "0") : QByteArray("0");
    const qsizetype bodySize = length.toLongLong(&isNumber);
    const bool isFine = request && isNumber && bodySize >= 0 && bodySize <= kBodyBytesMax
                        && !request->headers.contains("transfer-encoding");
    if (!isFine) {
        HttpExchange(socket).respond({.status = 400, .body = {}, .headers = {}});
        return;
    }
    const qsizetype bodyStart = headEnd + 4;
    if (received.size() < bodyStart + bodySize)
        return;
    request->body = received.mid(bodyStart, bodySize);
    // One request for each connection; what comes after it is not read.
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    m_handler(*request, std::make_shared<HttpExchange>(socket));
}

} // namespace countersign::demo
