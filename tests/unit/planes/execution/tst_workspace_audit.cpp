#include "planes/execution/workspace_audit.h"
#include "tests/support/ledger_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

constexpr int kFlipsPerColumn = 15;

/// Verifies what the database would be after a change, and takes the change back.
Result<WorkspaceReport> verifiedAfter(
    LedgerFixture& fixture,
    bool deep,
    const std::vector<std::pair<QString, data::SqlBindings>>& sql)
{
    const auto transaction = fixture.database().beginWrite().value();
    for (const auto& [text, bindings] : sql)
        CS_CHECK(transaction->execute(text.toStdString(), bindings));
    return verifyWorkspace(*transaction, fixture.auditOptions(deep));
}

QString described(const WorkspaceReport& report)
{
    return report.broken ? QString::fromStdString(report.broken->describe())
                         : QStringLiteral("good");
}

/// The value with one byte, or one bit of a number, turned over.
data::SqlValue flipped(const data::SqlValue& value, SeededEntropy& entropy)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return *number ^ (std::int64_t{1} << entropy.below(20));
    const auto* text = std::get_if<std::string>(&value);
    std::string bytes = text != nullptr ? *text : std::get<data::Blob>(value).bytes;
    const std::size_t place = entropy.below(bytes.size());
    bytes[place] =
        static_cast<char>(static_cast<unsigned char>(bytes[place]) ^ (1U << entropy.below(8)));
    return data::Blob{bytes};
}

} // namespace

class TestWorkspaceAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture.completeDecision(); }

    void soundWorkspaceIsGood_data()
    {
        QTest::addColumn<bool>("deep");
        QTest::newRow("shallow") << false;
        QTest::newRow("deep") << true;
    }

    void soundWorkspaceIsGood()
    {
        QFETCH(bool, deep);
        const WorkspaceReport report =
            verifyWorkspace(m_fixture.database(), m_fixture.auditOptions(deep)).value();
        QVERIFY2(report.good(), qPrintable(described(report)));
        QCOMPARE(report.rows.size(), deep ? std::size_t(7) : std::size_t(5));
        QCOMPARE(report.decisionCount, std::uint64_t(1));
        QCOMPARE(report.entryCount, m_fixture.reader()->head().value().size);
    }

    void soundLedgerOfManyTilesIsGood()
    {
        LedgerFixture fixture;
        std::vector<trust::LedgerEvent> events;
        for (unsigned i = 0; i < 600; ++i)
            events.push_back(fixture.event("note.taken", {{"number", i}}));
        fixture.append(events);
        const WorkspaceReport report =
            verifyWorkspace(fixture.database(), fixture.auditOptions(true)).value();
        QVERIFY2(report.good(), qPrintable(described(report)));
        // Every tile, also the one above.
        for (const char* where : {"0 AND number = 1", "0 AND number = 2", "1 AND number = 0"}) {
            const auto broken = verifiedAfter(
                fixture,
                false,
                {{QStringLiteral("UPDATE ledger_tile SET hashes = zeroblob(length(hashes)) WHERE "
                                 "level = ")
                      + QString::fromLatin1(where),
                  {}}});
            QVERIFY(!broken.value().good());
        }
    }

    void anyFlippedByteIsFound_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("column");
        const auto add = [](const char* table, std::initializer_list<const char*> columns) {
            for (const char* column : columns)
                QTest::addRow("%s.%s", table, column) << table << column;
        };
        add("ledger_entry", {"idx", "kind", "type", "decision_id", "leaf", "body"});
        add("ledger_tile", {"level", "number", "hashes"});
        add("ledger_head", {"size", "note"});
        add("blob", {"sha256", "size", "bytes"});
    }

    void anyFlippedByteIsFound()
    {
        QFETCH(QString, table);
        QFETCH(QString, column);
        SeededEntropy entropy(qHash(table + column, 1));
        const QString key =
            table == QLatin1String("blob") ? QStringLiteral("sha256") : QStringLiteral("rowid");
        const std::string select =
            QStringLiteral("SELECT %1, %2, typeof(%2) FROM %3 WHERE length(%2) > 0")
                .arg(key, column, table)
                .toStdString();
        struct Cell
        {
            data::SqlValue key;
            data::SqlValue value;
            std::string type;
        };
        const auto cells = m_fixture.database()
                               .all<Cell>(
                                   select,
                                   {},
                                   [](const data::Row& row) {
                                       return Cell{row.value(0), row.value(1), row.text(2)};
                                   })
                               .value();
        QVERIFY(!cells.empty());
        int made = 0;
        while (made < kFlipsPerColumn) {
            const Cell& cell = cells[entropy.below(cells.size())];
            const QString value = cell.type == "text" ? QStringLiteral("CAST(:value AS TEXT)")
                                                      : QStringLiteral(":value");
            const auto report = verifiedAfter(
                m_fixture,
                false,
                {{QStringLiteral("UPDATE %1 SET %2 = %3 WHERE %4 = :key")
                      .arg(table, column, value, key),
                  {{":value", flipped(cell.value, entropy)}, {":key", cell.key}}}});
            if (!report.ok() && report.error().code == ErrorCode::Conflict)
                continue; // Another row has that key.
            ++made;
            QVERIFY2(report.ok(), report.ok() ? "" : report.error().describe().c_str());
            QVERIFY(!report->good());
            QVERIFY(!report->broken->rule.empty());
            QVERIFY(!report->broken->detail.empty());
            QVERIFY(!report->rows.back().good);
        }
    }

    void editedHistoryIsFound_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<QString>("rule");
        QTest::newRow("last entry deleted") << QStringList{QStringLiteral(
            "DELETE FROM ledger_entry WHERE idx = (SELECT MAX(idx) FROM ledger_entry)")}
                                            << "audit.entry_absent";
        QTest::newRow("truncated")
            << QStringList{QStringLiteral("DELETE FROM ledger_entry WHERE idx > 9")}
            << "audit.entry_absent";
        QTest::newRow("entry in the middle deleted")
            << QStringList{QStringLiteral("DELETE FROM ledger_entry WHERE idx = 7")}
            << "audit.entry_absent";
        QTest::newRow("two entries swapped")
            << QStringList{QStringLiteral("UPDATE ledger_entry SET idx = -1 WHERE idx = 6"), QStringLiteral("UPDATE ledger_entry SET idx = 6 WHERE idx = 7"), QStringLiteral("UPDATE ledger_entry SET idx = 7 WHERE idx = -1")}
            << "audit.tile";
        QTest::newRow("entry added") << QStringList{QStringLiteral(
            "INSERT INTO ledger_entry SELECT idx + 1, kind, type, decision_id, leaf, body "
            "FROM ledger_entry ORDER BY idx DESC LIMIT 1")}
                                     << "audit.entry_extra";
        QTest::newRow("body erased")
            << QStringList{QStringLiteral("UPDATE ledger_entry SET body = NULL WHERE idx = 7")}
            << "ledger.erased";
        QTest::newRow("tile added")
            << QStringList{QStringLiteral("INSERT INTO ledger_tile VALUES (3, 0, x'00')")}
            << "audit.tile";
        QTest::newRow("tile deleted")
            << QStringList{QStringLiteral("DELETE FROM ledger_tile")} << "audit.tile";
        QTest::newRow("head deleted")
            << QStringList{QStringLiteral("DELETE FROM ledger_head")} << "ledger.head";
        QTest::newRow("documents deleted")
            << QStringList{QStringLiteral("DELETE FROM blob")} << "audit.document_absent";
    }

    void editedHistoryIsFound()
    {
        QFETCH(QStringList, statements);
        QFETCH(QString, rule);
        std::vector<std::pair<QString, data::SqlBindings>> sql;
        for (const QString& statement : statements)
            sql.emplace_back(statement, data::SqlBindings());
        const WorkspaceReport report = verifiedAfter(m_fixture, false, sql).value();
        QVERIFY(!report.good());
        QCOMPARE(QString::fromStdString(report.broken->rule), rule);
    }

    void editedTablesAreFoundDeep_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("named");
        QTest::newRow("status of a decision") << "UPDATE decision SET status = 'rejected'"
                                              << "audit.table_column"
                                              << "column status is \"rejected\"";
        QTest::newRow("title of a decision") << "UPDATE decision SET title = title || ' '"
                                             << "audit.table_column"
                                             << "title";
        QTest::newRow("decision deleted") << "DELETE FROM decision"
                                          << "audit.table_missing"
                                          << "table decision";
        QTest::newRow("whom it waits for")
            << "INSERT INTO decision_waits_for (decision_id, person_id) SELECT decision_id, "
               "'eva.executive' FROM decision"
            << "audit.table_extra"
            << "eva.executive";
        QTest::newRow("run inserted")
            << "INSERT INTO run (run_id, decision_id, request_id, plan_sha256, status, created_at) "
               "VALUES ('run_01', 'dec_01', 'apr_01', '00', 'waiting', 1)"
            << "audit.table_extra"
            << "run_01";
        QTest::newRow("run that sorts last")
            << "INSERT INTO run (run_id, decision_id, request_id, plan_sha256, status, created_at) "
               "VALUES ('run_~', 'dec_01', 'apr_01', '00', 'waiting', 1)"
            << "audit.table_extra"
            << "run_~";
        QTest::newRow("event of a run deleted") << "DELETE FROM run_event WHERE sequence = 3"
                                                << "audit.table_missing"
                                                << "sequence 3";
        QTest::newRow("event of a run moved")
            << "UPDATE run_event SET idx = idx + 1 WHERE sequence = 3"
            << "audit.table_column"
            << "idx";
        QTest::newRow("document renamed") << "UPDATE document SET path = 'x' WHERE schema = 'memo'"
                                          << "audit.table_column"
                                          << "path";
        QTest::newRow("trigger")
            << "CREATE TRIGGER quick AFTER INSERT ON decision BEGIN UPDATE decision SET status = "
               "'authorized'; END"
            << "audit.schema"
            << "trigger quick";
        QTest::newRow("table") << "CREATE TABLE own (id INTEGER PRIMARY KEY) STRICT"
                               << "audit.schema"
                               << "table own";
        QTest::newRow("index") << "DROP INDEX run_of_approval"
                               << "audit.schema"
                               << "run_of_approval";
    }

    void editedTablesAreFoundDeep()
    {
        QFETCH(QString, statement);
        QFETCH(QString, rule);
        QFETCH(QString, named);
        const WorkspaceReport report = verifiedAfter(m_fixture, true, {{statement, {}}}).value();
        QVERIFY(!report.good());
        QCOMPARE(QString::fromStdString(report.broken->rule), rule);
        QVERIFY2(
            QString::fromStdString(report.broken->detail).contains(named),
            qPrintable(described(report)));
        // Without replay nobody looks there, and nothing that counts depends on it.
        const WorkspaceReport shallow = verifiedAfter(m_fixture, false, {{statement, {}}}).value();
        QVERIFY2(shallow.good(), qPrintable(described(shallow)));
    }

    void openDecisionMadeAuthorizedIsFound()
    {
        LedgerFixture fixture;
        fixture.open();
        const WorkspaceReport report =
            verifiedAfter(
                fixture, true, {{QStringLiteral("UPDATE decision SET status = 'authorized'"), {}}})
                .value();
        QCOMPARE(report.broken->rule, std::string("audit.table_column"));
        const WorkspaceReport waits =
            verifiedAfter(fixture, true, {{QStringLiteral("DELETE FROM decision_waits_for"), {}}})
                .value();
        QCOMPARE(waits.broken->rule, std::string("audit.table_missing"));
        QVERIFY(waits.broken->detail.find("decision_waits_for") != std::string::npos);
    }

    void decisionWithoutAuthorityIsFound()
    {
        LedgerFixture fixture;
        fixture.open();
        fixture.append({fixture.event(
            "decision.authorized",
            {{"request_sha256", control::requestDigest(fixture.request()).hex()}})});
        const WorkspaceReport report =
            verifyWorkspace(fixture.database(), fixture.auditOptions(false)).value();
        QCOMPARE(report.rows.back().what, std::string("decisions"));
        QCOMPARE(report.broken->rule, std::string("audit.outcome"));
        QVERIFY(report.broken->detail.find(fixture.decisionId()) != std::string::npos);
    }

    void anotherKeyOrAnchorIsRefused()
    {
        WorkspaceAuditOptions options = m_fixture.auditOptions(false);
        options.anchor = Digest::of("another");
        QCOMPARE(
            verifyWorkspace(m_fixture.database(), options).value().broken->rule,
            std::string("genesis.anchor"));
        options = m_fixture.auditOptions(false);
        options.logKey =
            trust::NoteVerifier::make(
                std::string(LedgerFixture::kOrigin),
                trust::NoteKeyType::Ed25519,
                trust::PrivateKey::generate(trust::KeyAlgorithm::Ed25519).value().publicKey())
                .value();
        QCOMPARE(
            verifyWorkspace(m_fixture.database(), options).value().broken->rule,
            std::string("ledger.head"));
    }

    void canBeStoppedAndTellsHowFarItGot()
    {
        std::atomic<bool> stop = false;
        std::vector<std::string> seen;
        WorkspaceAuditOptions options = m_fixture.auditOptions(true);
        options.cancelled = &stop;
        options.onProgress = [&](const AuditProgress& progress) {
            seen.emplace_back(progress.what);
            stop = progress.what == "tables";
        };
        const auto report = verifyWorkspace(m_fixture.database(), options);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        QCOMPARE(seen.front(), std::string("checkpoint"));
        QCOMPARE(seen.back(), std::string("tables"));
    }

    void writerElsewhereDoesNoHarm()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
        LedgerFixture fixture("Fixture", path);
        fixture.open();
        const auto readOnly =
            data::Database::open({path, data::OpenMode::ReadOnly}, LedgerFixture::migrations())
                .value();
        WorkspaceAuditOptions options = fixture.auditOptions(true);
        bool written = false;
        options.onProgress = [&](const AuditProgress& progress) {
            if (progress.what != "entries" || std::exchange(written, true))
                return;
            fixture.answer("maria.manager", control::AnswerKind::Approve);
        };
        const WorkspaceReport report = verifyWorkspace(*readOnly, options).value();
        QVERIFY(written);
        QVERIFY2(report.good(), qPrintable(described(report)));
        const WorkspaceReport after =
            verifyWorkspace(*readOnly, fixture.auditOptions(true)).value();
        QVERIFY2(after.good(), qPrintable(described(after)));
        QVERIFY(after.entryCount > report.entryCount);
    }

    void namesTheDecisionsSomebodyWasAskedAbout()
    {
        const std::vector<std::string> expected = {m_fixture.decisionId()};
        QCOMPARE(decisionIdsWithRequests(m_fixture.database()).value(), expected);
        LedgerFixture empty;
        QVERIFY(decisionIdsWithRequests(empty.database()).value().empty());
    }

private:
    LedgerFixture m_fixture;
};

QTEST_GUILESS_MAIN(TestWorkspaceAudit)
#include "tst_workspace_audit.moc"
