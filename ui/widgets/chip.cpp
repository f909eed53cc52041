#include "ui/widgets/chip.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace countersign::ui {

namespace {

constexpr int kPadX = 9;
constexpr int kPadY = 3;
constexpr int kGap = 5;
constexpr int kRadius = 11;
constexpr int kChipIcon = 14;

QFont boldOf(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Chip::Chip(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::set(const QString& words, Tone tone, std::optional<Icon> icon, const QString& mark)
{
    m_words = words;
    m_tone = tone;
    m_icon = icon;
    m_mark = mark;
    setText(mark.isEmpty() ? words : mark + QStringLiteral(": ") + words);
    updateGeometry();
    update();
}

int Chip::textLeft() const
{
    int left = kPadX;
    if (m_icon)
        left += kChipIcon + kGap;
    if (!m_mark.isEmpty())
        left += QFontMetrics(boldOf(font())).horizontalAdvance(m_mark) + kGap;
    return left;
}

QSize Chip::sizeHint() const
{
    const int width = textLeft() + fontMetrics().horizontalAdvance(m_words) + kPadX + 1;
    return {width, fontMetrics().height() + 2 * kPadY + 2};
}

QSize Chip::minimumSizeHint() const
{
    return sizeHint();
}

void Chip::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ToneColors colors = currentColors().tone(m_tone);
    painter.setPen(colors.border);
    painter.setBrush(colors.background);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(frame, qMin<qreal>(kRadius, frame.height() / 2), kRadius);

    const auto placed = [this](int left, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, width, height()));
    };
    int left = kPadX;
    if (m_icon) {
        const QRect box = placed(left, kChipIcon);
        painter.drawPixmap(
            box.x(),
            (height() - kChipIcon) / 2,
            iconPixmap(*m_icon, colors.text, kChipIcon, devicePixelRatioF()));
        left += kChipIcon + kGap;
    }
    painter.setPen(colors.text);
    if (!m_mark.isEmpty()) {
        const QFont ordinary = painter.font();
        painter.setFont(boldOf(ordinary));
        const int width = painter.fontMetrics().horizontalAdvance(m_mark);
        painter.drawText(placed(left, width + 1), Qt::AlignVCenter | Qt::AlignLeft, m_mark);
        painter.setFont(ordinary);
    }
    const int from = textLeft();
    painter.drawText(
        placed(from, width() - from - kPadX + 1),
        static_cast<int>(
            Qt::AlignVCenter | QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)),
        m_words);
}

} // namespace countersign::ui
