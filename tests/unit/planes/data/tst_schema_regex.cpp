#include "tests/unit/planes/data/schema_support.h"

using namespace countersign;
using namespace countersign::data::test;

class TestSchemaRegex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPatternsAsEcmaScript_data();
    void readsPatternsAsEcmaScript() { checkRow(); }
    void givesUpOnBacktrackingAndStaysInvalidUnderNot();
};

void TestSchemaRegex::readsPatternsAsEcmaScript_data()
{
    addRows({
        {"not anchored", R"({"pattern":"b+"})", "\"abc\"", ""},
        {"$ is the very end", R"({"pattern":"^a$"})", R"("a\n")", " pattern"},
        {"^ is the very start", R"({"pattern":"^b"})", R"("a\nb")", " pattern"},
        {"\\d is ASCII", R"({"pattern":"^\\d$"})", "\"\xD9\xA3\"", " pattern"},
        {"\\w is ASCII", R"({"pattern":"^\\w$"})", "\"\xC3\xA9\"", " pattern"},
        {"\\W takes the rest", R"({"pattern":"^[\\W]$"})", "\"\xC3\xA9\"", ""},
        {"\\s knows the no-break space", R"({"pattern":"^\\s$"})", "\"\xC2\xA0\"", ""},
        {"\\s knows the byte order mark", R"({"pattern":"^[\\s]$"})", R"("\uFEFF")", ""},
        {"\\S leaves it out", R"({"pattern":"^\\S$"})", R"("\uFEFF")", " pattern"},
        {"a dot takes one code point", R"({"pattern":"^.$"})", "\"\xF0\x9F\x90\xB2\"", ""},
        {"a dot stops at a line separator", R"({"pattern":"^.$"})", R"("\u2028")", " pattern"},
        {"\\p{Letter}", R"({"pattern":"^\\p{Letter}\\P{L}$"})", "\"\xCF\x80\x31\"", ""},
        {"scripts",
         R"({"pattern":"^[\\p{Script=Greek}\\p{sc=Cyrl}]+$"})",
         "\"\xCF\x80\xD0\xB6\"",
         ""},
        {"\\u{…} and surrogate pairs",
         R"({"pattern":"^\\u{1F432}\\uD83D\\uDC32$"})",
         "\"\xF0\x9F\x90\xB2\xF0\x9F\x90\xB2\"",
         ""},
        {"\\c is a control character", R"({"pattern":"^\\cJ$"})", R"("\n")", ""},
        {"\\b in a class is a backspace", R"({"pattern":"^[\\b]$"})", R"("\b")", ""},
        {"an empty class matches nothing", R"({"pattern":"[]"})", "\"a\"", " pattern"},
        {"a negated empty class matches all", R"({"pattern":"^[^]$"})", R"("\n")", ""},
        {"POSIX classes are just characters", R"({"pattern":"^[[:alpha:]$"})", "\"p\"", ""},
        {"named references", R"({"pattern":"^(?<q>['\"]).*\\k<q>$"})", R"("'a'")", ""},
        {"a reference to a group that took no part", R"({"pattern":"^(a)?b\\1$"})", "\"b\"", ""},
        {"a reference that must repeat", R"({"pattern":"^(a)b\\1$"})", "\"b\"", " pattern"},
        {"lookbehind", R"({"pattern":"(?<=\\$)\\d+(?!\\.)$"})", "\"$42\"", ""},
        {"lazy repetition", R"({"pattern":"^a{2,3}?$"})", "\"aaa\"", ""},
        {"# and blanks are characters", R"({"pattern":"^a #b$"})", "\"a #b\"", ""},
    });
}

void TestSchemaRegex::givesUpOnBacktrackingAndStaysInvalidUnderNot()
{
    const Json hostile(std::string(40, 'a') + "!");
    const auto plain = setOf({json(R"({"pattern":"^(a|aa|a)+$"})")});
    QVERIFY(plain.ok());
    const auto violations = plain->validate(kUri, hostile);
    QVERIFY(violations.ok());
    QVERIFY(!violations->empty());
    QVERIFY(violations->front().message.find("too many steps") != std::string::npos);

    const auto negated = setOf({json(R"({"not":{"pattern":"^(a|aa|a)+$"}})")});
    QCOMPARE(outline(negated, hostile), QStringLiteral(" pattern"));
    QCOMPARE(outline(negated, Json("b")), QString());
}

QTEST_GUILESS_MAIN(TestSchemaRegex)
#include "tst_schema_regex.moc"
