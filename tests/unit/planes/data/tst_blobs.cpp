#include "planes/data/blobs.h"
#include "tests/support/result_text.h"

#include <QTest>

using namespace countersign;
using namespace countersign::data;
using countersign::testing::must;
using countersign::testing::outcomeOf;

namespace {

class TestBlobs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        const std::vector<Migration> migrations = {blobMigration()};
        m_database = must(Database::open({.path = {}, .mode = OpenMode::Memory}, migrations));
    }

    void keepsBytesByTheirDigest_data();
    void keepsBytesByTheirDigest();
    void storesTheSameBytesOnce();
    void saysWhatIsNotThere();
    void detectsChangedBytes_data();
    void detectsChangedBytes();

private:
    Digest put(const std::string& bytes)
    {
        const auto transaction = must(m_database->beginWrite());
        const Digest digest = must(putBlob(*transaction, bytes));
        must(transaction->commit());
        return digest;
    }

    std::unique_ptr<Database> m_database;
};

void TestBlobs::keepsBytesByTheirDigest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("{\"a\": 1}\n");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("NULs") << QByteArray("\0\0x\0", 4);
    QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE\x80", 3);
    QTest::newRow("a megabyte") << QByteArray(1'048'576, 'm');
}

void TestBlobs::keepsBytesByTheirDigest()
{
    QFETCH(const QByteArray, bytes);
    const Digest digest = put(bytes.toStdString());
    QVERIFY(digest == Digest::of(bytes.toStdString()));
    QCOMPARE(must(blobBytes(*m_database, digest)), bytes.toStdString());
    QVERIFY(must(hasBlob(*m_database, digest)));
    QCOMPARE(must(verifyAllBlobs(*m_database)), 1);
}

void TestBlobs::storesTheSameBytesOnce()
{
    put("one");
    put("two");
    put("one");
    QCOMPARE(must(verifyAllBlobs(*m_database)), 2);
}

void TestBlobs::saysWhatIsNotThere()
{
    const Digest absent = Digest::of("never stored");
    QVERIFY(!must(hasBlob(*m_database, absent)));
    QCOMPARE(outcomeOf(blobBytes(*m_database, absent)), QStringLiteral("not_found blob.absent"));
    QCOMPARE(must(verifyAllBlobs(*m_database)), 0);
}

void TestBlobs::detectsChangedBytes_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("seenWhenRead");
    QTest::newRow("other bytes") << QStringLiteral("UPDATE blob SET bytes = x'00' WHERE size = 5")
                                 << true;
    QTest::newRow("a byte more") << QStringLiteral(
        "UPDATE blob SET bytes = CAST(bytes || 'x' AS BLOB) WHERE size = 5")
                                 << true;
    QTest::newRow("no bytes") << QStringLiteral("UPDATE blob SET bytes = x'' WHERE size = 5")
                              << true;
    QTest::newRow("another size") << QStringLiteral("UPDATE blob SET size = 6 WHERE size = 5")
                                  << false;
}

void TestBlobs::detectsChangedBytes()
{
    QFETCH(const QString, sql);
    QFETCH(const bool, seenWhenRead);
    const Digest digest = put("first");
    put("another one");
    {
        const auto transaction = must(m_database->beginWrite());
        QCOMPARE(must(transaction->execute(sql.toStdString())), 1);
        must(transaction->commit());
    }
    QCOMPARE(
        outcomeOf(blobBytes(*m_database, digest)),
        seenWhenRead ? QStringLiteral("corrupt blob.digest") : QStringLiteral("ok"));
    const auto verified = verifyAllBlobs(*m_database);
    QCOMPARE(outcomeOf(verified), QStringLiteral("corrupt blob.digest"));
    QVERIFY(verified.error().detail.find(digest.hex()) != std::string::npos);
}

} // namespace

QTEST_GUILESS_MAIN(TestBlobs)
#include "tst_blobs.moc"
