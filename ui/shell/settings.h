#pragma once

#include "ui/theme/theme.h"

#include <QByteArray>
#include <QString>

class QSettings;

namespace countersign::ui {

/// What the console remembers between starts. `store` outlives it; tests give a file of their own.
class Settings
{
public:
    explicit Settings(QSettings& store);

    /// `en` or `ar`; without a choice the language of the desktop, if it is one of them.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& language);
    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// objectName of the page shown last, or empty.
    [[nodiscard]] QString page() const;
    void setPage(const QString& page);

private:
    QSettings& m_store;
};

} // namespace countersign::ui
