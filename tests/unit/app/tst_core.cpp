#include "planes/control/decision_table.h"
#include "planes/trust/dsse.h"
#include "tests/support/demo_fixture.h"
#include "tests/support/result_text.h"

#include <QTest>

#include <algorithm>
#include <filesystem>

using namespace countersign;
using namespace countersign::app;
using namespace countersign::testing;

namespace fs = std::filesystem;

namespace {

constexpr const char* kDemo = "partner-activation";
constexpr const char* kCounsel = "priya.raman";
constexpr const char* kOperations = "noura.alsubaie";
constexpr const char* kProposer = "omar.hadid";

class FakeClock final : public Clock
{
public:
    explicit FakeClock(Instant now)
        : value(now)
    {}
    [[nodiscard]] Instant now() const override { return value; }

    Instant value;
};

/// One demo workspace without its business systems; each test has a decision of its own.
class TestCore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { must(m_fixture.make()); }
    void init();
    void cleanup() { m_core.reset(); }

    void theSameDeliveryAgainChangesNothing();
    void aChangedRevisionIsRefused();
    void aHigherRevisionVoidsSignatures_data();
    void aHigherRevisionVoidsSignatures();
    void anOldDigestOnScreenIsRefused();
    void keysOfStrangersAreRefused();
    void anEditOpensARequestThatAllSignAnew();
    void anEditIsCheckedBeforeItIsSigned_data();
    void anEditIsCheckedBeforeItIsSigned();
    void anEditWaitsForItsSignatureOnlySoLong();
    void anEditThatWasOvertakenIsRefused();
    void closedRequestsAreNotEdited_data();
    void closedRequestsAreNotEdited();
    void anEditorMaySignLaterRevisions();
    void aSecondCoreSeesTheFirstsCommits();
    void oneCoreRunsTheEngine();
    void turnsRecordExpiries();
    void aForeignLogKeyIsRefused();

private:
    [[nodiscard]] std::unique_ptr<Core> open(bool engine = false) const
    {
        CoreOptions options;
        options.engine = engine;
        options.clock = m_clock;
        return must(Core::open(m_fixture.folder(), options));
    }
    /// Hands in documents as a folder of their own.
    DeliveryReport deliver(const std::map<std::string, std::string>& files)
    {
        const fs::path folder =
            m_fixture.folder().root() / "deliveries" / std::to_string(++m_deliveries);
        must(writeFolder(folder, files));
        return must(m_core->ingest(folder.string()));
    }
    DeliveryReport deliver(const char* path, const Json& document)
    {
        return deliver({{path, document.dump(2)}});
    }
    /// The next revision of a document of the draft.
    [[nodiscard]] Json nextRevision(const char* path, int revision, const Json& before) const
    {
        Json document = m_draft.documents.at(path);
        document["header"]["revision"] = revision;
        document["header"]["supersedes_sha256"] = must(canonicalDigest(before)).hex();
        document["title"] = "Revision " + std::to_string(revision);
        return document;
    }
    [[nodiscard]] std::uint64_t ledgerSize()
    {
        const auto reader = m_core->store().openReader();
        return must(reader->head()).size;
    }
    [[nodiscard]] std::vector<std::string> eventTypes(std::uint64_t from)
    {
        const auto reader = m_core->store().openReader();
        std::vector<std::string> types;
        for (std::uint64_t i = from; i < ledgerSize(); ++i)
            types.push_back(must(reader->entry(i)).type);
        return types;
    }
    [[nodiscard]] control::RequestRecord latest()
    {
        const auto reader = m_core->store().openReader();
        return *must(control::loadDecisionAuthority(
                         *reader, m_core->foundation(), m_draft.decisionId()))
                    .latest();
    }
    [[nodiscard]] control::QuorumState quorum()
    {
        const control::RequestRecord record = latest();
        return control::countQuorum(
            record.request,
            m_core->foundation().policy(),
            m_core->foundation().roster(),
            record.answers,
            m_clock->value);
    }
    [[nodiscard]] AnswerWish
    wishOf(const char* person, control::AnswerKind kind = control::AnswerKind::Approve)
    {
        if (m_keyIds.count(person) == 0)
            m_keyIds[person] = m_fixture.key(person).publicKey().keyId();
        AnswerWish wish;
        wish.decisionId = m_draft.decisionId();
        wish.kind = kind;
        wish.keyId = m_keyIds.at(person);
        return wish;
    }
    [[nodiscard]] AnswerWish
    editOf(const char* person, const std::string& pointer, const Json& value)
    {
        AnswerWish wish = wishOf(person, control::AnswerKind::Edit);
        const Digest plan = latest().request.plan.sha256;
        data::Database& database = m_core->store().database();
        wish.editedPlan = must(
            decision::documentContent(database, must(decision::storedDocument(database, plan))));
        (*wish.editedPlan)[Json::json_pointer(pointer)] = value;
        return wish;
    }
    [[nodiscard]] trust::Envelope sign(const char* person, const std::string& payload) const
    {
        return must(trust::signEnvelope(payload, trust::kInTotoPayloadType, m_fixture.key(person)));
    }
    Result<control::AnswerOutcome> submitEdit(const char* person, const PreparedAnswer& prepared)
    {
        return m_core->submitAnswer(m_draft.decisionId(), sign(person, prepared.payload), prepared);
    }
    Result<control::AnswerOutcome> approve(const char* person)
    {
        return m_fixture.approve(*m_core, m_draft.decisionId(), person);
    }

    DemoFixture m_fixture;
    SystemEntropy m_entropy;
    std::shared_ptr<FakeClock> m_clock;
    std::unique_ptr<Core> m_core;
    DraftDecision m_draft;
    std::optional<control::ApprovalRequest> m_request;
    std::map<std::string, std::string> m_keyIds;
    int m_deliveries = 0;
};

void TestCore::init()
{
    const bool first = m_deliveries == 0;
    const Instant now = SystemClock().now();
    m_clock = std::make_shared<FakeClock>(now);
    m_core = open();
    m_draft = DraftDecision::load(kDemo, now);
    // The first one brings the definitions of the metrics, which belong to the tenant.
    if (first)
        static_cast<void>(deliver(m_draft.seal()));
    m_draft.rename(m_entropy, now);
    const DeliveryReport report = deliver(m_draft.seal());
    for (const Error& error : report.errors)
        qWarning("%s", error.describe().c_str());
    QVERIFY(report.accepted() && !report.refusal && report.request);
    m_request = report.request;
}

void TestCore::theSameDeliveryAgainChangesNothing()
{
    const std::uint64_t size = ledgerSize();
    const DeliveryReport again = deliver(m_draft.seal());
    QVERIFY(again.accepted());
    QVERIFY(again.unchanged);
    QVERIFY(!again.request);
    QVERIFY(again.added.empty());
    QCOMPARE(ledgerSize(), size);
    QCOMPARE(again.decisionId, m_draft.decisionId());
}

void TestCore::aChangedRevisionIsRefused()
{
    const std::uint64_t size = ledgerSize();
    Json memo = m_draft.documents["memo.json"];
    memo["title"] = "Something else under the same number";
    const DeliveryReport report = deliver("memo.json", memo);
    QVERIFY(!report.accepted());
    QVERIFY(std::any_of(report.errors.begin(), report.errors.end(), [](const Error& error) {
        return error.rule.rfind("revision.", 0) == 0;
    }));
    QCOMPARE(eventTypes(size), std::vector<std::string>{std::string(decision::kDeliveryRefused)});
    QVERIFY(latest().sha256 == control::requestDigest(*m_request));
}

void TestCore::aHigherRevisionVoidsSignatures_data()
{
    QTest::addColumn<QString>("document");
    QTest::newRow("of the memo") << QStringLiteral("memo.json");
    QTest::newRow("of the request itself") << QStringLiteral("approval_request.json");
}

void TestCore::aHigherRevisionVoidsSignatures()
{
    QFETCH(const QString, document);
    const std::string path = document.toStdString();
    QCOMPARE(must(approve(kCounsel)).quorum.approvals.size(), std::size_t{1});
    const PreparedAnswer late = must(m_core->prepareAnswer(wishOf(kOperations)));
    m_clock->value = m_clock->value + Duration(std::chrono::minutes(1));
    const DeliveryReport report =
        deliver(path.c_str(), nextRevision(path.c_str(), 2, m_draft.documents[path]));
    for (const Error& error : report.errors)
        qWarning("%s", error.describe().c_str());
    QVERIFY(report.request);
    QCOMPARE(report.request->revision, 2);
    QCOMPARE(report.request->requestId, m_request->requestId);
    QVERIFY(quorum().approvals.empty());
    QVERIFY(quorum().status == control::RequestStatus::Open);
    const auto row = must(control::decisionRow(m_core->store().database(), m_draft.decisionId()));
    QCOMPARE(row.approvalsHave, 0);
    QCOMPARE(
        outcomeOf(m_core->submitAnswer(m_draft.decisionId(), sign(kOperations, late.payload))),
        QStringLiteral("conflict answer.request"));
    QVERIFY(!must(approve(kOperations)).alreadyRecorded);
    QVERIFY(must(approve(kCounsel)).quorum.status == control::RequestStatus::Authorized);
}

void TestCore::anOldDigestOnScreenIsRefused()
{
    AnswerWish wish = wishOf(kCounsel);
    wish.shownRequest = control::requestDigest(*m_request);
    QVERIFY(m_core->prepareAnswer(wish).ok());
    static_cast<void>(
        deliver("memo.json", nextRevision("memo.json", 2, m_draft.documents["memo.json"])));
    QCOMPARE(outcomeOf(m_core->prepareAnswer(wish)), QStringLiteral("conflict answer.request"));
    wish.shownRequest = latest().sha256;
    QVERIFY(m_core->prepareAnswer(wish).ok());
}

void TestCore::keysOfStrangersAreRefused()
{
    AnswerWish wish = wishOf(kCounsel);
    wish.keyId = Digest::of("nobody").hex();
    QCOMPARE(outcomeOf(m_core->prepareAnswer(wish)), QStringLiteral("unauthorized answer.key"));
    wish = wishOf(kCounsel);
    wish.decisionId = DecisionId::make(m_clock->value, m_entropy).text();
    QCOMPARE(outcomeOf(m_core->prepareAnswer(wish)), QStringLiteral("not_found request.absent"));
    QCOMPARE(outcomeOf(approve(kProposer)), QStringLiteral("unauthorized separation.proposer"));
    // One person's words under another's key.
    const PreparedAnswer prepared = must(m_core->prepareAnswer(wishOf(kCounsel)));
    QCOMPARE(
        outcomeOf(m_core->submitAnswer(m_draft.decisionId(), sign(kOperations, prepared.payload))),
        QStringLiteral("unauthorized answer.person"));
}

void TestCore::anEditOpensARequestThatAllSignAnew()
{
    must(approve(kOperations));
    const PreparedAnswer prepared =
        must(m_core->prepareAnswer(editOf(kCounsel, "/steps/0/title", "Create the partner anew")));
    QCOMPARE(prepared.request.revision, 2);
    QCOMPARE(prepared.request.amendedBy, std::optional<std::string>(kCounsel));
    QVERIFY(!prepared.completesQuorum);
    QVERIFY(prepared.draft.previous.empty());
    // Nothing has happened yet.
    QCOMPARE(latest().request.revision, 1);

    const std::uint64_t size = ledgerSize();
    const control::AnswerOutcome outcome = must(submitEdit(kCounsel, prepared));
    QCOMPARE(
        eventTypes(size),
        (std::vector<std::string>{
            std::string(decision::kDocumentsAccepted),
            std::string(control::kRequestOpened),
            std::string(control::kApprovalPredicate),
            std::string(control::kAnswerRecorded)}));
    QCOMPARE(outcome.quorum.approvals.size(), std::size_t{1});
    QCOMPARE(outcome.quorum.approvals.front().answer.personId, std::string(kCounsel));
    const control::RequestRecord record = latest();
    QCOMPARE(record.request.revision, 2);
    QCOMPARE(record.request.amendedBy, std::optional<std::string>(kCounsel));
    QVERIFY(record.sha256 == prepared.requestSha256);
    QCOMPARE(record.request.plan.revision, 2);
    QVERIFY(record.request.plan.sha256 == must(canonicalDigest(*prepared.amendedPlan)));
    QVERIFY(record.request.packet != m_request->packet);
    // The earlier signature was for another plan.
    QCOMPARE(record.answers.size(), std::size_t{1});
    QCOMPARE(quorum().approvalsMissing, 1);
    const control::AnswerOutcome anew = must(approve(kOperations));
    QVERIFY(anew.quorum.status == control::RequestStatus::Authorized);
    // And the same edit cannot be submitted again.
    QVERIFY(!submitEdit(kCounsel, prepared).ok());
}

void TestCore::anEditIsCheckedBeforeItIsSigned_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    const auto row =
        [](const char* name, const char* pointer, const char* value, const char* outcome) {
            QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value)
                                << QString::fromLatin1(outcome);
        };
    row("a title", "/title", "\"Another\"", "ok");
    row("nothing changed", "/on_failure", "", "refused amendment.unchanged");
    row("another system", "/steps/0/call/connector", "\"billing\"", "refused amendment.structure");
    row("another gate", "/steps/2/human_gate", "false", "refused amendment.structure");
    row("no plan", "", "[]", "invalid_input plan.form");
    row("a payload the system would not take",
        "/steps/0/call/payload",
        "{}",
        "invalid_input required");
}

void TestCore::anEditIsCheckedBeforeItIsSigned()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    const std::uint64_t size = ledgerSize();
    AnswerWish wish =
        value.isEmpty()
            ? editOf(
                kCounsel,
                pointer.toStdString(),
                m_draft.documents["execution_plan.json"][Json::json_pointer(pointer.toStdString())])
            : editOf(kCounsel, pointer.toStdString(), must(parseJson(value.toStdString())));
    const auto prepared = m_core->prepareAnswer(wish);
    QCOMPARE(outcomeOf(prepared), outcome);
    if (outcome == QLatin1String("invalid_input required"))
        QVERIFY(prepared.error().pointer.rfind("/steps/0/call/payload", 0) == 0);
    wish.editedPlan.reset();
    QCOMPARE(
        outcomeOf(m_core->prepareAnswer(wish)), QStringLiteral("invalid_input amendment.plan"));
    QCOMPARE(ledgerSize(), size);
}

void TestCore::anEditWaitsForItsSignatureOnlySoLong()
{
    const PreparedAnswer prepared =
        must(m_core->prepareAnswer(editOf(kCounsel, "/title", "Another")));
    const Instant then = m_clock->value;
    const std::uint64_t size = ledgerSize();
    m_clock->value = then + Duration(std::chrono::minutes(31));
    QCOMPARE(outcomeOf(submitEdit(kCounsel, prepared)), QStringLiteral("expired amendment.age"));
    m_clock->value = then - Duration(std::chrono::minutes(1));
    QCOMPARE(outcomeOf(submitEdit(kCounsel, prepared)), QStringLiteral("expired amendment.age"));
    QCOMPARE(ledgerSize(), size);
    m_clock->value = then + Duration(std::chrono::minutes(29));
    QVERIFY(submitEdit(kCounsel, prepared).ok());
}

void TestCore::anEditThatWasOvertakenIsRefused()
{
    const PreparedAnswer prepared =
        must(m_core->prepareAnswer(editOf(kCounsel, "/title", "Another")));
    // Somebody else's signature under what was prepared.
    const std::uint64_t size = ledgerSize();
    QCOMPARE(
        outcomeOf(submitEdit(kOperations, prepared)), QStringLiteral("unauthorized answer.person"));
    // What was prepared, changed on the way.
    PreparedAnswer changed = prepared;
    (*changed.amendedPlan)["title"] = "A third";
    QVERIFY(!submitEdit(kCounsel, changed).ok());
    QCOMPARE(ledgerSize(), size);
    static_cast<void>(
        deliver("memo.json", nextRevision("memo.json", 2, m_draft.documents["memo.json"])));
    QCOMPARE(outcomeOf(submitEdit(kCounsel, prepared)), QStringLiteral("conflict answer.request"));
    QCOMPARE(latest().request.revision, 2);
}

void TestCore::closedRequestsAreNotEdited_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("authorized") << QStringLiteral("yes")
                                << QStringLiteral("refused request.closed");
    QTest::newRow("rejected") << QStringLiteral("no") << QStringLiteral("refused request.closed");
    QTest::newRow("expired") << QStringLiteral("late") << QStringLiteral("expired request.expired");
}

void TestCore::closedRequestsAreNotEdited()
{
    QFETCH(const QString, end);
    QFETCH(const QString, outcome);
    const PreparedAnswer prepared =
        must(m_core->prepareAnswer(editOf(kCounsel, "/title", "Another")));
    if (end == QLatin1String("yes")) {
        must(approve(kCounsel));
        must(approve(kOperations));
    } else if (end == QLatin1String("no")) {
        AnswerWish wish = wishOf(kOperations, control::AnswerKind::Reject);
        wish.reason = "No.";
        const PreparedAnswer no = must(m_core->prepareAnswer(wish));
        must(m_core->submitAnswer(m_draft.decisionId(), sign(kOperations, no.payload)));
    } else {
        m_clock->value = m_request->expiresAt + Duration(1);
    }
    QCOMPARE(outcomeOf(m_core->prepareAnswer(editOf(kCounsel, "/title", "A third"))), outcome);
    QCOMPARE(outcomeOf(submitEdit(kCounsel, prepared)), outcome);
    QCOMPARE(latest().request.revision, 1);
}

/// Who amended a plan has not become its proposer when other papers change later.
void TestCore::anEditorMaySignLaterRevisions()
{
    must(submitEdit(kCounsel, must(m_core->prepareAnswer(editOf(kCounsel, "/title", "Another")))));
    const DeliveryReport report =
        deliver("memo.json", nextRevision("memo.json", 2, m_draft.documents["memo.json"]));
    QVERIFY(report.request);
    QCOMPARE(report.request->revision, 3);
    QCOMPARE(report.request->plan.revision, 2);
    QCOMPARE(report.request->amendedBy, std::optional<std::string>(kCounsel));
    QVERIFY(must(approve(kCounsel)).quorum.status == control::RequestStatus::Open);
    QVERIFY(must(approve(kOperations)).quorum.status == control::RequestStatus::Authorized);
    QVERIFY(!approve(kProposer).ok());
}

void TestCore::aSecondCoreSeesTheFirstsCommits()
{
    const std::unique_ptr<Core> second = open();
    must(m_fixture.approve(*second, m_draft.decisionId(), kCounsel));
    QCOMPARE(quorum().approvals.size(), std::size_t{1});
    const DeliveryReport report =
        deliver("memo.json", nextRevision("memo.json", 2, m_draft.documents["memo.json"]));
    QVERIFY(report.request);
    must(m_fixture.approve(*second, m_draft.decisionId(), kCounsel));
    must(approve(kOperations));
    AnswerWish wish = wishOf(kCounsel);
    wish.shownRequest = control::requestDigest(*m_request);
    QCOMPARE(outcomeOf(second->prepareAnswer(wish)), QStringLiteral("conflict answer.request"));
    QVERIFY(quorum().status == control::RequestStatus::Authorized);
}

void TestCore::oneCoreRunsTheEngine()
{
    QVERIFY(!m_core->runsEngine());
    CoreOptions options;
    options.engine = true;
    options.clock = m_clock;
    {
        const std::unique_ptr<Core> engine = open(true);
        QVERIFY(engine->runsEngine());
        QCOMPARE(
            outcomeOf(Core::open(m_fixture.folder(), options)),
            QStringLiteral("conflict engine.elsewhere"));
        QVERIFY(m_fixture.open().ok());
    }
    QVERIFY(Core::open(m_fixture.folder(), options).ok());
}

void TestCore::turnsRecordExpiries()
{
    must(approve(kCounsel));
    const CoreTurn before = m_core->turn();
    QVERIFY(before.troubles.empty());
    QVERIFY(before.nextWake && *before.nextWake > m_clock->value);
    const auto status = [&] {
        return must(control::decisionRow(m_core->store().database(), m_draft.decisionId())).status;
    };
    QCOMPARE(status(), std::string("open"));
    m_clock->value = m_request->expiresAt + Duration(1);
    const std::uint64_t size = ledgerSize();
    QVERIFY(m_core->turn().troubles.empty());
    QCOMPARE(status(), std::string("expired"));
    // All that were open have ended, each by one entry.
    const std::vector<std::string> types = eventTypes(size);
    QVERIFY(!types.empty());
    for (const std::string& type : types)
        QCOMPARE(type, std::string(control::kDecisionExpired));
    QVERIFY(m_core->turn().troubles.empty());
    QCOMPARE(ledgerSize(), size + types.size());
    QCOMPARE(outcomeOf(approve(kOperations)), QStringLiteral("expired request.expired"));
}

void TestCore::aForeignLogKeyIsRefused()
{
    DemoFixture other;
    must(other.make());
    fs::remove(other.folder().logKey());
    static_cast<void>(must(other.folder().createLogKey("example.com/another")));
    QCOMPARE(outcomeOf(other.open()), QStringLiteral("corrupt workspace.log_key"));

    DemoFixture third;
    must(third.make());
    WorkspaceSettings changed = must(third.folder().readSettings());
    changed.anchor = Digest::of("another genesis");
    must(third.folder().writeSettings(changed));
    QCOMPARE(outcomeOf(third.open()), QStringLiteral("corrupt genesis.anchor"));
}

} // namespace

QTEST_GUILESS_MAIN(TestCore)
#include "tst_core.moc"
