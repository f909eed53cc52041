#include "models/encoding.h"
#include "planes/trust/tlog_proof.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

constexpr std::uint64_t kSize = 7;
const std::string kOrigin = "example.com/log";
const std::string kHeader = "c2sp.org/tlog-proof@v1\n";

NoteSigner logKey()
{
    return NoteSigner::make(kOrigin, fixedEd25519('l')).value();
}

NoteSigner witness(const std::string& name, char fill)
{
    return NoteSigner::makeWitness(name, fixedEd25519(fill)).value();
}

TlogProof proofOf(std::uint64_t index)
{
    LeafTree tree = LeafTree::ofCount(kSize);
    TlogProof proof;
    proof.index = index;
    proof.hashes = proveInclusion(tree, index, kSize).value();
    proof.checkpoint = signCheckpoint({kOrigin, kSize, tree.root(0, kSize)}, logKey()).value();
    return proof;
}

} // namespace

class TestTlogProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provesEveryEntry()
    {
        const HeadTrust trust{logKey().verifier()};
        for (std::uint64_t index = 0; index < kSize; ++index) {
            const TlogProof proof = proofOf(index);
            const TlogProof read = TlogProof::parse(proof.toText()).value();
            QVERIFY(read == proof);
            const auto head = verifyTlogProof(read, std::to_string(index), trust);
            QVERIFY(head.ok());
            QVERIFY(head->checkpoint.size == kSize);
            QVERIFY(!verifyTlogProof(read, "another entry", trust).ok());
        }
    }

    void refusesEveryProofWithOneBitChanged()
    {
        const HeadTrust trust{logKey().verifier()};
        const std::string text = proofOf(3).toText();
        for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
            const auto read = TlogProof::parse(flipped(text, bit));
            QVERIFY(!read.ok() || !verifyTlogProof(*read, "3", trust).ok());
        }
    }

    void extraIsCarriedAlong()
    {
        TlogProof proof = proofOf(2);
        proof.extra = "anything";
        const TlogProof read = TlogProof::parse(proof.toText()).value();
        QVERIFY(read == proof);
        QVERIFY(verifyTlogProof(read, "2", {logKey().verifier()}).ok());
        proof.extra = "";
        QVERIFY(TlogProof::parse(proof.toText()).value() == proof);
    }

    void quorumCountsKeysNotNames()
    {
        TlogProof proof = proofOf(2);
        const Instant time = Instant::fromUnixSeconds(1'750'000'000);
        const NoteSigner first = witness("one.example.com", '1');
        const NoteSigner sameKey = witness("alias.example.com", '1');
        const NoteSigner second = witness("two.example.com", '2');
        proof.checkpoint = cosignCheckpoint(proof.checkpoint, first, time).value();
        proof.checkpoint = cosignCheckpoint(proof.checkpoint, sameKey, time).value();
        HeadTrust trust{
            logKey().verifier(), {first.verifier(), sameKey.verifier(), second.verifier()}, 1};
        QVERIFY(verifyTlogProof(proof, "2", trust).ok());
        trust.quorum = 2;
        QVERIFY(verifyTlogProof(proof, "2", trust).error().rule == "tlog_proof.quorum");
        proof.checkpoint = cosignCheckpoint(proof.checkpoint, second, time).value();
        QVERIFY(verifyTlogProof(proof, "2", trust).ok());
        // The log's own key does not witness itself.
        trust.witnesses = {logKey().verifier()};
        trust.quorum = 1;
        QVERIFY(!verifyTlogProof(proof, "2", trust).ok());
    }

    void refusesMalformedFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString(text);
        };
        const std::string hash = base64Encode(Digest::of("").bytes()) + "\n";
        row("nothing", "");
        row("header alone", kHeader);
        row("no index", kHeader + "\ncheckpoint\n");
        row("index twice", kHeader + "index 0\nindex 0\n\ncheckpoint\n");
        row("index with a zero", kHeader + "index 00\n\ncheckpoint\n");
        row("index negative", kHeader + "index -1\n\ncheckpoint\n");
        row("extra after index", kHeader + "index 0\nextra AA==\n\ncheckpoint\n");
        row("extra twice", kHeader + "extra AA==\nextra AA==\nindex 0\n\ncheckpoint\n");
        row("short hash", kHeader + "index 0\nAAAA\n\ncheckpoint\n");
        row("no empty line", kHeader + "index 0\n" + hash + "checkpoint\n");
        row("no checkpoint", kHeader + "index 0\n" + hash + "\n");
        row("carriage return", "c2sp.org/tlog-proof@v1\r\nindex 0\n\ncheckpoint\n");
    }
    void refusesMalformedFiles()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(TlogProof::parse(text.toStdString()).error().code, ErrorCode::InvalidInput);
    }

    void refusesTooLargeFiles()
    {
        std::string text = kHeader + "index 0\n";
        for (std::size_t i = 0; i <= kProofHashCountMax; ++i)
            text += base64Encode(Digest::of("").bytes()) + "\n";
        QCOMPARE(TlogProof::parse(text + "\nx\n").error().code, ErrorCode::LimitExceeded);
        QCOMPARE(
            TlogProof::parse(std::string(3U << 20U, 'x')).error().code, ErrorCode::LimitExceeded);
    }
};

QTEST_GUILESS_MAIN(TestTlogProof)
#include "tst_tlog_proof.moc"
