#include "ui/theme/icon.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

namespace countersign::ui {

namespace {

constexpr std::array<const char*, 25> kNames{
    "queue",    "runs",   "log",   "pack",   "people", "manual", "check",   "cross", "pencil",
    "question", "clock",  "alert", "danger", "info",   "lock",   "gate",    "undo",  "play",
    "back",     "search", "doc",   "link",   "scale",  "person", "keyboard"};

QString nameOf(Icon which)
{
    return QLatin1String(kNames.at(static_cast<std::size_t>(which)));
}

class PaletteIconEngine final : public QIconEngine
{
public:
    explicit PaletteIconEngine(Icon which)
        : m_which(which)
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        Q_UNUSED(state);
        const qreal ratio = painter->device()->devicePixelRatio();
        const int size = qMin(rect.width(), rect.height());
        const QPixmap drawn = iconPixmap(m_which, colorFor(mode), size, ratio);
        painter->drawPixmap(
            rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, drawn);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        Q_UNUSED(state);
        return iconPixmap(m_which, colorFor(mode), qMin(size.width(), size.height()), 1);
    }

    [[nodiscard]] QIconEngine* clone() const override { return new PaletteIconEngine(*this); }

private:
    [[nodiscard]] static QColor colorFor(QIcon::Mode mode)
    {
        const QPalette palette = QApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected:
            return palette.color(QPalette::HighlightedText);
        case QIcon::Normal:
        case QIcon::Active:
            break;
        }
        return palette.color(QPalette::ButtonText);
    }

    Icon m_which;
};

} // namespace

QPixmap iconPixmap(Icon which, const QColor& color, int size, qreal pixelRatio)
{
    const bool mirrored = which == Icon::Back && QApplication::isRightToLeft();
    const int pixels = qMax(1, qRound(size * pixelRatio));
    const QString key = QStringLiteral("countersign-icon-%1-%2-%3-%4")
                            .arg(nameOf(which), color.name(QColor::HexArgb))
                            .arg(pixels)
                            .arg(mirrored);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        pixmap.setDevicePixelRatio(pixelRatio);
        return pixmap;
    }
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QFile file(QStringLiteral(":/icons/%1.svg").arg(nameOf(which)));
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        if (mirrored) {
            painter.translate(pixels, 0);
            painter.scale(-1, 1);
        }
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    }
    pixmap.setDevicePixelRatio(pixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon icon(Icon which)
{
    return QIcon(new PaletteIconEngine(which));
}

Icon toneIcon(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
    case Tone::Accent:
        return Icon::Info;
    case Tone::Good:
        return Icon::Check;
    case Tone::Caution:
        return Icon::Alert;
    case Tone::Danger:
        return Icon::Danger;
    }
    return Icon::Info;
}

} // namespace countersign::ui
