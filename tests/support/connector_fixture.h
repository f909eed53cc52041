#pragma once

#include "models/ids.h"
#include "models/json.h"
#include "planes/execution/connector.h"
#include "planes/execution/connector_catalog.h"
#include "planes/execution/detail/transport.h"
#include "planes/execution/secret_source.h"

#include <QTest>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Small connectors and calls for tests.
namespace countersign::test {

/// A manifest with one operation, `thing.do`, that takes any object and answers any value.
inline Json manifestDocument(const std::string& name, Json transport)
{
    const Json operation = {
        {"title", "Do a thing"},
        {"classes",
         {{"approval", "A1"}, {"reversibility", "R1"}, {"sensitivity", "S1"}, {"action", "B"}}},
        {"deduplicates", true},
        {"timeout_ms_max", 60'000},
        {"input", {{"type", "object"}}},
        {"output", Json::object()}};
    return {
        {"schema", "connector_manifest"},
        {"schema_version", "1.0"},
        {"name", name},
        {"version", "1.0"},
        {"title", "A connector"},
        {"owner", "Somebody"},
        {"transport", std::move(transport)},
        {"limits", {{"concurrency", 2}, {"response_bytes_max", 65536}}},
        {"operations", {{"thing.do", operation}}}};
}

/// The document's operation, for changing it.
inline Json& operationIn(Json& document)
{
    return document.at("operations").at("thing.do");
}

inline execution::ConnectorCall callOf(const std::string& connector, const std::string& key)
{
    execution::ConnectorCall call;
    call.connector = connector;
    call.connectorVersion = "1.0";
    call.operation = "thing.do";
    call.payload = Json::object();
    call.idempotencyKey = key;
    call.timeoutMs = 30'000;
    return call;
}

/// A call for one transport alone, without a gateway.
class TransportFixture
{
public:
    execution::ConnectorCall call = callOf("thing", "northgate:test:0001");
    execution::ConnectorOperation operation;
    std::string secret;
    std::int64_t timeoutMs = 30'000;
    std::size_t responseBytesMax = 65536;
    SystemClock clock;
    std::atomic<bool> stopping = false;

    [[nodiscard]] execution::detail::TransportCall transportCall() const
    {
        return {
            .call = call,
            .operation = operation,
            .secret = secret,
            .timeoutMs = timeoutMs,
            .responseBytesMax = responseBytesMax,
            .clock = clock,
            .stopping = stopping};
    }
};

/// Secrets from a map.
class MapSecrets final : public execution::SecretSource
{
public:
    explicit MapSecrets(std::map<std::string, std::string> secrets)
        : m_secrets(std::move(secrets))
    {}

    [[nodiscard]] Result<trust::SecretBytes> secret(const std::string& name) override
    {
        const auto found = m_secrets.find(name);
        if (found == m_secrets.end())
            return fail(ErrorCode::NotFound, "no such secret");
        return trust::SecretBytes::copyOf(found->second);
    }
    [[nodiscard]] Result<void> ready(const std::string& name) override
    {
        if (m_secrets.count(name) == 0)
            return fail(ErrorCode::NotFound, "no such secret", "secret.absent");
        return {};
    }

private:
    std::map<std::string, std::string> m_secrets;
};

/// Collects outcomes from other threads. Give its callback to calls, then wait for them while the
/// event loop runs.
class Outcomes
{
public:
    [[nodiscard]] std::function<void(execution::CallOutcome)> callback()
    {
        return [shared = m_shared](execution::CallOutcome outcome) {
            const std::lock_guard lock(shared->mutex);
            shared->list.push_back(std::move(outcome));
        };
    }

    [[nodiscard]] std::vector<execution::CallOutcome> all() const
    {
        const std::lock_guard lock(m_shared->mutex);
        return m_shared->list;
    }

    [[nodiscard]] std::size_t count() const { return all().size(); }

private:
    struct Shared
    {
        std::mutex mutex;
        std::vector<execution::CallOutcome> list;
    };
    std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
};

/// Performs one call and waits for its outcome while the event loop runs.
inline execution::CallOutcome
performCall(execution::ConnectorGateway& gateway, execution::ConnectorCall call)
{
    Outcomes outcomes;
    gateway.start(std::move(call), outcomes.callback());
    const bool isDone = QTest::qWaitFor([&outcomes] { return outcomes.count() == 1; }, 60'000);
    return isDone ? outcomes.all().front() : execution::CallOutcome{};
}

} // namespace countersign::test
