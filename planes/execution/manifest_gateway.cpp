#include "planes/execution/manifest_gateway.h"

#include "planes/execution/detail/file_drop_transport.h"
#include "planes/execution/detail/http_transport.h"
#include "planes/execution/detail/manifest_text.h"
#include "planes/execution/detail/pipe_signal_guard.h"
#include "planes/execution/detail/process_transport.h"
#include "planes/execution/detail/wiping_memory.h"
#include "planes/execution/secret_authority.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <curl/curl.h>

namespace countersign::execution {

namespace {

using DoneCallback = std::function<void(CallOutcome)>;

OperationName nameOf(const ConnectorCall& call)
{
    return {
        .connector = call.connector, .version = call.connectorVersion, .operation = call.operation};
}

class ManifestGateway final : public ConnectorGateway
{
public:
    explicit ManifestGateway(GatewayOptions options);
    ~ManifestGateway() override;
    ManifestGateway(const ManifestGateway&) = delete;
    ManifestGateway& operator=(const ManifestGateway&) = delete;

    void start(ConnectorCall call, DoneCallback done) override;
    [[nodiscard]] bool deduplicates(
        const std::string& connector,
        const std::string& version,
        const std::string& operation) const override;

private:
    struct Job
    {
        ConnectorCall call;
        DoneCallback done;
    };
    /// The calls of one connector.
    struct Lane
    {
        int runningMax = 1;
        int running = 0;
        std::deque<Job> waiting;

        [[nodiscard]] bool isReady() const { return running < runningMax && !waiting.empty(); }
    };

    [[nodiscard]] std::size_t laneOf(const ConnectorCall& call) const;
    [[nodiscard]] Lane* nextReadyLane();
    void work();
    [[nodiscard]] CallOutcome perform(const ConnectorCall& call) const;
    [[nodiscard]] CallOutcome
    send(const ConnectorManifest& manifest, const detail::TransportCall& call) const;

    const GatewayOptions m_options;
    std::map<std::pair<std::string, std::string>, std::size_t> m_laneIndexes;
    std::atomic<bool> m_stopping = false;

    std::mutex m_mutex; ///< Guards the lanes and the turn.
    std::condition_variable m_changed;
    /// The last one is for calls of connectors that are not known: they only wait to be refused.
    std::vector<Lane> m_lanes;
    std::size_t m_turn = 0;

    std::vector<std::thread> m_threads;
};

ManifestGateway::ManifestGateway(GatewayOptions options)
    : m_options(std::move(options))
{
    CS_ASSERT(m_options.catalog && m_options.secrets && m_options.clock);
    CS_ASSERT(m_options.threadCount > 0);
    // Counted by the library, so several gateways may each do it.
    detail::startHttpClient();
    for (const ConnectorManifest* manifest : m_options.catalog->all()) {
        m_laneIndexes.emplace(std::pair(manifest->name, manifest->version), m_lanes.size());
        m_lanes.push_back({.runningMax = manifest->concurrencyMax, .running = 0, .waiting = {}});
    }
    m_lanes.emplace_back();
    for (int i = 0; i < m_options.threadCount; ++i)
        m_threads.emplace_back([this] { work(); });
}

ManifestGateway::~ManifestGateway()
{
    m_stopping.store(true);
    {
        // Taken so that no thread is between looking at the flag and waiting.
        const std::lock_guard lock(m_mutex);
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
    for (Lane& lane : m_lanes)
        for (Job& job : lane.waiting)
            job.done(detail::interrupted(false));
    curl_global_cleanup();
}

std::size_t ManifestGateway::laneOf(const ConnectorCall& call) const
{
    const auto found = m_laneIndexes.find({call.connector, call.connectorVersion});
    return found == m_laneIndexes.end() ? m_lanes.size() - 1 : found->second;
}

void ManifestGateway::start(ConnectorCall call, DoneCallback done)
{
    if (m_stopping.load()) {
        done(detail::interrupted(false));
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_lanes[laneOf(call)].waiting.push_back({std::move(call), std::move(done)});
    }
    m_changed.notify_one();
}

ManifestGateway::Lane* ManifestGateway::nextReadyLane()
{
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        Lane& lane = m_lanes[(m_turn + i) % m_lanes.size()];
        if (lane.isReady()) {
            m_turn = (m_turn + i + 1) % m_lanes.size();
            return &lane;
        }
    }
    return nullptr;
}

void ManifestGateway::work()
{
    const detail::PipeSignalGuard guard;
    std::unique_lock lock(m_mutex);
    while (true) {
        Lane* lane = nullptr;
        m_changed.wait(lock, [this, &lane] {
            return m_stopping.load() || (lane = nextReadyLane()) != nullptr;
        });
        if (m_stopping.load())
            return;
        Job job = std::move(lane->waiting.front());
        lane->waiting.pop_front();
        ++lane->running;
        lock.unlock();
        CallOutcome outcome = perform(job.call);
        detail::wipeEndedFrames();
        lock.lock();
        --lane->running;
        const bool hasNext = lane->isReady();
        lock.unlock();
        if (hasNext)
            m_changed.notify_one();
        job.done(std::move(outcome));
        job = {}; // what the callback holds goes before this thread waits again
        lock.lock();
    }
}

CallOutcome ManifestGateway::perform(const ConnectorCall& call) const
{
    const ConnectorManifest* manifest =
        m_options.catalog->find(call.connector, call.connectorVersion);
    if (manifest == nullptr)
        return detail::blocked(
            "unknown_connector",
            "There is no connector \"" + detail::cleanLine(call.connector) + "\" of version \""
                + detail::cleanLine(call.connectorVersion) + "\".");
    const ConnectorOperation* operation = manifest->operation(call.operation);
    if (operation == nullptr)
        return detail::blocked(
            "unknown_operation",
            "The connector has no operation \"" + detail::cleanLine(call.operation) + "\".");
    if (!detail::isIdempotencyKey(call.idempotencyKey))
        return detail::blocked("contract_violation", "The idempotency key is malformed.");
    if (call.timeoutMs <= 0)
        return detail::blocked("contract_violation", "The call has no time to run.");
    if (const auto checked = m_options.catalog->checkPayload(nameOf(call), call.payload);
        !checked.ok())
        return detail::blocked(
            "contract_violation", "Payload: " + detail::cleanLine(checked.error().describe()));

    trust::SecretBytes secret;
    if (const auto name = secretNameOf(*manifest)) {
        Result<trust::SecretBytes> found = m_options.secrets->secret(*name);
        // They were at hand when the call was dispatched: it is asked for again, and waits then.
        if (!found.ok() && found.error().rule == kSecretsLockedRule)
            return detail::interrupted(false);
        if (!found.ok() || found->empty())
            return detail::blocked(
                "secret_unavailable", "The secret \"" + *name + "\" is not available.");
        secret = std::move(*found);
    }
    return send(
        *manifest,
        {.call = call,
         .operation = *operation,
         .secret = secret.view(),
         .timeoutMs = std::min(call.timeoutMs, operation->timeoutMsMax),
         .responseBytesMax = manifest->responseBytesMax,
         .clock = *m_options.clock,
         .stopping = m_stopping});
}

CallOutcome
ManifestGateway::send(const ConnectorManifest& manifest, const detail::TransportCall& call) const
{
    CallOutcome outcome = std::visit(
        [&call](const auto& address) {
            using Address = std::decay_t<decltype(address)>;
            if constexpr (std::is_same_v<Address, HttpAddress>)
                return detail::performHttp(address, call);
            else if constexpr (std::is_same_v<Address, FileDropAddress>)
                return detail::performFileDrop(address, call);
            else
                return detail::performProcess(address, call);
        },
        manifest.address);
    if (outcome.result != CallResult::Success)
        return outcome;
    const auto checked = m_options.catalog->checkAnswer(nameOf(call.call), outcome.response);
    if (checked.ok())
        return outcome;
    CallOutcome broken = detail::unknownEffect(
        CallResult::Failure,
        "contract_violation",
        "Answer: " + detail::cleanLine(checked.error().describe()),
        false);
    broken.responseDigest = outcome.responseDigest;
    return broken;
}

bool ManifestGateway::deduplicates(
    const std::string& connector, const std::string& version, const std::string& operation) const
{
    const auto found = m_options.catalog->operation(
        {.connector = connector, .version = version, .operation = operation});
    return found.ok() && (*found)->deduplicates;
}

} // namespace

std::unique_ptr<ConnectorGateway> makeManifestGateway(GatewayOptions options)
{
    return std::make_unique<ManifestGateway>(std::move(options));
}

} // namespace countersign::execution
