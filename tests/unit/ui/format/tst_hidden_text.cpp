#include "ui/format/hidden_text.h"

#include <QTest>

using namespace countersign::ui;

class TestHiddenText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsWhatNobodySees_data();
    void labelsWhatNobodySees();
    void leavesOrdinaryTextAlone_data();
    void leavesOrdinaryTextAlone();
    void leavesNoHiddenCharacterBehind();
    void keepsTheWordAndNamesTheMark();
};

void TestHiddenText::labelsWhatNobodySees_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("right-to-left override") << QStringLiteral("pay \u202Eevil");
    QTest::newRow("isolate never closed") << QStringLiteral("\u2067abc");
    QTest::newRow("zero-width space") << QStringLiteral("pay\u200Bpal");
    QTest::newRow("joiner between Latin letters") << QStringLiteral("a\u200Db");
    QTest::newRow("joiner at the end of an Arabic word") << QStringLiteral("سلام\u200D");
    QTest::newRow("byte order mark inside") << QStringLiteral("a\uFEFFb");
    QTest::newRow("soft hyphen") << QStringLiteral("a\u00ADb");
    QTest::newRow("tag letters") << QString::fromUcs4(U"a\U000E0041b");
    QTest::newRow("variation selector after a letter") << QStringLiteral("a\uFE0F");
    QTest::newRow("supplementary variation selector") << QString::fromUcs4(U"a\U000E0100");
    QTest::newRow("Hangul filler") << QStringLiteral("a\u3164b");
    QTest::newRow("escape character") << QStringLiteral("a\u001B[31m");
    QTest::newRow("line separator") << QStringLiteral("a\u2028b");
    QTest::newRow("private use") << QStringLiteral("a\uE000");
    QTest::newRow("Cyrillic a in a Latin word") << QStringLiteral("p\u0430ypal");
    QTest::newRow("Greek o in a Latin word") << QStringLiteral("g\u03BFogle");
    QTest::newRow("override in Arabic text") << QStringLiteral("سعر \u202E199");
}

void TestHiddenText::labelsWhatNobodySees()
{
    QFETCH(QString, text);
    QVERIFY(hasHiddenText(text));
}

void TestHiddenText::leavesOrdinaryTextAlone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("English") << QStringLiteral("Sign at EUR 33 million — and no more.");
    QTest::newRow("Arabic with Latin") << QStringLiteral("تفعيل BIZ-2026-06 بسعر ٢٢٩ ريالًا.");
    QTest::newRow("Arabic with vowel signs") << QStringLiteral("مُحَمَّد");
    QTest::newRow("Persian non-joiner") << QStringLiteral("می\u200Cخواهم");
    QTest::newRow("two lines and a tab") << QStringLiteral("one\n\ttwo\r\n");
    QTest::newRow("no-break spaces") << QStringLiteral("12\u00A0%\u202F!");
    QTest::newRow("Cyrillic word beside a Latin one") << QStringLiteral("слово word");
    QTest::newRow("emoji as a picture") << QStringLiteral("\u26A0\uFE0F careful");
    QTest::newRow("accents") << QStringLiteral("Inès Müller, naïve");
    QTest::newRow("combining accent") << QStringLiteral("e\u0301");
}

void TestHiddenText::leavesOrdinaryTextAlone()
{
    QFETCH(QString, text);
    QVERIFY(!hasHiddenText(text));
    QString joined;
    for (const TextSegment& segment : visibleSegments(text))
        joined += segment.text;
    QString expected = text;
    QCOMPARE(joined, expected.remove(QLatin1Char('\r')));
}

void TestHiddenText::leavesNoHiddenCharacterBehind()
{
    const QString all = QString::fromUcs4(U"\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
                                          U"\u200B\u200E\u200F\u061C\uFEFF\u2060");
    QCOMPARE(visibleSegments(all).size(), std::size_t{15});
    for (const TextSegment& segment : visibleSegments(all)) {
        QVERIFY(segment.isWarning);
        QVERIFY(!hasHiddenText(segment.text));
    }
}

void TestHiddenText::keepsTheWordAndNamesTheMark()
{
    const std::vector<TextSegment> segments = visibleSegments(QStringLiteral("pay\u202Ename"));
    const std::vector<TextSegment> expected{
        {QStringLiteral("pay"), false},
        {QStringLiteral("U+202E right-to-left override"), true},
        {QStringLiteral("name"), false}};
    QVERIFY(segments == expected);
}

QTEST_GUILESS_MAIN(TestHiddenText)
#include "tst_hidden_text.moc"
