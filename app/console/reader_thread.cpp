#include "app/console/reader_thread.h"

#include "app/core/projections.h"

namespace countersign::app {

ReaderThread::ReaderThread(WorkspaceFolder folder)
    : m_folder(std::move(folder))
    , m_worker(new QObject)
{
    m_thread.setObjectName(QStringLiteral("reader"));
    m_worker->moveToThread(&m_thread);
}

ReaderThread::~ReaderThread()
{
    if (m_thread.isRunning()) {
        // The connection belongs to that thread and must end there.
        QMetaObject::invokeMethod(
            m_worker, [this] { close(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    delete m_worker;
}

Result<void> ReaderThread::start()
{
    m_thread.start();
    std::optional<Result<void>> opened;
    QMetaObject::invokeMethod(
        m_worker, [&] { opened = open(); }, Qt::BlockingQueuedConnection);
    return *opened;
}

Result<void> ReaderThread::open()
{
    CS_TRY(const WorkspaceSettings settings, m_folder.readSettings());
    CS_TRY(trust::NoteVerifier logKey, trust::NoteVerifier::parse(settings.logVkey));
    CS_TRY(m_database, openDatabase(m_folder, data::OpenMode::ReadOnly));
    m_ledger = trust::openLedgerReader(*m_database, std::move(logKey));
    m_plans = std::make_unique<StoredPlans>(*m_database);
    CS_TRY(m_foundation, control::loadFoundation(*m_ledger, settings.anchor));
    m_anchor = m_foundation->anchor;
    return {};
}

void ReaderThread::close()
{
    m_plans.reset();
    m_ledger.reset();
    m_database.reset();
}

Result<ViewContext> ReaderThread::context()
{
    CS_CHECK(control::followFoundation(*m_ledger, *m_foundation));
    return ViewContext{*m_database, *m_ledger, *m_foundation, SystemClock().now()};
}

} // namespace countersign::app
