#include "tests/support/fake_backend.h"
#include "ui/log/ledger_page.h"
#include "ui/widgets/report_card.h"

#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

template <class T>
T* find(const QWidget& root, const char* name)
{
    T* const found = root.findChild<T*>(QLatin1String(name));
    Q_ASSERT(found != nullptr);
    return found;
}

} // namespace

class TestLedgerPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAtTheNewestEntry();
    void goesToAnEntryByNumber();
    void dropsTheReplyAboutAnEarlierSelection();
    void verifiesOnceAtATimeWithProgress();
    void namesTheFirstBrokenLink();
    void tellsWhenTheVerificationCouldNotBeDone();
    void opensTheDecisionOfAnEntry();
    void staysQuickWithTenMillionRows();
};

void TestLedgerPage::opensAtTheNewestEntry()
{
    FakeBackend backend;
    backend.logSize = 500;
    LedgerPage page(backend);
    page.show();
    page.activate();
    QTRY_COMPARE(find<QTableView>(page, "logTable")->currentIndex().row(), 499);
    QCOMPARE(page.presenter().state().index, std::optional<std::uint64_t>(499));
    QTRY_VERIFY(page.presenter().state().entry != nullptr);
}

void TestLedgerPage::goesToAnEntryByNumber()
{
    FakeBackend backend;
    backend.logSize = 100'000;
    LedgerPage page(backend);
    page.show();
    page.activate();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.activateWindow();
    QTRY_VERIFY(page.isActiveWindow());
    QTest::keyClick(&page, Qt::Key_G, Qt::ControlModifier);
    auto* const goTo = find<QSpinBox>(page, "logGoTo");
    QTRY_VERIFY(goTo->hasFocus());
    QTest::keyClicks(goTo, QStringLiteral("4321"));
    QTest::keyClick(goTo, Qt::Key_Return);
    QTRY_COMPARE(find<QTableView>(page, "logTable")->currentIndex().row(), 4321);
    QTRY_VERIFY(page.presenter().state().entry != nullptr);
    QCOMPARE(page.presenter().state().entry->index, std::uint64_t{4321});
}

void TestLedgerPage::dropsTheReplyAboutAnEarlierSelection()
{
    FakeBackend backend;
    backend.logSize = 100;
    LogPresenter presenter(backend);
    backend.holds = true;
    presenter.select(1);
    presenter.select(2);
    backend.releaseReversed();
    QTRY_VERIFY(presenter.state().entry != nullptr);
    QCOMPARE(presenter.state().entry->index, std::uint64_t{2});
}

void TestLedgerPage::verifiesOnceAtATimeWithProgress()
{
    FakeBackend backend;
    backend.logSize = 10;
    backend.report = {true, {{true, "entries", "10 entries"}}, {}, "Northgate", "ab12"};
    LedgerPage page(backend);
    page.show();
    page.activate();
    auto* const deep = find<QPushButton>(page, "verifyDeep");
    auto* const progress = find<QProgressBar>(page, "logProgress");
    backend.holds = true;
    QTest::mouseClick(deep, Qt::LeftButton);
    QCOMPARE(backend.workspaceVerifications, std::vector<bool>{true});
    QVERIFY(!deep->isEnabled());
    QVERIFY(!find<QPushButton>(page, "verifyQuick")->isEnabled());
    Q_EMIT backend.progressed(QStringLiteral("verify"), 0.5);
    QVERIFY(progress->isVisible());
    QCOMPARE(progress->value() * 2, progress->maximum());
    Q_EMIT backend.progressed(QStringLiteral("export"), 0.9);
    QCOMPARE(progress->value() * 2, progress->maximum());
    backend.release();
    QTRY_VERIFY(page.presenter().state().report != nullptr);
    QVERIFY(!progress->isVisible());
    QVERIFY(deep->isEnabled());
    auto* const report = find<ReportCard>(page, "reportCard");
    QVERIFY(report->isVisible());
    QVERIFY(find<QWidget>(*report, "reportVerdict")
                ->accessibleName()
                .contains(QStringLiteral("Every check is good")));
    QTest::mouseClick(find<QPushButton>(*report, "closeReport"), Qt::LeftButton);
    QVERIFY(!report->isVisible());
}

void TestLedgerPage::namesTheFirstBrokenLink()
{
    FakeBackend backend;
    backend.logSize = 10;
    backend.report = {
        false,
        {{true, "checkpoint", "signed"},
         {false, "documents", "a document is missing"},
         {false, "signatures", "not reached"}},
        Error{ErrorCode::Corrupt, "memo.json is missing", "audit.document_absent"},
        "Northgate",
        "ab12"};
    LedgerPage page(backend);
    page.show();
    page.activate();
    QTest::mouseClick(find<QPushButton>(page, "verifyQuick"), Qt::LeftButton);
    QTRY_VERIFY(page.presenter().state().report != nullptr);
    QCOMPARE(backend.workspaceVerifications, std::vector<bool>{false});
    const QString verdict = find<QWidget>(page, "reportVerdict")->accessibleName();
    QVERIFY2(verdict.contains(QStringLiteral("Documents and sources")), qPrintable(verdict));
}

void TestLedgerPage::tellsWhenTheVerificationCouldNotBeDone()
{
    FakeBackend backend;
    backend.verifyError = Error{ErrorCode::StorageBusy, "locked"};
    LedgerPage page(backend);
    page.show();
    QTest::mouseClick(find<QPushButton>(page, "verifyQuick"), Qt::LeftButton);
    QTRY_VERIFY(page.presenter().state().verifyError.has_value());
    QVERIFY(find<ReportCard>(page, "reportCard")->isVisible());
    QVERIFY(find<QPushButton>(page, "verifyQuick")->isEnabled());
}

void TestLedgerPage::opensTheDecisionOfAnEntry()
{
    FakeBackend backend;
    backend.logSize = 10;
    LedgerPage page(backend);
    QSignalSpy opened(&page, &Page::openDecisionRequested);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().entry != nullptr);
    QTest::mouseClick(find<QPushButton>(page, "openDecision"), Qt::LeftButton);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString().toStdString(), logRow(9).decisionId);
}

void TestLedgerPage::staysQuickWithTenMillionRows()
{
    FakeBackend backend;
    backend.logSize = 10'000'000;
    LedgerPage page(backend);
    page.resize(1084, 760);
    page.show();
    page.activate();
    auto* const table = find<QTableView>(page, "logTable");
    QTRY_COMPARE(table->model()->rowCount(), 10'000'000);
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    backend.logQueries.clear();
    table->scrollTo(table->model()->index(5'000'000, 0));
    table->grab();
    QTRY_VERIFY(!backend.logQueries.empty());
    QVERIFY(backend.logQueries.size() <= 3);
}

QTEST_MAIN(TestLedgerPage)
#include "tst_ledger_page.moc"
