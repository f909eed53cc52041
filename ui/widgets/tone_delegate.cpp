#include "ui/widgets/tone_delegate.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace countersign::ui {

namespace {

constexpr int kInset = 5;

} // namespace

ToneDelegate::ToneDelegate(int toneRole, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_toneRole(toneRole)
{}

void ToneDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    // The background covers the cell, what it says stands away from the edges.
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, option.palette.highlight());
    QStyleOptionViewItem inner = option;
    inner.rect.adjust(kInset, 0, -kInset, 0);
    QStyledItemDelegate::paint(painter, inner, index);
}

void ToneDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state.setFlag(QStyle::State_HasFocus, false);
    const QVariant given = m_toneRole < Qt::UserRole ? QVariant() : index.data(m_toneRole);
    if (!given.isValid())
        return;
    const auto tone = static_cast<Tone>(given.toInt());
    const bool selected = option->state.testFlag(QStyle::State_Selected);
    const QColor color = selected ? option->palette.color(QPalette::HighlightedText)
                                  : currentColors().tone(tone).text;
    const qreal ratio = option->widget == nullptr ? 1.0 : option->widget->devicePixelRatioF();
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(kIconSize, kIconSize);
    option->icon = QIcon(iconPixmap(toneIcon(tone), color, kIconSize, ratio));
    option->palette.setColor(QPalette::Text, color);
}

} // namespace countersign::ui
