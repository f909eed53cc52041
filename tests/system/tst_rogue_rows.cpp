#include "app/core/projections.h"
#include "app/demo/systems_client.h"
#include "app/evidence/verify.h"
#include "planes/control/decision_table.h"
#include "tests/support/demo_fixture.h"

#include <QTest>

using namespace countersign;
using countersign::testing::DemoFixture;

/// Whoever can write the database still cannot make it act.
class TestRogueRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void aDecisionSetToAuthorizedRunsNothing();
    void anInsertedRunDoesNothing();
    void anInsertedOrderOpensNoGate();

private:
    [[nodiscard]] Result<void> writeSql(const std::vector<std::string>& statements);
    [[nodiscard]] std::string firstDecision();
    void turnManyTimes(app::Core& core);
    [[nodiscard]] std::size_t effectCount();

    DemoFixture m_fixture;
    std::optional<app::SystemsClient> m_systems;
};

void TestRogueRows::initTestCase()
{
    QVERIFY(m_fixture.make().ok());
    QVERIFY(m_fixture.startSystems().ok());
    const auto settings = m_fixture.folder().readSettings();
    m_systems.emplace(settings->variables.at("SYSTEMS_URL"), m_fixture.token());
    auto core = m_fixture.open().value();
    QVERIFY(app::deliverDemoDecisions(*core, [](const std::string&) {}).ok());
}

void TestRogueRows::cleanup()
{
    // Each attack left rows without a basis in the ledger, and a deep look says so.
    const auto verified = app::verifyWorkspaceFolder(m_fixture.folder(), true);
    QVERIFY(verified.ok());
    QVERIFY(!verified->good);
    QVERIFY(verified->firstBroken.has_value());
    QVERIFY(writeSql({"DELETE FROM run_due",
                      "DELETE FROM run_event",
                      "DELETE FROM run",
                      "DELETE FROM run_order_due",
                      "UPDATE decision SET status = 'open', approvals_have = 0"})
                .ok());
    const auto clean = app::verifyWorkspaceFolder(m_fixture.folder(), true);
    QVERIFY2(clean->good, clean->firstBroken ? clean->firstBroken->describe().c_str() : "");
}

Result<void> TestRogueRows::writeSql(const std::vector<std::string>& statements)
{
    CS_TRY(const auto database, app::openDatabase(m_fixture.folder(), data::OpenMode::ReadWrite));
    CS_TRY(const auto transaction, database->beginWrite());
    for (const std::string& statement : statements)
        CS_CHECK(transaction->execute(statement));
    return transaction->commit();
}

std::string TestRogueRows::firstDecision()
{
    const auto database = app::openDatabase(m_fixture.folder(), data::OpenMode::ReadOnly).value();
    return control::decisionPage(*database, {}).value().front().decisionId;
}

void TestRogueRows::turnManyTimes(app::Core& core)
{
    for (int i = 0; i < 50; ++i) {
        core.turn();
        QTest::qWait(2);
    }
}

std::size_t TestRogueRows::effectCount()
{
    return m_systems->effects().value().size();
}

void TestRogueRows::aDecisionSetToAuthorizedRunsNothing()
{
    const std::string decision = firstDecision();
    QVERIFY(writeSql({"UPDATE decision SET status = 'authorized', approvals_have = 3",
                      "INSERT INTO run_due (decision_id, request_sha256, idx) VALUES ('" + decision
                          + "', '" + std::string(64, '0') + "', 1)"})
                .ok());
    auto core = m_fixture.open(true).value();
    turnManyTimes(*core);
    QCOMPARE(effectCount(), std::size_t{0});
}

void TestRogueRows::anInsertedRunDoesNothing()
{
    const std::string decision = firstDecision();
    QVERIFY(writeSql({"INSERT INTO run (run_id, decision_id, request_id, plan_sha256, status, "
                      "created_at) VALUES "
                      "('run_01KWCXR3R0RZ3Y0KWGJDS084RD', '"
                          + decision + "', 'apr_01KWCXR3R0RZ3Y0KWGJDS084RD', '"
                          + std::string(64, 'a') + "', 'waiting', 1)",
                      "INSERT INTO run_event (run_id, sequence, idx) VALUES "
                      "('run_01KWCXR3R0RZ3Y0KWGJDS084RD', 1, 5)"})
                .ok());
    auto core = m_fixture.open(true).value();
    turnManyTimes(*core);
    QCOMPARE(effectCount(), std::size_t{0});
}

void TestRogueRows::anInsertedOrderOpensNoGate()
{
    QVERIFY(
        writeSql({"INSERT INTO run_order_due (statement_index, decision_id, run_id) VALUES (3, '"
                  + firstDecision() + "', 'run_01KWCXR3R0RZ3Y0KWGJDS084RD')"})
            .ok());
    auto core = m_fixture.open(true).value();
    turnManyTimes(*core);
    QCOMPARE(effectCount(), std::size_t{0});
    QVERIFY(writeSql({"INSERT INTO run_order_due (statement_index, decision_id, run_id) VALUES (4, "
                      "'x', 'y')"})
                .ok());
}

QTEST_GUILESS_MAIN(TestRogueRows)
#include "tst_rogue_rows.moc"
