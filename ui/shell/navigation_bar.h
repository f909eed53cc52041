#pragma once

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QFrame>

#include <vector>

class QButtonGroup;
class QComboBox;
class QToolButton;
class QVBoxLayout;

namespace countersign::ui {

class ProseLabel;

/// The pages on the leading side, with language and theme below. Ctrl+1 … reach them, too.
class NavigationBar : public QFrame
{
    Q_OBJECT

public:
    explicit NavigationBar(QWidget* parent = nullptr);

    void addPage(const QString& objectName, Icon which);
    void setPageTitle(int index, const QString& title);
    void setCurrent(int index);
    [[nodiscard]] int pageCount() const { return static_cast<int>(m_buttons.size()); }
    void setLanguage(const QString& language);
    void setTheme(ThemeChoice theme);

Q_SIGNALS:
    void pageRequested(int index);
    void languageRequested(const QString& language);
    void themeRequested(countersign::ui::ThemeChoice theme);
    void shortcutsRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    QButtonGroup* m_group;
    std::vector<QToolButton*> m_buttons;
    QVBoxLayout* m_pages;
    QComboBox* m_language;
    QComboBox* m_theme;
    QToolButton* m_keys;
    ProseLabel* m_name;
};

} // namespace countersign::ui
