#include "tests/support/fake_backend.h"
#include "ui/log/log_model.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

constexpr std::uint64_t kTenMillion = 10'000'000;

QString summaryAt(const LogModel& model, int row)
{
    return model.index(row, LogModel::Summary).data().toString();
}

bool isPlaceholder(const LogModel& model, int row)
{
    return model.index(row, 0).data(LogModel::IsPlaceholderRole).toBool();
}

} // namespace

class TestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behavesAsAModelShould();
    void declaresTenMillionRowsWithoutReadingThem();
    void showsAPlaceholderUntilThePageArrives();
    void asksForAMissingPageOnce();
    void asksForTheLatestPlaceFirstAndForgetsPassedOnes();
    void keepsItsCacheBounded();
    void keepsWhatIsStillLookedAt();
    void appendsRowsWhenTheLedgerGrows();
    void readsTheLastPageAgainAfterGrowing();
    void restsAfterAnErrorUntilRefreshed();
    void doesNotAskForeverForAPageThatComesShort();
    void clampsALedgerBeyondWhatViewsCanCount();
    void saysInWordsWhatHappened();
};

/// The tester walks over every row at every signal, so it gets fewer: many times what the cache
/// holds.
void TestLogModel::behavesAsAModelShould()
{
    FakeBackend backend;
    backend.logSize = 20'000;
    LogModel model(backend);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.refresh();
    QTRY_VERIFY(!isPlaceholder(model, 19'999));
    backend.logSize = 20'100;
    model.refresh();
    QTRY_VERIFY(!isPlaceholder(model, 20'099));
    model.retranslate();
    QCOMPARE(model.rowCount(), 20'100);
}

void TestLogModel::declaresTenMillionRowsWithoutReadingThem()
{
    FakeBackend backend;
    backend.logSize = kTenMillion;
    LogModel model(backend);
    model.refresh();
    QCOMPARE(model.rowCount(), static_cast<int>(kTenMillion));
    QTRY_VERIFY(!isPlaceholder(model, 0));
    QCOMPARE(summaryAt(model, 0), QStringLiteral("\u2068Greta Holm\u2069 · \u2068entry 0\u2069"));
    // The length, and the one page that was looked at.
    QCOMPARE(backend.logQueries.size(), std::size_t{2});
}

void TestLogModel::showsAPlaceholderUntilThePageArrives()
{
    FakeBackend backend;
    backend.logSize = kTenMillion;
    LogModel model(backend);
    model.refresh();
    constexpr int kRow = 7'654'321;
    QVERIFY(isPlaceholder(model, kRow));
    QCOMPARE(summaryAt(model, kRow), QStringLiteral("…"));
    // The number is known at once.
    QCOMPARE(
        model.index(kRow, LogModel::Index).data().toString(),
        QStringLiteral("\u20667,654,321\u2069"));
    QSignalSpy changed(&model, &LogModel::dataChanged);
    QTRY_VERIFY(!isPlaceholder(model, kRow));
    QCOMPARE(changed.size(), 1);
    const auto first = changed.first().at(0).toModelIndex();
    const auto last = changed.first().at(1).toModelIndex();
    QVERIFY(first.row() <= kRow && kRow <= last.row());
    QCOMPARE(last.row() - first.row() + 1, LogModel::kPageRowCount);
    QVERIFY(summaryAt(model, kRow).contains(QStringLiteral("7654321")));
}

void TestLogModel::asksForAMissingPageOnce()
{
    FakeBackend backend;
    backend.logSize = 1000;
    LogModel model(backend);
    model.refresh();
    backend.logQueries.clear();
    backend.holds = true;
    for (int i = 0; i < 50; ++i) {
        QVERIFY(isPlaceholder(model, i));
        QCoreApplication::processEvents();
    }
    QCOMPARE(backend.logQueries.size(), std::size_t{1});
    backend.release();
    QTRY_VERIFY(!isPlaceholder(model, 0));
    QCOMPARE(backend.logQueries.size(), std::size_t{1});
}

void TestLogModel::asksForTheLatestPlaceFirstAndForgetsPassedOnes()
{
    FakeBackend backend;
    backend.logSize = kTenMillion;
    LogModel model(backend);
    model.refresh();
    backend.logQueries.clear();
    for (int page = 0; page < 1000; ++page)
        QVERIFY(isPlaceholder(model, page * LogModel::kPageRowCount));
    QTRY_VERIFY(!isPlaceholder(model, 999 * LogModel::kPageRowCount));
    QCOMPARE(backend.logQueries.front().first, std::uint64_t{999 * LogModel::kPageRowCount});
    QVERIFY(backend.logQueries.size() <= static_cast<std::size_t>(LogModel::kWantedCountMax));
}

void TestLogModel::keepsItsCacheBounded()
{
    FakeBackend backend;
    backend.logSize = kTenMillion;
    LogModel model(backend);
    model.refresh();
    for (int page = 0; page < 4 * LogModel::kPageCountMax; ++page) {
        const int row = page * 500;
        QTRY_VERIFY(!isPlaceholder(model, row));
        QVERIFY(model.cachedPageCount() <= LogModel::kPageCountMax);
    }
    QVERIFY(model.cachedRow(0) == nullptr);
}

void TestLogModel::keepsWhatIsStillLookedAt()
{
    FakeBackend backend;
    backend.logSize = kTenMillion;
    LogModel model(backend);
    model.refresh();
    QTRY_VERIFY(!isPlaceholder(model, 0));
    for (int page = 1; page < 2 * LogModel::kPageCountMax; ++page) {
        QTRY_VERIFY(!isPlaceholder(model, page * LogModel::kPageRowCount));
        QVERIFY(!isPlaceholder(model, 0));
    }
}

void TestLogModel::appendsRowsWhenTheLedgerGrows()
{
    FakeBackend backend;
    backend.logSize = 100;
    LogModel model(backend);
    model.refresh();
    QSignalSpy inserted(&model, &LogModel::rowsInserted);
    QSignalSpy reset(&model, &LogModel::modelReset);
    backend.logSize = 130;
    model.refresh();
    QCOMPARE(model.rowCount(), 130);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().at(1).toInt(), 100);
    QCOMPARE(inserted.first().at(2).toInt(), 129);
    QVERIFY(reset.isEmpty());
    // A reader that lags behind tells an earlier length: nothing is taken back.
    backend.logSize = 120;
    model.refresh();
    QCOMPARE(model.rowCount(), 130);
}

void TestLogModel::readsTheLastPageAgainAfterGrowing()
{
    FakeBackend backend;
    backend.logSize = 10;
    LogModel model(backend);
    model.refresh();
    QTRY_VERIFY(!isPlaceholder(model, 9));
    backend.logSize = 11;
    model.refresh();
    QVERIFY(!isPlaceholder(model, 9));
    QTRY_VERIFY(!isPlaceholder(model, 10));
}

void TestLogModel::restsAfterAnErrorUntilRefreshed()
{
    FakeBackend backend;
    backend.logSize = 1000;
    LogModel model(backend);
    model.refresh();
    backend.logError = Error{ErrorCode::StorageBusy, "busy"};
    backend.logQueries.clear();
    QVERIFY(isPlaceholder(model, 0));
    QTRY_VERIFY(model.error().has_value());
    for (int i = 0; i < 20; ++i) {
        QVERIFY(isPlaceholder(model, 0));
        QCoreApplication::processEvents();
    }
    QCOMPARE(backend.logQueries.size(), std::size_t{1});
    backend.logError.reset();
    model.refresh();
    QVERIFY(!model.error());
    QTRY_VERIFY(!isPlaceholder(model, 0));
}

void TestLogModel::doesNotAskForeverForAPageThatComesShort()
{
    FakeBackend backend;
    backend.logSize = 200;
    LogModel model(backend);
    model.refresh();
    // What is read now ends earlier than what was promised.
    backend.logSize = 150;
    backend.logQueries.clear();
    for (int i = 0; i < 20; ++i) {
        QVERIFY(isPlaceholder(model, 180));
        QCoreApplication::processEvents();
    }
    QCOMPARE(backend.logQueries.size(), std::size_t{1});
    QVERIFY(!isPlaceholder(model, 140));
}

void TestLogModel::clampsALedgerBeyondWhatViewsCanCount()
{
    FakeBackend backend;
    backend.logSize = std::numeric_limits<std::uint64_t>::max() / 2;
    LogModel model(backend);
    model.refresh();
    QCOMPARE(model.rowCount(), std::numeric_limits<int>::max());
    const int last = model.rowCount() - 1;
    QTRY_VERIFY(!isPlaceholder(model, last));
    QCOMPARE(model.cachedRow(last)->index, static_cast<std::uint64_t>(last));
}

void TestLogModel::saysInWordsWhatHappened()
{
    FakeBackend backend;
    backend.logSize = 10;
    LogModel model(backend);
    model.refresh();
    QTRY_VERIFY(!isPlaceholder(model, 0));
    QCOMPARE(model.index(1, LogModel::Type).data().toString(), QStringLiteral("Request opened"));
    QCOMPARE(model.index(3, LogModel::Type).data().toString(), QStringLiteral("Answer, signed"));
    QCOMPARE(
        model.index(3, LogModel::Time).data().toString(), QStringLiteral("claimed by the signer"));
    QVERIFY(QRegularExpression(QStringLiteral("[0-9a-f]{4} [0-9a-f]{4}"))
                .match(model.index(1, LogModel::Leaf).data().toString())
                .hasMatch());
}

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_log_model.moc"
