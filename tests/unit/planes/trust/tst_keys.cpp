#include "models/encoding.h"
#include "planes/trust/keys.h"

#include <QTest>

#include <set>

using namespace countersign;
using namespace countersign::trust;

namespace {

constexpr UnlockCost kCheap{.logN = 10};
constexpr std::string_view kMessage = "the very bytes that are signed";

SecretBytes passphrase(std::string_view text = "correct horse")
{
    return SecretBytes::copyOf(text);
}

std::string flipped(std::string bytes, std::size_t bit)
{
    bytes[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << bit % 8));
    return bytes;
}

std::string hex(std::string_view text)
{
    return hexDecode(text).value();
}

/// The DER between the two lines of a PEM block.
std::string derOf(std::string_view pem)
{
    std::string digits;
    for (std::size_t start = 0; start < pem.size();) {
        const std::size_t end = pem.find('\n', start);
        if (pem[start] != '-')
            digits += pem.substr(start, end - start);
        start = end + 1;
    }
    return base64Decode(digits).value();
}

std::string encryptedPem(std::string_view der)
{
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + base64Encode(der)
           + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    CS_ASSERT(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

void addAlgorithms()
{
    QTest::addColumn<KeyAlgorithm>("algorithm");
    QTest::newRow("P-256") << KeyAlgorithm::EcdsaP256;
    QTest::newRow("Ed25519") << KeyAlgorithm::Ed25519;
}

// Made with `openssl genpkey` and `openssl pkcs8 -topk8`, passphrase `abc`.
constexpr std::string_view kForeignPbkdf2 =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAji3p3LoYmfxQICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEFnQddJNSO0q/YAMwlM2JzEEgZB/\n"
    "pxpf/MS4aVwQBrTLVUvoakPxqq7u5oexd3sNQH08z5HF2TUVuArcyx+2CDYgdKYT\n"
    "MauF+4bCJ1Jvdyf5hbh+LpxnxdT4hublSuU+Xgog4k4jonx6tNEIp8Nc0EKSSneG\n"
    "B77WeDv6RKARK9+VPxAT8S0PFdrCftJJQptqUztSzwKGux8anQ6vcbODKwQ0/Gk=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
constexpr std::string_view kForeignScrypt =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAgUS2GGX+fZ3wICQAAC\n"
    "AQgCAQEwHQYJYIZIAWUDBAEqBBCEmzdErYotbaS982nDVkrVBEA9cFUhmZ97lISW\n"
    "23/32cFzoUjmV0qChrjLGlFtsl3JWmi5UxF1nZpfvtsgq3+jOZg8iYpi4TuGIS/c\n"
    "/VKQqTli\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
constexpr std::string_view kForeignRsaPublic =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCj0/Maxi0gH7Z3ZXp4kcMZZGse\n"
    "jh2TGderlRomvIjCV3Xj33kic6nBPPw+el3eKO4O+cX5mYq3cRspK+uNM5WCMvWK\n"
    "dI9xq8LhzGQB3MRlr/+72ozxPEgJookBRGzQnHOkfzm9hU64hZOSztrN0Jp5WmUj\n"
    "ZqRd7O5y6cHBwqYihQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
constexpr std::string_view kForeignExplicitCurvePublic =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA\n"
    "AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////\n"
    "///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd\n"
    "NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5\n"
    "RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA\n"
    "//////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABFHRCY51YHyr3M3GG9jaxyWV\n"
    "uGr6Jd5HPnxtKQY7ZYWq4CY6sw8xgxkjtZuztyA00nigsyUPxUYCEGAwRopG0DE=\n"
    "-----END PUBLIC KEY-----\n";
constexpr std::string_view kForeignExplicitCurvePrivate =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIBeQIBADCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAAB\n"
    "AAAAAAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA\n"
    "///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMV\n"
    "AMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg\n"
    "9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8A\n"
    "AAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBBG0wawIBAQQgle89k+3/rE2K\n"
    "Ooy9BcSQVox0T5PjcYYGLZ4Dbe6uJtShRANCAARR0QmOdWB8q9zNxhvY2scllbhq\n"
    "+iXeRz58bSkGO2WFquAmOrMPMYMZI7Wbs7cgNNJ4oLMlD8VGAhBgMEaKRtAx\n"
    "-----END PRIVATE KEY-----\n";

} // namespace

Q_DECLARE_METATYPE(countersign::trust::KeyAlgorithm)

class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsAndVerifies_data() { addAlgorithms(); }
    void signsAndVerifies()
    {
        QFETCH(KeyAlgorithm, algorithm);
        const PrivateKey key = PrivateKey::generate(algorithm).value();
        const PublicKey& publicKey = key.publicKey();
        QVERIFY(publicKey.algorithm() == algorithm);
        const std::string signature = key.sign(kMessage).value();
        QVERIFY(publicKey.verify(kMessage, signature));
        QVERIFY(!publicKey.verify("another message", signature));
        QVERIFY(!publicKey.verify("", signature));
        QVERIFY(!PrivateKey::generate(algorithm).value().publicKey().verify(kMessage, signature));
        QVERIFY(publicKey.verify("", key.sign("").value()));
    }

    void refusesEverySignatureWithOneBitChanged_data() { addAlgorithms(); }
    void refusesEverySignatureWithOneBitChanged()
    {
        QFETCH(KeyAlgorithm, algorithm);
        const PrivateKey key = PrivateKey::generate(algorithm).value();
        const std::string signature = key.sign(kMessage).value();
        for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit)
            QVERIFY2(
                !key.publicKey().verify(kMessage, flipped(signature, bit)),
                qPrintable(QString::number(bit)));
        for (std::size_t size = 0; size < signature.size(); ++size)
            QVERIFY(!key.publicKey().verify(kMessage, signature.substr(0, size)));
        QVERIFY(!key.publicKey().verify(kMessage, signature + '\0'));
    }

    void roundTripsPublicKeys_data() { addAlgorithms(); }
    void roundTripsPublicKeys()
    {
        QFETCH(KeyAlgorithm, algorithm);
        const PublicKey key = PrivateKey::generate(algorithm).value().publicKey();
        QVERIFY(PublicKey::fromSpkiDer(key.spkiDer()).value() == key);
        QVERIFY(PublicKey::fromPem(key.pem()).value() == key);
        QVERIFY(PublicKey::fromPem("\r\n" + key.pem() + " \n").value() == key);
        QVERIFY(key.keyId() == Digest::of(key.spkiDer()).hex());
        QVERIFY(parseKeyAlgorithm(text(algorithm)).value() == algorithm);
        if (algorithm == KeyAlgorithm::Ed25519)
            QVERIFY(PublicKey::fromRawEd25519(key.raw()).value() == key);
    }

    void compressedPointIsTheSameKey()
    {
        // Both signs of y come up within a few keys.
        std::set<char> signs;
        for (int i = 0; i < 64 && signs.size() < 2; ++i) {
            const PublicKey key = PrivateKey::generate(KeyAlgorithm::EcdsaP256).value().publicKey();
            const std::string raw(key.raw());
            const char sign = (raw.back() & 1) != 0 ? '\x03' : '\x02';
            signs.insert(sign);
            const std::string compressed =
                hex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + sign
                + raw.substr(1, 32);
            const auto read = PublicKey::fromSpkiDer(compressed);
            QVERIFY(read.ok());
            QVERIFY(*read == key);
            QVERIFY(read->keyId() == key.keyId());
        }
        QCOMPARE(signs.size(), std::size_t{2});
    }

    void refusesOtherPublicKeys_data()
    {
        QTest::addColumn<QByteArray>("der");
        const auto row = [](const char* name, const std::string& der) {
            QTest::newRow(name) << QByteArray::fromStdString(der);
        };
        const std::string p256 =
            PrivateKey::generate(KeyAlgorithm::EcdsaP256).value().publicKey().spkiDer();
        const std::string edwards =
            PrivateKey::generate(KeyAlgorithm::Ed25519).value().publicKey().spkiDer();
        const std::string edwardsPrefix = edwards.substr(0, 12);
        row("nothing", "");
        row("byte after a P-256 key", p256 + '\0');
        row("byte after an Ed25519 key", edwards + '\0');
        row("cut off", p256.substr(0, p256.size() - 1));
        row("hybrid point", p256.substr(0, 26) + '\x06' + p256.substr(27));
        row("point off the curve", flipped(p256, 8 * 90));
        row("point of zeros", p256.substr(0, 27) + std::string(64, '\0'));
        row("coordinate at the prime",
            p256.substr(0, 27)
                + hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff")
                + p256.substr(59));
        row("P-384 named in a P-256 shape",
            replaced(p256, hex("2a8648ce3d030107"), hex("2a8648ce3d030106")));
        row("explicit curve", derOf(kForeignExplicitCurvePublic));
        row("RSA", derOf(kForeignRsaPublic));
        row("X25519", replaced(edwards, hex("2b6570"), hex("2b656e")));
        row("Ed25519 of order one", edwardsPrefix + '\x01' + std::string(31, '\0'));
        row("Ed25519 of order four", edwardsPrefix + std::string(32, '\0'));
        row("Ed25519 of order eight",
            edwardsPrefix
                + hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"));
        row("Ed25519 at the prime", edwardsPrefix + '\xed' + std::string(30, '\xff') + '\x7f');
        row("Ed25519 above the prime", edwardsPrefix + std::string(32, '\xff'));
        row("Ed25519 off the curve", edwardsPrefix + '\x02' + std::string(31, '\0'));
    }
    void refusesOtherPublicKeys()
    {
        QFETCH(QByteArray, der);
        const auto read = PublicKey::fromSpkiDer(der.toStdString());
        QVERIFY(!read.ok());
        QVERIFY(
            read.error().code == ErrorCode::InvalidInput
            || read.error().code == ErrorCode::Unsupported);
    }

    void acceptsRawP256Signatures()
    {
        const PrivateKey key = PrivateKey::generate(KeyAlgorithm::EcdsaP256).value();
        const std::string der = key.sign(kMessage).value();
        const auto integerAt = [&der](std::size_t at) {
            std::string value = der.substr(at + 2, static_cast<std::size_t>(der[at + 1]));
            value.erase(0, value.find_first_not_of('\0'));
            return std::string(32 - value.size(), '\0') + value;
        };
        const std::string raw = integerAt(2) + integerAt(4 + static_cast<std::size_t>(der[3]));
        QVERIFY(key.publicKey().verify(kMessage, raw));
        for (std::size_t bit = 0; bit < 8 * raw.size(); ++bit)
            QVERIFY(!key.publicKey().verify(kMessage, flipped(raw, bit)));
        QVERIFY(!key.publicKey().verify(kMessage, std::string(64, '\0')));
        QVERIFY(!key.publicKey().verify(kMessage, raw.substr(0, 32) + std::string(32, '\0')));
        QVERIFY(!key.publicKey().verify(kMessage, raw.substr(0, 32) + std::string(32, '\xff')));
    }

    void unlocksWhatItLocked_data() { addAlgorithms(); }
    void unlocksWhatItLocked()
    {
        QFETCH(KeyAlgorithm, algorithm);
        const PrivateKey key = PrivateKey::generate(algorithm).value();
        const std::string pem = key.toEncryptedPkcs8(passphrase()).value();
        const auto unlocked = PrivateKey::fromEncryptedPkcs8(pem, passphrase());
        QVERIFY(unlocked.ok());
        QVERIFY(unlocked->publicKey() == key.publicKey());
        QVERIFY(key.publicKey().verify(kMessage, unlocked->sign(kMessage).value()));
        const SecretBytes plain = key.toUnencryptedPkcs8().value();
        QVERIFY(PrivateKey::fromUnencryptedPkcs8(plain).value().publicKey() == key.publicKey());
    }

    void twoFilesOfOneKeyDiffer()
    {
        const PrivateKey key = PrivateKey::generate(KeyAlgorithm::Ed25519).value();
        QVERIFY(
            key.toEncryptedPkcs8(passphrase(), kCheap).value()
            != key.toEncryptedPkcs8(passphrase(), kCheap).value());
    }

    void refusesWrongPassphrases()
    {
        const PrivateKey key = PrivateKey::generate(KeyAlgorithm::EcdsaP256).value();
        const std::string pem = key.toEncryptedPkcs8(passphrase(), kCheap).value();
        // Enough of them to meet padding that looks right, which one in 256 has.
        for (int i = 0; i < 600; ++i) {
            const auto opened =
                PrivateKey::fromEncryptedPkcs8(pem, passphrase("wrong " + std::to_string(i)));
            QVERIFY(!opened.ok());
            QVERIFY(opened.error().code == ErrorCode::PassphraseWrong);
        }
        const auto empty = PrivateKey::fromEncryptedPkcs8(pem, SecretBytes());
        QVERIFY(empty.error().code == ErrorCode::PassphraseWrong);
        QVERIFY(key.toEncryptedPkcs8(SecretBytes()).error().rule == "key.passphrase_empty");
    }

    void opensForeignFiles_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::newRow("PBKDF2") << QByteArray(kForeignPbkdf2.data());
        QTest::newRow("scrypt") << QByteArray(kForeignScrypt.data());
    }
    void opensForeignFiles()
    {
        QFETCH(QByteArray, pem);
        const auto opened = PrivateKey::fromEncryptedPkcs8(pem.toStdString(), passphrase("abc"));
        QVERIFY(opened.ok());
        QVERIFY(opened->publicKey().verify(kMessage, opened->sign(kMessage).value()));
        const auto wrong = PrivateKey::fromEncryptedPkcs8(pem.toStdString(), passphrase("abd"));
        QVERIFY(wrong.error().code == ErrorCode::PassphraseWrong);
    }

    void refusesForeignFilesThatCostTooMuch_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<ErrorCode>("code");
        // The parameters of kCheap: N 0x0400, r 8, p 1; every replacement has the same length.
        const QByteArray cost = QByteArray::fromHex("02020400020108020101");
        QTest::newRow("N beyond the memory")
            << cost << QByteArray::fromHex("0204400000000201080201") << ErrorCode::Corrupt;
        QTest::newRow("r beyond the memory")
            << cost << QByteArray::fromHex("02020400020300ffff02") << ErrorCode::Corrupt;
        QTest::newRow("N large") << cost << QByteArray::fromHex("02044000000002010102")
                                 << ErrorCode::Corrupt;
        QTest::newRow("many lanes")
            << cost << QByteArray::fromHex("02014002017f02027fff") << ErrorCode::LimitExceeded;
        QTest::newRow("wide blocks")
            << cost << QByteArray::fromHex("0201400202 7fff02017f") << ErrorCode::LimitExceeded;
        QTest::newRow("N with the most memory")
            << cost << QByteArray::fromHex("02024000 02017f02017f") << ErrorCode::LimitExceeded;
        QTest::newRow("N not a power of two")
            << cost << QByteArray::fromHex("02020401020108020101") << ErrorCode::Corrupt;
        QTest::newRow("N of one") << cost << QByteArray::fromHex("020101 02 0200ff020101")
                                  << ErrorCode::Corrupt;
        QTest::newRow("p of zero")
            << cost << QByteArray::fromHex("02020400020108020100") << ErrorCode::Corrupt;
        QTest::newRow("N negative")
            << cost << QByteArray::fromHex("02028400020108020101") << ErrorCode::Corrupt;
    }
    void refusesForeignFilesThatCostTooMuch()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(ErrorCode, code);
        const PrivateKey key = PrivateKey::generate(KeyAlgorithm::Ed25519).value();
        const std::string der = derOf(key.toEncryptedPkcs8(passphrase(), kCheap).value());
        const std::string hostile = replaced(der, from.toStdString(), to.toStdString());
        const auto opened = PrivateKey::fromEncryptedPkcs8(encryptedPem(hostile), passphrase());
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().code, code);
        QVERIFY(
            key.toEncryptedPkcs8(passphrase(), {.logN = 63}).error().code
            == ErrorCode::LimitExceeded);
    }

    void refusesHugePbkdf2Counts()
    {
        const std::string der = derOf(kForeignPbkdf2);
        const std::string hostile = replaced(der, hex("02020800"), hex("02027fff"));
        QVERIFY(
            PrivateKey::fromEncryptedPkcs8(encryptedPem(hostile), passphrase("abc")).error().code
            == ErrorCode::PassphraseWrong);
        // `02 04 7fffffff` needs two bytes more: the salt of eight bytes gives them up.
        const std::size_t at = der.find(hex("02020800"));
        std::string costly = der;
        costly.replace(at - 10, 14, hex("0406") + std::string(6, 's') + hex("02047fffffff"));
        QVERIFY(
            PrivateKey::fromEncryptedPkcs8(encryptedPem(costly), passphrase("abc")).error().code
            == ErrorCode::LimitExceeded);
    }

    void namesDamageWithoutCrashing()
    {
        const PrivateKey key = PrivateKey::generate(KeyAlgorithm::EcdsaP256).value();
        const std::string der = derOf(key.toEncryptedPkcs8(passphrase(), {.logN = 4}).value());
        for (std::size_t size = 0; size < der.size(); ++size) {
            const auto opened = PrivateKey::fromEncryptedPkcs8(
                encryptedPem(std::string_view(der).substr(0, size)), passphrase());
            QCOMPARE(opened.error().code, ErrorCode::Corrupt);
        }
        std::set<ErrorCode> codes;
        for (std::size_t bit = 0; bit < 8 * der.size(); ++bit) {
            const auto opened =
                PrivateKey::fromEncryptedPkcs8(encryptedPem(flipped(der, bit)), passphrase());
            // What still opens is the same key: a P-256 file holds both halves, which must fit.
            QVERIFY2(
                !opened.ok() || opened->publicKey() == key.publicKey(),
                qPrintable(QString::number(bit)));
            if (!opened.ok())
                codes.insert(opened.error().code);
        }
        QVERIFY(codes.contains(ErrorCode::Corrupt));
        QVERIFY(codes.contains(ErrorCode::Unsupported));
        QVERIFY(codes.contains(ErrorCode::PassphraseWrong));
    }

    void refusesOtherPrivateKeys()
    {
        const auto explicitCurve =
            PrivateKey::fromUnencryptedPkcs8(SecretBytes::copyOf(kForeignExplicitCurvePrivate));
        QCOMPARE(explicitCurve.error().code, ErrorCode::Unsupported);
        const auto notPem = PrivateKey::fromUnencryptedPkcs8(SecretBytes::copyOf("hello"));
        QCOMPARE(notPem.error().code, ErrorCode::Corrupt);
        const PrivateKey key = PrivateKey::generate(KeyAlgorithm::EcdsaP256).value();
        const PrivateKey other = PrivateKey::generate(KeyAlgorithm::EcdsaP256).value();
        const SecretBytes pem = key.toUnencryptedPkcs8().value();
        std::string der = derOf(pem.view());
        const std::string_view foreignPoint = other.publicKey().raw();
        der = replaced(der, key.publicKey().raw(), foreignPoint);
        const auto mixed = PrivateKey::fromUnencryptedPkcs8(SecretBytes::copyOf(
            "-----BEGIN PRIVATE KEY-----\n" + base64Encode(der) + "\n-----END PRIVATE KEY-----\n"));
        QCOMPARE(mixed.error().code, ErrorCode::Corrupt);
        const auto shortSeed = PrivateKey::fromEd25519Seed(SecretBytes(31));
        QCOMPARE(shortSeed.error().code, ErrorCode::InvalidInput);
    }

    void refusesStrangePem_data()
    {
        QTest::addColumn<QByteArray>("pem");
        const std::string pem =
            PrivateKey::generate(KeyAlgorithm::Ed25519).value().publicKey().pem();
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("twice") << QByteArray::fromStdString(pem + pem);
        QTest::newRow("text before") << QByteArray::fromStdString("key:\n" + pem);
        QTest::newRow("other label")
            << QByteArray::fromStdString(replaced(pem, "BEGIN PUBLIC", "BEGIN PRIVATE"));
        QTest::newRow("not base64") << QByteArray::fromStdString(replaced(pem, "MC", "M*"));
        QTest::newRow("huge") << QByteArray::fromStdString(pem + std::string(20'000, '\n'));
    }
    void refusesStrangePem()
    {
        QFETCH(QByteArray, pem);
        QVERIFY(!PublicKey::fromPem(pem.toStdString()).ok());
    }
};

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
