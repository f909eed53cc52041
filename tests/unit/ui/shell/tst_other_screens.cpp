#include "tests/support/fake_backend.h"
#include "tests/support/sample_roster.h"
#include "ui/shell/main_window.h"
#include "ui/shell/other_pages.h"
#include "ui/widgets/prose_label.h"

#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

RunView troubledRun(const DecisionView& view, Instant now)
{
    RunView run = gatedRun(view, now);
    run.status = "in_doubt";
    run.statusDetail = "effect_uncertain";
    StepView& step = run.steps.front();
    step.status = StepStatus::InDoubt;
    step.note = "attempts_exhausted";
    step.attempts = {
        {1,
         false,
         "timeout",
         "timeout",
         "no answer within 30 s",
         now - std::chrono::minutes(40),
         now - std::chrono::minutes(39),
         {}},
        {2,
         false,
         "failure",
         "http_503",
         "service unavailable",
         now - std::chrono::minutes(20),
         now - std::chrono::minutes(19),
         Digest::of("response").hex()}};
    step.nextAttemptAt = now + std::chrono::minutes(30);
    return run;
}

void fill(FakeBackend& backend, Instant now)
{
    backend.info.name = "Northgate";
    backend.info.engineRunsHere = true;
    backend.info.ledgerSize = 2'345'678;
    backend.logSize = 2'345'678;
    static constexpr std::array kStatuses{
        "completed", "waiting", "retry_wait", "failed", "halted", "compensated"};
    int number = 90;
    for (const std::string& name : sampleNames()) {
        const DecisionView view = sampleDecision(name, now);
        backend.add(view);
        RunView run = backend.runList.empty() ? troubledRun(view, now) : gatedRun(view, now);
        run.runId = "run_" + std::to_string(--number);
        if (!backend.runList.empty()) {
            run.status = kStatuses.at(backend.runList.size() % kStatuses.size());
            run.createdAt = now - std::chrono::hours(20 * backend.runList.size());
            if (run.status == "completed" || run.status == "failed")
                run.finishedAt = run.createdAt + std::chrono::hours(2);
            if (run.status == "waiting")
                run.notBefore = now + std::chrono::hours(5);
        }
        backend.runList.push_back(run);
        backend.packRows.push_back(
            {"/srv/northgate/packs/" + view.decisionId + ".zip",
             view.decisionId,
             view.request->title,
             now - std::chrono::hours(3),
             Digest::of(name).hex(),
             184'320});
    }
    backend.people = sampleRoster();
    backend.keys = {
        {"greta",
         backend.people->people.front().keys.front().keyId,
         "ed25519",
         "greta.holm",
         "Greta Holm",
         {"chief_executive"}},
        {"new-laptop", Digest::of("b").hex(), "ecdsa-p256", {}, {}, {}}};
    backend.report = {
        false,
        {{true,
          "checkpoint",
          "northgate.example/log, 2345678 entries",
          {{"checkpoint.head", {"northgate.example/log", "2345678", Digest::of("root").hex()}}}},
         {true,
          "entries",
          "2345678 entries, bodies and tiles, each what the signed root covers",
          {{"entries.counted", {"2345678"}}}},
         {false, "documents", "the stored document (memo.json) is missing"},
         {false, "foundation", "not reached: an earlier link is broken"}},
        Error{
            ErrorCode::Corrupt,
            "the stored document (memo.json) is missing",
            "audit.document_absent"},
        "Northgate",
        Digest::of("genesis").hex()};
}

} // namespace

/// Draws every page behind the queue in both languages and themes, and looks for text that does not
/// fit. With COUNTERSIGN_SHOTS_DIR set, the pictures are kept there.
class TestOtherScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAllTextOfEveryPage_data();
    void showsAllTextOfEveryPage();
    void namesEveryControlForReaders();

private:
    static void keep(QWidget& widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("COUNTERSIGN_SHOTS_DIR");
        if (folder.isEmpty())
            return;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }

    static void verifyNothingCut(const QWidget& root)
    {
        for (const ProseLabel* label : root.findChildren<ProseLabel*>()) {
            if (!label->isVisible())
                continue;
            const int needed = label->heightForWidth(label->width());
            QVERIFY2(
                label->height() >= needed,
                qPrintable(QStringLiteral("%1 of %2 pixels for \"%3\"")
                               .arg(label->height())
                               .arg(needed)
                               .arg(label->text())));
        }
        for (const QPushButton* button : root.findChildren<QPushButton*>()) {
            if (button->isVisible())
                QVERIFY2(
                    button->width() >= button->minimumSizeHint().width(),
                    qPrintable(button->text()));
        }
    }

    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
};

void TestOtherScreens::showsAllTextOfEveryPage_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("language");
    QTest::addColumn<ThemeChoice>("theme");
    for (const char* const page :
         {"runsPage", "logPage", "packsPage", "peoplePage", "manualPage"}) {
        const QString name = QLatin1String(page);
        for (const char* const language : {"en", "ar"}) {
            const QString row = name + QLatin1Char('-') + QLatin1String(language);
            QTest::newRow(qPrintable(row + QStringLiteral("-light")))
                << name << QString(QLatin1String(language)) << ThemeChoice::Light;
            QTest::newRow(qPrintable(row + QStringLiteral("-dark")))
                << name << QString(QLatin1String(language)) << ThemeChoice::Dark;
        }
    }
}

void TestOtherScreens::showsAllTextOfEveryPage()
{
    QFETCH(QString, page);
    QFETCH(QString, language);
    QFETCH(ThemeChoice, theme);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    FakeBackend backend;
    fill(backend, m_clock.now());
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    Settings settings(store);
    settings.setLanguage(language);
    settings.setTheme(theme);
    MainWindow window(backend, m_clock, settings, [&](QWidget* parent) {
        return makeOtherPages(backend, m_clock, std::make_shared<DesktopFileChooser>(), parent);
    });
    window.resize(1280, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.showPage(page);
    auto* const shown = window.findChild<Page*>(page);
    QVERIFY(shown != nullptr && shown->isVisible());
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    keep(window, name + QStringLiteral("-1"));
    verifyNothingCut(*shown);
    for (const char* const action : {"verifyQuick", "verifyThisPack"}) {
        auto* const button = shown->findChild<QPushButton*>(QLatin1String(action));
        if (button == nullptr)
            continue;
        QTest::mouseClick(button, Qt::LeftButton);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        keep(window, name + QStringLiteral("-2"));
        verifyNothingCut(*shown);
    }
    for (QScrollArea* area : shown->findChildren<QScrollArea*>())
        keep(*area->widget(), name + QStringLiteral("-3-") + area->objectName());
}

void TestOtherScreens::namesEveryControlForReaders()
{
    FakeBackend backend;
    fill(backend, m_clock.now());
    QWidget parent;
    const auto files = std::make_shared<DesktopFileChooser>();
    for (Page* page : makeOtherPages(backend, m_clock, files, &parent)) {
        page->activate();
        QCoreApplication::processEvents();
        QVERIFY(!page->title().isEmpty());
        for (const QWidget* control : page->findChildren<QWidget*>()) {
            // Parts of a control (a scroll bar, the list of a combo box) speak for the whole.
            const bool isPart = control->objectName().startsWith(QStringLiteral("qt_"))
                                || control->window() != parent.window();
            if (control->focusPolicy() == Qt::NoFocus || isPart || control->isHidden())
                continue;
            QVERIFY2(
                !control->accessibleName().isEmpty(),
                qPrintable(
                    page->objectName() + QLatin1Char(' ')
                    + QLatin1String(control->metaObject()->className()) + QLatin1Char(' ')
                    + control->objectName()));
            QVERIFY2(!control->objectName().isEmpty(), control->metaObject()->className());
        }
    }
}

QTEST_MAIN(TestOtherScreens)
#include "tst_other_screens.moc"
