#include "planes/control/genesis.h"
#include "planes/execution/decision_audit.h"
#include "planes/execution/decision_pack.h"
#include "tests/support/ledger_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace countersign;
using namespace countersign::execution;
using namespace countersign::testing;

namespace {

AuditReport audited(LedgerFixture& fixture)
{
    return auditDecision(*fixture.reader(), fixture.anchor(), fixture.decisionId()).value();
}

/// The first link that is not good, or empty.
std::string brokenLink(const AuditReport& report)
{
    for (const AuditRow& row : report.rows) {
        if (!row.good)
            return row.what;
    }
    return {};
}

std::string ruleOf(const AuditReport& report)
{
    return report.broken ? report.broken->rule : std::string();
}

/// The body of the decision's first event of a type.
Json firstBody(LedgerFixture& fixture, const std::string& type)
{
    Json body;
    const auto read = fixture.reader()->forEachOfDecision(
        fixture.decisionId(), type, [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            body = event.body;
            return false;
        });
    read.value();
    return body;
}

std::string writePack(LedgerFixture& fixture, const QTemporaryDir& folder, const char* name)
{
    const std::string path = folder.filePath(QString::fromLatin1(name)).toStdString();
    const trust::PackContent content =
        decisionPackContent(*fixture.reader(), fixture.anchor(), fixture.decisionId()).value();
    trust::PackWriter(fixture.database(), fixture.logKey()).write(content, path).value();
    return path;
}

} // namespace

class TestDecisionAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeChainIsGood()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        const AuditReport report = audited(fixture);
        QVERIFY2(report.good(), report.broken ? report.broken->describe().c_str() : "");
        QCOMPARE(report.rows.size(), kAuditLinks.size());
        for (std::size_t i = 0; i < kAuditLinks.size(); ++i) {
            QCOMPARE(report.rows[i].what, std::string(kAuditLinks.at(i)));
            QVERIFY(report.rows[i].good);
            QVERIFY(!report.rows[i].detail.empty());
            QCOMPARE(report.rows[i].detail, text(report.rows[i].findings));
        }
        // Two steps: what was dispatched is counted, not assumed.
        QVERIFY(report.rows[7].detail.starts_with("2 dispatches"));
        QVERIFY(report.rows[8].detail.starts_with("2 receipts"));
    }

    void decisionsThatWaitAreGoodAsFarAsTheyGot()
    {
        LedgerFixture fixture;
        fixture.open();
        QCOMPARE(brokenLink(audited(fixture)), std::string());
        fixture.answer("maria.manager", control::AnswerKind::Respond, "Why?");
        QCOMPARE(brokenLink(audited(fixture)), std::string());
        fixture.openAgain();
        fixture.approve();
        fixture.run(); // Stops at the gate.
        const AuditReport report = audited(fixture);
        QCOMPARE(brokenLink(report), std::string());
        QVERIFY(report.rows[7].detail.starts_with("1 dispatches"));
    }

    void rejectionIsGood()
    {
        LedgerFixture fixture;
        fixture.open();
        fixture.answer("hugo.head", control::AnswerKind::Reject, "No.");
        const AuditReport report = audited(fixture);
        QCOMPARE(brokenLink(report), std::string());
        QVERIFY(report.rows[5].detail.find("rejected by Hugo Head") != std::string::npos);
    }

    void refusesAnotherAnchor()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        const LedgerFixture other("Another");
        const AuditReport report =
            auditDecision(*fixture.reader(), other.anchor(), fixture.decisionId()).value();
        QCOMPARE(brokenLink(report), std::string("foundation"));
        QCOMPARE(ruleOf(report), std::string("genesis.anchor"));
    }

    void refusesADecisionThatNobodyWasAskedAbout()
    {
        LedgerFixture fixture;
        const AuditReport report = audited(fixture);
        QCOMPARE(ruleOf(report), std::string("audit.no_request"));
    }

    void refusesEventsThatTheAnswersDoNotGive_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("rule");
        QTest::newRow("authorized") << "decision.authorized"
                                    << "quorum"
                                    << "audit.outcome";
        QTest::newRow("rejected") << "decision.rejected"
                                  << "quorum"
                                  << "audit.outcome";
        QTest::newRow("expired") << "decision.expired"
                                 << "quorum"
                                 << "audit.outcome";
    }

    /// Whoever holds the log's key can append what he likes; it does not make an authority.
    void refusesEventsThatTheAnswersDoNotGive()
    {
        QFETCH(QString, type);
        QFETCH(QString, link);
        QFETCH(QString, rule);
        LedgerFixture fixture;
        fixture.open();
        fixture.append({fixture.event(
            type.toStdString(),
            {{"request_sha256", control::requestDigest(fixture.request()).hex()}})});
        const AuditReport report = audited(fixture);
        QCOMPARE(QString::fromStdString(brokenLink(report)), link);
        QCOMPARE(QString::fromStdString(ruleOf(report)), rule);
    }

    void refusesADispatchBeforeTheQuorum()
    {
        LedgerFixture signedLate;
        signedLate.open();
        signedLate.answer("maria.manager", control::AnswerKind::Approve);
        LedgerFixture whole;
        whole.completeDecision();
        // The very events of a sound run, one signature too early.
        const Json created = firstBody(whole, "run.created");
        const Json dispatched = firstBody(whole, "step.dispatched");
        signedLate.append(
            {signedLate.event("run.created", created),
             signedLate.event("step.dispatched", dispatched)});
        signedLate.answer("hugo.head", control::AnswerKind::Approve);
        const AuditReport report = audited(signedLate);
        QCOMPARE(brokenLink(report), std::string("dispatches"));
        QCOMPARE(ruleOf(report), std::string("authority.quorum"));
        QVERIFY(report.broken->detail.find("\"a\"") != std::string::npos);
    }

    void refusesAChangedDispatch_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("link");
        const QString digest(64, QLatin1Char('0'));
        QTest::newRow("authority") << "authority_sha256" << digest << "dispatches";
        QTest::newRow("payload") << "payload_sha256" << digest << "runs";
        QTest::newRow("key") << "idempotency_key"
                             << "other"
                             << "runs";
        QTest::newRow("connector") << "connector"
                                   << "bank"
                                   << "dispatches";
        QTest::newRow("version") << "connector_version"
                                 << "9.9"
                                 << "dispatches";
        QTest::newRow("operation") << "operation"
                                   << "undo"
                                   << "dispatches";
        QTest::newRow("gated step") << "step_id"
                                    << "b"
                                    << "runs";
        QTest::newRow("attempt") << "attempt"
                                 << "2"
                                 << "runs";
    }

    void refusesAChangedDispatch()
    {
        QFETCH(QString, member);
        QFETCH(QString, value);
        QFETCH(QString, link);
        LedgerFixture whole;
        whole.completeDecision();
        LedgerFixture forged;
        forged.open();
        forged.approve();
        Json dispatched = firstBody(whole, "step.dispatched");
        dispatched["body"][member.toStdString()] = value.toStdString();
        forged.append(
            {forged.event("run.created", firstBody(whole, "run.created")),
             forged.event("step.dispatched", dispatched)});
        QCOMPARE(QString::fromStdString(brokenLink(audited(forged))), link);
    }

    void refusesAnActThatNobodySigned()
    {
        LedgerFixture fixture;
        fixture.open();
        fixture.approve();
        fixture.run();
        fixture.append({fixture.event(
            "step.gate_confirmed",
            {{"run_id", fixture.runId().text()},
             {"sequence", 5U},
             {"body",
              {{"step_id", "b"},
               {"who",
                {{"type", "human"}, {"id", "eva.executive"}, {"display_name", "Eva Executive"}}},
               {"statement_index", 3U},
               {"reason", ""}}}})});
        const AuditReport report = audited(fixture);
        QCOMPARE(brokenLink(report), std::string("runs"));
        QCOMPARE(ruleOf(report), std::string("audit.act"));
    }

    void refusesASecondRunOfOneApproval()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        Json created = firstBody(fixture, "run.created");
        created["run_id"] = "run_01KRXBH9A0B2K0HR1V5EEXKCG9";
        LedgerFixture twice;
        twice.open();
        twice.approve();
        twice.append({twice.event("run.created", firstBody(fixture, "run.created"))});
        twice.append({twice.event("run.created", created)});
        QCOMPARE(ruleOf(audited(twice)), std::string("audit.run_repeated"));
    }

    void refusesASequenceWithAGap()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        Json late = firstBody(fixture, "step.dispatched");
        late["sequence"] = 99U;
        fixture.append({fixture.event("step.dispatched", late)});
        QCOMPARE(ruleOf(audited(fixture)), std::string("audit.run_sequence"));
    }

    void refusesAChangedDocument()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        fixture.tamper("UPDATE blob SET bytes = CAST('{}' AS BLOB) WHERE size > 1000");
        const AuditReport report = audited(fixture);
        QVERIFY(brokenLink(report) == "documents" || brokenLink(report) == "foundation");
        QCOMPARE(ruleOf(report), std::string("blob.digest"));
    }

    void hostileBodiesBreakALinkAndNothingElse_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("body");
        for (const char* type :
             {"documents.accepted",
              "request.opened",
              "answer.recorded",
              "order.recorded",
              "decision.authorized",
              "run.created",
              "step.dispatched",
              "step.finished"}) {
            int row = 0;
            for (const char* body :
                 {"{}",
                  R"({"documents":7,"sources":"x"})",
                  R"({"documents":[7],"request":[1],"statement_index":-1})",
                  R"({"statement_index":3,"request_sha256":5,"run_id":{}})",
                  R"({"run_id":"run_01KRXBH9A0B2K0HR1V5EEXKCG9","sequence":1,"body":[]})",
                  R"({"run_id":"run_01KRXBH9A0B2K0HR1V5EEXKCG9","sequence":1,"body":{"plan":3}})"})
                QTest::addRow("%s %d", type, row++) << type << body;
        }
    }

    void hostileBodiesBreakALinkAndNothingElse()
    {
        QFETCH(QString, type);
        QFETCH(QString, body);
        LedgerFixture fixture;
        fixture.open();
        fixture.append({fixture.event(type.toStdString(), parseJson(body.toStdString()).value())});
        const AuditReport report = audited(fixture);
        // A delivery without a list of documents claims nothing.
        const bool claimsNothing = type == QLatin1String("documents.accepted")
                                   && !body.contains(QLatin1String("documents"));
        QCOMPARE(report.good(), claimsNothing);
    }

    void packTellsTheSameAsTheWorkspace()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        fixture.append({trust::LedgerEvent{
            0,
            "evt_01KRXBH9A0B2K0HR1V5EEXKCG9",
            "connector.installed",
            Instant::fromUnixSeconds(1'700'000'900),
            {},
            {{"name", "erp"},
             {"version", "1.0"},
             {"sha256", std::string(64, '1')},
             {"pin", fixture.request().connectors.front().sha256.hex()}}}});
        const QTemporaryDir folder;
        const auto pack = trust::PackReader::open(writePack(fixture, folder, "p.zip")).value();
        const AuditReport report = auditPack(*pack, fixture.anchor()).value();
        QVERIFY2(report.good(), report.broken ? report.broken->describe().c_str() : "");
        const AuditReport workspace = audited(fixture);
        for (std::size_t i = 0; i < report.rows.size(); ++i)
            QCOMPARE(report.rows[i].detail, workspace.rows[i].detail);
        int installed = 0;
        pack->forEachOfType(
                "connector.installed",
                [&](const trust::LedgerEntry&) -> Result<bool> {
                    ++installed;
                    return true;
                })
            .value();
        QCOMPARE(installed, 1);
    }

    void reportIsEscapedText()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        const QTemporaryDir folder;
        const auto pack = trust::PackReader::open(writePack(fixture, folder, "p.zip")).value();
        const std::string report = pack->file("report.html").value();
        QVERIFY(report.find("Raise the &lt;tariff&gt; &amp; tell") != std::string::npos);
        QVERIFY(report.find("<tariff>") == std::string::npos);
        QVERIFY(report.find("Maria Manager") != std::string::npos);
        QVERIFY(report.find("step.dispatched") != std::string::npos);
    }

    void packOfAnotherGenesisIsNotBelieved()
    {
        LedgerFixture real;
        real.completeDecision();
        LedgerFixture forged("Forged"); // Consistent in itself, signed by the same log key.
        forged.completeDecision();
        const QTemporaryDir folder;
        const auto pack = trust::PackReader::open(writePack(forged, folder, "f.zip")).value();
        QVERIFY(auditPack(*pack, forged.anchor()).value().good());
        const AuditReport report = auditPack(*pack, real.anchor()).value();
        QCOMPARE(brokenLink(report), std::string("foundation"));
        QCOMPARE(ruleOf(report), std::string("genesis.anchor"));
    }

    void brokenDecisionsGetNoPack()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        fixture.tamper("UPDATE blob SET bytes = CAST('{}' AS BLOB) WHERE size > 1000");
        const auto content =
            decisionPackContent(*fixture.reader(), fixture.anchor(), fixture.decisionId());
        QVERIFY(!content.ok());
        QCOMPARE(content.error().rule, std::string("blob.digest"));
    }

    void packThatLacksAnEntryIsFound()
    {
        LedgerFixture fixture;
        fixture.completeDecision();
        const trust::PackContent whole =
            decisionPackContent(*fixture.reader(), fixture.anchor(), fixture.decisionId()).value();
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("p.zip")).toStdString();
        std::vector<std::string> unnoticed;
        for (const std::uint64_t left : whole.entries) {
            trust::PackContent part = whole;
            part.entries.erase(left);
            trust::PackWriter(fixture.database(), fixture.logKey()).write(part, path).value();
            const auto pack = trust::PackReader::open(path);
            if (pack.ok() && auditPack(**pack, fixture.anchor()).value().good())
                unnoticed.push_back(fixture.reader()->entry(left).value().type);
        }
        // What nothing in the pack refers to: notices, a second leaf of the genesis (each carries
        // the whole envelope), and the last entry.
        const std::vector<std::string> expected = {
            "workspace.created",
            std::string(control::kGenesisPredicate),
            std::string(control::kGenesisPredicate),
            "roster.accepted",
            "policy.accepted",
            "run.finished"};
        QCOMPARE(unnoticed, expected);
    }
};

QTEST_GUILESS_MAIN(TestDecisionAudit)
#include "tst_decision_audit.moc"
