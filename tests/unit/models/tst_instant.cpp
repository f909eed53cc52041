#include "models/instant.h"

#include <QtTest>

using namespace countersign;

class TestInstant final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesRfc3339_data();
    void readsAndWritesRfc3339();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void reckonsWithDurations();
};

void TestInstant::readsAndWritesRfc3339_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("utc");
    const auto row = [](const char* text, const char* utc) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(utc);
    };
    row("2026-05-18T13:18:00Z", "2026-05-18T13:18:00Z");
    row("2026-05-18t13:18:00z", "2026-05-18T13:18:00Z");
    row("2026-05-18T16:18:00+03:00", "2026-05-18T13:18:00Z");
    row("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z");
    row("2025-12-31T20:00:00-05:30", "2026-01-01T01:30:00Z");
    row("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00Z");
    row("2026-05-18T13:18:00.5Z", "2026-05-18T13:18:00.500000Z");
    row("2026-05-18T13:18:00.000001999Z", "2026-05-18T13:18:00.000001Z");
    row("2026-05-18T13:18:00.000Z", "2026-05-18T13:18:00Z");
    row("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
    row("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250000Z");
    row("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
    row("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z");
}

void TestInstant::readsAndWritesRfc3339()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, utc);
    const auto instant = Instant::parse(text.toStdString());
    QVERIFY(instant.ok());
    QCOMPARE(QByteArray::fromStdString(instant->text()), utc);
    const auto again = Instant::parse(instant->text());
    QVERIFY(again.ok() && *again == *instant);
}

void TestInstant::refusesOtherTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
         {"",
          "2026-05-18",
          "2026-05-18T13:18:00",
          "2026-05-18 13:18:00Z",
          "2026-05-18T13:18Z",
          "2026-5-18T13:18:00Z",
          "2026-13-01T00:00:00Z",
          "2026-00-01T00:00:00Z",
          "2026-02-29T00:00:00Z",
          "2026-04-31T00:00:00Z",
          "2026-05-18T24:00:00Z",
          "2026-05-18T13:60:00Z",
          "2026-05-18T13:18:61Z",
          "2026-05-18T13:18:00.Z",
          "2026-05-18T13:18:00,5Z",
          "2026-05-18T13:18:00+3:00",
          "2026-05-18T13:18:00+0300",
          "2026-05-18T13:18:00+24:00",
          "2026-05-18T13:18:00+03:60",
          "2026-05-18T13:18:00Zz",
          "-026-05-18T13:18:00Z",
          " 2026-05-18T13:18:00Z",
          "2026-05-18T13:18:00+"})
        QTest::newRow(*text != '\0' ? text : "empty") << QByteArray(text);
}

void TestInstant::refusesOtherTexts()
{
    QFETCH(QByteArray, text);
    const auto instant = Instant::parse(text.toStdString());
    QVERIFY(!instant.ok());
    QCOMPARE(instant.error().rule, std::string("instant.form"));
}

void TestInstant::reckonsWithDurations()
{
    using namespace std::chrono_literals;
    const Instant start = Instant::fromUnixSeconds(1'000);
    QVERIFY(start + 1s == Instant::fromUnixMicros(1'001'000'000));
    QVERIFY((start + 1s) - start == 1s);
    QVERIFY(start - 1us < start);
    QCOMPARE(start.unixMicros(), std::int64_t{1'000'000'000});
    QVERIFY(Instant() == Instant::fromUnixSeconds(0));
}

QTEST_GUILESS_MAIN(TestInstant)
#include "tst_instant.moc"
