#include "app/console/console_line.h"

#include <QTest>

using namespace countersign::app;

class TestConsoleLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsAsked();
    void refusesBadWords_data();
    void refusesBadWords();
    void leavesToolkitOptionsAlone();
    void needsADisplayServer_data();
    void needsADisplayServer();
    void helpNamesEveryOption();
};

void TestConsoleLine::readsWhatIsAsked()
{
    const ConsoleLine empty = readConsoleLine({});
    QVERIFY(empty.fault.empty() && empty.workspace.isEmpty());
    QVERIFY(!empty.isDemo && !empty.wantsHelp && !empty.wantsVersion);
    const QString folder = QStringLiteral("/srv/north gate");
    QCOMPARE(readConsoleLine({QStringLiteral("-w"), folder}).workspace, folder);
    QCOMPARE(readConsoleLine({QStringLiteral("--workspace"), folder}).workspace, folder);
    QCOMPARE(readConsoleLine({QStringLiteral("--workspace=") + folder}).workspace, folder);
    QVERIFY(readConsoleLine({QStringLiteral("--demo")}).isDemo);
    for (const char* const word : {"-h", "--help"})
        QVERIFY(readConsoleLine({QLatin1String(word)}).wantsHelp);
    for (const char* const word : {"-v", "--version"})
        QVERIFY(readConsoleLine({QLatin1String(word)}).wantsVersion);
}

void TestConsoleLine::refusesBadWords_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("told");
    QTest::newRow("unknown option")
        << QStringList{QStringLiteral("--demmo")} << QStringLiteral("--demmo");
    QTest::newRow("unknown letter") << QStringList{QStringLiteral("-x")} << QStringLiteral("-x");
    QTest::newRow("a lone dash") << QStringList{QStringLiteral("-")} << QStringLiteral("`-`");
    QTest::newRow("a folder alone")
        << QStringList{QStringLiteral("/srv/w")} << QStringLiteral("--workspace DIR");
    QTest::newRow("no folder") << QStringList{QStringLiteral("--workspace")}
                               << QStringLiteral("needs a folder");
    QTest::newRow("an empty folder")
        << QStringList{QStringLiteral("-w"), QString()} << QStringLiteral("needs a folder");
    QTest::newRow("an empty folder after =")
        << QStringList{QStringLiteral("--workspace=")} << QStringLiteral("needs a folder");
    QTest::newRow("an empty word") << QStringList{QString()} << QStringLiteral("stands alone");
}

void TestConsoleLine::refusesBadWords()
{
    QFETCH(QStringList, words);
    QFETCH(QString, told);
    const std::string fault = readConsoleLine(words).fault;
    QVERIFY2(QString::fromStdString(fault).contains(told), fault.c_str());
}

void TestConsoleLine::leavesToolkitOptionsAlone()
{
    const ConsoleLine line = readConsoleLine(
        {QStringLiteral("-platform"),
         QStringLiteral("offscreen"),
         QStringLiteral("--style=Fusion"),
         QStringLiteral("--demo")});
    QVERIFY2(line.fault.empty(), line.fault.c_str());
    QVERIFY(line.isDemo);
}

void TestConsoleLine::needsADisplayServer_data()
{
    QTest::addColumn<QString>("platform");
    QTest::addColumn<bool>("hasDisplay");
    QTest::addColumn<bool>("mayTry");
    QTest::newRow("nothing set") << QString() << false << false;
    QTest::newRow("display") << QString() << true << true;
    QTest::newRow("xcb without") << QStringLiteral("xcb") << false << false;
    QTest::newRow("wayland without") << QStringLiteral("wayland-egl") << false << false;
    QTest::newRow("xcb with") << QStringLiteral("xcb") << true << true;
    QTest::newRow("offscreen") << QStringLiteral("offscreen") << false << true;
    QTest::newRow("vnc") << QStringLiteral("vnc:size=800x600") << false << true;
}

void TestConsoleLine::needsADisplayServer()
{
    QFETCH(QString, platform);
    QFETCH(bool, hasDisplay);
    QFETCH(bool, mayTry);
    QCOMPARE(whyNoWindow({platform.toStdString(), hasDisplay}).has_value(), !mayTry);
    QCOMPARE(
        displayFacts({QStringLiteral("-platform"), QStringLiteral("minimal")}).platform,
        std::string("minimal"));
}

void TestConsoleLine::helpNamesEveryOption()
{
    const QString help = QString::fromStdString(consoleHelp());
    for (const char* const word : {"--workspace", "--demo", "--help", "--version", "Exit codes"})
        QVERIFY2(help.contains(QLatin1String(word)), word);
}

QTEST_GUILESS_MAIN(TestConsoleLine)
#include "tst_console_line.moc"
