#include "tests/support/fake_backend.h"
#include "ui/decision/decision_page.h"
#include "ui/shell/main_window.h"
#include "ui/signing/sign_dialog.h"
#include "ui/signing/signing_desk.h"
#include "ui/widgets/prose_label.h"

#include <QApplication>
#include <QDir>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

/// Draws every demo decision in both languages and themes, and looks for text that does not fit.
/// With COUNTERSIGN_SHOTS_DIR set, the pictures are kept there.
class TestScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAllTextOfEveryDecision_data();
    void showsAllTextOfEveryDecision();

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
    }
};

void TestScreens::showsAllTextOfEveryDecision_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("language");
    QTest::addColumn<ThemeChoice>("theme");
    for (const std::string& sample : sampleNames()) {
        const QString name = QString::fromStdString(sample);
        QTest::newRow(qPrintable(name + QStringLiteral("-en-light")))
            << name << QStringLiteral("en") << ThemeChoice::Light;
        QTest::newRow(qPrintable(name + QStringLiteral("-ar-dark")))
            << name << QStringLiteral("ar") << ThemeChoice::Dark;
    }
}

void TestScreens::showsAllTextOfEveryDecision()
{
    QFETCH(QString, sample);
    QFETCH(QString, language);
    QFETCH(ThemeChoice, theme);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    FakeBackend backend;
    StandingClock clock(at("2026-05-20T10:00:00Z"));
    backend.info.name = "Northgate";
    backend.info.engineRunsHere = true;
    backend.info.ledgerSize = 12'345;
    for (const std::string& other : sampleNames())
        backend.add(sampleDecision(other, clock.now()));
    DecisionView view = sampleDecision(sample.toStdString(), clock.now());
    clock.set(view.request->dueAt - std::chrono::hours(3));
    view.runs.push_back(gatedRun(view, clock.now()));
    backend.decisions.insert_or_assign(view.decisionId, view);
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    Settings settings(store);
    settings.setLanguage(language);
    settings.setTheme(theme);
    MainWindow window(backend, clock, settings, {});
    window.resize(1280, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    keep(window, name + QStringLiteral("-1-queue"));
    verifyNothingCut(window);

    window.openDecision(QString::fromStdString(view.decisionId));
    QTRY_VERIFY(window.decisionPage().state().facts != nullptr);
    QCoreApplication::processEvents();
    auto* const scroll = window.findChild<QScrollArea*>(QStringLiteral("decisionScroll"));
    QVERIFY(scroll != nullptr);
    QCoreApplication::processEvents();
    keep(window, name + QStringLiteral("-2-decision"));
    keep(*scroll->widget(), name + QStringLiteral("-3-all"));
    verifyNothingCut(window);
    QCOMPARE(scroll->widget()->width(), scroll->viewport()->width());

    // Read to the end, so that every part was on the screen.
    scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
    QCoreApplication::processEvents();
    const std::optional<AnswerIntent> intent =
        window.decisionPage().presenter().intentFor(control::AnswerKind::Approve);
    QVERIFY(intent.has_value());
    SignDialog dialog(
        backend, clock, {window.decisionPage().state().view, *intent, keysFor(view)}, &window);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QCoreApplication::processEvents();
    keep(dialog, name + QStringLiteral("-4-sign"));
    verifyNothingCut(dialog);
}

QTEST_MAIN(TestScreens)
#include "tst_screens.moc"
