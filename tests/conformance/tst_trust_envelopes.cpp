#include "planes/trust/dsse.h"
#include "planes/trust/statement.h"
#include "tests/conformance/trust_vectors.h"

#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

namespace {

/// A decimal number below 2^256 as 32 bytes.
std::string bytesOfDecimal(const std::string& digits)
{
    std::string bytes(32, '\0');
    for (const char digit : digits) {
        unsigned carry = static_cast<unsigned>(digit - '0');
        for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
            carry += 10U * static_cast<unsigned char>(*byte);
            *byte = static_cast<char>(carry & 0xFFU);
            carry >>= 8U;
        }
    }
    return bytes;
}

PublicKey p256FromDecimal(const Json& key)
{
    return PublicKey::fromSpkiDer(
               hexDecode("3059301306072a8648ce3d020106082a8648ce3d03010703420004").value()
               + bytesOfDecimal(textOf(key, "xDecimal")) + bytesOfDecimal(textOf(key, "yDecimal")))
        .value();
}

/// What formats.md asks of a statement, stated once more over the bare JSON.
bool shouldBeReadable(const std::string& payload)
{
    const auto json = parseJson(payload);
    if (!json.ok() || textMember(*json, "_type") != kStatementType)
        return false;
    const Json subjects = json->value("subject", Json::array());
    return !subjects.empty()
           && std::all_of(subjects.begin(), subjects.end(), [](const Json& subject) {
                  return subject.contains("digest") && subject["digest"].contains("sha256");
              });
}

} // namespace

class TestTrustEnvelopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheSpecificationsOwnEnvelope()
    {
        const QString folder = vectorFolder(QStringLiteral("dsse-spec"));
        NEED_VECTORS(folder);
        for (const QString& path : filesBelow(folder, QStringLiteral("*.json"))) {
            const Json file = readJsonVector(path);
            const Envelope envelope = Envelope::fromJson(file.at("envelope")).value();
            QVERIFY(envelope.payload == textOf(file, "bodyUtf8"));
            const std::string pae = preAuthEncoding(envelope.payloadType, envelope.payload);
            QVERIFY(pae == textOf(file, "paeUtf8"));
            const PublicKey key = p256FromDecimal(file.at("key"));
            for (const EnvelopeSignature& signature : envelope.signatures)
                QVERIFY(key.verify(pae, signature.signature));
            // Its type is not ours, so the envelope as a whole is refused.
            QVERIFY(verifyEnvelope(envelope, key).error().rule == "dsse.payload_type");
            QVERIFY(Envelope::parse(envelope.toJson()).value() == envelope);
        }
    }

    void verifiesInTotoEnvelopes()
    {
        const QString folder = vectorFolder(QStringLiteral("in-toto-dsse-ed25519"));
        NEED_VECTORS(folder);
        const Json keyFile = readJsonVector(folder + QStringLiteral("/key.pub"));
        const PublicKey key =
            PublicKey::fromRawEd25519(bytesOfHex(keyFile.at("keyval"), "public")).value();
        const QStringList paths = filesBelow(folder, QStringLiteral("*.json"));
        QVERIFY(!paths.isEmpty());
        for (const QString& path : paths) {
            const Envelope envelope = Envelope::parse(readVector(path)).value();
            QVERIFY2(verifyEnvelope(envelope, key).ok(), qPrintable(path));
            QCOMPARE(parseStatement(envelope.payload).ok(), shouldBeReadable(envelope.payload));
            Envelope changed = envelope;
            changed.payload += ' ';
            QVERIFY(!verifyEnvelope(changed, key).ok());
        }
    }

    /// Keys other than the one for PAE sign the bare payload: such a signature must not count.
    void doesNotFallIntoTheTrapOfBarePayloads()
    {
        const QString folder =
            vectorFolder(QStringLiteral("slsa-verifier")) + QStringLiteral("/gcb");
        NEED_VECTORS(folder);
        std::vector<PublicKey> keys;
        for (const QString& path : filesBelow(folder, QStringLiteral("*.pem")))
            keys.push_back(PublicKey::fromPem(readVector(path)).value());
        QVERIFY(!keys.empty());
        bool bareSignatureSeen = false;
        for (const QString& path : filesBelow(folder, QStringLiteral("*.json"))) {
            const bool expected = path.endsWith(QStringLiteral("-successful.json"));
            bool verified = false;
            const auto file = parseJson(readVector(path));
            const Json* list =
                file.ok() ? valueAt(*file, "/provenance_summary/provenance") : nullptr;
            for (const Json& item : list == nullptr ? Json::array() : *list) {
                const auto envelope = Envelope::fromJson(item.at("envelope"));
                if (!envelope.ok())
                    continue;
                const auto signers = signersOf(*envelope, keys);
                verified = verified || (signers.ok() && !signers->empty());
                for (const PublicKey& key : keys)
                    bareSignatureSeen =
                        bareSignatureSeen
                        || key.verify(envelope->payload, envelope->signatures.front().signature);
            }
            QVERIFY2(verified == expected, qPrintable(path));
        }
        QVERIFY(bareSignatureSeen);
    }

    void verifiesAVerificationSummary()
    {
        const QString folder =
            vectorFolder(QStringLiteral("slsa-verifier")) + QStringLiteral("/vsa");
        NEED_VECTORS(folder);
        const QStringList keyPaths = filesBelow(folder, QStringLiteral("*.pem"));
        QCOMPARE(keyPaths.size(), 1);
        const PublicKey key = PublicKey::fromPem(readVector(keyPaths.front())).value();
        for (const QString& path : filesBelow(folder, QStringLiteral("*.jsonl"))) {
            const QByteArray text = QByteArray::fromStdString(readVector(path));
            for (const QByteArray& line : text.split('\n')) {
                if (line.trimmed().isEmpty())
                    continue;
                const Envelope envelope = Envelope::parse(line.toStdString()).value();
                QVERIFY(verifyEnvelope(envelope, key).ok());
                QCOMPARE(parseStatement(envelope.payload).ok(), shouldBeReadable(envelope.payload));
            }
        }
    }

    /// Their certificates are not checked by this version; their form is.
    void readsTheFormOfProvenanceEnvelopes()
    {
        const QString folder =
            vectorFolder(QStringLiteral("slsa-verifier")) + QStringLiteral("/gha");
        NEED_VECTORS(folder);
        for (const QString& path : filesBelow(folder, QStringLiteral("*"))) {
            const auto file = parseJson(readVector(path));
            QVERIFY2(file.ok(), qPrintable(path));
            const bool isBundle = file->contains("dsseEnvelope");
            const auto envelope = Envelope::fromJson(isBundle ? file->at("dsseEnvelope") : *file);
            QVERIFY2(envelope.ok(), qPrintable(path));
            QVERIFY(envelope->payloadType == kInTotoPayloadType);
            QVERIFY(Envelope::parse(envelope->toJson()).value() == *envelope);
            QCOMPARE(parseStatement(envelope->payload).ok(), shouldBeReadable(envelope->payload));
        }
    }
};

QTEST_GUILESS_MAIN(TestTrustEnvelopes)
#include "tst_trust_envelopes.moc"
