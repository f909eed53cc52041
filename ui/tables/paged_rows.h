#pragma once

#include "models/result.h"
#include "ui/tables/paged_model.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace countersign::ui {

/// The rows of a PagedModel. What stays keeps its place, so that selection and scroll position
/// survive a refresh.
template <class Row>
class PagedRows : public PagedModel
{
public:
    /// What becomes of rows loaded behind the ones that were read again.
    enum class Tail {
        Dropped, ///< They may have moved or gone: fetched again on demand.
        Kept,    ///< Rows never leave the list and never change their order.
    };

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] const Row* row(int index) const
    {
        return index < 0 || index >= rowCount() ? nullptr : &rowAt(index);
    }

protected:
    struct Page
    {
        std::vector<Row> rows;
        std::optional<PageCursor> next;
    };
    using Take = std::function<void(Result<Page>)>;

    PagedRows(int columnCount, Tail tail, QObject* parent)
        : PagedModel(columnCount, parent)
        , m_tail(tail)
    {}

    /// Asks the core for rows behind `after`; calls `take` once with the reply.
    virtual void askFor(PageCursor after, int limit, Take take) = 0;
    [[nodiscard]] virtual const std::string& idOf(const Row& row) const = 0;
    /// Whether two states of one row look the same.
    [[nodiscard]] virtual bool looksSame(const Row& before, const Row& now) const = 0;

    [[nodiscard]] const Row& rowAt(int index) const
    {
        return m_rows[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

private:
    void clearRows() final { m_rows.clear(); }

    void send(const Request& request) final
    {
        askFor(request.after, request.limit, [this, request](Result<Page> page) {
            if (!beginReply(request, page.ok() ? std::nullopt : std::optional(page.error())))
                return;
            if (request.isRefresh)
                merge(std::move(page).value());
            else
                append(std::move(page).value());
            endReply();
        });
    }

    void append(Page page)
    {
        setNext(std::move(page.next));
        if (page.rows.empty())
            return;
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(page.rows.size()) - 1);
        m_rows.insert(
            m_rows.end(),
            std::make_move_iterator(page.rows.begin()),
            std::make_move_iterator(page.rows.end()));
        endInsertRows();
    }

    /// Brings the rows to what `page` says.
    void merge(Page page)
    {
        for (std::size_t i = 0; i < page.rows.size(); ++i)
            place(i, std::move(page.rows[i]));
        if (m_rows.size() > page.rows.size()) {
            if (m_tail == Tail::Kept)
                return; // The next page is still the one behind the last row.
            const int first = static_cast<int>(page.rows.size());
            beginRemoveRows({}, first, rowCount() - 1);
            m_rows.erase(m_rows.begin() + first, m_rows.end());
            endRemoveRows();
        }
        setNext(std::move(page.next));
    }

    void place(std::size_t i, Row wanted)
    {
        const int at = static_cast<int>(i);
        const auto from = m_rows.begin() + static_cast<std::ptrdiff_t>(std::min(i, m_rows.size()));
        const auto found = std::find_if(from, m_rows.end(), [&](const Row& candidate) {
            return idOf(candidate) == idOf(wanted);
        });
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(from, std::move(wanted));
            endInsertRows();
            return;
        }
        if (found != from) {
            const int before = static_cast<int>(found - m_rows.begin());
            beginMoveRows({}, before, before, {}, at);
            std::rotate(from, found, found + 1);
            endMoveRows();
        }
        const bool same = looksSame(m_rows[i], wanted);
        m_rows[i] = std::move(wanted);
        if (!same)
            touchRows(at, at);
    }

    Tail m_tail;
    std::vector<Row> m_rows;
};

} // namespace countersign::ui
