#include "tests/unit/planes/trust/support/ledger_process.h"

#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace {

class TestLedgerReading final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsByDecisionAndType_data();
    void readsByDecisionAndType();
    void seesWhatOthersAppend();
    void detectsTampering_data();
    void detectsTampering();
    void anErasedBodyLeavesTheProof();
    void ignoresRowsBeyondTheHead();
    void refusesAnotherLogsKey();
    void theLeavesTellWhatTheColumnsHide_data();
    void theLeavesTellWhatTheColumnsHide();
    void theIndexWantsEveryLeaf_data();
    void theIndexWantsEveryLeaf();
    void theIndexRefusesARollback();
};

void TestLedgerReading::readsByDecisionAndType_data()
{
    QTest::addColumn<bool>("indexed");
    QTest::newRow("by the columns") << false;
    QTest::newRow("by the leaves") << true;
}

void TestLedgerReading::readsByDecisionAndType()
{
    QFETCH(const bool, indexed);
    Process process;
    for (std::uint64_t i = 0; i < 8; ++i) {
        must(process.store->write(appendingEvent(numbered(i, i < 5 ? kDecision : ""))));
        if (indexed && i == 3)
            must(process.store->keepIndex());
    }
    const auto reader = process.store->openReader();
    std::string seen;
    const auto note = [&](const LedgerEntry& entry) -> Result<bool> {
        seen += std::to_string(entry.index);
        return entry.index != 6;
    };
    must(reader->forEachOfDecision(kDecision, note));
    QCOMPARE(seen, std::string("01234"));
    seen.clear();
    must(reader->forEachOfDecision(kDecision, "test.odd", note));
    QCOMPARE(seen, std::string("13"));
    seen.clear();
    must(reader->forEachOfType("test.even", note));
    QCOMPARE(seen, std::string("0246"));
    seen.clear();
    must(reader->forEachOfType("test.none", note));
    QCOMPARE(seen, std::string());
}

void TestLedgerReading::seesWhatOthersAppend()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    Process one(path);
    must(one.store->write(appending(0)));
    Process other(path);
    const auto reader = other.reader();
    QVERIFY(reader->entry(0).ok());
    QVERIFY(!reader->entry(1).ok());
    must(one.store->write(appending(1, 300)));
    QVERIFY(reader->entry(1).ok());
    QVERIFY(reader->entry(300).ok());
}

void TestLedgerReading::detectsTampering_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, const char* sql, const char* outcome) {
        QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(outcome);
    };
    // Entry 5 is an event of a decision, 6 a statement; a full tile and a begun one.
    row("another leaf",
        "UPDATE ledger_entry SET leaf = CAST(REPLACE(CAST(leaf AS TEXT), 'odd', 'add') AS BLOB) "
        "WHERE idx = 5",
        "corrupt ledger.inclusion");
    row("an empty leaf",
        "UPDATE ledger_entry SET leaf = x'' WHERE idx = 5",
        "corrupt ledger.inclusion");
    row("the leaf of another entry",
        "UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE idx = 3), "
        "body = (SELECT body FROM ledger_entry WHERE idx = 3), decision_id = '' WHERE idx = 5",
        "corrupt ledger.inclusion");
    row("another body",
        "UPDATE ledger_entry SET body = CAST('{\"number\":6}' AS BLOB) WHERE idx = 5",
        "corrupt ledger.body");
    row("the same body with a blank",
        "UPDATE ledger_entry SET body = CAST('{\"number\": 5}' AS BLOB) WHERE idx = 5",
        "corrupt ledger.body");
    row("another type",
        "UPDATE ledger_entry SET type = 'test.even' WHERE idx = 5",
        "corrupt ledger.leaf");
    row("another decision",
        "UPDATE ledger_entry SET decision_id = 'dec_x' WHERE idx = 5",
        "corrupt ledger.leaf");
    row("no decision",
        "UPDATE ledger_entry SET decision_id = '' WHERE idx = 5",
        "corrupt ledger.leaf");
    row("another kind",
        "UPDATE ledger_entry SET kind = 1 - kind WHERE idx = 5",
        "corrupt ledger.leaf");
    row("another type, body erased",
        "UPDATE ledger_entry SET type = 'test.even', body = NULL WHERE idx = 5",
        "corrupt ledger.leaf");
    row("another decision, body erased",
        "UPDATE ledger_entry SET decision_id = 'dec_x', body = NULL WHERE idx = 5",
        "corrupt ledger.leaf");
    row("a tile of zeros",
        "UPDATE ledger_tile SET hashes = zeroblob(LENGTH(hashes)) WHERE level = 0",
        "corrupt ledger.inclusion");
    row("a shorter tile",
        "UPDATE ledger_tile SET hashes = SUBSTR(hashes, 1, 64) WHERE level = 0",
        "corrupt ledger.tile");
    row("no tile", "DELETE FROM ledger_tile WHERE level = 0 AND number = 0", "corrupt ledger.tile");
    row("another upper tile", "UPDATE ledger_tile SET hashes = zeroblob(32) WHERE level = 1", "ok");
    row("another size in the head",
        "UPDATE ledger_head SET note = REPLACE(note, char(10) || '300' || char(10), char(10) || "
        "'299' || char(10))",
        "signature_invalid ledger.head");
    row("another origin in the head",
        "UPDATE ledger_head SET note = REPLACE(note, 'unit', 'unix')",
        "signature_invalid ledger.head");
    row("no head", "DELETE FROM ledger_head", "not_found ledger.head");
}

void TestLedgerReading::detectsTampering()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, outcome);
    Process process;
    must(process.store->write(appending(0, 5)));
    must(process.store->write(appendingEvent(numbered(5, kDecision))));
    must(process.store->write(appending(6, 294)));
    QVERIFY(process.reader()->entry(5).ok());
    process.tamper(sql.toStdString());
    QCOMPARE(outcomeOf(process.reader()->entry(5)), outcome);
    if (outcome.startsWith(QLatin1String("corrupt"))) {
        // The same entry by every other way, where the row is still found by it.
        const auto ignore = [](const LedgerEntry&) -> Result<bool> {
            return true;
        };
        const std::string type = process.number("SELECT type = 'test.odd' FROM ledger_entry WHERE "
                                                "idx = 5")
                                         == 1
                                     ? "test.odd"
                                     : "test.even";
        QVERIFY(!process.reader()->forEachOfType(type, ignore).ok());
    }
}

void TestLedgerReading::anErasedBodyLeavesTheProof()
{
    Process process;
    must(process.store->write(appending(0, 10)));
    process.tamper("UPDATE ledger_entry SET body = NULL WHERE idx = 4");
    const LedgerEntry entry = must(process.reader()->entry(4));
    QVERIFY(!entry.body);
    QCOMPARE(outcomeOf(readEvent(entry)), QStringLiteral("not_found ledger.erased"));
    QVERIFY(headIsRight(process));
    must(process.store->write(appending(10)));
    QVERIFY(headIsRight(process));
}

void TestLedgerReading::ignoresRowsBeyondTheHead()
{
    Process process;
    must(process.store->write(appending(0, 3)));
    process.tamper("INSERT INTO ledger_entry (idx, kind, type, decision_id, leaf, body) SELECT 3, "
                   "kind, type, decision_id, leaf, body FROM ledger_entry WHERE idx = 1");
    const auto reader = process.reader();
    QCOMPARE(outcomeOf(reader->entry(3)), QStringLiteral("not_found ledger.absent"));
    int count = 0;
    must(reader->forEachOfType("test.odd", [&](const LedgerEntry&) -> Result<bool> {
        ++count;
        return true;
    }));
    QCOMPARE(count, 1);
}

void TestLedgerReading::refusesAnotherLogsKey()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    Process process(path);
    must(process.store->write(appending(0, 3)));
    QVERIFY(!process.reader('x')->head().ok());
    QVERIFY(!process.reader('x')->entry(0).ok());
    Process stranger(path, 'x');
    const auto refused = stranger.store->write(appending(3));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().rule, std::string("ledger.head"));
    QCOMPARE(process.number("SELECT COUNT(*) FROM ledger_entry"), 3);
}

void TestLedgerReading::theLeavesTellWhatTheColumnsHide_data()
{
    QTest::addColumn<bool>("indexed");
    QTest::addColumn<QString>("seen");
    // Searched by its columns the entry is simply not there.
    QTest::newRow("by the columns") << false << QStringLiteral("0 2 3 ");
    QTest::newRow("by the leaves") << true << QStringLiteral("0 corrupt ledger.leaf");
}

void TestLedgerReading::theLeavesTellWhatTheColumnsHide()
{
    QFETCH(const bool, indexed);
    QFETCH(const QString, seen);
    Process process;
    for (std::uint64_t i = 0; i < 4; ++i)
        must(process.store->write(appendingEvent(numbered(i, kDecision))));
    process.tamper("UPDATE ledger_entry SET decision_id = '', type = 'x' WHERE idx = 1");
    if (indexed)
        must(process.store->keepIndex());
    QString found;
    const auto outcome = process.store->openReader()->forEachOfDecision(
        kDecision, [&](const LedgerEntry& entry) -> Result<bool> {
            found += QString::number(entry.index) + QLatin1Char(' ');
            return true;
        });
    QCOMPARE(outcome.ok() ? found : found + outcomeOf(outcome), seen);
}

void TestLedgerReading::theIndexWantsEveryLeaf_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("a leaf changed")
        << QStringLiteral("UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE idx "
                          "= 2) WHERE idx = 3");
    QTest::newRow("a leaf that is none")
        << QStringLiteral("UPDATE ledger_entry SET leaf = x'00' WHERE idx = 3");
    QTest::newRow("an entry lost") << QStringLiteral("DELETE FROM ledger_entry WHERE idx = 3");
    QTest::newRow("the last one lost") << QStringLiteral("DELETE FROM ledger_entry WHERE idx = 9");
    QTest::newRow("two exchanged")
        << QStringLiteral("UPDATE ledger_entry SET idx = CASE idx WHEN 3 THEN -3 ELSE 3 END WHERE "
                          "idx IN (3, 4)");
}

void TestLedgerReading::theIndexWantsEveryLeaf()
{
    QFETCH(const QString, sql);
    Process process;
    must(process.store->write(appending(0, 10)));
    must(process.store->keepIndex());
    process.tamper(sql.toStdString());
    QVERIFY(!process.store->keepIndex().ok());
    QVERIFY(!process.store->openReader()->entry(0).ok());
}

void TestLedgerReading::theIndexRefusesARollback()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    Process process(path);
    must(process.store->write(appending(0, 5)));
    const std::string older = must(process.database->first<std::string>(
                                       "SELECT note FROM ledger_head",
                                       {},
                                       [](const data::Row& row) { return row.text(0); }))
                                  .value();
    must(process.store->write(appending(5, 3)));
    must(process.store->keepIndex());
    const auto reader = process.store->openReader();
    QVERIFY(reader->entry(4).ok());
    process.tamper("UPDATE ledger_head SET size = 5, note = '" + older + "'");
    QCOMPARE(outcomeOf(reader->entry(4)), QStringLiteral("corrupt ledger.index"));
    QCOMPARE(outcomeOf(reader->entry(4)), QStringLiteral("corrupt ledger.index"));
}

} // namespace

QTEST_GUILESS_MAIN(TestLedgerReading)
#include "tst_ledger_reading.moc"
