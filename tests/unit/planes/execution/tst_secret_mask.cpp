#include "models/encoding.h"
#include "planes/execution/detail/secret_mask.h"

#include <QTest>

using namespace countersign;
using namespace countersign::execution::detail;

namespace {

constexpr std::string_view kSecret = "s3cret-Token/with+signs==";

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray urlAlphabet(QByteArray base64)
{
    return base64.replace('+', '-').replace('/', '_');
}

} // namespace

class TestSecretMask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noFormOfTheSecretPasses_data()
    {
        QTest::addColumn<QByteArray>("form");
        const QByteArray secret = bytesOf(kSecret);
        QTest::newRow("plain") << secret;
        QTest::newRow("percent, reserved only") << secret.toPercentEncoding();
        QTest::newRow("percent, lower case")
            << secret.toPercentEncoding().toLower().replace("s3cret-token", "s3cret-Token");
        QTest::newRow("percent, every byte") << secret.toPercentEncoding({}, secret);
        QTest::newRow("hex") << secret.toHex();
        QTest::newRow("hex, upper case") << secret.toHex().toUpper();
        QTest::newRow("escaped slash") << QByteArray(secret).replace("/", "\\/");
        QTest::newRow("escaped letters") << QByteArray(secret).replace("s", "\\u0073");
        QTest::newRow("base64") << secret.toBase64();
        QTest::newRow("base64, url") << urlAlphabet(secret.toBase64());
        QTest::newRow("base64 of a header") << ("Bearer " + secret).toBase64();
        QTest::newRow("base64 of a pair") << ("ab:" + secret + ":rest").toBase64();
        QTest::newRow("base64, third place") << ("xxxxx" + secret + "yy").toBase64();
        QTest::newRow("base64, second place") << ("xxxx" + secret + "y").toBase64();
    }

    void noFormOfTheSecretPasses()
    {
        QFETCH(const QByteArray, form);
        const SecretMask mask(kSecret);
        const std::string whole = "before " + form.toStdString() + "\nafter";
        const std::string masked = mask.masked(whole);
        QVERIFY2(masked.find("[secret]") != std::string::npos, masked.c_str());
        QVERIFY(masked.starts_with("before "));
        QVERIFY(masked.ends_with("after"));
        for (const char* part : {"s3cret", "Token", "with", "signs"})
            QVERIFY2(masked.find(part) == std::string::npos, masked.c_str());
        // Of encoded forms no piece of four characters from the middle is left.
        const QByteArray middle = form.mid(form.size() / 2, 4);
        QVERIFY2(masked.find(middle.toStdString()) == std::string::npos, masked.c_str());
    }

    void leavesEverythingElseAlone()
    {
        const SecretMask mask(kSecret);
        for (const char* text :
             {"",
              "s3cret",
              "s3cret-Token/with+signs=",
              "%zz%4",
              "\\u00",
              "7333637265742d546f",
              "%"})
            QCOMPARE(mask.masked(text), std::string(text));
        QCOMPARE(SecretMask().masked("anything"), std::string("anything"));
        QCOMPARE(SecretMask("").masked("anything"), std::string("anything"));
    }

    void masksEveryOccurrence()
    {
        QCOMPARE(
            SecretMask("ab").masked("ab abab xab"),
            std::string("[secret] [secret][secret] x[secret]"));
    }

    void shortSecretsAreMaskedAsTheyAreOnly()
    {
        // "ab" in hexadecimal is 6162, which stands in many a number.
        QCOMPARE(SecretMask("ab").masked("6162 YWI= ab"), std::string("6162 YWI= [secret]"));
    }

    void aBodyStaysJson()
    {
        const SecretMask mask("1234");
        QCOMPARE(
            mask.maskedBody(R"({"a":91234,"b":1234,"c":"x1234"})"),
            std::string(R"({"a":91234,"b":"[secret]","c":"x[secret]"})"));
        QCOMPARE(mask.maskedBody("no JSON 1234"), std::string("no JSON [secret]"));
        QCOMPARE(mask.maskedBody(R"({ "a" : 1 })"), std::string(R"({ "a" : 1 })"));
        QCOMPARE(
            mask.maskedBody(R"({"1234":["\u00312\u003334"]})"),
            std::string(R"({"[secret]":["\u00312\u003334"]})"));
        QCOMPARE(mask.maskedBody(R"({"k":["\u0031234"]})"), std::string(R"({"k":["[secret]"]})"));
    }
};

QTEST_GUILESS_MAIN(TestSecretMask)
#include "tst_secret_mask.moc"
