#include "ui/shell/main_window.h"

#include "ui/decision/decision_page.h"
#include "ui/format/notice_text.h"
#include "ui/format/plain_text.h"
#include "ui/queue/queue_list_page.h"
#include "ui/reply.h"
#include "ui/shell/language.h"
#include "ui/shell/navigation_bar.h"
#include "ui/shell/reading_order.h"
#include "ui/shell/shortcut_list.h"
#include "ui/shell/status_line.h"
#include "ui/signing/signing_desk.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>

namespace countersign::ui {

namespace {

/// Before the first widget: what is laid out once in another language keeps its sizes.
Language* startLanguage(const Settings& settings, QObject* parent)
{
    auto* const language = new Language(parent);
    language->use(settings.language());
    applyTheme(*qApp, settings.theme());
    return language;
}

} // namespace

MainWindow::MainWindow(
    Backend& backend,
    const Clock& clock,
    Settings settings,
    const PageFactory& otherPages,
    QWidget* parent)
    : QMainWindow(parent)
    , m_backend(backend)
    , m_settings(settings)
    , m_language(startLanguage(m_settings, this))
    , m_navigation(new NavigationBar(this))
    , m_stack(new QStackedWidget(this))
    , m_status(new StatusLine(this))
    , m_desk(new SigningDesk(backend, clock, this))
    , m_decision(new DecisionPage(backend, clock, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    auto* const central = new QWidget(this);
    auto* const row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_navigation);
    row->addWidget(m_stack, 1);
    setCentralWidget(central);
    setStatusBar(m_status);

    m_pages.push_back(new QueueListPage(backend, clock, m_stack));
    addPages(otherPages);
    m_stack->addWidget(m_decision);
    addShortcuts();

    connect(
        m_navigation, &NavigationBar::pageRequested, this, qOverload<int>(&MainWindow::showPage));
    connect(m_navigation, &NavigationBar::languageRequested, this, &MainWindow::useLanguage);
    connect(m_navigation, &NavigationBar::themeRequested, this, &MainWindow::useTheme);
    connect(m_navigation, &NavigationBar::shortcutsRequested, this, &MainWindow::showShortcuts);
    connect(m_decision, &DecisionPage::backRequested, this, &MainWindow::goBack);
    connect(m_decision, &DecisionPage::signRequested, m_desk, &SigningDesk::start);
    connect(m_desk, &SigningDesk::failed, m_status, &StatusLine::showProblem);
    connect(m_desk, &SigningDesk::signedNow, this, [this](const QString& action) {
        m_status->addNotice(tr("Signed: %1.").arg(action));
    });
    connect(&backend, &Backend::changed, this, [this] { readWorkspace(); });
    connect(&backend, &Backend::noticed, m_status, [this](const Notice& notice) {
        m_status->addNotice(noticeText(notice));
    });

    m_navigation->setTheme(m_settings.theme());
    m_navigation->setLanguage(m_language->current());
    retranslate();
    resize(1280, 800);
    restoreGeometry(m_settings.geometry());
    readWorkspace();
    const QString lastPage = m_settings.page();
    showPage(0);
    showPage(lastPage);
}

MainWindow::~MainWindow() = default;

void MainWindow::addPages(const PageFactory& otherPages)
{
    if (otherPages) {
        for (Page* const page : otherPages(m_stack))
            m_pages.push_back(page);
    }
    for (Page* const page : m_pages) {
        m_stack->addWidget(page);
        m_navigation->addPage(page->objectName(), page->pageIcon());
        connectPage(page);
    }
}

void MainWindow::connectPage(Page* page)
{
    connect(page, &Page::openDecisionRequested, this, &MainWindow::openDecision);
    connect(page, &Page::noticeRaised, m_status, &StatusLine::addNotice);
    connect(
        page,
        &Page::orderRequested,
        this,
        [this](const QString& decisionId, const OrderIntent& order) {
            m_desk->order(toUtf8(decisionId), order);
        });
}

void MainWindow::addShortcuts()
{
    const auto bind = [this](const QKeySequence& keys, auto act) {
        auto* const shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    constexpr int kNumberKeys = 9;
    for (int i = 0; i < std::min(kNumberKeys, m_navigation->pageCount()); ++i)
        bind(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)), [this, i] {
            showPage(i);
        });
    bind(QKeySequence(Qt::Key_Question), [this] { showShortcuts(); });
    bind(QKeySequence(static_cast<int>(u'؟')), [this] { showShortcuts(); });
    bind(QKeySequence(Qt::Key_F1), [this] { showPage(QStringLiteral("manualPage")); });
}

void MainWindow::showPage(int index)
{
    if (index < 0 || index >= static_cast<int>(m_pages.size()))
        return;
    m_page = index;
    Page* const page = m_pages[static_cast<std::size_t>(index)];
    m_stack->setCurrentWidget(page);
    m_navigation->setCurrent(index);
    m_decision->presenter().close();
    m_settings.setPage(page->objectName());
    page->activate();
}

void MainWindow::showPage(const QString& objectName)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i]->objectName() == objectName && m_page != static_cast<int>(i))
            showPage(static_cast<int>(i));
    }
}

void MainWindow::openDecision(const QString& decisionId)
{
    m_stack->setCurrentWidget(m_decision);
    m_decision->open(decisionId);
}

void MainWindow::goBack()
{
    showPage(m_page);
}

void MainWindow::useLanguage(const QString& language)
{
    m_settings.setLanguage(language);
    m_language->use(language);
    m_navigation->setLanguage(m_language->current());
    retranslate();
}

void MainWindow::useTheme(ThemeChoice theme)
{
    m_settings.setTheme(theme);
    applyTheme(*qApp, theme);
    m_navigation->setTheme(theme);
}

void MainWindow::showShortcuts()
{
    auto* const list = new ShortcutList(this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

void MainWindow::readWorkspace()
{
    whenReplied(this, m_backend.workspace(), [this](Result<WorkspaceInfo> info) {
        if (!info.ok()) {
            m_status->showProblem(info.error());
            return;
        }
        m_status->showWorkspace(*info);
        setWindowTitle(tr("%1 — Countersign", "name of the workspace").arg(toQString(info->name)));
    });
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setGeometry(saveGeometry());
    QMainWindow::closeEvent(event);
}

bool MainWindow::event(QEvent* event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        // Pages that are not shown have their new texts by now, but do not tell their layouts.
        for (QLayout* const layout : findChildren<QLayout*>())
            layout->invalidate();
    }
    return handled;
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return moveFocus(*this, next);
}

void MainWindow::retranslate()
{
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        m_navigation->setPageTitle(static_cast<int>(i), m_pages[i]->title());
}

} // namespace countersign::ui
