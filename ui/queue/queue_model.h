#pragma once

#include "models/ids.h"
#include "ui/backend.h"
#include "ui/format/tone.h"

#include <QAbstractTableModel>

namespace countersign::ui {

/// The rows of one view of the queue, fetched page by page behind a key cursor: one request under
/// way, at most kPageRowCount rows each. When the core reports a change, the rows seen so far (at
/// most kRefreshRowMax) are read again and only what differs is signalled. Thread: GUI.
class QueueModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int kPageRowCount = 100;
    static constexpr int kRefreshRowMax = 500;

    enum Column {
        Title,
        Ask,
        ClassCodes,
        Exposure,
        DeadlineWords,
        Signatures,
        Status,
        ColumnCount
    };

    enum Role {
        RowRole = Qt::UserRole, ///< `const QueueRow*`, valid until the next change of the model.
        DecisionIdRole,
    };

    QueueModel(Backend& backend, const Clock& clock, QObject* parent = nullptr);

    /// Shows another view or search; drops all rows and replies still on their way.
    void show(QueueView view, const QString& searchText);
    /// Reads again what is loaded. Called on the core's `changed`.
    void refresh();
    /// Time went on: the deadlines' words may differ.
    void tick();

    [[nodiscard]] const QueueRow* row(int index) const;
    [[nodiscard]] bool isLoading() const { return m_inFlight; }
    /// The first page has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] bool isComplete() const { return m_loaded && !m_next; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] Instant now() const { return m_clock.now(); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant
    headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    /// Loading began or ended, or an error came or went.
    void loadingChanged();

private:
    void request(PageCursor after, int limit, bool isRefresh);
    void append(QueuePage page);
    void merge(QueuePage page);
    [[nodiscard]] QString display(const QueueRow& row, int column) const;

    Backend& m_backend;
    const Clock& m_clock;
    QueueView m_view = QueueView::Waiting;
    std::string m_searchText;
    std::vector<QueueRow> m_rows;
    std::optional<PageCursor> m_next; ///< Nothing before show() and after the last page.
    std::optional<Error> m_error;
    quint64 m_generation = 0;
    bool m_inFlight = false;
    bool m_loaded = false;
    bool m_stale = false; ///< A change came while a request was under way.
};

/// The row in one paragraph, for screen readers and tooltips. Plain text.
[[nodiscard]] QString queueRowSummary(const QueueRow& row, Instant now);

} // namespace countersign::ui
