#include "app/core/projections.h"
#include "app/demo/systems_client.h"
#include "planes/control/authority.h"
#include "planes/execution/run_table.h"
#include "tests/support/demo_fixture.h"

#include <QTest>

using namespace countersign;
using countersign::testing::DemoFixture;
using countersign::testing::DraftDecision;

/// Whoever can write the database cannot hide from the engine what forbids it to act.
class TestHiddenRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aFinishedRunIsNotRepeated();
    void aHiddenRevisionStillVoidsTheSignatures();
    void aHiddenRejectionStillStops();
    void aHiddenOrderToCancelStillStops();
    void rowsHiddenUnderARunningEngineChangeNothing();

private:
    void deliver();
    void approve(const std::string& person);
    [[nodiscard]] std::string latestRequest();
    [[nodiscard]] std::string runId();
    [[nodiscard]] std::string statusOfRun();
    /// Turns a fresh engine until nothing more comes of it.
    void work();
    void turnUntilQuiet(app::Core& core);
    void writeSql(const std::string& statement);
    /// Files a ledger entry under another type and no decision.
    void hide(const std::string& where);
    [[nodiscard]] std::size_t effectCount();

    DemoFixture m_fixture;
    std::optional<app::SystemsClient> m_systems;
    SystemEntropy m_entropy;
    DraftDecision m_draft;
};

namespace {

constexpr const char* kManager = "kwame.boateng";
constexpr const char* kGatedStep = "wave_1";

} // namespace

void TestHiddenRows::initTestCase()
{
    QVERIFY(m_fixture.make().ok());
    QVERIFY(m_fixture.startSystems().ok());
    const auto settings = m_fixture.folder().readSettings();
    m_systems.emplace(settings->variables.at("SYSTEMS_URL"), m_fixture.token());
    auto core = m_fixture.open().value();
    QVERIFY(app::deliverDemoDecisions(*core, [](const std::string&) {}).ok());
}

void TestHiddenRows::init()
{
    // A release of its own for each attack, with keys of its own.
    m_draft = DraftDecision::load("release-promotion", SystemClock().now());
    m_draft.rename(m_entropy, SystemClock().now());
    for (Json& step : m_draft.documents["execution_plan.json"]["steps"]) {
        step["idempotency_key"] = m_draft.decisionId() + ":" + textMember(step, "step_id");
        Json& compensation = step["compensation"];
        if (compensation.contains("idempotency_key"))
            compensation["idempotency_key"] =
                m_draft.decisionId() + ":undo:" + textMember(step, "step_id");
    }
    deliver();
}

void TestHiddenRows::deliver()
{
    auto core = m_fixture.open().value();
    const auto path =
        m_fixture.folder().root() / "deliveries"
        / (m_draft.decisionId() + "-"
           + std::to_string(
               m_draft.documents["approval_request.json"]["header"]["revision"].get<int>()));
    QVERIFY(app::writeFolder(path, m_draft.seal()).ok());
    const auto report = core->ingest(path.string());
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().describe().c_str());
    QVERIFY2(
        report->accepted(), report->accepted() ? "" : report->errors.front().describe().c_str());
    QVERIFY2(report->request, report->refusal ? report->refusal->describe().c_str() : "");
}

void TestHiddenRows::approve(const std::string& person)
{
    auto core = m_fixture.open().value();
    const auto outcome = m_fixture.approve(*core, m_draft.decisionId(), person);
    QVERIFY2(outcome.ok(), outcome.ok() ? "" : outcome.error().describe().c_str());
    QCOMPARE(outcome->quorum.status, control::RequestStatus::Authorized);
}

std::string TestHiddenRows::latestRequest()
{
    auto core = m_fixture.open().value();
    const auto reader = core->store().openReader();
    return control::loadDecisionAuthority(*reader, core->foundation(), m_draft.decisionId())
        .value()
        .latest()
        ->sha256.hex();
}

std::string TestHiddenRows::runId()
{
    const auto database = app::openDatabase(m_fixture.folder(), data::OpenMode::ReadOnly).value();
    const auto runs = execution::runsOfDecision(*database, m_draft.decisionId()).value();
    return runs.empty() ? std::string() : runs.front().runId;
}

std::string TestHiddenRows::statusOfRun()
{
    const auto database = app::openDatabase(m_fixture.folder(), data::OpenMode::ReadOnly).value();
    return execution::runStatusOf(*database, m_draft.decisionId()).value();
}

void TestHiddenRows::work()
{
    auto core = m_fixture.open(true);
    QVERIFY2(core.ok(), core.ok() ? "" : core.error().describe().c_str());
    turnUntilQuiet(**core);
}

void TestHiddenRows::turnUntilQuiet(app::Core& core)
{
    int quiet = 0;
    for (int i = 0; i < 2000 && quiet < 50; ++i) {
        quiet = core.turn().idle ? quiet + 1 : 0;
        QTest::qWait(2);
    }
}

void TestHiddenRows::writeSql(const std::string& statement)
{
    const auto database = app::openDatabase(m_fixture.folder(), data::OpenMode::ReadWrite).value();
    const auto transaction = database->beginWrite().value();
    const auto changed = transaction->execute(statement);
    QVERIFY2(changed.ok(), statement.c_str());
    QVERIFY2(*changed > 0, statement.c_str());
    QVERIFY(transaction->commit().ok());
}

void TestHiddenRows::hide(const std::string& where)
{
    writeSql(
        "UPDATE ledger_entry SET type = 'document.shown', decision_id = '' WHERE decision_id = '"
        + m_draft.decisionId() + "' AND " + where);
}

std::size_t TestHiddenRows::effectCount()
{
    return m_systems->effects().value().size();
}

void TestHiddenRows::aFinishedRunIsNotRepeated()
{
    approve(kManager);
    work();
    {
        auto core = m_fixture.open().value();
        QVERIFY(m_fixture
                    .order(*core, runId(), kGatedStep, control::RunOrderKind::ConfirmGate, kManager)
                    .ok());
    }
    work();
    QCOMPARE(statusOfRun(), std::string("completed"));
    const std::size_t before = effectCount();
    QVERIFY(before > 0);
    const std::string request = latestRequest();
    writeSql("DELETE FROM run_event WHERE run_id = '" + runId() + "'");
    writeSql("DELETE FROM run WHERE decision_id = '" + m_draft.decisionId() + "'");
    hide("type LIKE 'run.%'");
    writeSql(
        "INSERT INTO run_due (decision_id, request_sha256, idx) VALUES ('" + m_draft.decisionId()
        + "', '" + request + "', 1)");
    work();
    QCOMPARE(effectCount(), before);
    QCOMPARE(runId(), std::string());
}

void TestHiddenRows::aHiddenRevisionStillVoidsTheSignatures()
{
    approve(kManager);
    const std::size_t before = effectCount();
    const std::string signedRequest = latestRequest();
    Json& request = m_draft.documents["approval_request.json"];
    request["header"]["supersedes_sha256"] = Digest::of(canonicalOwnJson(request)).hex();
    request["header"]["revision"] = 2;
    request["title"] = "Promote it, but not under the old signatures";
    deliver();
    hide(
        "type = 'request.opened' AND idx > (SELECT MIN(idx) FROM ledger_entry WHERE type = "
        "'request.opened' AND decision_id = '"
        + m_draft.decisionId() + "')");
    writeSql(
        "INSERT INTO run_due (decision_id, request_sha256, idx) VALUES ('" + m_draft.decisionId()
        + "', '" + signedRequest + "', 1)");
    work();
    QCOMPARE(effectCount(), before);
}

void TestHiddenRows::aHiddenRejectionStillStops()
{
    const std::size_t before = effectCount();
    {
        auto core = m_fixture.open().value();
        const trust::PrivateKey signer = m_fixture.key(kManager);
        app::AnswerWish wish;
        wish.decisionId = m_draft.decisionId();
        wish.kind = control::AnswerKind::Reject;
        wish.reason = "Not this week.";
        wish.keyId = signer.publicKey().keyId();
        const auto prepared = core->prepareAnswer(wish);
        QVERIFY(prepared.ok());
        const auto envelope =
            trust::signEnvelope(prepared->payload, trust::kInTotoPayloadType, signer);
        QVERIFY(core->submitAnswer(m_draft.decisionId(), *envelope).ok());
    }
    hide("type IN ('answer.recorded', 'decision.rejected')");
    writeSql(
        "UPDATE decision SET status = 'open' WHERE decision_id = '" + m_draft.decisionId() + "'");
    // The same manager is led to believe that nothing was answered yet, and approves.
    approve(kManager);
    work();
    QCOMPARE(effectCount(), before);
    QCOMPARE(runId(), std::string());
}

void TestHiddenRows::aHiddenOrderToCancelStillStops()
{
    approve(kManager);
    work();
    QCOMPARE(statusOfRun(), std::string("gate"));
    const std::size_t before = effectCount();
    {
        auto core = m_fixture.open().value();
        QVERIFY(m_fixture.order(*core, runId(), {}, control::RunOrderKind::Cancel, kManager).ok());
        hide("type = 'order.recorded'");
        writeSql("DELETE FROM run_order_due WHERE decision_id = '" + m_draft.decisionId() + "'");
        QVERIFY(m_fixture
                    .order(*core, runId(), kGatedStep, control::RunOrderKind::ConfirmGate, kManager)
                    .ok());
    }
    work();
    QCOMPARE(effectCount(), before);
}

void TestHiddenRows::rowsHiddenUnderARunningEngineChangeNothing()
{
    approve(kManager);
    const std::size_t before = effectCount();
    auto core = m_fixture.open(true).value();
    turnUntilQuiet(*core);
    QCOMPARE(statusOfRun(), std::string("gate"));
    const std::size_t atGate = effectCount();
    QVERIFY(atGate > before);
    hide("type IN ('step.dispatched', 'step.finished')");
    QVERIFY(
        m_fixture.order(*core, runId(), kGatedStep, control::RunOrderKind::ConfirmGate, kManager)
            .ok()
        == false);
    turnUntilQuiet(*core);
    QCOMPARE(effectCount(), atGate);
}

QTEST_GUILESS_MAIN(TestHiddenRows)
#include "tst_hidden_rows.moc"
