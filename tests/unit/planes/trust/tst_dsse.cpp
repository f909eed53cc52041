#include "models/encoding.h"
#include "planes/trust/dsse.h"
#include "tests/unit/planes/trust/support/trust_samples.h"

#include <QTest>

#include <array>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

const std::string kPayload = R"({"answer":"approve"})";

std::string envelopeJson(const std::string& signatures)
{
    return R"({"payload":"e30=","payloadType":"t","signatures":)" + signatures + "}";
}

} // namespace

class TestDsse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesByteCountsNotCharacters()
    {
        QVERIFY(
            preAuthEncoding("http://example.com/HelloWorld", "hello world")
            == "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        QVERIFY(preAuthEncoding("", "") == "DSSEv1 0  0 ");
        QVERIFY(preAuthEncoding("\xC3\xA4", "\xE2\x82\xAC") == "DSSEv1 2 \xC3\xA4 3 \xE2\x82\xAC");
        QVERIFY(preAuthDigest("a", "b") == Digest::of("DSSEv1 1 a 1 b"));
    }

    void verifiesWhatItSigned()
    {
        const std::array<PrivateKey, 2> keys = {fixedEd25519(), newP256()};
        for (const PrivateKey& key : keys) {
            const Envelope envelope = signEnvelope(kPayload, kInTotoPayloadType, key).value();
            QVERIFY(verifyEnvelope(envelope, key.publicKey()).ok());
            const Envelope read = Envelope::parse(envelope.toJson()).value();
            QVERIFY(read == envelope);
            QVERIFY(verifyEnvelope(read, key.publicKey()).ok());
            QVERIFY(
                verifyEnvelope(read, newP256().publicKey()).error().code
                == ErrorCode::SignatureInvalid);
        }
    }

    void refusesEveryEnvelopeWithOneBitChanged()
    {
        const PrivateKey key = fixedEd25519();
        const Envelope envelope = signEnvelope(kPayload, kInTotoPayloadType, key).value();
        for (std::size_t bit = 0; bit < 8 * envelope.payload.size(); ++bit) {
            Envelope changed = envelope;
            changed.payload = flipped(envelope.payload, bit);
            QVERIFY(!verifyEnvelope(changed, key.publicKey()).ok());
        }
        for (std::size_t bit = 0; bit < 8 * envelope.payloadType.size(); ++bit) {
            Envelope changed = envelope;
            changed.payloadType = flipped(envelope.payloadType, bit);
            QVERIFY(!verifyEnvelope(changed, key.publicKey()).ok());
        }
        for (std::size_t bit = 0; bit < 8 * envelope.signatures[0].signature.size(); ++bit) {
            Envelope changed = envelope;
            changed.signatures[0].signature = flipped(envelope.signatures[0].signature, bit);
            QVERIFY(!verifyEnvelope(changed, key.publicKey()).ok());
        }
    }

    void refusesOtherPayloadTypesEvenWhenTheSignatureIsGood()
    {
        const PrivateKey key = fixedEd25519();
        const Envelope envelope = signEnvelope(kPayload, "application/json", key).value();
        QVERIFY(verifyEnvelope(envelope, key.publicKey()).error().rule == "dsse.payload_type");
        const std::vector<PublicKey> keys = {key.publicKey()};
        QVERIFY(signersOf(envelope, keys).error().rule == "dsse.payload_type");
        QVERIFY(!signEnvelope(kPayload, "\xFF", key).ok());
    }

    void refusesASignatureOverTheBarePayload()
    {
        const PrivateKey key = fixedEd25519();
        const Envelope envelope{
            kPayload, std::string(kInTotoPayloadType), {{"", key.sign(kPayload).value()}}};
        QVERIFY(!verifyEnvelope(envelope, key.publicKey()).ok());
    }

    void doesNotDecideByKeyId()
    {
        const PrivateKey key = fixedEd25519();
        Envelope envelope = signEnvelope(kPayload, kInTotoPayloadType, key).value();
        envelope.signatures[0].keyId = "somebody else";
        QVERIFY(verifyEnvelope(envelope, key.publicKey()).ok());
        envelope.signatures.insert(envelope.signatures.begin(), {key.publicKey().keyId(), "junk"});
        QVERIFY(verifyEnvelope(envelope, key.publicKey()).ok());
    }

    void countsKeysNotSignatures()
    {
        const PrivateKey one = fixedEd25519('1');
        const PrivateKey two = newP256();
        Envelope envelope = signEnvelope(kPayload, kInTotoPayloadType, one).value();
        QVERIFY(addSignature(envelope, one).ok());
        QVERIFY(addSignature(envelope, two).ok());
        QVERIFY(addSignature(envelope, two).ok());
        const std::vector<PublicKey> candidates = {
            one.publicKey(), two.publicKey(), one.publicKey(), fixedEd25519('3').publicKey()};
        const auto signers = signersOf(envelope, candidates).value();
        QCOMPARE(signers.size(), std::size_t{2});
        QCOMPARE(distinctKeyCount(signers), std::size_t{2});
        QCOMPARE(distinctKeyCount(candidates), std::size_t{3});
        QCOMPARE(distinctKeyCount({}), std::size_t{0});
    }

    void readsBothAlphabetsAndWritesTheStandardOne()
    {
        const auto url =
            Envelope::parse(R"({"payload":"_-8","payloadType":"t","signatures":[{"sig":"_w"}]})");
        const auto standard = Envelope::parse(
            R"({"payload":"/+8=","payloadType":"t","signatures":[{"keyid":"","sig":"/w=="}]})");
        QVERIFY(url.ok() && standard.ok());
        QVERIFY(*url == *standard);
        QVERIFY(
            url->toJson()
            == R"({"payload":"/+8=","payloadType":"t","signatures":[{"keyid":"","sig":"/w=="}]})");
    }

    void ignoresUnknownMembers()
    {
        const auto envelope = Envelope::parse(
            R"({"payload":"","payloadType":"","extra":[1],"signatures":[{"sig":"","cert":"x"}]})");
        QVERIFY(envelope.ok());
    }

    void refusesMalformedEnvelopes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char* name, const std::string& json, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(json) << code;
        };
        row("nothing", "", ErrorCode::InvalidInput);
        row("array", "[]", ErrorCode::InvalidInput);
        row("no payload",
            R"({"payloadType":"t","signatures":[{"sig":""}]})",
            ErrorCode::InvalidInput);
        row("payload twice",
            R"({"payload":"","payload":"","payloadType":"t","signatures":[{"sig":""}]})",
            ErrorCode::InvalidInput);
        row("type not text",
            R"({"payload":"","payloadType":1,"signatures":[{"sig":""}]})",
            ErrorCode::InvalidInput);
        row("payload not base64",
            R"({"payload":"a b=","payloadType":"t","signatures":[{"sig":""}]})",
            ErrorCode::InvalidInput);
        row("no signatures", R"({"payload":"","payloadType":"t"})", ErrorCode::InvalidInput);
        row("empty signatures", envelopeJson("[]"), ErrorCode::InvalidInput);
        row("signatures an object", envelopeJson("{}"), ErrorCode::InvalidInput);
        row("signature a text", envelopeJson(R"(["x"])"), ErrorCode::InvalidInput);
        row("signature without sig", envelopeJson(R"([{"keyid":"x"}])"), ErrorCode::InvalidInput);
        row("keyid a number", envelopeJson(R"([{"keyid":1,"sig":""}])"), ErrorCode::InvalidInput);
        row("sig with stray bits", envelopeJson(R"([{"sig":"/x=="}])"), ErrorCode::InvalidInput);
        row("huge signature",
            envelopeJson("[{\"sig\":\"" + std::string(12'000, 'A') + "\"}]"),
            ErrorCode::LimitExceeded);
        std::string many;
        for (int i = 0; i < 65; ++i)
            many += std::string(many.empty() ? "" : ",") + R"({"sig":""})";
        row("too many", envelopeJson("[" + many + "]"), ErrorCode::LimitExceeded);
        row("deep", std::string(100'000, '['), ErrorCode::LimitExceeded);
    }
    void refusesMalformedEnvelopes()
    {
        QFETCH(QByteArray, json);
        QFETCH(ErrorCode, code);
        QCOMPARE(Envelope::parse(json.toStdString()).error().code, code);
    }
};

QTEST_GUILESS_MAIN(TestDsse)
#include "tst_dsse.moc"
