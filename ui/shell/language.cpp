#include "ui/shell/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace countersign::ui {

Language::Language(QObject* parent)
    : QObject(parent)
    , m_current(QStringLiteral("en"))
{}

Language::~Language()
{
    for (const auto& translator : m_translators)
        QCoreApplication::removeTranslator(translator.get());
}

void Language::use(const QString& language)
{
    const bool arabic = language == QLatin1String("ar");
    m_current = arabic ? QStringLiteral("ar") : QStringLiteral("en");
    QLocale::setDefault(
        arabic ? QLocale(QLocale::Arabic, QLocale::SaudiArabia)
               : QLocale(QLocale::English, QLocale::UnitedKingdom));
    for (const auto& translator : m_translators)
        QCoreApplication::removeTranslator(translator.get());
    m_translators.clear();
    if (arabic)
        install(m_current);
    QGuiApplication::setLayoutDirection(arabic ? Qt::RightToLeft : Qt::LeftToRight);
}

void Language::install(const QString& language)
{
    const auto load = [&](const QString& file, const QString& folder) {
        auto translator = std::make_unique<QTranslator>();
        if (!translator->load(file, folder))
            return;
        QCoreApplication::installTranslator(translator.get());
        m_translators.push_back(std::move(translator));
    };
    load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(QStringLiteral("countersign_") + language, QStringLiteral(":/i18n"));
}

} // namespace countersign::ui
