#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

#include <memory>
#include <vector>

namespace countersign::ui {

/// Switches the language of the running console: translations, default locale and the direction of
/// the layout. Source texts are English; Arabic comes from `:/i18n/countersign_ar.qm` and from Qt's
/// own catalogue. Thread: GUI.
class Language : public QObject
{
    Q_OBJECT

public:
    explicit Language(QObject* parent = nullptr);
    ~Language() override;

    [[nodiscard]] const QString& current() const { return m_current; }
    /// `en` or `ar`. Widgets get QEvent::LanguageChange and QEvent::LayoutDirectionChange.
    void use(const QString& language);

private:
    void install(const QString& language);

    QString m_current;
    std::vector<std::unique_ptr<QTranslator>> m_translators;
};

} // namespace countersign::ui
