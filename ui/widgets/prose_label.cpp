#include "ui/widgets/prose_label.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QMenu>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>

#include <cmath>

namespace countersign::ui {

namespace {

constexpr int kNaturalWidth = 560;

void insertSegments(QTextCursor& cursor, const QString& line, bool foreign)
{
    const QTextCharFormat plain;
    if (!foreign) {
        cursor.insertText(line, plain);
        return;
    }
    const ToneColors warning = currentColors().tone(Tone::Caution);
    QTextCharFormat label;
    label.setBackground(warning.background);
    label.setForeground(warning.text);
    label.setFontWeight(QFont::DemiBold);
    for (const TextSegment& segment : visibleSegments(line)) {
        if (segment.isWarning)
            cursor.insertText(
                isolateAuto(QLatin1Char('[') + segment.text + QLatin1Char(']')), label);
        else
            cursor.insertText(segment.text, plain);
    }
}

} // namespace

ProseLabel::ProseLabel(Look look, QWidget* parent)
    : QLabel(parent)
    , m_look(look)
    , m_flush(look != Look::Body)
{
    setTextFormat(Qt::PlainText);
    m_document.setDocumentMargin(0);
    m_document.setUndoRedoEnabled(false);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    applyLook();
}

void ProseLabel::setOwn(const QString& text)
{
    m_source = text;
    m_foreign = false;
    rebuild();
}

void ProseLabel::setForeign(const QString& text)
{
    m_source = text;
    m_foreign = true;
    rebuild();
}

void ProseLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void ProseLabel::setFlush(bool flush)
{
    m_flush = flush;
    rebuild();
}

void ProseLabel::setLineWidth(int pixels)
{
    m_lineWidth = pixels;
    updateGeometry();
}

void ProseLabel::applyLook()
{
    QFont shown = QApplication::font();
    switch (m_look) {
    case Look::Lead:
        shown.setPointSizeF(shown.pointSizeF() * 1.25);
        shown.setWeight(QFont::DemiBold);
        break;
    case Look::Heading:
        shown.setPointSizeF(shown.pointSizeF() * 1.08);
        shown.setWeight(QFont::DemiBold);
        break;
    case Look::Code: {
        const qreal size = shown.pointSizeF();
        shown = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        shown.setPointSizeF(size);
        break;
    }
    case Look::Body:
    case Look::Muted:
        break;
    }
    m_document.setDefaultFont(shown);
}

void ProseLabel::rebuild()
{
    m_document.clear();
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    m_document.setDefaultTextOption(option);
    QTextCursor cursor(&m_document);
    const QStringList lines = m_source.split(QLatin1Char('\n'));
    QString spoken;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QTextBlockFormat block;
        // Each paragraph keeps its own direction; the interface decides where nothing else does.
        const bool code = m_look == Look::Code;
        const Qt::LayoutDirection direction =
            code ? Qt::LeftToRight : directionOf(lines.at(i), layoutDirection());
        block.setLayoutDirection(direction);
        if (m_flush)
            block.setAlignment(
                (layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft)
                | Qt::AlignAbsolute);
        block.setLineHeight(code ? 118 : 112, QTextBlockFormat::ProportionalHeight);
        if (i > 0) {
            cursor.insertBlock(block);
            spoken += QLatin1Char('\n');
        } else {
            cursor.setBlockFormat(block);
        }
        insertSegments(cursor, lines.at(i), m_foreign);
        spoken += cursor.block().text();
    }
    setText(spoken);
    updateGeometry();
    update();
}

QSize ProseLabel::sizeHint() const
{
    m_document.setTextWidth(-1);
    const int natural = static_cast<int>(std::ceil(m_document.idealWidth())) + 1;
    const int width = qMin(natural, m_lineWidth > 0 ? m_lineWidth : kNaturalWidth);
    return {width, heightForWidth(width)};
}

QSize ProseLabel::minimumSizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 6;
    return {width, fontMetrics().height()};
}

int ProseLabel::heightForWidth(int width) const
{
    const int inner = m_lineWidth > 0 ? qMin(width, m_lineWidth) : width;
    m_document.setTextWidth(inner);
    return static_cast<int>(std::ceil(m_document.size().height()));
}

void ProseLabel::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    const ThemeColors& colors = currentColors();
    const int inner = m_lineWidth > 0 ? qMin(width(), m_lineWidth) : width();
    m_document.setTextWidth(inner);
    QAbstractTextDocumentLayout::PaintContext context;
    const QColor ordinary = m_look == Look::Muted ? colors.muted : colors.text;
    context.palette.setColor(
        QPalette::Text, m_tone == Tone::Neutral ? ordinary : colors.tone(m_tone).text);
    painter.translate(leftOf(inner), 0);
    m_document.documentLayout()->draw(&painter, context);
}

/// Where the document begins, which is laid out `inner` pixels wide.
qreal ProseLabel::leftOf(int inner) const
{
    m_document.documentLayout()->documentSize(); // Lines are there once the size is.
    const QTextBlock first = m_document.firstBlock();
    const bool isRightToLeft = first.blockFormat().layoutDirection() == Qt::RightToLeft;
    const bool isLine = m_document.blockCount() == 1 && first.layout()->lineCount() == 1;
    if (!m_flush && isLine) {
        // A single line stands where the eye looks for it, a paragraph where its own lines begin.
        const qreal natural = first.layout()->lineAt(0).naturalTextWidth();
        const qreal wanted = layoutDirection() == Qt::RightToLeft ? width() - natural : 0;
        return wanted - (isRightToLeft ? inner - natural : 0);
    }
    const bool standsRight = m_flush ? layoutDirection() == Qt::RightToLeft : isRightToLeft;
    return standsRight ? width() - inner : 0;
}

void ProseLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange
        || event->type() == QEvent::LayoutDirectionChange) {
        applyLook();
        rebuild();
    }
}

void ProseLabel::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu;
    const QAction* const copy = menu.addAction(tr("Copy"));
    if (menu.exec(event->globalPos()) == copy)
        QApplication::clipboard()->setText(m_source);
}

} // namespace countersign::ui
