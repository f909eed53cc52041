#include "app/console/local_backend.h"
#include "planes/control/approvals.h"
#include "planes/control/decision_table.h"
#include "tests/support/demo_fixture.h"
#include "ui/queue/queue_model.h"
#include "ui/shell/main_window.h"

#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QSettings>
#include <QTest>

#include <fstream>

using namespace countersign;
using countersign::testing::DemoFixture;
using countersign::testing::DraftDecision;

/// A workspace with a hundred thousand open decisions shows its first page and leaves the rest
/// where it is.
class TestLargeWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensOnTheFirstPageOnly();
    void pagesToTheEndOfAView();

private:
    [[nodiscard]] static int decisionCount();

    DemoFixture m_fixture;
};

namespace {

/// Resident memory of this process in megabytes.
double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == "VmRSS:") {
            double kilobytes = 0;
            status >> kilobytes;
            return kilobytes / 1024;
        }
    }
    return 0;
}

} // namespace

int TestLargeWorkspace::decisionCount()
{
    bool isNumber = false;
    const int count = qEnvironmentVariableIntValue("COUNTERSIGN_DECISIONS", &isNumber);
    return isNumber ? count : 100'000;
}

void TestLargeWorkspace::initTestCase()
{
    QVERIFY(m_fixture.make().ok());
    auto core = m_fixture.open().value();
    SystemEntropy entropy;
    const Instant now = core->now();
    DraftDecision draft = DraftDecision::load("release-promotion", now);
    control::RequestInput input{
        .requestId = {},
        .claim = draft.documents["approval_request.json"],
        .memo = draft.documents["memo.json"],
        .plan = draft.documents["execution_plan.json"],
        .evidencePack = draft.documents["evidence_pack.json"],
        .packet = {},
        .planItem = {"execution_plan", "pln_01KWCNGE80VDQJD4341RDS60HX", 1, Digest::of("plan")},
        .operations = {},
        .amendedBy = {},
        .now = now};
    for (const Json& step : input.plan["steps"]) {
        for (const Json& holder : {step, step["compensation"]}) {
            if (holder.contains("call"))
                input.operations.push_back(
                    {textMember(holder["call"], "connector"),
                     textMember(holder["call"], "connector_version"),
                     textMember(holder["call"], "operation"),
                     Classes{ApprovalClass::A0, Reversibility::R0, Sensitivity::S0, ActionClass::A},
                     Digest::of("manifest")});
        }
    }
    input.packet.push_back(input.planItem);

    constexpr int kBatch = 2000;
    QElapsedTimer timer;
    timer.start();
    for (int made = 0; made < decisionCount(); made += kBatch) {
        const auto written = core->store().write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                for (int i = made; i < std::min(made + kBatch, decisionCount()); ++i) {
                    // Ages differ by a second each, so that the order of the queue is the order
                    // made.
                    const Instant at = now + Duration(std::chrono::milliseconds(i));
                    control::CommandContext context{
                        session, ledger, core->foundation(), entropy, at};
                    input.claim["header"]["decision_id"] = DecisionId::make(at, entropy).text();
                    input.claim["title"] = "Decision number " + std::to_string(i);
                    input.requestId = RequestId::make(at, entropy).text();
                    input.now = at;
                    CS_TRY(const control::OpenOutcome opened, control::openRequest(context, input));
                    if (opened.refusal)
                        return fail(*opened.refusal);
                }
                return {};
            });
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().describe().c_str());
    }
    qInfo("made %d decisions in %lld ms", decisionCount(), timer.elapsed());
}

void TestLargeWorkspace::opensOnTheFirstPageOnly()
{
    const double before = residentMegabytes();
    QElapsedTimer timer;
    timer.start();
    auto opened = app::LocalBackend::open(m_fixture.folder(), true);
    QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().describe().c_str());
    const std::unique_ptr<app::LocalBackend> backend = std::move(opened).value();
    QTemporaryDir settingsFolder;
    QSettings store(settingsFolder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    const SystemClock clock;
    ui::MainWindow window(
        *backend, clock, ui::Settings(store), [](QWidget*) { return std::vector<ui::Page*>(); });
    window.resize(1280, 800);
    window.show();
    auto* list = window.findChild<QAbstractItemView*>(QStringLiteral("queueList"));
    QVERIFY(list != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 0, 60'000);
    qInfo(
        "first page of %d after %lld ms, %.0f MB more",
        decisionCount(),
        timer.elapsed(),
        residentMegabytes() - before);
    // What is in memory is a page or two, never the queue.
    QVERIFY(list->model()->rowCount() <= 1000);
    QVERIFY(list->model()->canFetchMore({}));
    QVERIFY(
        list->model()->index(0, 0).data().toString().contains(QStringLiteral("Decision number 0")));
}

void TestLargeWorkspace::pagesToTheEndOfAView()
{
    auto core = m_fixture.open().value();
    control::DecisionQuery query;
    query.limit = 1000;
    int seen = 0;
    while (true) {
        const auto page = control::decisionPage(core->store().database(), query);
        QVERIFY(page.ok());
        for (const control::DecisionRow& row : *page)
            QCOMPARE(row.title, "Decision number " + std::to_string(seen++));
        if (static_cast<int>(page->size()) < query.limit)
            break;
        query.after = control::cursorAfter(page->back(), query.filter);
    }
    QCOMPARE(seen, decisionCount());
}

QTEST_MAIN(TestLargeWorkspace)
#include "tst_large_workspace.moc"
