#include "ui/format/class_text.h"
#include "ui/format/error_text.h"
#include "ui/format/json_rows.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"

#include <QTest>

#include <set>

using namespace countersign;
using namespace countersign::ui;

namespace {

QString ltr(const QString& text)
{
    return QChar(0x2066) + text + QChar(0x2069);
}

} // namespace

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void moneyKeepsEveryDigit_data();
    void moneyKeepsEveryDigit();
    void whatFollowsANumberStaysBehindIt();
    void typedAmountsAreReadInBothScripts_data();
    void typedAmountsAreReadInBothScripts();
    void estimatesAreRounded_data();
    void estimatesAreRounded();
    void digestsStandInGroupsOfFour();
    void deadlinesSpeak_data();
    void deadlinesSpeak();
    void directionFollowsTheFirstStrongLetter_data();
    void directionFollowsTheFirstStrongLetter();
    void payloadsAreShownInFull();
    void changesNameBeforeAndAfter();
    void everyErrorCodeHasItsSentence();
    void knownRulesHaveTheirOwnSentence();
    void everyClassHasWords();
    void unknownWordsAreShownAsTheyAre();
};

void TestFormat::moneyKeepsEveryDigit_data()
{
    QTest::addColumn<std::string>("amount");
    QTest::addColumn<std::string>("currency");
    QTest::addColumn<QString>("shown");
    const auto row =
        [](const char* name, const char* amount, const char* currency, QStringView shown) {
            QTest::newRow(name) << std::string(amount) << std::string(currency)
                                << ltr(shown.toString());
        };
    row("millions", "42000000.00", "EUR", u"EUR\u00a042,000,000.00");
    row("below a thousand", "229.00", "SAR", u"SAR\u00a0229.00");
    row("exactly a thousand", "1000", "USD", u"USD\u00a01,000");
    row("largest", "999999999999999999.9999", "EUR", u"EUR\u00a0999,999,999,999,999,999.9999");
    row("negative", "-9344100.00", "EUR", u"EUR\u00a0\u22129,344,100.00");
    row("zero", "0.00", "EUR", u"EUR\u00a00.00");
    row("no number stays", "n/a", "EUR", u"EUR\u00a0n/a");
    row("no currency", "5.5", "", u"5.5");
}

void TestFormat::moneyKeepsEveryDigit()
{
    QFETCH(std::string, amount);
    QFETCH(std::string, currency);
    QFETCH(QString, shown);
    QCOMPARE(moneyText(amount, currency), shown);
}

void TestFormat::whatFollowsANumberStaysBehindIt()
{
    // After an Arabic letter Qt would put the sign before the number without the mark.
    QCOMPARE(percentText(0.72), QStringLiteral("\u2066\u200e72\u00a0%\u2069"));
    QCOMPARE(isolateLtr(QStringLiteral("2/3")), QStringLiteral("\u2066\u200e2/3\u2069"));
    QCOMPARE(countText(1234), QStringLiteral("\u20661,234\u2069"));
    QCOMPARE(idText("dec_1"), QStringLiteral("\u2066dec_1\u2069"));
    QCOMPARE(isolateLtr({}), QStringLiteral("\u2066\u2069"));
}

void TestFormat::typedAmountsAreReadInBothScripts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("read");
    QTest::newRow("plain") << QStringLiteral("42000000") << QStringLiteral("42000000");
    QTest::newRow("commas") << QStringLiteral("42,000,000.00") << QStringLiteral("42000000.00");
    QTest::newRow("spaces") << QStringLiteral("42 000\u00a0000") << QStringLiteral("42000000");
    QTest::newRow("Arabic digits")
        << QStringLiteral("٤٢٬٠٠٠٬٠٠٠٫٥٠") << QStringLiteral("42000000.50");
    QTest::newRow("letters spoil it") << QStringLiteral("42m") << QStringLiteral("42?");
}

void TestFormat::typedAmountsAreReadInBothScripts()
{
    QFETCH(QString, typed);
    QFETCH(QString, read);
    QCOMPARE(QString::fromStdString(typedAmount(typed)), read);
}

void TestFormat::estimatesAreRounded_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<std::string>("unit");
    QTest::addColumn<QString>("shown");
    QTest::newRow("millions") << -9344080.0 << std::string("EUR")
                              << QStringLiteral("EUR\u00a0\u22129.34 million");
    QTest::newRow("thousands") << 81817.3 << std::string("EUR")
                               << QStringLiteral("EUR\u00a081.8 thousand");
    QTest::newRow("zero") << 0.0 << std::string("EUR") << QStringLiteral("EUR\u00a00");
    QTest::newRow("count") << 3.0 << std::string("count") << QStringLiteral("3");
    QTest::newRow("days") << 12.5 << std::string("days") << QStringLiteral("12.5\u00a0days");
    QTest::newRow("share") << 0.041 << std::string("fraction") << QStringLiteral("4.1\u00a0%");
    QTest::newRow("four digits") << 1234.0 << std::string("minutes")
                                 << QStringLiteral("1,234\u00a0minutes");
}

void TestFormat::estimatesAreRounded()
{
    QFETCH(double, value);
    QFETCH(std::string, unit);
    QFETCH(QString, shown);
    QString text = estimateText(value, unit);
    for (const char16_t isolate : {u'\u200e', u'\u2066', u'\u2068', u'\u2069'})
        text.remove(QChar(isolate));
    QCOMPARE(text, shown);
}

void TestFormat::digestsStandInGroupsOfFour()
{
    const Digest digest = Digest::of("abc");
    QCOMPARE(groupedHex(digest.hex()), ltr(QString::fromStdString(digest.groupedText())));
    QCOMPARE(shortHex("ba7816bf8f01"), ltr(QStringLiteral("ba78 16bf")));
    QCOMPARE(groupedHex(""), ltr(QString()));
}

void TestFormat::deadlinesSpeak_data()
{
    QTest::addColumn<int>("minutesToDue");
    QTest::addColumn<int>("minutesToExpiry");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("tone");
    const auto row = [](const char* name, int due, int expiry, QStringView words, Tone tone) {
        QTest::newRow(name) << due << expiry << words.toString() << static_cast<int>(tone);
    };
    row("far", 6 * 24 * 60, 9 * 24 * 60, u"due in 6 days", Tone::Neutral);
    row("four hours is not soon", 240, 9999, u"due in 4 hours", Tone::Neutral);
    row("just under four hours", 239, 9999, u"due in 3 hours", Tone::Caution);
    row("a minute", 1, 9999, u"due in 1 minute", Tone::Caution);
    row("now", 0, 60, u"overdue by less than a minute, closes in 1 hour", Tone::Danger);
    row("overdue", -2880, 1440, u"overdue by 2 days, closes in 24 hours", Tone::Danger);
    row("expired", -2880, -1, u"expired 1 minute ago", Tone::Neutral);
}

void TestFormat::deadlinesSpeak()
{
    QFETCH(int, minutesToDue);
    QFETCH(int, minutesToExpiry);
    QFETCH(QString, words);
    QFETCH(int, tone);
    const Instant now = Instant::fromUnixSeconds(1'779'000'000);
    const Deadline deadline = deadlineOf(
        now + std::chrono::minutes(minutesToDue), now + std::chrono::minutes(minutesToExpiry), now);
    QCOMPARE(deadline.words, words);
    QCOMPARE(static_cast<int>(deadline.tone), tone);
    QVERIFY(!deadline.tooltip.isEmpty());
}

void TestFormat::directionFollowsTheFirstStrongLetter_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("rightToLeft");
    QTest::newRow("English") << QStringLiteral("Pay سعر") << false;
    QTest::newRow("Arabic") << QStringLiteral("سعر Pay") << true;
    QTest::newRow("digits first") << QStringLiteral("229 ريالًا") << true;
    QTest::newRow("isolated id first") << QStringLiteral("\u2066abc\u2069 سعر") << true;
    QTest::newRow("nothing strong") << QStringLiteral("229 %") << false;
}

void TestFormat::directionFollowsTheFirstStrongLetter()
{
    QFETCH(QString, text);
    QFETCH(bool, rightToLeft);
    QCOMPARE(directionOf(text) == Qt::RightToLeft, rightToLeft);
}

void TestFormat::payloadsAreShownInFull()
{
    const Json payload = *parseJson(
        R"({"price":{"amount":"229.00","currency":"SAR"},"signers":["a","b"],"share":1,"skip":true,"x":{},"y":null})");
    QStringList shown;
    for (const FieldRow& row : fieldRows(payload))
        shown << row.path + QLatin1Char('=') + row.value;
    QCOMPARE(
        shown,
        (QStringList{
            QStringLiteral("price › amount=229.00"),
            QStringLiteral("price › currency=SAR"),
            QStringLiteral("share=1"),
            QStringLiteral("signers › 1=a"),
            QStringLiteral("signers › 2=b"),
            QStringLiteral("skip=yes"),
            QStringLiteral("x=(nothing inside)"),
            QStringLiteral("y=(no value)")}));
    QVERIFY(fieldRows(Json::object()).empty());
}

void TestFormat::changesNameBeforeAndAfter()
{
    const Json before = *parseJson(R"({"a":1,"b":"x","c":true})");
    const Json after = *parseJson(R"({"a":"1","b":"x","d":2})");
    const std::vector<FieldChange> expected{
        {QStringLiteral("a"), QStringLiteral("1"), QStringLiteral("1"), false, false},
        {QStringLiteral("d"), {}, QStringLiteral("2"), true, false},
        {QStringLiteral("c"), QStringLiteral("yes"), {}, false, true}};
    QVERIFY(fieldChanges(before, after) == expected);
    QVERIFY(fieldChanges(before, before).empty());
}

void TestFormat::everyErrorCodeHasItsSentence()
{
    std::set<QString> sentences;
    for (int code = 0; code <= static_cast<int>(ErrorCode::StorageFailed); ++code) {
        const QString sentence = errorSentence({static_cast<ErrorCode>(code), "internal words"});
        QVERIFY(!sentence.isEmpty());
        QVERIFY(!sentence.contains(QStringLiteral("internal")));
        sentences.insert(sentence);
    }
    QCOMPARE(sentences.size(), static_cast<std::size_t>(ErrorCode::StorageFailed) + 1);
}

void TestFormat::knownRulesHaveTheirOwnSentence()
{
    const Error plain{ErrorCode::Conflict, "x"};
    const Error changed{ErrorCode::Conflict, "x", "answer.request"};
    QVERIFY(errorSentence(plain) != errorSentence(changed));
    QVERIFY(errorDetails(changed).contains(QStringLiteral("answer.request")));
}

void TestFormat::everyClassHasWords()
{
    for (int i = 0; i < 4; ++i) {
        const Classes classes{
            static_cast<ApprovalClass>(i),
            static_cast<Reversibility>(i),
            static_cast<Sensitivity>(i),
            static_cast<ActionClass>(i % 3)};
        const std::vector<ClassWords> words = classWords(classes);
        QCOMPARE(words.size(), std::size_t{4});
        QString codes;
        for (const ClassWords& one : words) {
            QVERIFY(!one.words.isEmpty());
            QVERIFY(!one.sentence.isEmpty());
            codes += one.code + QLatin1Char(' ');
        }
        QCOMPARE(codes.trimmed(), QString::fromStdString(text(classes)));
    }
}

void TestFormat::unknownWordsAreShownAsTheyAre()
{
    QCOMPARE(requestStatusWords("frozen").words, QStringLiteral("frozen"));
    QVERIFY(roleName("chief_of_cheese").contains(QStringLiteral("chief of cheese")));
    QVERIFY(documentName("novel").contains(QStringLiteral("novel")));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
