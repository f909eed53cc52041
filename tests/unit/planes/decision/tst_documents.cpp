#include "planes/data/blobs.h"
#include "planes/decision/documents.h"
#include "planes/trust/ledger_store.h"
#include "tests/support/result_text.h"

#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::decision;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace {

const Instant kNow = Instant::fromUnixSeconds(1'770'000'000);
constexpr const char* kDecision = "dec_01KRXBH9A0B2K0HR1V5EEXKCG1";
constexpr const char* kTenant = "northgate";

class CountingEntropy final : public EntropySource
{
public:
    [[nodiscard]] std::string bytes(std::size_t byteCount) override
    {
        return std::string(byteCount, static_cast<char>(m_next++));
    }

private:
    int m_next = 1;
};

data::IncomingRecord record(
    const std::string& schema,
    const std::string& recordId,
    int revision = 1,
    const std::string& title = "As it is")
{
    const bool isMetric = schema == "metric_definition";
    Json content = {
        {"header",
         {{"schema", schema},
          {"record_id", recordId},
          {"revision", revision},
          {"tenant_id", kTenant}}},
        {"title", title}};
    if (isMetric)
        content["metric"] = {{"key", "ops.speed"}, {"version", 3}};
    else
        content["header"]["decision_id"] = kDecision;
    return {
        recordId + ".json",
        content.dump(3),
        content,
        schema,
        recordId,
        revision,
        kTenant,
        isMetric ? std::string() : std::string(kDecision),
        must(canonicalDigest(content))};
}

data::FolderCheck
checkOf(std::vector<data::IncomingRecord> records, const std::vector<std::string>& sources = {})
{
    data::FolderCheck check;
    check.records = std::move(records);
    for (const std::string& source : sources)
        check.sources.push_back({"sources/" + source + ".txt", source, Digest::of(source)});
    check.decisionId = kDecision;
    check.tenantId = kTenant;
    return check;
}

class TestDocuments final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        const std::vector<data::Migration> migrations = {
            data::blobMigration(), trust::ledgerMigration(), documentMigration()};
        m_database =
            must(data::Database::open({.path = {}, .mode = data::OpenMode::Memory}, migrations));
        m_writer = std::make_unique<trust::LedgerWriter>(
            logKey(), std::vector<trust::Projector*>{&m_projector});
        m_store = std::make_unique<trust::LedgerStore>(*m_database, *m_writer);
    }

    void storesADeliveryWhole();
    void theSameAgainChangesNothing();
    void addsOnlyWhatIsNew();
    void refusesAChangedRevision();
    void theNewestRevisionCounts();
    void findsDocumentsEveryWay();
    void knowsWhatTheWorkspaceHolds();
    void detectsChangedDocuments_data();
    void detectsChangedDocuments();
    void refusalsKeepReasonsOnly();
    void replayGivesTheSameTables();

private:
    [[nodiscard]] static trust::NoteSigner logKey()
    {
        return must(trust::NoteSigner::make(
            "ledger.example.com/documents",
            must(trust::PrivateKey::fromEd25519Seed(
                trust::SecretBytes::copyOf(std::string(32, 'd'))))));
    }
    Result<Acceptance> accept(const data::FolderCheck& check)
    {
        std::optional<Acceptance> acceptance;
        const auto written = m_store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                CS_TRY(acceptance, acceptDelivery(session, ledger, check, kNow, m_entropy));
                return {};
            });
        return written.ok() ? Result<Acceptance>(*acceptance)
                            : Result<Acceptance>(written.failure());
    }
    [[nodiscard]] std::unique_ptr<trust::LedgerReader> reader()
    {
        return trust::openLedgerReader(*m_database, logKey().verifier());
    }
    [[nodiscard]] std::int64_t number(std::string_view sql)
    {
        return must(m_database->firstInteger(sql)).value_or(-1);
    }

    CountingEntropy m_entropy;
    DocumentProjector m_projector;
    std::unique_ptr<data::Database> m_database;
    std::unique_ptr<trust::LedgerWriter> m_writer;
    std::unique_ptr<trust::LedgerStore> m_store;
};

void TestDocuments::storesADeliveryWhole()
{
    const data::FolderCheck check =
        checkOf({record("memo", "mem_1"), record("metric_definition", "met_1")}, {"one", "two"});
    const Acceptance acceptance = must(accept(check));
    QCOMPARE(acceptance.added.size(), std::size_t{2});
    QCOMPARE(acceptance.sourceCount, std::size_t{2});
    QCOMPARE(acceptance.decisionId, std::string(kDecision));
    QCOMPARE(must(reader()->head()).size, std::uint64_t{1});
    const trust::LedgerEvent event = must(trust::readEvent(must(reader()->entry(0))));
    QCOMPARE(event.type, std::string(kDocumentsAccepted));
    QCOMPARE(event.decisionId, std::string(kDecision));
    QCOMPARE(event.body["documents"].size(), std::size_t{2});
    QCOMPARE(event.body["sources"].size(), std::size_t{2});
    // Bytes as they came, not written anew.
    const StoredDocument memo = must(storedDocument(*m_database, "mem_1", 1));
    QCOMPARE(must(data::blobBytes(*m_database, memo.blob)), check.records[0].bytes);
    QVERIFY(memo.sha256 == check.records[0].canonicalDigest);
    QCOMPARE(memo.path, std::string("mem_1.json"));
    QVERIFY(must(documentContent(*m_database, memo)) == check.records[0].content);
    QVERIFY(must(data::hasBlob(*m_database, Digest::of("two"))));
    QCOMPARE(must(storedDocument(*m_database, "met_1", 1)).decisionId, std::string());
}

void TestDocuments::theSameAgainChangesNothing()
{
    const data::FolderCheck check = checkOf({record("memo", "mem_1")}, {"one"});
    must(accept(check));
    const Acceptance again = must(accept(check));
    QVERIFY(again.unchanged());
    QCOMPARE(must(reader()->head()).size, std::uint64_t{1});
    // Another way of writing the same document is the same document.
    data::FolderCheck spelled = check;
    spelled.records[0].bytes = spelled.records[0].content.dump();
    QVERIFY(must(accept(spelled)).unchanged());
    QCOMPARE(number("SELECT COUNT(*) FROM document"), 1);
}

void TestDocuments::addsOnlyWhatIsNew()
{
    must(accept(checkOf({record("memo", "mem_1")}, {"one"})));
    const Acceptance more = must(
        accept(checkOf({record("memo", "mem_1"), record("forecast", "fct_1")}, {"one", "two"})));
    QCOMPARE(more.added.size(), std::size_t{1});
    QCOMPARE(more.added.front().recordId, std::string("fct_1"));
    QCOMPARE(must(latestDocuments(*m_database, kDecision)).size(), std::size_t{2});
}

void TestDocuments::refusesAChangedRevision()
{
    must(accept(checkOf({record("memo", "mem_1")})));
    const auto refused = accept(checkOf(
        {record("forecast", "fct_1"), record("memo", "mem_1", 1, "Another")}, {"new source"}));
    QCOMPARE(outcomeOf(refused), QStringLiteral("conflict revision.changed"));
    // Whole or not at all.
    QCOMPARE(must(reader()->head()).size, std::uint64_t{1});
    QCOMPARE(number("SELECT COUNT(*) FROM document"), 1);
    QCOMPARE(number("SELECT COUNT(*) FROM blob"), 1);
    // The same for two in one delivery.
    QVERIFY(
        !accept(checkOf({record("memo", "mem_2", 1, "a"), record("memo", "mem_2", 1, "b")})).ok());
    QCOMPARE(number("SELECT COUNT(*) FROM document"), 1);
}

void TestDocuments::theNewestRevisionCounts()
{
    must(accept(checkOf({record("memo", "mem_1", 2, "two"), record("forecast", "fct_1")})));
    must(accept(checkOf({record("memo", "mem_1", 1, "one")})));
    must(accept(checkOf({record("memo", "mem_1", 10, "ten")})));
    const auto latest = must(latestDocuments(*m_database, kDecision));
    QCOMPARE(latest.size(), std::size_t{2});
    QCOMPARE(latest[0].schema, std::string("forecast"));
    QCOMPARE(latest[1].schema, std::string("memo"));
    QCOMPARE(latest[1].revision, 10);
    QCOMPARE(
        textMember(must(documentContent(*m_database, latest[1])), "title"), std::string("ten"));
}

void TestDocuments::findsDocumentsEveryWay()
{
    const data::IncomingRecord memo = record("memo", "mem_1");
    must(accept(checkOf({memo})));
    QCOMPARE(
        must(storedDocument(*m_database, memo.canonicalDigest)).recordId, std::string("mem_1"));
    QCOMPARE(
        outcomeOf(storedDocument(*m_database, "mem_1", 2)),
        QStringLiteral("not_found document.absent"));
    QCOMPARE(
        outcomeOf(storedDocument(*m_database, Digest::of("x"))),
        QStringLiteral("not_found document.absent"));
    QVERIFY(must(latestDocuments(*m_database, "dec_none")).empty());
}

void TestDocuments::knowsWhatTheWorkspaceHolds()
{
    must(accept(checkOf(
        {record("memo", "mem_1", 1),
         record("memo", "mem_1", 2, "two"),
         record("metric_definition", "met_1"),
         record("metric_definition", "met_1", 2, "two")},
        {"one"})));
    const WorkspaceDocuments known(*m_database);
    const auto ofDecision = must(known.decisionRecords(kDecision));
    QCOMPARE(ofDecision.size(), std::size_t{2});
    QCOMPARE(ofDecision[1].revision, std::int64_t{2});
    QCOMPARE(ofDecision[1].tenantId, std::string(kTenant));
    QVERIFY(ofDecision[1].content == record("memo", "mem_1", 2, "two").content);
    QCOMPARE(ofDecision[1].bytes, record("memo", "mem_1", 2, "two").bytes);
    QCOMPARE(must(known.recordRevisions("mem_1")).size(), std::size_t{2});
    QVERIFY(must(known.recordRevisions("mem_2")).empty());
    QCOMPARE(must(known.metricDefinitions(kTenant, "ops.speed", 3)).size(), std::size_t{2});
    QVERIFY(must(known.metricDefinitions(kTenant, "ops.speed", 4)).empty());
    QVERIFY(must(known.metricDefinitions("southgate", "ops.speed", 3)).empty());
    QVERIFY(must(known.hasSource(Digest::of("one"))));
    QVERIFY(!must(known.hasSource(Digest::of("two"))));
}

void TestDocuments::detectsChangedDocuments_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("other bytes") << QStringLiteral(
        "UPDATE blob SET bytes = CAST(REPLACE(CAST(bytes AS TEXT), 'As', 'Is') "
        "AS BLOB)") << QStringLiteral("corrupt blob.digest");
    QTest::newRow("another document's bytes")
        << QStringLiteral("UPDATE document SET blob = (SELECT blob FROM document WHERE record_id = "
                          "'mem_2')")
        << QStringLiteral("corrupt document.digest");
    QTest::newRow("no digest") << QStringLiteral("UPDATE document SET sha256 = 'x'")
                               << QStringLiteral("invalid_input");
    QTest::newRow("lost") << QStringLiteral("DELETE FROM blob")
                          << QStringLiteral("not_found blob.absent");
}

void TestDocuments::detectsChangedDocuments()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, outcome);
    must(accept(checkOf({record("memo", "mem_1"), record("memo", "mem_2", 1, "Second")})));
    {
        const auto transaction = must(m_database->beginWrite());
        must(transaction->execute(sql.toStdString()));
        must(transaction->commit());
    }
    const auto stored = storedDocument(*m_database, "mem_1", 1);
    const auto content =
        stored.ok() ? documentContent(*m_database, *stored) : Result<Json>(stored.failure());
    QVERIFY2(outcomeOf(content).startsWith(outcome), qPrintable(outcomeOf(content)));
    QVERIFY(!WorkspaceDocuments(*m_database).recordRevisions("mem_1").ok());
}

void TestDocuments::refusalsKeepReasonsOnly()
{
    std::vector<Error> errors;
    for (int i = 0; i < 30; ++i)
        errors.push_back(
            {ErrorCode::InvalidInput,
             "the secret salary is 12",
             "rule." + std::to_string(i),
             "memo.json",
             "/x"});
    must(m_store->write([&](data::SqlSession& session, trust::LedgerWriter& ledger) {
        return recordRefusal(session, ledger, "delivery", errors, kNow, m_entropy);
    }));
    const trust::LedgerEvent event = must(trust::readEvent(must(reader()->entry(0))));
    QCOMPARE(event.type, std::string(kDeliveryRefused));
    QCOMPARE(event.decisionId, std::string());
    QCOMPARE(event.body["error_count"].get<int>(), 30);
    QCOMPARE(event.body["errors"].size(), std::size_t{20});
    QCOMPARE(textMember(event.body["errors"][3], "rule"), std::string("rule.3"));
    QVERIFY(event.body.dump().find("salary") == std::string::npos);
    QCOMPARE(number("SELECT COUNT(*) FROM document"), 0);
}

void TestDocuments::replayGivesTheSameTables()
{
    must(accept(checkOf({record("memo", "mem_1"), record("metric_definition", "met_1")}, {"one"})));
    must(accept(checkOf({record("memo", "mem_1", 2, "two")})));
    const auto rows = [&] {
        std::vector<std::string> lines;
        for (const char* sql : {"SELECT * FROM document ORDER BY 1, 2", "SELECT * FROM metric"})
            must(m_database->forEach(sql, {}, [&](const data::Row& row) -> Result<bool> {
                std::string line;
                for (int i = 0; i < row.columnCount(); ++i)
                    line += row.text(i) + "|";
                lines.push_back(line);
                return true;
            }));
        return lines;
    };
    const std::vector<std::string> before = rows();
    QCOMPARE(before.size(), std::size_t{4});
    const auto transaction = must(m_database->beginWrite());
    for (const char* sql : {"DELETE FROM document", "DELETE FROM metric"})
        must(transaction->execute(sql));
    must(reader()->forEachOfType(
        std::string(kDocumentsAccepted), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            CS_CHECK(m_projector.apply(*transaction, event));
            return true;
        }));
    QCOMPARE(rows(), before);
}

} // namespace

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
