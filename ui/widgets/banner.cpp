#include "ui/widgets/banner.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/prose_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace countersign::ui {

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_icon(new IconLabel(Icon::Info, this))
    , m_message(new ProseLabel(ProseLabel::Look::Body, this))
    , m_details(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_action(new QPushButton(this))
{
    setObjectName(QStringLiteral("banner"));
    m_action->setObjectName(QStringLiteral("bannerAction"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(space::kNormal, space::kSmall, space::kNormal, space::kSmall);
    row->setSpacing(space::kSmall);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto* const words = new QVBoxLayout;
    words->setSpacing(space::kTight);
    words->addWidget(m_message);
    words->addWidget(m_details);
    row->addLayout(words, 1);
    row->addWidget(m_action, 0, Qt::AlignVCenter);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_action->hide();
    m_details->hide();
    hide();
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
}

void Banner::say(Tone tone, const QString& message, const QString& details)
{
    m_tone = tone;
    m_icon->set(toneIcon(tone), tone);
    m_message->setOwn(message);
    m_message->setTone(tone);
    m_details->setOwn(details);
    m_details->setVisible(!details.isEmpty());
    setAccessibleName(message);
    setVisible(!message.isEmpty());
    update();
}

void Banner::setAction(const QString& text)
{
    m_action->setText(text);
    m_action->setAccessibleName(text);
    m_action->setVisible(!text.isEmpty());
}

void Banner::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ToneColors colors = currentColors().tone(m_tone);
    painter.setPen(colors.border);
    painter.setBrush(colors.background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace countersign::ui
