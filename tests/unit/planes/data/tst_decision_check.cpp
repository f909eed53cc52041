#include "tests/support/known_decision.h"
#include "tests/support/rule_cases.h"

#include <QTest>

using namespace countersign;
using testing::DecisionForge;
using testing::KnownDecision;
using testing::RuleBench;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kPartner = "partner-activation";
constexpr const char* kRetention = "data-retention-change";

data::FolderContent only(const std::string& path, const Json& document)
{
    data::FolderContent content;
    content.files.push_back({path, document.dump()});
    return content;
}

/// The next revision of a document, unchanged otherwise.
Json revised(Json document)
{
    const std::string before = canonicalDigest(document).value().hex();
    document["header"]["revision"] = document.at("header").at("revision").get<int>() + 1;
    document["header"]["supersedes_sha256"] = before;
    return document;
}

/// A store that cannot be read.
class BrokenStore final : public data::KnownDocuments
{
public:
    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    decisionRecords(const std::string& /*decisionId*/) const override
    {
        return fail(ErrorCode::StorageFailed, "the disk is gone");
    }
    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    recordRevisions(const std::string& /*recordId*/) const override
    {
        return fail(ErrorCode::StorageFailed, "the disk is gone");
    }
    [[nodiscard]] Result<std::vector<data::IncomingRecord>> metricDefinitions(
        const std::string& /*tenantId*/,
        const std::string& /*key*/,
        std::int64_t /*version*/) const override
    {
        return fail(ErrorCode::StorageFailed, "the disk is gone");
    }
    [[nodiscard]] Result<bool> hasSource(const Digest& /*digest*/) const override
    {
        return fail(ErrorCode::StorageFailed, "the disk is gone");
    }
};

} // namespace

/// Documents that come in one by one, checked against what is known.
class TestDecisionCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsTheSameFolderAgain();
    void acceptsANewRevisionOfTheMemoAlone();
    void refusesTheMemoAloneInAnEmptyWorkspace();
    void refusesARevisionThatNamesAnotherOneBefore();
    void refusesARevisionThatLeavesOneOut();
    void refusesAKnownRevisionWithOtherWords();
    void refusesARecordOfAnotherDecision();
    void refusesASecondMemoOfTheDecision();
    void acceptsEvidenceWhoseSourceIsKnown();
    void refusesASecondDefinitionOfAKnownMetric();
    void refusesAUnitThatIsNotTheKnownOne();
    void holdsANewPlanAgainstTheKnownMemo();
    void holdsANewMemoAgainstTheKnownPlan();
    void continuesTheChainOfKnownReceipts();
    void checksEarlierRevisionsWhenTheyAreKnown();
    void endsWithTheErrorOfTheStore();
    void namesTheDecisionAndTheTenant();

private:
    [[nodiscard]] KnownDecision known(const char* folder, const std::string& without = {})
    {
        DecisionForge forge = m_bench.forge(folder);
        if (!without.empty())
            forge.removeDocument(without);
        return KnownDecision(m_bench.check(forge));
    }
    [[nodiscard]] Lines
    findings(const data::FolderContent& content, const data::KnownDocuments& store)
    {
        const data::FolderCheck result =
            data::checkDecision(content, m_bench.schemas(), store).value();
        return RuleBench::lines(result.errors);
    }

    RuleBench m_bench;
};

void TestDecisionCheck::acceptsTheSameFolderAgain()
{
    for (const char* folder : {kPartner, kRetention})
        QCOMPARE(findings(m_bench.forge(folder).content(), known(folder)), Lines());
}

void TestDecisionCheck::acceptsANewRevisionOfTheMemoAlone()
{
    Json memo = revised(m_bench.forge(kPartner).document("memo.json"));
    memo["summary"] = "Shorter.";
    QCOMPARE(findings(only("memo.json", memo), known(kPartner)), Lines());
}

void TestDecisionCheck::refusesTheMemoAloneInAnEmptyWorkspace()
{
    const Json memo = m_bench.forge(kPartner).document("memo.json");
    const Lines lines = findings(only("memo.json", memo), data::NothingKnown());
    QVERIFY(
        std::find(lines.begin(), lines.end(), "reference.unresolved memo.json /scenario_set_id")
        != lines.end());
    // What the missing documents hold is not asked for again.
    for (const std::string& line : lines)
        QVERIFY2(!line.starts_with("reference.local"), line.c_str());
}

void TestDecisionCheck::refusesARevisionThatNamesAnotherOneBefore()
{
    Json memo = revised(m_bench.forge(kPartner).document("memo.json"));
    memo["header"]["supersedes_sha256"] = std::string(64, '1');
    QCOMPARE(
        findings(only("memo.json", memo), known(kPartner)),
        Lines{"revision.supersedes memo.json /header/supersedes_sha256"});
}

void TestDecisionCheck::refusesARevisionThatLeavesOneOut()
{
    const Json memo = revised(revised(m_bench.forge(kPartner).document("memo.json")));
    QCOMPARE(
        findings(only("memo.json", memo), known(kPartner)),
        Lines{"revision.supersedes memo.json /header/revision"});
}

void TestDecisionCheck::refusesAKnownRevisionWithOtherWords()
{
    Json memo = m_bench.forge(kPartner).document("memo.json");
    memo["summary"] = "Quite another summary.";
    const data::FolderCheck result =
        data::checkDecision(only("memo.json", memo), m_bench.schemas(), known(kPartner)).value();
    QCOMPARE(
        RuleBench::lines(result.errors), Lines{"revision.conflict memo.json /header/revision"});
    QCOMPARE(result.errors.front().code, ErrorCode::Conflict);
}

void TestDecisionCheck::refusesARecordOfAnotherDecision()
{
    Json risks = revised(m_bench.forge(kPartner).document("risk_synthesis.json"));
    risks["header"]["decision_id"] = "dec_00000000000000000000000000";
    const Lines lines = findings(only("risk_synthesis.json", risks), known(kPartner));
    QVERIFY(
        std::find(
            lines.begin(), lines.end(), "revision.identity risk_synthesis.json /header/record_id")
        != lines.end());
}

void TestDecisionCheck::refusesASecondMemoOfTheDecision()
{
    Json memo = m_bench.forge(kPartner).document("memo.json");
    memo["header"]["record_id"] = "mem_00000000000000000000000000";
    const Lines lines = findings(only("memo.json", memo), known(kPartner));
    QVERIFY(
        std::find(lines.begin(), lines.end(), "decision.single memo.json /header/record_id")
        != lines.end());
}

void TestDecisionCheck::acceptsEvidenceWhoseSourceIsKnown()
{
    Json item = m_bench.forge(kPartner).document("evidence/05-late_now.json");
    item["header"]["record_id"] = "evi_00000000000000000000000000";
    KnownDecision store = known(kPartner);
    QCOMPARE(findings(only("05.json", item), store), Lines());
    store.forgetSources();
    QCOMPARE(
        findings(only("05.json", item), store),
        Lines{"reference.unresolved 05.json /sources/0/uri"});
}

void TestDecisionCheck::refusesASecondDefinitionOfAKnownMetric()
{
    Json metric = m_bench.forge(kPartner).document("metrics/gulf.parcels.json");
    const std::string first = metric.at("header").at("record_id");
    const KnownDecision store = known(kPartner);
    QCOMPARE(findings(only("m.json", revised(metric)), store), Lines());
    metric["header"]["record_id"] = "met_00000000000000000000000000";
    const data::FolderCheck result =
        data::checkDecision(only("m.json", metric), m_bench.schemas(), store).value();
    QCOMPARE(RuleBench::lines(result.errors), Lines{"metric.definition m.json /metric"});
    QCOMPARE(result.errors.front().code, ErrorCode::Conflict);
    QVERIFY(result.errors.front().detail.find(first) != std::string::npos);
}

void TestDecisionCheck::refusesAUnitThatIsNotTheKnownOne()
{
    Json item = m_bench.forge(kPartner).document("evidence/02-volume.json");
    item["header"]["record_id"] = "evi_00000000000000000000000000";
    item["reading"]["unit"] = "score";
    QCOMPARE(
        findings(only("02.json", item), known(kPartner)),
        Lines{"metric.unit 02.json /reading/unit"});
}

void TestDecisionCheck::holdsANewPlanAgainstTheKnownMemo()
{
    Json plan = revised(m_bench.forge(kPartner).document("execution_plan.json"));
    QCOMPARE(findings(only("plan.json", plan), known(kPartner)), Lines());
    plan["steps"][3]["classes"]["sensitivity"] = "S3";
    QCOMPARE(
        findings(only("plan.json", plan), known(kPartner)),
        Lines{"classes.step plan.json /steps/3/classes"});
}

void TestDecisionCheck::holdsANewMemoAgainstTheKnownPlan()
{
    Json memo = revised(m_bench.forge(kPartner).document("memo.json"));
    memo["classes"]["sensitivity"] = "S1";
    QCOMPARE(
        findings(only("memo.json", memo), known(kPartner)),
        Lines{"classes.step memo.json /classes"});
}

void TestDecisionCheck::continuesTheChainOfKnownReceipts()
{
    const char* last = "receipts/06-notify_depots.json";
    Json receipt = m_bench.forge(kPartner).document(last);
    // The outcome names the last receipt, so it comes with it.
    DecisionForge earlier = m_bench.forge(kPartner);
    earlier.removeDocument("outcome.json");
    earlier.removeDocument(last);
    const KnownDecision store(m_bench.check(earlier));
    QCOMPARE(findings(only("r.json", receipt), store), Lines());

    Json again = receipt;
    again["attempt"] = 2;
    QCOMPARE(findings(only("r.json", again), store), Lines{"receipt.attempt r.json /attempt"});

    // A second one that follows a receipt which has a successor already.
    again = receipt;
    again["header"]["record_id"] = "rcp_00000000000000000000000000";
    QCOMPARE(
        findings(only("r.json", again), known(kPartner)),
        Lines{"receipt.chain r.json /previous_receipt_sha256"});
}

void TestDecisionCheck::checksEarlierRevisionsWhenTheyAreKnown()
{
    DecisionForge forge = m_bench.forge(kRetention);
    const KnownDecision store(m_bench.check(forge));
    forge.removeDocument("history/execution_plan-r1.json");
    forge.removeDocument("history/approval_request-r1.json");
    QCOMPARE(findings(forge.content(), store), Lines());
}

void TestDecisionCheck::endsWithTheErrorOfTheStore()
{
    const Result<data::FolderCheck> result =
        data::checkDecision(m_bench.forge(kPartner).content(), m_bench.schemas(), BrokenStore());
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, ErrorCode::StorageFailed);
}

void TestDecisionCheck::namesTheDecisionAndTheTenant()
{
    DecisionForge forge = m_bench.forge(kPartner);
    const data::FolderCheck whole = m_bench.check(forge);
    QCOMPARE(whole.decisionId, std::string("dec_01KK8PAGC0D9QQBXWHGMEYHK6V"));
    QCOMPARE(whole.tenantId, std::string("northgate"));
    const data::FolderCheck metric =
        data::checkDecision(
            only("m.json", forge.document("metrics/gulf.parcels.json")),
            m_bench.schemas(),
            data::NothingKnown())
            .value();
    QVERIFY(metric.accepted());
    QCOMPARE(metric.decisionId, std::string());
    QCOMPARE(metric.tenantId, std::string("northgate"));
}

QTEST_GUILESS_MAIN(TestDecisionCheck)
#include "tst_decision_check.moc"
