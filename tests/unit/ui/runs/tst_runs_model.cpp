#include "tests/support/fake_backend.h"
#include "ui/runs/next_step.h"
#include "ui/runs/runs_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

RunView run(int number, const std::string& status = "running")
{
    RunView view;
    view.runId = "run_" + std::to_string(number);
    view.title = "Plan " + std::to_string(number);
    view.status = status;
    view.createdAt = at("2026-05-20T09:00:00Z");
    view.notBefore = at("2026-05-20T08:00:00Z");
    view.stepCount = 3;
    return view;
}

/// Newest first.
void fill(FakeBackend& backend, int count)
{
    for (int i = count; i > 0; --i)
        backend.runList.push_back(run(i));
}

} // namespace

class TestRunsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesPageByPageBehindTheLastRun();
    void putsNewRunsOnTopAndKeepsTheSelection();
    void staysCompleteWhenTheListGrowsByRefreshing();
    void reportsAnErrorAndStopsAsking();
    void showsHiddenCharactersOfTitles();
    void tellsWhatComesNext_data();
    void tellsWhatComesNext();
    void offersOrdersOnlyWhereTheyFit();

private:
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
};

void TestRunsModel::fetchesPageByPageBehindTheLastRun()
{
    FakeBackend backend;
    fill(backend, 250);
    RunsModel model(backend, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.refresh();
    QCOMPARE(model.rowCount(), RunsModel::kPageRowCount);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 250);
    QVERIFY(!model.canFetchMore({}));
    for (int i = 0; i < 250; ++i)
        QCOMPARE(model.row(i)->runId, "run_" + std::to_string(250 - i));
}

void TestRunsModel::putsNewRunsOnTopAndKeepsTheSelection()
{
    FakeBackend backend;
    fill(backend, 3);
    RunsModel model(backend, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.refresh();
    const QPersistentModelIndex selected(model.index(1, 0));
    backend.runList.insert(backend.runList.begin(), run(4));
    backend.runList[2].status = "gate";
    QSignalSpy inserted(&model, &RunsModel::rowsInserted);
    model.refresh();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(selected.row(), 2);
    QCOMPARE(selected.data(RunsModel::RunIdRole).toString(), QStringLiteral("run_2"));
    QCOMPARE(model.row(2)->status, std::string("gate"));
    QCOMPARE(model.rowOf("run_4"), 0);
    QCOMPARE(model.rowOf("run_9"), -1);
}

void TestRunsModel::staysCompleteWhenTheListGrowsByRefreshing()
{
    FakeBackend backend;
    fill(backend, 99);
    RunsModel model(backend, m_clock);
    model.refresh();
    QVERIFY(model.isComplete());
    backend.runList.insert(backend.runList.begin(), {run(102), run(101), run(100)});
    model.refresh();
    // A hundred of the 102 came back: the rest is behind what was loaded and stays there.
    QTRY_COMPARE(model.rowCount(), 102);
    QCOMPARE(model.row(0)->runId, std::string("run_102"));
    QCOMPARE(model.row(101)->runId, std::string("run_1"));
    while (model.canFetchMore({}))
        model.fetchMore({});
    QCOMPARE(model.rowCount(), 102);
}

void TestRunsModel::reportsAnErrorAndStopsAsking()
{
    FakeBackend backend;
    backend.runsError = Error{ErrorCode::StorageBusy, "busy"};
    RunsModel model(backend, m_clock);
    model.refresh();
    QVERIFY(model.error().has_value());
    QVERIFY(!model.canFetchMore({}));
    backend.runsError.reset();
    fill(backend, 1);
    model.retry();
    QVERIFY(!model.error());
    QCOMPARE(model.rowCount(), 1);
}

void TestRunsModel::showsHiddenCharactersOfTitles()
{
    FakeBackend backend;
    backend.runList.push_back(run(1));
    backend.runList.front().title = "pay \u202Eme";
    RunsModel model(backend, m_clock);
    model.refresh();
    const QString shown = model.index(0, RunsModel::Title).data().toString();
    QVERIFY(!shown.contains(QChar(0x202E)));
    QVERIFY(shown.contains(QStringLiteral("U+202E")));
}

void TestRunsModel::tellsWhatComesNext_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("notBefore");
    QTest::addColumn<QString>("nextAttempt");
    QTest::addColumn<QString>("finished");
    QTest::addColumn<QString>("expected");
    const QString past = QStringLiteral("2026-05-20T08:00:00Z");
    const QString future = QStringLiteral("2026-05-20T13:30:00Z");
    const QString none;
    QTest::newRow("running") << "running" << past << none << none << "";
    QTest::newRow("window opens later")
        << "waiting" << future << none << none << "goes on in 3 hours";
    QTest::newRow("retry later") << "retry_wait" << past << future << none << "goes on in 3 hours";
    QTest::newRow("retry due") << "retry_wait" << past << past << none << "goes on now";
    QTest::newRow("gate") << "gate" << past << none << none << "needs a person";
    QTest::newRow("doubt beats time") << "in_doubt" << past << future << none << "needs a person";
    QTest::newRow("finished") << "completed" << past << future << past << "finished 2 hours ago";
}

void TestRunsModel::tellsWhatComesNext()
{
    QFETCH(QString, status);
    QFETCH(QString, notBefore);
    QFETCH(QString, nextAttempt);
    QFETCH(QString, finished);
    QFETCH(QString, expected);
    RunView view = run(1, status.toStdString());
    view.notBefore = at(qPrintable(notBefore));
    if (!nextAttempt.isEmpty()) {
        view.steps.push_back({});
        view.steps.back().nextAttemptAt = at(qPrintable(nextAttempt));
    }
    if (!finished.isEmpty())
        view.finishedAt = at(qPrintable(finished));
    QCOMPARE(nextText(view, m_clock.now()), expected);
}

void TestRunsModel::offersOrdersOnlyWhereTheyFit()
{
    using enum control::RunOrderKind;
    QCOMPARE(ordersFor(StepStatus::Gate), std::vector{ConfirmGate});
    QCOMPARE(ordersFor(StepStatus::InDoubt), (std::vector{ResolveDone, ResolveNotDone}));
    QCOMPARE(ordersFor(StepStatus::Failed), std::vector{RetryStep});
    QCOMPARE(ordersFor(StepStatus::CompensationManual), std::vector{CompensationDone});
    for (const StepStatus status :
         {StepStatus::Waiting, StepStatus::Running, StepStatus::Done, StepStatus::Standing})
        QVERIFY(ordersFor(status).empty());
}

QTEST_GUILESS_MAIN(TestRunsModel)
#include "tst_runs_model.moc"
