#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace countersign::ui {

/// Cards below each other, scrolled with the keyboard, never sideways.
class ScrollColumn : public QScrollArea
{
    Q_OBJECT

public:
    explicit ScrollColumn(QWidget* parent = nullptr);

    /// Where the cards go; a stretch follows after them.
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }

private:
    QVBoxLayout* m_column;
};

} // namespace countersign::ui
