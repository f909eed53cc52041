#include "app/demo_systems/system_state.h"

#include "models/digest.h"

#include <utility>

namespace countersign::demo {

namespace {

using data::Row;

// A resource that is gone keeps its row, so that its version goes on and the seed stays gone.
constexpr std::string_view kCreateResource =
    "CREATE TABLE resource (uri TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT) STRICT";
constexpr std::string_view kCreateEffect =
    "CREATE TABLE effect (seq INTEGER PRIMARY KEY AUTOINCREMENT, system TEXT NOT NULL, "
    "operation TEXT NOT NULL, idempotency_key TEXT NOT NULL, deduplicated INTEGER NOT NULL, "
    "payload TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL, trace TEXT NOT NULL) STRICT";
constexpr std::string_view kCreateEffectOnce =
    "CREATE UNIQUE INDEX effect_once ON effect (system, idempotency_key) WHERE deduplicated = 1";
constexpr std::string_view kCreateFault =
    "CREATE TABLE fault (id INTEGER PRIMARY KEY AUTOINCREMENT, system TEXT NOT NULL, "
    "operation TEXT NOT NULL, kind TEXT NOT NULL, argument INTEGER NOT NULL, "
    "times_left INTEGER NOT NULL) STRICT";
constexpr std::string_view kSeedResource =
    "INSERT INTO resource (uri, version, state) VALUES (:uri, 1, :state) "
    "ON CONFLICT (uri) DO NOTHING";
constexpr std::string_view kSelectResource =
    "SELECT version, state FROM resource WHERE uri = :uri AND state IS NOT NULL";
constexpr std::string_view kUpsertResource =
    "INSERT INTO resource (uri, version, state) VALUES (:uri, 1, :state) "
    "ON CONFLICT (uri) DO UPDATE SET version = version + 1, state = excluded.state";
constexpr std::string_view kSelectKnown =
    "SELECT operation, payload, answer FROM effect WHERE system = :system AND "
    "idempotency_key = :key AND deduplicated = 1";
constexpr std::string_view kNextSeq =
    "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'effect'";
constexpr std::string_view kInsertEffect =
    "INSERT INTO effect (seq, system, operation, idempotency_key, deduplicated, payload, answer, "
    "at, trace) VALUES (:seq, :system, :operation, :key, :deduplicated, :payload, :answer, :at, "
    ":trace)";
constexpr std::string_view kSelectEffects =
    "SELECT seq, system, operation, idempotency_key, payload, at, trace FROM effect "
    "WHERE seq > :seq ORDER BY seq LIMIT 1000";
constexpr std::string_view kInsertFault =
    "INSERT INTO fault (system, operation, kind, argument, times_left) "
    "VALUES (:system, :operation, :kind, :argument, :times)";
constexpr std::string_view kSelectFaults =
    "SELECT id, system, operation, kind, argument, times_left FROM fault ORDER BY id";
constexpr std::string_view kSelectFault =
    "SELECT id, system, operation, kind, argument, times_left FROM fault WHERE system = :system "
    "AND operation IN ('', :operation) ORDER BY id LIMIT 1";
constexpr std::string_view kUseFault =
    "UPDATE fault SET times_left = times_left - 1 WHERE id = :id";
constexpr std::string_view kDeleteUsedFaults = "DELETE FROM fault WHERE times_left <= 0";
constexpr std::string_view kDeleteFaults = "DELETE FROM fault";

struct Known
{
    std::string operation;
    std::string payload;
    std::string answer;
};

Known knownFromRow(const Row& row)
{
    return {.operation = row.text(0), .payload = row.text(1), .answer = row.text(2)};
}

Fault faultFromRow(const Row& row)
{
    return {
        .id = row.integer(0),
        .system = row.text(1),
        .operation = row.text(2),
        .kind = row.text(3),
        .argument = row.integer(4),
        .timesLeft = row.integer(5)};
}

Result<Json> resourceFromRow(const Row& row)
{
    CS_TRY(Json state, parseJson(row.text(1)));
    return Json{{"version", row.integer(0)}, {"state", std::move(state)}};
}

Result<Json> effectFromRow(const Row& row)
{
    CS_TRY(Json payload, parseJson(row.text(4)));
    return Json{
        {"seq", row.integer(0)},
        {"system", row.text(1)},
        {"operation", row.text(2)},
        {"idempotency_key", row.text(3)},
        {"payload", std::move(payload)},
        {"at", row.text(5)},
        {"trace", row.text(6)}};
}

Result<std::optional<Json>> stateIn(data::SqlSession& session, const std::string& uri)
{
    CS_TRY(
        std::optional<Json> found,
        session.first<Json>(kSelectResource, {{":uri", uri}}, resourceFromRow));
    if (!found)
        return std::optional<Json>();
    return std::optional<Json>(found->at("state"));
}

Json answerOf(const EffectRequest& request, std::int64_t seq, const EffectPlan& plan)
{
    Json resources = Json::array();
    for (const ResourceChange& change : plan.changes)
        resources.push_back({{"uri", change.uri}, {"change", text(change.change)}});
    return {
        {"effect", request.system + "-" + std::to_string(seq)},
        {"message", plan.message},
        {"resources", std::move(resources)}};
}

Result<void> applyChanges(data::Transaction& transaction, const EffectPlan& plan)
{
    for (const ResourceChange& change : plan.changes) {
        data::SqlValue state;
        if (change.state)
            state = change.state->dump();
        CS_CHECK(transaction.execute(kUpsertResource, {{":uri", change.uri}, {":state", state}}));
    }
    return {};
}

} // namespace

SystemState::SystemState(std::unique_ptr<data::Database> database)
    : m_database(std::move(database))
{}

Result<std::unique_ptr<SystemState>> SystemState::open(const std::string& path)
{
    const data::Migration migrations[] = {
        {.version = 1,
         .name = "systems",
         .statements = {kCreateResource, kCreateEffect, kCreateEffectOnce, kCreateFault}}};
    CS_TRY(
        auto database,
        data::Database::open(
            {.path = path, .mode = data::OpenMode::ReadWrite, .busyTimeoutMs = 10'000},
            migrations));
    CS_TRY(const auto transaction, database->beginWrite());
    for (const auto& [uri, state] : seedResources())
        CS_CHECK(transaction->execute(kSeedResource, {{":uri", uri}, {":state", state.dump()}}));
    CS_CHECK(transaction->commit());
    return std::unique_ptr<SystemState>(new SystemState(std::move(database)));
}

Result<EffectAnswer> SystemState::execute(const EffectRequest& request, Instant at, bool pretend)
{
    const bool deduplicated = deduplicates(request.system);
    CS_TRY(const std::string payload, canonicalJson(request.payload));
    CS_TRY(const auto transaction, m_database->beginWrite());
    if (deduplicated) {
        CS_TRY(
            const std::optional<Known> known,
            transaction->first<Known>(
                kSelectKnown,
                {{":system", request.system}, {":key", request.idempotencyKey}},
                knownFromRow));
        if (known && (known->operation != request.operation || known->payload != payload))
            return fail(
                ErrorCode::Conflict,
                "the idempotency key stands for another request",
                "idempotency");
        if (known)
            return EffectAnswer{.body = known->answer, .isReplayed = true};
    }
    const ResourceReader reader = [&transaction](const std::string& uri) {
        return stateIn(*transaction, uri);
    };
    CS_TRY(
        const EffectPlan plan,
        planEffect(request.system, request.operation, request.payload, reader));
    CS_TRY(const std::optional<std::int64_t> next, transaction->firstInteger(kNextSeq));
    const std::int64_t seq = next.value_or(1);
    const std::string body = answerOf(request, seq, plan).dump();
    if (pretend)
        return EffectAnswer{.body = body, .isReplayed = false};
    CS_CHECK(applyChanges(*transaction, plan));
    CS_CHECK(transaction->execute(
        kInsertEffect,
        {{":seq", seq},
         {":system", request.system},
         {":operation", request.operation},
         {":key", request.idempotencyKey},
         {":deduplicated", std::int64_t{deduplicated ? 1 : 0}},
         {":payload", payload},
         {":answer", body},
         {":at", at.text()},
         {":trace", request.trace}}));
    CS_CHECK(transaction->commit());
    return EffectAnswer{.body = body, .isReplayed = false};
}

Result<std::optional<Json>> SystemState::resource(const std::string& uri)
{
    CS_TRY(
        std::optional<Json> found,
        m_database->first<Json>(kSelectResource, {{":uri", uri}}, resourceFromRow));
    if (found)
        (*found)["uri"] = uri;
    return found;
}

Result<Json> SystemState::effectsSince(std::int64_t seq)
{
    CS_TRY(
        const std::vector<Json> effects,
        m_database->all<Json>(kSelectEffects, {{":seq", seq}}, effectFromRow));
    return Json(effects);
}

Result<void> SystemState::addFault(const Fault& fault)
{
    CS_TRY(const auto transaction, m_database->beginWrite());
    CS_CHECK(transaction->execute(
        kInsertFault,
        {{":system", fault.system},
         {":operation", fault.operation},
         {":kind", fault.kind},
         {":argument", fault.argument},
         {":times", fault.timesLeft}}));
    return transaction->commit();
}

Result<std::vector<Fault>> SystemState::faults()
{
    return m_database->all<Fault>(kSelectFaults, {}, faultFromRow);
}

Result<void> SystemState::clearFaults()
{
    CS_TRY(const auto transaction, m_database->beginWrite());
    CS_CHECK(transaction->execute(kDeleteFaults));
    return transaction->commit();
}

Result<std::optional<Fault>>
SystemState::takeFault(const std::string& system, const std::string& operation)
{
    const data::SqlBindings wanted = {{":system", system}, {":operation", operation}};
    // Almost always there is none, and looking needs no lock.
    CS_TRY(
        const std::optional<Fault> seen,
        m_database->first<Fault>(kSelectFault, wanted, faultFromRow));
    if (!seen)
        return seen;
    CS_TRY(const auto transaction, m_database->beginWrite());
    CS_TRY(
        std::optional<Fault> fault, transaction->first<Fault>(kSelectFault, wanted, faultFromRow));
    if (fault) {
        CS_CHECK(transaction->execute(kUseFault, {{":id", fault->id}}));
        CS_CHECK(transaction->execute(kDeleteUsedFaults));
    }
    CS_CHECK(transaction->commit());
    return fault;
}

} // namespace countersign::demo
