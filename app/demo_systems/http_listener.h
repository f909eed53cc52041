#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrlQuery>

#include <cstdint>
#include <functional>
#include <memory>

/// A small HTTP/1.1 server on the loopback address whose handlers hold the connection in their own
/// hands: they may answer late, answer nonsense or hang up without a word, which is what other
/// people's systems do and a server library does not let one do.
namespace countersign::demo {

struct HttpRequest
{
    QByteArray method;
    QByteArray path; ///< Still percent-encoded, without the query.
    QUrlQuery query;
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body;
};

struct HttpResponse
{
    int status = 200;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers; ///< Besides Content-Type, Content-Length, Connection.
};

/// The open side of one request. May be kept; when the other side has gone, its calls do nothing.
class HttpExchange
{
public:
    explicit HttpExchange(QTcpSocket* socket)
        : m_socket(socket)
    {}

    void respond(const HttpResponse& response);
    /// Bytes as they are, then the end of the connection.
    void respondRaw(const QByteArray& bytes);
    /// Ends the connection without a byte.
    void drop();

private:
    QPointer<QTcpSocket> m_socket;
};

/// Thread: that of its event loop, where the handler runs too.
class HttpListener : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<void(const HttpRequest&, std::shared_ptr<HttpExchange>)>;

    explicit HttpListener(Handler handler, QObject* parent = nullptr);

    /// Port 0 takes a free one. Errors: Unavailable.
    [[nodiscard]] Result<std::uint16_t> listen(std::uint16_t port);

private:
    void accept();
    void read(QTcpSocket* socket, QByteArray& received);

    Handler m_handler;
    QTcpServer m_server;
};

} // namespace countersign::demo
