#include "models/json.h"

#include <QtTest>

#include <bit>
#include <cstdint>
#include <limits>

using namespace countersign;

namespace {

QByteArray canonicalOf(std::string_view text)
{
    const auto parsed = parseJson(text);
    if (!parsed.ok())
        return QByteArray::fromStdString("not parsed: " + parsed.error().describe());
    const auto canonical = canonicalJson(*parsed);
    return QByteArray::fromStdString(
        canonical.ok() ? *canonical : "refused: " + canonical.error().describe());
}

} // namespace

class TestCanonicalJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNumbersAsEcmaScriptDoes_data();
    void writesNumbersAsEcmaScriptDoes();
    void writesOneFormForEverySpelling_data();
    void writesOneFormForEverySpelling();
    void sortsMembersByUtf16CodeUnits();
    void refusesIntegersThatADoubleCannotHold_data();
    void refusesIntegersThatADoubleCannotHold();
    void refusesValuesWithoutJsonForm();
    void isAFixedPoint();
    void digestsTheCanonicalBytes();
};

void TestCanonicalJson::writesNumbersAsEcmaScriptDoes_data()
{
    // The samples of RFC 8785, appendix B, and the borders between the notations.
    QTest::addColumn<quint64>("bits");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](std::uint64_t bits, const char* text) {
        QTest::newRow(text) << quint64{bits} << QByteArray(text);
    };
    row(0x0000000000000000U, "0");
    QTest::newRow("minus zero") << quint64{0x8000000000000000U} << QByteArray("0");
    row(0x0000000000000001U, "5e-324");
    row(0x8000000000000001U, "-5e-324");
    row(0x7fefffffffffffffU, "1.7976931348623157e+308");
    row(0xffefffffffffffffU, "-1.7976931348623157e+308");
    row(0x4340000000000000U, "9007199254740992");
    row(0xc340000000000000U, "-9007199254740992");
    row(0x4430000000000000U, "295147905179352830000");
    row(0x44b52d02c7e14af5U, "9.999999999999997e+22");
    row(0x44b52d02c7e14af6U, "1e+23");
    row(0x44b52d02c7e14af7U, "1.0000000000000001e+23");
    row(0x444b1ae4d6e2ef4eU, "999999999999999700000");
    row(0x444b1ae4d6e2ef4fU, "999999999999999900000");
    row(0x444b1ae4d6e2ef50U, "1e+21");
    row(0x3eb0c6f7a0b5ed8cU, "9.999999999999997e-7");
    row(0x3eb0c6f7a0b5ed8dU, "0.000001");
    row(0x41b3de4355555553U, "333333333.3333332");
    row(0x41b3de4355555554U, "333333333.33333325");
    row(0x41b3de4355555555U, "333333333.3333333");
    row(0x41b3de4355555556U, "333333333.3333334");
    row(0x41b3de4355555557U, "333333333.33333343");
    row(0xbecbf647612f3696U, "-0.0000033333333333333333");
    row(0x43143ff3c1cb0959U, "1424953923781206.2");
    row(std::bit_cast<std::uint64_t>(1.0), "1");
    row(std::bit_cast<std::uint64_t>(0.5), "0.5");
    row(std::bit_cast<std::uint64_t>(-1e-7), "-1e-7");
    row(std::bit_cast<std::uint64_t>(1e20), "100000000000000000000");
}

void TestCanonicalJson::writesNumbersAsEcmaScriptDoes()
{
    QFETCH(quint64, bits);
    QFETCH(QByteArray, text);
    const auto canonical = canonicalJson(Json(std::bit_cast<double>(std::uint64_t{bits})));
    QVERIFY(canonical.ok());
    QCOMPARE(QByteArray::fromStdString(*canonical), text);
}

void TestCanonicalJson::writesOneFormForEverySpelling_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("white space", " [ 1 ,\n{ } ] ", "[1,{}]");
    row("literals", "[null,true,false]", "[null,true,false]");
    row("integer spellings", "[1,1.0,1e0,10e-1,-0,-0.0]", "[1,1,1,1,0,0]");
    row("short escapes", R"("\u0008\u0009\u000a\u000c\u000d\u0022\u005c")", R"("\b\t\n\f\r\"\\")");
    row("long escapes in lower case", R"("\u0000\u000B\u001F")", R"("\u0000\u000b\u001f")");
    row("no other escapes", R"("\u007f\/\u20ac\u2028")", "\"\x7F/\xE2\x82\xAC\xE2\x80\xA8\"");
    row("no normalization", R"("e\u0301")", "\"e\xCC\x81\"");
    row("nested order", R"({"b":{"z":1,"a":2},"a":[]})", R"({"a":[],"b":{"a":2,"z":1}})");
    row("prefix before longer", R"({"aa":1,"a":2,"":3})", R"({"":3,"a":2,"aa":1})");
    row("capitals first", R"({"a":1,"B":2,"1":3})", R"({"1":3,"B":2,"a":1})");
}

void TestCanonicalJson::writesOneFormForEverySpelling()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(canonicalOf(text.toStdString()), expected);
}

void TestCanonicalJson::sortsMembersByUtf16CodeUnits()
{
    // U+10000 is D800 DC00 in UTF-16 and so stands before U+E000, U+FB33 and U+FFFD, after which it
    // comes in UTF-8; U+D7FF stays before all of them.
    QCOMPARE(
        canonicalOf(
            "{\"\xEF\xBF\xBD\":1,\"\xF0\x90\x80\x80\":2,\"\xEE\x80\x80\":3,\"\xED\x9F\xBF\":4,"
            "\"\xEF\xAC\xB3\":5,\"\xF0\x9F\x98\x80\":6,\"z\":7}"),
        QByteArray("{\"z\":7,\"\xED\x9F\xBF\":4,\"\xF0\x90\x80\x80\":2,\"\xF0\x9F\x98\x80\":6,"
                   "\"\xEE\x80\x80\":3,\"\xEF\xAC\xB3\":5,\"\xEF\xBF\xBD\":1}"));
    // The difference may come after a common beginning.
    QCOMPARE(
        canonicalOf("{\"a\xEE\x80\x80\":1,\"a\xF0\x90\x80\x80\":2}"),
        QByteArray("{\"a\xF0\x90\x80\x80\":2,\"a\xEE\x80\x80\":1}"));
}

void TestCanonicalJson::refusesIntegersThatADoubleCannotHold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // empty: refused
    const auto row = [](const char* text, const char* expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    row("9007199254740991", "9007199254740991");
    row("9007199254740992", "9007199254740992");
    row("9007199254740993", "");
    row("-9007199254740993", "");
    row("9007199254740994", "9007199254740994");
    row("1152921504606846976", "1152921504606847000");
    row("1152921504606847000", "");
    row("-9223372036854775808", "-9223372036854776000");
    row("9223372036854775807", "");
    row("9223372036854775808", "9223372036854776000");
    row("18446744073709551615", "");
}

void TestCanonicalJson::refusesIntegersThatADoubleCannotHold()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto parsed = parseJson((R"({"a/b":[0,)" + text + "]}").toStdString());
    QVERIFY(parsed.ok());
    const auto canonical = canonicalJson(*parsed);
    QCOMPARE(canonical.ok(), !expected.isEmpty());
    if (canonical.ok()) {
        QCOMPARE(QByteArray::fromStdString(*canonical), R"({"a/b":[0,)" + expected + "]}");
    } else {
        QCOMPARE(canonical.error().rule, std::string("jcs.integer_range"));
        QCOMPARE(canonical.error().pointer, std::string("/a~1b/1"));
    }
}

void TestCanonicalJson::refusesValuesWithoutJsonForm()
{
    const auto ruleOf = [](const Json& value) {
        const auto canonical = canonicalJson(Json::array({value}));
        return canonical.ok() ? std::string("accepted") : canonical.error().rule;
    };
    QCOMPARE(ruleOf(std::numeric_limits<double>::quiet_NaN()), std::string("jcs.number"));
    QCOMPARE(ruleOf(std::numeric_limits<double>::infinity()), std::string("jcs.number"));
    QCOMPARE(ruleOf(-std::numeric_limits<double>::infinity()), std::string("jcs.number"));
    QCOMPARE(ruleOf("\xFF"), std::string("jcs.utf8"));
    QCOMPARE(ruleOf(Json::object({{"\xFF", 1}})), std::string("jcs.utf8"));
    QCOMPARE(ruleOf(Json::binary({1, 2})), std::string("jcs.type"));
}

void TestCanonicalJson::isAFixedPoint()
{
    const QByteArray once = canonicalOf(
        R"({"n":[1e21,1e-7,0.1,-3,123456789.125],"s":"\u0001\ud83d\ude00","o":{"":{},"~":null}})");
    QVERIFY(once.startsWith('{'));
    QCOMPARE(canonicalOf(once.toStdString()), once);
}

void TestCanonicalJson::digestsTheCanonicalBytes()
{
    const auto parsed = parseJson(R"({ "b": 2.0, "a": 1 })");
    QVERIFY(parsed.ok());
    const auto digest = canonicalDigest(*parsed);
    QVERIFY(digest.ok());
    QVERIFY(*digest == Digest::of(R"({"a":1,"b":2})"));
    QCOMPARE(canonicalOwnJson(*parsed), std::string(R"({"a":1,"b":2})"));
}

QTEST_GUILESS_MAIN(TestCanonicalJson)
#include "tst_canonical_json.moc"
