#include "app/demo/systems_client.h"

#include <QTcpSocket>

namespace countersign::app {

namespace {

constexpr int kWaitMs = 10'000;
constexpr std::size_t kAnswerByteCountMax = std::size_t{8} * 1024 * 1024;

Failure unreachable()
{
    return fail(ErrorCode::Unavailable, "the business systems do not answer", "demo.systems");
}

} // namespace

SystemsClient::SystemsClient(std::string baseUrl, std::string token)
    : m_token(std::move(token))
{
    const std::size_t host = baseUrl.find("//") + 2;
    const std::size_t colon = baseUrl.rfind(':');
    m_host = baseUrl.substr(host, colon - host);
    m_port = std::atoi(baseUrl.c_str() + colon + 1);
}

Result<Json>
SystemsClient::ask(const std::string& method, const std::string& path, const Json& body) const
{
    QTcpSocket socket;
    socket.connectToHost(QString::fromStdString(m_host), static_cast<quint16>(m_port));
    if (!socket.waitForConnected(kWaitMs))
        return unreachable();
    const std::string content = body.is_null() ? std::string() : body.dump();
    const std::string request =
        method + " " + path + " HTTP/1.1\r\nHost: " + m_host + "\r\nAuthorization: Bearer "
        + m_token + "\r\nContent-Type: application/json\r\nContent-Length: "
        + std::to_string(content.size()) + "\r\nConnection: close\r\n\r\n" + content;
    socket.write(request.data(), static_cast<qint64>(request.size()));
    std::string answer;
    while (socket.waitForReadyRead(kWaitMs) && answer.size() < kAnswerByteCountMax)
        answer += socket.readAll().toStdString();
    const std::size_t start = answer.find("\r\n\r\n");
    if (answer.rfind("HTTP/1.1 2", 0) != 0 || start == std::string::npos)
        return unreachable();
    const std::string text = answer.substr(start + 4);
    if (text.empty())
        return Json::object();
    return parseJson(text);
}

Result<std::vector<Json>> SystemsClient::effects() const
{
    std::vector<Json> effects;
    std::int64_t since = 0;
    while (true) {
        CS_TRY(const Json page, ask("GET", "/_effects?since=" + std::to_string(since), {}));
        const Json list = page.value("effects", Json::array());
        if (list.empty())
            return effects;
        for (const Json& effect : list) {
            since = effect.value("seq", since + 1);
            effects.push_back(effect);
        }
    }
}

Result<void> SystemsClient::addFault(const Json& fault) const
{
    CS_CHECK(ask("POST", "/_faults", fault));
    return {};
}

} // namespace countersign::app
