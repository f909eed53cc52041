#include "models/encoding.h"
#include "tests/support/fake_backend.h"
#include "ui/log/entry_facts.h"

#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

Json envelope(const std::string& payload)
{
    return {
        {"payload", payload},
        {"payloadType", "application/vnd.in-toto+json"},
        {"signatures", {{{"keyid", "ab12"}, {"sig", "AAAA"}}}}};
}

QStringList paths(const std::vector<FieldRow>& rows)
{
    QStringList all;
    for (const FieldRow& row : rows)
        all << row.path;
    return all;
}

} // namespace

class TestEntryFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnEvent();
    void decodesWhatWasSigned();
    void showsAnEnvelopeAsItIsWhenItDoesNotDecode_data();
    void showsAnEnvelopeAsItIsWhenItDoesNotDecode();
    void tellsAnErasedBodyApart();
    void survivesForeignShapes_data();
    void survivesForeignShapes();
};

void TestEntryFacts::readsAnEvent()
{
    const EntryFacts facts = entryFacts(eventEntry(1, 8));
    QCOMPARE(facts.index, std::uint64_t{1});
    QCOMPARE(facts.type, std::string("request.opened"));
    QCOMPARE(facts.leafHash, logRow(1).leafHash);
    QVERIFY(!facts.erased);
    QVERIFY(facts.statement.empty());
    QCOMPARE(paths(facts.body), QStringList({QStringLiteral("answer"), QStringLiteral("person")}));
    QCOMPARE(facts.treeSize, std::uint64_t{8});
    QCOMPARE(facts.proof.size(), std::size_t{2});
    QCOMPARE(facts.proof.front(), Digest::of("left").hex());
}

void TestEntryFacts::decodesWhatWasSigned()
{
    Json entry = eventEntry(3, 8);
    entry["body"] = envelope(base64Encode(R"({"_type":"statement","predicate":{"reason":"ok"}})"));
    const EntryFacts facts = entryFacts(entry);
    QVERIFY(facts.body.empty());
    QCOMPARE(facts.statement.size(), std::size_t{2});
    QCOMPARE(facts.statement.back().value, QStringLiteral("ok"));
    QCOMPARE(facts.signerKeyIds, std::vector<std::string>{"ab12"});
}

void TestEntryFacts::showsAnEnvelopeAsItIsWhenItDoesNotDecode_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("not base64") << QByteArray("***");
    QTest::newRow("not json") << QByteArray(base64Encode("hello").c_str());
    QTest::newRow("repeated keys") << QByteArray(base64Encode(R"({"a":1,"a":2})").c_str());
}

void TestEntryFacts::showsAnEnvelopeAsItIsWhenItDoesNotDecode()
{
    QFETCH(QByteArray, payload);
    Json entry = eventEntry(3, 8);
    entry["body"] = envelope(payload.toStdString());
    const EntryFacts facts = entryFacts(entry);
    QVERIFY(facts.statement.empty());
    QVERIFY(paths(facts.body).contains(QStringLiteral("payload")));
}

void TestEntryFacts::tellsAnErasedBodyApart()
{
    Json entry = eventEntry(1, 8);
    entry.erase("body");
    const EntryFacts facts = entryFacts(entry);
    QVERIFY(facts.erased);
    QVERIFY(!facts.leaf.empty());
}

void TestEntryFacts::survivesForeignShapes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("list") << QByteArray("[1]");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("wrong types") << QByteArray(
        R"({"index":"1","type":2,"leaf":3,"body":4,"proof":{"hashes":"x"}})");
    QTest::newRow("negative") << QByteArray(
        R"({"index":-1,"proof":{"tree_size":-1,"hashes":[1]}})");
    QTest::newRow("signatures") << QByteArray(
        R"({"body":{"payload":"e30=","payloadType":"t","signatures":[1,{}]}})");
}

void TestEntryFacts::survivesForeignShapes()
{
    QFETCH(QByteArray, text);
    const Result<Json> entry = parseJson(text.toStdString());
    QVERIFY(entry.ok());
    const EntryFacts facts = entryFacts(*entry);
    QCOMPARE(facts.index, std::uint64_t{0});
    QVERIFY(facts.proof.empty());
}

QTEST_GUILESS_MAIN(TestEntryFacts)
#include "tst_entry_facts.moc"
