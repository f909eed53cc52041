#pragma once

#include <QAbstractTableModel>

namespace countersign::ui {

/// What the tables of whole rows have in common: titled columns, tooltips that never read markup,
/// and a change of language. Thread: GUI.
class TextTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The language changed.
    void retranslate();

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant
    headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    explicit TextTableModel(int columnCount, QObject* parent = nullptr);

    [[nodiscard]] virtual QString headerText(int column) const = 0;
    /// A tooltip would read markup in what an agent wrote.
    [[nodiscard]] static QString toolTipOf(const QString& text);
    /// Signals that whole rows differ; nothing when `last` is before `first`.
    void touchRows(int first, int last);

private:
    int m_columnCount;
};

} // namespace countersign::ui
