#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

/// The real program where no window can be opened.
class TestConsoleStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithoutADisplay_data();
    void answersWithoutADisplay();
};

void TestConsoleStart::answersWithoutADisplay_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("display");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("err");
    QTest::newRow("help") << QStringList{QStringLiteral("--help")} << QString() << 0
                          << QStringLiteral("Usage: countersign") << QString();
    QTest::newRow("version") << QStringList{QStringLiteral("--version")} << QString() << 0
                             << QStringLiteral("countersign ") << QString();
    QTest::newRow("bad option") << QStringList{QStringLiteral("--wokspace")} << QString() << 2
                                << QString() << QStringLiteral("--wokspace");
    QTest::newRow("no display") << QStringList() << QString() << 1 << QString()
                                << QStringLiteral("use countersignctl");
    QTest::newRow("a display that is not there")
        << QStringList() << QStringLiteral(":54321") << 1 << QString()
        << QStringLiteral("use countersignctl");
}

void TestConsoleStart::answersWithoutADisplay()
{
    QFETCH(QStringList, words);
    QFETCH(QString, display);
    QFETCH(int, exitCode);
    QFETCH(QString, out);
    QFETCH(QString, err);
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* const name :
         {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "COUNTERSIGN_WORKSPACE"})
        environment.remove(QLatin1String(name));
    if (!display.isEmpty())
        environment.insert(QStringLiteral("DISPLAY"), display);
    environment.insert(QStringLiteral("HOME"), home.path());
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersign"), words);
    QVERIFY(program.waitForFinished(60'000));
    const QString told = QString::fromUtf8(program.readAllStandardError());
    const QString said = QString::fromUtf8(program.readAllStandardOutput());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QVERIFY2(program.exitCode() == exitCode, qPrintable(told));
    QVERIFY2(out.isEmpty() ? said.isEmpty() : said.contains(out), qPrintable(said));
    QVERIFY2(err.isEmpty() ? told.isEmpty() : told.contains(err), qPrintable(told));
}

QTEST_GUILESS_MAIN(TestConsoleStart)
#include "tst_console_start.moc"
