#include "tests/support/fake_backend.h"
#include "ui/decision/decision_presenter.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

const ActionState& action(const DecisionPresenter& presenter, control::AnswerKind kind)
{
    const auto& actions = presenter.state().actions;
    const auto found = std::find_if(actions.begin(), actions.end(), [&](const ActionState& state) {
        return state.kind == kind;
    });
    CS_ASSERT(found != actions.end());
    return *found;
}

void seeAll(DecisionPresenter& presenter)
{
    for (const Part part : std::vector<Part>(presenter.state().parts))
        presenter.markSeen(part);
}

} // namespace

class TestDecisionPresenter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsEverySample_data();
    void readsEverySample();
    void irreversibleDecisionsMustBeReadToTheEnd();
    void smallDecisionsNeedNoReadingProof();
    void saysWhyNothingCanBeSignedWithoutAKey();
    void proposersLearnThatTheyMayNotSign();
    void whoSignedAlreadyLearnsIt();
    void closedRequestsTakeNoAnswer();
    void obstaclesStopApprovalButNotRejection();
    void aChangeStopsSigningUntilItWasSeen();
    void factsStayWhileTheDocumentsDo();
    void lateRepliesOfAnotherDecisionAreDropped();
    void anErrorIsShown();
    void theSentenceComesFromTheFacts();
    void optionsShareOneAxis();
    void risksMoveFromInherentToResidual();

private:
    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
    DecisionView m_deal = sampleDecision("acquisition-term-sheet", m_clock.now());
};

void TestDecisionPresenter::init()
{
    m_clock.set(at("2026-05-20T10:00:00Z"));
}

void TestDecisionPresenter::readsEverySample_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string& name : sampleNames())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestDecisionPresenter::readsEverySample()
{
    QFETCH(QString, name);
    FakeBackend backend;
    const DecisionView view = sampleDecision(name.toStdString(), m_clock.now());
    backend.add(view);
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(view.decisionId);
    const DecisionState& state = presenter.state();
    QVERIFY(state.facts != nullptr);
    QVERIFY(!state.loading);
    QCOMPARE(state.facts->plan->steps.size(), view.plan->content["steps"].size());
    QCOMPARE(state.facts->memo->claims.size(), view.memo->content["claims"].size());
    QCOMPARE(state.facts->evidence.size(), view.evidence.size());
    QVERIFY(state.facts->options.has_value());
    QCOMPARE(state.facts->options->ranges.size(), view.memo->content["options"].size());
    QVERIFY(state.facts->risks.has_value());
    QCOMPARE(state.facts->forecasts.size(), view.forecasts.size());
    seeAll(presenter);
    for (const ActionState& one : state.actions)
        QVERIFY2(one.enabled, qPrintable(one.reason));
}

void TestDecisionPresenter::irreversibleDecisionsMustBeReadToTheEnd()
{
    FakeBackend backend;
    backend.add(m_deal);
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    QVERIFY(presenter.state().mustReadAll);
    QVERIFY(!action(presenter, control::AnswerKind::Approve).enabled);
    QVERIFY(action(presenter, control::AnswerKind::Approve).reason.contains(partName(Part::Risks)));
    QVERIFY(!presenter.intentFor(control::AnswerKind::Approve).has_value());
    QVERIFY(action(presenter, control::AnswerKind::Reject).enabled);
    seeAll(presenter);
    QVERIFY(action(presenter, control::AnswerKind::Approve).enabled);
    const auto intent = presenter.intentFor(control::AnswerKind::Approve);
    QVERIFY(intent.has_value());
    QVERIFY(intent->shownRequest == *m_deal.requestSha256);
}

void TestDecisionPresenter::smallDecisionsNeedNoReadingProof()
{
    FakeBackend backend;
    const DecisionView release = sampleDecision("release-promotion", m_clock.now());
    backend.add(release);
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(release.decisionId);
    QVERIFY(!presenter.state().mustReadAll);
    QVERIFY(action(presenter, control::AnswerKind::Approve).enabled);
}

void TestDecisionPresenter::saysWhyNothingCanBeSignedWithoutAKey()
{
    FakeBackend backend;
    backend.add(m_deal);
    backend.keys.clear();
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    seeAll(presenter);
    for (const ActionState& one : presenter.state().actions) {
        QVERIFY(!one.enabled);
        QVERIFY(one.reason.contains(QStringLiteral("no signing key")));
    }
}

void TestDecisionPresenter::proposersLearnThatTheyMayNotSign()
{
    FakeBackend backend;
    backend.add(m_deal);
    const std::string& proposer = m_deal.request->barred.front();
    backend.keys = {{"k", Digest::of("k").hex(), "ed25519", proposer, "Inès Moreau", {}}};
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    seeAll(presenter);
    QVERIFY(!action(presenter, control::AnswerKind::Approve).enabled);
    QVERIFY(action(presenter, control::AnswerKind::Approve)
                .reason.contains(QStringLiteral("proposed this")));
    QVERIFY(!action(presenter, control::AnswerKind::Reject).enabled);
    QVERIFY(action(presenter, control::AnswerKind::Respond).enabled);
}

void TestDecisionPresenter::whoSignedAlreadyLearnsIt()
{
    FakeBackend backend;
    backend.add(m_deal);
    const control::CountedAnswer& first = m_deal.quorum->approvals.front();
    backend.keys = {
        {"k", Digest::of("k").hex(), "ed25519", first.answer.personId, first.displayName, {}}};
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    QVERIFY(action(presenter, control::AnswerKind::Approve)
                .reason.contains(QStringLiteral("has signed this already")));
}

void TestDecisionPresenter::closedRequestsTakeNoAnswer()
{
    for (const char* status : {"authorized", "rejected", "expired", "superseded"}) {
        FakeBackend backend;
        DecisionView view = m_deal;
        view.status = status;
        backend.add(view);
        DecisionPresenter presenter(backend, m_clock);
        presenter.open(view.decisionId);
        seeAll(presenter);
        for (const ActionState& one : presenter.state().actions)
            QVERIFY2(!one.enabled && !one.reason.isEmpty(), status);
    }
}

void TestDecisionPresenter::obstaclesStopApprovalButNotRejection()
{
    FakeBackend backend;
    DecisionView view = m_deal;
    view.obstacles.push_back({ErrorCode::Refused, "no such system", "plan.connector_unknown"});
    backend.add(view);
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(view.decisionId);
    seeAll(presenter);
    QVERIFY(!action(presenter, control::AnswerKind::Approve).enabled);
    QVERIFY(action(presenter, control::AnswerKind::Approve)
                .reason.contains(QStringLiteral("not installed")));
    QVERIFY(action(presenter, control::AnswerKind::Reject).enabled);
}

void TestDecisionPresenter::aChangeStopsSigningUntilItWasSeen()
{
    FakeBackend backend;
    backend.add(m_deal);
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    seeAll(presenter);
    QVERIFY(action(presenter, control::AnswerKind::Approve).enabled);

    DecisionView changed = m_deal;
    changed.plan->content["steps"][0]["call"]["payload"]["amount"] = "34000000.00";
    changed.request->revision = 2;
    changed.requestSha256 = control::requestDigest(*changed.request);
    backend.decisions.insert_or_assign(changed.decisionId, changed);
    Q_EMIT backend.changed(9);
    QVERIFY(presenter.state().changedSinceOpened);
    QCOMPARE(presenter.state().planChanges.size(), std::size_t{1});
    QCOMPARE(presenter.state().planChanges.front().before, QStringLiteral("33000000.00"));
    QCOMPARE(presenter.state().planChanges.front().after, QStringLiteral("34000000.00"));
    for (const ActionState& one : presenter.state().actions)
        QVERIFY(!one.enabled);

    presenter.acceptChange();
    QVERIFY(action(presenter, control::AnswerKind::Reject).enabled);
    // What was read before the change does not count for what is there now.
    QVERIFY(!action(presenter, control::AnswerKind::Approve).enabled);
    seeAll(presenter);
    QVERIFY(
        presenter.intentFor(control::AnswerKind::Approve)->shownRequest == *changed.requestSha256);
}

void TestDecisionPresenter::factsStayWhileTheDocumentsDo()
{
    FakeBackend backend;
    backend.add(m_deal);
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    const auto facts = presenter.state().facts;
    const quint64 version = presenter.state().version;
    DecisionView running = m_deal;
    running.runs.push_back(gatedRun(m_deal, m_clock.now()));
    backend.decisions.insert_or_assign(running.decisionId, running);
    Q_EMIT backend.changed(9);
    QVERIFY(presenter.state().facts == facts);
    QVERIFY(presenter.state().version > version);
    running.evidence.front().sourcesMatch = false;
    backend.decisions.insert_or_assign(running.decisionId, running);
    Q_EMIT backend.changed(10);
    QVERIFY(presenter.state().facts != facts);
    QVERIFY(!presenter.state().facts->evidence.front().sourcesMatch);
}

void TestDecisionPresenter::lateRepliesOfAnotherDecisionAreDropped()
{
    FakeBackend backend;
    const DecisionView other = sampleDecision("price-change", m_clock.now());
    backend.add(m_deal);
    backend.add(other);
    backend.holds = true;
    DecisionPresenter presenter(backend, m_clock);
    presenter.open(m_deal.decisionId);
    presenter.open(other.decisionId);
    backend.releaseReversed();
    QTRY_VERIFY(presenter.state().view != nullptr);
    QCoreApplication::processEvents();
    QCOMPARE(presenter.state().view->decisionId, other.decisionId);
}

void TestDecisionPresenter::anErrorIsShown()
{
    FakeBackend backend;
    DecisionPresenter presenter(backend, m_clock);
    presenter.open("dec_nothing");
    QVERIFY(presenter.state().error.has_value());
    QCOMPARE(presenter.state().error->code, ErrorCode::NotFound);
    QVERIFY(presenter.state().view == nullptr);
}

void TestDecisionPresenter::theSentenceComesFromTheFacts()
{
    DecisionView view = m_deal;
    view.request->ask = "Everything is perfectly safe.";
    const DecisionFacts facts = decisionFacts(view);
    const QString sentence = facts.ask->text();
    QVERIFY(sentence.contains(QStringLiteral("EUR\u00a042,000,000.00")));
    QVERIFY(sentence.contains(QStringLiteral("cannot be undone")));
    QVERIFY(sentence.contains(QStringLiteral("esign · envelope.send")));
    QVERIFY(!sentence.contains(QStringLiteral("perfectly safe")));
    QVERIFY(facts.ask->irreversible);
}

void TestDecisionPresenter::optionsShareOneAxis()
{
    for (const std::string& name : sampleNames()) {
        const DecisionView view = sampleDecision(name, m_clock.now());
        const auto comparison = optionComparison(view);
        QVERIFY(comparison.has_value());
        QVERIFY(comparison->axisMin < comparison->axisMax);
        const auto recommended = std::count_if(
            comparison->ranges.begin(), comparison->ranges.end(), [](const auto& range) {
                return range.recommended;
            });
        QCOMPARE(recommended, 1);
        for (const OptionRange& range : comparison->ranges) {
            QVERIFY(range.p10 <= range.p50 && range.p50 <= range.p90);
            QVERIFY(comparison->axisMin <= range.p10 && range.p90 <= comparison->axisMax);
            QVERIFY(comparison->axisMin <= range.mean && range.mean <= comparison->axisMax);
        }
    }
}

void TestDecisionPresenter::risksMoveFromInherentToResidual()
{
    const auto picture = riskPicture(m_deal);
    QVERIFY(picture.has_value());
    QCOMPARE(picture->likelihoodBandCount(), 5);
    QCOMPARE(picture->impactBandCount(), 5);
    const auto people =
        std::find_if(picture->risks.begin(), picture->risks.end(), [](const RiskFacts& risk) {
            return risk.title == QStringLiteral("Lead modellers leave");
        });
    QVERIFY(people != picture->risks.end());
    QCOMPARE(people->inherent.impact, 3);
    QCOMPARE(people->residual.impact, 2);
    QVERIFY(picture->expectedLossResidual < picture->expectedLossInherent);
}

QTEST_GUILESS_MAIN(TestDecisionPresenter)
#include "tst_decision_presenter.moc"
