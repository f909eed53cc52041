#include "tests/support/fake_backend.h"
#include "tests/support/sample_roster.h"
#include "ui/decision/decision_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/other_pages.h"
#include "ui/shell/reading_order.h"
#include "ui/signing/edit_plan_dialog.h"
#include "ui/signing/eligible_keys.h"
#include "ui/signing/sign_dialog.h"

#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

QString described(const QWidget& control)
{
    return QStringLiteral("%1 %2 (\"%3\")")
        .arg(
            QLatin1String(control.metaObject()->className()),
            control.objectName(),
            control.accessibleName());
}

/// What the Tab key must reach: visible, enabled, and not a part of another control.
QList<QWidget*> reachable(const QWidget& window)
{
    QList<QWidget*> controls;
    for (QWidget* const control : window.findChildren<QWidget*>()) {
        const bool isPart = control->objectName().startsWith(QStringLiteral("qt_"))
                            || control->focusProxy() != nullptr;
        if (control->window() == &window && control->isVisible() && control->isEnabled() && !isPart
            && (control->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
            controls << control;
    }
    return controls;
}

/// Presses the key until the focus is where it was at first; that way, or an empty list when it
/// never comes back.
QList<QWidget*> walk(QWidget& window, Qt::Key key)
{
    constexpr int kStepMax = 500;
    QWidget* const first = window.focusWidget();
    QList<QWidget*> way;
    for (int i = 0; i < kStepMax; ++i) {
        QWidget* const at = window.focusWidget();
        if (at == nullptr || (i > 0 && at == first))
            return at == nullptr ? QList<QWidget*>() : way;
        way << at;
        QTest::keyClick(at, key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
    }
    return {};
}

void verifyWalk(QWidget& window)
{
    QVERIFY(QTest::qWaitForWindowActive(&window));
    if (window.focusWidget() == nullptr)
        QTest::keyClick(&window, Qt::Key_Tab);
    QVERIFY2(window.focusWidget() != nullptr, "nothing has the focus");
    const QList<QWidget*> forth = walk(window, Qt::Key_Tab);
    QVERIFY2(
        !forth.isEmpty(),
        qPrintable(QStringLiteral("trapped at ") + described(*window.focusWidget())));
    for (const QWidget* const control : forth) {
        QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(described(*control)));
        QVERIFY2(!control->objectName().isEmpty(), qPrintable(described(*control)));
    }
    QVERIFY(!reachable(window).isEmpty());
    for (const QWidget* const control : reachable(window))
        QVERIFY2(
            forth.contains(control),
            qPrintable(QStringLiteral("never reached: ") + described(*control)));
    const QList<QWidget*> back = walk(window, Qt::Key_Backtab);
    QCOMPARE(back.size(), forth.size());
}

} // namespace

/// Everything can be done without a mouse, and is told to those who do not see it.
class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tabReachesEveryControlOfAPage_data();
    void tabReachesEveryControlOfAPage();
    void tabFollowsTheReadingOrder_data();
    void tabFollowsTheReadingOrder();
    void theFocusStaysNearWhatWasDisabled();
    void tabReachesEveryControlOfTheSignDialog_data();
    void tabReachesEveryControlOfTheSignDialog();
    void tabReachesEveryControlOfThePlanForm();

private:
    [[nodiscard]] SignTask task(control::AnswerKind kind) const
    {
        return {
            std::make_shared<DecisionView>(m_view),
            AnswerIntent{m_view.decisionId, *m_view.requestSha256, kind, {}, {}, {}, {}},
            eligibleKeys(m_view, kind, m_backend->keys)};
    }

    [[nodiscard]] std::unique_ptr<MainWindow> openLog(const QString& language)
    {
        Settings settings(m_store);
        settings.setLanguage(language);
        auto window =
            std::make_unique<MainWindow>(*m_backend, m_clock, settings, [this](QWidget* parent) {
                return makeOtherPages(
                    *m_backend, m_clock, std::make_shared<DesktopFileChooser>(), parent);
            });
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        window->showPage(QStringLiteral("logPage"));
        QTest::qWait(0);
        return window;
    }

    QTemporaryDir m_folder;
    QSettings m_store{m_folder.filePath(QStringLiteral("keys.ini")), QSettings::IniFormat};
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
    std::unique_ptr<FakeBackend> m_backend;
    DecisionView m_view;
};

void TestKeyboard::init()
{
    m_backend = std::make_unique<FakeBackend>();
    m_backend->people = sampleRoster();
    m_backend->logSize = 1000;
    for (const std::string& name : sampleNames()) {
        DecisionView view = sampleDecision(name, m_clock.now());
        m_backend->runList.push_back(gatedRun(view, m_clock.now()));
        m_backend->add(view);
    }
    m_view = sampleDecision("release-promotion", m_clock.now());
    m_view.runs.push_back(gatedRun(m_view, m_clock.now()));
    m_backend->decisions.insert_or_assign(m_view.decisionId, m_view);
    m_backend->packRows.push_back(
        {"/srv/packs/one.zip",
         m_view.decisionId,
         m_view.request->title,
         m_clock.now(),
         Digest::of("pack").hex(),
         1000});
}

void TestKeyboard::tabReachesEveryControlOfAPage_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("language");
    for (const char* const page :
         {"queuePage",
          "decisionPage",
          "runsPage",
          "logPage",
          "packsPage",
          "peoplePage",
          "manualPage"}) {
        for (const char* const language : {"en", "ar"})
            QTest::addRow("%s-%s", page, language)
                << QString(QLatin1String(page)) << QString(QLatin1String(language));
    }
}

void TestKeyboard::tabReachesEveryControlOfAPage()
{
    QFETCH(QString, page);
    QFETCH(QString, language);
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    Settings settings(store);
    settings.setLanguage(language);
    MainWindow window(*m_backend, m_clock, settings, [&](QWidget* parent) {
        return makeOtherPages(*m_backend, m_clock, std::make_shared<DesktopFileChooser>(), parent);
    });
    window.resize(1280, 800);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    if (page == QLatin1String("decisionPage")) {
        window.openDecision(QString::fromStdString(m_view.decisionId));
        QTRY_VERIFY(window.decisionPage().state().facts != nullptr);
    } else {
        window.showPage(page);
    }
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    verifyWalk(window);
}

void TestKeyboard::tabFollowsTheReadingOrder_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << QStringLiteral("en");
    QTest::newRow("ar") << QStringLiteral("ar");
}

void TestKeyboard::tabFollowsTheReadingOrder()
{
    QFETCH(QString, language);
    const auto window = openLog(language);
    QTRY_VERIFY(window->findChild<QWidget*>(QStringLiteral("openDecision")) != nullptr);
    QCoreApplication::processEvents();
    QStringList names;
    for (const QWidget* const control : inReadingOrder(*window))
        names << control->objectName();
    qsizetype last = -1;
    for (const char* const name :
         {"show_queuePage",
          "showShortcuts",
          "logGoTo",
          "verifyQuick",
          "verifyDeep",
          "logTable",
          "logDetails",
          "openDecision",
          "showNotices"}) {
        const qsizetype at = names.indexOf(QLatin1String(name));
        QVERIFY2(at > last, qPrintable(names.join(QLatin1Char(' '))));
        last = at;
    }
}

void TestKeyboard::theFocusStaysNearWhatWasDisabled()
{
    const auto window = openLog(QStringLiteral("en"));
    m_backend->holds = true;
    auto* const quick = window->findChild<QPushButton*>(QStringLiteral("verifyQuick"));
    quick->setFocus();
    QTest::keyClick(quick, Qt::Key_Space);
    QVERIFY(!quick->isEnabled());
    QCOMPARE(window->focusWidget()->objectName(), QStringLiteral("logTable"));
    m_backend->release();
}

void TestKeyboard::tabReachesEveryControlOfTheSignDialog_data()
{
    QTest::addColumn<control::AnswerKind>("kind");
    QTest::newRow("approve") << control::AnswerKind::Approve;
    QTest::newRow("reject") << control::AnswerKind::Reject;
    QTest::newRow("defer") << control::AnswerKind::Defer;
}

void TestKeyboard::tabReachesEveryControlOfTheSignDialog()
{
    QFETCH(control::AnswerKind, kind);
    SignDialog dialog(*m_backend, m_clock, task(kind));
    dialog.show();
    dialog.activateWindow();
    verifyWalk(dialog);
}

void TestKeyboard::tabReachesEveryControlOfThePlanForm()
{
    EditPlanDialog dialog(m_view.plan->content);
    dialog.show();
    dialog.activateWindow();
    verifyWalk(dialog);
}

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
