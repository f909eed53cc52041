#include "ui/format/cause_text.h"
#include "ui/format/entry_text.h"

#include <QTest>

using namespace countersign::ui;

class TestEntryText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWordsOfTheCoreInOurs();
    void showsNamesAndIdsAsTheyAre();
    void leavesOutWhatSaysNothing();
    void hiddenCharactersAreShown();
    void knowsTheCausesOfARun();

private:
    static QString summary(std::vector<LogFact> facts)
    {
        LogRow row;
        row.facts = std::move(facts);
        return entrySummary(row);
    }
};

void TestEntryText::saysWordsOfTheCoreInOurs()
{
    QVERIFY(summary({{"answer", "respond"}}).contains(QStringLiteral("asked back")));
    QVERIFY(summary({{"order", "confirm_gate"}}).contains(QStringLiteral("Let this step go")));
    QVERIFY(summary({{"result", "success"}}).contains(QStringLiteral("succeeded")));
    QVERIFY(summary({{"result", "completed"}}).contains(QStringLiteral("carried out")));
    QVERIFY(summary({{"why", "interrupted"}}).contains(QStringLiteral("interrupted during")));
    QVERIFY(summary({{"phase", "compensation"}}).contains(QStringLiteral("way back")));
}

void TestEntryText::showsNamesAndIdsAsTheyAre()
{
    const QString text = summary(
        {{"person", "Greta Holm"}, {"step_id", "wave_1"}, {"order", "dance"}, {"why", "so said"}});
    for (const char* const part : {"Greta Holm", "wave_1", "dance", "so said"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
    QCOMPARE(text.count(QStringLiteral(" · ")), 3);
}

void TestEntryText::leavesOutWhatSaysNothing()
{
    QVERIFY(summary({}).isEmpty());
    QVERIFY(summary({{"phase", "forward"}}).isEmpty());
}

void TestEntryText::hiddenCharactersAreShown()
{
    const QString text = summary({{"title", "a\u202Eb"}});
    QVERIFY(!text.contains(QChar(0x202E)));
}

void TestEntryText::knowsTheCausesOfARun()
{
    for (const char* const code :
         {"interrupted",
          "effect_uncertain",
          "stopped",
          "attempts_exhausted",
          "step_failed",
          "dependency_failed",
          "cancelled",
          "expired",
          "compensation_failed",
          "compensation_window",
          "retry",
          "not_before"})
        QVERIFY2(causeText(code).has_value(), code);
    QVERIFY(!causeText("").has_value());
    QVERIFY(!causeText("no answer within 30 s").has_value());
}

QTEST_GUILESS_MAIN(TestEntryText)
#include "tst_entry_text.moc"
