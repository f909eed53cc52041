#include "models/digest.h"
#include "models/encoding.h"

#include <QtTest>

#include <vector>

using namespace countersign;

class TestEncoding final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hexRoundTripsEveryByte();
    void hexRefusesOtherText();
    void base64MatchesTheRfcSamples_data();
    void base64MatchesTheRfcSamples();
    void base64RefusesLooseText_data();
    void base64RefusesLooseText();
    void base64OfDsseMayBeUrlSafeAndUnpadded();
    void findsTheFirstByteThatIsNotUtf8_data();
    void findsTheFirstByteThatIsNotUtf8();
    void digestsKnownBytes();
    void refusesDigestsOfAnotherForm();
    void digestOfListJoinsByLineFeed();
};

void TestEncoding::hexRoundTripsEveryByte()
{
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<char>(i));
    const std::string text = hexEncode(bytes);
    QCOMPARE(text.substr(0, 6), std::string("000102"));
    QCOMPARE(text.substr(510), std::string("ff"));
    QVERIFY(hexDecode(text).value() == bytes);
    QCOMPARE(hexDecode("aAFf").value(), std::string("\xAA\xFF"));
    for (const auto alphabet : {Base64Alphabet::Standard, Base64Alphabet::StandardOrUrl})
        QVERIFY(base64Decode(base64Encode(bytes), alphabet).value() == bytes);
}

void TestEncoding::hexRefusesOtherText()
{
    for (const std::string_view text : {"a", "abc", "0g", "0x", " 0", "0-"}) {
        const auto bytes = hexDecode(text);
        QVERIFY(!bytes.ok());
        QCOMPARE(bytes.error().rule, std::string("hex"));
    }
}

void TestEncoding::base64MatchesTheRfcSamples_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("f") << QByteArray("f") << QByteArray("Zg==");
    QTest::newRow("fo") << QByteArray("fo") << QByteArray("Zm8=");
    QTest::newRow("foo") << QByteArray("foo") << QByteArray("Zm9v");
    QTest::newRow("foob") << QByteArray("foob") << QByteArray("Zm9vYg==");
    QTest::newRow("fooba") << QByteArray("fooba") << QByteArray("Zm9vYmE=");
    QTest::newRow("foobar") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
    QTest::newRow("last digits") << QByteArray("\xFB\xEF\xFF") << QByteArray("++//");
}

void TestEncoding::base64MatchesTheRfcSamples()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(base64Encode(bytes.toStdString())), text);
    QCOMPARE(QByteArray::fromStdString(base64Decode(text.toStdString()).value()), bytes);
}

void TestEncoding::base64RefusesLooseText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
         {"Zg",
          "Zg=",
          "Zg===",
          "Z===",
          "====",
          "=",
          "Zm8",
          "Zh==",
          "Zm9=",
          "Zm9v\n",
          "Zm 9v",
          "Z=g=",
          "Zg==Zg==",
          "-_-_",
          "Zm9v====",
          "\xC3\xA9zz"})
        QTest::addRow("\"%s\"", text) << QByteArray(text);
}

void TestEncoding::base64RefusesLooseText()
{
    QFETCH(QByteArray, text);
    const auto bytes = base64Decode(text.toStdString());
    QVERIFY(!bytes.ok());
    QCOMPARE(bytes.error().rule, std::string("base64"));
}

void TestEncoding::base64OfDsseMayBeUrlSafeAndUnpadded()
{
    const auto decode = [](std::string_view text) {
        return base64Decode(text, Base64Alphabet::StandardOrUrl);
    };
    QCOMPARE(decode("--__").value(), std::string("\xFB\xEF\xFF"));
    QCOMPARE(decode("Zg").value(), std::string("f"));
    QCOMPARE(decode("Zg==").value(), std::string("f"));
    QCOMPARE(decode("Zm8").value(), std::string("fo"));
    for (const std::string_view text : {"Zg=", "Z", "Zh", "Zm9", "Zg==="})
        QVERIFY2(!decode(text).ok(), std::string(text).c_str());
}

void TestEncoding::findsTheFirstByteThatIsNotUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("index"); // -1: all well-formed
    const auto row = [](const char* name, const QByteArray& bytes, int index) {
        QTest::newRow(name) << bytes << index;
    };
    row("empty", {}, -1);
    row("each length", "a\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80", -1);
    row("largest of each length", "\x7F\xDF\xBF\xEF\xBF\xBF\xF4\x8F\xBF\xBF", -1);
    row("around the surrogates", "\xED\x9F\xBF\xEE\x80\x80", -1);
    row("continuation alone", "ab\x80", 2);
    row("overlong of two", "\xC1\xBF", 0);
    row("overlong of three", "a\xE0\x9F\xBF", 1);
    row("overlong of four", "\xF0\x8F\xBF\xBF", 0);
    row("surrogate", "\xED\xA0\x80", 0);
    row("beyond the last", "\xF4\x90\x80\x80", 0);
    row("no such lead", "\xF5\x80\x80\x80", 0);
    row("cut short", "a\xE2\x82", 1);
    row("lead after lead", "\xE2\xE2\x82\xAC", 0);
}

void TestEncoding::findsTheFirstByteThatIsNotUtf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, index);
    const std::string text = bytes.toStdString();
    QCOMPARE(isUtf8(text), index < 0);
    QCOMPARE(
        firstInvalidUtf8(text),
        index < 0 ? std::string_view::npos : static_cast<std::size_t>(index));
}

void TestEncoding::digestsKnownBytes()
{
    const Digest digest = Digest::of("abc");
    const std::string hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    QCOMPARE(digest.hex(), hex);
    QCOMPARE(digest.shortText(), std::string("ba78 16bf"));
    QCOMPARE(digest.groupedText().size(), std::size_t{79});
    QVERIFY(Digest::parse(hex).value() == digest);
    QVERIFY(Digest::fromBytes(digest.bytes()).value() == digest);
    QVERIFY(!(Digest::of("abd") == digest));
}

void TestEncoding::refusesDigestsOfAnotherForm()
{
    const std::string hex = Digest::of("abc").hex();
    const std::vector<std::string> others = {
        "",
        hex.substr(1),
        hex + "0",
        "B" + hex.substr(1),
        "g" + hex.substr(1),
        " " + hex.substr(1)};
    for (const std::string& other : others)
        QCOMPARE(Digest::parse(other).error().rule, std::string("digest.form"));
    QVERIFY(!Digest::fromBytes(std::string(31, 'x')).ok());
    QVERIFY(!Digest::fromBytes(std::string(33, 'x')).ok());
}

void TestEncoding::digestOfListJoinsByLineFeed()
{
    const Digest a = Digest::of("a");
    const Digest b = Digest::of("b");
    QVERIFY(digestOfList(std::vector{a, b}) == Digest::of(a.hex() + "\n" + b.hex()));
    QVERIFY(digestOfList(std::vector{a}) == Digest::of(a.hex()));
    QVERIFY(!(digestOfList(std::vector{a, b}) == digestOfList(std::vector{b, a})));
}

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
