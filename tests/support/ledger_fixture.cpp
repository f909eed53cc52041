#include "tests/support/ledger_fixture.h"

#include "models/encoding.h"
#include "planes/control/genesis.h"
#include "planes/data/blobs.h"

#include <fstream>
#include <sstream>

namespace countersign::testing {

namespace {

const PlanSpec kPlan{.steps = {{.id = "a"}, {.id = "b", .dependsOn = {"a"}, .humanGate = true}}};
constexpr Classes kFloor{ApprovalClass::A1, Reversibility::R1, Sensitivity::S1, ActionClass::B};
constexpr const char* kTenant = "acme";
constexpr const char* kRequestId = "apr_01KRXBH9A0B2K0HR1V5EEXKCG1";

struct PersonSpec
{
    const char* id;
    const char* name;
    const char* role;
    char seed;
};
constexpr PersonSpec kPeople[] = {
    {"maria.manager", "Maria Manager", "team_lead", 'm'},
    {"hugo.head", "Hugo Head", "general_counsel", 'h'},
    {"eva.executive", "Eva Executive", "chief_executive", 'e'},
    {"tom.trainee", "Tom Trainee", "trainee", 't'}};

template <class T>
T must(Result<T> result)
{
    if (!result.ok())
        std::fprintf(stderr, "fixture: %s\n", result.error().describe().c_str());
    return std::move(result).value();
}

void must(const Result<void>& result)
{
    if (!result.ok())
        std::fprintf(stderr, "fixture: %s\n", result.error().describe().c_str());
    result.value();
}

trust::PrivateKey keyOf(char seed)
{
    return must(
        trust::PrivateKey::fromEd25519Seed(trust::SecretBytes::copyOf(std::string(32, seed))));
}

trust::NoteSigner newLogKey()
{
    return must(trust::NoteSigner::make(std::string(LedgerFixture::kOrigin), keyOf('l')));
}

Json defaultPolicy()
{
    std::ifstream file(COUNTERSIGN_SOURCE_DIR "/resources/policy/default-policy.json");
    std::stringstream bytes;
    bytes << file.rdbuf();
    return must(parseJson(bytes.str()));
}

Json header(const char* schema, const char* recordId, const std::string& decisionId)
{
    return {
        {"schema", schema},
        {"schema_version", "1.0"},
        {"record_id", recordId},
        {"revision", 1},
        {"tenant_id", kTenant},
        {"decision_id", decisionId},
        {"language", "en"},
        {"created_at", "2023-11-14T00:00:00Z"},
        {"created_by", {{"type", "recommender_agent"}, {"id", "scout.agent"}}}};
}

Json classes()
{
    return {{"approval", "A2"}, {"reversibility", "R1"}, {"sensitivity", "S1"}, {"action", "B"}};
}

data::IncomingRecord record(const Json& document)
{
    const Json& head = document["header"];
    return {
        textMember(head, "schema") + ".json",
        document.dump(2),
        document,
        textMember(head, "schema"),
        textMember(head, "record_id"),
        head["revision"].get<std::int64_t>(),
        textMember(head, "tenant_id"),
        textMember(head, "decision_id"),
        must(canonicalDigest(document))};
}

control::PacketItem item(const Json& document)
{
    const data::IncomingRecord made = record(document);
    return {made.schema, made.recordId, static_cast<int>(made.revision), made.canonicalDigest};
}

/// The fixture's one connector. Its address is nobody's business.
control::ConnectorPin pin()
{
    return {"erp", "1.0", Digest::of("manifest of erp 1.0 and its address")};
}

} // namespace

LedgerFixture::LedgerFixture(std::string name, const std::string& path)
    : m_logKey(newLogKey())
{
    for (const PersonSpec& person : kPeople)
        m_keys.emplace(person.id, keyOf(person.seed));
    const data::OpenOptions options{
        path, path.empty() ? data::OpenMode::Memory : data::OpenMode::ReadWrite};
    m_database = must(data::Database::open(options, migrations()));
    m_writer = std::make_unique<trust::LedgerWriter>(
        newLogKey(),
        std::vector<trust::Projector*>{
            &m_documentProjector, &m_decisionProjector, &m_runProjector});
    m_store = std::make_unique<trust::LedgerStore>(*m_database, *m_writer);
    m_journal = std::make_unique<execution::LedgerJournal>(*m_store, m_entropy);
    m_gateway.answersAtOnce = true;
    execution::AuthoritySource& authority = *this;
    m_engine = std::make_unique<execution::Engine>(
        *m_journal, m_plans, authority, m_gateway, m_entropy, execution::EngineOptions{});
    makeGenesis(name);

    m_plan = planDocument(kPlan);
    m_decisionId = textMember(m_plan["header"], "decision_id");
    m_memo = {
        {"header", header("memo", "mem_01KRXBH9A0B2K0HR1V5EEXKCG1", m_decisionId)},
        {"title", "Raise the <tariff> & tell nobody \"twice\""},
        {"classes", classes()}};
    m_claim = {
        {"header", header("approval_request", kRequestId, m_decisionId)},
        {"title", "Raise the <tariff> & tell nobody \"twice\""},
        {"ask", "May we raise the tariff?"},
        {"requested_by", {{"type", "recommender_agent"}, {"id", "scout.agent"}}},
        {"due_at", "2023-11-15T00:00:00Z"},
        {"expires_at", "2023-11-16T00:00:00Z"},
        {"classes", classes()}};
}

LedgerFixture::~LedgerFixture() = default;

std::vector<data::Migration> LedgerFixture::migrations()
{
    return {
        data::blobMigration(),
        trust::ledgerMigration(),
        decision::documentMigration(),
        control::decisionTableMigration(),
        execution::runTableMigration()};
}

std::unique_ptr<trust::LedgerReader> LedgerFixture::reader()
{
    return trust::openLedgerReader(*m_database, m_logKey.verifier());
}

execution::WorkspaceAuditOptions LedgerFixture::auditOptions(bool deep)
{
    return {
        m_logKey.verifier(),
        m_anchor,
        deep,
        migrations(),
        {&m_documentProjector, &m_decisionProjector, &m_runProjector}};
}

void LedgerFixture::makeGenesis(const std::string& name)
{
    Json people = Json::array();
    for (const PersonSpec& person : kPeople) {
        const trust::PublicKey& key = m_keys.at(person.id).publicKey();
        people.push_back(
            {{"id", person.id},
             {"display_name", person.name},
             {"roles", {person.role}},
             {"keys", Json::array({{{"key_id", key.keyId()}, {"public_key_pem", key.pem()}}})}});
    }
    const Json roster = {
        {"schema", "roster"},
        {"version", 1},
        {"tenant_id", kTenant},
        {"name", "People of the fixture"},
        {"people", std::move(people)},
        {"founders", {"hugo.head", "eva.executive"}}};
    const control::GenesisInput input{
        name, kTenant, m_logKey.verifier().vkey(), roster, defaultPolicy(), tick()};
    const std::string payload = must(control::genesisStatement(input));
    trust::Envelope envelope = signedBy("hugo.head", payload);
    must(trust::addSignature(envelope, m_keys.at("eva.executive")));
    write([&](data::SqlSession& session, trust::LedgerWriter& ledger) {
        return control::recordGenesis(session, ledger, input, envelope, m_entropy);
    });
    m_anchor = Digest::of(payload);
    m_foundation = must(control::loadFoundation(*reader(), m_anchor));
}

control::RequestInput LedgerFixture::requestInput() const
{
    return {
        .requestId = kRequestId,
        .revision = m_revision,
        .claim = m_claim,
        .memo = m_memo,
        .plan = m_plan,
        .evidencePack = {{"completeness", Json::array()}},
        .packet = {item(m_memo), item(m_plan)},
        .planItem = item(m_plan),
        .operations =
            {{"erp", "1.0", "apply", kFloor, pin().sha256},
             {"erp", "1.0", "undo", kFloor, pin().sha256}},
        .amendedBy = std::nullopt,
        .now = m_now};
}

void LedgerFixture::open()
{
    const std::string source = "tariff;old;new\nT1;10;12\n";
    data::FolderCheck check;
    check.records = {record(m_memo), record(m_plan), record(m_claim)};
    check.sources = {{"sources/tariff.csv", source, Digest::of(source)}};
    check.decisionId = m_decisionId;
    check.tenantId = kTenant;
    write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
        CS_CHECK(decision::acceptDelivery(session, ledger, check, tick(), m_entropy));
        return {};
    });
    openRevision();
}

void LedgerFixture::openAgain()
{
    openRevision();
}

void LedgerFixture::openRevision()
{
    ++m_revision;
    tick();
    write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
        control::CommandContext context{session, ledger, *m_foundation, m_entropy, m_now};
        CS_TRY(const control::OpenOutcome outcome, control::openRequest(context, requestInput()));
        if (outcome.refusal)
            return fail(*outcome.refusal);
        m_request = outcome.request;
        return {};
    });
}

control::RequestRecord LedgerFixture::latestRequest()
{
    return *must(control::loadDecisionAuthority(*reader(), *m_foundation, m_decisionId)).latest();
}

void LedgerFixture::answer(
    const std::string& personId, control::AnswerKind kind, const std::string& reason)
{
    const control::RequestRecord latest = latestRequest();
    control::AnswerDraft draft;
    draft.kind = kind;
    draft.personId = personId;
    draft.keyId = m_keys.at(personId).publicKey().keyId();
    draft.reason = reason;
    draft.nonce = nonce();
    draft.issuedAt = tick();
    const trust::Envelope envelope =
        signedBy(personId, control::answerStatement(latest.request, draft));
    write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
        control::CommandContext context{session, ledger, *m_foundation, m_entropy, tick()};
        CS_CHECK(control::recordAnswer(context, latest, envelope));
        return {};
    });
}

void LedgerFixture::approve()
{
    answer("maria.manager", control::AnswerKind::Approve);
    answer("hugo.head", control::AnswerKind::Approve);
}

void LedgerFixture::run()
{
    if (!m_runId) {
        m_plans.add(kPlan);
        m_runId = must(m_engine->startRun(
            {must(RequestId::parse(m_request->requestId)),
             m_request->plan.sha256,
             control::packetDigest(*m_request)},
            tick()));
    }
    turnEngine();
}

void LedgerFixture::turnEngine()
{
    constexpr int kTurnsMax = 20;
    for (int i = 0; i < kTurnsMax; ++i) {
        const execution::TurnResult turned = m_engine->turn(tick());
        if (turned.error)
            must(Result<void>(fail(*turned.error)));
        if (turned.eventCount == 0)
            return;
    }
}

void LedgerFixture::confirmGate(const std::string& stepId)
{
    const control::RequestRecord latest = latestRequest();
    const std::string personId = "maria.manager";
    const control::RunOrder order{
        control::RunOrderKind::ConfirmGate,
        runId().text(),
        stepId,
        personId,
        m_keys.at(personId).publicKey().keyId(),
        "It may go.",
        nonce(),
        tick()};
    const trust::Envelope envelope =
        signedBy(personId, control::runOrderStatement(latest.request, order));
    std::uint64_t statementIndex = 0;
    write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
        control::CommandContext context{session, ledger, *m_foundation, m_entropy, tick()};
        CS_TRY(
            const control::RecordedOrder recorded,
            control::recordRunOrder(context, latest, {}, envelope));
        statementIndex = recorded.statementIndex;
        return {};
    });
    must(m_engine->confirmGate(
        runId(),
        stepId,
        {{personId, "Maria Manager", "team_lead"}, statementIndex, order.reason, tick()}));
    turnEngine();
}

void LedgerFixture::completeDecision()
{
    open();
    approve();
    run();
    confirmGate("b");
}

void LedgerFixture::append(const std::vector<trust::LedgerEvent>& events)
{
    trust::LedgerWriter bareWriter(newLogKey(), {});
    trust::LedgerStore store(*m_database, bareWriter);
    must(store.write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
        for (const trust::LedgerEvent& event : events)
            CS_CHECK(ledger.append(session, event));
        return {};
    }));
}

trust::LedgerEvent LedgerFixture::event(const std::string& type, Json body)
{
    const Instant at = tick();
    return {0, EventId::make(at, m_entropy).text(), type, at, m_decisionId, std::move(body)};
}

void LedgerFixture::tamper(const std::string& sql, const data::SqlBindings& bindings)
{
    const auto transaction = must(m_database->beginWrite());
    must(transaction->execute(sql, bindings));
    must(transaction->commit());
}

trust::Envelope LedgerFixture::signedBy(const std::string& personId, const std::string& payload)
{
    return must(trust::signEnvelope(payload, trust::kInTotoPayloadType, m_keys.at(personId)));
}

std::string LedgerFixture::nonce()
{
    return hexEncode(m_entropy.bytes(16));
}

void LedgerFixture::write(const trust::LedgerWork& work)
{
    must(m_store->write(work));
}

Instant LedgerFixture::tick()
{
    m_now = m_now + std::chrono::seconds(1);
    return m_now;
}

Result<execution::AuthorityGrant> LedgerFixture::authorize(
    const RunId& runId,
    const execution::PlanRef& plan,
    const std::string& stepId,
    execution::CallPhase phase,
    Instant now)
{
    CS_TRY(const auto planned, m_plans.plan(plan.planDigest));
    const auto ledger = reader();
    CS_TRY(
        const control::DispatchGrant grant,
        control::authorizeDispatch(
            *ledger,
            *m_foundation,
            {runId.text(),
             plan.decisionId.text(),
             m_request->requestId,
             control::packetDigest(*m_request),
             plan.planDigest,
             stepId,
             phase == execution::CallPhase::Compensation,
             planned->steps[planned->find(stepId).value()].humanGate,
             pin(),
             now}));
    return execution::AuthorityGrant{grant.sha256};
}

} // namespace countersign::testing
