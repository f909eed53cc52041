#include "planes/control/cedar/lex.h"
#include "tests/support/result_text.h"

#include <QTest>

using namespace countersign;
using namespace countersign::cedar;
using countersign::testing::must;

namespace {

/// The texts of all tokens but the last, with blanks between.
std::string tokenTexts(const std::string& text)
{
    std::string result;
    for (const Token& token : must(tokenize(text))) {
        if (token.is(TokenKind::End))
            break;
        if (!result.empty())
            result += ' ';
        result += token.is(TokenKind::Invalid) ? "<" + std::string(token.text) + ">"
                                               : std::string(token.text);
    }
    return result;
}

/// The text that the only token stands for, or `refused`.
std::string unescaped(const std::string& body)
{
    const std::string text = '"' + body + '"';
    const auto tokens = must(tokenize(text));
    if (tokens.size() != 2 || !tokens.front().is(TokenKind::String))
        return "no string";
    const auto value = unescapeString(tokens.front());
    return value.ok() ? *value : "refused";
}

/// The literal runs of a pattern, with `|` for each wildcard.
std::string pattern(const std::string& body)
{
    const std::string text = '"' + body + '"';
    const auto tokens = must(tokenize(text));
    const auto runs = unescapePattern(tokens.front());
    if (!runs.ok())
        return "refused";
    std::string result;
    for (std::size_t i = 0; i < runs->size(); ++i)
        result += (i > 0 ? "|" : "") + (*runs)[i];
    return result;
}

} // namespace

class TestCedarLex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsTextIntoTokens_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("tokens");
        const auto row = [](const char* text, const char* tokens) {
            QTest::newRow(tokens) << QByteArray(text) << QByteArray(tokens);
        };
        row("a::b:::c", "a :: b :: : c");
        row("a<=b<c==d=e!=f!g", "a <= b < c == d = e != f ! g");
        row("Set<Set<Long>>", "Set < Set < Long > >");
        row("a?:b?c ?principal", "a ? : b ?c ?principal");
        row("1a 01_2", "1 a 01 _2");
        row("a//b\rc//d\ne", "a c e");
        row("a /* b", "a / * b");
        row("a & b | c", "a <&> b <|> c");
        row("\"a\\\"\"\"b\"", "\"a\\\"\" \"b\"");
        row("a\xC2\xA0\xE2\x80\xA8\xE3\x80\x80"
            "b",
            "a b");
        row("a\xE2\x80\x8B"
            "b",
            "a <\xE2\x80\x8B> b");
        row("\xEF\xBB\xBF"
            "a",
            "<\xEF\xBB\xBF> a");
        row("'a' #", "<'> a <'> <#>");
    }

    void splitsTextIntoTokens()
    {
        QFETCH(const QByteArray, text);
        QTEST(QByteArray::fromStdString(tokenTexts(text.toStdString())), "tokens");
    }

    void countsLinesAndCharacters()
    {
        const std::string text = "a\n \"\xC3\xA4\nb\" // \xC3\xA4\n\xC2\xA0z";
        const auto tokens = must(tokenize(text));
        QCOMPARE(tokens.size(), std::size_t{4});
        QCOMPARE(tokens[0].position, (SourcePosition{0, 1, 1}));
        QCOMPARE(tokens[1].position, (SourcePosition{3, 2, 2}));
        QCOMPARE(tokens[2].position, (SourcePosition{18, 4, 2}));
        QCOMPARE(tokens[3].position, (SourcePosition{19, 4, 3}));
    }

    void stringsStandForTexts_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* body, const QByteArray& text) {
            QTest::newRow(body) << QByteArray(body) << text;
        };
        row("a\\n\\r\\t\\\\\\'\\\"", "a\n\r\t\\'\"");
        row("\\0", QByteArray(1, '\0'));
        row("\\x41\\x7f", "A\x7F");
        row("\\u{41}\\u{0_0004_1}\\u{1F600}\\u{10ffff}", "AA\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF");
        row("a\nb", "a\nb");
        for (const char* bad :
             {"\\q",
              "\\*",
              "\\x80",
              "\\x4",
              "\\xg0",
              "\\u41",
              "\\u{}",
              "\\u{_41}",
              "\\u{0000041}",
              "\\u{110000}",
              "\\u{d800}",
              "\\u{41",
              "\\u{4 1}",
              "a\rb",
              "\\N"})
            row(bad, "refused");
        row("a\\\nb", "no string");
        row("a\\", "no string");
    }

    void stringsStandForTexts()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(unescaped(body.toStdString())), text);
    }

    void patternsKnowWildcards_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("runs");
        const auto row = [](const char* body, const char* runs) {
            QTest::newRow(body) << QByteArray(body) << QByteArray(runs);
        };
        row("", "");
        row("*", "|");
        row("a**b\\*c", "a||b*c");
        row("\\u{2a}\\x2a\\\\*", "||\\|");
        row("\\q", "refused");
    }

    void patternsKnowWildcards()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, runs);
        QCOMPARE(QByteArray::fromStdString(pattern(body.toStdString())), runs);
    }

    void writesPatternsBack()
    {
        for (const std::vector<std::string>& runs :
             {std::vector<std::string>{""},
              {"", ""},
              {"a*", "\\", "\"\n"},
              {"", "", "*"},
              {"\xC3\xA4"}}) {
            const std::string text = quotedPattern(runs);
            QCOMPARE(must(unescapePattern(must(tokenize(text)).front())), runs);
        }
    }

    void explainsWhatIsNoToken()
    {
        const std::string text = "\"abc";
        QVERIFY(problemOf(must(tokenize(text)).front()).hint.find("quote") != std::string::npos);
        const std::string apostrophe = "'";
        QVERIFY(
            problemOf(must(tokenize(apostrophe)).front()).hint.find("double") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestCedarLex)
#include "tst_cedar_lex.moc"
