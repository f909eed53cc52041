#include "models/encoding.h"
#include "planes/trust/sealed_box.h"

#include <QTest>

using namespace countersign;
using namespace countersign::trust;

namespace {

std::string bytes(const char* hex)
{
    return hexDecode(hex).value();
}

SecretBytes secretOf(const char* hex)
{
    return SecretBytes::copyOf(bytes(hex));
}

std::string hexOf(const SecretBytes& secret)
{
    return hexEncode(secret.view());
}

} // namespace

class TestSealedBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Test case 16 of "The Galois/Counter Mode of Operation".
    void opensThePublishedVector()
    {
        const SecretBytes key =
            secretOf("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        const SealedBox box{
            bytes("cafebabefacedbaddecaf888"),
            bytes("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                  "76fc6ece0f4e1768cddf8853bb2d551b")};
        const auto plain = openBox(key, box, bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
        QVERIFY(plain.ok());
        QCOMPARE(
            hexOf(*plain),
            std::string("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    }

    /// RFC 5869, A.1; the first block of its output.
    void derivesAsPublished()
    {
        const auto derived = deriveSealKey(
            secretOf("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
            bytes("000102030405060708090a0b0c"),
            bytes("f0f1f2f3f4f5f6f7f8f9"));
        QCOMPARE(
            hexOf(derived.value()),
            std::string("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    /// RFC 7914, section 12, third vector; the first half of its output.
    void stretchesAsPublished()
    {
        const auto key = sealKeyFromPassphrase(
            SecretBytes::copyOf("pleaseletmein"), "SodiumChloride", UnlockCost{14});
        QCOMPARE(
            hexOf(key.value()),
            std::string("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"));
    }

    /// RFC 4231, test case 2.
    void authenticatesAsPublished()
    {
        QCOMPARE(
            hexEncode(
                authenticationCode(SecretBytes::copyOf("Jefe"), "what do ya want for nothing?")
                    .value()),
            std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    void whatIsSealedOpensAgain_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 15, 16, 17, 4096, 70'000})
            QTest::newRow(qPrintable(QString::number(size))) << size;
    }

    void whatIsSealedOpensAgain()
    {
        QFETCH(const int, size);
        const SecretBytes key = makeSealKey().value();
        const SecretBytes plain =
            SecretBytes::copyOf(std::string(static_cast<std::size_t>(size), 'x'));
        const SealedBox box = sealBytes(key, plain, "here").value();
        QCOMPARE(box.sealed.size(), plain.size() + kSealTagByteCount);
        QVERIFY(size < 16 || box.sealed.find("xxxxxxxx") == std::string::npos);
        QVERIFY(openBox(key, box, "here").value().equals(plain));
    }

    void neverSealsTheSameWayTwice()
    {
        const SecretBytes key = makeSealKey().value();
        const SecretBytes plain = SecretBytes::copyOf("value");
        const SealedBox one = sealBytes(key, plain, "here").value();
        const SealedBox two = sealBytes(key, plain, "here").value();
        QVERIFY(one.nonce != two.nonce);
        QVERIFY(one.sealed != two.sealed);
        QVERIFY(!makeSealKey().value().equals(key));
        QVERIFY(makeSalt().value() != makeSalt().value());
    }

    void opensWithItsKeyAndInItsPlaceOnly()
    {
        const SecretBytes key = makeSealKey().value();
        const SealedBox box = sealBytes(key, SecretBytes::copyOf("value"), "here").value();
        const auto refusedBy = [&](const auto& opened) {
            return !opened.ok() && opened.error().code == ErrorCode::Corrupt
                   && opened.error().rule == "seal.tag";
        };
        QVERIFY(refusedBy(openBox(makeSealKey().value(), box, "here")));
        QVERIFY(refusedBy(openBox(key, box, "there")));
        QVERIFY(refusedBy(openBox(key, box, "")));
        QVERIFY(refusedBy(openBox(key, {box.nonce, box.sealed.substr(1)}, "here")));
        QVERIFY(refusedBy(openBox(key, {box.nonce, {}}, "here")));
        QVERIFY(refusedBy(openBox(key, {box.nonce.substr(1), box.sealed}, "here")));
        for (std::size_t bit = 0; bit < 8 * (box.nonce.size() + box.sealed.size()); ++bit) {
            std::string whole = box.nonce + box.sealed;
            whole[bit / 8] = static_cast<char>(whole[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY(refusedBy(openBox(
                key,
                {whole.substr(0, kSealNonceByteCount), whole.substr(kSealNonceByteCount)},
                "here")));
        }
    }

    void refusesCostsThatAreTooLowOrTooHigh()
    {
        const SecretBytes phrase = SecretBytes::copyOf("phrase");
        for (const unsigned logN : {0U, 9U, 19U, 63U, 4'000'000'000U})
            QCOMPARE(
                sealKeyFromPassphrase(phrase, "salt", UnlockCost{logN}).error().rule,
                std::string("seal.cost"));
        QCOMPARE(
            sealKeyFromPassphrase(SecretBytes(), "salt", UnlockCost{10}).error().rule,
            std::string("seal.passphrase_empty"));
    }

    void derivedKeysServeOnePurpose()
    {
        const SecretBytes key = makeSealKey().value();
        const SecretBytes one = deriveSealKey(key, {}, "one").value();
        QVERIFY(one.equals(deriveSealKey(key, {}, "one").value()));
        QVERIFY(!one.equals(deriveSealKey(key, {}, "two").value()));
        QVERIFY(!one.equals(deriveSealKey(key, "salt", "one").value()));
        QVERIFY(!one.equals(key));
    }
};

QTEST_GUILESS_MAIN(TestSealedBox)
#include "tst_sealed_box.moc"
