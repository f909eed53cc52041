#pragma once

#include "models/ids.h"
#include "ui/backend.h"
#include "ui/format/tone.h"
#include "ui/tables/paged_rows.h"

namespace countersign::ui {

/// The rows of one view of the queue. Rows may leave it and change their places. Thread: GUI.
class QueueModel : public PagedRows<QueueRow>
{
    Q_OBJECT

public:
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
    /// Time went on: the deadlines' words may differ.
    void tick();

    [[nodiscard]] Instant now() const { return m_clock.now(); }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

protected:
    [[nodiscard]] QString headerText(int column) const override;
    void askFor(PageCursor after, int limit, Take take) override;
    [[nodiscard]] const std::string& idOf(const QueueRow& row) const override
    {
        return row.decisionId;
    }
    [[nodiscard]] bool looksSame(const QueueRow& before, const QueueRow& now) const override
    {
        return before == now;
    }

private:
    [[nodiscard]] QString display(const QueueRow& row, int column) const;

    Backend& m_backend;
    const Clock& m_clock;
    QueueView m_view = QueueView::Waiting;
    std::string m_searchText;
};

/// The row in one paragraph, for screen readers and tooltips. Plain text.
[[nodiscard]] QString queueRowSummary(const QueueRow& row, Instant now);

} // namespace countersign::ui
