#include "planes/data/blobs.h"
#include "planes/trust/detail/zip_file.h"
#include "planes/trust/evidence_pack.h"
#include "planes/trust/ledger_store.h"
#include "planes/trust/statement.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

namespace archive = countersign::trust::detail;
using Files = std::map<std::string, std::string>;

constexpr archive::ZipLimits kWide{100'000, 1U << 30U, 1U << 30U};
constexpr const char* kDecision = "dec_01KRX39KT0RW5Z6WR4FKDDPFDP";
constexpr int kFlipCount = 200;
constexpr int kRawFlipCount = 400;

NoteSigner logKey(char seed = 'l')
{
    return NoteSigner::make("example.com/pack", fixedEd25519(seed)).value();
}

/// A ledger of a genesis statement, some events and one signed answer.
struct Bench
{
    /// `namedKey` is the log key that the genesis names.
    explicit Bench(char seed = 'l', char namedKey = 'l')
        : key(logKey(seed))
        , writer(logKey(seed), {})
        , store(*database, writer)
    {
        const Envelope genesis = signedStatement(
            "https://example.com/genesis/v1", {{"log", logKey(namedKey).verifier().vkey()}});
        const Envelope answer = signedStatement("https://example.com/answer/v1", {{"yes", true}});
        content.anchor = Digest::of(genesis.payload);
        store
            .write([&](data::SqlSession& session, LedgerWriter& ledger) -> Result<void> {
                CS_TRY(const Digest document, data::putBlob(session, "{\"a\":1}"));
                content.documents = {document};
                CS_CHECK(ledger.appendStatement(session, genesis, signer.publicKey(), {}));
                CS_CHECK(ledger.append(session, event("workspace.created", {}, {{"n", 1U}})));
                for (unsigned i = 0; i < 5; ++i)
                    CS_CHECK(ledger.append(session, event("other", "dec_other", {{"i", i}})));
                CS_CHECK(ledger.append(session, event("request.opened", kDecision, {{"q", "?"}})));
                CS_CHECK(ledger.appendStatement(session, answer, signer.publicKey(), kDecision));
                CS_CHECK(ledger.append(
                    session, event("answer.recorded", kDecision, {{"statement_index", 8U}})));
                return {};
            })
            .value();
        content.decisionId = kDecision;
        content.entries = {0, 1, 7, 8, 9};
        content.roster = "{\"schema\":\"roster\"}";
        content.policy = "{\"schema\":\"policy\"}";
        content.keys = {signer.publicKey()};
        content.report = "<!DOCTYPE html><title>x</title>";
    }

    Envelope signedStatement(const std::string& type, Json predicate)
    {
        const Statement statement{{{"x", Digest::of("x")}}, type, std::move(predicate)};
        return signEnvelope(statement.toJson().value(), kInTotoPayloadType, signer).value();
    }

    LedgerEvent event(const std::string& type, const std::string& decision, Json body)
    {
        SystemEntropy entropy;
        const Instant at = Instant::fromUnixSeconds(1'700'000'000);
        return {0, EventId::make(at, entropy).text(), type, at, decision, std::move(body)};
    }

    std::string write(const QTemporaryDir& folder, const char* name = "pack.zip")
    {
        const std::string path = folder.filePath(QString::fromLatin1(name)).toStdString();
        PackWriter(*database, key).write(content, path).value();
        return path;
    }

    NoteSigner key;
    PrivateKey signer = newP256();
    std::unique_ptr<data::Database> database =
        data::Database::open(
            {{}, data::OpenMode::Memory},
            std::vector<data::Migration>{data::blobMigration(), ledgerMigration()})
            .value();
    LedgerWriter writer;
    LedgerStore store;
    PackContent content{kDecision, Digest::of("")};
};

QByteArray bytesOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Files unpacked(const std::string& path)
{
    Files files;
    archive::ZipReader zip = archive::ZipReader::openFile(path, kWide).value();
    for (const std::string& name : zip.names())
        files[name] = zip.read(name).value();
    return files;
}

/// Rule and file of the refusal, or `good`.
QString refusal(const std::string& path)
{
    const auto pack = PackReader::open(path);
    if (pack.ok())
        return QStringLiteral("good");
    return QString::fromStdString(pack.error().rule + " " + pack.error().file);
}

} // namespace

class TestEvidencePack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packIsALedger()
    {
        Bench bench;
        const auto pack = PackReader::open(bench.write(m_folder)).value();
        QCOMPARE(pack->manifest().decisionId, std::string(kDecision));
        QVERIFY(pack->manifest().anchor == bench.content.anchor);
        const auto ledger = openLedgerReader(*bench.database, bench.key.verifier());
        QVERIFY(pack->head().value() == ledger->head().value());
        for (const std::uint64_t index : bench.content.entries) {
            const LedgerEntry packed = pack->entry(index).value();
            const LedgerEntry stored = ledger->entry(index).value();
            QCOMPARE(packed.leaf, stored.leaf);
            QVERIFY(packed.body == stored.body);
            QCOMPARE(packed.type, stored.type);
            QCOMPARE(packed.decisionId, stored.decisionId);
            QVERIFY(packed.kind == stored.kind);
        }
        QCOMPARE(pack->entry(3).error().code, ErrorCode::NotFound);
        QCOMPARE(pack->document(Digest::of("{\"a\":1}")).value(), std::string("{\"a\":1}"));
        QCOMPARE(pack->document(Digest::of("other")).error().code, ErrorCode::NotFound);
        std::vector<std::uint64_t> seen;
        const auto collect = [&seen](const LedgerEntry& entry) -> Result<bool> {
            seen.push_back(entry.index);
            return true;
        };
        pack->forEachOfDecision(kDecision, collect).value();
        QVERIFY((seen == std::vector<std::uint64_t>{7, 8, 9}));
        seen.clear();
        pack->forEachOfDecision(kDecision, "answer.recorded", collect).value();
        pack->forEachOfType("workspace.created", collect).value();
        QVERIFY((seen == std::vector<std::uint64_t>{9, 1}));
    }

    void sameLedgerGivesTheSameBytes()
    {
        Bench bench;
        const QByteArray first = bytesOf(bench.write(m_folder, "first.zip"));
        QVERIFY(!first.isEmpty());
        QVERIFY(first == bytesOf(bench.write(m_folder, "second.zip")));
    }

    void writesTheWholeFileOrNothing()
    {
        Bench bench;
        const QTemporaryDir folder;
        const std::string path = bench.write(folder);
        QVERIFY(QFile::copy(QString::fromStdString(path), folder.filePath(QStringLiteral("kept"))));
        bench.content.entries.insert(99);
        QVERIFY(!PackWriter(*bench.database, bench.key).write(bench.content, path).ok());
        QVERIFY(bytesOf(path) == bytesOf(folder.filePath(QStringLiteral("kept")).toStdString()));
        bench.content.entries.erase(99);
        const std::string nowhere = folder.filePath(QStringLiteral("absent/p.zip")).toStdString();
        const auto written = PackWriter(*bench.database, bench.key).write(bench.content, nowhere);
        QCOMPARE(written.error().code, ErrorCode::StorageFailed);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void erasedBodiesStayProven()
    {
        Bench bench;
        {
            const auto transaction = bench.database->beginWrite().value();
            QVERIFY(transaction->execute("UPDATE ledger_entry SET body = NULL WHERE idx = 7").ok());
            transaction->commit().value();
        }
        const auto pack = PackReader::open(bench.write(m_folder)).value();
        QVERIFY(!pack->entry(7).value().body);
        QCOMPARE(pack->entry(7).value().type, std::string("request.opened"));
    }

    void anyFlippedByteOfAnyFileIsFound()
    {
        Bench bench;
        const Files files = unpacked(bench.write(m_folder));
        const std::string path = m_folder.filePath(QStringLiteral("flipped.zip")).toStdString();
        std::mt19937_64 random(7);
        for (int i = 0; i < kFlipCount; ++i) {
            // Every file has its turn.
            const auto chosen = std::next(
                files.begin(),
                static_cast<std::ptrdiff_t>(static_cast<std::size_t>(i) % files.size()));
            Files changed = files;
            changed[chosen->first] =
                flipped(chosen->second, random() % (chosen->second.size() * 8));
            archive::writeZip(path, changed).value();
            const auto pack = PackReader::open(path);
            QVERIFY2(!pack.ok(), chosen->first.c_str());
            QVERIFY2(!pack.error().rule.empty(), chosen->first.c_str());
            QVERIFY2(!pack.error().file.empty(), pack.error().describe().c_str());
        }
    }

    void anyFlippedByteOfTheArchiveChangesNothingOrIsFound()
    {
        Bench bench;
        const std::string path = bench.write(m_folder);
        const Files files = unpacked(path);
        const std::string bytes = bytesOf(path).toStdString();
        std::mt19937_64 random(11);
        for (int i = 0; i < kRawFlipCount; ++i) {
            const auto pack = PackReader::openBytes(flipped(bytes, random() % (bytes.size() * 8)));
            if (!pack.ok())
                continue;
            QCOMPARE((*pack)->fileNames().size(), files.size());
            for (const auto& [name, content] : files)
                QCOMPARE((*pack)->file(name).value(), content);
        }
    }

    void truncatedArchivesAreRefused()
    {
        Bench bench;
        const std::string bytes = bytesOf(bench.write(m_folder)).toStdString();
        for (std::size_t size = 0; size < bytes.size(); size += 97)
            QVERIFY(!PackReader::openBytes(bytes.substr(0, size)).ok());
    }

    void missingAndForeignFilesAreFound_data()
    {
        QTest::addColumn<QString>("removed");
        QTest::addColumn<QString>("added");
        QTest::addColumn<QString>("refused");
        QTest::newRow("no manifest") << "manifest.json"
                                     << ""
                                     << "zip.absent manifest.json";
        QTest::newRow("no key") << "log.vkey"
                                << ""
                                << "zip.absent log.vkey";
        QTest::newRow("no body") << "entries/7.body"
                                 << ""
                                 << "pack.absent entries/7.body";
        QTest::newRow("no proof") << "proofs/7.tlog-proof"
                                  << ""
                                  << "pack.absent proofs/7.tlog-proof";
        QTest::newRow("no report") << "report.html"
                                   << ""
                                   << "pack.absent report.html";
        QTest::newRow("one more") << ""
                                  << "notes.txt"
                                  << "pack.unlisted notes.txt";
        QTest::newRow("one more entry") << ""
                                        << "entries/3.leaf"
                                        << "pack.unlisted entries/3.leaf";
        QTest::newRow("out of the folder") << ""
                                           << "../evil"
                                           << "zip.name ";
        QTest::newRow("absolute") << ""
                                  << "/etc/evil"
                                  << "zip.name ";
        QTest::newRow("backslash") << ""
                                   << "a\\b"
                                   << "zip.name ";
        QTest::newRow("hidden") << ""
                                << ".profile"
                                << "zip.name ";
        QTest::newRow("dots inside") << ""
                                     << "keys/../x"
                                     << "zip.name ";
    }

    void missingAndForeignFilesAreFound()
    {
        QFETCH(QString, removed);
        QFETCH(QString, added);
        QFETCH(QString, refused);
        Bench bench;
        Files files = unpacked(bench.write(m_folder));
        files.erase(removed.toStdString());
        if (!added.isEmpty())
            files[added.toStdString()] = "x";
        const std::string path = m_folder.filePath(QStringLiteral("changed.zip")).toStdString();
        archive::writeZip(path, files).value();
        QCOMPARE(refusal(path), refused);
    }

    void repeatedNamesAndLinksAreRefused()
    {
        const std::string path = m_folder.filePath(QStringLiteral("odd.zip")).toStdString();
        archive::writeZip(path, {{"same-name-1", "a"}, {"same-name-2", "b"}}).value();
        QByteArray repeated = bytesOf(path);
        repeated.replace("same-name-2", "same-name-1");
        const auto twice = archive::ZipReader::openBytes(repeated.toStdString(), kWide);
        QVERIFY(!twice.ok());
        // The library finds it first; ours is there for one that does not.
        QVERIFY(twice.error().rule == "zip.form" || twice.error().rule == "zip.repeated");
        QByteArray linked = bytesOf(path);
        // The external attributes of a plain file become those of a symbolic link.
        linked.replace(QByteArray("\x00\x00\xa4\x81", 4), QByteArray("\x00\x00\xff\xa1", 4));
        const auto link = archive::ZipReader::openBytes(linked.toStdString(), kWide);
        QVERIFY(!link.ok());
        QCOMPARE(link.error().rule, std::string("zip.link"));
    }

    void bombsAreRefusedBeforeTheyAreUnpacked()
    {
        const std::string path = m_folder.filePath(QStringLiteral("bomb.zip")).toStdString();
        archive::writeZip(path, {{"manifest.json", std::string(8'000'000, '0')}}).value();
        QCOMPARE(refusal(path), QStringLiteral("zip.ratio manifest.json"));
        const auto limited = [&path](const archive::ZipLimits& limits) {
            return archive::ZipReader::openFile(path, limits).error().rule;
        };
        archive::writeZip(path, {{"a", "12345"}, {"b", "67890"}}).value();
        QCOMPARE(limited({1, 1000, 1000}), std::string("zip.count"));
        QCOMPARE(limited({9, 4, 1000}), std::string("zip.size"));
        QCOMPARE(limited({9, 1000, 9}), std::string("zip.size"));
    }

    void whatIsNoPackIsRefused()
    {
        QCOMPARE(
            PackReader::open(m_folder.filePath(QStringLiteral("absent")).toStdString())
                .error()
                .code,
            ErrorCode::NotFound);
        QVERIFY(!PackReader::open(m_folder.path().toStdString()).ok());
        QVERIFY(!PackReader::openBytes("").ok());
        QVERIFY(!PackReader::openBytes("PK\x05\x06").ok());
    }

    void logKeyThatTheGenesisDoesNotNameIsRefused()
    {
        Bench bench('x', 'l');
        QCOMPARE(refusal(bench.write(m_folder)), QStringLiteral("pack.log_key log.vkey"));
    }

    void packWithoutItsGenesisIsRefused()
    {
        Bench bench;
        bench.content.entries.erase(0);
        QCOMPARE(refusal(bench.write(m_folder)), QStringLiteral("pack.anchor manifest.json"));
    }

    /// The commands in README.txt, run as they stand there.
    void readmeCommandsCheckThePack()
    {
        for (const char* tool : {"sh", "unzip", "openssl", "sha256sum", "awk"}) {
            if (QStandardPaths::findExecutable(QString::fromLatin1(tool)).isEmpty())
                QSKIP(qPrintable(QStringLiteral("no %1 here").arg(QString::fromLatin1(tool))));
        }
        Bench bench;
        const QTemporaryDir folder;
        const std::string path = bench.write(folder);
        const QString readme = QString::fromStdString(unpacked(path).at("README.txt"));
        QCOMPARE(runCommands(readme, folder), 0);
        Files changed = unpacked(path);
        changed["report.html"] += " ";
        archive::writeZip(path, changed).value();
        QVERIFY(runCommands(readme, folder) != 0);
    }

private:
    static int runCommands(const QString& readme, const QTemporaryDir& folder)
    {
        QString script = QStringLiteral("set -e\nrm -rf t; mkdir -p t tmp; cd t\n");
        for (const QString& line : readme.split(QLatin1Char('\n'))) {
            if (line.startsWith(QStringLiteral("    ")))
                script += line + QLatin1Char('\n');
        }
        script.replace(QStringLiteral("/tmp/"), QStringLiteral("../tmp/"));
        script.replace(QStringLiteral("entries/N"), QStringLiteral("entries/8"));
        script.replace(QStringLiteral("keys/K.pem"), QStringLiteral("keys/*.pem"));
        QProcess shell;
        shell.setWorkingDirectory(folder.path());
        shell.setProcessChannelMode(QProcess::MergedChannels);
        shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), script});
        if (!shell.waitForFinished())
            return -1;
        if (shell.exitCode() != 0)
            qInfo("%s", shell.readAll().constData());
        return shell.exitCode();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestEvidencePack)
#include "tst_evidence_pack.moc"
