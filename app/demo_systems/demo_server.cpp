#include "app/demo_systems/demo_server.h"

#include <QTimer>

#include <chrono>
#include <utility>

namespace countersign::demo {

namespace {

Reply done(std::string body)
{
    Reply reply;
    reply.body = std::move(body);
    return reply;
}

Reply refused(int status, std::string_view code, std::string_view message)
{
    Reply reply;
    reply.status = status;
    reply.body = errorBody(code, message);
    return reply;
}

HttpResponse responseOf(const Reply& reply)
{
    HttpResponse response{
        .status = reply.status, .body = QByteArray::fromStdString(reply.body), .headers = {}};
    if (reply.isReplayed)
        response.headers.insert("Idempotency-Replayed", "true");
    if (reply.retryAfterSeconds >= 0)
        response.headers.insert("Retry-After", QByteArray::number(reply.retryAfterSeconds));
    return response;
}

} // namespace

DemoServer::DemoServer(SystemState& state, const Clock& clock, std::string token)
    : m_state(state)
    , m_service(state, clock)
    , m_token(std::move(token))
    , m_listener([this](const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) {
        handle(request, exchange);
    })
{}

Result<std::uint16_t> DemoServer::listen(std::uint16_t port)
{
    return m_listener.listen(port);
}

void DemoServer::handle(const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange)
{
    const Reply reply = answerTo(request);
    if (reply.isDropped) {
        exchange->drop();
    } else if (reply.delayMs > 0) {
        QTimer::singleShot(
            std::chrono::milliseconds(reply.delayMs),
            this,
            [exchange, response = responseOf(reply)] { exchange->respond(response); });
    } else {
        exchange->respond(responseOf(reply));
    }
}

bool DemoServer::isAuthorized(const HttpRequest& request) const
{
    return m_token.empty()
           || request.headers.value("authorization")
                  == "Bearer " + QByteArray::fromStdString(m_token);
}

Reply DemoServer::answerTo(const HttpRequest& request)
{
    const bool isGet = request.method == "GET";
    if (request.path == "/_health" && isGet)
        return done(R"({"status":"ok"})");
    if (!isAuthorized(request))
        return refused(401, "unauthorized", "The token is missing or wrong.");
    if (request.path == "/_faults")
        return faults(request);
    if (request.path == "/_effects" && isGet)
        return effects(request);
    if (request.path.endsWith("/resource") && isGet)
        return resource(request);
    if (request.method == "POST")
        return post(request);
    return refused(405, "method", "Not possible here.");
}

Reply DemoServer::post(const HttpRequest& request)
{
    const QList<QByteArray> parts = request.path.mid(1).split('/');
    if (parts.size() != 2)
        return refused(404, "not_found", "The path is /<system>/<operation>.");
    EffectRequest effect;
    effect.system = parts.at(0).toStdString();
    effect.operation = parts.at(1).toStdString();
    effect.idempotencyKey = request.headers.value("idempotency-key").toStdString();
    effect.trace = request.headers.value("traceparent").toStdString();
    if (effect.idempotencyKey.empty())
        return refused(400, "invalid_input", "The idempotency key is missing.");
    Result<Json> payload = parseJson(request.body.toStdString());
    if (!payload.ok())
        return replyOf(payload.error());
    effect.payload = std::move(*payload);
    return m_service.handle(effect);
}

Reply DemoServer::resource(const HttpRequest& request)
{
    const QString uri = request.query.queryItemValue(QStringLiteral("uri"), QUrl::FullyDecoded);
    const Result<std::optional<Json>> found = m_state.resource(uri.toStdString());
    if (!found.ok())
        return replyOf(found.error());
    if (!*found)
        return refused(404, "not_found", "There is no such resource.");
    return done((*found)->dump());
}

Reply DemoServer::effects(const HttpRequest& request)
{
    bool isNumber = true;
    const QString since = request.query.queryItemValue(QStringLiteral("since"));
    const qlonglong seq = since.isEmpty() ? 0 : since.toLongLong(&isNumber);
    if (!isNumber)
        return refused(400, "invalid_input", "\"since\" is a sequence number.");
    Result<Json> effects = m_state.effectsSince(seq);
    if (!effects.ok())
        return replyOf(effects.error());
    return done(Json{{"effects", std::move(*effects)}}.dump());
}

Reply DemoServer::faults(const HttpRequest& request)
{
    if (request.method == "POST") {
        const Result<Json> description = parseJson(request.body.toStdString());
        if (!description.ok())
            return replyOf(description.error());
        const Result<void> added = m_service.addFault(*description);
        if (!added.ok())
            return replyOf(added.error());
    } else if (request.method == "DELETE") {
        const Result<void> cleared = m_state.clearFaults();
        if (!cleared.ok())
            return replyOf(cleared.error());
    } else if (request.method != "GET") {
        return refused(405, "method", "Not possible here.");
    }
    Result<Json> list = m_service.faults();
    if (!list.ok())
        return replyOf(list.error());
    return done(Json{{"faults", std::move(*list)}}.dump());
}

} // namespace countersign::demo
