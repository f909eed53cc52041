#include "tests/support/fake_backend.h"
#include "ui/decision/decision_page.h"
#include "ui/shell/main_window.h"
#include "ui/signing/sign_dialog.h"
#include "ui/signing/signing_desk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

/// Another page, as small as a page can be.
class NotesPage : public Page
{
public:
    explicit NotesPage(QWidget* parent)
        : Page(parent)
    {
        setObjectName(QStringLiteral("notesPage"));
    }
    [[nodiscard]] QString title() const override { return QStringLiteral("Notes"); }
    [[nodiscard]] Icon pageIcon() const override { return Icon::Doc; }
    void activate() override { ++activations; }

    int activations = 0;
};

bool isControl(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) != nullptr
           || qobject_cast<const QLineEdit*>(widget) != nullptr
           || qobject_cast<const QComboBox*>(widget) != nullptr
           || qobject_cast<const QPlainTextEdit*>(widget) != nullptr
           || qobject_cast<const QAbstractSpinBox*>(widget) != nullptr
           || qobject_cast<const QAbstractItemView*>(widget) != nullptr
           || qobject_cast<const QScrollArea*>(widget) != nullptr;
}

/// Parts that Qt puts inside its own controls, e.g. the clear button of a search field.
bool isInside(const QWidget* widget)
{
    const QWidget* const parent = widget->parentWidget();
    return qobject_cast<const QLineEdit*>(parent) != nullptr
           || qobject_cast<const QAbstractSpinBox*>(parent) != nullptr
           || qobject_cast<const QComboBox*>(parent) != nullptr
           || (parent != nullptr && parent->inherits("QComboBoxPrivateContainer"))
           || (parent != nullptr && parent->inherits("QCalendarWidget"));
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyControlHasNameAndAccessibleName();
    void tabVisitsEveryControlAndComesBack();
    void keyboardGoesFromQueueToDecisionAndBack();
    void lettersAnswerOnlyThroughTheDialog();
    void lettersStayTextInTheSearchField();
    void arabicLettersWorkLikeTheLatinKeys();
    void readingToTheEndUnlocksApproval();
    void keepsItsPlaceWhileARunProgresses();
    void switchesLanguageAndDirectionAtRunTime();
    void switchesTheThemeAtRunTime();
    void remembersLanguageThemeAndPage();
    void questionMarkListsTheKeys();
    void pagesAreReachedByNumber();
    void noticesReachTheStatusBar();
    void aSignatureIsReported();
    void aNewRunComesIntoView();

private:
    void showDeal()
    {
        m_window->openDecision(QString::fromStdString(m_deal.decisionId));
        QVERIFY(m_window->decisionPage().state().facts != nullptr);
        QCoreApplication::processEvents();
    }

    void readAll()
    {
        auto* const scroll = m_window->findChild<QScrollArea*>(QStringLiteral("decisionScroll"));
        QScrollBar* const bar = scroll->verticalScrollBar();
        bar->setValue(bar->maximum());
        QCoreApplication::processEvents();
    }

    std::unique_ptr<MainWindow> makeWindow()
    {
        auto window = std::make_unique<MainWindow>(
            *m_backend, m_clock, Settings(*m_store), [this](QWidget* parent) {
                m_notes = new NotesPage(parent);
                return std::vector<Page*>{m_notes};
            });
        window->show();
        return window;
    }

    QTemporaryDir m_folder;
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
    DecisionView m_deal = sampleDecision("acquisition-term-sheet", m_clock.now());
    std::unique_ptr<FakeBackend> m_backend;
    std::unique_ptr<QSettings> m_store;
    std::unique_ptr<MainWindow> m_window;
    NotesPage* m_notes = nullptr;
};

void TestMainWindow::init()
{
    m_backend = std::make_unique<FakeBackend>();
    m_backend->add(m_deal);
    m_backend->add(sampleDecision("price-change", m_clock.now()));
    m_backend->info.name = "Northgate";
    m_store = std::make_unique<QSettings>(
        m_folder.filePath(
            QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".ini")),
        QSettings::IniFormat);
    m_store->setValue(QStringLiteral("ui/language"), QStringLiteral("en"));
    m_window = makeWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_store.reset();
    m_backend.reset();
}

void TestMainWindow::everyControlHasNameAndAccessibleName()
{
    DecisionView view = m_deal;
    view.runs = {gatedRun(view, m_clock.now())};
    m_backend->decisions.insert_or_assign(view.decisionId, view);
    showDeal();
    readAll();
    QTest::keyClick(&m_window->decisionPage(), Qt::Key_A);
    QVERIFY(m_window->desk().openDialog() != nullptr);
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (!isControl(widget) || isInside(widget))
            continue;
        const QByteArray who = QByteArray(widget->metaObject()->className()) + ' '
                               + widget->objectName().toUtf8() + " in "
                               + widget->parentWidget()->objectName().toUtf8();
        if (!widget->isHidden()) {
            QVERIFY2(!widget->accessibleName().isEmpty(), who.constData());
            QVERIFY2(!widget->objectName().isEmpty(), who.constData());
        }
    }
}

void TestMainWindow::tabVisitsEveryControlAndComesBack()
{
    showDeal();
    readAll();
    std::set<const QWidget*> wanted;
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (isControl(widget) && !isInside(widget) && widget->isVisible() && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus) != 0)
            wanted.insert(widget);
    }
    QVERIFY(wanted.size() > 10);
    const QWidget* const start = m_window->focusWidget();
    QVERIFY(start != nullptr);
    constexpr int kStepMax = 400;
    int steps = 0;
    do {
        wanted.erase(m_window->focusWidget());
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
    } while (m_window->focusWidget() != start && ++steps < kStepMax);
    QVERIFY2(steps < kStepMax, "Tab does not come back");
    for (const QWidget* widget : wanted)
        qWarning("Tab misses %s", qPrintable(widget->objectName()));
    QVERIFY(wanted.empty());
}

void TestMainWindow::keyboardGoesFromQueueToDecisionAndBack()
{
    auto* const list = m_window->findChild<QListView*>(QStringLiteral("queueList"));
    QCOMPARE(m_window->focusWidget(), list);
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClick(list, Qt::Key_J);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClick(list, Qt::Key_K);
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClick(list, Qt::Key_Up);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_window->decisionPage().state().decisionId, m_deal.decisionId);
    QVERIFY(m_window->decisionPage().isVisible());
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Escape);
    QVERIFY(!m_window->decisionPage().isVisible());
    QCOMPARE(m_window->focusWidget(), list);
}

void TestMainWindow::lettersAnswerOnlyThroughTheDialog()
{
    showDeal();
    readAll();
    for (const Qt::Key key : {Qt::Key_A, Qt::Key_E, Qt::Key_R, Qt::Key_Q, Qt::Key_D}) {
        QTest::keyClick(m_window->focusWidget(), key);
        QDialog* const dialog = m_window->desk().openDialog();
        QVERIFY2(dialog != nullptr, qPrintable(QKeySequence(key).toString()));
        // A dialog counts as active with its parent already; the keys go where the focus is.
        QTRY_COMPARE(QApplication::activeWindow(), dialog);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(m_window->desk().openDialog() == nullptr);
        m_window->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
    }
    QVERIFY(m_backend->signedDrafts.empty());
}

void TestMainWindow::lettersStayTextInTheSearchField()
{
    auto* const search = m_window->findChild<QLineEdit*>(QStringLiteral("queueSearch"));
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Slash);
    QCOMPARE(m_window->focusWidget(), search);
    QTest::keyClicks(search, QStringLiteral("jk?"));
    QCOMPARE(search->text(), QStringLiteral("jk?"));
    QVERIFY(m_window->findChild<QDialog*>(QStringLiteral("shortcutList")) == nullptr);
    QTRY_COMPARE(m_backend->queueQueries.back().searchText, std::string("jk?"));
}

void TestMainWindow::arabicLettersWorkLikeTheLatinKeys()
{
    auto* const list = m_window->findChild<QListView*>(QStringLiteral("queueList"));
    QTest::sendKeyEvent(
        QTest::Click, list, static_cast<Qt::Key>(u'ت'), QStringLiteral("ت"), Qt::NoModifier);
    QCOMPARE(list->currentIndex().row(), 1);
    showDeal();
    readAll();
    QTest::sendKeyEvent(
        QTest::Click,
        m_window->focusWidget(),
        static_cast<Qt::Key>(u'ش'),
        QStringLiteral("ش"),
        Qt::NoModifier);
    QVERIFY(qobject_cast<SignDialog*>(m_window->desk().openDialog()) != nullptr);
}

void TestMainWindow::readingToTheEndUnlocksApproval()
{
    showDeal();
    auto* const approve = m_window->findChild<QAbstractButton*>(QStringLiteral("answerApprove"));
    QVERIFY(!approve->isEnabled());
    QVERIFY(!approve->accessibleDescription().isEmpty());
    QTest::keyClick(m_window->focusWidget(), Qt::Key_A);
    QVERIFY(m_window->desk().openDialog() == nullptr);
    constexpr int kPageMax = 60;
    for (int i = 0; i < kPageMax && !approve->isEnabled(); ++i) {
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
        QCoreApplication::processEvents();
    }
    QVERIFY(approve->isEnabled());
}

void TestMainWindow::keepsItsPlaceWhileARunProgresses()
{
    DecisionView view = m_deal;
    view.runs = {gatedRun(view, m_clock.now())};
    m_backend->decisions.insert_or_assign(view.decisionId, view);
    showDeal();
    QScrollBar* const bar =
        m_window->findChild<QScrollArea*>(QStringLiteral("decisionScroll"))->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 3000);
    bar->setValue(3000);
    for (int i = 0; i < 3; ++i) {
        view.runs.front().stepsDone = i;
        m_backend->decisions.insert_or_assign(view.decisionId, view);
        Q_EMIT m_backend->changed(static_cast<quint64>(100 + i));
        QCoreApplication::processEvents();
        QCOMPARE(bar->value(), 3000);
    }
}

void TestMainWindow::switchesLanguageAndDirectionAtRunTime()
{
    m_window->useLanguage(QStringLiteral("ar"));
    QCoreApplication::processEvents();
    QCOMPARE(m_window->layoutDirection(), Qt::RightToLeft);
    const QWidget* const navigation =
        m_window->findChild<QWidget*>(QStringLiteral("navigationBar"));
    QVERIFY(navigation->mapTo(m_window.get(), QPoint()).x() > m_window->width() / 2);
    m_window->useLanguage(QStringLiteral("en"));
    QCoreApplication::processEvents();
    QCOMPARE(m_window->layoutDirection(), Qt::LeftToRight);
    QCOMPARE(navigation->mapTo(m_window.get(), QPoint()).x(), 0);
}

void TestMainWindow::switchesTheThemeAtRunTime()
{
    m_window->useTheme(ThemeChoice::Dark);
    QVERIFY(currentColors().dark);
    m_window->useTheme(ThemeChoice::Light);
    QVERIFY(!currentColors().dark);
}

void TestMainWindow::remembersLanguageThemeAndPage()
{
    m_window->useLanguage(QStringLiteral("ar"));
    m_window->useTheme(ThemeChoice::Dark);
    m_window->showPage(QStringLiteral("notesPage"));
    m_window->resize(1100, 700);
    m_window->close();
    m_window.reset();
    m_window = makeWindow();
    QCOMPARE(m_window->layoutDirection(), Qt::RightToLeft);
    QVERIFY(currentColors().dark);
    QVERIFY(m_notes->isVisible());
    QCOMPARE(m_window->size(), QSize(1100, 700));
    m_window->useLanguage(QStringLiteral("en"));
    m_window->useTheme(ThemeChoice::Light);
}

void TestMainWindow::questionMarkListsTheKeys()
{
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Question);
    auto* const list = m_window->findChild<QDialog*>(QStringLiteral("shortcutList"));
    QVERIFY(list != nullptr);
    QVERIFY(list->isVisible());
    list->close();
}

void TestMainWindow::pagesAreReachedByNumber()
{
    QTest::keyClick(m_window->focusWidget(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(m_notes->isVisible());
    QCOMPARE(m_notes->activations, 1);
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(!m_notes->isVisible());
}

void TestMainWindow::noticesReachTheStatusBar()
{
    Q_EMIT m_backend->noticed(
        {Notice::Kind::DeliveryRefused,
         "<b>x</b>\u202Ey",
         Error{ErrorCode::InvalidInput, "not a number", "maximum", "memo.json", "/at"}});
    const auto* const notice = m_window->findChild<QLabel*>(QStringLiteral("statusNotice"));
    QVERIFY(notice->text().startsWith(QStringLiteral("The inbox refused")));
    QVERIFY(notice->text().contains(QStringLiteral("memo.json")));
    QVERIFY(notice->text().contains(QStringLiteral("<b>x</b>")));
    QCOMPARE(notice->textFormat(), Qt::PlainText);
    QVERIFY(!notice->text().contains(QChar(0x202E)));
}

void TestMainWindow::aSignatureIsReported()
{
    showDeal();
    readAll();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_A);
    auto* const dialog = m_window->desk().openDialog();
    QVERIFY(dialog != nullptr);
    dialog->findChild<QLineEdit*>(QStringLiteral("signTyped"))->setText(QStringLiteral("42000000"));
    dialog->findChild<QLineEdit*>(QStringLiteral("signPassphrase"))
        ->setText(QString::fromStdString(m_backend->passphrase));
    dialog->findChild<QAbstractButton*>(QStringLiteral("signButton"))->click();
    QTRY_COMPARE(m_backend->signedDrafts.size(), std::size_t{1});
    const auto* const notice = m_window->findChild<QLabel*>(QStringLiteral("statusNotice"));
    QTRY_VERIFY(notice->text().contains(QStringLiteral("Approve")));
}

void TestMainWindow::aNewRunComesIntoView()
{
    showDeal();
    readAll();
    m_backend->decisions.at(m_deal.decisionId).runs = {gatedRun(m_deal, m_clock.now())};
    Q_EMIT m_backend->changed(99);
    auto* const scroll = m_window->findChild<QScrollArea*>(QStringLiteral("decisionScroll"));
    const auto* const run =
        m_window->decisionPage().findChild<QWidget*>(QStringLiteral("runTimeline"));
    QVERIFY(run != nullptr);
    QTRY_VERIFY(run->isVisible());
    QTRY_VERIFY(
        scroll->viewport()->rect().contains(run->mapTo(scroll->viewport(), QPoint(10, 10))));
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
