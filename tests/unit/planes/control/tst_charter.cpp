#include "planes/control/governance.h"
#include "planes/control/halt.h"
#include "tests/unit/planes/control/support/control_ledger.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using countersign::testing::ControlBench;
using countersign::testing::ControlLedger;
using countersign::testing::demoInput;
using countersign::testing::keyFor;
using countersign::testing::keyJson;
using countersign::testing::must;
using countersign::testing::outcomeOf;
using countersign::testing::policyJson;
using countersign::testing::rosterJson;

/// Roster and policy change only by what a quorum of the version before signed.
class TestCharter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_ledger.reset(); }

    void aQuorumPutsANewRosterInForce();
    void theNextVersionSignsTheOneAfter();
    void badChangesAreRefused_data();
    void badChangesAreRefused();
    void proposerAndBeneficiariesDoNotSign();
    void aProposalIsSignedByItsProposer();
    void aRecoveryReplacesKeysAndNothingElse();
    void aChangeVoidsOpenRequests();
    void aKeyCountsByItsPlace();
    void aDistrustedKeyStopsWhatItSigned();
    void anExpiredKeyDoesNotSign();
    void changesWithoutAQuorumAreUnfounded();
    void twoChangesOfOneVersionDoNotBothApply();
    void whereFewHoldKeysAllMustSign();
    void oneMayHaltAndAQuorumResumes();
    void aHaltIsForOneWorkspaceAndOneHour();
    void policyGuardsOfChangesHold();

private:
    static constexpr const char* kProposer = "maha.alqahtani";
    static constexpr const char* kFirst = "greta.holm";
    static constexpr const char* kSecond = "priya.raman";

    [[nodiscard]] ChangeDraft draftOf(ChangeKind kind, Json document) const;
    [[nodiscard]] Json nextRoster() const;
    [[nodiscard]] static Json& personOf(Json& roster, const std::string& id);
    [[nodiscard]] GovernanceChange change(ChangeKind kind, Json document);
    Result<ApprovalRequest> propose(const GovernanceChange& change, const char* signer = kProposer);
    Result<AnswerOutcome> approve(const ApprovalRequest& request, const char* person);
    /// Proposed and signed by two; the foundation follows.
    void enforce(const GovernanceChange& change);
    void follow();
    [[nodiscard]] Instant later() { return m_now = m_now + Duration(std::chrono::minutes(1)); }

    std::unique_ptr<ControlLedger> m_ledger;
    testing::CountingEntropy m_entropy;
    Instant m_now;
};

void TestCharter::init()
{
    m_ledger = std::make_unique<ControlLedger>();
    m_ledger->found();
    m_now = Instant::fromUnixSeconds(1'782'000'000);
}

ChangeDraft TestCharter::draftOf(ChangeKind kind, Json document) const
{
    return {
        .kind = kind,
        .document = std::move(document),
        .reason = "As agreed on Monday.",
        .personId = kProposer,
        .keyId = keyFor(kProposer).publicKey().keyId(),
        .createdAt = m_now,
        .dueAt = m_now + Duration(std::chrono::hours(24)),
        .expiresAt = m_now + Duration(std::chrono::hours(48))};
}

Json TestCharter::nextRoster() const
{
    Json roster = rosterJson();
    roster["version"] = m_ledger->foundation->roster().version + 1;
    return roster;
}

Json& TestCharter::personOf(Json& roster, const std::string& id)
{
    for (Json& person : roster["people"]) {
        if (person["id"] == id)
            return person;
    }
    qFatal("no such person");
}

GovernanceChange TestCharter::change(ChangeKind kind, Json document)
{
    return must(makeChange(draftOf(kind, std::move(document)), *m_ledger->foundation, m_entropy));
}

Result<ApprovalRequest> TestCharter::propose(const GovernanceChange& change, const char* signer)
{
    const std::string payload =
        proposalStatement(change, m_ledger->anchor, keyFor(signer).publicKey().keyId());
    return m_ledger->run<ApprovalRequest>(m_now, [&](CommandContext& context) {
        return proposeChange(context, change.document, ControlBench::signedBy(signer, payload));
    });
}

Result<AnswerOutcome> TestCharter::approve(const ApprovalRequest& request, const char* person)
{
    AnswerDraft draft{
        .kind = AnswerKind::Approve,
        .personId = person,
        .keyId = keyFor(person).publicKey().keyId(),
        .reason = {},
        .deferUntil = {},
        .statedConfidence = {},
        .previous = {},
        .nonce = m_ledger->bench.nonce(),
        .issuedAt = later()};
    return m_ledger->submit(
        request.decisionId, ControlBench::signedBy(person, answerStatement(request, draft)), m_now);
}

void TestCharter::enforce(const GovernanceChange& change)
{
    const ApprovalRequest request = must(propose(change));
    QVERIFY(must(approve(request, kFirst)).quorum.status == RequestStatus::Open);
    QVERIFY(must(approve(request, kSecond)).quorum.status == RequestStatus::Authorized);
    follow();
}

void TestCharter::follow()
{
    must(followFoundation(*m_ledger->reader(), *m_ledger->foundation));
    // Read from the start it is the same.
    const Foundation again = must(loadFoundation(*m_ledger->reader(), m_ledger->anchor));
    QVERIFY(again.roster().sha256 == m_ledger->foundation->roster().sha256);
    QVERIFY(again.policy().sha256 == m_ledger->foundation->policy().sha256);
    QCOMPARE(again.charters.size(), m_ledger->foundation->charters.size());
    QCOMPARE(again.halt.has_value(), m_ledger->foundation->halt.has_value());
}

void TestCharter::aQuorumPutsANewRosterInForce()
{
    Json roster = nextRoster();
    personOf(roster, "youssef.nabil")["roles"].push_back("legal");
    roster["people"].push_back(
        {{"id", "nina.berg"},
         {"display_name", "Nina Berg"},
         {"roles", {"manager"}},
         {"manager", "greta.holm"},
         {"keys", Json::array({keyJson(keyFor("nina.berg").publicKey())})}});
    const GovernanceChange next = change(ChangeKind::Roster, roster);
    QCOMPARE(next.beneficiaries, (std::vector<std::string>{"youssef.nabil", "nina.berg"}));
    const auto hasLine = [&](const char* code) {
        return std::any_of(next.lines.begin(), next.lines.end(), [&](const ChangeLine& line) {
            return line.code == code;
        });
    };
    QVERIFY(hasLine("roster.role_given") && hasLine("roster.person_added"));
    QVERIFY(!hasLine("roster.person_removed"));
    enforce(next);
    QCOMPARE(m_ledger->foundation->roster().version, 2);
    QVERIFY(m_ledger->foundation->roster().person("nina.berg") != nullptr);
    QCOMPARE(m_ledger->foundation->charters.size(), std::size_t{2});
    QVERIFY(m_ledger->foundation->at(0).roster.person("nina.berg") == nullptr);
    QVERIFY(m_ledger->foundation->at(kNotRecorded).roster.person("nina.berg") != nullptr);
}

void TestCharter::theNextVersionSignsTheOneAfter()
{
    Json roster = nextRoster();
    personOf(roster, kFirst)["keys"] = Json::array();
    enforce(change(ChangeKind::Roster, roster));
    Json third = roster;
    third["version"] = 3;
    third["name"] = "Northgate Holding";
    const ApprovalRequest request = must(propose(change(ChangeKind::Roster, third)));
    QCOMPARE(outcomeOf(approve(request, kFirst)), QStringLiteral("unauthorized answer.key"));
    QVERIFY(must(approve(request, kSecond)).quorum.status == RequestStatus::Open);
    QVERIFY(must(approve(request, "noura.alsubaie")).quorum.status == RequestStatus::Authorized);
    follow();
    QCOMPARE(m_ledger->foundation->roster().name, std::string("Northgate Holding"));
}

void TestCharter::badChangesAreRefused_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    const auto row =
        [](const char* name, const char* pointer, const char* value, const char* outcome) {
            QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value)
                                << QString::fromLatin1(outcome);
        };
    row("nothing changes", "/version", "2", "invalid_input change.nothing");
    row("the same number", "/version", "1", "invalid_input change.version");
    row("a number too far", "/version", "3", "invalid_input change.version");
    row("another tenant", "/tenant_id", "\"southgate\"", "invalid_input change.version");
    row("other founders", "/founders", "[\"kwame.boateng\"]", "invalid_input change.founders");
    row("nobody with a key", "/people", "[]", "invalid_input roster.owner");
    row("a manager in a circle",
        "/people/0/manager",
        "\"greta.holm\"",
        "invalid_input roster.manager");
    row("an unknown manager",
        "/people/0/manager",
        "\"nobody.here\"",
        "invalid_input roster.manager");
    row("no roster", "/schema", "\"policy\"", "invalid_input roster.form");
    row("a distrusted key that is held",
        "/distrusted_keys",
        "HELD",
        "invalid_input roster.distrusted");
}

void TestCharter::badChangesAreRefused()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    Json roster = nextRoster();
    roster[Json::json_pointer(pointer.toStdString())] =
        value == QLatin1String("HELD") ? Json::array(
            {{{"key_id", keyFor(kFirst).publicKey().keyId()}, {"since", 1U}, {"reason", "x"}}})
                                       : must(parseJson(value.toStdString()));
    QCOMPARE(
        outcomeOf(
            makeChange(draftOf(ChangeKind::Roster, roster), *m_ledger->foundation, m_entropy)),
        outcome);
}

void TestCharter::proposerAndBeneficiariesDoNotSign()
{
    Json roster = nextRoster();
    personOf(roster, kFirst)["roles"].push_back("board_member");
    const ApprovalRequest request = must(propose(change(ChangeKind::Roster, roster)));
    QCOMPARE(
        outcomeOf(approve(request, kProposer)), QStringLiteral("unauthorized separation.proposer"));
    QCOMPARE(
        outcomeOf(approve(request, kFirst)), QStringLiteral("unauthorized separation.proposer"));
    QVERIFY(must(approve(request, kSecond)).quorum.status == RequestStatus::Open);
    // A manager alone completes the number, a head has signed: enough.
    QVERIFY(must(approve(request, "kwame.boateng")).quorum.status == RequestStatus::Authorized);
}

void TestCharter::aProposalIsSignedByItsProposer()
{
    Json roster = nextRoster();
    roster["name"] = "Northgate Holding";
    const GovernanceChange next = change(ChangeKind::Roster, roster);
    QCOMPARE(outcomeOf(propose(next, kFirst)), QStringLiteral("unauthorized proposal.person"));
    QCOMPARE(outcomeOf(propose(next, "stranger")), QStringLiteral("unauthorized answer.key"));
    QCOMPARE(
        outcomeOf(m_ledger->run<ApprovalRequest>(
            m_now,
            [&](CommandContext& context) {
                const std::string elsewhere = proposalStatement(
                    next, Digest::of("another workspace"), keyFor(kProposer).publicKey().keyId());
                return proposeChange(
                    context, next.document, ControlBench::signedBy(kProposer, elsewhere));
            })),
        QStringLiteral("invalid_input proposal.form"));
}

void TestCharter::aRecoveryReplacesKeysAndNothingElse()
{
    Json roster = nextRoster();
    personOf(roster, kFirst)["keys"] =
        Json::array({keyJson(keyFor("greta.holm again").publicKey())});
    ChangeDraft draft = draftOf(ChangeKind::Recovery, roster);
    draft.recoveredPerson = kFirst;
    const auto outcome = [&] {
        return outcomeOf(makeChange(draft, *m_ledger->foundation, m_entropy));
    };
    QCOMPARE(outcome(), QStringLiteral("invalid_input change.identity"));
    draft.identityCheck = "Video call with two colleagues, passport shown.";
    QCOMPARE(outcome(), QStringLiteral("ok"));
    draft.recoveredPerson = kSecond;
    QCOMPARE(outcome(), QStringLiteral("invalid_input change.recovery"));
    draft.recoveredPerson = kFirst;
    personOf(draft.document, kSecond)["roles"].push_back("board_member");
    QCOMPARE(outcome(), QStringLiteral("invalid_input change.recovery"));
    draft.document = roster;
    personOf(draft.document, kFirst)["keys"].push_back(keyJson(keyFor(kFirst).publicKey()));
    QCOMPARE(outcome(), QStringLiteral("invalid_input change.recovery"));
    draft.document = roster;
    const ApprovalRequest request =
        must(propose(must(makeChange(draft, *m_ledger->foundation, m_entropy))));
    // Whoever found the lost key cannot hinder or help.
    QCOMPARE(
        outcomeOf(approve(request, kFirst)), QStringLiteral("unauthorized separation.proposer"));
    must(approve(request, kSecond));
    QVERIFY(must(approve(request, "noura.alsubaie")).quorum.status == RequestStatus::Authorized);
    follow();
    QVERIFY(
        m_ledger->foundation->roster().holderOf(keyFor("greta.holm again").publicKey().keyId())
        != nullptr);
    QVERIFY(m_ledger->foundation->roster().holderOf(keyFor(kFirst).publicKey().keyId()) == nullptr);
}

void TestCharter::aChangeVoidsOpenRequests()
{
    const ApprovalRequest release = m_ledger->open(demoInput("release-promotion"));
    Json roster = nextRoster();
    roster["name"] = "Northgate Holding";
    enforce(change(ChangeKind::Roster, roster));
    QCOMPARE(
        outcomeOf(m_ledger->answer(release, "kwame.boateng")),
        QStringLiteral("conflict request.roster_changed"));
    const auto authority = m_ledger->authority(release.decisionId);
    QVERIFY(
        quorumOf(*m_ledger->foundation, *authority.latest(), ControlBench::received(release)).status
        == RequestStatus::Void);
    QCOMPARE(
        must(staleDecisions(*m_ledger->database, 10)),
        std::vector<std::string>{release.decisionId});
    // Asked anew it can be signed.
    RequestInput again = demoInput("release-promotion");
    again.revision = 2;
    const ApprovalRequest second = m_ledger->open(again);
    QVERIFY(
        must(m_ledger->answer(second, "kwame.boateng")).quorum.status == RequestStatus::Authorized);
}

void TestCharter::aKeyCountsByItsPlace()
{
    const ApprovalRequest release = m_ledger->open(demoInput("release-promotion"));
    must(m_ledger->answer(release, "kwame.boateng"));
    Json roster = nextRoster();
    personOf(roster, "kwame.boateng")["keys"] = Json::array();
    enforce(change(ChangeKind::Roster, roster));
    // Signed while it was in the roster: that stays.
    const auto authority = m_ledger->authority(release.decisionId);
    const QuorumState quorum =
        quorumOf(*m_ledger->foundation, *authority.latest(), ControlBench::received(release));
    QVERIFY(quorum.status == RequestStatus::Authorized);
    // The clock of its holder does not bring it back.
    RequestInput again = demoInput("release-promotion");
    again.revision = 2;
    const ApprovalRequest second = m_ledger->open(again);
    QCOMPARE(
        outcomeOf(m_ledger->answer(second, "kwame.boateng")),
        QStringLiteral("unauthorized answer.key"));
}

void TestCharter::aDistrustedKeyStopsWhatItSigned()
{
    const ApprovalRequest release = m_ledger->open(demoInput("release-promotion"));
    const auto outcome = must(m_ledger->answer(release, "kwame.boateng"));
    QVERIFY(outcome.quorum.status == RequestStatus::Authorized);
    const auto signedAt = m_ledger->authority(release.decisionId).latest()->answers.front();
    Json roster = nextRoster();
    personOf(roster, "kwame.boateng")["keys"] = Json::array();
    const auto statusWhenDistrustedSince = [&](std::uint64_t since) {
        Json next = roster;
        next["version"] = m_ledger->foundation->roster().version + 1;
        next["distrusted_keys"] = Json::array(
            {{{"key_id", keyFor("kwame.boateng").publicKey().keyId()},
              {"since", since},
              {"reason", "The laptop was stolen."}}});
        enforce(change(ChangeKind::Roster, next));
        const auto authority = m_ledger->authority(release.decisionId);
        return quorumOf(*m_ledger->foundation, *authority.latest(), ControlBench::received(release))
            .status;
    };
    QVERIFY(statusWhenDistrustedSince(signedAt.statementIndex + 1) == RequestStatus::Authorized);
    QVERIFY(statusWhenDistrustedSince(signedAt.statementIndex) == RequestStatus::Void);
}

void TestCharter::anExpiredKeyDoesNotSign()
{
    Json roster = nextRoster();
    personOf(roster, "kwame.boateng")["keys"][0]["expires_at"] = "2026-01-01T00:00:00Z";
    enforce(change(ChangeKind::Roster, roster));
    const ApprovalRequest release = m_ledger->open(demoInput("release-promotion"));
    QCOMPARE(
        outcomeOf(m_ledger->answer(release, "kwame.boateng")),
        QStringLiteral("unauthorized answer.key_expired"));
}

void TestCharter::changesWithoutAQuorumAreUnfounded()
{
    Json roster = nextRoster();
    roster["name"] = "Ours now";
    const GovernanceChange next = change(ChangeKind::Roster, roster);
    const ApprovalRequest request = must(propose(next));
    must(approve(request, kFirst));
    // Whoever holds the log's key writes what they like; it is in the ledger, and counts nothing.
    m_ledger->append(
        std::string(kCharterChanged),
        request.decisionId,
        {{"request_sha256", requestDigest(request).hex()}, {"change_sha256", next.sha256.hex()}},
        m_now);
    QCOMPARE(
        outcomeOf(loadFoundation(*m_ledger->reader(), m_ledger->anchor)),
        QStringLiteral("corrupt charter.unfounded"));
    QCOMPARE(
        outcomeOf(followFoundation(*m_ledger->reader(), *m_ledger->foundation)),
        QStringLiteral("corrupt charter.unfounded"));
    QCOMPARE(m_ledger->foundation->roster().version, 1);
}

void TestCharter::twoChangesOfOneVersionDoNotBothApply()
{
    Json left = nextRoster();
    left["name"] = "Left";
    Json right = nextRoster();
    right["name"] = "Right";
    const GovernanceChange rightChange = change(ChangeKind::Roster, right);
    const ApprovalRequest rightRequest = must(propose(rightChange));
    must(approve(rightRequest, kFirst));
    enforce(change(ChangeKind::Roster, left));
    QCOMPARE(
        outcomeOf(approve(rightRequest, kSecond)),
        QStringLiteral("conflict request.roster_changed"));
    QCOMPARE(outcomeOf(propose(rightChange)), QStringLiteral("conflict change.overtaken"));
    QCOMPARE(
        outcomeOf(readChange(
            rightChange.document, m_ledger->foundation->charter(), m_ledger->foundation->halt)),
        QStringLiteral("conflict change.overtaken"));
}

void TestCharter::whereFewHoldKeysAllMustSign()
{
    Json roster = nextRoster();
    for (Json& person : roster["people"]) {
        if (person["id"] != kFirst && person["id"] != kProposer)
            person["keys"] = Json::array();
    }
    enforce(change(ChangeKind::Roster, roster));
    Json third = roster;
    third["version"] = 3;
    third["name"] = "Two of us";
    const ApprovalRequest request = must(propose(change(ChangeKind::Roster, third)));
    QCOMPARE(request.approvalsNeeded, 2);
    QVERIFY(request.barred.empty());
    QVERIFY(must(approve(request, kFirst)).quorum.status == RequestStatus::Open);
    QVERIFY(must(approve(request, kProposer)).quorum.status == RequestStatus::Authorized);
    follow();
    QCOMPARE(m_ledger->foundation->roster().version, 3);
}

void TestCharter::oneMayHaltAndAQuorumResumes()
{
    const auto halt = [&](const char* person) {
        const HaltDraft draft{
            person,
            keyFor(person).publicKey().keyId(),
            "Money goes to the wrong place.",
            m_ledger->bench.nonce(),
            later()};
        return m_ledger->run<bool>(m_now, [&](CommandContext& context) -> Result<bool> {
            CS_CHECK(recordHalt(
                context, ControlBench::signedBy(person, haltStatement(m_ledger->anchor, draft))));
            return true;
        });
    };
    QCOMPARE(outcomeOf(halt("stranger")), QStringLiteral("unauthorized answer.key"));
    QCOMPARE(
        outcomeOf(
            makeChange(draftOf(ChangeKind::Resume, Json()), *m_ledger->foundation, m_entropy)),
        QStringLiteral("conflict change.not_halted"));
    must(halt("kwame.boateng"));
    follow();
    QVERIFY(m_ledger->foundation->halt.has_value());
    QCOMPARE(m_ledger->foundation->halt->personId, std::string("kwame.boateng"));
    QCOMPARE(outcomeOf(halt(kFirst)), QStringLiteral("conflict halt.repeated"));
    const GovernanceChange resume = change(ChangeKind::Resume, Json());
    enforce(resume);
    QVERIFY(!m_ledger->foundation->halt.has_value());
    // The signatures for that halt lift no other.
    must(halt("kwame.boateng"));
    follow();
    QCOMPARE(
        outcomeOf(readChange(
            resume.document, m_ledger->foundation->charter(), m_ledger->foundation->halt)),
        QStringLiteral("conflict change.overtaken"));
}

void TestCharter::aHaltIsForOneWorkspaceAndOneHour()
{
    const HaltDraft draft{
        kFirst, keyFor(kFirst).publicKey().keyId(), "Stop.", m_ledger->bench.nonce(), m_now};
    const auto outcome = [&](const Digest& anchor, const HaltDraft& said, Duration late) {
        return outcomeOf(verifyHalt(
            ControlBench::signedBy(kFirst, haltStatement(anchor, said)),
            m_ledger->anchor,
            m_ledger->foundation->policy(),
            m_ledger->foundation->roster(),
            m_now + late));
    };
    QCOMPARE(outcome(m_ledger->anchor, draft, {}), QStringLiteral("ok"));
    QCOMPARE(outcome(Digest::of("x"), draft, {}), QStringLiteral("invalid_input halt.form"));
    QCOMPARE(
        outcome(m_ledger->anchor, draft, std::chrono::minutes(61)),
        QStringLiteral("expired halt.window"));
    QCOMPARE(
        outcome(m_ledger->anchor, draft, -std::chrono::minutes(6)),
        QStringLiteral("expired halt.window"));
    HaltDraft silent = draft;
    silent.reason.clear();
    QCOMPARE(outcome(m_ledger->anchor, silent, {}), QStringLiteral("invalid_input halt.reason"));
}

void TestCharter::policyGuardsOfChangesHold()
{
    Json policy = policyJson();
    policy["version"] = 2;
    policy["governance"] = {
        {"roster",
         {{"approvals_needed", 1}, {"each_at_least", "manager"}, {"one_at_least", "head"}}}};
    QCOMPARE(
        outcomeOf(
            makeChange(draftOf(ChangeKind::Policy, policy), *m_ledger->foundation, m_entropy)),
        QStringLiteral("invalid_input policy.guard"));
    policy["governance"]["roster"]["approvals_needed"] = 3;
    enforce(change(ChangeKind::Policy, policy));
    QCOMPARE(m_ledger->foundation->policy().version, 2);
    Json roster = nextRoster();
    roster["name"] = "Northgate Holding";
    const ApprovalRequest request = must(propose(change(ChangeKind::Roster, roster)));
    QCOMPARE(request.approvalsNeeded, 3);
}

QTEST_GUILESS_MAIN(TestCharter)
#include "tst_charter.moc"
