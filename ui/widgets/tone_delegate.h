#pragma once

#include <QStyledItemDelegate>

namespace countersign::ui {

/// Draws cells of whole rows: some room at both ends, no mark of its own for the current cell, and
/// the icon and colour of a tone before the words where the model gives a Tone as int under
/// `toneRole`.
class ToneDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `toneRole` below Qt::UserRole: no cell has a tone.
    explicit ToneDelegate(int toneRole, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    int m_toneRole;
};

} // namespace countersign::ui
