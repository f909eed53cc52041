#include "ui/widgets/card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/prose_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace countersign::ui {

Card::Card(QWidget* parent)
    : QFrame(parent)
    , m_head(new QWidget(this))
    , m_title(new ProseLabel(ProseLabel::Look::Heading, m_head))
    , m_icon(new IconLabel(Icon::Doc, m_head))
    , m_body(new QVBoxLayout)
{
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    auto* const head = new QHBoxLayout(m_head);
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(space::kSmall);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    all->addWidget(m_head);
    m_body->setSpacing(space::kSmall);
    all->addLayout(m_body);
    m_head->hide();
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Card::setTitle(const QString& title, std::optional<Icon> icon)
{
    m_title->setOwn(title);
    m_icon->setVisible(icon.has_value());
    if (icon)
        m_icon->set(*icon, Tone::Accent);
    m_head->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::clearBody()
{
    clearLayout(m_body);
}

void Card::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = currentColors();
    painter.setPen(colors.border);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void showNow(QWidget& root)
{
    for (QWidget* const child : root.findChildren<QWidget*>()) {
        if (!child->testAttribute(Qt::WA_WState_ExplicitShowHide))
            child->show();
    }
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* const item = layout->takeAt(0)) {
        if (QWidget* const widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* const inner = item->layout()) {
            clearLayout(inner);
        }
        delete item;
    }
}

} // namespace countersign::ui
