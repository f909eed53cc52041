#pragma once

#include "ui/decision/option_facts.h"

#include <QWidget>

namespace countersign::ui {

/// Options on one common axis: a bar from P10 to P90, a mark at P50, a diamond at the mean. The
/// axis runs left to right in both writing directions, as numbers do. Readers get it as sentences.
class OptionChart : public QWidget
{
    Q_OBJECT

public:
    explicit OptionChart(QWidget* parent = nullptr);

    void setComparison(const OptionComparison& comparison);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int rowHeight(std::size_t row, int width) const;
    [[nodiscard]] QString rowLabel(const OptionRange& range) const;
    [[nodiscard]] QString rowValues(const OptionRange& range) const;
    [[nodiscard]] QRect plotArea(int width) const;
    [[nodiscard]] int xOf(double value, const QRect& plot) const;
    void paintAxis(QPainter& painter, const QRect& plot, int bottom) const;
    void paintRange(
        QPainter& painter, const OptionRange& range, const QRect& row, const QRect& plot) const;

    OptionComparison m_comparison;
};

} // namespace countersign::ui
