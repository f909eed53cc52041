#include "planes/control/cedar/ext.h"

#include <QTest>

#include <limits>

using namespace countersign;
using namespace countersign::cedar;

namespace {

template <class T>
QString textOf(const Result<T>& parsed)
{
    return parsed.ok() ? QString::fromStdString(parsed->text()) : QStringLiteral("refused");
}

QString textOf(const Result<DateTime>& parsed)
{
    if (!parsed.ok())
        return QStringLiteral("refused");
    return QString::fromStdString(parsed->text().value_or(std::to_string(parsed->milliseconds)));
}

void addTextColumns()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
}

void row(const char* text, const char* expected)
{
    QTest::newRow(*text == '\0' ? "(empty)" : text)
        << QString::fromUtf8(text) << QString::fromUtf8(expected);
}

} // namespace

class TestCedarExt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decimals_data()
    {
        addTextColumns();
        row("1.5", "1.5");
        row("-0.5", "-0.5");
        row("-0.0", "0.0");
        row("00012.3400", "12.34");
        row("922337203685477.5807", "922337203685477.5807");
        row("-922337203685477.5808", "-922337203685477.5808");
        for (const char* bad :
             {"922337203685477.5808",
              "-922337203685477.5809",
              "99999999999999999999999.0",
              "",
              "-",
              ".5",
              "1.",
              "1",
              "1.00000",
              "+1.0",
              " 1.0",
              "1.0 ",
              "1,0",
              "1.-5",
              "1.5e1",
              "--1.0"})
            row(bad, "refused");
    }
    void decimals()
    {
        QFETCH(const QString, text);
        QTEST(textOf(Decimal::parse(text.toStdString())), "expected");
    }

    void addresses_data()
    {
        addTextColumns();
        row("10.0.0.1", "10.0.0.1");
        row("10.0.0.1/8", "10.0.0.1/8");
        row("10.0.0.1/32", "10.0.0.1");
        row("0.0.0.0/0", "0.0.0.0/0");
        row("::", "::");
        row("::/0", "::/0");
        row("1::/128", "1::");
        row("0:0:0:1:0:0:0:0", "0:0:0:1::");
        row("1:0:0:2:0:0:0:3", "1:0:0:2::3");
        row("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
        row("ABCD:EF01:2345:6789:abcd:ef01:2345:6789/128",
            "abcd:ef01:2345:6789:abcd:ef01:2345:6789");
        for (const char* bad :
             {"",
              "/8",
              "10.0.0",
              "10.0.0.0.0",
              "10.0.0.01",
              "10.0.0.256",
              "10.0.0.1/",
              "10.0.0.1/33",
              "10.0.0.1/08",
              "10.0.0.1/8/8",
              "10.0.0.1/-1",
              " 10.0.0.1",
              "1::2::3",
              ":::",
              ":1::",
              "1:2:3:4:5:6:7",
              "1:2:3:4:5:6:7:8:9",
              "1:2:3:4::5:6:7:8",
              "12345::",
              "g::",
              "::1%lo",
              "::ffff:10.0.0.1",
              "[::1]",
              "::/129",
              "0x10.0.0.1",
              "ABCD:EF01:2345:6789:abcd:ef01:2345:6789/0128"})
            row(bad, "refused");
    }
    void addresses()
    {
        QFETCH(const QString, text);
        QTEST(textOf(IpAddress::parse(text.toStdString())), "expected");
    }

    void rangesContainEachOther_data()
    {
        QTest::addColumn<QString>("inner");
        QTest::addColumn<QString>("outer");
        QTest::addColumn<bool>("isInside");
        const auto line = [](const char* inner, const char* outer, bool isInside) {
            QTest::addRow("%s in %s", inner, outer)
                << QString::fromUtf8(inner) << QString::fromUtf8(outer) << isInside;
        };
        line("10.0.0.0/8", "10.0.0.0/8", true);
        line("10.0.0.0/7", "10.0.0.0/8", false);
        line("10.9.8.7", "10.9.255.255/16", true);
        line("10.9.8.7/31", "10.9.8.6/31", true);
        line("10.9.8.8/31", "10.9.8.6/31", false);
        line("10.9.8.7", "0.0.0.0/0", true);
        line("10.9.8.7", "::/0", false);
        line("2001:db8::1", "2001:db9::/31", true);
        line("2001:db8::1", "2001:db9::/32", false);
    }
    void rangesContainEachOther()
    {
        QFETCH(const QString, inner);
        QFETCH(const QString, outer);
        QFETCH(const bool, isInside);
        const auto left = IpAddress::parse(inner.toStdString());
        const auto right = IpAddress::parse(outer.toStdString());
        QVERIFY(left.ok() && right.ok());
        QCOMPARE(left->isInRange(*right), isInside);
    }

    void times_data()
    {
        addTextColumns();
        row("1970-01-01", "1970-01-01T00:00:00Z");
        row("2024-02-29T23:59:59.001Z", "2024-02-29T23:59:59.001Z");
        row("2024-02-29T23:59:59+2359", "2024-02-29T00:00:59Z");
        row("0000-01-01", "0000-01-01T00:00:00Z");
        row("0000-01-01T00:00:00+0001", "-62167219260000");
        row("9999-12-31T23:59:59.999-0001", "253402300859999");
        for (const char* bad :
             {"",
              "2024",
              "2024-1-01",
              "2024-02-30",
              "1900-02-29",
              "2024-13-01",
              "2024-00-10",
              "2024-01-00",
              "2024-01-01T",
              "2024-01-01Z",
              "2024-01-01T00:00Z",
              "2024-01-01T24:00:00Z",
              "2024-01-01T23:60:00Z",
              "2024-01-01T23:59:60Z",
              "2024-01-01T00:00:00",
              "2024-01-01T00:00:00z",
              "2024-01-01t00:00:00Z",
              "2024-01-01T00:00:00.1Z",
              "2024-01-01T00:00:00.1234Z",
              "2024-01-01T00:00:00+01:00",
              "2024-01-01T00:00:00+2400",
              "2024-01-01T00:00:00+0060",
              "2024-01-01T00:00:00ZZ",
              "+2024-01-01",
              "-2024-01-01",
              "02024-01-01",
              "2024-01-01 "})
            row(bad, "refused");
    }
    void times()
    {
        QFETCH(const QString, text);
        QTEST(textOf(DateTime::parse(text.toStdString())), "expected");
    }

    void durations_data()
    {
        addTextColumns();
        row("0ms", "0ms");
        row("-0d", "0ms");
        row("36h", "1d12h");
        row("-1d12h", "-1d12h");
        row("1m1ms", "1m1ms");
        row("0000000000000000000000001d", "1d");
        row("9223372036854775807ms", "106751991167d7h12m55s807ms");
        row("-9223372036854775808ms", "-106751991167d7h12m55s808ms");
        row("-106751991167d7h12m55s808ms", "-106751991167d7h12m55s808ms");
        for (const char* bad :
             {"",
              "-",
              "1",
              "d",
              "1D",
              "1 d",
              "1h1d",
              "1d1d",
              "1ms1s",
              "--1d",
              "+1d",
              "1d-1h",
              "1.5h",
              "1µs",
              "9223372036854775808ms",
              "-9223372036854775809ms",
              "106751991168d",
              "106751991167d7h12m55s808ms"})
            row(bad, "refused");
    }
    void durations()
    {
        QFETCH(const QString, text);
        QTEST(textOf(Duration::parse(text.toStdString())), "expected");
    }

    void daysBeginAtMidnightAlsoBefore1970()
    {
        constexpr std::int64_t kDay = 86'400'000;
        constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
        QCOMPARE(DateTime{-1}.toDate()->milliseconds, -kDay);
        QCOMPARE(DateTime{-1}.toTime().milliseconds, kDay - 1);
        QCOMPARE(DateTime{-kDay}.toDate()->milliseconds, -kDay);
        QCOMPARE(DateTime{kDay - 1}.toDate()->milliseconds, 0);
        QVERIFY(!DateTime{kMin}.toDate());
        QVERIFY(DateTime{kMin}.toTime().milliseconds > 0);
    }

    void overflowGivesNothing()
    {
        constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
        constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
        QVERIFY(!DateTime{1}.offset({kMax}));
        QVERIFY(!DateTime{0}.durationSince({kMin}));
        QCOMPARE(DateTime{-1}.durationSince({kMin})->milliseconds, kMax);
        QCOMPARE(Duration{kMin}.toDays(), -106'751'991'167);
    }
};

QTEST_GUILESS_MAIN(TestCedarExt)
#include "tst_cedar_ext.moc"
