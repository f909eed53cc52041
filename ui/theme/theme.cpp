#include "ui/theme/theme.h"

#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>

namespace countersign::ui {

namespace {

// The palette the desktop gave us, kept on the application object itself.
constexpr const char* kSystemDarkProperty = "countersignSystemIsDark";

QPalette paletteOf(const ThemeColors& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.page);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.sunken);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.onAccent);
    palette.setColor(QPalette::ToolTipBase, colors.surface);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.muted);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, colors.border.darker(120));
    palette.setColor(QPalette::Light, colors.surface.lighter(110));
    palette.setColor(QPalette::Midlight, colors.sunken);
    palette.setColor(QPalette::Shadow, colors.border.darker(160));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.muted);
    return palette;
}

bool systemIsDark(QApplication& application)
{
    const QVariant known = application.property(kSystemDarkProperty);
    if (known.isValid())
        return known.toBool();
    const QPalette palette = application.palette();
    const bool dark = palette.color(QPalette::Window).lightness()
                      < palette.color(QPalette::WindowText).lightness();
    application.setProperty(kSystemDarkProperty, dark);
    return dark;
}

} // namespace

QString themeId(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return QStringLiteral("system");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

ThemeChoice themeFromId(const QString& id)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (themeId(choice) == id)
            return choice;
    }
    return ThemeChoice::System;
}

ToneColors ThemeColors::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return {text, sunken, border};
    case Tone::Accent:
        return dark ? ToneColors{QColor(0x9cc7ff), QColor(0x17304f), QColor(0x2f5585)}
                    : ToneColors{QColor(0x124a86), QColor(0xe3effc), QColor(0xb4d2f3)};
    case Tone::Good:
        return dark ? ToneColors{QColor(0x8ddcaa), QColor(0x16351f), QColor(0x2c5f3c)}
                    : ToneColors{QColor(0x14592c), QColor(0xe2f4e7), QColor(0xaedcbc)};
    case Tone::Caution:
        return dark ? ToneColors{QColor(0xf3cd7a), QColor(0x3a2d0e), QColor(0x6b541c)}
                    : ToneColors{QColor(0x6f4a00), QColor(0xfdf1d3), QColor(0xecd08a)};
    case Tone::Danger:
        return dark ? ToneColors{QColor(0xffa8a0), QColor(0x451b19), QColor(0x7c3430)}
                    : ToneColors{QColor(0x8e1b16), QColor(0xfde6e4), QColor(0xf1b5b0)};
    }
    return {};
}

const ThemeColors& lightColors()
{
    static const ThemeColors kColors{
        .page = QColor(0xf3f4f6),
        .surface = QColor(0xffffff),
        .sunken = QColor(0xf0f2f5),
        .text = QColor(0x1b2430),
        .muted = QColor(0x566273),
        .border = QColor(0xd5dae1),
        .accent = QColor(0x1a5fb4),
        .onAccent = QColor(0xffffff),
        .dark = false};
    return kColors;
}

const ThemeColors& darkColors()
{
    static const ThemeColors kColors{
        .page = QColor(0x14181e),
        .surface = QColor(0x1d232b),
        .sunken = QColor(0x262d37),
        .text = QColor(0xe7ebf0),
        .muted = QColor(0xa3afbd),
        .border = QColor(0x39424e),
        .accent = QColor(0x7db4f5),
        .onAccent = QColor(0x0b1726),
        .dark = true};
    return kColors;
}

const ThemeColors& currentColors()
{
    const QPalette palette = QApplication::palette();
    const bool dark = palette.color(QPalette::Window).lightness()
                      < palette.color(QPalette::WindowText).lightness();
    return dark ? darkColors() : lightColors();
}

void applyTheme(QApplication& application, ThemeChoice choice)
{
    const bool followed = systemIsDark(application);
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && followed);
    const ThemeColors& colors = dark ? darkColors() : lightColors();
    if (application.style()->name().compare(QStringLiteral("fusion"), Qt::CaseInsensitive) != 0)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(paletteOf(colors));
    application.setStyleSheet(styleSheetOf(colors));
}

} // namespace countersign::ui
