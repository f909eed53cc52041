#pragma once

#include "models/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace countersign::ui {

/// Calls `take(Result<T>)` with the reply, on `context`'s thread, which is this one: at once when
/// it is there already. Never once `context` is gone, and never for a request that was dropped
/// because the core ended. QFuture::then() with a context has no such promise: a reply that comes
/// after the end of the context stops the program.
template <class T, class Take>
void whenReplied(QObject* context, QFuture<Result<T>> reply, Take take)
{
    if (reply.isFinished()) {
        if (reply.resultCount() > 0)
            take(reply.result());
        return;
    }
    // A child of the context: it ends with it, and what is still on its way to it with both.
    auto* const watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(
        watcher,
        &QFutureWatcherBase::finished,
        context,
        [watcher, take = std::move(take)]() mutable {
            watcher->deleteLater();
            if (watcher->future().resultCount() > 0)
                take(watcher->result());
        });
    watcher->setFuture(std::move(reply));
}

} // namespace countersign::ui
