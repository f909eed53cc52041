#include "tests/support/fake_backend.h"
#include "ui/queue/queue_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

QueueRow row(int number)
{
    QueueRow row;
    row.decisionId = "dec_" + std::to_string(number);
    row.title = "Request " + std::to_string(number);
    row.ask = "Do it";
    row.status = "open";
    row.openedAt = at("2026-05-18T10:00:00Z");
    row.dueAt = at("2026-05-20T13:00:00Z");
    row.expiresAt = at("2026-05-30T10:00:00Z");
    row.approvalsNeeded = 3;
    return row;
}

void fill(FakeBackend& backend, int count)
{
    for (int i = 0; i < count; ++i)
        backend.rows.push_back(row(i));
}

QStringList ids(const QueueModel& model)
{
    QStringList all;
    for (int i = 0; i < model.rowCount(); ++i)
        all << model.index(i, 0).data(QueueModel::DecisionIdRole).toString();
    return all;
}

} // namespace

class TestQueueModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_clock.set(at("2026-05-20T10:00:00Z")); }
    void fetchesPageByPage();
    void readsAHundredThousandRowsInBoundedRequests();
    void asksOnceWhileARequestIsUnderWay();
    void dropsRepliesOfAnEarlierSearch();
    void refreshSignalsOnlyWhatDiffers();
    void refreshKeepsTheSelection();
    void readsAgainWhenAChangeCameMeanwhile();
    void reportsAnErrorAndStopsAsking();
    void speaksTheRowAsOneParagraph();

private:
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
};

void TestQueueModel::fetchesPageByPage()
{
    FakeBackend backend;
    fill(backend, 250);
    QueueModel model(backend, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.show(QueueView::Waiting, {});
    QCOMPARE(model.rowCount(), 100);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 250);
    QVERIFY(model.isComplete());
    QVERIFY(!model.canFetchMore({}));
    QCOMPARE(backend.queueQueries.size(), std::size_t{3});
}

void TestQueueModel::readsAHundredThousandRowsInBoundedRequests()
{
    constexpr int kCount = 100'000;
    FakeBackend backend;
    fill(backend, kCount);
    QueueModel model(backend, m_clock);
    model.show(QueueView::All, {});
    while (model.canFetchMore({}))
        model.fetchMore({});
    QCOMPARE(model.rowCount(), kCount);
    QCOMPARE(backend.queueQueries.size(), std::size_t{kCount / QueueModel::kPageRowCount});
    for (const QueueQuery& query : backend.queueQueries)
        QVERIFY(query.limit <= QueueModel::kPageRowCount);
    backend.queueQueries.clear();
    model.refresh();
    QCOMPARE(backend.queueQueries.size(), std::size_t{1});
    QCOMPARE(backend.queueQueries.front().limit, QueueModel::kRefreshRowMax);
    QCOMPARE(model.rowCount(), QueueModel::kRefreshRowMax);
    QVERIFY(model.canFetchMore({}));
}

void TestQueueModel::asksOnceWhileARequestIsUnderWay()
{
    FakeBackend backend;
    fill(backend, 300);
    QueueModel model(backend, m_clock);
    backend.holds = true;
    model.show(QueueView::Waiting, {});
    QVERIFY(!model.canFetchMore({}));
    model.fetchMore({});
    model.fetchMore({});
    QCOMPARE(backend.queueQueries.size(), std::size_t{1});
    backend.release();
    QTRY_COMPARE(model.rowCount(), 100);
    QVERIFY(model.canFetchMore({}));
}

void TestQueueModel::dropsRepliesOfAnEarlierSearch()
{
    FakeBackend backend;
    fill(backend, 30);
    QueueModel model(backend, m_clock);
    backend.holds = true;
    model.show(QueueView::Waiting, QStringLiteral("Request 1"));
    model.show(QueueView::Waiting, QStringLiteral("Request 29"));
    backend.releaseReversed();
    QTRY_COMPARE(ids(model), QStringList{QStringLiteral("dec_29")});
    QCOMPARE(model.rowCount(), 1);
}

void TestQueueModel::refreshSignalsOnlyWhatDiffers()
{
    FakeBackend backend;
    fill(backend, 5);
    QueueModel model(backend, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.show(QueueView::Waiting, {});
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
    const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);

    model.refresh();
    QCOMPARE(changes.count() + inserts.count() + moves.count() + removals.count(), 0);

    std::swap(backend.rows[0], backend.rows[3]);
    backend.rows[1].approvalsHave = 2;
    backend.rows.insert(backend.rows.begin() + 2, row(77));
    backend.rows.pop_back();
    model.refresh();
    QCOMPARE(
        ids(model),
        (QStringList{
            QStringLiteral("dec_3"),
            QStringLiteral("dec_1"),
            QStringLiteral("dec_77"),
            QStringLiteral("dec_2"),
            QStringLiteral("dec_0")}));
    QCOMPARE(
        model.index(1, QueueModel::Signatures).data().toString(),
        QStringLiteral("\u2066\u200e2/3\u2069"));
    QCOMPARE(inserts.count(), 1);
    QCOMPARE(removals.count(), 1);
    QVERIFY(moves.count() >= 1);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(resets.count(), 0);
}

void TestQueueModel::refreshKeepsTheSelection()
{
    FakeBackend backend;
    fill(backend, 10);
    QueueModel model(backend, m_clock);
    model.show(QueueView::Waiting, {});
    const QPersistentModelIndex held(model.index(4, 0));
    backend.rows.erase(backend.rows.begin());
    backend.rows.push_back(row(50));
    model.refresh();
    QVERIFY(held.isValid());
    QCOMPARE(held.data(QueueModel::DecisionIdRole).toString(), QStringLiteral("dec_4"));
    QCOMPARE(held.row(), 3);
}

void TestQueueModel::readsAgainWhenAChangeCameMeanwhile()
{
    FakeBackend backend;
    fill(backend, 3);
    QueueModel model(backend, m_clock);
    backend.holds = true;
    model.show(QueueView::Waiting, {});
    model.refresh();
    QCOMPARE(backend.queueQueries.size(), std::size_t{1});
    backend.rows.push_back(row(9));
    backend.release();
    QTRY_COMPARE(backend.queueQueries.size(), std::size_t{2});
    backend.release();
    QTRY_COMPARE(model.rowCount(), 4);
}

void TestQueueModel::reportsAnErrorAndStopsAsking()
{
    FakeBackend backend;
    backend.queueError = Error{ErrorCode::StorageBusy, "locked"};
    QueueModel model(backend, m_clock);
    model.show(QueueView::Waiting, {});
    QVERIFY(model.error().has_value());
    QCOMPARE(model.error()->code, ErrorCode::StorageBusy);
    QVERIFY(!model.canFetchMore({}));
    backend.queueError.reset();
    fill(backend, 2);
    model.show(QueueView::Waiting, {});
    QVERIFY(!model.error().has_value());
    QCOMPARE(model.rowCount(), 2);
}

void TestQueueModel::speaksTheRowAsOneParagraph()
{
    FakeBackend backend;
    backend.rows.push_back(row(1));
    backend.rows[0].title = "Pay <b>now</b>\u202Etxt";
    QueueModel model(backend, m_clock);
    model.show(QueueView::Waiting, {});
    const QModelIndex index = model.index(0, 0);
    const QString spoken = index.data(Qt::AccessibleTextRole).toString();
    QVERIFY(spoken.contains(QStringLiteral("due in 3 hours")));
    QVERIFY(spoken.contains(QStringLiteral("U+202E")));
    QVERIFY(!spoken.contains(QChar(0x202E)));
    // Tooltips read markup; what an agent wrote must not become any.
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
}

QTEST_GUILESS_MAIN(TestQueueModel)
#include "tst_queue_model.moc"
