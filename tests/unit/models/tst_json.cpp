#include "models/json.h"

#include <QtTest>

#include <cstdint>
#include <limits>

using namespace countersign;

namespace {

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray nested(int depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

} // namespace

class TestJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatOtherReadersWouldReadDifferently_data();
    void refusesWhatOtherReadersWouldReadDifferently();
    void readsEveryKindOfValue();
    void keepsIntegersOfSixtyFourBitsExact();
    void readsEscapesAndPairedSurrogates();
    void allowsTheLargestDepthAndNoMore();
    void refusesNegativeZeroWhereAskedTo();
    void survivesAHundredMegabytesOfOpenBrackets();
    void countsValuesUpToTheLimit();
    void refusesTextLongerThanTheLimit();
    void refusesEveryPrefixOfADocument();
    void refusesADocumentWithAnyByteSpoiled();
    void neverQuotesMoreThanAFewWords();
    void findsValuesByPointer_data();
    void findsValuesByPointer();
    void escapesPointerTokens();
    void readsTextMembersOnlyWhereThereIsText();
};

void TestJson::refusesWhatOtherReadersWouldReadDifferently_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("pointer");
    const QByteArray syntax = "json.syntax";
    const QByteArray utf8 = "json.utf8";
    const QByteArray duplicate = "json.duplicate_key";
    const QByteArray integer = "json.integer_range";
    const QByteArray number = "json.number_range";

    QTest::newRow("empty text") << QByteArray() << syntax << QByteArray("line 1 column 1");
    QTest::newRow("white space only")
        << QByteArray(" \n ") << syntax << QByteArray("line 2 column 2");
    QTest::newRow("byte order mark")
        << QByteArray("\xEF\xBB\xBF{}") << syntax << QByteArray("line 1 column 1");
    QTest::newRow("trailing text") << QByteArray("{} x") << syntax << QByteArray("line 1 column 4");
    QTest::newRow("second value") << QByteArray("1 2") << syntax << QByteArray("line 1 column 3");
    QTest::newRow("text behind a zero byte")
        << QByteArray("{}\0{}", 5) << syntax << QByteArray("line 1 column 3");
    QTest::newRow("zero byte at the end")
        << QByteArray("{}\0", 3) << syntax << QByteArray("line 1 column 3");
    QTest::newRow("comment") << QByteArray("/* */ 1") << syntax << QByteArray("line 1 column 1");
    QTest::newRow("trailing comma")
        << QByteArray("[1,]") << syntax << QByteArray("line 1 column 4");
    QTest::newRow("error on a later line")
        << QByteArray("{\n  \"a\": 1,\n  b\n}") << syntax << QByteArray("line 3 column 3");
    QTest::newRow("NaN") << QByteArray("NaN") << syntax << QByteArray("line 1 column 1");
    QTest::newRow("leading zero") << QByteArray("01") << syntax << QByteArray("line 1 column 2");
    QTest::newRow("leading plus") << QByteArray("+1") << syntax << QByteArray("line 1 column 1");
    QTest::newRow("raw control character")
        << QByteArray("\"\x01\"") << syntax << QByteArray("line 1 column 2");
    QTest::newRow("raw line feed in text")
        << QByteArray("\"\n\"") << syntax << QByteArray("line 1 column 2");

    QTest::newRow("stray continuation byte")
        << QByteArray("\"\x80\"") << utf8 << QByteArray("line 1 column 2");
    QTest::newRow("overlong form")
        << QByteArray("\"\xC0\xAF\"") << utf8 << QByteArray("line 1 column 2");
    QTest::newRow("encoded surrogate")
        << QByteArray("[\n\"\xED\xA0\x80\"]") << utf8 << QByteArray("line 2 column 2");
    QTest::newRow("beyond U+10FFFF")
        << QByteArray("\"\xF4\x90\x80\x80\"") << utf8 << QByteArray("line 1 column 2");
    QTest::newRow("lone high surrogate")
        << QByteArray(R"(["\ud800"])") << utf8 << QByteArray("line 1 column 9");
    QTest::newRow("lone low surrogate")
        << QByteArray(R"("\udc00")") << utf8 << QByteArray("line 1 column 7");
    QTest::newRow("reversed pair")
        << QByteArray(R"("\udc00\ud800")") << utf8 << QByteArray("line 1 column 7");
    QTest::newRow("two high surrogates")
        << QByteArray(R"("\ud800\ud800")") << utf8 << QByteArray("line 1 column 13");
    QTest::newRow("lone surrogate in a key")
        << QByteArray(R"({"\ud800":1})") << utf8 << QByteArray("line 1 column 9");
    QTest::newRow("text that only speaks of surrogates")
        << QByteArray(R"(["invalid string: surrogate U+D800" x])") << syntax
        << QByteArray("line 1 column 37");

    QTest::newRow("repeated key") << QByteArray(R"({"a":1,"a":1})") << duplicate
                                  << QByteArray("/a");
    QTest::newRow("repeated key, other spelling")
        << QByteArray(R"({"a":1,"\u0061":2})") << duplicate << QByteArray("/a");
    QTest::newRow("repeated empty key")
        << QByteArray(R"({"":1,"":2})") << duplicate << QByteArray("/");
    QTest::newRow("repeated key deep inside")
        << QByteArray(R"({"x":[0,{"a/b":{}, "k~":1,"k~":[]}]})") << duplicate
        << QByteArray("/x/1/k~0");

    QTest::newRow("one above 64 bits")
        << QByteArray("18446744073709551616") << integer << QByteArray();
    QTest::newRow("one below 64 bits")
        << QByteArray("[0,-9223372036854775809]") << integer << QByteArray("/1");
    QTest::newRow("integer beyond a double")
        << QByteArray("{\"n\":") + QByteArray(400, '9') + "}" << integer << QByteArray("/n");
    QTest::newRow("overflow") << QByteArray("[[1e309]]") << number << QByteArray("/0/0");
    QTest::newRow("negative overflow")
        << QByteArray(R"({"a":{"b":-1e400}})") << number << QByteArray("/a/b");
}

void TestJson::refusesWhatOtherReadersWouldReadDifferently()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, pointer);
    const auto parsed = parseJson(viewOf(text));
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
    QCOMPARE(QByteArray::fromStdString(parsed.error().rule), rule);
    QCOMPARE(QByteArray::fromStdString(parsed.error().pointer), pointer);
    QVERIFY(!parsed.error().detail.empty());
}

void TestJson::readsEveryKindOfValue()
{
    const auto parsed =
        parseJson(R"( {"z":[null,true,false,{}],"a":{"text":"\"","n":-0.5e1},"empty":[]} )");
    QVERIFY(parsed.ok());
    Json expected = Json::object();
    expected["z"] = Json::array({nullptr, true, false, Json::object()});
    expected["a"] = {{"text", "\""}, {"n", -5.0}};
    expected["empty"] = Json::array();
    QVERIFY(*parsed == expected);
    for (const std::string_view scalar : {"null", "true", "0", "-0", "1.5", "\"\"", "1e-400"})
        QVERIFY2(parseJson(scalar).ok(), std::string(scalar).c_str());
}

void TestJson::keepsIntegersOfSixtyFourBitsExact()
{
    const auto parsed = parseJson("[18446744073709551615,-9223372036854775808,9007199254740993]");
    QVERIFY(parsed.ok());
    QCOMPARE((*parsed)[0].get<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
    QCOMPARE((*parsed)[1].get<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
    QCOMPARE((*parsed)[2].get<std::uint64_t>(), std::uint64_t{9007199254740993U});
    QVERIFY((*parsed)[1].is_number_integer());
    const auto real = parseJson("[18446744073709551616.0,1.8446744073709551616e19]");
    QVERIFY(real.ok());
    QVERIFY((*real)[0].is_number_float() && (*real)[1].is_number_float());
}

void TestJson::readsEscapesAndPairedSurrogates()
{
    const auto parsed = parseJson(R"(["\ud83d\ude00","\u0000\n\/","caf\u00e9"])");
    QVERIFY(parsed.ok());
    QCOMPARE((*parsed)[0].get<std::string>(), std::string("\xF0\x9F\x98\x80"));
    QCOMPARE((*parsed)[1].get<std::string>(), std::string("\0\n/", 3));
    QCOMPARE((*parsed)[2].get<std::string>(), std::string("caf\xC3\xA9"));
}

void TestJson::allowsTheLargestDepthAndNoMore()
{
    const auto depthMax = static_cast<int>(JsonLimits().depthMax);
    QVERIFY(parseJson(viewOf(nested(depthMax))).ok());
    const auto tooDeep = parseJson(viewOf(nested(depthMax + 1)));
    QVERIFY(!tooDeep.ok());
    QCOMPARE(tooDeep.error().code, ErrorCode::LimitExceeded);
    QCOMPARE(tooDeep.error().rule, std::string("json.depth"));
    QCOMPARE(tooDeep.error().pointer.size(), static_cast<std::size_t>(2 * depthMax));

    const auto flat = parseJson(R"({"a":[1]})", {.depthMax = 1});
    QVERIFY(!flat.ok());
    QCOMPARE(flat.error().pointer, std::string("/a"));
}

void TestJson::refusesNegativeZeroWhereAskedTo()
{
    QVERIFY(parseJson("[-0]").ok());
    const JsonLimits limits = {.refusesNegativeZero = true};
    const auto refused = parseJson(R"({"a":[0,-0]})", limits);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().rule, std::string("json.negative_zero"));
    QCOMPARE(refused.error().pointer, std::string("/a/1"));
    QVERIFY(parseJson("[0,-1,-0.0]", limits).ok());
}

void TestJson::survivesAHundredMegabytesOfOpenBrackets()
{
    const std::string brackets(std::size_t{100} * 1024 * 1024, '[');
    const auto bySize = parseJson(brackets);
    QVERIFY(!bySize.ok());
    QCOMPARE(bySize.error().rule, std::string("json.size"));
    const auto byDepth = parseJson(brackets, {.byteCountMax = brackets.size()});
    QVERIFY(!byDepth.ok());
    QCOMPARE(byDepth.error().rule, std::string("json.depth"));
}

void TestJson::countsValuesUpToTheLimit()
{
    QVERIFY(parseJson(R"({"a":[1,2]})", {.valueCountMax = 4}).ok());
    const auto tooMany = parseJson(R"({"a":[1,2]})", {.valueCountMax = 3});
    QVERIFY(!tooMany.ok());
    QCOMPARE(tooMany.error().code, ErrorCode::LimitExceeded);
    QCOMPARE(tooMany.error().rule, std::string("json.count"));
    QCOMPARE(tooMany.error().pointer, std::string("/a/1"));
}

void TestJson::refusesTextLongerThanTheLimit()
{
    QVERIFY(parseJson("[10]", {.byteCountMax = 4}).ok());
    const auto tooLong = parseJson("[10]", {.byteCountMax = 3});
    QVERIFY(!tooLong.ok());
    QCOMPARE(tooLong.error().code, ErrorCode::LimitExceeded);
    QCOMPARE(tooLong.error().rule, std::string("json.size"));
}

void TestJson::refusesEveryPrefixOfADocument()
{
    const std::string text = R"({"a":[1,-2.5e3,"\u00e9\ud83d\ude00 é"],"b":{"c":null,"d":true}})";
    QVERIFY(parseJson(text).ok());
    for (std::size_t length = 0; length < text.size(); ++length)
        QVERIFY2(
            !parseJson(std::string_view(text).substr(0, length)).ok(),
            qPrintable(QString::number(length)));
}

void TestJson::refusesADocumentWithAnyByteSpoiled()
{
    const std::string text = R"({"a":[1,-2.5e3,"\u00e9 é"],"b":{"c":null}})";
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char bad : {'\xFF', '\0', '\x1F'}) {
            std::string spoiled = text;
            spoiled[i] = bad;
            QVERIFY2(!parseJson(spoiled).ok(), qPrintable(QString::number(i)));
        }
    }
}

void TestJson::neverQuotesMoreThanAFewWords()
{
    const auto parsed = parseJson('"' + std::string(1'000'000, 'x'));
    QVERIFY(!parsed.ok());
    QVERIFY(parsed.error().describe().size() < 300);
}

void TestJson::findsValuesByPointer_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("whole") << QByteArray("") << QByteArray("object");
    QTest::newRow("member") << QByteArray("/a/1") << QByteArray("2");
    QTest::newRow("empty key") << QByteArray("/") << QByteArray("3");
    QTest::newRow("escaped key") << QByteArray("/x~1y~0z") << QByteArray("4");
    QTest::newRow("tilde before one") << QByteArray("/~01") << QByteArray("5");
    QTest::newRow("absent member") << QByteArray("/b") << QByteArray();
    QTest::newRow("absent element") << QByteArray("/a/2") << QByteArray();
    QTest::newRow("element after the last") << QByteArray("/a/-") << QByteArray();
    QTest::newRow("leading zero") << QByteArray("/a/01") << QByteArray();
    QTest::newRow("signed index") << QByteArray("/a/+1") << QByteArray();
    QTest::newRow("huge index") << QByteArray("/a/99999999999999999999999") << QByteArray();
    QTest::newRow("empty index") << QByteArray("/a/") << QByteArray();
    QTest::newRow("into a number") << QByteArray("/a/0/x") << QByteArray();
    QTest::newRow("no slash") << QByteArray("a") << QByteArray();
    QTest::newRow("bad escape") << QByteArray("/~2") << QByteArray();
    QTest::newRow("open escape") << QByteArray("/~") << QByteArray();
}

void TestJson::findsValuesByPointer()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, expected);
    const auto root = parseJson(R"({"a":[1,2],"":3,"x/y~z":4,"~1":5})");
    QVERIFY(root.ok());
    const Json* const found = valueAt(*root, viewOf(pointer));
    if (expected.isEmpty()) {
        QVERIFY(found == nullptr);
        return;
    }
    QVERIFY(found != nullptr);
    const std::string text = found->is_object() ? "object" : found->dump();
    QCOMPARE(QByteArray::fromStdString(text), expected);
}

void TestJson::escapesPointerTokens()
{
    QCOMPARE(pointerToken("a/b~c"), std::string("a~1b~0c"));
    QCOMPARE(pointerToken("~1"), std::string("~01"));
    QCOMPARE(pointerToken(""), std::string());
}

void TestJson::readsTextMembersOnlyWhereThereIsText()
{
    const Json object = {{"text", "x"}, {"number", 1}};
    QCOMPARE(textMember(object, "text"), std::string("x"));
    QCOMPARE(textMember(object, "number"), std::string());
    QCOMPARE(textMember(object, "absent"), std::string());
    QCOMPARE(textMember(Json::array(), "text"), std::string());
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
