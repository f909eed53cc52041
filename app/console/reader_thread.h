#pragma once

#include "app/core/stored_plans.h"
#include "app/core/workspace_folder.h"
#include "app/views/view_context.h"
#include "planes/control/foundation.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <memory>
#include <utility>

namespace countersign::app {

/// A thread with a read-only connection, for everything the console shows. Answers come in the
/// order of the questions.
class ReaderThread
{
public:
    explicit ReaderThread(WorkspaceFolder folder);
    ReaderThread(const ReaderThread&) = delete;
    ReaderThread& operator=(const ReaderThread&) = delete;
    ~ReaderThread();

    /// Opens the connection there and waits for it. Errors: of the database, as loadFoundation.
    [[nodiscard]] Result<void> start();

    /// Runs `question(context, plans) -> Result<T>` there.
    template <class T, class Question>
    [[nodiscard]] QFuture<Result<T>> ask(Question question)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QFuture<Result<T>> future = promise->future();
        QMetaObject::invokeMethod(
            m_worker,
            [this, promise, question = std::move(question)]() mutable {
                auto current = context();
                promise->addResult(
                    current.ok() ? question(*current, *m_plans) : Result<T>(current.failure()));
                promise->finish();
            },
            Qt::QueuedConnection);
        return future;
    }

    /// Any thread, once started.
    [[nodiscard]] const Digest& anchor() const { return *m_anchor; }

private:
    [[nodiscard]] Result<void> open();
    void close();
    /// As the ledger is now.
    [[nodiscard]] Result<ViewContext> context();

    WorkspaceFolder m_folder;
    QThread m_thread;
    QObject* m_worker;
    std::optional<Digest> m_anchor;
    // Touched on the reader's thread only.
    std::unique_ptr<data::Database> m_database;
    std::unique_ptr<trust::LedgerReader> m_ledger;
    std::unique_ptr<StoredPlans> m_plans;
    std::optional<control::Foundation> m_foundation;
};

} // namespace countersign::app
