#include "app/core/create_workspace.h"
#include "app/core/engine_lease.h"
#include "app/core/projections.h"
#include "app/core/workspace_folder.h"
#include "tests/support/result_text.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace countersign;
using namespace countersign::app;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace fs = std::filesystem;

namespace {

fs::perms modeOf(const fs::path& path)
{
    return fs::status(path).permissions() & fs::perms::mask;
}

void allowEverybody(const fs::path& path)
{
    fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
}

class TestWorkspaceFolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_parent = std::make_unique<QTemporaryDir>();
        m_root = fs::path(m_parent->path().toStdString()) / "workspace";
    }

    void startsInANewOrEmptyFolder();
    void settingsComeBackAsTheyWere();
    void refusesOtherSettings_data();
    void refusesOtherSettings();
    void theLogKeyIsForItsOwnerOnly();
    void filesAreReplacedWhole();
    void readsRegularFilesUpToALimit();
    void oneProcessRunsTheEngine();
    void databasesOfEveryVersionOpen_data();
    void databasesOfEveryVersionOpen();
    void originsDiffer();

private:
    void write(const fs::path& path, const std::string& text) const
    {
        fs::create_directories((m_root / path).parent_path());
        std::ofstream(m_root / path, std::ios::binary) << text;
    }
    [[nodiscard]] WorkspaceFolder folder() const { return WorkspaceFolder(m_root); }

    std::unique_ptr<QTemporaryDir> m_parent;
    fs::path m_root;
};

void TestWorkspaceFolder::startsInANewOrEmptyFolder()
{
    QVERIFY(!folder().exists());
    must(folder().make());
    for (const fs::path& made :
         {folder().keys(),
          folder().connectors(),
          folder().inbox() / "accepted",
          folder().inbox() / "rejected",
          folder().packs()})
        QVERIFY(fs::is_directory(made));
    QVERIFY(modeOf(folder().keys()) == fs::perms::owner_all);
    QVERIFY(!folder().exists());
    QCOMPARE(outcomeOf(folder().make()), QStringLiteral("conflict workspace.exists"));

    const fs::path empty = m_root.string() + "-empty";
    fs::create_directories(empty);
    QVERIFY(WorkspaceFolder(empty).make().ok());
    const fs::path file = m_root.string() + "-file";
    std::ofstream(file) << "x";
    QVERIFY(!WorkspaceFolder(file).make().ok());
    QVERIFY(WorkspaceFolder(m_root / "").root() == m_root);
    QVERIFY(WorkspaceFolder(m_root / "keys" / "..").root() == m_root);
}

void TestWorkspaceFolder::settingsComeBackAsTheyWere()
{
    must(folder().make());
    QCOMPARE(outcomeOf(folder().readSettings()), QStringLiteral("not_found workspace.absent"));
    const WorkspaceSettings written{
        "N\xC3\xB6rd \"gate\"",
        "northgate",
        "origin+00000000+key",
        Digest::of("genesis"),
        {{"SYSTEMS_URL", "http://127.0.0.1:1"}, {"EMPTY", ""}}};
    must(folder().writeSettings(written));
    QVERIFY(folder().exists());
    const WorkspaceSettings read = must(folder().readSettings());
    QCOMPARE(read.name, written.name);
    QCOMPARE(read.tenantId, written.tenantId);
    QCOMPARE(read.logVkey, written.logVkey);
    QVERIFY(read.anchor == written.anchor);
    QVERIFY(read.variables == written.variables);
    const auto variables = folder().manifestVariables(read);
    QCOMPARE(variables.at("WORKSPACE"), m_root.string());
    QCOMPARE(variables.size(), written.variables.size() + 1);
}

void TestWorkspaceFolder::refusesOtherSettings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, const QByteArray& text, const char* outcome) {
        QTest::newRow(name) << text << QString::fromLatin1(outcome);
    };
    const char* settings = "invalid_input workspace.settings";
    const QByteArray anchor = R"("genesis_sha256":")" + QByteArray(64, 'a') + '"';
    row("sound", R"({"format":1,)" + anchor + "}", "ok");
    row("nothing", "", "invalid_input json.syntax");
    row("no JSON", "format: 1", "invalid_input json.syntax");
    row("a list", "[1]", settings);
    row("no format", "{" + anchor + "}", settings);
    row("another format", R"({"format":2,)" + anchor + "}", settings);
    row("a format as text", R"({"format":"1",)" + anchor + "}", settings);
    row("no anchor", R"({"format":1})", settings);
    row("a short anchor", R"({"format":1,"genesis_sha256":"ab"})", settings);
    row("an anchor as a number", R"({"format":1,"genesis_sha256":1})", settings);
    row("a variable as a number",
        R"({"format":1,"variables":{"PORT":1},)" + anchor + "}",
        settings);
    row("variables as text", R"({"format":1,"variables":"x",)" + anchor + "}", settings);
    row("variables as null", R"({"format":1,"variables":null,)" + anchor + "}", settings);
    row("a member twice",
        R"({"format":1,"format":1,)" + anchor + "}",
        "invalid_input json.duplicate_key");
    row("far too long", QByteArray(1024 * 1024 + 1, ' '), "limit_exceeded file");
}

void TestWorkspaceFolder::refusesOtherSettings()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, outcome);
    write("workspace.json", text.toStdString());
    QCOMPARE(outcomeOf(folder().readSettings()), outcome);
}

void TestWorkspaceFolder::theLogKeyIsForItsOwnerOnly()
{
    must(folder().make());
    const trust::NoteSigner made = must(folder().createLogKey("example.com/log"));
    QVERIFY(modeOf(folder().logKey()) == (fs::perms::owner_read | fs::perms::owner_write));
    QVERIFY(must(folder().loadLogKey("example.com/log")).verifier() == made.verifier());
    QCOMPARE(
        outcomeOf(folder().createLogKey("example.com/log")),
        QStringLiteral("conflict workspace.log_key"));
    QVERIFY(must(folder().loadLogKey("example.com/log")).verifier() == made.verifier());
    allowEverybody(folder().logKey());
    QCOMPARE(
        outcomeOf(folder().loadLogKey("example.com/log")),
        QStringLiteral("refused key.permissions"));
    fs::remove(folder().logKey());
    QCOMPARE(outcomeOf(folder().loadLogKey("example.com/log")), QStringLiteral("not_found file"));
}

void TestWorkspaceFolder::filesAreReplacedWhole()
{
    must(folder().make());
    const fs::path path = m_root / "file";
    must(writeFileWhole(path, "first, which is longer"));
    must(writeFileWhole(path, std::string("sec\0nd", 6), true));
    QCOMPARE(must(readFileWhole(path, 100)), std::string("sec\0nd", 6));
    QVERIFY(modeOf(path) == (fs::perms::owner_read | fs::perms::owner_write));
    // A link is replaced, not followed.
    write("elsewhere", "untouched");
    fs::create_symlink(m_root / "elsewhere", m_root / "link");
    must(writeFileWhole(m_root / "link", "new"));
    QVERIFY(!fs::is_symlink(m_root / "link"));
    QCOMPARE(must(readFileWhole(m_root / "elsewhere", 100)), std::string("untouched"));
    QCOMPARE(
        outcomeOf(writeFileWhole(m_root / "no" / "such" / "folder", "x")),
        QStringLiteral("not_found file"));
    fs::create_directories(m_root / "folder" / "inside");
    QVERIFY(!writeFileWhole(m_root / "folder", "x").ok());
    int leftovers = 0;
    for (const auto& entry : fs::directory_iterator(m_root))
        leftovers += entry.path().string().find(".tmp") != std::string::npos ? 1 : 0;
    QCOMPARE(leftovers, 0);
}

void TestWorkspaceFolder::readsRegularFilesUpToALimit()
{
    write("ten", "0123456789");
    QCOMPARE(must(readFileWhole(m_root / "ten", 10)), std::string("0123456789"));
    QCOMPARE(outcomeOf(readFileWhole(m_root / "ten", 9)), QStringLiteral("limit_exceeded file"));
    QCOMPARE(outcomeOf(readFileWhole(m_root / "none", 9)), QStringLiteral("not_found file"));
    QCOMPARE(outcomeOf(readFileWhole(m_root, 9)), QStringLiteral("invalid_input file"));
    // A pipe that nobody writes to must not stop us.
    QCOMPARE(::mkfifo((m_root / "pipe").c_str(), 0600), 0);
    QCOMPARE(outcomeOf(readFileWhole(m_root / "pipe", 9)), QStringLiteral("invalid_input file"));
    QVERIFY(!readFileWhole("/dev/zero", 9).ok());
}

void TestWorkspaceFolder::oneProcessRunsTheEngine()
{
    must(folder().make());
    {
        EngineLease lease = must(EngineLease::acquire(folder().engineLock()));
        const EngineLease moved = std::move(lease);
        QCOMPARE(
            outcomeOf(EngineLease::acquire(folder().engineLock())),
            QStringLiteral("conflict engine.elsewhere"));
    }
    QVERIFY(EngineLease::acquire(folder().engineLock()).ok());
    fs::remove(folder().engineLock());
    fs::create_symlink(m_root / "target", folder().engineLock());
    QVERIFY(!EngineLease::acquire(folder().engineLock()).ok());
    QVERIFY(!fs::exists(m_root / "target"));
}

void TestWorkspaceFolder::databasesOfEveryVersionOpen_data()
{
    QTest::addColumn<int>("older");
    for (std::size_t version = 0; version <= migrations().size(); ++version)
        QTest::addRow("version %zu", version) << static_cast<int>(version);
}

void TestWorkspaceFolder::databasesOfEveryVersionOpen()
{
    QFETCH(const int, older);
    must(folder().make());
    const std::vector<data::Migration> all = migrations();
    const auto first = std::span(all).first(static_cast<std::size_t>(older));
    must(data::Database::open({folder().database().string()}, first)).reset();
    const int newest = all.back().version;
    if (older < newest) {
        const auto refused = openDatabase(folder(), data::OpenMode::ReadOnly);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    }
    const auto schemaOf = [](data::Database& database) {
        return must(database.all<std::string>(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name",
            {},
            [](const data::Row& row) { return row.text(0); }));
    };
    const auto migrated = must(openDatabase(folder(), data::OpenMode::ReadWrite));
    QCOMPARE(migrated->schemaVersion(), newest);
    const auto fresh =
        must(data::Database::open({.path = {}, .mode = data::OpenMode::Memory}, all));
    QCOMPARE(schemaOf(*migrated), schemaOf(*fresh));
    QVERIFY(openDatabase(folder(), data::OpenMode::ReadOnly).ok());
}

void TestWorkspaceFolder::originsDiffer()
{
    SystemEntropy entropy;
    const std::string one = logOrigin("northgate", entropy);
    QVERIFY(one != logOrigin("northgate", entropy));
    QVERIFY(trust::isNoteKeyName(one));
    QVERIFY(one.find("northgate") != std::string::npos);
}

} // namespace

QTEST_GUILESS_MAIN(TestWorkspaceFolder)
#include "tst_workspace_folder.moc"
