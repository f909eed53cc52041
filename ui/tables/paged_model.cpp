#include "ui/tables/paged_model.h"

#include <algorithm>
#include <utility>

namespace countersign::ui {

void PagedModel::refresh()
{
    if (m_inFlight) {
        m_stale = true;
        return;
    }
    start({{}, std::clamp(rowCount(), kPageRowCount, kRefreshRowMax), true});
}

void PagedModel::retry()
{
    m_error.reset();
    refresh();
}

bool PagedModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_inFlight && m_next.has_value() && !m_error;
}

void PagedModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        start({*m_next, kPageRowCount, false});
}

void PagedModel::restart()
{
    ++m_generation;
    beginResetModel();
    clearRows();
    m_next = PageCursor{};
    m_loaded = false;
    m_inFlight = false;
    m_stale = false;
    m_error.reset();
    endResetModel();
    fetchMore({});
}

void PagedModel::start(Request request)
{
    m_inFlight = true;
    Q_EMIT loadingChanged();
    request.generation = ++m_generation;
    send(request);
}

bool PagedModel::beginReply(const Request& request, const std::optional<Error>& error)
{
    if (request.generation != m_generation)
        return false;
    m_inFlight = false;
    m_error = error;
    if (error) {
        endReply();
        return false;
    }
    m_loaded = true;
    return true;
}

void PagedModel::endReply()
{
    Q_EMIT loadingChanged();
    if (std::exchange(m_stale, false))
        refresh();
}

} // namespace countersign::ui
