#include "planes/control/access.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"
#include "tests/unit/planes/control/support/json_change.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

constexpr const char* kDemo = "partner-activation";

class TestRequest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buildsOneFromEveryDemoDecision_data();
    void buildsOneFromEveryDemoDecision();
    void refusesWhatCannotBeAsked_data();
    void refusesWhatCannotBeAsked();
    void evidenceIsNeededWhenItIsGoverned();
    void aClaimedQuorumOnlyRaises_data();
    void aClaimedQuorumOnlyRaises();
    void proposersAreBarred();
    void thePlansAuthorIsNotTheProposerOfAnAmendment();
    void everyChangeChangesTheDigest_data();
    void everyChangeChangesTheDigest();
    void refusesOtherDocuments_data();
    void refusesOtherDocuments();

private:
    ControlBench m_bench;
};

void TestRequest::buildsOneFromEveryDemoDecision_data()
{
    QTest::addColumn<QString>("classes");
    QTest::addColumn<int>("needed");
    QTest::addColumn<int>("connectorCount");
    const auto row = [](const char* name, const char* classes, int needed, int connectorCount) {
        QTest::newRow(name) << QString::fromLatin1(classes) << needed << connectorCount;
    };
    row("acquisition-term-sheet", "A3 R3 S3 B", 3, 3);
    row("data-retention-change", "A2 R3 S3 B", 2, 2);
    row("market-launch", "A3 R3 S2 B", 3, 3);
    row("partner-activation", "A2 R1 S2 B", 2, 4);
    row("price-change", "A2 R2 S2 B", 2, 3);
    row("release-promotion", "A1 R1 S1 B", 1, 2);
}

void TestRequest::buildsOneFromEveryDemoDecision()
{
    QFETCH(const QString, classes);
    QFETCH(const int, needed);
    QFETCH(const int, connectorCount);
    const RequestInput input = demoInput(QTest::currentDataTag());
    const ApprovalRequest request = m_bench.request(input);
    QCOMPARE(QString::fromStdString(text(request.classes)), classes);
    QCOMPARE(request.approvalsNeeded, needed);
    QCOMPARE(request.connectors.size(), static_cast<std::size_t>(connectorCount));
    QVERIFY(request.packet == input.packet);
    QVERIFY(std::count(request.packet.begin(), request.packet.end(), request.plan) == 1);
    QCOMPARE(request.exposure.has_value(), input.claim.contains("exposure"));
    QVERIFY(request.policySha256 == m_bench.policy.sha256);
    QVERIFY(request.rosterSha256 == m_bench.roster.sha256);

    // Round trip, through the bytes that are signed.
    const std::string bytes = must(canonicalJson(toJson(request)));
    const ApprovalRequest read = must(parseRequest(must(parseJson(bytes))));
    QCOMPARE(must(canonicalJson(toJson(read))), bytes);
    QVERIFY(requestDigest(read) == requestDigest(request));
    QVERIFY(requestDigest(read) == Digest::of(bytes));
    QCOMPARE(read.amendedBy, request.amendedBy);
    QCOMPARE(read.rolesNeeded, request.rolesNeeded);
    QCOMPARE(read.barred, request.barred);

    std::vector<Digest> digests;
    for (const PacketItem& item : request.packet)
        digests.push_back(item.sha256);
    QVERIFY(packetDigest(request) == digestOfList(digests));
    QCOMPARE(packetDigest(request).hex(), textMember(input.claim, "packet_sha256"));
}

void TestRequest::refusesWhatCannotBeAsked_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("place");
    const auto row = [](const char* name,
                        const char* document,
                        const char* pointer,
                        const char* value,
                        const char* outcome,
                        const char* place) {
        QTest::newRow(name) << QString::fromLatin1(document) << QString::fromLatin1(pointer)
                            << QString::fromLatin1(value) << QString::fromLatin1(outcome)
                            << QString::fromLatin1(place);
    };
    const char* forbidden = "refused class.forbidden";
    row("class C in the claim", "claim", "/classes/action", "\"C\"", forbidden, "/classes/action");
    row("class C in the memo", "memo", "/classes/action", "\"C\"", forbidden, "/classes/action");
    row("class C in a step",
        "plan",
        "/steps/2/classes/action",
        "\"C\"",
        forbidden,
        "/classes/action");
    const char* unknown = "refused plan.connector_unknown";
    row("an unknown connector",
        "plan",
        "/steps/1/call/connector",
        "\"erp\"",
        unknown,
        "/steps/1/call");
    row("an unknown version",
        "plan",
        "/steps/0/call/connector_version",
        "\"9.9\"",
        unknown,
        "/steps/0/call");
    row("an unknown operation",
        "plan",
        "/steps/2/call/operation",
        "\"routes.drop\"",
        unknown,
        "/steps/2/call");
    row("an unknown way back",
        "plan",
        "/steps/0/compensation/call/operation",
        "\"partner.forget\"",
        unknown,
        "/steps/0/compensation/call");
    const char* incomplete = "refused evidence.incomplete";
    row("no evidence pack", "evidence", "", "null", incomplete, "/packet");
    row("evidence that lacks a part",
        "evidence",
        "/completeness/3/status",
        "\"missing\"",
        incomplete,
        "/completeness/3");
    row("a part that does not apply",
        "evidence",
        "/completeness/3/status",
        "\"not_applicable\"",
        "ok",
        "");
    row("due after it expires",
        "claim",
        "/due_at",
        "\"2026-03-20T10:00:00+03:00\"",
        "invalid_input request.dates",
        "/due_at");
    row("due when it expires",
        "claim",
        "/due_at",
        "\"2026-03-19T07:00:00Z\"",
        "invalid_input request.dates",
        "/due_at");
}

void TestRequest::refusesWhatCannotBeAsked()
{
    QFETCH(const QString, document);
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    QFETCH(const QString, place);
    RequestInput input = demoInput(kDemo);
    const std::map<QString, Json*> documents = {
        {QStringLiteral("claim"), &input.claim},
        {QStringLiteral("memo"), &input.memo},
        {QStringLiteral("plan"), &input.plan},
        {QStringLiteral("evidence"), &input.evidencePack}};
    change(*documents.at(document), pointer.toStdString(), value.toStdString());
    const auto built = buildRequest(input, m_bench.policy, m_bench.roster);
    QCOMPARE(outcomeOf(built), outcome);
    if (!built.ok())
        QCOMPARE(QString::fromStdString(built.error().pointer), place);
}

void TestRequest::evidenceIsNeededWhenItIsGoverned()
{
    RequestInput input = demoInput(kDemo);
    input.evidencePack = Json();
    const auto ask = [&](const char* action, const char* reversibility) {
        const Json classes = {
            {"approval", "A1"},
            {"reversibility", reversibility},
            {"sensitivity", "S0"},
            {"action", action}};
        input.claim["classes"] = classes;
        input.memo["classes"] = classes;
        for (Json& step : input.plan["steps"])
            step["classes"] = classes;
        for (OperationFacts& operation : input.operations)
            operation.floor = {
                ApprovalClass::A0, Reversibility::R0, Sensitivity::S0, ActionClass::A};
        return outcomeOf(buildRequest(input, m_bench.policy, m_bench.roster));
    };
    QCOMPARE(ask("A", "R1"), QStringLiteral("ok"));
    QCOMPARE(ask("A", "R2"), QStringLiteral("refused evidence.incomplete"));
    QCOMPARE(ask("B", "R0"), QStringLiteral("refused evidence.incomplete"));
}

void TestRequest::aClaimedQuorumOnlyRaises_data()
{
    QTest::addColumn<QString>("quorum");
    QTest::addColumn<int>("needed");
    QTest::addColumn<QString>("roles");
    const auto row = [](const char* name, const char* quorum, int needed, const char* roles) {
        QTest::newRow(name) << QString::fromLatin1(quorum) << needed << QString::fromLatin1(roles);
    };
    row("none claimed", "", 2, "");
    row("fewer", R"({"approvals_needed":1,"roles_needed":[]})", 2, "");
    row("nought", R"({"approvals_needed":0})", 2, "");
    row("as many", R"({"approvals_needed":2})", 2, "");
    row("more", R"({"approvals_needed":5})", 5, "");
    row("roles",
        R"({"approvals_needed":1,"roles_needed":["finance","legal","finance"]})",
        2,
        "finance,legal");
}

void TestRequest::aClaimedQuorumOnlyRaises()
{
    QFETCH(const QString, quorum);
    QFETCH(const int, needed);
    QFETCH(const QString, roles);
    RequestInput input = demoInput(kDemo);
    change(input.claim, "/quorum", quorum.toStdString());
    const ApprovalRequest request = m_bench.request(input);
    QCOMPARE(request.approvalsNeeded, needed);
    QCOMPARE(request.eachAtLeast, RoleLevel::Manager);
    QCOMPARE(request.oneAtLeast, RoleLevel::Head);
    std::string joined;
    for (const std::string& role : request.rolesNeeded)
        joined += (joined.empty() ? "" : ",") + role;
    QCOMPARE(QString::fromStdString(joined), roles);
}

void TestRequest::proposersAreBarred()
{
    RequestInput input = demoInput(kDemo);
    input.claim["requested_by"]["id"] = "greta.holm";
    input.claim["header"]["created_by"]["id"] = "tomas.lindqvist";
    input.memo["header"]["created_by"]["id"] = "priya.raman";
    input.plan["header"]["created_by"]["id"] = "maha.alqahtani";
    input.claim["quorum"]["barred_actor_ids"] = {"helene.aubert", "greta.holm"};
    const ApprovalRequest request = m_bench.request(input);
    QCOMPARE(
        request.barred,
        (std::vector<std::string>{
            "greta.holm", "tomas.lindqvist", "priya.raman", "maha.alqahtani", "helene.aubert"}));
    for (const Person& person : m_bench.roster.people) {
        const bool barred = std::find(request.barred.begin(), request.barred.end(), person.id)
                            != request.barred.end();
        for (const Act act : {Act::Approve, Act::Reject, Act::ConfirmGate}) {
            const AccessVerdict verdict = whoMay({person, act, &request}, m_bench.policy);
            QCOMPARE(verdict.allowed, !barred);
            QCOMPARE(verdict.rule == "separation.proposer", barred);
        }
    }
}

void TestRequest::thePlansAuthorIsNotTheProposerOfAnAmendment()
{
    RequestInput input = demoInput(kDemo);
    input.plan["header"]["created_by"]["id"] = "priya.raman";
    input.amendedBy = "priya.raman";
    const ApprovalRequest request = m_bench.request(input);
    QCOMPARE(
        std::count(request.barred.begin(), request.barred.end(), std::string("priya.raman")), 0);
    QCOMPARE(request.amendedBy, std::optional<std::string>("priya.raman"));
    QCOMPARE(
        must(parseRequest(toJson(request))).amendedBy, std::optional<std::string>("priya.raman"));
}

void TestRequest::everyChangeChangesTheDigest_data()
{
    QTest::addColumn<QString>("pointer");
    const Json document = toJson(m_bench.request(kDemo)).flatten();
    for (const auto& [pointer, value] : document.items())
        QTest::newRow(pointer.c_str()) << QString::fromStdString(pointer);
}

void TestRequest::everyChangeChangesTheDigest()
{
    QFETCH(const QString, pointer);
    const ApprovalRequest request = m_bench.request(kDemo);
    Json document = toJson(request);
    QVERIFY(parseRequest(document).ok());
    Json& value = document[Json::json_pointer(pointer.toStdString())];
    // Digests and times stay well formed, so that what is read may be a request.
    const auto turned = [](std::string text) {
        for (char& c : text) {
            if (c >= '0' && c <= '8') {
                ++c;
                return text;
            }
        }
        return text + "x";
    };
    if (value.is_string())
        value = turned(value.get<std::string>());
    else if (value.is_number())
        value = value.get<int>() + 1;
    else
        value.push_back("other");
    const auto read = parseRequest(document);
    QVERIFY(!read.ok() || requestDigest(*read) != requestDigest(request));
}

void TestRequest::refusesOtherDocuments_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const char* pointer, const char* value) {
        QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value);
    };
    row("nothing", "", "null");
    row("a list", "", "[]");
    row("another schema", "/schema", "\"approval_request\"");
    row("another version", "/schema_version", "2");
    row("more than it knows", "/bypass", "true");
    row("no title", "/title", "");
    row("no plan", "/plan", "");
    row("a plan with more", "/plan/note", "\"x\"");
    row("a short digest", "/plan/sha256", "\"abc\"");
    row("a digest in capitals", "/policy/sha256", "\"ABCDEF\"");
    row("revision nought", "/revision", "0");
    row("a negative quorum", "/quorum/approvals_needed", "-1");
    row("a quorum as text", "/quorum/approvals_needed", "\"0\"");
    row("a standing of its own", "/quorum/each_at_least", "\"nobody\"");
    row("no time", "/expires_at", "\"soon\"");
    row("barred as text", "/barred", "\"everybody\"");
    row("a packet with a hole", "/packet/1", "null");
    row("a class of its own", "/classes/action", "\"Bx\"");
    row("no class", "/claimed_classes/approval", "");
    row("more of the quorum", "/quorum/or_nobody", "true");
    row("more of a connector", "/connectors/0/note", "\"x\"");
    row("the same time elsewhere", "/due_at", "\"2026-03-15T11:55:12+03:00\"");
    row("money as a number", "/exposure/amount", "2450000");
}

void TestRequest::refusesOtherDocuments()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    Json document = toJson(m_bench.request(kDemo));
    QVERIFY(parseRequest(document).ok());
    change(document, pointer.toStdString(), value.toStdString());
    const auto read = parseRequest(document);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
}

} // namespace

QTEST_GUILESS_MAIN(TestRequest)
#include "tst_request.moc"
