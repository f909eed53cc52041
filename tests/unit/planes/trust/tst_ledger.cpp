#include "planes/trust/statement.h"
#include "tests/unit/planes/trust/support/ledger_process.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace {

class Recorder final : public Projector
{
public:
    [[nodiscard]] std::string_view name() const override { return "recorder"; }
    [[nodiscard]] std::vector<std::string_view> tables() const override { return {}; }
    Result<void> apply(data::SqlSession&, const LedgerEvent& event) override
    {
        seen += std::to_string(event.index) + ":" + event.type + " ";
        if (event.type == refusedType)
            return fail(ErrorCode::Refused, "no", "test.projector");
        return {};
    }

    std::string seen;
    std::string refusedType = {};
};

class TestLedger final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsTheTreeOfItsLeaves();
    void provesEveryEntryAtEverySize();
    void fillsTilesOfTheSecondLevel();
    void continuesInANewProcess();
    void twoWritersTakeTurns();
    void undoesOneOfAGroup();
    void undoesAcrossATile();
    void failsWholeWhenTheCommitFails();
    void failsWholeWhenTheTransactionIsLost();
    void tellsOfCommitsThatAppended();
    void projectsEveryEventInOrder();
    void logsStatementsBySignature();
    void refusesToContinueABrokenTree_data();
    void refusesToContinueABrokenTree();
};

void TestLedger::growsTheTreeOfItsLeaves()
{
    Process process;
    QCOMPARE(outcomeOf(process.reader()->head()), QStringLiteral("not_found ledger.head"));
    std::uint64_t size = 0;
    std::vector<Checkpoint> heads;
    for (const std::uint64_t next : {1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 511, 512, 513, 700}) {
        must(process.store->write(appending(size, next - size)));
        size = next;
        QCOMPARE(process.writer.size(), size);
        QVERIFY(!process.writer.hasUnsealed());
        QVERIFY(headIsRight(process));
        heads.push_back(must(process.reader()->head()));
        const auto tree = openStoredTree(*process.database);
        for (const Checkpoint& older : heads) {
            const auto proof = must(proveConsistency(*tree, older.size, size));
            QVERIFY(verifyConsistency(older.size, size, proof, older.root, heads.back().root).ok());
        }
    }
}

void TestLedger::provesEveryEntryAtEverySize()
{
    Process process;
    LeafTree leaves = LeafTree({});
    for (std::uint64_t size = 1; size <= 260; ++size) {
        must(process.store->write(appending(size - 1)));
        if (size > 20 && size < 250)
            continue;
        leaves = process.leaves();
        const Digest root = leaves.root(0, size);
        const auto tree = openStoredTree(*process.database);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = must(proveInclusion(*tree, index, size));
            QVERIFY(verifyInclusion(index, size, leaves.leafHashes()[index], proof, root).ok());
        }
        const auto reader = process.reader();
        for (std::uint64_t index = 0; index < size; ++index) {
            const LedgerEvent event = must(readEvent(must(reader->entry(index))));
            QCOMPARE(event.index, index);
            QCOMPARE(event.body["number"].get<std::uint64_t>(), index);
        }
        QCOMPARE(outcomeOf(reader->entry(size)), QStringLiteral("not_found ledger.absent"));
    }
}

void TestLedger::fillsTilesOfTheSecondLevel()
{
    Process process;
    constexpr std::uint64_t kFull = 65'536;
    must(process.store->write(appending(0, kFull - 1)));
    const auto width = [&](int level, int number) {
        return process.number(
            "SELECT LENGTH(hashes) / 32 FROM ledger_tile WHERE level = " + std::to_string(level)
            + " AND number = " + std::to_string(number));
    };
    QCOMPARE(width(0, 255), 255);
    QCOMPARE(width(1, 0), 255);
    QCOMPARE(width(2, 0), -1);
    must(process.store->write(appending(kFull - 1)));
    QCOMPARE(width(0, 255), 256);
    QCOMPARE(width(1, 0), 256);
    QCOMPARE(width(2, 0), 1);
    must(process.store->write(appending(kFull)));
    QCOMPARE(width(0, 256), 1);
    QCOMPARE(width(1, 1), -1);
    QCOMPARE(width(2, 0), 1);
    QVERIFY(headIsRight(process));

    const Checkpoint head = must(process.reader()->head());
    LeafTree leaves = process.leaves();
    const auto tree = openStoredTree(*process.database);
    for (const std::uint64_t index :
         {std::uint64_t{0}, std::uint64_t{255}, std::uint64_t{256}, kFull - 1, kFull}) {
        const auto proof = must(proveInclusion(*tree, index, head.size));
        QVERIFY(
            verifyInclusion(index, head.size, leaves.leafHashes()[index], proof, head.root).ok());
    }
    for (const std::uint64_t older : {kFull - 1, kFull}) {
        const auto proof = must(proveConsistency(*tree, older, head.size));
        QVERIFY(verifyConsistency(older, head.size, proof, leaves.root(0, older), head.root).ok());
    }
    LedgerWriter another(logKey(), {});
    must(another.synchronize(*process.database));
    QCOMPARE(another.size(), kFull + 1);
}

void TestLedger::continuesInANewProcess()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    std::uint64_t size = 0;
    for (const std::uint64_t count : {1, 254, 1, 1, 300}) {
        Process process(path);
        must(process.store->write(appending(size, count)));
        size += count;
        QCOMPARE(process.writer.size(), size);
        QVERIFY(headIsRight(process));
    }
}

void TestLedger::twoWritersTakeTurns()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    Process one(path);
    Process other(path);
    std::uint64_t size = 0;
    // Turns of every length, so that either meets a tile half written by the other.
    for (std::uint64_t turn = 0; turn < 40; ++turn) {
        Process& process = turn % 3 == 0 ? one : other;
        const std::uint64_t count = 1 + turn * 7 % 19;
        if (turn % 5 == 0) {
            QCOMPARE(
                outcomeOf(process.store->write(refusing(size, count))),
                QStringLiteral("refused test.refused"));
        }
        must(process.store->write(appending(size, count)));
        size += count;
        QCOMPARE(process.writer.size(), size);
    }
    QVERIFY(size > 300);
    QVERIFY(headIsRight(one));
    QVERIFY(headIsRight(other));
    const auto reader = other.reader();
    for (std::uint64_t index = 0; index < size; ++index)
        QCOMPARE(
            must(readEvent(must(reader->entry(index)))).body["number"].get<std::uint64_t>(), index);
}

void TestLedger::undoesOneOfAGroup()
{
    Process process;
    const auto outcomes =
        process.store->writeAll({appending(0, 2), refusing(100, 3), appending(2), appending(3)});
    QCOMPARE(outcomes.size(), std::size_t{4});
    QVERIFY(outcomes[0].ok());
    QCOMPARE(outcomeOf(outcomes[1]), QStringLiteral("refused test.refused"));
    QVERIFY(outcomes[2].ok() && outcomes[3].ok());
    QCOMPARE(process.writer.size(), std::uint64_t{4});
    QVERIFY(headIsRight(process));
    for (std::uint64_t index = 0; index < 4; ++index)
        QVERIFY(
            must(readEvent(must(process.reader()->entry(index)))).body["number"] == Json(index));

    const Checkpoint before = must(process.reader()->head());
    QCOMPARE(
        outcomeOf(process.store->write(refusing(4, 1))), QStringLiteral("refused test.refused"));
    QVERIFY(must(process.reader()->head()) == before);
}

void TestLedger::undoesAcrossATile()
{
    Process process;
    must(process.store->write(appending(0, 250)));
    // The refused one completes the tile, and a node of the next level, before it is undone.
    const auto outcomes = process.store->writeAll(
        {appending(250, 3), refusing(900, 20), appending(253, 3), refusing(900, 260)});
    QVERIFY(outcomes[0].ok() && !outcomes[1].ok() && outcomes[2].ok() && !outcomes[3].ok());
    QCOMPARE(process.writer.size(), std::uint64_t{256});
    QVERIFY(headIsRight(process));
    QCOMPARE(process.number("SELECT LENGTH(hashes) / 32 FROM ledger_tile WHERE level = 1"), 1);
    must(process.store->write(appending(256, 10)));
    QVERIFY(headIsRight(process));
}

void TestLedger::failsWholeWhenTheCommitFails()
{
    Process process;
    must(process.store->write(appending(0, 250)));
    const LedgerWork dangling = [](data::SqlSession& session,
                                   LedgerWriter& ledger) -> Result<void> {
        CS_CHECK(appending(251, 10)(session, ledger));
        CS_CHECK(session.execute("INSERT INTO child (id, parent) VALUES (1, 99)"));
        return {};
    };
    int told = 0;
    process.store->onCommitted([&](std::uint64_t) { ++told; });
    const auto outcomes = process.store->writeAll({appending(250), dangling, refusing(500, 1)});
    QCOMPARE(outcomes.size(), std::size_t{3});
    for (const Result<void>& outcome : outcomes) {
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().code, ErrorCode::Conflict);
    }
    QCOMPARE(told, 0);
    QCOMPARE(process.writer.size(), std::uint64_t{250});
    QVERIFY(headIsRight(process));
    must(process.store->write(appending(250, 10)));
    QCOMPARE(process.writer.size(), std::uint64_t{260});
    QVERIFY(headIsRight(process));
}

void TestLedger::failsWholeWhenTheTransactionIsLost()
{
    Process process;
    must(process.store->write(appending(0, 3)));
    // As the database does by itself when the disk is full.
    const LedgerWork losing = [](data::SqlSession& session, LedgerWriter&) -> Result<void> {
        CS_CHECK(session.execute("ROLLBACK"));
        return fail(ErrorCode::StorageFailed, "disk full");
    };
    for (const std::vector<LedgerWork>& works :
         {std::vector<LedgerWork>{appending(3), losing, appending(4)}, {losing, appending(3)}}) {
        const auto outcomes = process.store->writeAll(works);
        QCOMPARE(outcomes.size(), works.size());
        for (const Result<void>& outcome : outcomes)
            QVERIFY(!outcome.ok());
        QCOMPARE(process.number("SELECT COUNT(*) FROM ledger_entry"), 3);
        QCOMPARE(process.writer.size(), std::uint64_t{3});
    }
    must(process.store->write(appending(3)));
    QVERIFY(headIsRight(process));
}

void TestLedger::tellsOfCommitsThatAppended()
{
    Process process;
    std::vector<std::uint64_t> told;
    process.store->onCommitted([&](std::uint64_t size) { told.push_back(size); });
    must(process.store->write(appending(0, 2)));
    QVERIFY(!process.store->write(refusing(2, 1)).ok());
    must(process.store->write([](data::SqlSession& session, LedgerWriter&) -> Result<void> {
        CS_CHECK(data::putBlob(session, "no entry"));
        return {};
    }));
    must(process.store->write(appending(2)));
    QCOMPARE(told, (std::vector<std::uint64_t>{2, 3}));
}

void TestLedger::projectsEveryEventInOrder()
{
    Recorder first;
    Recorder second;
    second.refusedType = "test.odd";
    Process process({}, 'l', {&first, &second});
    must(process.store->write(appending(0)));
    QCOMPARE(
        outcomeOf(process.store->write(appending(1))), QStringLiteral("refused test.projector"));
    must(process.store->write(appending(2)));
    QCOMPARE(first.seen, std::string("0:test.even 1:test.odd 1:test.even "));
    QCOMPARE(second.seen, first.seen);
    QCOMPARE(process.writer.size(), std::uint64_t{2});
    QVERIFY(headIsRight(process));
}

void TestLedger::logsStatementsBySignature()
{
    Process process;
    const PrivateKey ed25519 = fixedEd25519('a');
    const PrivateKey p256 = newP256();
    const Statement statement{
        {{"thing", Digest::of("thing")}}, "https://example.com/test/v1", {{"yes", true}}};
    Envelope envelope = must(signEnvelope(must(statement.toJson()), kInTotoPayloadType, ed25519));
    must(addSignature(envelope, p256));
    must(process.store->write([&](data::SqlSession& session, LedgerWriter& ledger) -> Result<void> {
        CS_CHECK(ledger.appendStatement(session, envelope, p256.publicKey(), kDecision));
        CS_CHECK(ledger.appendStatement(session, envelope, ed25519.publicKey(), {}));
        return {};
    }));
    QVERIFY(headIsRight(process));
    const auto reader = process.reader();
    for (const std::uint64_t index : {0, 1}) {
        const LedgerEntry entry = must(reader->entry(index));
        QCOMPARE(entry.kind, EntryKind::Statement);
        QCOMPARE(entry.type, std::string("https://example.com/test/v1"));
        QVERIFY(must(readStatement(entry)) == envelope);
        QCOMPARE(outcomeOf(readEvent(entry)), QStringLiteral("corrupt ledger.leaf"));
        const auto leaf = must(parseLogLeaf(entry.leaf));
        QVERIFY(
            std::get<SignatureLeaf>(leaf).key
            == (index == 0 ? p256.publicKey() : ed25519.publicKey()));
    }
    const auto refused =
        process.store->write([&](data::SqlSession& session, LedgerWriter& ledger) -> Result<void> {
            CS_CHECK(ledger.appendStatement(session, envelope, fixedEd25519('b').publicKey(), {}));
            return {};
        });
    QCOMPARE(outcomeOf(refused), QStringLiteral("signature_invalid ledger.statement"));
    QCOMPARE(process.writer.size(), std::uint64_t{2});
}

void TestLedger::refusesToContinueABrokenTree_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("a tile changed")
        << QStringLiteral("UPDATE ledger_tile SET hashes = zeroblob(LENGTH(hashes))")
        << QStringLiteral("corrupt ledger.root");
    QTest::newRow("a tile lost") << QStringLiteral("DELETE FROM ledger_tile WHERE level = 0")
                                 << QStringLiteral("corrupt ledger.tile");
    QTest::newRow("the head lost")
        << QStringLiteral("DELETE FROM ledger_head") << QStringLiteral("corrupt ledger.head");
}

void TestLedger::refusesToContinueABrokenTree()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, outcome);
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    Process process(path);
    must(process.store->write(appending(0, 260)));
    Process other(path);
    must(other.store->write(appending(260)));
    process.tamper(sql.toStdString());
    QCOMPARE(outcomeOf(process.store->write(appending(261))), outcome);
    QCOMPARE(process.number("SELECT COUNT(*) FROM ledger_entry"), 261);
}

} // namespace

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
