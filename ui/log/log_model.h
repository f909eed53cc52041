#pragma once

#include "ui/backend.h"
#include "ui/tables/text_table_model.h"

#include <QTimer>

#include <unordered_map>
#include <unordered_set>

namespace countersign::ui {

/// The whole ledger by position: row N is entry N. Cells come from a bounded cache of pages; a row
/// that is not there shows a placeholder, and its page is asked for once. Entries never change, so
/// growing only appends rows. Thread: GUI.
class LogModel : public TextTableModel
{
    Q_OBJECT

public:
    static constexpr int kPageRowCount = 128;
    /// 4,096 rows: many screens, a few megabytes.
    static constexpr int kPageCountMax = 32;
    static constexpr int kRequestCountMax = 2;
    /// Of the pages scrolled past while requests are under way, only the latest are still asked
    /// for.
    static constexpr int kWantedCountMax = 4;

    enum Column {
        Index,
        Time,
        Type,
        Decision,
        Summary,
        Leaf,
        ColumnCount
    };

    enum Role {
        IsPlaceholderRole = Qt::UserRole,
        DecisionIdRole,
    };

    explicit LogModel(Backend& backend, QObject* parent = nullptr);

    /// Asks how long the ledger is. Called on start and on the core's `changed`; forgets errors.
    void refresh();

    /// The row when its page is in the cache. Asks for nothing.
    [[nodiscard]] const LogRow* cachedRow(int row) const;
    [[nodiscard]] int cachedPageCount() const { return static_cast<int>(m_pages.size()); }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    /// The length became known, or an error came or went.
    void stateChanged();

protected:
    [[nodiscard]] QString headerText(int column) const override;

private:
    struct Page
    {
        std::vector<LogRow> rows;
        mutable quint64 usedAt = 0;
    };

    void want(int page) const;
    void askWanted();
    void ask(int page);
    void take(int page, Result<LogPage> reply);
    void grow(std::uint64_t total);
    void evict();
    [[nodiscard]] QString display(const LogRow& row, int column) const;

    Backend& m_backend;
    int m_rowCount = 0;
    bool m_loaded = false;
    std::optional<Error> m_error;
    std::unordered_map<int, Page> m_pages;
    std::unordered_set<int> m_inFlight;
    /// Pages that failed or came back short: not asked for again before the next refresh().
    std::unordered_set<int> m_resting;
    quint64 m_generation = 0;
    // Reading a cell marks its page as used and missing pages as wanted; what the model shows does
    // not change by that.
    mutable quint64 m_useCount = 0;
    mutable std::vector<int> m_wanted;
    mutable QTimer m_askTimer;
};

} // namespace countersign::ui
