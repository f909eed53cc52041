#pragma once

#include <QTableView>

namespace countersign::ui {

/// A table of whole rows, all of one height, for large models: single selection, no grid, no
/// editing, no tab trap. `rowActivated` comes on Enter and on a double click.
class RowTable : public QTableView
{
    Q_OBJECT

public:
    explicit RowTable(QWidget* parent = nullptr);

    /// The column that takes what is left; the others get `width` pixels by setColumnWidth().
    void setStretchColumn(int column);

Q_SIGNALS:
    void rowActivated(int row);
    void currentRowChanged(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
};

} // namespace countersign::ui
