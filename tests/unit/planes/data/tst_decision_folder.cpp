#include "planes/data/decision_check.h"
#include "planes/data/decision_folder.h"
#include "tests/support/decision_forge.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

using namespace countersign;
using data::FolderContent;
using data::FolderLimits;
using data::readDecisionFolder;

namespace {

/// Rule and file of each refusal, sorted by how they were met.
std::vector<std::string> refusals(const FolderContent& content)
{
    std::vector<std::string> list;
    for (const Error& error : content.errors)
        list.push_back(error.rule + " " + error.file);
    return list;
}

using Refusals = std::vector<std::string>;

} // namespace

class TestDecisionFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsFilesInOrderWithTheirRelativePaths();
    void readsASingleFile();
    void tellsRecordsFromSources_data();
    void tellsRecordsFromSources();
    void skipsNamesThatBeginWithADot();
    void refusesWhatIsNotThere();
    void refusesLinksEvenInsideTheFolder();
    void followsTheLinkThatThePersonNamed();
    void refusesAPipeWithoutWaiting();
    void refusesADevice();
    void refusesNamesThatAreNotPlain();
    void refusesAHugeRecordBeforeReadingIt();
    void refusesAHugeSource();
    void refusesTooMuchInAll();
    void refusesTooManyFiles();
    void refusesFoldersThatNestTooDeeply();
    void refusesAFileThatMayNotBeRead();
    void checksAPartAndNamesTheFile_data();
    void checksAPartAndNamesTheFile();
    void refusesAnEmptyFolder();
    void reportsEveryBadFile();
    void boundsTheFindings();

private:
    void write(const char* path, const QByteArray& bytes);
    [[nodiscard]] std::string at(const char* path) const
    {
        return m_folder->filePath(QString::fromUtf8(path)).toStdString();
    }
    [[nodiscard]] data::FolderCheck check(const FolderContent& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDecisionFolder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestDecisionFolder::write(const char* path, const QByteArray& bytes)
{
    const QString full = m_folder->filePath(QString::fromUtf8(path));
    QVERIFY(QDir().mkpath(QFileInfo(full).path()));
    QFile file(full);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

data::FolderCheck TestDecisionFolder::check(const FolderContent& content) const
{
    const Result<data::SchemaSet> schemas = testing::contractSchemas();
    return data::checkDecision(content, schemas.value(), data::NothingKnown()).value();
}

void TestDecisionFolder::readsFilesInOrderWithTheirRelativePaths()
{
    write("memo.json", "{}");
    write("evidence/02.json", "{ }");
    write("sources/a.csv", "1,2\n");
    write("empty.txt", "");
    const FolderContent content = readDecisionFolder(at("."));
    QCOMPARE(refusals(content), Refusals());
    QCOMPARE(content.files.size(), 4U);
    QCOMPARE(content.files[0].path, std::string("empty.txt"));
    QCOMPARE(content.files[0].bytes, std::string());
    QCOMPARE(content.files[1].path, std::string("evidence/02.json"));
    QCOMPARE(content.files[1].bytes, std::string("{ }"));
    QCOMPARE(content.files[2].path, std::string("memo.json"));
    QCOMPARE(content.files[3].path, std::string("sources/a.csv"));
    QCOMPARE(content.files[3].bytes, std::string("1,2\n"));
}

void TestDecisionFolder::readsASingleFile()
{
    write("deep/memo.json", "{\"a\":1}");
    const FolderContent content = readDecisionFolder(at("deep/memo.json"));
    QCOMPARE(content.files.size(), 1U);
    QCOMPARE(content.files[0].path, std::string("memo.json"));
    QCOMPARE(content.files[0].bytes, std::string("{\"a\":1}"));
}

void TestDecisionFolder::tellsRecordsFromSources_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isRecord");
    QTest::newRow("at the top") << QByteArray("memo.json") << true;
    QTest::newRow("in a folder") << QByteArray("metrics/a.b.json") << true;
    QTest::newRow("history") << QByteArray("history/plan-r1.json") << true;
    QTest::newRow("source") << QByteArray("sources/rehearsal.json") << false;
    QTest::newRow("source further down") << QByteArray("evidence/sources/x.json") << false;
    QTest::newRow("similar name") << QByteArray("my-sources/x.json") << true;
    QTest::newRow("not JSON") << QByteArray("memo.txt") << false;
}

void TestDecisionFolder::tellsRecordsFromSources()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, isRecord);
    QCOMPARE(data::isRecordPath(path.toStdString()), isRecord);
}

void TestDecisionFolder::skipsNamesThatBeginWithADot()
{
    write(".hidden", "x");
    write(".git/config.json", "{}");
    write("a.txt", "x");
    const FolderContent content = readDecisionFolder(at("."));
    QCOMPARE(refusals(content), Refusals());
    QCOMPARE(content.files.size(), 1U);
}

void TestDecisionFolder::refusesWhatIsNotThere()
{
    const FolderContent content = readDecisionFolder(at("nowhere"));
    QCOMPARE(refusals(content), Refusals{"folder.missing "});
    QCOMPARE(content.errors.front().code, ErrorCode::NotFound);
}

void TestDecisionFolder::refusesLinksEvenInsideTheFolder()
{
    write("inside/memo.json", "{}");
    write("outside.txt", "secret");
    QVERIFY(QFile::link(
        QStringLiteral("/etc/passwd"), m_folder->filePath(QStringLiteral("inside/a.txt"))));
    QVERIFY(QFile::link(
        QStringLiteral("memo.json"), m_folder->filePath(QStringLiteral("inside/b.json"))));
    QVERIFY(QFile::link(QStringLiteral(".."), m_folder->filePath(QStringLiteral("inside/c"))));
    QVERIFY(
        QFile::link(QStringLiteral("gone"), m_folder->filePath(QStringLiteral("inside/d.txt"))));
    const FolderContent content = readDecisionFolder(at("inside"));
    const Refusals expected{
        "folder.link a.txt", "folder.link b.json", "folder.link c", "folder.link d.txt"};
    QCOMPARE(refusals(content), expected);
    QCOMPARE(content.files.size(), 1U);
}

void TestDecisionFolder::followsTheLinkThatThePersonNamed()
{
    write("real/memo.json", "{}");
    QVERIFY(QFile::link(QStringLiteral("real"), m_folder->filePath(QStringLiteral("named"))));
    QCOMPARE(readDecisionFolder(at("named")).files.size(), 1U);
}

void TestDecisionFolder::refusesAPipeWithoutWaiting()
{
    QCOMPARE(::mkfifo(at("pipe.json").c_str(), 0600), 0);
    QCOMPARE(refusals(readDecisionFolder(at("."))), Refusals{"folder.special pipe.json"});
    QCOMPARE(refusals(readDecisionFolder(at("pipe.json"))), Refusals{"folder.special pipe.json"});
}

void TestDecisionFolder::refusesADevice()
{
    QCOMPARE(refusals(readDecisionFolder("/dev/zero")), Refusals{"folder.special zero"});
}

void TestDecisionFolder::refusesNamesThatAreNotPlain()
{
    for (const char* name : {"bad\xff.json", "line\nbreak.json", "back\\slash.json"}) {
        const std::string path = m_folder->path().toStdString() + "/" + name;
        FILE* stream = std::fopen(path.c_str(), "w");
        QVERIFY(stream != nullptr);
        QCOMPARE(std::fclose(stream), 0);
    }
    const FolderContent content = readDecisionFolder(at("."));
    const Refusals expected{
        "folder.name back\\slash.json",
        "folder.name hex:626164ff2e6a736f6e",
        "folder.name line\nbreak.json"};
    QCOMPARE(refusals(content), expected);
    QVERIFY(content.files.empty());
    // QTemporaryDir could not take away a name that is not text.
    for (const char* name : {"bad\xff.json", "line\nbreak.json", "back\\slash.json"})
        QCOMPARE(::unlink((m_folder->path().toStdString() + "/" + name).c_str()), 0);
}

void TestDecisionFolder::refusesAHugeRecordBeforeReadingIt()
{
    // A hundred megabytes that take no room on disk: reading them would show in the bytes.
    write("memo.json", "{}");
    write("huge.json", "");
    QCOMPARE(::truncate(at("huge.json").c_str(), 100'000'000), 0);
    const FolderContent content = readDecisionFolder(at("."));
    QCOMPARE(refusals(content), Refusals{"folder.record_size huge.json"});
    QCOMPARE(content.errors.front().code, ErrorCode::LimitExceeded);
    QCOMPARE(content.files.size(), 1U);
    const FolderLimits limits;
    QCOMPARE(::truncate(at("huge.json").c_str(), static_cast<off_t>(limits.recordByteCountMax)), 0);
    QCOMPARE(refusals(readDecisionFolder(at("."))), Refusals());
    QCOMPARE(
        ::truncate(at("huge.json").c_str(), static_cast<off_t>(limits.recordByteCountMax + 1)), 0);
    QCOMPARE(refusals(readDecisionFolder(at("."))), Refusals{"folder.record_size huge.json"});
}

void TestDecisionFolder::refusesAHugeSource()
{
    write("sources/video.bin", "");
    QCOMPARE(::truncate(at("sources/video.bin").c_str(), 100'000'000), 0);
    QCOMPARE(
        refusals(readDecisionFolder(at("."))), Refusals{"folder.source_size sources/video.bin"});
}

void TestDecisionFolder::refusesTooMuchInAll()
{
    for (const char* path : {"a.txt", "b.txt", "c.txt"})
        write(path, QByteArray(100, 'x'));
    const FolderContent content = readDecisionFolder(at("."), {.byteCountMax = 250});
    QCOMPARE(refusals(content), Refusals{"folder.size c.txt"});
    QCOMPARE(content.files.size(), 2U);
    QCOMPARE(refusals(readDecisionFolder(at("."), {.byteCountMax = 300})), Refusals());
}

void TestDecisionFolder::refusesTooManyFiles()
{
    for (const char* path : {"a.txt", "b.txt", "c/d.txt", "c/e.txt"})
        write(path, "x");
    QCOMPARE(refusals(readDecisionFolder(at("."), {.fileCountMax = 4})), Refusals());
    QCOMPARE(refusals(readDecisionFolder(at("."), {.fileCountMax = 3})), Refusals{"folder.count "});
    QCOMPARE(
        refusals(readDecisionFolder(at("."), {.entryCountMax = 3})), Refusals{"folder.count "});
}

void TestDecisionFolder::refusesFoldersThatNestTooDeeply()
{
    write("1/2/3/4/5/6/7/8/fits.txt", "x");
    write("1/2/3/4/5/6/7/8/9/deep.txt", "x");
    const FolderContent content = readDecisionFolder(at("."));
    QCOMPARE(refusals(content), Refusals{"folder.depth 1/2/3/4/5/6/7/8/9"});
    QCOMPARE(content.files.size(), 1U);
}

void TestDecisionFolder::refusesAFileThatMayNotBeRead()
{
    if (::geteuid() == 0)
        QSKIP("the superuser may read everything");
    write("closed.json", "{}");
    QCOMPARE(::chmod(at("closed.json").c_str(), 0), 0);
    QCOMPARE(refusals(readDecisionFolder(at("."))), Refusals{"folder.unreadable closed.json"});
}

void TestDecisionFolder::checksAPartAndNamesTheFile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("pointer");
    QByteArray deep;
    for (int i = 0; i < 5000; ++i)
        deep += "{\"a\":[";
    QTest::newRow("cut off") << QByteArray("{\n \"a\": 1,\n") << QByteArray("json.syntax")
                             << QByteArray("line 3 column 1");
    QTest::newRow("empty") << QByteArray("") << QByteArray("json.syntax")
                           << QByteArray("line 1 column 1");
    QTest::newRow("not UTF-8") << QByteArray("{\"a\": \"\xff\"}") << QByteArray("json.utf8")
                               << QByteArray("line 1 column 8");
    QTest::newRow("key twice") << QByteArray("{\"a\": 1, \"a\": 2}")
                               << QByteArray("json.duplicate_key") << QByteArray("/a");
    QTest::newRow("deep") << deep << QByteArray("json.depth") << QByteArray();
    QTest::newRow("no header") << QByteArray("{}") << QByteArray("schema.unknown")
                               << QByteArray("/header/schema");
    QTest::newRow("not an object")
        << QByteArray("[1]") << QByteArray("schema.unknown") << QByteArray("/header/schema");
    QTest::newRow("unknown kind") << QByteArray("{\"header\": {\"schema\": \"opinion\"}}")
                                  << QByteArray("schema.unknown") << QByteArray("/header/schema");
    QTest::newRow("shared definitions")
        << QByteArray("{\"header\": {\"schema\": \"common\"}}") << QByteArray("schema.unknown")
        << QByteArray("/header/schema");
    QTest::newRow("kind is a number")
        << QByteArray("{\"header\": {\"schema\": 7}}") << QByteArray("schema.unknown")
        << QByteArray("/header/schema");
}

void TestDecisionFolder::checksAPartAndNamesTheFile()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, pointer);
    write("part/x.json", bytes);
    const data::FolderCheck result = check(readDecisionFolder(at(".")));
    QCOMPARE(result.errors.size(), 1U);
    const Error& error = result.errors.front();
    QCOMPARE(QByteArray::fromStdString(error.rule), rule);
    QCOMPARE(error.file, std::string("part/x.json"));
    if (!pointer.isEmpty())
        QCOMPARE(QByteArray::fromStdString(error.pointer), pointer);
    QVERIFY(!error.detail.empty());
    QVERIFY(!result.accepted());
}

void TestDecisionFolder::refusesAnEmptyFolder()
{
    const data::FolderCheck result = check(readDecisionFolder(at(".")));
    QCOMPARE(result.errors.size(), 1U);
    QCOMPARE(result.errors.front().rule, std::string("folder.empty"));
}

void TestDecisionFolder::reportsEveryBadFile()
{
    write("a.json", "{");
    write("b.json", "{\"header\": {\"schema\": \"memo\"}}");
    write("c.json", "{\"header\": {\"schema\": \"opinion\"}}");
    const data::FolderCheck result = check(readDecisionFolder(at(".")));
    std::set<std::string> files;
    bool namesAKeyword = false;
    for (const Error& error : result.errors) {
        files.insert(error.file);
        namesAKeyword = namesAKeyword || (error.file == "b.json" && error.rule == "required");
    }
    const std::set<std::string> expected{"a.json", "b.json", "c.json"};
    QCOMPARE(files, expected);
    QVERIFY(namesAKeyword);
}

void TestDecisionFolder::boundsTheFindings()
{
    FolderContent content;
    for (int i = 0; i < 700; ++i)
        content.files.push_back({std::to_string(i) + ".json", "nonsense"});
    const data::FolderCheck result = check(content);
    QCOMPARE(result.errors.size(), data::kFindingCountMax + 1);
    QCOMPARE(result.errors.back().rule, std::string("findings.count"));
}

QTEST_GUILESS_MAIN(TestDecisionFolder)
#include "tst_decision_folder.moc"
