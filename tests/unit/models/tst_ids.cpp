#include "models/ids.h"

#include <QtTest>

#include <set>

using namespace countersign;

namespace {

class FixedEntropy final : public EntropySource
{
public:
    explicit FixedEntropy(char byte)
        : m_byte(byte)
    {}
    std::string bytes(std::size_t byteCount) override { return std::string(byteCount, m_byte); }

private:
    char m_byte;
};

} // namespace

class TestIds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWellFormedIds();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void makesIdsThatCarryTheirTime();
    void ordersIdsOfOneKindByTime();
    void typedIdRefusesAnotherKind();
    void systemEntropyGivesTheAskedLengthAndVaries();
};

void TestIds::readsWellFormedIds()
{
    const auto id = RecordId::parse("mem_01JV0000000000000000000ABC");
    QVERIFY(id.ok());
    QCOMPARE(id->text(), std::string("mem_01JV0000000000000000000ABC"));
    QVERIFY(id->kind() == "mem");
    QVERIFY(RecordId::parse("zzz_7ZZZZZZZZZZZZZZZZZZZZZZZZZ").ok());
}

void TestIds::refusesOtherTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
         {"",
          "mem_",
          "mem_01JV0000000000000000000AB",
          "mem_01JV0000000000000000000ABCD",
          "MEM_01JV0000000000000000000ABC",
          "me1_01JV0000000000000000000ABC",
          "mem-01JV0000000000000000000ABC",
          "mem_81JV0000000000000000000ABC",
          "mem_01JV0000000000000000000ABI",
          "mem_01JV0000000000000000000ABL",
          "mem_01JV0000000000000000000ABO",
          "mem_01JV0000000000000000000ABU",
          "mem_01jv0000000000000000000abc"})
        QTest::addRow("\"%s\"", text) << QByteArray(text);
}

void TestIds::refusesOtherTexts()
{
    QFETCH(QByteArray, text);
    const auto id = RecordId::parse(text.toStdString());
    QVERIFY(!id.ok());
    QCOMPARE(id.error().rule, std::string("id.form"));
}

void TestIds::makesIdsThatCarryTheirTime()
{
    FixedEntropy entropy('\x1F');
    const Instant now = Instant::parse("2026-05-18T13:18:00.123456Z").value();
    const RecordId id = RecordId::make("mem", now, entropy);
    QVERIFY(RecordId::parse(id.text()).value() == id);
    QCOMPARE(id.claimedTime().text(), std::string("2026-05-18T13:18:00.123000Z"));
    QVERIFY(id.text().ends_with("ZZZZZZZZZZZZZZZZ"));
}

void TestIds::ordersIdsOfOneKindByTime()
{
    FixedEntropy high('\x1F');
    FixedEntropy low('\0');
    const Instant now = Instant::fromUnixSeconds(1'800'000'000);
    using namespace std::chrono_literals;
    QVERIFY(EventId::make(now, high) < EventId::make(now + 1ms, low));
    QVERIFY(EventId::make(now, low) < EventId::make(now, high));
}

void TestIds::typedIdRefusesAnotherKind()
{
    QVERIFY(DecisionId::parse("dec_01JV0000000000000000000ABC").ok());
    const auto other = DecisionId::parse("mem_01JV0000000000000000000ABC");
    QVERIFY(!other.ok());
    QCOMPARE(other.error().rule, std::string("id.kind"));
    QCOMPARE(DecisionId::parse("dec_").error().rule, std::string("id.form"));
    static_assert(!std::is_convertible_v<EventId, DecisionId>);
}

void TestIds::systemEntropyGivesTheAskedLengthAndVaries()
{
    SystemEntropy entropy;
    std::set<std::string> seen;
    for (const std::size_t byteCount : {0U, 1U, 3U, 4U, 16U, 33U})
        QCOMPARE(entropy.bytes(byteCount).size(), byteCount);
    for (int i = 0; i < 100; ++i)
        seen.insert(entropy.bytes(16));
    QCOMPARE(seen.size(), std::size_t{100});
}

QTEST_GUILESS_MAIN(TestIds)
#include "tst_ids.moc"
