#pragma once

#include "models/error.h"
#include "ui/tables/text_table_model.h"
#include "ui/views.h"

#include <optional>

namespace countersign::ui {

/// A table that is fetched page by page behind a key cursor: one request under way, at most
/// kPageRowCount rows each. On a change the rows seen so far (at most kRefreshRowMax) are read
/// again and only what differs is signalled. The rows themselves are PagedRows'. Thread: GUI.
class PagedModel : public TextTableModel
{
    Q_OBJECT

public:
    static constexpr int kPageRowCount = 100;
    static constexpr int kRefreshRowMax = 500;

    /// Reads again what is loaded, or the first page. Called on the core's `changed`.
    void refresh();
    /// Forgets an error and reads again.
    void retry();

    [[nodiscard]] bool isLoading() const { return m_inFlight; }
    /// The first page has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] bool isComplete() const { return m_loaded && !m_next; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    /// Loading began or ended, or an error came or went.
    void loadingChanged();

protected:
    struct Request
    {
        PageCursor after;
        int limit = kPageRowCount;
        bool isRefresh = false;
        quint64 generation = 0;
    };

    using TextTableModel::TextTableModel;

    /// Asks the core; the reply goes to beginReply() and endReply().
    virtual void send(const Request& request) = 0;
    virtual void clearRows() = 0;

    /// Drops all rows and replies still on their way, and fetches the first page.
    void restart();
    /// False for a reply nobody waits for any more, and after an error, which is kept.
    [[nodiscard]] bool beginReply(const Request& request, const std::optional<Error>& error);
    void endReply();
    /// Where the next page begins; nothing after the last one.
    void setNext(std::optional<PageCursor> next) { m_next = std::move(next); }

private:
    void start(Request request);

    std::optional<PageCursor> m_next; ///< Nothing before the first request and after the last page.
    std::optional<Error> m_error;
    quint64 m_generation = 0;
    bool m_inFlight = false;
    bool m_loaded = false;
    bool m_stale = false; ///< A change came while a request was under way.
};

} // namespace countersign::ui
