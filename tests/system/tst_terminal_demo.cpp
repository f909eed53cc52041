#include "models/json.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

/// The main job as a person without a display does it.
class TestTerminalDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromAnEmptyFolderToAVerifiedPack();
    void refusesAFolderThatIsNotEmpty();
};

void TestTerminalDemo::fromAnEmptyFolderToAVerifiedPack()
{
    const QTemporaryDir folder;
    const QString workspace = folder.filePath(QStringLiteral("demo"));
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(
        QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersignctl"),
        {QStringLiteral("demo"),
         QStringLiteral("--workspace"),
         workspace,
         QStringLiteral("--json")});
    QVERIFY(process.waitForFinished(240'000));
    QCOMPARE(process.exitCode(), 0);
    const auto summary = parseJson(process.readAllStandardOutput().toStdString());
    QVERIFY(summary.ok());
    QVERIFY((*summary)["workspace_verified"].get<bool>());
    QVERIFY((*summary)["pack_verified"].get<bool>());
    QVERIFY((*summary)["effects"].get<int>() > 0);
    QVERIFY(QFileInfo::exists(QString::fromStdString((*summary)["pack"].get<std::string>())));
    // The same verification again, by the command a person would use.
    const int again = QProcess::execute(
        QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersignctl"),
        {QStringLiteral("audit"),
         QStringLiteral("verify"),
         QStringLiteral("--deep"),
         QStringLiteral("--workspace"),
         workspace});
    QCOMPARE(again, 0);
}

void TestTerminalDemo::refusesAFolderThatIsNotEmpty()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("mine.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("keep");
    file.close();
    const int code = QProcess::execute(
        QStringLiteral(COUNTERSIGN_BINARY_DIR "/bin/countersignctl"),
        {QStringLiteral("demo"), QStringLiteral("--workspace"), folder.path()});
    QVERIFY(code != 0);
    QVERIFY(QFileInfo::exists(file.fileName()));
}

QTEST_GUILESS_MAIN(TestTerminalDemo)
#include "tst_terminal_demo.moc"
