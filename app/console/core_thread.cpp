#include "app/console/core_thread.h"

#include <algorithm>
#include <chrono>

namespace countersign::app {

namespace {

constexpr std::int64_t kTurnMsMax = 5000;
constexpr int kWatchMs = 500;

} // namespace

CoreWorker::CoreWorker(WorkspaceFolder folder, bool engine)
    : m_folder(std::move(folder))
    , m_engineWanted(engine)
    , m_inbox(m_folder.inbox())
    , m_timer(this)
    , m_watch(this)
{
    m_timer.setSingleShot(true);
    m_watch.setInterval(kWatchMs);
    connect(&m_timer, &QTimer::timeout, this, &CoreWorker::turn);
    connect(&m_watch, &QTimer::timeout, this, &CoreWorker::lookForOthers);
}

Result<void> CoreWorker::open()
{
    CoreOptions options;
    options.engine = m_engineWanted;
    options.wake = [this] {
        QMetaObject::invokeMethod(this, &CoreWorker::turn, Qt::QueuedConnection);
    };
    auto opened = Core::open(m_folder, options);
    if (!opened.ok() && opened.error().rule == "engine.elsewhere") {
        options.engine = false;
        opened = Core::open(m_folder, options);
    }
    if (!opened.ok())
        return opened.failure();
    m_core = std::move(opened).value();
    m_core->store().onCommitted([this](std::uint64_t size) { Q_EMIT changed(size); });
    m_watch.start();
    m_timer.start(0);
    return {};
}

void CoreWorker::turn()
{
    const CoreTurn turned = m_core->turn();
    for (const Error& trouble : turned.troubles)
        Q_EMIT noticed({ui::Notice::Kind::EngineTrouble, {}, trouble});
    std::int64_t waitMs = kTurnMsMax;
    if (turned.nextWake) {
        const Duration wait = *turned.nextWake - m_core->now();
        const auto millis = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
        waitMs = std::clamp<std::int64_t>(millis, 0, kTurnMsMax);
    }
    m_timer.start(static_cast<int>(waitMs));
}

void CoreWorker::lookForOthers()
{
    takeDeliveries();
    const auto version = m_core->store().database().dataVersion();
    if (!version.ok() || *version == m_dataVersion)
        return;
    m_dataVersion = *version;
    turn();
    const auto head = trust::storedHead(m_core->store().database(), m_core->store().logKey());
    if (head.ok())
        Q_EMIT changed(head->checkpoint.size);
}

void CoreWorker::takeDeliveries()
{
    // One process takes: the one that runs the engine.
    if (!m_core->runsEngine())
        return;
    const InboxTurn taken = m_inbox.take(
        m_core->now(), [this](const std::string& path) { return m_core->ingest(path); });
    std::set<std::string> troubles;
    for (const Error& trouble : taken.troubles) {
        if (troubles.insert(trouble.describe()).second
            && !m_inboxTroubles.contains(trouble.describe()))
            Q_EMIT noticed({ui::Notice::Kind::InboxTrouble, {}, trouble});
    }
    m_inboxTroubles = std::move(troubles);
    for (const SettledDelivery& delivery : taken.settled) {
        if (delivery.report.accepted())
            Q_EMIT noticed({ui::Notice::Kind::DeliveryAccepted, delivery.name, std::nullopt});
        else
            Q_EMIT noticed(
                {ui::Notice::Kind::DeliveryRefused, delivery.name, delivery.report.errors.front()});
    }
    if (!taken.settled.empty())
        turn();
}

CoreThread::CoreThread(const WorkspaceFolder& folder, bool engine)
    : m_worker(new CoreWorker(folder, engine))
{
    m_thread.setObjectName(QStringLiteral("core"));
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
}

CoreThread::~CoreThread()
{
    if (m_thread.isRunning()) {
        m_thread.quit();
        m_thread.wait();
    } else {
        delete m_worker;
    }
}

Result<void> CoreThread::start()
{
    m_thread.start();
    std::optional<Result<void>> opened;
    QMetaObject::invokeMethod(
        m_worker, [&] { opened = m_worker->open(); }, Qt::BlockingQueuedConnection);
    return *opened;
}

void CoreThread::post(std::function<void(Core&)> task)
{
    CoreWorker* worker = m_worker;
    QMetaObject::invokeMethod(
        worker,
        [worker, task = std::move(task)] {
            task(worker->core());
            worker->turn();
        },
        Qt::QueuedConnection);
}

} // namespace countersign::app
