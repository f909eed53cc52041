#include "ui/queue/queue_delegate.h"

#include "ui/format/class_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/queue/queue_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <optional>

namespace countersign::ui {

namespace {

constexpr int kPadX = 14;
constexpr int kPadY = 10;
constexpr int kWideRow = 900;
constexpr int kStripe = 4;

/// One line is enough where it is long.
int askLines(int width)
{
    return width >= kWideRow ? 1 : 2;
}

QFont titleFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 1.06);
    font.setWeight(QFont::DemiBold);
    return font;
}

/// Draws at most `lineCount` lines in the text's own direction; a text that goes on ends in an
/// ellipsis, as the whole of it is one key press away.
void drawProse(QPainter* painter, const QRect& area, const QString& text, int lineCount)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WordWrap);
    const Qt::LayoutDirection direction = directionOf(text, QApplication::layoutDirection());
    option.setTextDirection(direction);
    // The row is read from the interface's side, whatever the language of the text.
    option.setAlignment(
        QApplication::isRightToLeft() ? Qt::AlignRight | Qt::AlignAbsolute
                                      : Qt::AlignLeft | Qt::AlignAbsolute);
    QTextLayout layout(text, painter->font());
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = 0;
    const QFontMetrics metrics = painter->fontMetrics();
    for (int i = 0; i < lineCount; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(area.width());
        const int end = line.textStart() + line.textLength();
        if (i + 1 == lineCount && end < text.size()) {
            layout.endLayout();
            const QString rest =
                metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, area.width());
            const QRect last(area.left(), area.top() + qRound(y), area.width(), metrics.height());
            layout.draw(
                painter, area.topLeft(), {}, QRectF(area.left(), area.top(), area.width(), y));
            painter->drawText(last, static_cast<int>(option.alignment()), rest);
            return;
        }
        line.setPosition({0, y});
        y += metrics.lineSpacing();
    }
    layout.endLayout();
    layout.draw(painter, area.topLeft());
}

Tone stripeTone(const QueueRow& row, const Deadline& deadline)
{
    if (row.status != "open" && row.status != "deferred")
        return requestStatusWords(row.status).tone;
    if (deadline.tone != Tone::Neutral)
        return deadline.tone;
    return priorityWords(row.priority).tone;
}

} // namespace

QueueDelegate::QueueDelegate(const Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_clock(clock)
{}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(index);
    const QFontMetrics plain(option.font);
    const QFontMetrics title(titleFont(option.font));
    const int lines = askLines(option.widget != nullptr ? option.widget->width() : 0);
    return {320, 2 * kPadY + title.height() + (lines + 1) * plain.lineSpacing() + 14};
}

void QueueDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* const row =
        static_cast<const QueueRow*>(index.data(QueueModel::RowRole).value<const void*>());
    if (row == nullptr)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = currentColors();
    const Deadline deadline = deadlineOf(row->dueAt, row->expiresAt, m_clock.now());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(
        option.rect, selected ? colors.tone(Tone::Accent).background : colors.surface);
    const bool rightToLeft = option.direction == Qt::RightToLeft;
    const auto placed = [&](const QRect& rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const QRect stripe(option.rect.left(), option.rect.top(), kStripe, option.rect.height() - 1);
    painter->fillRect(placed(stripe), colors.tone(stripeTone(*row, deadline)).border);
    painter->setPen(colors.border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    const QRect inner = option.rect.adjusted(kPadX + kStripe, kPadY, -kPadX, -kPadY);
    const QFontMetrics titleMetrics(titleFont(option.font));
    painter->setFont(titleFont(option.font));
    const QString signatures =
        QueueModel::tr("%1 of %2 signed")
            .arg(countText(row->approvalsHave), countText(row->approvalsNeeded));
    const int side = QFontMetrics(option.font).horizontalAdvance(signatures) + 12;
    painter->setPen(colors.text);
    drawProse(
        painter,
        placed(QRect(inner.left(), inner.top(), inner.width() - side, titleMetrics.height())),
        safeInline(toQString(row->title)),
        1);
    painter->setFont(option.font);
    painter->setPen(colors.muted);
    painter->drawText(
        placed(QRect(inner.right() - side, inner.top(), side, titleMetrics.height())),
        static_cast<int>(
            (rightToLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignAbsolute | Qt::AlignVCenter),
        signatures);
    const int spacing = QFontMetrics(option.font).lineSpacing();
    const int lines = askLines(option.widget != nullptr ? option.widget->width() : 0);
    int top = inner.top() + titleMetrics.height() + 4;
    drawProse(
        painter,
        placed(QRect(inner.left(), top, inner.width(), lines * spacing)),
        safeInline(toQString(row->ask)),
        lines);
    top = inner.bottom() - spacing + 1;
    paintFacts(painter, option, QRect(inner.left(), top, inner.width(), spacing), *row);
    painter->restore();
}

void QueueDelegate::paintFacts(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QRect& line,
    const QueueRow& row) const
{
    const ThemeColors& colors = currentColors();
    int left = line.left();
    const auto put = [&](const QString& words, Tone tone, std::optional<Icon> which) {
        const QColor color = tone == Tone::Neutral ? colors.muted : colors.tone(tone).text;
        const auto placed = [&](int width) {
            return QStyle::visualRect(
                option.direction, option.rect, QRect(left, line.top(), width, line.height()));
        };
        if (which) {
            const QRect box = placed(kIconSize);
            painter->drawPixmap(
                box.left(),
                box.top() + (box.height() - kIconSize) / 2,
                iconPixmap(*which, color, kIconSize, painter->device()->devicePixelRatioF()));
            left += kIconSize + 5;
        }
        const int width = painter->fontMetrics().horizontalAdvance(words) + 2;
        painter->setPen(color);
        painter->drawText(
            placed(width), static_cast<int>(Qt::AlignVCenter | Qt::AlignHCenter), words);
        left += width + 18;
    };
    const bool waits = row.status == "open" || row.status == "deferred";
    if (waits) {
        const Deadline deadline = deadlineOf(row.dueAt, row.expiresAt, m_clock.now());
        put(deadline.words, deadline.tone, Icon::Clock);
    }
    if (row.status != "open") {
        const StatusWords status =
            row.runStatus.empty() ? requestStatusWords(row.status) : runStatusWords(row.runStatus);
        put(status.words, status.tone, toneIcon(status.tone));
    }
    if (row.priority == Priority::Critical || row.priority == Priority::High) {
        const StatusWords priority = priorityWords(row.priority);
        put(priority.words, priority.tone, Icon::Alert);
    }
    const ClassWords undo = classWords(row.classes.reversibility);
    put(undo.words, undo.tone, undo.tone == Tone::Danger ? Icon::Danger : Icon::Undo);
    if (!row.exposureAmount.empty())
        put(moneyText(row.exposureAmount, row.exposureCurrency), Tone::Neutral, Icon::Scale);
    put(isolateLtr(toQString(text(row.classes))), Tone::Neutral, {});
    put(safeInline(toQString(row.requestedBy)), Tone::Neutral, Icon::Person);
}

} // namespace countersign::ui
