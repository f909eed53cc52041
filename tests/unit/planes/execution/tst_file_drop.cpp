#include "planes/execution/detail/file_drop_transport.h"
#include "tests/support/connector_fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <thread>

using namespace countersign;
using namespace countersign::execution;

class FileDropTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesOneCompleteFile();
    void sameCallAgainIsASuccessAndAddsNothing();
    void otherBytesUnderTheSameKeyAreAConflict();
    void threadsWithOneKeyLeaveOneFile();
    void missingFolderIsNotMade();
    void folderInPlaceOfTheFileIsNotASuccess();
    void symbolicLinkInPlaceOfTheFileIsNotFollowed();
    void namesAreSafeAndDifferent_data();
    void namesAreSafeAndDifferent();
    void integerThatCannotBeExactIsBlocked();

private:
    [[nodiscard]] CallOutcome perform(const test::TransportFixture& fixture) const
    {
        return execution::detail::performFileDrop(
            {.folder = m_folder->path().toStdString()}, fixture.transportCall());
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void FileDropTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void FileDropTest::writesOneCompleteFile()
{
    test::TransportFixture fixture;
    fixture.call.payload = {{"z", 1}, {"a", "\u00e9"}};
    const CallOutcome outcome = perform(fixture);
    QVERIFY(outcome.result == CallResult::Success);
    QVERIFY(!outcome.effectUncertain);
    QCOMPARE(files(), QStringList{QStringLiteral("northgate%3Atest%3A0001.json")});

    QFile file(m_folder->filePath(files().front()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string bytes = file.readAll().toStdString();
    QCOMPARE(
        bytes,
        std::string("{\"idempotency_key\":\"northgate:test:0001\",\"operation\":\"thing.do\","
                    "\"payload\":{\"a\":\"\u00e9\",\"z\":1}}"));
    QCOMPARE(outcome.response.at("sha256").get<std::string>(), Digest::of(bytes).hex());
    QVERIFY(outcome.responseDigest == Digest::of(outcome.response.dump()));
}

void FileDropTest::sameCallAgainIsASuccessAndAddsNothing()
{
    test::TransportFixture fixture;
    const CallOutcome first = perform(fixture);
    fixture.call.traceId = std::string(32, 'a'); // another attempt, another trace, the same effect
    const CallOutcome second = perform(fixture);
    QVERIFY(second.result == CallResult::Success);
    QCOMPARE(second.response.dump(), first.response.dump());
    QCOMPARE(files().size(), 1);
}

void FileDropTest::otherBytesUnderTheSameKeyAreAConflict()
{
    test::TransportFixture fixture;
    QVERIFY(perform(fixture).result == CallResult::Success);
    fixture.call.payload = {{"other", true}};
    const CallOutcome outcome = perform(fixture);
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("conflict"));
    QVERIFY(!outcome.retryable);
    QVERIFY(!outcome.effectUncertain);
    QCOMPARE(files().size(), 1);
}

void FileDropTest::threadsWithOneKeyLeaveOneFile()
{
    constexpr int kThreadCount = 8;
    std::vector<std::thread> threads;
    std::atomic<int> successCount = 0;
    for (int i = 0; i < kThreadCount; ++i)
        threads.emplace_back([this, &successCount] {
            const test::TransportFixture fixture;
            if (perform(fixture).result == CallResult::Success)
                ++successCount;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(successCount.load(), kThreadCount);
    QCOMPARE(files().size(), 1);
}

void FileDropTest::missingFolderIsNotMade()
{
    QVERIFY(m_folder->remove());
    const CallOutcome outcome = perform({});
    QVERIFY(outcome.result == CallResult::Failure);
    QCOMPARE(outcome.errorCode, std::string("unavailable"));
    QVERIFY(outcome.retryable);
    QVERIFY(!outcome.effectUncertain);
    QVERIFY(!QDir(m_folder->path()).exists());
}

void FileDropTest::folderInPlaceOfTheFileIsNotASuccess()
{
    const test::TransportFixture fixture;
    const std::string name = execution::detail::dropFileName(fixture.call.idempotencyKey);
    QVERIFY(QDir(m_folder->path()).mkdir(QString::fromStdString(name)));
    QVERIFY(perform(fixture).result == CallResult::Failure);
    QCOMPARE(files().size(), 1);
}

void FileDropTest::symbolicLinkInPlaceOfTheFileIsNotFollowed()
{
    const test::TransportFixture fixture;
    const QString name =
        QString::fromStdString(execution::detail::dropFileName(fixture.call.idempotencyKey));
    const QString target = m_folder->filePath(QStringLiteral("target"));
    QVERIFY(QFile::link(target, m_folder->filePath(name)));
    QVERIFY(perform(fixture).result == CallResult::Failure);
    QVERIFY(!QFile::exists(target));
}

void FileDropTest::namesAreSafeAndDifferent_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("name");
    QTest::newRow("colons") << QStringLiteral("a:b:c") << QStringLiteral("a%3Ab%3Ac.json");
    QTest::newRow("what colons become")
        << QStringLiteral("a%3Ab") << QStringLiteral("a%253Ab.json");
    QTest::newRow("hidden") << QStringLiteral(".a.b") << QStringLiteral("%2Ea.b.json");
    QTest::newRow("up") << QStringLiteral("../a") << QStringLiteral("%2E.%2Fa.json");
    QTest::newRow("200 letters") << QString(200, u'a')
                                 << (QString(200, u'a') + QStringLiteral(".json"));
    QTest::newRow("201 letters") << QString(201, u'a')
                                 << QStringLiteral("%sha256-")
                                        + QString::fromStdString(
                                            Digest::of(std::string(201, 'a')).hex())
                                        + QStringLiteral(".json");
}

void FileDropTest::namesAreSafeAndDifferent()
{
    QFETCH(QString, key);
    QFETCH(QString, name);
    QCOMPARE(QString::fromStdString(execution::detail::dropFileName(key.toStdString())), name);
}

void FileDropTest::integerThatCannotBeExactIsBlocked()
{
    test::TransportFixture fixture;
    fixture.call.payload = {{"n", std::int64_t{9007199254740993}}};
    const CallOutcome outcome = perform(fixture);
    QVERIFY(outcome.result == CallResult::Blocked);
    QCOMPARE(outcome.errorCode, std::string("contract_violation"));
    QVERIFY(files().isEmpty());
}

QTEST_GUILESS_MAIN(FileDropTest)
#include "tst_file_drop.moc"
