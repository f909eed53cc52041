#pragma once

#include "models/ids.h"
#include "ui/shell/page.h"
#include "ui/shell/settings.h"
#include "ui/signing/sign_presenter.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QStackedWidget;

namespace countersign::ui {

class DecisionPage;
class Language;
class NavigationBar;
class SigningDesk;
class StatusLine;

/// Makes the pages behind the queue, in the order of the navigation. `parent` owns them.
using PageFactory = std::function<std::vector<Page*>(QWidget* parent)>;

/// The window: navigation, one page at a time, the decision page reached from them, and the desk
/// that signs. Connects and does nothing else. Backend, clock and settings outlive it. Thread: GUI.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(
        Backend& backend,
        const Clock& clock,
        Settings settings,
        const PageFactory& otherPages,
        QWidget* parent = nullptr);
    ~MainWindow() override;

    void showPage(int index);
    /// By objectName; unknown names do nothing.
    void showPage(const QString& objectName);
    void openDecision(const QString& decisionId);
    void goBack();
    void useLanguage(const QString& language);
    void useTheme(ThemeChoice theme);

    [[nodiscard]] SigningDesk& desk() { return *m_desk; }
    [[nodiscard]] DecisionPage& decisionPage() { return *m_decision; }

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void addPages(const PageFactory& otherPages);
    void connectPage(Page* page);
    void addShortcuts();
    void retranslate();
    void showShortcuts();
    void readWorkspace();

    Backend& m_backend;
    Settings m_settings;
    Language* m_language;
    NavigationBar* m_navigation;
    QStackedWidget* m_stack;
    StatusLine* m_status;
    SigningDesk* m_desk;
    DecisionPage* m_decision;
    std::vector<Page*> m_pages;
    int m_page = 0;
};

} // namespace countersign::ui
