#include "app/core/core.h"

#include "app/core/amendments.h"
#include "app/core/charter_desk.h"
#include "app/core/deliveries.h"
#include "app/core/projections.h"
#include "app/core/run_orders.h"
#include "app/core/secret_desk.h"
#include "app/core/stored_plans.h"
#include "models/encoding.h"
#include "planes/control/decision_table.h"
#include "planes/data/blobs.h"
#include "planes/execution/connector_pin.h"
#include "planes/execution/manifest_gateway.h"
#include "planes/execution/secret_authority.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace countersign::app {

namespace {

constexpr int kExpiriesPerTurn = 200;
constexpr int kStartsPerTurn = 200;
constexpr Duration kTroubleWait = std::chrono::seconds(1);
constexpr std::size_t kNonceByteCount = 16;
constexpr std::string_view kConnectorInstalled = "connector.installed";

class WorkspaceCore final : public Core
{
public:
    WorkspaceCore(WorkspaceFolder folder, CoreOptions options)
        : m_folder(std::move(folder))
        , m_options(std::move(options))
    {}

    Result<void> openAll()
    {
        CS_TRY(const WorkspaceSettings settings, m_folder.readSettings());
        CS_TRY(const trust::NoteVerifier logVerifier, trust::NoteVerifier::parse(settings.logVkey));
        CS_TRY(trust::NoteSigner logKey, m_folder.loadLogKey(logVerifier.name()));
        if (!(logKey.verifier() == logVerifier))
            return fail(
                ErrorCode::Corrupt,
                "log.key.pem is not the key that workspace.json names",
                "workspace.log_key");
        if (m_options.engine) {
            CS_TRY(m_lease, EngineLease::acquire(m_folder.engineLock()));
        }
        CS_TRY(m_database, openDatabase(m_folder, data::OpenMode::ReadWrite));
        m_writer.emplace(std::move(logKey), m_projections.all());
        m_store.emplace(*m_database, *m_writer);
        if (m_options.engine)
            CS_CHECK(m_store->keepIndex());
        const auto reader = m_store->openReader();
        CS_TRY(m_foundation, control::loadFoundation(*reader, settings.anchor));
        CS_TRY(m_schemas, loadSchemas());
        CS_TRY(
            const std::vector<execution::ConnectorManifest> manifests,
            execution::readManifestFolder(m_folder.connectors().string()));
        CS_TRY(
            m_catalog,
            execution::ConnectorCatalog::build(manifests, m_folder.manifestVariables(settings)));
        CS_CHECK(recordConnectors());
        m_secrets.emplace(*m_store, m_folder, settings.anchor, m_options.clock, m_options.entropy);
        if (m_options.engine)
            CS_CHECK(startEngine());
        return {};
    }

    [[nodiscard]] const control::Foundation& foundation() const override { return *m_foundation; }
    [[nodiscard]] const WorkspaceFolder& folder() const override { return m_folder; }
    [[nodiscard]] const execution::ConnectorCatalog& catalog() const override { return *m_catalog; }
    [[nodiscard]] const data::SchemaSet& schemas() const override { return *m_schemas; }
    [[nodiscard]] trust::LedgerStore& store() override { return *m_store; }
    [[nodiscard]] SecretDesk& secrets() override { return *m_secrets; }
    [[nodiscard]] bool runsEngine() const override { return m_engine != nullptr; }
    [[nodiscard]] Instant now() const override { return m_options.clock->now(); }

    Result<DeliveryReport> ingest(const std::string& path) override
    {
        return takeDelivery(
            *m_store, *m_foundation, *m_schemas, *m_catalog, *m_options.entropy, now(), path);
    }

    Result<PreparedAnswer> prepareAnswer(const AnswerWish& wish) override
    {
        CS_CHECK(refresh());
        CS_TRY(const control::Person* const person, holderOf(*m_foundation, wish.keyId));
        CS_TRY(const control::DecisionAuthority authority, readAuthority(wish.decisionId));
        const control::RequestRecord* latest = authority.latest();
        if (latest == nullptr)
            return fail(
                ErrorCode::NotFound,
                "the decision " + wish.decisionId + " has no request that could be answered",
                "request.absent");
        if (wish.shownRequest && *wish.shownRequest != latest->sha256)
            return fail(
                ErrorCode::Conflict, "the request changed since it was shown", "answer.request");
        const Instant at = now();
        control::RequestRecord record = *latest;
        std::optional<Json> amendedPlan;
        if (wish.kind == control::AnswerKind::Edit) {
            CS_TRY(
                Amendment amendment,
                prepareAmendment(
                    {*m_database, *m_foundation, *m_catalog}, wish, *person, authority, at));
            record = control::RequestRecord{
                amendment.request,
                control::requestDigest(amendment.request),
                control::kNotRecorded,
                {}};
            amendedPlan = std::move(amendment.plan);
        }
        control::AnswerDraft draft{
            .kind = wish.kind,
            .personId = person->id,
            .keyId = wish.keyId,
            .reason = wish.reason,
            .deferUntil = wish.deferUntil,
            .statedConfidence = std::nullopt,
            .previous = {},
            .nonce = hexEncode(m_options.entropy->bytes(kNonceByteCount)),
            .issuedAt = at};
        for (const control::VerifiedAnswer& answer : record.answers)
            draft.previous.push_back(answer.envelopeDigest);
        const bool completes = wouldComplete(record, draft, at);
        std::string payload = control::answerStatement(record.request, draft);
        return PreparedAnswer{
            std::move(payload),
            record.request,
            record.sha256,
            std::move(draft),
            std::move(amendedPlan),
            completes};
    }

    Result<control::AnswerOutcome> submitAnswer(
        const std::string& decisionId,
        const trust::Envelope& envelope,
        const std::optional<PreparedAnswer>& amended) override
    {
        std::optional<control::AnswerOutcome> outcome;
        CS_CHECK(m_store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                CS_TRY(control::CommandContext context, contextOf(session, ledger, now()));
                CS_TRY(
                    const control::DecisionAuthority authority,
                    control::currentAuthority(context, decisionId));
                const control::RequestRecord* latest = authority.latest();
                if (latest == nullptr)
                    return fail(
                        ErrorCode::NotFound,
                        "the decision " + decisionId + " has no request",
                        "request.absent");
                control::RequestRecord record = *latest;
                if (amended && amended->amendedPlan) {
                    CS_TRY(
                        record,
                        openAmendment(
                            context, *m_catalog, *m_schemas, authority, decisionId, *amended));
                }
                CS_TRY(outcome, control::recordAnswer(context, record, envelope));
                return {};
            }));
        // It may have been the last signature of a new roster or policy.
        CS_CHECK(refresh());
        CS_CHECK(m_charterDesk->askAnew(now()));
        if (m_engine)
            m_engine->authorityChanged();
        return std::move(*outcome);
    }

    Result<PreparedOrder> prepareOrder(const OrderWish& wish) override
    {
        CS_CHECK(refresh());
        CS_TRY(const control::Person* const person, holderOf(*m_foundation, wish.keyId));
        CS_TRY(const RunId runId, RunId::parse(wish.runId));
        CS_TRY(const execution::RunHead head, m_journal->head(runId));
        CS_TRY(const control::DecisionAuthority authority, readAuthority(head.decisionId.text()));
        const control::RequestRecord* record =
            authority.find(head.requestId.text(), head.packetDigest);
        if (record == nullptr)
            return fail(ErrorCode::NotFound, "the run has no request", "request.absent");
        const auto verdict = control::whoMay(
            {*person, control::actOf(wish.kind), &record->request}, m_foundation->policy());
        if (!verdict.allowed)
            return fail(ErrorCode::Unauthorized, verdict.reason, verdict.rule);
        control::RunOrder order{
            wish.kind,
            wish.runId,
            wish.stepId,
            person->id,
            wish.keyId,
            wish.reason,
            hexEncode(m_options.entropy->bytes(kNonceByteCount)),
            now()};
        CS_CHECK(m_orders->checkApplies(order, now()));
        std::string payload = control::runOrderStatement(record->request, order);
        return PreparedOrder{std::move(payload), record->request, record->sha256, std::move(order)};
    }

    Result<void> submitOrder(const trust::Envelope& envelope) override
    {
        return m_orders->submit(envelope, now());
    }

    Result<PreparedChange> prepareChange(const ChangeWish& wish) override
    {
        CS_CHECK(refresh());
        return m_charterDesk->prepareChange(wish, now());
    }

    Result<control::ApprovalRequest>
    submitChange(const PreparedChange& prepared, const trust::Envelope& envelope) override
    {
        return m_charterDesk->submitChange(prepared, envelope, now());
    }

    Result<std::string> prepareHalt(const std::string& keyId, const std::string& reason) override
    {
        CS_CHECK(refresh());
        return m_charterDesk->prepareHalt(keyId, reason, now());
    }

    Result<void> submitHalt(const trust::Envelope& envelope) override
    {
        CS_CHECK(m_charterDesk->submitHalt(envelope, now()));
        return refresh();
    }

    CoreTurn turn() override
    {
        CoreTurn result;
        const Instant at = now();
        const auto trouble = [&](const Result<void>& outcome) {
            if (!outcome.ok())
                result.troubles.push_back(outcome.error());
        };
        if (const auto current = refresh(); !current.ok()) {
            // Without the charter in force nothing can be judged.
            result.troubles.push_back(current.error());
            result.nextWake = at + kTroubleWait;
            return result;
        }
        trouble(m_charterDesk->askAnew(at));
        if (m_foundation->halt) {
            result.halted = true;
            result.troubles.push_back(
                {ErrorCode::Unavailable,
                 "all dispatch was halted by " + m_foundation->halt->personId + ": "
                     + m_foundation->halt->reason,
                 "authority.halted"});
        }
        trouble(expireRequests(at));
        if (const auto next = control::nextExpiry(*m_database); next.ok() && *next)
            result.nextWake = **next + Duration(std::chrono::seconds(1));
        if (!m_engine)
            return result;
        followSecrets(result);
        trouble(startDueRuns(at, result));
        trouble(m_orders->applyDue(*m_engine, now()));
        const execution::TurnResult engineTurn = m_engine->turn(now());
        if (engineTurn.error)
            result.troubles.push_back(*engineTurn.error);
        for (const execution::UnreadableRun& run : engineTurn.unreadable)
            result.troubles.push_back(run.error);
        result.idle = engineTurn.idle;
        if (engineTurn.nextWake && (!result.nextWake || *engineTurn.nextWake < *result.nextWake))
            result.nextWake = engineTurn.nextWake;
        return result;
    }

    void stopDispatching() override
    {
        if (m_engine)
            m_engine->stopDispatching();
    }

private:
    /// Secrets may have come, gone or changed: the runs that wait for one ask again.
    void followSecrets(CoreTurn& result)
    {
        SecretsLook look = m_secrets->look();
        std::move(look.troubles.begin(), look.troubles.end(), std::back_inserter(result.troubles));
        if (look.isNews)
            m_engine->authorityChanged();
    }

    Result<void> startEngine()
    {
        m_gateway = execution::makeManifestGateway(
            {.catalog = m_catalog, .secrets = m_secrets->source(), .clock = m_options.clock});
        m_authority.emplace(*m_store, *m_foundation, *m_plans, m_catalog);
        m_secretAuthority.emplace(*m_authority, *m_plans, m_catalog, m_secrets->source());
        execution::EngineOptions options;
        options.answerArrived = m_options.wake;
        m_engine = std::make_unique<execution::Engine>(
            *m_journal, *m_plans, *m_secretAuthority, *m_gateway, *m_options.entropy, options);
        CS_TRY(const execution::RecoveryReport recovered, m_engine->recover());
        for (const execution::UnreadableRun& run : recovered.unreadable)
            m_recoveryTroubles.push_back(run.error);
        return {};
    }

    /// Each manifest at each address stands in the ledger once: signatures name them by digest.
    Result<void> recordConnectors()
    {
        m_plans.emplace(*m_database);
        m_journal.emplace(*m_store, *m_options.entropy);
        m_orders.emplace(*m_store, *m_foundation, *m_journal, *m_plans, *m_options.entropy);
        m_charterDesk.emplace(*m_store, *m_foundation, *m_catalog, *m_options.entropy);
        std::set<std::string> known;
        const auto reader = m_store->openReader();
        CS_CHECK(reader->forEachOfType(
            std::string(kConnectorInstalled), [&](const trust::LedgerEntry& entry) -> Result<bool> {
                CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
                known.insert(textMember(event.body, "pin"));
                return true;
            }));
        std::vector<const execution::ConnectorManifest*> fresh;
        for (const execution::ConnectorManifest* manifest : m_catalog->all()) {
            if (known.count(execution::connectorPin(*manifest).sha256.hex()) == 0)
                fresh.push_back(manifest);
        }
        if (fresh.empty())
            return {};
        return m_store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                for (const execution::ConnectorManifest* manifest : fresh) {
                    CS_TRY(const std::string document, canonicalJson(manifest->document));
                    CS_CHECK(data::putBlob(session, document));
                    CS_CHECK(ledger.append(
                        session,
                        {0,
                         EventId::make(now(), *m_options.entropy).text(),
                         std::string(kConnectorInstalled),
                         now(),
                         {},
                         {{"name", manifest->name},
                          {"version", manifest->version},
                          {"sha256", manifest->digest().hex()},
                          {"pin", execution::connectorPin(*manifest).sha256.hex()}}}));
                }
                return {};
            });
    }

    Result<control::DecisionAuthority> readAuthority(const std::string& decisionId)
    {
        const auto reader = m_store->openReader();
        return control::loadDecisionAuthority(*reader, *m_foundation, decisionId);
    }

    bool wouldComplete(
        const control::RequestRecord& record, const control::AnswerDraft& draft, Instant at) const
    {
        if (control::actOf(draft.kind) != control::Act::Approve)
            return false;
        std::vector<control::VerifiedAnswer> answers = record.answers;
        answers.push_back({draft, draft.personId, draft.keyId, record.sha256, at, 0});
        return control::quorumOf(
                   *m_foundation, {record.request, record.sha256, record.index, answers}, at)
                   .status
               == control::RequestStatus::Authorized;
    }

    /// Takes up changes of the charter that were recorded since.
    Result<void> refresh()
    {
        CS_TRY(
            const bool changed, control::followFoundation(*m_store->openReader(), *m_foundation));
        if (changed && m_engine)
            m_engine->authorityChanged();
        return {};
    }

    Result<control::CommandContext>
    contextOf(data::SqlSession& session, trust::LedgerWriter& ledger, Instant at)
    {
        return control::commandContext(session, ledger, *m_foundation, *m_options.entropy, at);
    }

    Result<void> expireRequests(Instant at)
    {
        CS_TRY(
            const std::vector<std::string> expired,
            control::openPastExpiry(*m_database, at, kExpiriesPerTurn));
        if (expired.empty())
            return {};
        return m_store->write(
            [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
                CS_TRY(control::CommandContext context, contextOf(session, ledger, at));
                for (const std::string& decisionId : expired) {
                    CS_TRY(
                        const control::DecisionAuthority authority,
                        control::currentAuthority(context, decisionId));
                    if (authority.latest() != nullptr)
                        CS_CHECK(control::recordExpiry(context, *authority.latest()));
                }
                return {};
            });
    }

    /// Makes the runs of authorized decisions. The table only says where to look: the quorum is
    /// counted anew.
    Result<void> startDueRuns(Instant at, CoreTurn& result)
    {
        std::swap(result.troubles, m_recoveryTroubles);
        CS_TRY(const auto due, execution::dueRuns(*m_database, kStartsPerTurn));
        for (const execution::DueRun& run : due) {
            if (m_notStarted.count(run.decisionId + run.requestSha256) > 0)
                continue;
            if (const auto started = startRun(run, at); !started.ok()) {
                result.troubles.push_back(started.error());
                if (started.error().code != ErrorCode::StorageBusy
                    && started.error().code != ErrorCode::StorageFailed)
                    m_notStarted.insert(run.decisionId + run.requestSha256);
            }
        }
        return {};
    }

    Result<void> startRun(const execution::DueRun& due, Instant at)
    {
        CS_TRY(const control::DecisionAuthority authority, readAuthority(due.decisionId));
        const control::RequestRecord* record = authority.latest();
        if (record == nullptr || record->sha256.hex() != due.requestSha256)
            return fail(
                ErrorCode::Unauthorized, "the ledger has no such request", "authority.request");
        const control::QuorumState quorum = control::quorumOf(*m_foundation, *record, at);
        if (quorum.status != control::RequestStatus::Authorized)
            return fail(
                ErrorCode::Unauthorized, "the signatures do not make a quorum", "authority.quorum");
        CS_TRY(RequestId requestId, RequestId::parse(record->request.requestId));
        CS_CHECK(m_engine->startRun(
            {std::move(requestId),
             record->request.plan.sha256,
             control::packetDigest(record->request)},
            at));
        return {};
    }

    WorkspaceFolder m_folder;
    CoreOptions m_options;
    std::optional<EngineLease> m_lease;
    Projections m_projections;
    std::unique_ptr<data::Database> m_database;
    std::optional<trust::LedgerWriter> m_writer;
    std::optional<trust::LedgerStore> m_store;
    std::optional<control::Foundation> m_foundation;
    std::optional<data::SchemaSet> m_schemas;
    std::shared_ptr<const execution::ConnectorCatalog> m_catalog;
    std::optional<StoredPlans> m_plans;
    std::optional<execution::LedgerJournal> m_journal;
    std::optional<execution::LedgerAuthority> m_authority;
    std::optional<SecretDesk> m_secrets;
    std::optional<execution::SecretAuthority> m_secretAuthority;
    std::optional<RunOrders> m_orders;
    std::optional<CharterDesk> m_charterDesk;
    std::unique_ptr<execution::ConnectorGateway> m_gateway;
    std::unique_ptr<execution::Engine> m_engine;
    std::vector<Error> m_recoveryTroubles;
    std::set<std::string> m_notStarted;
};

} // namespace

Result<std::unique_ptr<Core>> Core::open(const WorkspaceFolder& folder, CoreOptions options)
{
    if (!options.clock)
        options.clock = std::make_shared<SystemClock>();
    if (!options.entropy)
        options.entropy = std::make_shared<SystemEntropy>();
    auto core = std::make_unique<WorkspaceCore>(folder, std::move(options));
    CS_CHECK(core->openAll());
    return std::unique_ptr<Core>(std::move(core));
}

} // namespace countersign::app
