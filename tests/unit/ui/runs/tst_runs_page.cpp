#include "tests/support/fake_backend.h"
#include "ui/runs/runs_page.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

/// The newest of that name: replaced widgets live until control returns to the event loop.
template <class T>
T* find(const QWidget& root, const QString& name)
{
    const QList<T*> all = root.findChildren<T*>(name);
    return all.isEmpty() ? nullptr : all.last();
}

} // namespace

class TestRunsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheNewestRunFirst();
    void asksForTheOrderOfAGate();
    void keepsButtonsOffWithoutAKeyAndSaysWhy();
    void offersBothAnswersToADoubt();
    void offersNothingOnceTheRunIsOver();
    void followsTheLedgerLive();
    void keepsTheFocusOnAButtonThroughAnUpdate();
    void dropsTheReplyAboutAnEarlierRun();
    void opensItsDecision();

private:
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
    DecisionView m_view;
    RunView m_run;
};

void TestRunsPage::init()
{
    m_view = sampleDecision(sampleNames().front(), m_clock.now());
    m_run = gatedRun(m_view, m_clock.now());
}

void TestRunsPage::showsTheNewestRunFirst()
{
    FakeBackend backend;
    RunView older = m_run;
    older.runId = "run_0";
    backend.runList = {m_run, older};
    RunsPage page(backend, m_clock);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    QCOMPARE(page.presenter().state().runId, m_run.runId);
    QTest::keyClick(find<QTableView>(page, QStringLiteral("runsTable")), Qt::Key_Down);
    QTRY_COMPARE(page.presenter().state().runId, older.runId);
}

void TestRunsPage::asksForTheOrderOfAGate()
{
    FakeBackend backend;
    backend.add(m_view);
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    QSignalSpy orders(&page, &Page::orderRequested);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    const auto gate =
        std::find_if(m_run.steps.begin(), m_run.steps.end(), [](const StepView& step) {
            return step.status == StepStatus::Gate;
        });
    QVERIFY(gate != m_run.steps.end());
    auto* const button = find<QPushButton>(
        page,
        QStringLiteral("order_%1_%2")
            .arg(
                QString::fromStdString(
                    std::string(control::text(control::RunOrderKind::ConfirmGate))),
                QString::fromStdString(gate->stepId)));
    QVERIFY(button != nullptr && button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(orders.size(), 1);
    QCOMPARE(orders.first().at(0).toString().toStdString(), m_run.decisionId);
    const auto intent = orders.first().at(1).value<OrderIntent>();
    QCOMPARE(intent.runId, m_run.runId);
    QCOMPARE(intent.stepId, gate->stepId);
    QVERIFY(intent.kind == control::RunOrderKind::ConfirmGate);
}

void TestRunsPage::keepsButtonsOffWithoutAKeyAndSaysWhy()
{
    FakeBackend backend;
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    auto* const cancel = find<QPushButton>(page, QStringLiteral("order_cancel_"));
    QVERIFY(cancel != nullptr);
    QVERIFY(!cancel->isEnabled());
    QVERIFY(cancel->accessibleDescription().contains(QStringLiteral("no signing key")));
    backend.keys.push_back({"stranger", "ab", "ed25519", {}, {}, {}});
    Q_EMIT backend.changed(9);
    QTRY_VERIFY(page.presenter().state().whyNoOrders.contains(QStringLiteral("roster")));
}

void TestRunsPage::offersBothAnswersToADoubt()
{
    FakeBackend backend;
    backend.add(m_view);
    m_run.status = "in_doubt";
    m_run.steps.front().status = StepStatus::InDoubt;
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    const QString step = QString::fromStdString(m_run.steps.front().stepId);
    for (const control::RunOrderKind kind :
         {control::RunOrderKind::ResolveDone, control::RunOrderKind::ResolveNotDone}) {
        const QString name =
            QStringLiteral("order_%1_%2")
                .arg(QString::fromStdString(std::string(control::text(kind))), step);
        QVERIFY2(find<QPushButton>(page, name) != nullptr, qPrintable(name));
    }
}

void TestRunsPage::offersNothingOnceTheRunIsOver()
{
    FakeBackend backend;
    backend.add(m_view);
    m_run.status = "failed";
    m_run.finishedAt = m_clock.now();
    m_run.steps.front().status = StepStatus::Failed;
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    for (const QPushButton* button : page.findChildren<QPushButton*>())
        QVERIFY(!button->objectName().startsWith(QStringLiteral("order_")));
}

void TestRunsPage::followsTheLedgerLive()
{
    FakeBackend backend;
    backend.add(m_view);
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    RunView next = m_run;
    next.runId = "run_99";
    backend.runList.front().status = "completed";
    backend.runList.front().finishedAt = m_clock.now();
    backend.runList.insert(backend.runList.begin(), next);
    Q_EMIT backend.changed(10);
    QTRY_COMPARE(page.presenter().state().run->status, std::string("completed"));
    auto* const table = find<QTableView>(page, QStringLiteral("runsTable"));
    QCOMPARE(table->model()->rowCount(), 2);
    // What is looked at stays selected, although it moved down.
    QCOMPARE(table->currentIndex().row(), 1);
    QCOMPARE(page.presenter().state().runId, m_run.runId);
}

void TestRunsPage::keepsTheFocusOnAButtonThroughAnUpdate()
{
    FakeBackend backend;
    backend.add(m_view);
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    page.show();
    page.activate();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    const QString name = QStringLiteral("order_cancel_");
    find<QPushButton>(page, name)->setFocus();
    QVERIFY(find<QPushButton>(page, name)->hasFocus());
    backend.runList.front().statusDetail = "still waiting";
    Q_EMIT backend.changed(10);
    QTRY_COMPARE(page.presenter().state().run->statusDetail, std::string("still waiting"));
    QTRY_VERIFY(find<QPushButton>(page, name)->hasFocus());
}

void TestRunsPage::dropsTheReplyAboutAnEarlierRun()
{
    FakeBackend backend;
    RunView other = m_run;
    other.runId = "run_0";
    backend.runList = {m_run, other};
    RunsPresenter presenter(backend, m_clock);
    backend.holds = true;
    presenter.select(m_run.runId);
    presenter.select(other.runId);
    backend.releaseReversed();
    QTRY_VERIFY(presenter.state().run != nullptr);
    QCOMPARE(presenter.state().run->runId, other.runId);
}

void TestRunsPage::opensItsDecision()
{
    FakeBackend backend;
    backend.runList = {m_run};
    RunsPage page(backend, m_clock);
    QSignalSpy opened(&page, &Page::openDecisionRequested);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().run != nullptr);
    QTest::mouseClick(find<QPushButton>(page, QStringLiteral("openDecision")), Qt::LeftButton);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString().toStdString(), m_run.decisionId);
}

QTEST_MAIN(TestRunsPage)
#include "tst_runs_page.moc"
