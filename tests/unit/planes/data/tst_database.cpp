#include "planes/data/database.h"
#include "tests/support/result_text.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <limits>

using namespace countersign;
using namespace countersign::data;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace {

std::vector<Migration> threeMigrations()
{
    return {
        {1, "people", {"CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"}},
        {2,
         "pets",
         {"CREATE TABLE pet (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES person "
          "(id)) "
          "STRICT",
          "CREATE INDEX pet_by_owner ON pet (owner)"}},
        {3, "ages", {"ALTER TABLE person ADD COLUMN age INTEGER NOT NULL DEFAULT 7"}}};
}

std::span<const Migration> firstOf(const std::vector<Migration>& migrations, int count)
{
    return std::span(migrations).first(static_cast<std::size_t>(count));
}

class TestDatabase final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void migratesFromEveryOlderVersion_data();
    void migratesFromEveryOlderVersion();
    void refusesANewerVersion();
    void keepsWhatMigratedBeforeAFailure();
    void leavesForeignFilesAlone_data();
    void leavesForeignFilesAlone();
    void leavesFilesAloneThatAreNoDatabase();
    void setsUpTheConnectionForDurability();
    void readOnlyCannotWrite();
    void readOnlyRefusesAnOlderSchemaAndNoFile();
    void rollsBackUnlessCommitted();
    void undoesASavepointAlone();
    void bindsEveryType_data();
    void bindsEveryType();
    void readsTheSameStatementInsideItself();
    void stopsWhereTheCallbackSays();
    void saysWhenTheLockIsTaken();
    void saysWhenAConstraintIsViolated_data();
    void saysWhenAConstraintIsViolated();
    void noticesCommitsOfOthers();
    void memoryDatabasesAreApart();

private:
    [[nodiscard]] std::string path(const char* name = "test.db") const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    [[nodiscard]] std::unique_ptr<Database> open(int migrationCount = 3) const
    {
        return must(Database::open({path()}, firstOf(m_migrations, migrationCount)));
    }
    [[nodiscard]] static QByteArray bytesOf(const std::string& path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void run(Database& database, std::string_view sql, const SqlBindings& bindings = {})
    {
        const auto transaction = must(database.beginWrite());
        must(transaction->execute(sql, bindings));
        must(transaction->commit());
    }
    [[nodiscard]] static std::int64_t number(SqlSession& session, std::string_view sql)
    {
        return must(session.firstInteger(sql)).value_or(-1);
    }
    [[nodiscard]] static std::string word(SqlSession& session, std::string_view sql)
    {
        return must(session.first<std::string>(sql, {}, [](const Row& row) { return row.text(0); }))
            .value_or("nothing");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<Migration> m_migrations = threeMigrations();
};

void TestDatabase::migratesFromEveryOlderVersion_data()
{
    QTest::addColumn<int>("older");
    QTest::newRow("from nothing") << 0;
    QTest::newRow("from 1") << 1;
    QTest::newRow("from 2") << 2;
    QTest::newRow("from the same") << 3;
}

void TestDatabase::migratesFromEveryOlderVersion()
{
    QFETCH(const int, older);
    {
        const auto database = open(older);
        QCOMPARE(database->schemaVersion(), older);
        if (older > 0)
            run(*database, "INSERT INTO person (id, name) VALUES (1, 'Ada')");
    }
    const auto database = open();
    QCOMPARE(database->schemaVersion(), 3);
    QCOMPARE(number(*database, "PRAGMA user_version"), 3);
    QCOMPARE(number(*database, "PRAGMA application_id"), std::int64_t{kApplicationId});
    QCOMPARE(number(*database, "SELECT COUNT(*) FROM pet"), 0);
    QCOMPARE(number(*database, "SELECT COUNT(*) FROM person"), older > 0 ? 1 : 0);
    if (older > 0) {
        QCOMPARE(number(*database, "SELECT age FROM person WHERE name = 'Ada'"), 7);
    }
}

void TestDatabase::refusesANewerVersion()
{
    open(3).reset();
    const QByteArray before = bytesOf(path());
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly})
        QCOMPARE(
            outcomeOf(Database::open({path(), mode}, firstOf(m_migrations, 2))),
            QStringLiteral("unsupported schema.newer"));
    QCOMPARE(bytesOf(path()), before);
}

void TestDatabase::keepsWhatMigratedBeforeAFailure()
{
    std::vector<Migration> broken = m_migrations;
    broken[1].statements = {"CREATE TABLE half (id INTEGER) STRICT", "CREATE NONSENSE"};
    const auto opened = Database::open({path()}, broken);
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::StorageFailed);
    QVERIFY(opened.error().detail.find("migration 2 (pets)") != std::string::npos);

    const auto database = open(1);
    QCOMPARE(database->schemaVersion(), 1);
    QCOMPARE(number(*database, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'half'"), 0);
}

void TestDatabase::leavesForeignFilesAlone_data()
{
    QTest::addColumn<QString>("mark");
    QTest::newRow("another program's mark") << QStringLiteral("PRAGMA application_id=1234");
    QTest::newRow("no mark, a version") << QStringLiteral("PRAGMA application_id=0");
    QTest::newRow("a newer version") << QStringLiteral("PRAGMA user_version=99");
}

void TestDatabase::leavesForeignFilesAlone()
{
    QFETCH(const QString, mark);
    {
        const auto database = open(1);
        run(*database, mark.toStdString());
        QCOMPARE(word(*database, "PRAGMA journal_mode=DELETE"), std::string("delete"));
    }
    const QByteArray before = bytesOf(path());
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
        const auto opened = Database::open({path(), mode}, m_migrations);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().code, ErrorCode::Unsupported);
    }
    QCOMPARE(bytesOf(path()), before);
}

void TestDatabase::leavesFilesAloneThatAreNoDatabase()
{
    const QByteArray text(4096, 'x');
    QFile file(QString::fromStdString(path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const auto opened = Database::open({path()}, m_migrations);
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::StorageFailed);
    QCOMPARE(bytesOf(path()), text);
}

void TestDatabase::setsUpTheConnectionForDurability()
{
    const auto database = open();
    QCOMPARE(word(*database, "PRAGMA journal_mode"), std::string("wal"));
    constexpr std::int64_t kFull = 2;
    QCOMPARE(number(*database, "PRAGMA synchronous"), kFull);
    QCOMPARE(number(*database, "PRAGMA foreign_keys"), 1);
    QCOMPARE(number(*database, "PRAGMA trusted_schema"), 0);
    QCOMPARE(number(*database, "PRAGMA busy_timeout"), 5000);
}

void TestDatabase::readOnlyCannotWrite()
{
    open().reset();
    const auto reader = must(Database::open({path(), OpenMode::ReadOnly}, m_migrations));
    QCOMPARE(number(*reader, "SELECT COUNT(*) FROM person"), 0);
    {
        // SQLite may let a transaction begin there; writing is refused.
        const auto begun = reader->beginWrite();
        const auto written =
            begun.ok() ? (*begun)->execute("INSERT INTO person (id, name) VALUES (1, 'E')")
                       : Result<std::int64_t>(begun.failure());
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::StorageFailed);
    }
    // Nor by way of a statement that claims to read.
    QVERIFY(
        !reader->firstInteger("INSERT INTO person (id, name) VALUES (1, 'Eve') RETURNING id").ok());
    QCOMPARE(number(*reader, "SELECT COUNT(*) FROM person"), 0);
}

void TestDatabase::readOnlyRefusesAnOlderSchemaAndNoFile()
{
    QCOMPARE(
        outcomeOf(Database::open({path(), OpenMode::ReadOnly}, m_migrations)),
        QStringLiteral("not_found database.absent"));
    QVERIFY(!QFile::exists(QString::fromStdString(path())));
    open(2).reset();
    QCOMPARE(
        outcomeOf(Database::open({path(), OpenMode::ReadOnly}, m_migrations)),
        QStringLiteral("unsupported schema.older"));
    QCOMPARE(open(2)->schemaVersion(), 2);
}

void TestDatabase::rollsBackUnlessCommitted()
{
    const auto database = open();
    {
        const auto transaction = must(database->beginWrite());
        QCOMPARE(
            must(transaction->execute(
                "INSERT INTO person (id, name) VALUES (:id, :name)",
                {{":id", std::int64_t{1}}, {":name", std::string("Ada")}})),
            1);
        QCOMPARE(number(*transaction, "SELECT COUNT(*) FROM person"), 1);
    }
    QCOMPARE(number(*database, "SELECT COUNT(*) FROM person"), 0);
    run(*database, "INSERT INTO person (id, name) VALUES (2, 'Bo')");
    QCOMPARE(number(*open(), "SELECT COUNT(*) FROM person"), 1);
    const auto transaction = must(database->beginWrite());
    QCOMPARE(must(transaction->execute("UPDATE person SET name = 'Cy' WHERE id > 99")), 0);
}

void TestDatabase::undoesASavepointAlone()
{
    const auto database = open();
    const auto insert = [](SqlSession& session, std::int64_t id) {
        must(session.execute(
            "INSERT INTO person (id, name) VALUES (:id, 'x')", {{":id", SqlValue(id)}}));
    };
    const auto transaction = must(database->beginWrite());
    insert(*transaction, 1);
    must(transaction->savepoint());
    insert(*transaction, 2);
    must(transaction->rollbackToSavepoint());
    must(transaction->savepoint());
    insert(*transaction, 4);
    must(transaction->releaseSavepoint());
    insert(*transaction, 8);
    must(transaction->commit());
    QCOMPARE(number(*database, "SELECT SUM(id) FROM person"), 13);
}

void TestDatabase::bindsEveryType_data()
{
    using Limits = std::numeric_limits<std::int64_t>;
    QTest::addColumn<int>("kind");
    QTest::addColumn<qint64>("integer");
    QTest::addColumn<QByteArray>("bytes");
    const auto bytes = [](const char* name, const char* type, const QByteArray& value) {
        QTest::newRow(name) << (*type == 't' ? 3 : 4) << qint64{0} << value;
    };
    QTest::newRow("nothing") << 0 << qint64{0} << QByteArray();
    QTest::newRow("zero") << 1 << qint64{0} << QByteArray();
    QTest::newRow("least") << 1 << qint64{Limits::min()} << QByteArray();
    QTest::newRow("greatest") << 1 << qint64{Limits::max()} << QByteArray();
    QTest::newRow("real") << 2 << qint64{3} << QByteArray();
    bytes("text", "text", "plain");
    bytes("empty text", "text", "");
    bytes("text with an umlaut and a clef", "text", "\xC3\xA4 \xF0\x9D\x84\x9E");
    bytes("text that looks like SQL", "text", "'); DROP TABLE item; --");
    bytes("text with a placeholder", "text", ":value ?1");
    bytes("blob", "blob", QByteArray("\x01\x02\xFF", 3));
    bytes("empty blob", "blob", "");
    bytes("blob with NULs", "blob", QByteArray("\0a\0\0b\0", 6));
    bytes("blob that is no UTF-8", "blob", QByteArray("\xC0\x80\xFE", 3));
}

void TestDatabase::bindsEveryType()
{
    QFETCH(const int, kind);
    QFETCH(const qint64, integer);
    QFETCH(const QByteArray, bytes);
    const std::array<SqlValue, 5> values = {
        std::monostate{},
        std::int64_t{integer},
        static_cast<double>(integer) / 8,
        bytes.toStdString(),
        Blob{bytes.toStdString()}};
    constexpr std::array<std::string_view, 5> kTypes = {"null", "integer", "real", "text", "blob"};
    const SqlValue& value = values.at(static_cast<std::size_t>(kind));
    const std::vector<Migration> items = {
        {1, "items", {"CREATE TABLE item (id INTEGER PRIMARY KEY, value ANY) STRICT"}}};
    const auto database = must(Database::open({.path = {}, .mode = OpenMode::Memory}, items));
    run(*database, "INSERT INTO item (id, value) VALUES (1, :value)", {{":value", value}});
    int rowCount = 0;
    must(database->forEach(
        "SELECT value, typeof(value), id FROM item WHERE value IS :value",
        {{":value", value}},
        [&](const Row& row) -> Result<bool> {
            ++rowCount;
            [&] {
                QCOMPARE(row.columnCount(), 3);
                QCOMPARE(row.text(1), std::string(kTypes.at(static_cast<std::size_t>(kind))));
                QCOMPARE(row.isNull(0), kind == 0);
                const SqlValue read = row.value(0);
                QCOMPARE(read.index(), value.index());
                if (kind == 1)
                    QCOMPARE(row.integer(0), integer);
                if (kind == 2)
                    QCOMPARE(row.real(0), std::get<double>(value));
                if (kind == 3)
                    QCOMPARE(row.text(0), std::get<std::string>(value));
                if (kind == 4) {
                    QCOMPARE(row.blob(0), std::get<Blob>(value).bytes);
                    QCOMPARE(std::get<Blob>(read).bytes, std::get<Blob>(value).bytes);
                }
            }();
            return true;
        }));
    QCOMPARE(rowCount, 1);
}

void TestDatabase::readsTheSameStatementInsideItself()
{
    const auto database = open();
    run(*database,
        "INSERT INTO person (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e')");
    constexpr std::string_view kLater = "SELECT id FROM person WHERE id > :id ORDER BY id";
    std::string walk;
    const std::function<Result<bool>(const Row&)> visit = [&](const Row& row) -> Result<bool> {
        const std::int64_t id = row.integer(0);
        walk += std::to_string(id);
        CS_CHECK(database->forEach(kLater, {{":id", id}}, visit));
        return true;
    };
    must(database->forEach(kLater, {{":id", std::int64_t{2}}}, visit));
    QCOMPARE(walk, std::string("3455455"));
    walk.clear();
    must(database->forEach(kLater, {{":id", std::int64_t{4}}}, visit));
    QCOMPARE(walk, std::string("5"));
}

void TestDatabase::stopsWhereTheCallbackSays()
{
    const auto database = open();
    run(*database, "INSERT INTO person (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    constexpr std::string_view kAll = "SELECT id FROM person ORDER BY id";
    int seen = 0;
    QVERIFY(database
                ->forEach(
                    kAll,
                    {},
                    [&](const Row&) -> Result<bool> {
                        ++seen;
                        return false;
                    })
                .ok());
    QCOMPARE(seen, 1);
    const auto refused = database->forEach(kAll, {}, [&](const Row& row) -> Result<bool> {
        if (row.integer(0) == 2)
            return fail(ErrorCode::Corrupt, "two is wrong", "test.two");
        return true;
    });
    QCOMPARE(outcomeOf(refused), QStringLiteral("corrupt test.two"));
    const auto ids =
        must(database->all<std::int64_t>(kAll, {}, [](const Row& row) { return row.integer(0); }));
    QCOMPARE(ids, (std::vector<std::int64_t>{1, 2, 3}));
    QVERIFY(!must(database->firstInteger("SELECT id FROM person WHERE id > 3")));
    QVERIFY(!must(database->firstInteger("SELECT NULL")));
}

void TestDatabase::saysWhenTheLockIsTaken()
{
    const auto first = open();
    const auto second = must(Database::open(
        {.path = path(), .mode = OpenMode::ReadWrite, .busyTimeoutMs = 0}, m_migrations));
    auto transaction = must(first->beginWrite());
    const auto busy = second->beginWrite();
    QVERIFY(!busy.ok());
    QCOMPARE(busy.error().code, ErrorCode::StorageBusy);
    QCOMPARE(number(*second, "SELECT COUNT(*) FROM person"), 0);
    transaction.reset();
    QVERIFY(second->beginWrite().ok());
}

void TestDatabase::saysWhenAConstraintIsViolated_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, const char* sql, const char* outcome) {
        QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(outcome);
    };
    row("same key", "INSERT INTO person (id, name) VALUES (1, 'b')", "conflict");
    row("not null", "INSERT INTO person (id, name) VALUES (2, NULL)", "conflict");
    row("strict type", "INSERT INTO person (id, name, age) VALUES (2, 'b', 'old')", "conflict");
    row("no such owner", "INSERT INTO pet (id, owner) VALUES (1, 99)", "conflict");
    row("no such table", "INSERT INTO nobody (id) VALUES (1)", "storage_failed");
    row("two statements", "DELETE FROM pet; DELETE FROM person", "storage_failed");
}

void TestDatabase::saysWhenAConstraintIsViolated()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, outcome);
    const auto database = open();
    run(*database, "INSERT INTO person (id, name) VALUES (1, 'a')");
    const auto transaction = must(database->beginWrite());
    const auto refused = transaction->execute(sql.toStdString());
    QVERIFY(!refused.ok());
    QCOMPARE(QString::fromStdString(std::string(errorCodeName(refused.error().code))), outcome);
    // The transaction goes on.
    must(transaction->execute("INSERT INTO pet (id, owner) VALUES (5, 1)"));
    must(transaction->commit());
    QCOMPARE(number(*database, "SELECT COUNT(*) FROM pet"), 1);
    QCOMPARE(number(*database, "SELECT COUNT(*) FROM person"), 1);
}

void TestDatabase::noticesCommitsOfOthers()
{
    const auto writer = open();
    const auto reader = must(Database::open({path(), OpenMode::ReadOnly}, m_migrations));
    const std::int64_t before = must(reader->dataVersion());
    QCOMPARE(must(reader->dataVersion()), before);
    run(*writer, "INSERT INTO person (id, name) VALUES (1, 'a')");
    QVERIFY(must(reader->dataVersion()) != before);
    QCOMPARE(number(*reader, "SELECT COUNT(*) FROM person"), 1);
}

void TestDatabase::memoryDatabasesAreApart()
{
    const OpenOptions options{.path = path(), .mode = OpenMode::Memory};
    const auto one = must(Database::open(options, m_migrations));
    const auto other = must(Database::open(options, m_migrations));
    run(*one, "INSERT INTO person (id, name) VALUES (1, 'a')");
    QCOMPARE(number(*other, "SELECT COUNT(*) FROM person"), 0);
    QVERIFY(!QFile::exists(QString::fromStdString(path())));
}

} // namespace

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
