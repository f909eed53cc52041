#include "tests/support/rule_cases.h"

#include <QTest>

using namespace countersign;
using testing::DecisionForge;
using testing::RuleBench;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kPartner = "partner-activation";

constexpr const char* kVotes = R"table(
barred voter | partner-activation | approval_request.json /votes/2 = {"by": {"type": "human", "id": "advisor.strategy", "display_name": "A person", "role": "auditor"}, "choice": "approve", "comment": "Because.", "at": "2026-03-12T12:24:00+03:00", "packet_sha256": "4794205cec489417dbaf25846b20c0684bab8e4d3c94273d89d9f83413e717fb"} | vote.barred | approval_request.json /votes/2/by/id
who requested | partner-activation | approval_request.json /requested_by/id = "priya.raman" | vote.requester | approval_request.json /votes/1/by/id
vote before the request | partner-activation | approval_request.json /votes/0/at = "2026-03-09T14:47:59+03:00" | vote.time
vote before this packet | data-retention-change | approval_request.json /votes/0/at = "2026-08-20T13:29:59+02:00" | vote.time
vote after the expiry | partner-activation | approval_request.json /votes/0/at = "2026-03-19T10:00:01+03:00" | vote.time
vote after the end | partner-activation | approval_request.json /votes/0/at = "2026-03-13T19:36:01+03:00" | vote.time
too few approvals | partner-activation | approval_request.json /quorum/approvals_needed = 3 | quorum.approvals | approval_request.json /status
a role is missing | partner-activation | approval_request.json /quorum/roles_needed/0 = "chief_executive" | quorum.roles | approval_request.json /status
one rejection stops | partner-activation | approval_request.json /votes/2 = {"by": {"type": "human", "id": "greta.holm", "display_name": "A person", "role": "auditor"}, "choice": "reject", "comment": "Because.", "at": "2026-03-12T12:24:00+03:00", "packet_sha256": "4794205cec489417dbaf25846b20c0684bab8e4d3c94273d89d9f83413e717fb"} | quorum.rejection | approval_request.json /status
rejected by nobody | data-retention-change | history/approval_request-r1.json /status = "rejected" | quorum.rejection
)table";

constexpr const char* kReceipts = R"table(
chain broken | partner-activation | receipts/03-issue_key.json /previous_receipt_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | receipt.chain
two first receipts | partner-activation | receipts/03-issue_key.json /previous_receipt_sha256 = | receipt.chain
attempt left out | partner-activation | receipts/03-issue_key.json /attempt = 3 | receipt.attempt
attempt twice | partner-activation | receipts/05-open_depots.json /attempt = 1 | receipt.attempt
gate | partner-activation | receipts/04-open_depots.json /gate_passed_by = | receipt.gate
after the window | partner-activation | execution_plan.json /not_after = "2026-04-01T01:00:00+03:00" | receipt.window | receipts/06-notify_depots.json /started_at
before the approval | partner-activation | approval_request.json /resolved_at = "2026-03-22T10:05:00+03:00" | receipt.window | receipts/01-create_partner.json /started_at
another packet | partner-activation | receipts/06-notify_depots.json /packet_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | receipt.packet
another revision of the plan | data-retention-change | receipts/06-purge_2.json /plan/revision = 1 | receipt.plan | receipts/06-purge_2.json /plan/sha256
another operation | partner-activation | receipts/06-notify_depots.json /intended/operation = "party.start" | receipt.intended
another payload | partner-activation | receipts/06-notify_depots.json /intended/payload_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | receipt.intended
another key | partner-activation | receipts/06-notify_depots.json /intended/idempotency_key = "northgate:something-else" | receipt.intended
undo under the key of the call | release-promotion | receipts/04-wave_2.json /intended/idempotency_key = "northgate:release-promotion:wave_2:Q287E9W7" | receipt.intended
undo without a call for it | partner-activation | receipts/06-notify_depots.json /phase = "compensation" | receipt.intended
verified against the facts | partner-activation | receipts/06-notify_depots.json /actual/effects/0/matches_expectation = false | receipt.verification | receipts/06-notify_depots.json /verification_status
duration | partner-activation | receipts/06-notify_depots.json /duration_ms = 9000 | receipt.duration
finished before it started | partner-activation | receipts/06-notify_depots.json /finished_at = "2026-04-01T01:00:00+03:00" | dates.order
)table";

constexpr const char* kScores = R"table(
provenance of the memo | partner-activation | memo.json /scores/provenance = 0.75 | result.provenance
freshness of the memo | partner-activation | memo.json /scores/freshness = 1 | result.freshness
confidence of the memo | partner-activation | memo.json /scores/confidence = 0.79 | result.confidence
provenance of the pack | partner-activation | evidence_pack.json /provenance_score = 0.75 | result.provenance
count of claims | partner-activation | evidence_pack.json /coverage/claim_count = 5 | result.coverage
supported claims | partner-activation | evidence_pack.json /coverage/supported_claim_ids/1 = "fit_for_peak" | result.coverage | evidence_pack.json /coverage/supported_claim_ids
contradicted claims | partner-activation | evidence_pack.json /coverage/contradicted_claim_ids = [] | result.coverage
unsupported claims | partner-activation | evidence_pack.json /coverage/unsupported_claim_ids = [] | result.coverage
stale items | partner-activation | evidence_pack.json /stale_evidence_ids = [] | result.stale
end of the pack | partner-activation | evidence_pack.json /freshness/window_s = 993601 | result.freshness
likelihood band | partner-activation | risk_synthesis.json /risks/0/results/inherent/likelihood_band = 3 | result.band
impact band | partner-activation | risk_synthesis.json /risks/3/results/inherent/impact_band = 2 | result.band
breach left out | partner-activation | risk_synthesis.json /appetite/0/max_probability = 0.05 | result.appetite | risk_synthesis.json /appetite_breaches
breach that is none | partner-activation | risk_synthesis.json /appetite_breaches = [{"loss": 250000, "max_probability": 0.3, "residual_probability": 0.0789}] | result.appetite | risk_synthesis.json /appetite_breaches/0
breach off the curve | partner-activation | risk_synthesis.json /appetite_breaches = [{"loss": 250000, "max_probability": 0.3, "residual_probability": 0.4}] | result.appetite | risk_synthesis.json /appetite_breaches/0/residual_probability
breach of no appetite | partner-activation | risk_synthesis.json /appetite_breaches = [{"loss": 7, "max_probability": 0.3, "residual_probability": 0.4}] | result.appetite | risk_synthesis.json /appetite_breaches/0
tail | partner-activation | risk_synthesis.json /aggregate/residual/tvar_95 = 356000 | result.tail
preferred scenario | partner-activation | scenario_set.json /comparison/preferred_scenario_id = "pilot" | result.preferred
preferred where less is better | release-promotion | scenario_set.json /comparison/preferred_scenario_id = "drop" | result.preferred
shares | partner-activation | scenario_set.json /comparison/probability_best/0/probability = 0.21 | result.probability_best | scenario_set.json /comparison/probability_best
result of the objective | partner-activation | scenario_set.json /scenarios/2/results/0 = | result.missing | scenario_set.json /scenarios/2/results
)table";

constexpr const char* kForecasts = R"table(
variance | partner-activation | forecast-1.json /entries/0/scores/variance = 0.0079 | result.forecast
variance as a share | partner-activation | forecast-1.json /entries/0/scores/variance_fraction = 0.149 | result.forecast
crps of a lognormal | partner-activation | forecast-1.json /entries/0/scores/crps = 0.0063 | result.forecast
crps of a normal | release-promotion | forecast-1.json /entries/0/scores/crps = 5.5 | result.forecast
pit | partner-activation | forecast-1.json /entries/0/scores/pit = 0.7248 | result.forecast
inside | partner-activation | forecast-1.json /entries/0/scores/inside_80 = false | result.forecast
quantile | partner-activation | forecast-1.json /entries/0/predicted/quantiles/3/value = 0.0506 | result.quantile
brier | partner-activation | forecast-2.json /entries/0/scores/brier = 0.0226 | result.forecast
log loss | partner-activation | forecast-2.json /entries/0/scores/log_loss_nats = 0.1626 | result.forecast
count | partner-activation | forecast-1.json /summary/resolved_count = 7 | result.summary
mean crps | partner-activation | forecast-1.json /summary/mean_crps = 0.0056 | result.summary
bias | partner-activation | forecast-1.json /summary/bias = 0.00042 | result.summary
coverage | partner-activation | forecast-1.json /summary/coverage_80 = 0.875 | result.summary
mase | partner-activation | forecast-1.json /summary/mase = 1.3289 | result.summary
mean brier | partner-activation | forecast-2.json /summary/mean_brier = 0.0563 | result.summary
mean log loss | partner-activation | forecast-2.json /summary/mean_log_loss_nats = 0.2597 | result.summary
predicted mean | partner-activation | outcome.json /measurements/0/predicted_p10 = 0.0353 | result.prediction
measured variance | partner-activation | outcome.json /measurements/0/variance = -0.00575 | result.variance
measured inside | partner-activation | outcome.json /measurements/0/inside_80 = false | result.inside_80
brier of a claim | partner-activation | outcome.json /claim_results/0/brier = 0.0901 | result.brier
confidence that was voted on | partner-activation | memo.json /claims/1/confidence = 0.71 | result.confidence | outcome.json /claim_results/0/stated_confidence
followed | partner-activation | outcome.json /followed_recommendation = false | result.followed
)table";

/// A vote for the packet of the partner decision.
Json vote(const char* person, const char* role, const char* choice, const char* at)
{
    const Json by = {{"type", "human"}, {"id", person}, {"display_name", person}, {"role", role}};
    return {
        {"by", by},
        {"choice", choice},
        {"comment", "Because."},
        {"at", at},
        {"packet_sha256", "4794205cec489417dbaf25846b20c0684bab8e4d3c94273d89d9f83413e717fb"}};
}

} // namespace

class TestDocumentResults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void votes_data() { testing::addRows(kVotes); }
    void votes() { run(kVotes); }
    void receipts_data() { testing::addRows(kReceipts); }
    void receipts() { run(kReceipts); }
    void scores_data() { testing::addRows(kScores); }
    void scores() { run(kScores); }
    void forecasts_data() { testing::addRows(kForecasts); }
    void forecasts() { run(kForecasts); }
    void countsOnlyTheLatestVoteOfAVoter();
    void ignoresVotesForAnotherPacket();
    void countsAnEditOnlyWhenThePacketHoldsItsPlan();
    void refusesReceiptsUnderARequestThatIsNotApproved();

private:
    void run(const char* cases)
    {
        QFETCH(int, index);
        m_bench.run(testing::ruleCases(cases).at(static_cast<std::size_t>(index)));
    }

    RuleBench m_bench;
};

void TestDocumentResults::countsOnlyTheLatestVoteOfAVoter()
{
    DecisionForge forge = m_bench.forge(kPartner);
    const char* voter = "noura.alsubaie";
    const char* role = "chief_operating_officer";
    forge.set(
        "approval_request.json",
        "/votes/2",
        vote(voter, role, "respond", "2026-03-13T00:00:00+03:00"));
    const Lines withdrawn{
        "quorum.approvals approval_request.json /status",
        "quorum.roles approval_request.json /status"};
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), withdrawn);
    // The order in the list does not matter, only the time.
    forge.set(
        "approval_request.json",
        "/votes/2",
        vote(voter, role, "reject", "2026-03-10T00:00:00+03:00"));
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), Lines());
    // The same person twice is one approval.
    forge.set("approval_request.json", "/quorum/approvals_needed", 3);
    forge.set(
        "approval_request.json",
        "/votes/2",
        vote(voter, role, "approve", "2026-03-10T00:00:00+03:00"));
    QCOMPARE(
        RuleBench::lines(m_bench.check(forge).errors),
        Lines{"quorum.approvals approval_request.json /status"});
}

void TestDocumentResults::ignoresVotesForAnotherPacket()
{
    DecisionForge forge = m_bench.forge(kPartner);
    Json earlier = vote("greta.holm", "chief_executive", "reject", "2026-03-10T00:00:00+03:00");
    earlier["packet_sha256"] = std::string(64, '1');
    forge.set("approval_request.json", "/votes/2", earlier);
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), Lines());
    forge.set("approval_request.json", "/votes/0/packet_sha256", std::string(64, '1'));
    forge.set("approval_request.json", "/quorum/roles_needed", Json::array({"general_counsel"}));
    QCOMPARE(
        RuleBench::lines(m_bench.check(forge).errors),
        Lines{"quorum.approvals approval_request.json /status"});
}

void TestDocumentResults::countsAnEditOnlyWhenThePacketHoldsItsPlan()
{
    DecisionForge forge = m_bench.forge(kPartner);
    const Json plan = forge.document("approval_request.json").at("packet").at(6);
    forge.set("approval_request.json", "/votes/0/choice", "edit");
    forge.set("approval_request.json", "/votes/0/amended_plan", plan);
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), Lines());
    forge.set("approval_request.json", "/votes/0/amended_plan/sha256", std::string(64, '1'));
    const Lines expected{
        "digest.document approval_request.json /votes/0/amended_plan/sha256",
        "quorum.approvals approval_request.json /status",
        "quorum.roles approval_request.json /status"};
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), expected);
}

void TestDocumentResults::refusesReceiptsUnderARequestThatIsNotApproved()
{
    DecisionForge forge = m_bench.forge("data-retention-change");
    forge.set("approval_request.json", "/status", "expired");
    Lines expected;
    // The first receipt is a dry run, which needs no approval.
    for (const char* name :
         {"02-set_rule", "03-quarantine_1", "04-purge_1", "05-quarantine_2", "06-purge_2"})
        expected.push_back(
            "receipt.approved receipts/" + std::string(name) + ".json /approval_request_id");
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), expected);
}

QTEST_GUILESS_MAIN(TestDocumentResults)
#include "tst_document_results.moc"
