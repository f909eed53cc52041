#include "tests/support/rule_cases.h"

#include <QTest>

using namespace countersign;
using testing::DecisionForge;
using testing::RuleBench;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kPartner = "partner-activation";
constexpr const char* kRetention = "data-retention-change";

constexpr const char* kIdentity = R"table(
kind does not fit the id | partner-activation | metrics/gulf.parcels.json /header/record_id = "mem_01KN2ZWER0TME1EGJBB88YGABN" | header.schema | metrics/gulf.parcels.json /header/schema
another tenant | partner-activation | outcome.json /header/tenant_id = "southgate" | header.tenant
another decision | partner-activation | outcome.json /header/decision_id = "dec_00000000000000000000000000" | header.decision
the wrong revision before | data-retention-change | approval_request.json /header/supersedes_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | revision.supersedes
)table";

constexpr const char* kReferences = R"table(
causation | partner-activation | outcome.json /header/causation_id = "evi_00000000000000000000000000" | reference.unresolved
evidence of a claim | partner-activation | memo.json /claims/2/evidence_ids/0 = "evi_00000000000000000000000000" | reference.unresolved
evidence of a variable | partner-activation | scenario_set.json /model/variables/3/evidence_ids/0 = "evi_00000000000000000000000000" | reference.unresolved
evidence of a risk | partner-activation | risk_synthesis.json /risks/0/evidence_ids/0 = "evi_00000000000000000000000000" | reference.unresolved
evidence of a compliance line | partner-activation | evidence_pack.json /compliance/0/evidence_ids/0 = "evi_00000000000000000000000000" | reference.unresolved
receipt of an outcome | partner-activation | outcome.json /receipt_ids/0 = "rcp_00000000000000000000000000" | reference.unresolved
another kind | partner-activation | memo.json /claims/2/evidence_ids/0 = "mem_01KK8PAGC0C9AYZH0RDZBY1A7G" | reference.kind
scenario set of the memo | partner-activation | memo.json /scenario_set_id = "scn_00000000000000000000000000" | reference.unresolved
recommended option | partner-activation | memo.json /financial_impact/0/option_id = "half" | reference.local
scenario of an option | partner-activation | memo.json /options/1/scenario_id = "half" | reference.local
claim of an item | partner-activation | evidence/05-late_now.json /bears_on/0/claim_id = "nothing" | reference.local
variable of a sensitivity | partner-activation | scenario_set.json /sensitivity/0/variable_id = "weather" | reference.local
outcome of a result | partner-activation | scenario_set.json /scenarios/2/results/1/outcome_id = "mood" | reference.local
preferred scenario | partner-activation | scenario_set.json /comparison/preferred_scenario_id = "half" | reference.local
step of a dependency | partner-activation | execution_plan.json /steps/1/depends_on/0 = "prepare" | reference.local
step of a receipt | partner-activation | receipts/06-notify_depots.json /step_id = "celebrate" | reference.local
risk of an outcome | partner-activation | outcome.json /risk_results/0/risk_id = "meteor" | reference.local
source of an excerpt | partner-activation | evidence/05-late_now.json /excerpt/source_index = 1 | reference.local
where a part stands | partner-activation | evidence_pack.json /completeness/5/where = "/rolldown" | reference.unresolved
item of a pack | partner-activation | evidence_pack.json /items/9/revision = 2 | reference.unresolved
kind of an item | partner-activation | evidence_pack.json /items/9/schema = "risk_synthesis" | reference.kind
a key twice | partner-activation | memo.json /assumptions/1/assumption_id = "volume_holds" | local_id.unique
a control twice | partner-activation | risk_synthesis.json /risks/0/controls/1/control_id = "pilot_scope" | local_id.unique
a part of the pack twice | partner-activation | evidence_pack.json /completeness/5/part = "provenance" | local_id.unique | evidence_pack.json /completeness/6/part
name in an expression | partner-activation | scenario_set.json /model/outcomes/1/expression = "share * lateness + 1e3" | expression.name
function in an expression | partner-activation | scenario_set.json /model/outcomes/1/expression = "system (share)" | expression.name
)table";

constexpr const char* kDigests = R"table(
of an item | partner-activation | approval_request.json /packet/5/sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.document
of the packet's list | partner-activation | approval_request.json /packet_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.packet
of the pack's list | partner-activation | evidence_pack.json /root_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.root
that was attested | partner-activation | evidence_pack.json /attestations/0/root_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.root
of a payload | partner-activation | execution_plan.json /steps/0/call/payload_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.payload
of the call that undoes | partner-activation | execution_plan.json /steps/0/compensation/call/payload_sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.payload
of a source | partner-activation | evidence/05-late_now.json /sources/0/sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.source
of an artifact | partner-activation | evidence_pack.json /artifacts/0/sha256 = "0000000000000000000000000000000000000000000000000000000000000000" | digest.source
size of a source | partner-activation | evidence/05-late_now.json /sources/0/size_bytes = 5 | source.size
)table";

constexpr const char* kMetrics = R"table(
unit of a reading | partner-activation | evidence/02-volume.json /reading/unit = "days" | metric.unit
unit of a forecast | partner-activation | forecast-1.json /unit = "days" | metric.unit
unit of an outcome | partner-activation | scenario_set.json /model/outcomes/1/unit = "days" | metric.unit
unit of a measurement | partner-activation | outcome.json /measurements/0/unit = "days" | metric.unit
currency of an impact | partner-activation | memo.json /financial_impact/0/p50/currency = "USD" | metric.unit
a version nobody defined | partner-activation | memo.json /claims/0/metric/version = 2 | metric.definition | memo.json /claims/0/metric
a metric nobody defined | partner-activation | evidence/02-volume.json /reading/metric/key = "gulf.boxes" | metric.definition | evidence/02-volume.json /reading/metric
derived from nothing | partner-activation | metrics/gulf.parcels.json /derived_from = [{"key": "gulf.boxes", "version": 1}] | metric.definition | metrics/gulf.parcels.json /derived_from/0
)table";

constexpr const char* kOrders = R"table(
mode below min | partner-activation | scenario_set.json /model/variables/3/distribution/mode = 1 | distribution.order
mode above max | partner-activation | risk_synthesis.json /risks/0/inherent/events_per_year/mode = 2 | distribution.order | risk_synthesis.json /risks/0/inherent/events_per_year/max
triangle | partner-activation | scenario_set.json /model/variables/4/distribution/max = 2.5 | distribution.order
uniform | acquisition-term-sheet | scenario_set.json /model/variables/8/distribution/max = 0.09 | distribution.order
p5 equals p95 | partner-activation | scenario_set.json /model/variables/7/distribution/p5 = 46 | distribution.order | scenario_set.json /model/variables/7/distribution/p95
beta | partner-activation | scenario_set.json /model/variables/6/distribution/min = 1 | distribution.order
metalog bound | partner-activation | scenario_set.json /model/variables/5/distribution/upper = 0.06 | distribution.order | scenario_set.json /model/variables/5/distribution/points/2/value
metalog terms | partner-activation | scenario_set.json /model/variables/5/distribution/terms = 4 | distribution.terms
metalog points | partner-activation | scenario_set.json /model/variables/5/distribution/points/1/value = 0.03 | quantiles.order
levels of quantiles | partner-activation | scenario_set.json /scenarios/2/results/1/quantiles/3/p = 0.2 | quantiles.order
values of quantiles | partner-activation | scenario_set.json /scenarios/2/results/1/quantiles/3/value = 0.04 | quantiles.order
impact | partner-activation | memo.json /financial_impact/0/p50/amount = "2785900.01" | quantiles.order | memo.json /financial_impact/0/p90
bounds of bands | partner-activation | risk_synthesis.json /scale/likelihood_upper_bounds/1 = 0.01 | scale.order
losses of the curve | partner-activation | risk_synthesis.json /aggregate/inherent/exceedance/1/loss = 0 | exceedance.order
chances of the curve | partner-activation | risk_synthesis.json /aggregate/inherent/exceedance/1/probability = 1 | exceedance.order
correlated with itself | partner-activation | scenario_set.json /model/correlations/0/a = "cost_per_late" | correlation.pair | scenario_set.json /model/correlations/0
a pair twice | partner-activation | scenario_set.json /model/correlations/1 = {"a": "cost_per_late", "b": "late_share_halden", "spearman": 0.1} | correlation.pair
a chosen variable | partner-activation | scenario_set.json /model/correlations/1/a = "share" | correlation.pair
not positive definite | partner-activation | scenario_set.json /model/correlations = [{"a": "late_share_halden", "b": "cost_per_late", "spearman": 0.9}, {"a": "parcels_per_month", "b": "late_share_halden", "spearman": 0.9}, {"a": "parcels_per_month", "b": "cost_per_late", "spearman": -0.9}] | correlation.definite
deadline before the request | partner-activation | approval_request.json /due_at = "2026-03-09T14:48:00+03:00" | dates.order
expiry before the deadline | partner-activation | approval_request.json /due_at = "2026-03-20T14:48:00+03:00" | dates.order | approval_request.json /expires_at
plan's window | partner-activation | execution_plan.json /not_before = "2026-05-20T14:48:00+03:00" | dates.order | execution_plan.json /not_after
forecast period | partner-activation | forecast-1.json /entries/0/period_start = "2026-04-08T10:00:00+03:00" | dates.order | forecast-1.json /entries/0/period_end
completed before decided | partner-activation | outcome.json /completed_at = "2026-03-01T10:00:00+03:00" | dates.order
)table";

constexpr const char* kPlans = R"table(
cycle | partner-activation | execution_plan.json /steps/0/depends_on = ["notify_depots"] | plan.cycle
step that waits for itself | partner-activation | execution_plan.json /steps/3/depends_on = ["notify_depots"] | plan.cycle
step above the decision | partner-activation | execution_plan.json /steps/2/classes/sensitivity = "S3" | classes.step | execution_plan.json /steps/2/classes
forbidden step | partner-activation | execution_plan.json /steps/2/classes/action = "C" | classes.step | execution_plan.json /steps/2/classes
request below a step | partner-activation | approval_request.json /classes/approval = "A1" | classes.step | execution_plan.json /steps/2/classes
)table";

} // namespace

class TestDocumentRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsEveryDemoDecision_data();
    void acceptsEveryDemoDecision();
    void forgeChangesNothingByItself();
    void identity_data() { testing::addRows(kIdentity); }
    void identity() { run(kIdentity); }
    void references_data() { testing::addRows(kReferences); }
    void references() { run(kReferences); }
    void digests_data() { testing::addRows(kDigests); }
    void digests() { run(kDigests); }
    void metrics_data() { testing::addRows(kMetrics); }
    void metrics() { run(kMetrics); }
    void orders_data() { testing::addRows(kOrders); }
    void orders() { run(kOrders); }
    void plans_data() { testing::addRows(kPlans); }
    void plans() { run(kPlans); }
    void refusesAMissingEarlierRevision();
    void refusesTheSameRevisionTwice();
    void refusesASecondOutcome();
    void refusesASecondDefinitionOfAMetric();
    void refusesANewMeaningOfAMetric();
    void refusesStepsThatShareAKey();
    void refusesTheWorkspaceOfAnotherTenant();
    void refusesASourceOutsideTheFolder();
    void findsASourceByItsDigest();

private:
    void run(const char* cases)
    {
        QFETCH(int, index);
        m_bench.run(testing::ruleCases(cases).at(static_cast<std::size_t>(index)));
    }

    RuleBench m_bench;
};

void TestDocumentRules::acceptsEveryDemoDecision_data()
{
    QTest::addColumn<QByteArray>("folder");
    for (const char* name :
         {"acquisition-term-sheet",
          "data-retention-change",
          "market-launch",
          "partner-activation",
          "price-change",
          "release-promotion"})
        QTest::newRow(name) << QByteArray(name);
}

void TestDocumentRules::acceptsEveryDemoDecision()
{
    QFETCH(QByteArray, folder);
    const data::FolderCheck result =
        data::checkDecision(
            data::readDecisionFolder(testing::demoDecisionFolder(folder.toStdString())),
            m_bench.schemas(),
            data::NothingKnown())
            .value();
    QCOMPARE(RuleBench::lines(result.errors), Lines());
    QVERIFY(result.records.size() > 15);
    QVERIFY(!result.sources.empty());
    QVERIFY(!result.decisionId.empty());
    QVERIFY(!result.tenantId.empty());
}

void TestDocumentRules::forgeChangesNothingByItself()
{
    for (const char* folder : {kPartner, kRetention}) {
        const DecisionForge untouched = m_bench.forge(folder);
        DecisionForge sealed = m_bench.forge(folder);
        sealed.reseal();
        QVERIFY(sealed.documents() == untouched.documents());
        QVERIFY(sealed.sealedPaths().size() > 10);
    }
}

void TestDocumentRules::refusesAMissingEarlierRevision()
{
    DecisionForge forge = m_bench.forge(kRetention);
    forge.removeDocument("history/execution_plan-r1.json");
    const Lines expected{
        "revision.supersedes execution_plan.json /header/revision",
        "reference.unresolved history/approval_request-r1.json /packet/6/revision"};
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), expected);
}

void TestDocumentRules::refusesTheSameRevisionTwice()
{
    DecisionForge forge = m_bench.forge(kPartner);
    forge.document("outcome2.json") = forge.document("outcome.json");
    QCOMPARE(
        RuleBench::lines(m_bench.check(forge).errors),
        Lines{"revision.duplicate outcome2.json /header/revision"});
}

void TestDocumentRules::refusesASecondOutcome()
{
    DecisionForge forge = m_bench.forge(kPartner);
    forge.document("outcome2.json") = forge.document("outcome.json");
    forge.set("outcome2.json", "/header/record_id", "out_00000000000000000000000000");
    QCOMPARE(
        RuleBench::lines(m_bench.check(forge).errors),
        Lines{"decision.single outcome2.json /header/record_id"});
}

void TestDocumentRules::refusesASecondDefinitionOfAMetric()
{
    DecisionForge forge = m_bench.forge(kPartner);
    forge.document("metrics/again.json") = forge.document("metrics/gulf.parcels.json");
    forge.set("metrics/again.json", "/header/record_id", "met_00000000000000000000000000");
    const data::FolderCheck result = m_bench.check(forge);
    QCOMPARE(
        RuleBench::lines(result.errors),
        Lines{"metric.definition metrics/gulf.parcels.json /metric"});
    QCOMPARE(result.errors.front().code, ErrorCode::Conflict);
    // The refusal names the first.
    QVERIFY(
        result.errors.front().detail.find("met_00000000000000000000000000") != std::string::npos);
}

void TestDocumentRules::refusesANewMeaningOfAMetric()
{
    DecisionForge forge = m_bench.forge(kPartner);
    Json revised = forge.document("metrics/gulf.parcels.json");
    revised["header"]["revision"] = 2;
    revised["header"]["supersedes_sha256"] = "";
    revised["name"] = "Parcels in the Gulf";
    forge.document("metrics/revised.json") = revised;
    forge.reseal();
    QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), Lines());
    forge.set("metrics/revised.json", "/grain", "one pallet");
    QCOMPARE(
        RuleBench::lines(m_bench.check(forge).errors),
        Lines{"metric.meaning metrics/revised.json /grain"});
}

void TestDocumentRules::refusesStepsThatShareAKey()
{
    DecisionForge forge = m_bench.forge(kPartner);
    const Json key = forge.document("execution_plan.json").at("steps").at(3).at("idempotency_key");
    forge.set("execution_plan.json", "/steps/0/idempotency_key", key);
    forge.set("receipts/01-create_partner.json", "/intended/idempotency_key", key);
    forge.reseal();
    QCOMPARE(
        RuleBench::lines(m_bench.check(forge).errors),
        Lines{"plan.idempotency_key execution_plan.json /steps/3/idempotency_key"});
}

void TestDocumentRules::refusesTheWorkspaceOfAnotherTenant()
{
    const DecisionForge forge = m_bench.forge(kPartner);
    const data::FolderCheck result = m_bench.check(forge, data::NothingKnown(), "southgate");
    QCOMPARE(result.errors.size(), forge.documents().size());
    for (const Error& error : result.errors)
        QCOMPARE(error.rule, std::string("header.tenant"));
    QVERIFY(m_bench.check(forge, data::NothingKnown(), "northgate").accepted());
}

void TestDocumentRules::refusesASourceOutsideTheFolder()
{
    DecisionForge forge = m_bench.forge(kPartner);
    forge.set("evidence/05-late_now.json", "/sources/0/uri", "../../sources/late-now.csv");
    forge.set("evidence/05-late_now.json", "/sources/0/sha256", std::string(64, 'a'));
    // The path is held to the decision folder, and nothing else has these bytes.
    QVERIFY(
        RuleBench::lines(m_bench.check(forge).errors).front()
        == "reference.unresolved evidence/05-late_now.json /sources/0/uri");
}

void TestDocumentRules::findsASourceByItsDigest()
{
    DecisionForge forge = m_bench.forge(kPartner);
    for (const char* uri :
         {"https://archive.example/late-now.csv",
          "../sources/late%2Dnow.csv",
          "sources/late-now.csv",
          "/srv/late-now.csv"}) {
        forge.set("evidence/05-late_now.json", "/sources/0/uri", uri);
        forge.reseal();
        QCOMPARE(RuleBench::lines(m_bench.check(forge).errors), Lines());
    }
}

QTEST_GUILESS_MAIN(TestDocumentRules)
#include "tst_document_rules.moc"
