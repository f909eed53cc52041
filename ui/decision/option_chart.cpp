#include "ui/decision/option_chart.h"

#include "ui/format/hidden_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStringList>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace countersign::ui {

namespace {

constexpr int kLabelWidth = 250;
constexpr int kBar = 14;
constexpr int kRowGap = 12;
constexpr int kAxisHeight = 26;
constexpr int kSide = 44;

} // namespace

OptionChart::OptionChart(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("optionChart"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void OptionChart::setComparison(const OptionComparison& comparison)
{
    m_comparison = comparison;
    QStringList sentences;
    for (const OptionRange& range : comparison.ranges)
        sentences << rowLabel(range) + QStringLiteral(": ") + rowValues(range);
    setAccessibleName(tr("%1 of each option").arg(safeInline(comparison.outcome)));
    setAccessibleDescription(sentences.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

QString OptionChart::rowLabel(const OptionRange& range) const
{
    QString label = safeInline(range.label);
    if (range.recommended)
        label = tr("%1 (recommended)").arg(label);
    if (range.statusQuo)
        label = tr("%1 (as it is today)").arg(label);
    return label;
}

QString OptionChart::rowValues(const OptionRange& range) const
{
    return tr("P10 %1, P50 %2, P90 %3, mean %4")
        .arg(
            estimateText(range.p10, m_comparison.unit),
            estimateText(range.p50, m_comparison.unit),
            estimateText(range.p90, m_comparison.unit),
            estimateText(range.mean, m_comparison.unit));
}

QRect OptionChart::plotArea(int width) const
{
    const int labels = std::min(kLabelWidth, width * 2 / 5);
    const QRect plot(labels + kSide, 0, std::max(40, width - labels - 2 * kSide), 1);
    return QStyle::visualRect(layoutDirection(), QRect(0, 0, width, 1), plot);
}

int OptionChart::rowHeight(std::size_t row, int width) const
{
    const QRect plot = plotArea(width);
    const int labels = std::min(kLabelWidth, width * 2 / 5);
    const QFontMetrics metrics = fontMetrics();
    const int label = metrics
                          .boundingRect(
                              QRect(0, 0, labels, 10'000),
                              static_cast<int>(Qt::TextWordWrap),
                              rowLabel(m_comparison.ranges[row]))
                          .height();
    const int values = metrics
                           .boundingRect(
                               QRect(0, 0, plot.width() + 2 * kSide - 8, 10'000),
                               static_cast<int>(Qt::TextWordWrap),
                               rowValues(m_comparison.ranges[row]))
                           .height();
    return std::max(label, kBar + 4 + values) + kRowGap;
}

QSize OptionChart::sizeHint() const
{
    constexpr int kNaturalWidth = 760;
    return {kNaturalWidth, heightForWidth(kNaturalWidth)};
}

QSize OptionChart::minimumSizeHint() const
{
    return {360, kAxisHeight};
}

int OptionChart::heightForWidth(int width) const
{
    int height = kAxisHeight;
    for (std::size_t row = 0; row < m_comparison.ranges.size(); ++row)
        height += rowHeight(row, width);
    return height;
}

int OptionChart::xOf(double value, const QRect& plot) const
{
    const double share =
        (value - m_comparison.axisMin) / (m_comparison.axisMax - m_comparison.axisMin);
    return plot.left() + static_cast<int>(std::lround(share * plot.width()));
}

void OptionChart::paintAxis(QPainter& painter, const QRect& plot, int bottom) const
{
    const ThemeColors& colors = currentColors();
    constexpr int kTickMax = 20;
    const double half = m_comparison.step / 2;
    for (int i = 0; i < kTickMax; ++i) {
        double value = m_comparison.axisMin + i * m_comparison.step;
        if (value > m_comparison.axisMax + half)
            break;
        if (std::abs(value) < half)
            value = 0;
        const int x = xOf(value, plot);
        painter.setPen(value == 0 ? QPen(colors.muted, 1.5) : QPen(colors.border, 1, Qt::DotLine));
        painter.drawLine(x, 0, x, bottom - kAxisHeight + 4);
        painter.setPen(colors.muted);
        painter.drawText(
            QRect(x - 70, bottom - kAxisHeight + 4, 140, kAxisHeight - 4),
            static_cast<int>(Qt::AlignHCenter | Qt::AlignVCenter),
            estimateText(value, m_comparison.unit));
    }
}

void OptionChart::paintRange(
    QPainter& painter, const OptionRange& range, const QRect& row, const QRect& plot) const
{
    const ThemeColors& colors = currentColors();
    const ToneColors tone = colors.tone(range.recommended ? Tone::Accent : Tone::Neutral);
    const int low = xOf(range.p10, plot);
    const int high = xOf(range.p90, plot);
    const QRectF bar(low, row.top(), std::max(3, high - low), kBar);
    painter.setPen(range.recommended ? colors.accent : colors.muted);
    painter.setBrush(range.recommended ? tone.background : colors.sunken);
    painter.drawRoundedRect(bar, 3, 3);
    painter.setPen(QPen(range.recommended ? colors.accent : colors.text, 3));
    const int middle = xOf(range.p50, plot);
    painter.drawLine(middle, row.top() - 2, middle, row.top() + kBar + 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(range.recommended ? colors.accent : colors.text);
    const QPointF mean(xOf(range.mean, plot), row.top() + kBar / 2.0);
    constexpr qreal kDiamond = 4.5;
    painter.drawPolygon(QPolygonF{
        mean + QPointF(0, -kDiamond),
        mean + QPointF(kDiamond, 0),
        mean + QPointF(0, kDiamond),
        mean + QPointF(-kDiamond, 0)});
}

void OptionChart::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = currentColors();
    const QRect plot = plotArea(width());
    paintAxis(painter, plot, height());
    const int labels = std::min(kLabelWidth, width() * 2 / 5);
    int top = 4;
    for (std::size_t i = 0; i < m_comparison.ranges.size(); ++i) {
        const OptionRange& range = m_comparison.ranges[i];
        const int high = rowHeight(i, width());
        const QRect row(0, top, width(), high - kRowGap);
        QFont shown = font();
        shown.setWeight(range.recommended ? QFont::DemiBold : QFont::Normal);
        painter.setFont(shown);
        painter.setPen(colors.text);
        const QRect label =
            QStyle::visualRect(layoutDirection(), rect(), QRect(0, top, labels, row.height()));
        const QString text = rowLabel(range);
        const Qt::Alignment side =
            layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
        painter.drawText(
            label,
            static_cast<int>(Qt::TextWordWrap | Qt::AlignTop | side | Qt::AlignAbsolute),
            text);
        paintRange(painter, range, row, plot);
        painter.setFont(font());
        painter.setPen(colors.muted);
        const QRect area(
            plot.left() - kSide + 4, top + kBar + 4, plot.width() + 2 * kSide - 8, row.height());
        const int flags = static_cast<int>(Qt::TextWordWrap | Qt::AlignTop | Qt::AlignHCenter);
        // The axis lines must not run through the numbers.
        const QRect covered = painter.boundingRect(area, flags, rowValues(range));
        painter.fillRect(covered.adjusted(-3, 0, 3, 0), colors.surface);
        painter.drawText(area, flags, rowValues(range));
        top += high;
    }
}

} // namespace countersign::ui
