#pragma once

#include "models/ids.h"
#include "ui/backend.h"
#include "ui/tables/paged_rows.h"

namespace countersign::ui {

/// All runs, newest first. A run never leaves the list and never changes its place; new ones come
/// on top. Thread: GUI.
class RunsModel : public PagedRows<RunView>
{
    Q_OBJECT

public:
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

    /// Time went on.
    void tick();
    /// Row of a run that is loaded, or -1 as item views have it.
    [[nodiscard]] int rowOf(const std::string& runId) const;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

protected:
    [[nodiscard]] QString headerText(int column) const override;
    void askFor(PageCursor after, int limit, Take take) override;
    [[nodiscard]] const std::string& idOf(const RunView& run) const override { return run.runId; }
    [[nodiscard]] bool looksSame(const RunView& before, const RunView& now) const override;

private:
    [[nodiscard]] QString display(const RunView& run, int column) const;

    Backend& m_backend;
    const Clock& m_clock;
};

} // namespace countersign::ui
