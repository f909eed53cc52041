#include "ui/widgets/icon_label.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace countersign::ui {

IconLabel::IconLabel(Icon icon, QWidget* parent)
    : QWidget(parent)
    , m_icon(icon)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::set(Icon icon, Tone tone)
{
    m_icon = icon;
    m_tone = tone;
    update();
}

void IconLabel::setMuted(bool muted)
{
    m_muted = muted;
    update();
}

QSize IconLabel::sizeHint() const
{
    return {kIconSize + 2, kIconSize + 2};
}

void IconLabel::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    const ThemeColors& colors = currentColors();
    const QColor color = m_muted ? colors.muted : colors.tone(m_tone).text;
    painter.drawPixmap(
        (width() - kIconSize) / 2,
        (height() - kIconSize) / 2,
        iconPixmap(m_icon, color, kIconSize, devicePixelRatioF()));
}

} // namespace countersign::ui
