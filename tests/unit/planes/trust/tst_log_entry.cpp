#include "models/json.h"
#include "planes/trust/log_entry.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

#include <array>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

const std::string kPayload = R"({"answer":"approve"})";

SignatureLeaf leafOf(const PrivateKey& key)
{
    const Envelope envelope = signEnvelope(kPayload, kInTotoPayloadType, key).value();
    return {
        preAuthDigest(kInTotoPayloadType, kPayload),
        envelope.signatures.front().signature,
        key.publicKey()};
}

EventLeaf sampleEvent()
{
    return {
        "evt_01J0000000000000000000000A",
        "request.opened",
        Instant::parse("2026-05-18T13:18:00Z").value(),
        Digest::of("body"),
        {{"decision", "dec_01J0000000000000000000000B"}}};
}

} // namespace

class TestLogEntry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signatureLeavesAreCanonicalJson()
    {
        const std::array<PrivateKey, 2> keys = {newP256(), fixedEd25519()};
        for (const PrivateKey& key : keys) {
            const SignatureLeaf leaf = leafOf(key);
            const std::string bytes = leaf.toBytes().value();
            QVERIFY(canonicalJson(parseJson(bytes).value()).value() == bytes);
            const LogLeaf read = parseLogLeaf(bytes).value();
            QVERIFY(std::get<SignatureLeaf>(read) == leaf);
            QVERIFY(leaf.verify(kInTotoPayloadType, kPayload).ok());
        }
    }

    void signatureLeavesHaveTheSizeTheSpecificationGives()
    {
        // 489 bytes for a P-256 signature of 70 to 72 bytes, which is one base64 length.
        SignatureLeaf leaf = leafOf(newP256());
        while (leaf.signature.size() < 70)
            leaf = leafOf(newP256());
        QCOMPARE(leaf.toBytes().value().size(), std::size_t{489});
    }

    void signatureLeavesAreBoundToThePayload()
    {
        const SignatureLeaf leaf = leafOf(fixedEd25519());
        QVERIFY(leaf.verify(kInTotoPayloadType, "{}").error().rule == "log_entry.digest");
        QVERIFY(leaf.verify("text/plain", kPayload).error().rule == "log_entry.digest");
        SignatureLeaf forged = leaf;
        forged.signature = flipped(leaf.signature, 0);
        QVERIFY(forged.verify(kInTotoPayloadType, kPayload).error().rule == "log_entry.signature");
        forged = SignatureLeaf{leaf.preAuthDigest, leaf.signature, fixedEd25519('x').publicKey()};
        QVERIFY(!forged.verify(kInTotoPayloadType, kPayload).ok());
    }

    void eventLeavesAreCanonicalJson()
    {
        const EventLeaf leaf = sampleEvent();
        const std::string bytes = leaf.toBytes().value();
        QVERIFY(
            bytes
            == R"({"apiVersion":"1","bodySha256":")" + Digest::of("body").hex()
                   + R"(","id":"evt_01J0000000000000000000000A","kind":"countersign.event",)"
                     R"("links":{"decision":"dec_01J0000000000000000000000B"},)"
                     R"("time":"2026-05-18T13:18:00Z","type":"request.opened"})");
        QVERIFY(std::get<EventLeaf>(parseLogLeaf(bytes).value()) == leaf);
    }

    void refusesEveryOtherEncoding()
    {
        const std::string event = sampleEvent().toBytes().value();
        const std::string signature = leafOf(fixedEd25519()).toBytes().value();
        for (const std::string& bytes : {event, signature}) {
            QVERIFY(!parseLogLeaf(" " + bytes).ok());
            QVERIFY(!parseLogLeaf(bytes + "\n").ok());
            QVERIFY(!parseLogLeaf(bytes.substr(0, bytes.size() - 1) + R"(,"zzz":1})").ok());
            for (std::size_t size = 0; size < bytes.size(); ++size)
                QVERIFY(!parseLogLeaf(bytes.substr(0, size)).ok());
            // What still reads after a change is another leaf, written in its one form.
            for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
                const std::string changed = flipped(bytes, bit);
                const auto read = parseLogLeaf(changed);
                if (read.ok())
                    QVERIFY(
                        std::visit([](const auto& leaf) { return leaf.toBytes(); }, *read).value()
                        == changed);
            }
        }
    }

    void refusesOtherKinds_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("nothing") << QByteArray() << ErrorCode::InvalidInput;
        QTest::newRow("array") << QByteArray("[]") << ErrorCode::InvalidInput;
        QTest::newRow("no kind") << QByteArray(R"({"apiVersion":"1"})") << ErrorCode::InvalidInput;
        QTest::newRow("Rekor's dsse")
            << QByteArray(R"({"apiVersion":"0.0.2","kind":"dsse","spec":{}})")
            << ErrorCode::Unsupported;
        QTest::newRow("older hashedrekord")
            << QByteArray(R"({"apiVersion":"0.0.1","kind":"hashedrekord","spec":{}})")
            << ErrorCode::Unsupported;
        QTest::newRow("empty hashedrekord")
            << QByteArray(R"({"apiVersion":"0.0.2","kind":"hashedrekord","spec":{}})")
            << ErrorCode::InvalidInput;
        QTest::newRow("too large") << QByteArray(70'000, ' ') << ErrorCode::LimitExceeded;
    }
    void refusesOtherKinds()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QCOMPARE(parseLogLeaf(bytes.toStdString()).error().code, code);
    }

    void refusesToWriteWhatItWouldNotRead()
    {
        EventLeaf leaf = sampleEvent();
        leaf.id.clear();
        QVERIFY(!leaf.toBytes().ok());
        leaf = sampleEvent();
        leaf.links["x"] = "\xFF";
        QVERIFY(!leaf.toBytes().ok());
        leaf.links["x"] = std::string(70'000, 'x');
        QCOMPARE(leaf.toBytes().error().code, ErrorCode::LimitExceeded);
    }
};

QTEST_GUILESS_MAIN(TestLogEntry)
#include "tst_log_entry.moc"
