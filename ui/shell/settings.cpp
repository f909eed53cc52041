#include "ui/shell/settings.h"

#include <QLocale>
#include <QSettings>

namespace countersign::ui {

namespace {

QString languageKey()
{
    return QStringLiteral("ui/language");
}

QString themeKey()
{
    return QStringLiteral("ui/theme");
}

QString geometryKey()
{
    return QStringLiteral("ui/geometry");
}

QString pageKey()
{
    return QStringLiteral("ui/page");
}

} // namespace

Settings::Settings(QSettings& store)
    : m_store(store)
{}

QString Settings::language() const
{
    const QString chosen = m_store.value(languageKey()).toString();
    if (chosen == QLatin1String("ar") || chosen == QLatin1String("en"))
        return chosen;
    return QLocale::system().language() == QLocale::Arabic ? QStringLiteral("ar")
                                                           : QStringLiteral("en");
}

void Settings::setLanguage(const QString& language)
{
    m_store.setValue(languageKey(), language);
}

ThemeChoice Settings::theme() const
{
    return themeFromId(m_store.value(themeKey()).toString());
}

void Settings::setTheme(ThemeChoice theme)
{
    m_store.setValue(themeKey(), themeId(theme));
}

QByteArray Settings::geometry() const
{
    return m_store.value(geometryKey()).toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry)
{
    m_store.setValue(geometryKey(), geometry);
}

QString Settings::page() const
{
    return m_store.value(pageKey()).toString();
}

void Settings::setPage(const QString& page)
{
    m_store.setValue(pageKey(), page);
}

} // namespace countersign::ui
