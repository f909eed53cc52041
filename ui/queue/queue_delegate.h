#pragma once

#include "models/ids.h"
#include "ui/backend.h"

#include <QStyledItemDelegate>

namespace countersign::ui {

/// One request as a row of three lines: title with its signatures, what a yes sets in motion, and
/// the facts that decide its place. All rows have one height.
class QueueDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    QueueDelegate(const Clock& clock, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
    [[nodiscard]] QSize
    sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintFacts(
        QPainter* painter,
        const QStyleOptionViewItem& option,
        const QRect& line,
        const QueueRow& row) const;

    const Clock& m_clock;
};

} // namespace countersign::ui
