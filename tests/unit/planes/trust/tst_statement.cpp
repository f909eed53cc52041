#include "planes/trust/statement.h"

#include <QTest>

using namespace countersign;
using namespace countersign::trust;

namespace {

const std::string kHex = Digest::of("thing").hex();

std::string statementJson(const std::string& subject, const std::string& rest)
{
    return R"({"_type":")" + std::string(kStatementType) + R"(","subject":)" + subject + rest + "}";
}

std::string subjectJson()
{
    return R"([{"name":"thing","digest":{"sha256":")" + kHex + R"("}}])";
}

const std::string kRest = R"(,"predicateType":"urn:example:p","predicate":{"a":1})";

} // namespace

class TestStatement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesCanonicalBytes()
    {
        const Statement statement{
            {{"thing", Digest::of("thing")}}, "urn:example:p", {{"z", true}, {"a", "b"}}};
        const std::string bytes = statement.toJson().value();
        QVERIFY(
            bytes
            == R"({"_type":")" + std::string(kStatementType)
                   + R"(","predicate":{"a":"b","z":true},)"
                     R"("predicateType":"urn:example:p","subject":[{"digest":{"sha256":")"
                   + kHex + R"("},"name":"thing"}]})");
        QVERIFY(parseStatement(bytes).value() == statement);
        QVERIFY(statement.isAbout(Digest::of("thing")));
        QVERIFY(!statement.isAbout(Digest::of("other")));
    }

    void ignoresUnknownMembersAndOtherDigests()
    {
        const auto read = parseStatement(statementJson(
            R"([{"uri":"x:y","digest":{"sha512":"zz","sha256":")" + kHex + R"("},"more":1}])",
            kRest + R"(,"extra":null)"));
        QVERIFY(read.ok());
        QVERIFY(read->subjects.front().name.empty());
        QVERIFY(read->predicate == Json({{"a", 1}}));
        const auto bare =
            parseStatement(statementJson(subjectJson(), R"(,"predicateType":"urn:example:p")"));
        QVERIFY(bare.ok());
        QVERIFY(bare->predicate == Json::object());
    }

    void refusesOtherStatements_data()
    {
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, const std::string& json) {
            QTest::newRow(name) << QByteArray::fromStdString(json);
        };
        row("nothing", "");
        row("array", "[]");
        row("no type", "{}");
        row("version 0.1",
            "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"subject\":" + subjectJson() + kRest
                + "}");
        row("no subject list",
            R"({"_type":")" + std::string(kStatementType) + R"(")" + kRest + "}");
        row("no subject", statementJson("[]", kRest));
        row("subject not an object", statementJson("[1]", kRest));
        row("subject without digest", statementJson(R"([{"name":"x"}])", kRest));
        row("subject without SHA-256",
            statementJson(R"([{"name":"x","digest":{"sha1":"aa"}}])", kRest));
        row("digest not text", statementJson(R"([{"name":"x","digest":{"sha256":7}}])", kRest));
        row("digest in upper case",
            statementJson(
                R"([{"digest":{"sha256":")"
                    + QByteArray::fromStdString(kHex).toUpper().toStdString() + R"("}}])",
                kRest));
        row("second subject bad",
            statementJson(R"([{"digest":{"sha256":")" + kHex + R"("}},{"digest":{}}])", kRest));
        row("name a number",
            statementJson(R"([{"name":1,"digest":{"sha256":")" + kHex + R"("}}])", kRest));
        row("no predicate type", statementJson(subjectJson(), R"(,"predicate":{})"));
        row("predicate type no URI",
            statementJson(subjectJson(), R"(,"predicateType":"approval")"));
        row("predicate type with a space",
            statementJson(subjectJson(), R"(,"predicateType":"urn:a b")"));
        row("predicate an array",
            statementJson(subjectJson(), R"(,"predicateType":"a:b","predicate":[])"));
        row("subject twice", statementJson(subjectJson(), R"(,"subject":[])" + kRest));
        row("text after", statementJson(subjectJson(), kRest) + "x");
    }
    void refusesOtherStatements()
    {
        QFETCH(QByteArray, json);
        QCOMPARE(parseStatement(json.toStdString()).error().code, ErrorCode::InvalidInput);
    }

    void refusesTooManySubjects()
    {
        std::string list = "[";
        for (std::size_t i = 0; i <= kSubjectCountMax; ++i)
            list += (i == 0 ? "" : ",") + subjectJson().substr(1, subjectJson().size() - 2);
        QCOMPARE(
            parseStatement(statementJson(list + "]", kRest)).error().code,
            ErrorCode::LimitExceeded);
    }

    void refusesToWriteWhatItWouldNotRead()
    {
        const Digest digest = Digest::of("thing");
        QVERIFY(!(Statement{{}, "a:b"}).toJson().ok());
        QVERIFY(!(Statement{{{"x", digest}}, "no URI"}).toJson().ok());
        QVERIFY(!(Statement{{{"\xFF", digest}}, "a:b"}).toJson().ok());
        QVERIFY(!(Statement{{{"x", digest}}, "a:b", Json::array()}).toJson().ok());
        QVERIFY(!(Statement{{{"x", digest}}, "a:b", {{"n", INT64_MAX}}}).toJson().ok());
    }
};

QTEST_GUILESS_MAIN(TestStatement)
#include "tst_statement.moc"
