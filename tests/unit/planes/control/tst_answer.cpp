#include "models/encoding.h"
#include "planes/trust/statement.h"
#include "tests/support/result_text.h"
#include "tests/unit/planes/control/support/control_bench.h"
#include "tests/unit/planes/control/support/json_change.h"

#include <QTest>

using namespace countersign;
using namespace countersign::control;
using namespace countersign::testing;

namespace {

constexpr const char* kDemo = "partner-activation";
constexpr const char* kSigner = "priya.raman";

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

class TestAnswer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_request = m_bench.request(kDemo); }

    void acceptsEveryKind_data();
    void acceptsEveryKind();
    void refusesAChangedStatement_data();
    void refusesAChangedStatement();
    void refusesAnotherSpelling();
    void takesTheKeyIdAsAHintOnly();
    void refusesAnotherSigner_data();
    void refusesAnotherSigner();
    void respectsTheWindow_data();
    void respectsTheWindow();
    void refusesAnotherRequest_data();
    void refusesAnotherRequest();
    void refusesOtherVersionsOfPolicyAndRoster();
    void anEditIsTheEditorsOnly();
    void refusesEveryBitFlip();
    void sameStatementsAreKnownAgain();
    void acceptsEveryOrder_data();
    void acceptsEveryOrder();
    void refusesAChangedOrder_data();
    void refusesAChangedOrder();
    void ordersAndAnswersAreApart();

private:
    [[nodiscard]] const ApprovalRequest& request() const { return *m_request; }
    [[nodiscard]] trust::Envelope
    changedAndSigned(const std::string& payload, const QString& pointer, const QString& value) const
    {
        Json statement = must(parseJson(payload));
        change(statement, pointer.toStdString(), value.toStdString());
        return ControlBench::signedBy(kSigner, must(canonicalJson(statement)));
    }
    [[nodiscard]] Result<VerifiedOrder> verifyOrder(const trust::Envelope& envelope) const
    {
        return verifyRunOrder(
            envelope, request(), m_bench.policy, m_bench.roster, ControlBench::received(request()));
    }

    ControlBench m_bench;
    std::optional<ApprovalRequest> m_request;
};

void TestAnswer::acceptsEveryKind_data()
{
    QTest::addColumn<int>("kind");
    for (const AnswerKind kind :
         {AnswerKind::Approve, AnswerKind::Reject, AnswerKind::Respond, AnswerKind::Defer})
        QTest::newRow(std::string(text(kind)).c_str()) << static_cast<int>(kind);
}

void TestAnswer::acceptsEveryKind()
{
    QFETCH(const int, kind);
    AnswerDraft draft = m_bench.draft(request(), kSigner, static_cast<AnswerKind>(kind));
    draft.statedConfidence = 0.8125;
    draft.previous = {Digest::of("one"), Digest::of("two")};
    const trust::Envelope envelope =
        ControlBench::signedBy(kSigner, answerStatement(request(), draft));
    const VerifiedAnswer verified = must(m_bench.verify(envelope, request()));
    QCOMPARE(verified.answer.kind, draft.kind);
    QCOMPARE(verified.answer.reason, draft.reason);
    QCOMPARE(verified.answer.statedConfidence, draft.statedConfidence);
    QVERIFY(verified.answer.previous == draft.previous);
    QVERIFY(verified.answer.deferUntil == draft.deferUntil);
    QVERIFY(verified.answer.issuedAt == draft.issuedAt);
    QCOMPARE(verified.personId, std::string(kSigner));
    QCOMPARE(verified.keyId, keyFor(kSigner).publicKey().keyId());
    QVERIFY(verified.envelopeDigest == envelopeDigest(envelope));
    QCOMPARE(must(parseAnswerKind(text(draft.kind))), draft.kind);
}

void TestAnswer::refusesAChangedStatement_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    const auto row =
        [](const char* name, const char* pointer, const char* value, const char* outcome) {
            QTest::newRow(name) << words(pointer) << words(value) << words(outcome);
        };
    const char* form = "invalid_input answer.form";
    const char* other = "conflict answer.request";
    const char* digest = "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"";
    row("the reason, which is the signer's", "/predicate/reason", "\"Good.\"", "ok");
    row("the type",
        "/_type",
        "\"https://in-toto.io/Statement/v0.1\"",
        "invalid_input statement.type");
    row("more beside it", "/note", "\"x\"", form);
    row("the request's digest", "/subject/0/digest/sha256", digest, other);
    row("a document's digest", "/subject/3/digest/sha256", digest, other);
    row("a document less", "/subject/7", "", other);
    row("a document more",
        "/subject/8",
        R"({"name":"x","digest":{"sha256":)"
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaa\"}}",
        other);
    row("no documents", "/subject", "[]", "invalid_input statement.form");
    row("a document's name", "/subject/1/name", "\"memo mem_x\"", form);
    row("another digest beside", "/subject/1/digest/sha512", "\"00\"", form);
    row("another predicate", "/predicateType", "\"https://countersign.example/approval/v2\"", form);
    row("an order's predicate",
        "/predicateType",
        "\"https://countersign.example/run-order/v1\"",
        form);
    row("decision against answer", "/predicate/decision", "\"deny\"", form);
    row("no decision", "/predicate/decision", "", form);
    row("answer against decision", "/predicate/answer", "\"reject\"", form);
    row("an edit of nothing", "/predicate/answer", "\"edit\"", "refused answer.edit");
    row("no such answer", "/predicate/answer", "\"maybe\"", "invalid_input answer.kind");
    row("no answer", "/predicate/answer", "", "invalid_input answer.kind");
    row("the request's id", "/predicate/request/id", "\"apr_x\"", form);
    row("the request's revision", "/predicate/request/revision", "2", form);
    row("a revision as text", "/predicate/request/revision", "\"1\"", form);
    row("the request's digest below", "/predicate/request/digest/sha256", digest, form);
    row("the policy", "/predicate/policy/digest/sha256", digest, form);
    row("the policy's name", "/predicate/policy/uri", "\"countersign:other\"", form);
    row("the roster", "/predicate/roster/digest/sha256", digest, form);
    row("no roster", "/predicate/roster", "", form);
    row("fewer approvals", "/predicate/requiredApprovals", "1", form);
    row("another approver",
        "/predicate/approver/id",
        "\"greta.holm\"",
        "unauthorized answer.person");
    row("no approver", "/predicate/approver", "", "unauthorized answer.person");
    row("an approver as text",
        "/predicate/approver",
        "\"priya.raman\"",
        "unauthorized answer.person");
    row("another key", "/predicate/approver/keyid", digest, "unauthorized answer.person");
    row("more of the approver", "/predicate/approver/role", "\"boss\"", form);
    row("no reason member", "/predicate/reason", "", form);
    row("a reason as a number", "/predicate/reason", "5", form);
    row("another digest shown", "/predicate/shownDigest", digest, form);
    row("a short nonce", "/predicate/nonce", "\"00ff\"", "invalid_input answer.nonce");
    row("a nonce in capitals",
        "/predicate/nonce",
        "\"ABCDEFABCDEFABCDEFABCDEFABCDEFAB\"",
        "invalid_input answer.nonce");
    row("no nonce", "/predicate/nonce", "", "invalid_input answer.nonce");
    row("the same time elsewhere", "/predicate/issuedAt", "\"2026-03-09T15:48:00+03:00\"", form);
    row("another end", "/predicate/notAfter", "\"2027-01-01T00:00:00Z\"", form);
    row("no end", "/predicate/notAfter", "", form);
    row("previous as text", "/predicate/previous", "\"x\"", "invalid_input");
    row("previous of numbers", "/predicate/previous", "[1]", form);
    row("previous of no digests", "/predicate/previous", "[\"x\"]", "invalid_input");
    row("no previous", "/predicate/previous", "", form);
    row("previous as null", "/predicate/previous", "null", form);
    row("put off and approved",
        "/predicate/deferUntil",
        "\"2026-03-10T00:00:00Z\"",
        "invalid_input answer.defer_until");
    row("confidence beyond one", "/predicate/statedConfidence", "1.5", form);
    row("confidence below nought", "/predicate/statedConfidence", "-0.1", form);
    row("confidence as text", "/predicate/statedConfidence", "\"0.5\"", form);
    row("confidence as null", "/predicate/statedConfidence", "null", form);
    row("more in the predicate", "/predicate/unless", "\"it rains\"", form);
    row("no predicate", "/predicate", "[]", "invalid_input statement.form");
}

void TestAnswer::refusesAChangedStatement()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    const std::string payload = answerStatement(request(), m_bench.draft(request(), kSigner));
    const auto verified = m_bench.verify(changedAndSigned(payload, pointer, value), request());
    if (outcome == QLatin1String("invalid_input")) {
        QVERIFY(!verified.ok());
        QCOMPARE(verified.error().code, ErrorCode::InvalidInput);
    } else {
        QCOMPARE(outcomeOf(verified), outcome);
    }
}

void TestAnswer::refusesAnotherSpelling()
{
    const std::string payload = answerStatement(request(), m_bench.draft(request(), kSigner));
    QVERIFY(m_bench.verify(ControlBench::signedBy(kSigner, payload), request()).ok());
    const Json statement = must(parseJson(payload));
    for (const std::string& spelled : {statement.dump(2), payload + "\n", " " + payload})
        QCOMPARE(
            outcomeOf(m_bench.verify(ControlBench::signedBy(kSigner, spelled), request())),
            words("invalid_input answer.form"));
    std::string twice = payload;
    twice.insert(1, "\"_type\":\"x\",");
    QCOMPARE(
        outcomeOf(m_bench.verify(ControlBench::signedBy(kSigner, twice), request())),
        words("invalid_input json.duplicate_key"));
    AnswerDraft wordy = m_bench.draft(request(), kSigner);
    wordy.reason = std::string(8000, 'w');
    QVERIFY(
        m_bench
            .verify(ControlBench::signedBy(kSigner, answerStatement(request(), wordy)), request())
            .ok());
    wordy.reason += "w";
    QCOMPARE(
        outcomeOf(m_bench.verify(
            ControlBench::signedBy(kSigner, answerStatement(request(), wordy)), request())),
        words("limit_exceeded answer.reason"));
    for (const AnswerKind kind : {AnswerKind::Reject, AnswerKind::Respond}) {
        AnswerDraft wordless = m_bench.draft(request(), kSigner, kind);
        wordless.reason.clear();
        QCOMPARE(
            outcomeOf(m_bench.verify(
                ControlBench::signedBy(kSigner, answerStatement(request(), wordless)), request())),
            words("invalid_input answer.reason"));
    }
}

void TestAnswer::takesTheKeyIdAsAHintOnly()
{
    trust::Envelope envelope = m_bench.signedAnswer(request(), kSigner);
    envelope.signatures.front().keyId.clear();
    const VerifiedAnswer verified = must(m_bench.verify(envelope, request()));
    QCOMPARE(verified.keyId, keyFor(kSigner).publicKey().keyId());
    envelope.signatures.front().keyId = keyFor("greta.holm").publicKey().keyId();
    QCOMPARE(
        outcomeOf(m_bench.verify(envelope, request())),
        words("signature_invalid answer.signature"));
    envelope.signatures.front().keyId = keyFor("stranger").publicKey().keyId();
    QCOMPARE(outcomeOf(m_bench.verify(envelope, request())), words("unauthorized answer.key"));
}

void TestAnswer::refusesAnotherSigner_data()
{
    QTest::addColumn<QString>("signer");
    QTest::addColumn<QString>("named");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, const char* signer, const char* named, const char* out) {
        QTest::newRow(name) << words(signer) << words(named) << words(out);
    };
    row("somebody else's key", "greta.holm", kSigner, "unauthorized answer.person");
    row("a key of nobody", "stranger", kSigner, "unauthorized answer.key");
    row("an agent", "advisor.strategy", "advisor.strategy", "unauthorized answer.key");
    row("the proposer", "omar.hadid", "omar.hadid", "unauthorized separation.proposer");
    row("a manager, which is enough", "kwame.boateng", "kwame.boateng", "ok");
}

void TestAnswer::refusesAnotherSigner()
{
    QFETCH(const QString, signer);
    QFETCH(const QString, named);
    QFETCH(const QString, outcome);
    const std::string payload =
        answerStatement(request(), m_bench.draft(request(), named.toStdString()));
    trust::Envelope envelope = ControlBench::signedBy(signer.toStdString(), payload);
    QCOMPARE(outcomeOf(m_bench.verify(envelope, request())), outcome);
    must(trust::addSignature(envelope, keyFor(kSigner)));
    QCOMPARE(outcomeOf(m_bench.verify(envelope, request())), words("invalid_input answer.form"));
    envelope.signatures.clear();
    QCOMPARE(outcomeOf(m_bench.verify(envelope, request())), words("invalid_input answer.form"));
}

void TestAnswer::respectsTheWindow_data()
{
    using std::chrono::minutes;
    QTest::addColumn<qint64>("issued");
    QTest::addColumn<qint64>("received");
    QTest::addColumn<QString>("outcome");
    const auto row =
        [](const char* name, std::int64_t issued, std::int64_t received, const char* outcome) {
            QTest::newRow(name) << qint64{issued} << qint64{received} << words(outcome);
        };
    // Seconds after the request was made; it lives for 846,720 s.
    constexpr std::int64_t kEnd = 846'720;
    row("at once", 0, 0, "ok");
    row("a little before, by another clock", -300, 0, "ok");
    row("before it was made", -301, 0, "expired answer.window");
    row("a little ahead", 400, 100, "ok");
    row("dated in the future", 401, 100, "expired answer.window");
    row("at the last moment", kEnd, kEnd, "ok");
    row("too late", kEnd, kEnd + 1, "expired request.expired");
    row("in time, but brought too late", 100, kEnd + 1, "expired request.expired");
}

void TestAnswer::respectsTheWindow()
{
    QFETCH(const qint64, issued);
    QFETCH(const qint64, received);
    QFETCH(const QString, outcome);
    const Instant from = request().requestedAt;
    QCOMPARE(request().expiresAt, from + Duration(std::chrono::seconds(846'720)));
    AnswerDraft draft = m_bench.draft(request(), kSigner);
    draft.issuedAt = from + Duration(std::chrono::seconds(issued));
    const auto verified = verifyAnswer(
        ControlBench::signedBy(kSigner, answerStatement(request(), draft)),
        request(),
        m_bench.policy,
        m_bench.roster,
        from + Duration(std::chrono::seconds(received)));
    QCOMPARE(outcomeOf(verified), outcome);
}

void TestAnswer::refusesAnotherRequest_data()
{
    QTest::addColumn<QString>("what");
    for (const char* what : {"revision", "packet", "expiry", "barred", "quorum", "decision"})
        QTest::newRow(what) << words(what);
}

void TestAnswer::refusesAnotherRequest()
{
    QFETCH(const QString, what);
    ApprovalRequest other = request();
    if (what == QLatin1String("revision"))
        other.revision = 2;
    else if (what == QLatin1String("packet"))
        other.packet.front().sha256 = Digest::of("another memo");
    else if (what == QLatin1String("expiry"))
        other.expiresAt = other.expiresAt + Duration(1);
    else if (what == QLatin1String("barred"))
        other.barred.pop_back();
    else if (what == QLatin1String("quorum"))
        other.approvalsNeeded = 1;
    else
        other = m_bench.request("price-change");
    QCOMPARE(
        outcomeOf(m_bench.verify(m_bench.signedAnswer(request(), kSigner), other)),
        words("conflict answer.request"));
}

void TestAnswer::refusesOtherVersionsOfPolicyAndRoster()
{
    const trust::Envelope envelope = m_bench.signedAnswer(request(), kSigner);
    ControlBench other;
    Json policy = policyJson();
    policy["version"] = 2;
    other.policy = must(parsePolicy(policy));
    QCOMPARE(
        outcomeOf(other.verify(envelope, request())), words("conflict request.policy_changed"));
    other = ControlBench();
    Json roster = rosterJson();
    roster["people"].erase(roster["people"].size() - 1);
    other.roster = must(parseRoster(roster));
    QCOMPARE(
        outcomeOf(other.verify(envelope, request())), words("conflict request.roster_changed"));
}

void TestAnswer::anEditIsTheEditorsOnly()
{
    ApprovalRequest amended = request();
    amended.revision = 2;
    amended.amendedBy = kSigner;
    const auto edit = [&](const char* person) {
        return outcomeOf(
            m_bench.verify(m_bench.signedAnswer(amended, person, AnswerKind::Edit), amended));
    };
    QCOMPARE(edit(kSigner), words("ok"));
    QCOMPARE(edit("greta.holm"), words("refused answer.edit"));
    QVERIFY(m_bench.verify(m_bench.signedAnswer(amended, "greta.holm"), amended).ok());
}

void TestAnswer::refusesEveryBitFlip()
{
    const trust::Envelope good = m_bench.signedAnswer(request(), kSigner);
    const auto flipped = [](std::string bytes, std::size_t bit) {
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ static_cast<char>(1U << bit % 8));
        return bytes;
    };
    const std::string& signature = good.signatures.front().signature;
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        trust::Envelope bad = good;
        bad.signatures.front().signature = flipped(signature, bit);
        QCOMPARE(
            outcomeOf(m_bench.verify(bad, request())), words("signature_invalid answer.signature"));
    }
    for (std::size_t byte = 0; byte < good.payload.size(); ++byte) {
        trust::Envelope bad = good;
        bad.payload = flipped(good.payload, byte * 8 + byte % 8);
        QCOMPARE(
            outcomeOf(m_bench.verify(bad, request())), words("signature_invalid answer.signature"));
    }
    trust::Envelope other = good;
    other.payloadType = "application/json";
    QVERIFY(!m_bench.verify(other, request()).ok());
}

void TestAnswer::sameStatementsAreKnownAgain()
{
    const trust::Envelope envelope = m_bench.signedAnswer(request(), kSigner);
    trust::Envelope nameless = envelope;
    nameless.signatures.front().keyId.clear();
    const VerifiedAnswer one = must(m_bench.verify(envelope, request()));
    const VerifiedAnswer same = must(m_bench.verify(nameless, request()));
    const VerifiedAnswer other =
        must(m_bench.verify(m_bench.signedAnswer(request(), kSigner), request()));
    QVERIFY(one.envelopeDigest != same.envelopeDigest);
    QVERIFY(isSameStatement(one, same));
    QVERIFY(!isSameStatement(one, other));
}

void TestAnswer::acceptsEveryOrder_data()
{
    QTest::addColumn<int>("kind");
    for (const RunOrderKind kind :
         {RunOrderKind::ConfirmGate,
          RunOrderKind::Cancel,
          RunOrderKind::RetryStep,
          RunOrderKind::ResolveDone,
          RunOrderKind::ResolveNotDone,
          RunOrderKind::CompensationDone})
        QTest::newRow(std::string(text(kind)).c_str()) << static_cast<int>(kind);
}

void TestAnswer::acceptsEveryOrder()
{
    QFETCH(const int, kind);
    const RunOrder order = m_bench.order(request(), kSigner, static_cast<RunOrderKind>(kind));
    const VerifiedOrder verified =
        must(verifyOrder(ControlBench::signedBy(kSigner, runOrderStatement(request(), order))));
    QCOMPARE(verified.order.kind, order.kind);
    QCOMPARE(verified.order.runId, order.runId);
    QCOMPARE(verified.order.stepId, order.stepId);
    QCOMPARE(verified.order.personId, order.personId);
    QCOMPARE(verified.order.reason, order.reason);
    QCOMPARE(must(parseRunOrderKind(text(order.kind))), order.kind);
}

void TestAnswer::refusesAChangedOrder_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("outcome");
    const auto row =
        [](const char* name, const char* pointer, const char* value, const char* outcome) {
            QTest::newRow(name) << words(pointer) << words(value) << words(outcome);
        };
    const char* form = "invalid_input answer.form";
    const char* digest = "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"";
    row("another step, which is the signer's", "/predicate/step", "\"open_depots\"", "ok");
    row("a document", "/subject/2/digest/sha256", digest, "conflict answer.request");
    row("an answer's predicate",
        "/predicateType",
        "\"https://countersign.example/approval/v1\"",
        form);
    row("no such order", "/predicate/order", "\"hurry\"", "invalid_input order.kind");
    row("a cancellation of a step", "/predicate/order", "\"cancel\"", form);
    row("no step", "/predicate/step", "", form);
    row("a step as a number", "/predicate/step", "1", form);
    row("no run", "/predicate/run", "", form);
    row("another request", "/predicate/request/revision", "2", form);
    row("another person", "/predicate/person/id", "\"greta.holm\"", "unauthorized answer.person");
    row("another key", "/predicate/person/keyid", digest, "unauthorized answer.person");
    row("a short nonce", "/predicate/nonce", "\"0\"", "invalid_input answer.nonce");
    row("the future", "/predicate/issuedAt", "\"2026-03-09T13:00:00Z\"", "expired answer.window");
    row("more", "/predicate/force", "true", form);
}

void TestAnswer::refusesAChangedOrder()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    QFETCH(const QString, outcome);
    const std::string payload = runOrderStatement(request(), m_bench.order(request(), kSigner));
    QCOMPARE(outcomeOf(verifyOrder(changedAndSigned(payload, pointer, value))), outcome);
}

void TestAnswer::ordersAndAnswersAreApart()
{
    const trust::Envelope answer = m_bench.signedAnswer(request(), kSigner);
    const trust::Envelope order = ControlBench::signedBy(
        kSigner, runOrderStatement(request(), m_bench.order(request(), kSigner)));
    QCOMPARE(outcomeOf(verifyOrder(answer)), words("invalid_input answer.form"));
    QCOMPARE(outcomeOf(m_bench.verify(order, request())), words("invalid_input answer.form"));
    // The proposer may stop a run but not open its gates.
    const auto byProposer = [&](RunOrderKind kind) {
        return outcomeOf(verifyOrder(ControlBench::signedBy(
            "omar.hadid",
            runOrderStatement(request(), m_bench.order(request(), "omar.hadid", kind)))));
    };
    QCOMPARE(byProposer(RunOrderKind::Cancel), words("ok"));
    QCOMPARE(byProposer(RunOrderKind::ConfirmGate), words("unauthorized separation.proposer"));
}

} // namespace

QTEST_GUILESS_MAIN(TestAnswer)
#include "tst_answer.moc"
