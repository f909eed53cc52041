#include "planes/data/contracts.h"
#include "tests/support/fake_execution.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

const Instant kStart = Instant::fromUnixSeconds(1'700'000'100);

std::string readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QString
firstViolation(const data::SchemaSet& schemas, const std::string& contract, const Json& document)
{
    const auto violations = schemas.validate(data::contractSchemaUri(contract), document);
    if (!violations)
        return QString::fromStdString(violations.error().describe());
    if (violations->empty())
        return {};
    return QString::fromStdString(
        violations->front().instancePointer + " " + violations->front().message);
}

CallOutcome hostileOutcome(CallResult result)
{
    CallOutcome outcome;
    outcome.result = result;
    outcome.errorCode = "No Such Code!";
    outcome.message = std::string(" \t\x01\xc3\x28", 5) + std::string(20'000, 'x');
    outcome.effectUncertain = true;
    return recordedOutcome(std::move(outcome));
}

} // namespace

class TestReceipt : public QObject
{
    Q_OBJECT

private:
    std::optional<data::SchemaSet> m_schemas;

private Q_SLOTS:
    void initTestCase()
    {
        const QDir folder(
            QStringLiteral(COUNTERSIGN_SOURCE_DIR) + QStringLiteral("/resources/schemas"));
        std::vector<std::string> texts;
        for (const QString& name : folder.entryList({QStringLiteral("*.schema.json")}))
            texts.push_back(readFile(folder.filePath(name)));
        Result<data::SchemaSet> schemas = data::loadContractSchemas(texts);
        QVERIFY2(schemas.ok(), schemas.ok() ? "" : schemas.error().describe().c_str());
        m_schemas = *schemas;
    }

    void builtPlansAreValid()
    {
        const Json document = planDocument(
            {.steps = {
                 {.id = "a"},
                 {.id = "b", .dependsOn = {"a"}, .humanGate = true, .compensation = "manual"},
                 {.id = "c", .compensation = "none"}}});
        QCOMPARE(firstViolation(*m_schemas, "execution_plan", document), QString());
    }

    void everyReceiptIsValidUnderItsContract_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<bool>("compensation");
        for (const CallResult result :
             {CallResult::Success, CallResult::Failure, CallResult::Timeout, CallResult::Blocked}) {
            for (const bool compensation : {false, true})
                QTest::addRow("%d %d", static_cast<int>(result), compensation)
                    << static_cast<int>(result) << compensation;
        }
    }
    void everyReceiptIsValidUnderItsContract()
    {
        QFETCH(int, result);
        QFETCH(bool, compensation);
        SeededEntropy entropy(3);
        const auto plan = planOf({.steps = {{.id = "a", .humanGate = true}}});
        const RunHead head{
            RunId::make(kStart, entropy),
            plan->identity.decisionId,
            plan->identity.digest,
            RequestId::make(kStart, entropy),
            Digest::of("packet"),
            kStart};
        ReceiptInput input{
            RecordId::make("rcp", kStart, entropy),
            0,
            compensation ? CallPhase::Compensation : CallPhase::Forward,
            2};
        input.startedAt = kStart;
        input.finishedAt = kStart - Duration(5'000'000); // The clock was set back.
        input.gatePassedBy = personAct(kStart).person;
        input.previousReceipt = Digest::of("previous");
        const Json receipt = buildReceipt(
            *plan, head, Executor{}, input, hostileOutcome(static_cast<CallResult>(result)));
        QCOMPARE(firstViolation(*m_schemas, "tool_receipt", receipt), QString());
        QCOMPARE(receipt.at("duration_ms").get<int>(), 0);
        QCOMPARE(receipt.contains("gate_passed_by"), !compensation);
    }

    void journaledReceiptsAreAChainOfValidDocuments()
    {
        MemoryJournal journal;
        PlanBook plans;
        FakeAuthority authority;
        FakeGateway gateway;
        SeededEntropy entropy(5);
        Engine engine(journal, plans, authority, gateway, entropy);
        const auto plan = plans.add({.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}}}});
        const StartRun command{
            RequestId::make(kStart, entropy), plan->identity.digest, Digest::of("packet")};
        const RunId runId = engine.startRun(command, kStart).value();
        engine.turn(kStart);
        gateway.started.at(0).done(succeeded());
        engine.turn(kStart);
        gateway.started.at(1).done(failedWith("denied", false));
        engine.turn(kStart);
        gateway.started.at(2).done(succeeded());
        engine.turn(kStart);

        std::string previous;
        std::size_t count = 0;
        for (const RunEvent& event : journal.history(runId)) {
            if (event.type != RunEventType::StepFinished)
                continue;
            const Json& receipt = event.body.at("receipt");
            QCOMPARE(firstViolation(*m_schemas, "tool_receipt", receipt), QString());
            QCOMPARE(textMember(receipt, "previous_receipt_sha256"), previous);
            previous = canonicalDigest(receipt).value().hex();
            ++count;
        }
        QCOMPARE(count, std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(TestReceipt)
#include "tst_receipt.moc"
