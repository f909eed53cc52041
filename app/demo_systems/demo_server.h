#pragma once

#include "app/demo_systems/demo_service.h"
#include "app/demo_systems/http_listener.h"

#include <QObject>

#include <cstdint>
#include <string>

namespace countersign::demo {

/// The systems over HTTP on the loopback address:
///
///     POST   /<system>/<operation>           Idempotency-Key, JSON payload; does the effect
///     GET    /<system>/resource?uri=…        {uri, version, state}, or 404
///     GET    /_effects?since=<seq>           {effects: […]}
///     GET    /_health                        {status}; the only one without a token
///     GET, POST, DELETE /_faults             lists, adds, clears (demo_service.h)
///
/// A repeated key answers from memory with `Idempotency-Replayed: true`. With a token every request
/// needs `Authorization: Bearer <token>`. Thread: its event loop's.
class DemoServer : public QObject
{
    Q_OBJECT

public:
    /// `token` empty: none is asked for.
    DemoServer(SystemState& state, const Clock& clock, std::string token);

    /// Port 0 takes a free one. Errors: Unavailable.
    [[nodiscard]] Result<std::uint16_t> listen(std::uint16_t port);

private:
    void handle(const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange);
    [[nodiscard]] bool isAuthorized(const HttpRequest& request) const;
    [[nodiscard]] Reply answerTo(const HttpRequest& request);
    [[nodiscard]] Reply post(const HttpRequest& request);
    [[nodiscard]] Reply resource(const HttpRequest& request);
    [[nodiscard]] Reply effects(const HttpRequest& request);
    [[nodiscard]] Reply faults(const HttpRequest& request);

    SystemState& m_state;
    DemoService m_service;
    std::string m_token;
    HttpListener m_listener;
};

} // namespace countersign::demo
