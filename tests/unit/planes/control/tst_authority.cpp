#include "planes/control/class_rules.h"
#include "tests/unit/planes/control/support/control_ledger.h"

#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

constexpr const char* kDemo = "partner-activation";
constexpr const char* kRun = "run_01KRXBH9A0B2K0HR1V5EEXKCG1";
constexpr const char* kGatedStep = "open_depots";

class TestAuthority final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ledger = std::make_unique<ControlLedger>();
        m_ledger->found();
        m_request = m_ledger->open(demoInput(kDemo));
    }

    void grantsWithAQuorum();
    void refusesWithoutAQuorum();
    void needsTheRecordedAuthorization();
    void unattendedDecisionsAreAuthorizedAtOnce();
    void refusesAfterARejection();
    void refusesWhatIsNotTheRequest_data();
    void refusesWhatIsNotTheRequest();
    void refusesAfterANewerRevision();
    void aGateNeedsASignedOrder();
    void refusedRequestsOpenNothing();
    void closedRequestsTakeNoAnswer();
    void theSameAnswerAgainChangesNothing();
    void aReplayedApprovalDoesNotComeBack();
    void aReplayedOrderIsRefused();
    void expiryIsRecordedOnce();
    void refusesForgedRecords_data();
    void refusesForgedRecords();

private:
    [[nodiscard]] const ApprovalRequest& request() const { return *m_request; }
    void approveAll()
    {
        must(m_ledger->answer(request(), "priya.raman"));
        must(m_ledger->answer(request(), "noura.alsubaie"));
    }
    [[nodiscard]] DispatchQuestion question() const
    {
        return {
            .runId = kRun,
            .decisionId = request().decisionId,
            .requestId = request().requestId,
            .packetSha256 = packetDigest(request()),
            .planSha256 = request().plan.sha256,
            .stepId = "create_partner",
            .compensation = false,
            .humanGate = false,
            .connector = request().connectors.front(),
            .now = ControlBench::received(request())};
    }
    [[nodiscard]] QString dispatch(const DispatchQuestion& asked) const
    {
        return outcomeOf(authorizeDispatch(*m_ledger->reader(), *m_ledger->foundation, asked));
    }
    Result<RecordedOrder> order(const trust::Envelope& envelope, const char* run = kRun)
    {
        return m_ledger->run<RecordedOrder>(
            ControlBench::received(request()),
            [&](CommandContext& context) -> Result<RecordedOrder> {
                CS_TRY(
                    const DecisionAuthority authority,
                    currentAuthority(context, request().decisionId));
                const auto reader =
                    trust::openLedgerReader(context.session, context.ledger.logKey());
                CS_TRY(
                    const auto earlier,
                    loadRunOrders(
                        *reader, *m_ledger->foundation, authority, request().decisionId, run));
                return recordRunOrder(context, *authority.latest(), earlier, envelope);
            });
    }
    [[nodiscard]] trust::Envelope gateOrder(const char* step, const char* run = kRun)
    {
        RunOrder wish = m_ledger->bench.order(request(), "greta.holm");
        wish.stepId = step;
        wish.runId = run;
        return ControlBench::signedBy("greta.holm", runOrderStatement(request(), wish));
    }

    std::unique_ptr<ControlLedger> m_ledger;
    std::optional<ApprovalRequest> m_request;
};

void TestAuthority::grantsWithAQuorum()
{
    approveAll();
    QCOMPARE(dispatch(question()), QStringLiteral("ok"));
    const DispatchGrant grant =
        must(authorizeDispatch(*m_ledger->reader(), *m_ledger->foundation, question()));
    DispatchQuestion other = question();
    other.stepId = "issue_key";
    QVERIFY(
        must(authorizeDispatch(*m_ledger->reader(), *m_ledger->foundation, other)).sha256
        != grant.sha256);
    // Long after the request would have expired.
    other = question();
    other.now = request().expiresAt + Duration(std::chrono::hours(24));
    QCOMPARE(dispatch(other), QStringLiteral("ok"));
    const DecisionAuthority authority = m_ledger->authority(request().decisionId);
    QCOMPARE(authority.requests.size(), std::size_t{1});
    QVERIFY(authority.latest()->sha256 == requestDigest(request()));
    QCOMPARE(authority.latest()->answers.size(), std::size_t{2});
    QCOMPARE(
        decisionRow(*m_ledger->database, request().decisionId).value().status,
        std::string("authorized"));
}

void TestAuthority::refusesWithoutAQuorum()
{
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.quorum"));
    must(m_ledger->answer(request(), "priya.raman"));
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.quorum"));
    must(m_ledger->answer(request(), "greta.holm"));
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.quorum"));
    // What the tables say is nobody's authority.
    {
        const auto transaction = must(m_ledger->database->beginWrite());
        must(transaction->execute("UPDATE decision SET status = 'authorized', approvals_have = 9"));
        must(transaction->commit());
    }
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.quorum"));
    m_ledger->append(
        std::string(kDecisionAuthorized),
        request().decisionId,
        {{"request_sha256", requestDigest(request()).hex()}},
        ControlBench::received(request()));
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.quorum"));
}

void TestAuthority::needsTheRecordedAuthorization()
{
    approveAll();
    {
        const auto transaction = must(m_ledger->database->beginWrite());
        QCOMPARE(
            must(transaction->execute(
                "DELETE FROM ledger_entry WHERE type = :type",
                {{":type", std::string(kDecisionAuthorized)}})),
            1);
        must(transaction->commit());
    }
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.unrecorded"));
}

void TestAuthority::unattendedDecisionsAreAuthorizedAtOnce()
{
    m_ledger = std::make_unique<ControlLedger>();
    m_ledger->policy["unattended"] = true;
    m_ledger->found();
    RequestInput input = demoInput(kDemo);
    const Classes harmless = {
        ApprovalClass::A0, Reversibility::R0, Sensitivity::S0, ActionClass::A};
    input.claim["classes"] = toJson(harmless);
    input.memo["classes"] = toJson(harmless);
    input.claim.erase("quorum");
    for (Json& step : input.plan["steps"])
        step["classes"] = toJson(harmless);
    for (OperationFacts& operation : input.operations)
        operation.floor = harmless;
    m_request = m_ledger->open(input);
    QCOMPARE(dispatch(question()), QStringLiteral("ok"));
    QCOMPARE(
        must(decisionRow(*m_ledger->database, request().decisionId)).status,
        std::string("authorized"));
}

void TestAuthority::refusesAfterARejection()
{
    must(m_ledger->answer(request(), "priya.raman"));
    must(m_ledger->answer(request(), "noura.alsubaie", AnswerKind::Reject));
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.rejected"));
}

void TestAuthority::refusesWhatIsNotTheRequest_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* what, const char* outcome) {
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(outcome);
    };
    row("another decision", "unauthorized authority.request");
    row("another request", "unauthorized authority.request");
    row("another packet", "unauthorized authority.request");
    row("another plan", "unauthorized authority.plan");
    row("another manifest", "unauthorized authority.connector");
    row("another version", "unauthorized authority.connector");
    row("another connector", "unauthorized authority.connector");
    row("a gate", "unauthorized authority.gate");
    row("a gate on the way back", "ok");
}

void TestAuthority::refusesWhatIsNotTheRequest()
{
    QFETCH(const QString, what);
    QFETCH(const QString, outcome);
    approveAll();
    DispatchQuestion asked = question();
    const std::map<QString, std::function<void()>> changes = {
        {QStringLiteral("another decision"),
         [&] {
             asked.decisionId.back() = 'Z';
         }},
        {QStringLiteral("another request"),
         [&] {
             asked.requestId.back() = 'Z';
         }},
        {QStringLiteral("another packet"),
         [&] {
             asked.packetSha256 = Digest::of("x");
         }},
        {QStringLiteral("another plan"),
         [&] {
             asked.planSha256 = Digest::of("x");
         }},
        {QStringLiteral("another manifest"),
         [&] {
             asked.connector.sha256 = Digest::of("x");
         }},
        {QStringLiteral("another version"),
         [&] {
             asked.connector.version += ".1";
         }},
        {QStringLiteral("another connector"),
         [&] {
             asked.connector.name = "billing";
         }},
        {QStringLiteral("a gate"),
         [&] {
             asked.humanGate = true;
         }},
        {QStringLiteral("a gate on the way back"), [&] {
             asked.humanGate = true;
             asked.compensation = true;
         }}};
    changes.at(what)();
    QCOMPARE(dispatch(asked), outcome);
}

void TestAuthority::refusesAfterANewerRevision()
{
    approveAll();
    QCOMPARE(dispatch(question()), QStringLiteral("ok"));
    RequestInput next = demoInput(kDemo);
    next.revision = 2;
    next.packet.front().revision = 2;
    next.packet.front().sha256 = Digest::of("another memo");
    next.now = ControlBench::received(request());
    const ApprovalRequest newer = m_ledger->open(next);
    QCOMPARE(dispatch(question()), QStringLiteral("unauthorized authority.superseded"));
    DispatchQuestion back = question();
    back.compensation = true;
    QCOMPARE(dispatch(back), QStringLiteral("ok"));
    DispatchQuestion forNewer = question();
    forNewer.packetSha256 = packetDigest(newer);
    QCOMPARE(dispatch(forNewer), QStringLiteral("unauthorized authority.quorum"));

    // Signatures over the first revision do not count for the second.
    const auto late = m_ledger->submit(
        request().decisionId,
        m_ledger->bench.signedAnswer(request(), "greta.holm"),
        ControlBench::received(newer));
    QCOMPARE(outcomeOf(late), QStringLiteral("conflict answer.request"));
    QCOMPARE(m_ledger->authority(request().decisionId).requests.size(), std::size_t{2});
}

void TestAuthority::aGateNeedsASignedOrder()
{
    approveAll();
    DispatchQuestion asked = question();
    asked.stepId = kGatedStep;
    asked.humanGate = true;
    QCOMPARE(dispatch(asked), QStringLiteral("unauthorized authority.gate"));
    must(order(gateOrder("create_partner")));
    QCOMPARE(dispatch(asked), QStringLiteral("unauthorized authority.gate"));
    constexpr const char* kOtherRun = "run_01KRXBH9A0B2K0HR1V5EEXKCG2";
    must(order(gateOrder(kGatedStep, kOtherRun), kOtherRun));
    QCOMPARE(dispatch(asked), QStringLiteral("unauthorized authority.gate"));
    must(order(gateOrder(kGatedStep)));
    QCOMPARE(dispatch(asked), QStringLiteral("ok"));
}

void TestAuthority::refusedRequestsOpenNothing()
{
    RequestInput input = demoInput("price-change");
    input.memo["classes"]["action"] = "C";
    const std::string decisionId = textMember(input.claim["header"], "decision_id");
    const auto outcome = m_ledger->run<OpenOutcome>(
        input.now, [&](CommandContext& context) { return openRequest(context, input); });
    QVERIFY(outcome.ok());
    QVERIFY(!outcome->request);
    QCOMPARE(outcome->refusal->rule, std::string("class.forbidden"));
    QVERIFY(m_ledger->authority(decisionId).latest() == nullptr);
    const DecisionRow row = must(decisionRow(*m_ledger->database, decisionId));
    QCOMPARE(row.status, std::string("blocked"));
    QCOMPARE(row.title, textMember(input.claim, "title"));
}

void TestAuthority::closedRequestsTakeNoAnswer()
{
    approveAll();
    const std::uint64_t size = m_ledger->size();
    QCOMPARE(
        outcomeOf(m_ledger->answer(request(), "greta.holm", AnswerKind::Reject)),
        QStringLiteral("refused request.closed"));
    QCOMPARE(m_ledger->size(), size);
    QCOMPARE(dispatch(question()), QStringLiteral("ok"));
}

void TestAuthority::theSameAnswerAgainChangesNothing()
{
    const trust::Envelope envelope = m_ledger->bench.signedAnswer(request(), "priya.raman");
    const Instant at = ControlBench::received(request());
    QVERIFY(!must(m_ledger->submit(request().decisionId, envelope, at)).alreadyRecorded);
    const std::uint64_t size = m_ledger->size();
    const AnswerOutcome again = must(m_ledger->submit(request().decisionId, envelope, at));
    QVERIFY(again.alreadyRecorded);
    QCOMPARE(again.quorum.approvals.size(), std::size_t{1});
    QCOMPARE(m_ledger->size(), size);
}

/// Whoever carries envelopes must not be able to bring back an answer that its signer has taken
/// back, by writing the same signature otherwise.
void TestAuthority::aReplayedApprovalDoesNotComeBack()
{
    const Instant at = ControlBench::received(request());
    trust::Envelope approval = m_ledger->bench.signedAnswer(request(), "priya.raman");
    must(m_ledger->submit(request().decisionId, approval, at));
    must(m_ledger->answer(request(), "priya.raman", AnswerKind::Defer));
    approval.signatures.front().keyId.clear();
    const AnswerOutcome replayed = must(m_ledger->submit(request().decisionId, approval, at));
    QVERIFY(replayed.alreadyRecorded);
    QVERIFY(replayed.quorum.approvals.empty());
    QCOMPARE(m_ledger->authority(request().decisionId).latest()->answers.size(), std::size_t{2});
}

void TestAuthority::aReplayedOrderIsRefused()
{
    approveAll();
    trust::Envelope envelope = gateOrder(kGatedStep);
    must(order(envelope));
    const std::uint64_t size = m_ledger->size();
    QCOMPARE(outcomeOf(order(envelope)), QStringLiteral("conflict order.repeated"));
    envelope.signatures.front().keyId.clear();
    QCOMPARE(outcomeOf(order(envelope)), QStringLiteral("conflict order.repeated"));
    QCOMPARE(m_ledger->size(), size);
}

void TestAuthority::expiryIsRecordedOnce()
{
    const auto expire = [&](Instant now) {
        return must(m_ledger->run<bool>(now, [&](CommandContext& context) -> Result<bool> {
            CS_TRY(
                const DecisionAuthority authority, currentAuthority(context, request().decisionId));
            return recordExpiry(context, *authority.latest());
        }));
    };
    const std::uint64_t size = m_ledger->size();
    QVERIFY(!expire(request().expiresAt));
    QCOMPARE(m_ledger->size(), size);
    QCOMPARE(
        must(openPastExpiry(*m_ledger->database, request().expiresAt + Duration(1), 10)),
        std::vector<std::string>{request().decisionId});
    QVERIFY(expire(request().expiresAt + Duration(1)));
    QVERIFY(
        must(openPastExpiry(*m_ledger->database, request().expiresAt + Duration(1), 10)).empty());
    QCOMPARE(
        must(decisionRow(*m_ledger->database, request().decisionId)).status,
        std::string("expired"));
}

void TestAuthority::refusesForgedRecords_data()
{
    QTest::addColumn<QString>("forgery");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* forgery, const char* outcome) {
        QTest::newRow(forgery) << QString::fromLatin1(forgery) << QString::fromLatin1(outcome);
    };
    row("no statement", "corrupt authority.statement");
    row("a statement to come", "corrupt authority.statement");
    row("a negative statement", "corrupt authority.statement");
    row("an event as statement", "corrupt ledger.leaf");
    row("another person's statement", "unauthorized answer.person");
    row("the proposer's answer", "unauthorized separation.proposer");
    row("a request of nowhere", "corrupt authority.answer");
    row("an answer twice", "corrupt authority.answer");
    row("an answer too late", "expired request.expired");
    row("a request of another decision", "corrupt authority.request");
}

/// As somebody could write who holds the log's key but nobody else's.
void TestAuthority::refusesForgedRecords()
{
    QFETCH(const QString, forgery);
    QFETCH(const QString, outcome);
    const std::string decisionId = request().decisionId;
    const Instant at = ControlBench::received(request());
    must(m_ledger->answer(request(), "noura.alsubaie"));
    Json body = {
        {"request_sha256", requestDigest(request()).hex()},
        {"person", "priya.raman"},
        {"answer", "approve"},
        {"standing",
         {{"status", "authorized"}, {"approvals_have", 2}, {"waits_for", Json::array()}}}};
    const auto stated = [&](const trust::Envelope& envelope, const std::string& signer) {
        body["statement_index"] = m_ledger->appendStatement(envelope, signer, decisionId);
    };
    const auto signedFor = [&](const std::string& person, const std::string& signer) {
        const AnswerDraft draft = m_ledger->bench.draft(request(), person);
        stated(ControlBench::signedBy(signer, answerStatement(request(), draft)), signer);
    };
    std::string type(kAnswerRecorded);
    Instant when = at;
    const std::map<QString, std::function<void()>> forgeries = {
        {QStringLiteral("no statement"),
         [] {
         }},
        {QStringLiteral("a statement to come"),
         [&] {
             body["statement_index"] = m_ledger->size() + 1;
         }},
        {QStringLiteral("a negative statement"),
         [&] {
             body["statement_index"] = -1;
         }},
        {QStringLiteral("an event as statement"),
         [&] {
             body["statement_index"] = 0;
         }},
        {QStringLiteral("another person's statement"),
         [&] {
             signedFor("priya.raman", "noura.alsubaie");
         }},
        {QStringLiteral("the proposer's answer"),
         [&] {
             signedFor("omar.hadid", "omar.hadid");
         }},
        {QStringLiteral("a request of nowhere"),
         [&] {
             signedFor("priya.raman", "priya.raman");
             body["request_sha256"] = Digest::of("nowhere").hex();
         }},
        {QStringLiteral("an answer twice"),
         [&] {
             signedFor("priya.raman", "priya.raman");
             m_ledger->append(type, decisionId, body, at);
         }},
        {QStringLiteral("an answer too late"),
         [&] {
             signedFor("priya.raman", "priya.raman");
             when = request().expiresAt + Duration(1);
         }},
        {QStringLiteral("a request of another decision"), [&] {
             type = std::string(kRequestOpened);
             ApprovalRequest other = m_ledger->bench.request("price-change");
             body["request"] = toJson(other);
         }}};
    forgeries.at(forgery)();
    m_ledger->append(type, decisionId, body, when);
    QCOMPARE(
        outcomeOf(loadDecisionAuthority(*m_ledger->reader(), *m_ledger->foundation, decisionId)),
        outcome);
    QVERIFY(dispatch(question()) != QStringLiteral("ok"));
}

} // namespace

QTEST_GUILESS_MAIN(TestAuthority)
#include "tst_authority.moc"
