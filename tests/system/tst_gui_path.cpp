#include "app/console/local_backend.h"
#include "tests/support/demo_fixture.h"
#include "ui/decision/decision_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/other_pages.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QTest>

using namespace countersign;
using countersign::testing::DemoFixture;

/// The whole way of a decision through the real window, with the real core behind it and the real
/// business systems beside it: clicks and keys only. Screenshots are kept in the build folder.
class TestGuiPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensTheQueue();
    void readsTheDecision();
    void approvesWithThePassphrase();
    void watchesItBeingCarriedOut();
    void exportsAndVerifiesThePack();
    void readsTheSameInArabic();
    void cleanupTestCase();

private:
    void keep(const QString& name);
    template <class T>
    T* find(const char* objectName);
    [[nodiscard]] QDialog* waitForDialog(const char* objectName);
    void signWith(const QString& passphrase);

    /// Answers the file dialogs.
    class Chooser final : public ui::FileChooser
    {
    public:
        void openFile(QWidget*, const Question&, std::function<void(QString)> chosen) override
        {
            chosen(path);
        }
        void saveFile(QWidget*, const Question&, std::function<void(QString)> chosen) override
        {
            chosen(path);
        }
        void openFolder(QWidget*, const Question&, std::function<void(QString)> chosen) override
        {
            chosen(path);
        }
        QString path;
    };

    DemoFixture m_fixture;
    std::shared_ptr<Chooser> m_chooser = std::make_shared<Chooser>();
    SystemClock m_clock;
    QTemporaryDir m_settingsFolder;
    std::unique_ptr<QSettings> m_store;
    std::unique_ptr<app::LocalBackend> m_backend;
    std::unique_ptr<ui::MainWindow> m_window;
    QString m_title = QStringLiteral("Promote ledger-service 4.12.0");
    int m_picture = 0;
};

void TestGuiPath::initTestCase()
{
    QVERIFY(m_fixture.make().ok());
    QVERIFY(m_fixture.startSystems().ok());
    {
        auto core = m_fixture.open().value();
        QVERIFY(app::deliverDemoDecisions(*core, [](const std::string&) {}).ok());
    }
    auto opened = app::LocalBackend::open(m_fixture.folder(), true);
    QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().describe().c_str());
    m_backend = std::move(opened).value();
    m_store = std::make_unique<QSettings>(
        m_settingsFolder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    ui::Settings settings(*m_store);
    settings.setLanguage(QStringLiteral("en"));
    m_window =
        std::make_unique<ui::MainWindow>(*m_backend, m_clock, settings, [this](QWidget* parent) {
            return ui::makeOtherPages(*m_backend, m_clock, m_chooser, parent);
        });
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    // Shortcuts belong to the active window, and no window manager makes it so here.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestGuiPath::cleanupTestCase()
{
    m_window.reset();
    m_backend.reset();
}

void TestGuiPath::keep(const QString& name)
{
    const QString folder = QStringLiteral(COUNTERSIGN_BINARY_DIR "/screenshots");
    QVERIFY(QDir().mkpath(folder));
    QTest::qWait(50);
    const QString path = QStringLiteral("%1/%2-%3.png")
                             .arg(folder)
                             .arg(++m_picture, 2, 10, QLatin1Char('0'))
                             .arg(name);
    QWidget* shown = QApplication::activeModalWidget();
    QVERIFY((shown == nullptr ? static_cast<QWidget*>(m_window.get()) : shown)->grab().save(path));
}

template <class T>
T* TestGuiPath::find(const char* objectName)
{
    return m_window->findChild<T*>(QLatin1String(objectName));
}

QDialog* TestGuiPath::waitForDialog(const char* objectName)
{
    QDialog* found = nullptr;
    static_cast<void>(QTest::qWaitFor(
        [&] {
            found = m_window->findChild<QDialog*>(QLatin1String(objectName));
            return found != nullptr && found->isVisible();
        },
        20'000));
    return found;
}

void TestGuiPath::signWith(const QString& passphrase)
{
    QDialog* dialog = waitForDialog("signDialog");
    QVERIFY(dialog != nullptr);
    auto* key = dialog->findChild<QComboBox*>(QStringLiteral("signKey"));
    auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("signPassphrase"));
    auto* button = dialog->findChild<QAbstractButton*>(QStringLiteral("signButton"));
    auto* cancel = dialog->findChild<QAbstractButton*>(QStringLiteral("signCancel"));
    QVERIFY(key != nullptr && field != nullptr && button != nullptr && cancel != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(key->count() > 0, 20'000);
    const int mine = key->findText(QStringLiteral("Kwame"), Qt::MatchContains);
    if (mine >= 0)
        key->setCurrentIndex(mine);
    // Everything that is signed must have been on screen before the button works.
    auto* scroll = dialog->findChild<QScrollArea*>(QStringLiteral("signScroll"));
    QVERIFY(scroll != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(
        scroll->widget() != nullptr && scroll->widget()->height() > 100, 20'000);
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("wrong"));
    for (int i = 0; i <= 20 && !button->isEnabled(); ++i) {
        scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum() * i / 20);
        QTest::qWait(50);
    }
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 20'000);
    QTest::mouseClick(button, Qt::LeftButton);
    auto* error = dialog->findChild<QWidget*>(QStringLiteral("signError"));
    QVERIFY(error != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 20'000);
    keep(QStringLiteral("wrong-passphrase"));
    field->selectAll();
    QTest::keyClicks(field, passphrase);
    keep(QStringLiteral("sign-dialog"));
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 20'000);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->findChild<QDialog*>(QStringLiteral("signDialog")) == nullptr
            || !m_window->findChild<QDialog*>(QStringLiteral("signDialog"))->isVisible(),
        20'000);
}

void TestGuiPath::opensTheQueue()
{
    auto* list = find<QAbstractItemView>("queueList");
    QVERIFY(list != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 6, 20'000);
    keep(QStringLiteral("queue"));
    // By keyboard to the row, as a person who never touches the mouse would.
    list->setFocus();
    int row = -1;
    for (int i = 0; i < list->model()->rowCount(); ++i) {
        if (list->model()->index(i, 0).data().toString().contains(m_title))
            row = i;
    }
    QVERIFY(row >= 0);
    QTest::keyClick(list, Qt::Key_Home);
    for (int i = 0; i < row; ++i)
        QTest::keyClick(list, Qt::Key_J);
    QCOMPARE(list->currentIndex().row(), row);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->decisionPage().isVisible(), 20'000);
}

void TestGuiPath::readsTheDecision()
{
    auto* scroll = find<QScrollArea>("decisionScroll");
    QVERIFY(scroll != nullptr);
    for (const char* panel :
         {"askPanel", "planPanel", "memoPanel", "optionChart", "riskMatrix", "evidencePanel"})
        QTRY_VERIFY2_WITH_TIMEOUT(
            find<QWidget>(panel) != nullptr && find<QWidget>(panel)->isVisible(), panel, 20'000);
    keep(QStringLiteral("decision"));
    int page = 0;
    while (scroll->verticalScrollBar()->value() < scroll->verticalScrollBar()->maximum()
           && page < 30) {
        QTest::keyClick(scroll, Qt::Key_PageDown);
        keep(QStringLiteral("decision-%1").arg(++page));
    }
    QTest::keyClick(scroll, Qt::Key_Home);
}

void TestGuiPath::approvesWithThePassphrase()
{
    auto* approve = find<QAbstractButton>("answerApprove");
    QVERIFY(approve != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(approve->isEnabled(), 20'000);
    QTest::keyClick(m_window.get(), Qt::Key_A);
    signWith(QString::fromLatin1(
        app::kDemoPassphrase.data(), static_cast<qsizetype>(app::kDemoPassphrase.size())));
}

void TestGuiPath::watchesItBeingCarriedOut()
{
    // The first step runs by itself; the second waits for a person at its gate.
    QWidget* run = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (run = m_window->decisionPage().findChild<QWidget*>(QStringLiteral("runTimeline")))
                != nullptr
            && run->isVisible(),
        20'000);
    QAbstractButton* gate = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            for (QAbstractButton* button : run->findChildren<QAbstractButton*>()) {
                if (button->objectName().contains(QStringLiteral("wave_1")) && button->isVisible()
                    && button->isEnabled())
                    gate = button;
            }
            return gate != nullptr;
        }(),
        30'000);
    keep(QStringLiteral("gate"));
    QTest::mouseClick(gate, Qt::LeftButton);
    signWith(QString::fromLatin1(
        app::kDemoPassphrase.data(), static_cast<qsizetype>(app::kDemoPassphrase.size())));
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto runs = m_backend->runs({}, 5);
            QFuture<Result<std::vector<ui::RunView>>> future = runs;
            future.waitForFinished();
            const auto& result = future.result();
            return result.ok() && !result->empty() && result->front().status == "completed";
        }(),
        60'000);
    QTest::qWait(300);
    keep(QStringLiteral("completed"));
    for (const char* page : {"runsPage", "logPage", "peoplePage"}) {
        m_window->showPage(QLatin1String(page));
        QTest::qWait(500);
        keep(QLatin1String(page));
    }
}

void TestGuiPath::exportsAndVerifiesThePack()
{
    m_window->showPage(QStringLiteral("packsPage"));
    m_chooser->path = m_settingsFolder.filePath(QStringLiteral("pack.zip"));
    auto* search = find<QLineEdit>("packSearch");
    auto* decision = find<QComboBox>("packDecision");
    auto* exporting = find<QAbstractButton>("packExport");
    QVERIFY(decision != nullptr && exporting != nullptr);
    if (search != nullptr) {
        search->setFocus();
        QTest::keyClicks(search, m_title);
    }
    QTRY_VERIFY_WITH_TIMEOUT(decision->findText(m_title, Qt::MatchContains) >= 0, 20'000);
    decision->setCurrentIndex(decision->findText(m_title, Qt::MatchContains));
    QTRY_VERIFY_WITH_TIMEOUT(exporting->isEnabled(), 20'000);
    QTest::mouseClick(exporting, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_chooser->path), 30'000);
    auto* table = find<QAbstractItemView>("packsTable");
    QVERIFY(table != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() == 1, 20'000);
    auto* verify = find<QAbstractButton>("packVerify");
    QVERIFY(verify != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(verify->isEnabled(), 20'000);
    QTest::mouseClick(verify, Qt::LeftButton);
    QTest::qWait(2000);
    keep(QStringLiteral("pack-verified"));
    QFuture<Result<ui::VerificationReport>> report =
        m_backend->verifyPack(m_chooser->path.toStdString());
    report.waitForFinished();
    QVERIFY(report.result().ok());
    QVERIFY(report.result()->good);
}

void TestGuiPath::readsTheSameInArabic()
{
    m_window->useLanguage(QStringLiteral("ar"));
    m_window->showPage(QStringLiteral("queuePage"));
    QTest::qWait(500);
    QCOMPARE(m_window->layoutDirection(), Qt::RightToLeft);
    keep(QStringLiteral("queue-ar"));
    m_window->useTheme(ui::ThemeChoice::Dark);
    QTest::qWait(300);
    keep(QStringLiteral("queue-ar-dark"));
}

QTEST_MAIN(TestGuiPath)
#include "tst_gui_path.moc"
