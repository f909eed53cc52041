#include "planes/control/quorum_rules.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"

#include <QStringList>
#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

constexpr const char* kA1 = "release-promotion";
constexpr const char* kA2 = "partner-activation";
constexpr const char* kA3 = "acquisition-term-sheet";

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

/// All that a state says, people sorted: two equal texts are the same state.
QString textOf(const QuorumState& state)
{
    const auto people = [](const std::vector<CountedAnswer>& answers) {
        QStringList ids;
        for (const CountedAnswer& counted : answers)
            ids.append(QString::fromStdString(counted.answer.personId));
        ids.sort();
        return ids.join(QLatin1Char(','));
    };
    QStringList roles;
    for (const std::string& role : state.rolesMissing)
        roles.append(QString::fromStdString(role));
    QStringList may;
    for (const std::string& id : state.mayStillApprove)
        may.append(QString::fromStdString(id));
    return QStringLiteral("%1 yes[%2] no[%3] ask[%4] later[%5] missing %6 roles[%7] standing %8 "
                          "may[%9] next %10")
        .arg(
            QString::fromUtf8(text(state.status).data(), qsizetype(text(state.status).size())),
            people(state.approvals),
            people(state.rejections),
            people(state.questions),
            people(state.deferrals))
        .arg(state.approvalsMissing)
        .arg(roles.join(QLatin1Char(',')))
        .arg(state.standingMissing)
        .arg(may.join(QLatin1Char(',')))
        .arg(state.nextMayComplete);
}

class TestQuorumRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAsTheTableSays_data();
    void countsAsTheTableSays();
    void anyOrderGivesTheSameState_data();
    void anyOrderGivesTheSameState();
    void oneKeyCountsOnce();
    void tellsWhoMayStillApprove();
    void isVoidWhenPolicyOrRosterChanged();
    void needsNobodyOnlyForA0();
    void expiryDoesNotUndoAQuorum();

private:
    /// `name:kind` for each answer, verified as the core does it.
    [[nodiscard]] std::vector<VerifiedAnswer>
    answersOf(const ApprovalRequest& request, const QString& list)
    {
        std::vector<VerifiedAnswer> answers;
        for (const QString& item : list.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            const std::string person = item.section(QLatin1Char(':'), 0, 0).toStdString();
            const std::string kind = item.section(QLatin1Char(':'), 1, 1).toStdString();
            const trust::Envelope envelope =
                m_bench.signedAnswer(request, person, must(parseAnswerKind(kind)));
            answers.push_back(must(m_bench.verify(envelope, request)));
        }
        return answers;
    }
    [[nodiscard]] QuorumState
    count(const ApprovalRequest& request, const std::vector<VerifiedAnswer>& answers) const
    {
        return countQuorum(
            request, m_bench.policy, m_bench.roster, answers, ControlBench::received(request));
    }

    ControlBench m_bench;
};

void TestQuorumRules::countsAsTheTableSays_data()
{
    QTest::addColumn<QString>("demo");
    QTest::addColumn<QString>("answers");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("approvals");
    QTest::addColumn<int>("missing");
    QTest::addColumn<QString>("roles");
    const auto row = [](const char* name,
                        const char* demo,
                        const char* answers,
                        const char* status,
                        int approvals,
                        int missing,
                        const char* roles) {
        QTest::newRow(name) << words(demo) << words(answers) << words(status) << approvals
                            << missing << words(roles);
    };
    // A1 wants its site_reliability_lead.
    row("A1 nobody", kA1, "", "open", 0, 1, "site_reliability_lead");
    row("A1 the lead", kA1, "kwame.boateng:approve", "authorized", 1, 0, "");
    row("A1 another manager", kA1, "youssef.nabil:approve", "open", 1, 0, "site_reliability_lead");
    row("A1 an executive alone", kA1, "greta.holm:approve", "open", 1, 0, "site_reliability_lead");
    row("A1 both", kA1, "youssef.nabil:approve kwame.boateng:approve", "authorized", 2, 0, "");
    // A2 wants chief_operating_officer and general_counsel.
    row("A2 one", kA2, "priya.raman:approve", "open", 1, 1, "chief_operating_officer");
    row("A2 one twice",
        kA2,
        "priya.raman:approve priya.raman:approve",
        "open",
        1,
        1,
        "chief_operating_officer");
    row("A2 two of the wrong roles",
        kA2,
        "greta.holm:approve tomas.lindqvist:approve",
        "open",
        2,
        0,
        "chief_operating_officer,general_counsel");
    row("A2 the two", kA2, "priya.raman:approve noura.alsubaie:approve", "authorized", 2, 0, "");
    row("A2 three with the two",
        kA2,
        "greta.holm:approve noura.alsubaie:approve priya.raman:approve",
        "authorized",
        3,
        0,
        "");
    row("A2 a question leaves it open",
        kA2,
        "priya.raman:approve noura.alsubaie:respond",
        "open",
        1,
        1,
        "chief_operating_officer");
    row("A2 put off leaves it open",
        kA2,
        "priya.raman:approve noura.alsubaie:defer",
        "open",
        1,
        1,
        "chief_operating_officer");
    row("A2 taken back by putting off",
        kA2,
        "priya.raman:approve priya.raman:defer noura.alsubaie:approve",
        "open",
        1,
        1,
        "general_counsel");
    row("A2 asked, then approved",
        kA2,
        "priya.raman:respond noura.alsubaie:approve priya.raman:approve",
        "authorized",
        2,
        0,
        "");
    row("A2 one rejection",
        kA2,
        "priya.raman:reject",
        "rejected",
        0,
        2,
        "chief_operating_officer,general_counsel");
    row("A2 rejected among approvals",
        kA2,
        "priya.raman:approve noura.alsubaie:approve greta.holm:reject",
        "rejected",
        2,
        0,
        "");
    // A3 wants three heads, an executive among them, and three roles.
    row("A3 two",
        kA3,
        "greta.holm:approve priya.raman:approve",
        "open",
        2,
        1,
        "chief_financial_officer");
    row("A3 the three",
        kA3,
        "greta.holm:approve priya.raman:approve tomas.lindqvist:approve",
        "authorized",
        3,
        0,
        "");
    row("A3 three without counsel",
        kA3,
        "greta.holm:approve helene.aubert:approve tomas.lindqvist:approve",
        "open",
        3,
        0,
        "general_counsel");
}

void TestQuorumRules::countsAsTheTableSays()
{
    QFETCH(const QString, demo);
    QFETCH(const QString, answers);
    QFETCH(const QString, status);
    QFETCH(const int, approvals);
    QFETCH(const int, missing);
    QFETCH(const QString, roles);
    const ApprovalRequest request = m_bench.request(demo.toStdString());
    const QuorumState state = count(request, answersOf(request, answers));
    QCOMPARE(QString::fromStdString(std::string(text(state.status))), status);
    QCOMPARE(state.approvals.size(), static_cast<std::size_t>(approvals));
    QCOMPARE(state.approvalsMissing, missing);
    QStringList missingRoles;
    for (const std::string& role : state.rolesMissing)
        missingRoles.append(QString::fromStdString(role));
    missingRoles.sort();
    QCOMPARE(missingRoles.join(QLatin1Char(',')), roles);
}

void TestQuorumRules::anyOrderGivesTheSameState_data()
{
    QTest::addColumn<QString>("demo");
    QTest::addColumn<QString>("answers");
    QTest::newRow("A2 met") << words(kA2)
                            << words("priya.raman:approve noura.alsubaie:approve "
                                     "greta.holm:respond tomas.lindqvist:defer");
    QTest::newRow("A2 open") << words(kA2)
                             << words("priya.raman:approve greta.holm:approve "
                                      "tomas.lindqvist:defer maha.alqahtani:respond "
                                      "kwame.boateng:approve");
    QTest::newRow("A3 met") << words(kA3)
                            << words("greta.holm:approve priya.raman:approve "
                                     "tomas.lindqvist:approve helene.aubert:approve "
                                     "noura.alsubaie:respond");
    QTest::newRow("A3 rejected") << words(kA3)
                                 << words("greta.holm:approve priya.raman:reject "
                                          "tomas.lindqvist:approve helene.aubert:reject "
                                          "noura.alsubaie:defer");
}

void TestQuorumRules::anyOrderGivesTheSameState()
{
    QFETCH(const QString, demo);
    QFETCH(const QString, answers);
    const ApprovalRequest request = m_bench.request(demo.toStdString());
    const std::vector<VerifiedAnswer> given = answersOf(request, answers);
    const QString expected = textOf(count(request, given));
    std::vector<std::size_t> order(given.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    do {
        std::vector<VerifiedAnswer> permuted;
        for (const std::size_t i : order)
            permuted.push_back(given[i]);
        QCOMPARE(textOf(count(request, permuted)), expected);
    } while (std::next_permutation(order.begin(), order.end()));
}

void TestQuorumRules::oneKeyCountsOnce()
{
    // A person with two keys is one person.
    ControlBench bench;
    Json roster = rosterJson();
    for (Json& person : roster["people"]) {
        if (person["id"] == "priya.raman")
            person["keys"].push_back(keyJson(keyFor("second").publicKey()));
    }
    bench.roster = must(parseRoster(roster));
    const ApprovalRequest request = bench.request(kA2);
    AnswerDraft second = bench.draft(request, "priya.raman");
    second.keyId = keyFor("second").publicKey().keyId();
    const std::vector<VerifiedAnswer> answers = {
        must(bench.verify(bench.signedAnswer(request, "priya.raman"), request)),
        must(bench.verify(
            ControlBench::signedBy("second", answerStatement(request, second)), request))};
    const QuorumState state =
        countQuorum(request, bench.policy, bench.roster, answers, ControlBench::received(request));
    QCOMPARE(state.approvals.size(), std::size_t{1});
    QCOMPARE(state.approvalsMissing, 1);
    QCOMPARE(state.approvals.front().answer.keyId, second.keyId);

    // One key under two names, which no roster allows, would still be one.
    std::vector<VerifiedAnswer> shared =
        answersOf(m_bench.request(kA2), words("priya.raman:approve noura.alsubaie:approve"));
    shared.back().keyId = shared.front().keyId;
    QCOMPARE(count(m_bench.request(kA2), shared).approvals.size(), std::size_t{1});
    QCOMPARE(count(m_bench.request(kA2), shared).status, RequestStatus::Open);
    // And whoever is in no roster is nobody.
    shared.front().personId = "nobody";
    shared.back().personId = "nobody.else";
    QVERIFY(count(m_bench.request(kA2), shared).approvals.empty());
}

void TestQuorumRules::tellsWhoMayStillApprove()
{
    const ApprovalRequest request = m_bench.request(kA2);
    const QuorumState fresh = count(request, {});
    const auto may = [](const QuorumState& state, const std::string& id) {
        return std::count(state.mayStillApprove.begin(), state.mayStillApprove.end(), id) == 1;
    };
    QVERIFY(may(fresh, "priya.raman"));
    QVERIFY(!may(fresh, "omar.hadid"));
    QVERIFY(!fresh.nextMayComplete);
    const QuorumState half = count(request, answersOf(request, words("priya.raman:approve")));
    QVERIFY(!may(half, "priya.raman"));
    QVERIFY(may(half, "noura.alsubaie"));
    QVERIFY(half.nextMayComplete);
    const QuorumState wrong = count(request, answersOf(request, words("greta.holm:approve")));
    QVERIFY(!wrong.nextMayComplete);
    const QuorumState met =
        count(request, answersOf(request, words("priya.raman:approve noura.alsubaie:approve")));
    QVERIFY(met.mayStillApprove.empty());

    // Class A3 wants heads: managers are not asked.
    const QuorumState strict = count(m_bench.request(kA3), {});
    QVERIFY(may(strict, "maha.alqahtani"));
    QVERIFY(!may(strict, "kwame.boateng"));
}

void TestQuorumRules::isVoidWhenPolicyOrRosterChanged()
{
    const ApprovalRequest request = m_bench.request(kA2);
    const std::vector<VerifiedAnswer> answers =
        answersOf(request, words("priya.raman:approve noura.alsubaie:approve"));
    Policy policy = m_bench.policy;
    policy.sha256 = Digest::of("another policy");
    const Instant now = ControlBench::received(request);
    QCOMPARE(
        countQuorum(request, policy, m_bench.roster, answers, now).status, RequestStatus::Void);
    Roster roster = m_bench.roster;
    roster.sha256.reset();
    QCOMPARE(
        countQuorum(request, m_bench.policy, roster, answers, now).status, RequestStatus::Void);
}

void TestQuorumRules::needsNobodyOnlyForA0()
{
    ApprovalRequest request = m_bench.request(kA1);
    request.approvalsNeeded = 0;
    request.rolesNeeded.clear();
    request.eachAtLeast = RoleLevel::None;
    request.oneAtLeast = RoleLevel::None;
    // No count of nought authorizes anything above A0.
    QCOMPARE(count(request, {}).status, RequestStatus::Open);
    request.classes.approval = ApprovalClass::A0;
    QCOMPARE(count(request, {}).status, RequestStatus::Authorized);
    request.rolesNeeded = {"general_counsel"};
    QCOMPARE(count(request, {}).status, RequestStatus::Open);
}

void TestQuorumRules::expiryDoesNotUndoAQuorum()
{
    const ApprovalRequest request = m_bench.request(kA2);
    const std::vector<VerifiedAnswer> met =
        answersOf(request, words("priya.raman:approve noura.alsubaie:approve"));
    const std::vector<VerifiedAnswer> half(met.begin(), met.begin() + 1);
    const auto at = [&](const std::vector<VerifiedAnswer>& answers, Duration after) {
        return countQuorum(
                   request, m_bench.policy, m_bench.roster, answers, request.expiresAt + after)
            .status;
    };
    QCOMPARE(at(half, Duration(0)), RequestStatus::Open);
    QCOMPARE(at(half, Duration(1)), RequestStatus::Expired);
    QCOMPARE(at({}, Duration(1)), RequestStatus::Expired);
    QCOMPARE(at(met, Duration(1)), RequestStatus::Authorized);
    QCOMPARE(
        at(answersOf(request, words("priya.raman:reject")), Duration(1)), RequestStatus::Rejected);
}

} // namespace

QTEST_GUILESS_MAIN(TestQuorumRules)
#include "tst_quorum_rules.moc"
