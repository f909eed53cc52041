#include "planes/execution/audit_finding.h"
#include "ui/format/check_text.h"

#include <QTest>

using namespace countersign;
using namespace countersign::ui;

class TestCheckText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFindingOfAnAuditHasASentence();
    void fillsInTheValues();
    void valuesAreNeverPlaces();
    void hiddenCharactersOfValuesAreShown();
    void severalFindingsStandInLines();
    void aBrokenCheckSaysWhatItMeans();
    void whatIsNotKnownIsShownInTheCoresWords();
    void englishTextHasTheSameValues();
};

void TestCheckText::everyFindingOfAnAuditHasASentence()
{
    for (const std::string_view code : execution::auditFindingCodes())
        QVERIFY2(knowsFinding(code), std::string(code).c_str());
    QVERIFY(knowsFinding("pack.files"));
    QVERIFY(knowsFinding("anchor.own"));
    QVERIFY(!knowsFinding("pack"));
}

void TestCheckText::fillsInTheValues()
{
    const QString text =
        checkSentence({true, "signatures", "", {{"signatures.counted", {"1234", "2"}}}});
    QVERIFY2(text.contains(QStringLiteral("1,234")), qPrintable(text));
    QVERIFY2(!text.contains(QLatin1Char('%')), qPrintable(text));
    const QString quorum = checkSentence(
        {true, "quorum", "", {{"quorum.request_by", {"req_1", "1", "authorized", "Greta Holm"}}}});
    QVERIFY2(quorum.contains(QStringLiteral("approved")), qPrintable(quorum));
    QVERIFY2(quorum.contains(QStringLiteral("Greta Holm")), qPrintable(quorum));
}

void TestCheckText::valuesAreNeverPlaces()
{
    const QString text =
        checkSentence({true, "foundation", "", {{"foundation.workspace", {"%2 of %1", "abc"}}}});
    QVERIFY2(text.contains(QStringLiteral("%2 of %1")), qPrintable(text));
}

void TestCheckText::hiddenCharactersOfValuesAreShown()
{
    const QString text = checkSentence(
        {true, "foundation", "", {{"foundation.workspace", {"North\u202Egate", "abc"}}}});
    QVERIFY(!text.contains(QChar(0x202E)));
    QVERIFY(text.contains(QStringLiteral("U+202E")));
}

void TestCheckText::severalFindingsStandInLines()
{
    const QString text = checkSentence(
        {true, "runs", "", {{"runs.run", {"run_1", "3"}}, {"runs.run", {"run_2", "4"}}}});
    QCOMPARE(text.count(QLatin1Char('\n')), 1);
}

void TestCheckText::aBrokenCheckSaysWhatItMeans()
{
    const QString text = checkSentence({false, "documents", "memo.json is missing"});
    QVERIFY(!text.isEmpty());
    QVERIFY(!text.contains(QStringLiteral("memo.json")));
}

void TestCheckText::whatIsNotKnownIsShownInTheCoresWords()
{
    QVERIFY(checkSentence({true, "planets", "in a row", {{"planets.counted", {"8"}}}})
                .contains(QStringLiteral("in a row")));
    QVERIFY(
        checkSentence({false, "planets", "one is late"}).contains(QStringLiteral("one is late")));
    QVERIFY(checkName("new_thing").contains(QStringLiteral("new thing")));
}

void TestCheckText::englishTextHasTheSameValues()
{
    using execution::AuditFindings;
    QCOMPARE(
        execution::text(AuditFindings{{"foundation.workspace", {"%2", "ab"}}}),
        std::string("\"%2\", genesis ab"));
    QCOMPARE(
        execution::text(AuditFindings{{"runs.run", {"a", "1"}}, {"runs.run", {"b", "2"}}}),
        std::string("a: 1 events; b: 2 events"));
}

QTEST_GUILESS_MAIN(TestCheckText)
#include "tst_check_text.moc"
