#include "planes/trust/statement.h"
#include "tests/unit/planes/control/support/control_ledger.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

class TestGenesis final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadBackFromTheLedgerAlone();
    void everyFounderMustSign_data();
    void everyFounderMustSign();
    void refusesWhatTheFoundersDidNotSign_data();
    void refusesWhatTheFoundersDidNotSign();
    void refusesRostersAndPoliciesThatAreNone();
    void isOnlyWrittenOnce();
    void anotherAnchorIsRefused();
    void aLedgerWithoutGenesisIsRefused();
    void anotherGenesisBehindItIsRefused();
    void changedDocumentsAreRefused_data();
    void changedDocumentsAreRefused();
};

void TestGenesis::isReadBackFromTheLedgerAlone()
{
    ControlLedger ledger;
    ledger.found();
    QCOMPARE(ledger.foundation->name, std::string("Bench"));
    QCOMPARE(ledger.foundation->tenantId, std::string("northgate"));
    QVERIFY(ledger.foundation->anchor == ledger.anchor);
    QVERIFY(ledger.foundation->roster().sha256 == ledger.bench.roster.sha256);
    QVERIFY(ledger.foundation->policy().sha256 == ledger.bench.policy.sha256);
    // The event, a statement for each founder, roster and policy.
    QCOMPARE(ledger.size(), std::uint64_t{6});
}

void TestGenesis::everyFounderMustSign_data()
{
    QTest::addColumn<QStringList>("signers");
    QTest::addColumn<QString>("missing");
    const auto row = [](const char* name, const QStringList& signers, const char* missing) {
        QTest::newRow(name) << signers << QString::fromLatin1(missing);
    };
    const QString greta = QStringLiteral("greta.holm");
    const QString noura = QStringLiteral("noura.alsubaie");
    const QString priya = QStringLiteral("priya.raman");
    row("all", {greta, noura, priya}, "");
    row("all, and somebody more", {priya, QStringLiteral("stranger"), noura, greta}, "");
    row("one missing", {greta, priya}, "noura.alsubaie");
    row("one twice", {greta, greta, priya}, "noura.alsubaie");
    row("an executive who is no founder",
        {greta, QStringLiteral("tomas.lindqvist"), priya},
        "noura.alsubaie");
    row("nobody of them", {QStringLiteral("stranger")}, "greta.holm");
}

void TestGenesis::everyFounderMustSign()
{
    QFETCH(const QStringList, signers);
    QFETCH(const QString, missing);
    ControlLedger ledger;
    std::vector<std::string> ids;
    for (const QString& signer : signers)
        ids.push_back(signer.toStdString());
    const std::string payload = must(genesisStatement(ledger.genesisInput()));
    const auto recorded =
        ledger.record(ledger.genesisInput(), ControlLedger::signedGenesis(payload, ids));
    QCOMPARE(
        outcomeOf(recorded),
        missing.isEmpty() ? QStringLiteral("ok") : QStringLiteral("unauthorized genesis.founder"));
    if (!recorded.ok()) {
        QVERIFY(recorded.error().detail.find(missing.toStdString()) != std::string::npos);
        QVERIFY(!ledger.reader()->head().ok());
    }
}

void TestGenesis::refusesWhatTheFoundersDidNotSign_data()
{
    QTest::addColumn<QString>("what");
    for (const char* what : {"name", "tenant", "log", "time", "roster", "policy"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestGenesis::refusesWhatTheFoundersDidNotSign()
{
    QFETCH(const QString, what);
    ControlLedger ledger;
    const trust::Envelope envelope = ControlLedger::signedGenesis(
        must(genesisStatement(ledger.genesisInput())),
        {"greta.holm", "noura.alsubaie", "priya.raman"});
    GenesisInput other = ledger.genesisInput();
    if (what == QLatin1String("name"))
        other.name = "Another";
    else if (what == QLatin1String("tenant"))
        other.tenantId = other.roster["tenant_id"].get_ref<std::string&>() = "southgate";
    else if (what == QLatin1String("log"))
        other.logVkey = "x";
    else if (what == QLatin1String("time"))
        other.createdAt = other.createdAt + Duration(1);
    else if (what == QLatin1String("roster"))
        other.roster["people"][1]["roles"].push_back("general_counsel");
    else
        other.policy["version"] = 2;
    QCOMPARE(
        outcomeOf(ledger.record(other, envelope)), QStringLiteral("invalid_input genesis.form"));
    QVERIFY(!ledger.reader()->head().ok());
}

void TestGenesis::refusesRostersAndPoliciesThatAreNone()
{
    const ControlLedger ledger;
    GenesisInput input = ledger.genesisInput();
    input.tenantId = "southgate";
    QCOMPARE(outcomeOf(genesisStatement(input)), QStringLiteral("invalid_input genesis.tenant"));
    input = ledger.genesisInput();
    input.policy["quorum"]["A3"]["approvals_needed"] = 1;
    QCOMPARE(outcomeOf(genesisStatement(input)), QStringLiteral("invalid_input policy.guard"));
    input = ledger.genesisInput();
    input.roster["founders"] = Json::array();
    QCOMPARE(outcomeOf(genesisStatement(input)), QStringLiteral("invalid_input roster.form"));
}

void TestGenesis::isOnlyWrittenOnce()
{
    ControlLedger ledger;
    ledger.found();
    const std::uint64_t size = ledger.size();
    const std::string payload = must(genesisStatement(ledger.genesisInput()));
    QCOMPARE(
        outcomeOf(ledger.record(
            ledger.genesisInput(),
            ControlLedger::signedGenesis(
                payload, {"greta.holm", "noura.alsubaie", "priya.raman"}))),
        QStringLiteral("conflict genesis.exists"));
    QCOMPARE(ledger.size(), size);
}

void TestGenesis::anotherAnchorIsRefused()
{
    ControlLedger ledger;
    ledger.found();
    QCOMPARE(
        outcomeOf(loadFoundation(*ledger.reader(), Digest::of("another"))),
        QStringLiteral("corrupt genesis.anchor"));
}

void TestGenesis::aLedgerWithoutGenesisIsRefused()
{
    ControlLedger ledger;
    ledger.append("test.event", {}, Json::object(), Instant::fromUnixSeconds(1));
    QCOMPARE(
        outcomeOf(loadFoundation(*ledger.reader(), Digest::of("any"))),
        QStringLiteral("corrupt genesis.absent"));
}

void TestGenesis::anotherGenesisBehindItIsRefused()
{
    ControlLedger ledger;
    ledger.found();
    GenesisInput coup = ledger.genesisInput();
    coup.name = "Ours now";
    const trust::Envelope envelope = ControlLedger::signedGenesis(
        must(genesisStatement(coup)), {"greta.holm", "noura.alsubaie", "priya.raman"});
    ledger.appendStatement(envelope, "greta.holm", {});
    QCOMPARE(
        outcomeOf(loadFoundation(*ledger.reader(), ledger.anchor)),
        QStringLiteral("corrupt genesis.anchor"));
}

void TestGenesis::changedDocumentsAreRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("changed") << QStringLiteral(
        "UPDATE blob SET bytes = CAST(REPLACE(CAST(bytes AS TEXT), 'manager', "
        "'none') AS BLOB)") << QStringLiteral("corrupt blob.digest");
    QTest::newRow("lost") << QStringLiteral("DELETE FROM blob")
                          << QStringLiteral("not_found blob.absent");
    QTest::newRow("a founder's signature erased")
        << QStringLiteral("UPDATE ledger_entry SET body = NULL WHERE idx = 2")
        << QStringLiteral("not_found ledger.erased");
}

void TestGenesis::changedDocumentsAreRefused()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, outcome);
    ControlLedger ledger;
    ledger.found();
    const auto transaction = must(ledger.database->beginWrite());
    must(transaction->execute(sql.toStdString()));
    must(transaction->commit());
    QCOMPARE(outcomeOf(loadFoundation(*ledger.reader(), ledger.anchor)), outcome);
}

} // namespace

QTEST_GUILESS_MAIN(TestGenesis)
#include "tst_genesis.moc"
