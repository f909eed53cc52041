#include "models/money.h"

#include <QtTest>

using namespace countersign;

namespace {

Money usd(const char* amount)
{
    return Money::parse(amount, "USD").value();
}

} // namespace

class TestMoney final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheAmountAsWritten();
    void refusesOtherForms_data();
    void refusesOtherForms();
    void comparesByValue_data();
    void comparesByValue();
    void refusesToCompareCurrencies();
};

void TestMoney::keepsTheAmountAsWritten()
{
    for (const char* amount :
         {"0", "0.0000", "-0.5", "12500000.00", "999999999999999999.9999", "-1"}) {
        const auto money = Money::parse(amount, "SAR");
        QVERIFY2(money.ok(), amount);
        QCOMPARE(money->amount(), std::string(amount));
        QCOMPARE(money->currency(), std::string("SAR"));
        QCOMPARE(money->isNegative(), *amount == '-');
    }
}

void TestMoney::refusesOtherForms_data()
{
    QTest::addColumn<QByteArray>("amount");
    QTest::addColumn<QByteArray>("currency");
    QTest::addColumn<QByteArray>("rule");
    for (const char* amount :
         {"",
          "-",
          ".",
          "1.",
          ".5",
          "00",
          "01.0",
          "1,5",
          "1e3",
          "+1",
          "--1",
          " 1",
          "1 ",
          "1.2.3",
          "1.00000",
          "1000000000000000000",
          "NaN",
          "\xD9\xA1"})
        QTest::addRow("amount \"%s\"", amount)
            << QByteArray(amount) << QByteArray("USD") << QByteArray("money.amount");
    for (const char* currency : {"", "US", "USDT", "usd", "U5D", "US "})
        QTest::addRow("currency \"%s\"", currency)
            << QByteArray("1") << QByteArray(currency) << QByteArray("money.currency");
}

void TestMoney::refusesOtherForms()
{
    QFETCH(QByteArray, amount);
    QFETCH(QByteArray, currency);
    QFETCH(QByteArray, rule);
    const auto money = Money::parse(amount.toStdString(), currency.toStdString());
    QVERIFY(!money.ok());
    QCOMPARE(QByteArray::fromStdString(money.error().rule), rule);
}

void TestMoney::comparesByValue_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<int>("order");
    const auto row = [](const char* a, const char* b, int order) {
        QTest::addRow("%s and %s", a, b) << QByteArray(a) << QByteArray(b) << order;
    };
    row("1", "1.00", 0);
    row("0", "-0.0", 0);
    row("9", "10", -1);
    row("0.1", "0.09", 1);
    row("-1", "1", -1);
    row("-9", "-10", 1);
    row("-0.5", "0", -1);
    row("999999999999999999.9999", "999999999999999999.9998", 1);
}

void TestMoney::comparesByValue()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(int, order);
    const Money left = usd(a.constData());
    const Money right = usd(b.constData());
    QCOMPARE(Money::compare(left, right).value(), order);
    QCOMPARE(Money::compare(right, left).value(), -order);
    QCOMPARE(left == right, order == 0);
}

void TestMoney::refusesToCompareCurrencies()
{
    const Money euro = Money::parse("1", "EUR").value();
    const auto order = Money::compare(usd("1"), euro);
    QVERIFY(!order.ok());
    QCOMPARE(order.error().rule, std::string("money.currency"));
    QVERIFY(!(usd("1") == euro));
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
