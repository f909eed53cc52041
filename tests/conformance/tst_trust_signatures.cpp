#include "planes/trust/keys.h"
#include "tests/conformance/trust_vectors.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace countersign;
using namespace countersign::trust;
using namespace countersign::trust::test;

class TestTrustSignatures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesSignaturesAsWycheproofDoes_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path :
             filesBelow(vectorFolder(QStringLiteral("wycheproof")), QStringLiteral("*.json")))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
        if (!QDir(vectorFolder(QStringLiteral("wycheproof"))).exists())
            QTest::newRow("absent") << vectorFolder(QStringLiteral("wycheproof"));
    }
    void judgesSignaturesAsWycheproofDoes()
    {
        QFETCH(QString, path);
        NEED_VECTORS(QFileInfo(path).path());
        int caseCount = 0;
        const Json file = readJsonVector(path);
        for (const Json& group : file.at("testGroups")) {
            const auto fromDer = PublicKey::fromSpkiDer(bytesOfHex(group, "publicKeyDer"));
            QVERIFY(fromDer.ok());
            QVERIFY(PublicKey::fromPem(textOf(group, "publicKeyPem")).value() == *fromDer);
            for (const Json& test : group.at("tests")) {
                const bool good = fromDer->verify(bytesOfHex(test, "msg"), bytesOfHex(test, "sig"));
                const std::string expected = textOf(test, "result");
                QVERIFY2(
                    expected == "acceptable" || good == (expected == "valid"),
                    qPrintable(QString::fromStdString(test.dump())));
                ++caseCount;
            }
        }
        QVERIFY(caseCount > 0);
    }

    /// Verifiers differ on these; ours refuses whatever one of the common ones refuses.
    void isStrictWhereVerifiersOfEd25519Differ()
    {
        const QString folder = vectorFolder(QStringLiteral("cctv-ed25519"));
        NEED_VECTORS(folder);
        const std::set<std::string> refused = {
            "low_order_A",
            "low_order_R",
            "low_order_residue",
            "non_canonical_A",
            "non_canonical_R"};
        for (const QString& path : filesBelow(folder, QStringLiteral("*.json"))) {
            const Json file = readJsonVector(path);
            QVERIFY(!file.empty());
            for (const Json& test : file) {
                const Json flags = test.value("flags", Json::array());
                const bool expected =
                    flags.is_null()
                    || std::none_of(flags.begin(), flags.end(), [&refused](const Json& flag) {
                           return refused.contains(flag.get<std::string>());
                       });
                const auto key = PublicKey::fromRawEd25519(bytesOfHex(test, "key"));
                const bool good =
                    key.ok() && key->verify(textOf(test, "msg"), bytesOfHex(test, "sig"));
                QVERIFY2(good == expected, qPrintable(QString::fromStdString(test.dump())));
            }
        }
    }

    void signsEd25519ToTheByte()
    {
        const QString folder = vectorFolder(QStringLiteral("ed25519-signing"));
        NEED_VECTORS(folder);
        constexpr qsizetype kKeyDigitCount = 64;
        constexpr qsizetype kSignatureDigitCount = 128;
        int caseCount = 0;
        for (const QString& path : filesBelow(folder, QStringLiteral("*.txt"))) {
            const QByteArray text = QByteArray::fromStdString(readVector(path));
            for (const QByteArray& line : text.split('\n')) {
                const QList<QByteArray> fields = line.split(':');
                if (fields.size() < 4)
                    continue;
                const auto hex = [](const QByteArray& digits) {
                    return hexDecode(digits.toStdString()).value();
                };
                const PrivateKey key = PrivateKey::fromEd25519Seed(
                                           SecretBytes::copyOf(hex(fields[0].left(kKeyDigitCount))))
                                           .value();
                const std::string message = hex(fields[2]);
                const std::string signature = hex(fields[3].left(kSignatureDigitCount));
                QVERIFY(key.publicKey().raw() == hex(fields[1]));
                QVERIFY(key.sign(message).value() == signature);
                QVERIFY(key.publicKey().verify(message, signature));
                ++caseCount;
            }
        }
        QVERIFY(caseCount > 0);
    }

    void saysWhichVectorsItDoesNotRun_data()
    {
        QTest::addColumn<QString>("what");
        const auto row = [](const char* folder, const QString& what) {
            QTest::newRow(folder) << what;
        };
        row("minisign-signify", QStringLiteral("minisign signatures"));
        row("openssh-sshsig", QStringLiteral("SSHSIG signatures"));
        row("rfc3161", QStringLiteral("time-stamp responses"));
        row("sigstore-conformance", QStringLiteral("Sigstore bundles"));
        row("sigstore-go-examples", QStringLiteral("Sigstore bundles"));
        row("ep-authorization",
            QStringLiteral("authorization receipts other than their canonical form"));
    }
    void saysWhichVectorsItDoesNotRun()
    {
        QFETCH(QString, what);
        QSKIP(qPrintable(QStringLiteral("not run by this version: %1").arg(what)));
    }
};

QTEST_GUILESS_MAIN(TestTrustSignatures)
#include "tst_trust_signatures.moc"
