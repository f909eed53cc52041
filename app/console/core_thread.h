#pragma once

#include "app/core/core.h"
#include "app/core/inbox_desk.h"
#include "ui/views.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace countersign::app {

/// The core at work on a thread of its own: turns when something is due, takes deliveries from the
/// inbox, and runs what others ask of it in between.
class CoreWorker : public QObject
{
    Q_OBJECT

public:
    /// Thread: the one it will work on.
    CoreWorker(WorkspaceFolder folder, bool engine);

    /// Opens the workspace. Errors: as Core::open. When another process runs the engine, this one
    /// works without.
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Core& core() { return *m_core; }

    void turn();

Q_SIGNALS:
    /// The ledger grew, here or in another process.
    void changed(quint64 ledgerSize);
    void noticed(const countersign::ui::Notice& notice);

private:
    void takeDeliveries();
    void lookForOthers();

    WorkspaceFolder m_folder;
    bool m_engineWanted;
    std::unique_ptr<Core> m_core;
    InboxDesk m_inbox;
    QTimer m_timer;
    QTimer m_watch;
    std::int64_t m_dataVersion = 0;
    /// What did not work in the last look at the inbox, told once.
    std::set<std::string> m_inboxTroubles;
};

/// Owns the thread. Thread: the one that made it.
class CoreThread
{
public:
    CoreThread(const WorkspaceFolder& folder, bool engine);
    CoreThread(const CoreThread&) = delete;
    CoreThread& operator=(const CoreThread&) = delete;
    /// Waits for the turn under way; calls still out are taken up again at the next start.
    ~CoreThread();

    /// Opens the workspace there and waits for it. Errors: as Core::open.
    [[nodiscard]] Result<void> start();
    [[nodiscard]] CoreWorker& worker() { return *m_worker; }
    /// Runs `task` on the core's thread. Returns at once.
    void post(std::function<void(Core&)> task);

private:
    QThread m_thread;
    CoreWorker* m_worker = nullptr; // deleted on its own thread when that ends
};

} // namespace countersign::app
