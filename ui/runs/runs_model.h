#pragma once

#include "models/ids.h"
#include "ui/backend.h"

#include <QAbstractTableModel>

namespace countersign::ui {

/// All runs, newest first, fetched page by page behind the id of the last one: one request under
/// way. On a change the rows seen so far (at most kRefreshRowMax) are read again in place. A run
/// never leaves the list and never changes its place; new ones come on top. Thread: GUI.
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int kPageRowCount = 100;
    static constexpr int kRefreshRowMax = 500;

    enum Column {
        Title,
        Status,
        Steps,
        Next,
        Started,
        ColumnCount
    };

    enum Role {
        RunIdRole = Qt::UserRole,
        ToneRole, ///< Tone of the status column as int; absent elsewhere.
    };

    RunsModel(Backend& backend, const Clock& clock, QObject* parent = nullptr);

    /// Reads again what is loaded, or the first page.
    void refresh();
    /// Forgets an error and reads again.
    void retry();
    /// Time went on.
    void tick();
    /// The language changed.
    void retranslate();

    [[nodiscard]] const RunView* run(int row) const;
    /// Row of a run that is loaded, or -1 as item views have it.
    [[nodiscard]] int rowOf(const std::string& runId) const;
    [[nodiscard]] bool isLoading() const { return m_inFlight; }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] bool isComplete() const { return m_loaded && m_complete; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

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
    void append(std::vector<RunView> rows);
    void merge(std::vector<RunView> rows);
    [[nodiscard]] QString display(const RunView& run, int column) const;

    Backend& m_backend;
    const Clock& m_clock;
    std::vector<RunView> m_rows;
    std::optional<Error> m_error;
    bool m_inFlight = false;
    bool m_loaded = false;
    bool m_complete = false;
    bool m_stale = false; ///< A change came while a request was under way.
};

} // namespace countersign::ui
