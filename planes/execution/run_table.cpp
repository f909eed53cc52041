#include "planes/execution/run_table.h"

#include "planes/control/authority.h"

namespace countersign::execution {

namespace {

constexpr std::string_view kInsertRun =
    "INSERT INTO run (run_id, decision_id, request_id, plan_sha256, status, created_at, "
    "finished_at) VALUES (:run_id, :decision_id, :request_id, :plan_sha256, 'waiting', "
    ":created_at, NULL)";
constexpr std::string_view kInsertEvent =
    "INSERT INTO run_event (run_id, sequence, idx) VALUES (:run_id, :sequence, :idx)";
constexpr std::string_view kUpdateStatus = "UPDATE run SET status = :status WHERE run_id = :run_id";
constexpr std::string_view kFinish =
    "UPDATE run SET status = :status, finished_at = :finished_at WHERE run_id = :run_id";
constexpr std::string_view kSelectPage =
    "SELECT run_id, decision_id, request_id, plan_sha256, status, created_at, finished_at "
    "FROM run WHERE run_id < :after ORDER BY run_id DESC LIMIT :limit";
constexpr std::string_view kSelectOfDecision =
    "SELECT run_id, decision_id, request_id, plan_sha256, status, created_at, finished_at "
    "FROM run WHERE decision_id = :decision_id ORDER BY run_id DESC LIMIT 50";
constexpr std::string_view kSelectRow =
    "SELECT run_id, decision_id, request_id, plan_sha256, status, created_at, finished_at "
    "FROM run WHERE run_id = :run_id";
constexpr std::string_view kSelectStatusOf =
    "SELECT status FROM run WHERE decision_id = :decision_id ORDER BY run_id DESC LIMIT 1";
constexpr std::string_view kSelectUnfinished =
    "SELECT run_id FROM run WHERE finished_at IS NULL AND run_id > :after "
    "ORDER BY run_id LIMIT :limit";
constexpr std::string_view kInsertDue =
    "INSERT INTO run_due (decision_id, request_sha256, idx) "
    "VALUES (:decision_id, :request_sha256, :idx) ON CONFLICT (decision_id) DO UPDATE SET "
    "request_sha256 = excluded.request_sha256, idx = excluded.idx";
constexpr std::string_view kDeleteDue = "DELETE FROM run_due WHERE decision_id = :decision_id";
constexpr std::string_view kSelectDue =
    "SELECT decision_id, request_sha256 FROM run_due ORDER BY idx LIMIT :limit";

constexpr std::string_view kInsertOrder =
    "INSERT INTO run_order_due (statement_index, decision_id, run_id) "
    "VALUES (:statement_index, :decision_id, :run_id)";
constexpr std::string_view kDeleteOrder =
    "DELETE FROM run_order_due WHERE statement_index = :statement_index";
constexpr std::string_view kSelectOrders =
    "SELECT statement_index, decision_id, run_id FROM run_order_due "
    "ORDER BY statement_index LIMIT :limit";

// Sorts after every run id.
constexpr std::string_view kAfterAll = "run_~";

Result<RunRow> fromRow(const data::Row& row)
{
    RunRow run{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), {}, {}};
    run.createdAt = Instant::fromUnixMicros(row.integer(5));
    if (!row.isNull(6))
        run.finishedAt = Instant::fromUnixMicros(row.integer(6));
    return run;
}

/// What a list shows after an event; empty where the event does not change it.
std::string statusAfter(RunEventType type)
{
    switch (type) {
    case RunEventType::StepDispatched:
    case RunEventType::StepGateConfirmed:
    case RunEventType::StepResolved:
    case RunEventType::RunResumed:
        return "running";
    case RunEventType::StepGateOpened:
        return "gate";
    case RunEventType::StepInDoubt:
        return "in_doubt";
    case RunEventType::RunHalted:
        return "halted";
    case RunEventType::RunBlocked:
        return "blocked";
    case RunEventType::RunCompensating:
    case RunEventType::StepCompensationConfirmed:
        return "compensating";
    case RunEventType::StepCompensationManual:
        return "manual";
    case RunEventType::RunCancelRequested:
        return "cancelling";
    case RunEventType::RunCreated:
    case RunEventType::StepFinished:
    case RunEventType::StepSkipped:
    case RunEventType::RunFinished:
        return {};
    }
    return {};
}

Result<std::vector<std::string>>
texts(data::SqlSession& session, std::string_view sql, const data::SqlBindings& bindings)
{
    return session.all<std::string>(
        sql, bindings, [](const data::Row& row) { return row.text(0); });
}

/// Takes up what the control plane recorded: runs and orders that are due.
Result<void> applyControlEvent(data::SqlSession& session, const trust::LedgerEvent& event)
{
    const bool isPlan = textMember(event.body, "subject") != control::kChangeSchema;
    if (event.type == control::kDecisionAuthorized && isPlan)
        CS_CHECK(session.execute(
            kInsertDue,
            {{":decision_id", event.decisionId},
             {":request_sha256", textMember(event.body, "request_sha256")},
             {":idx", static_cast<std::int64_t>(event.index)}}));
    else if (event.type == control::kRequestOpened)
        CS_CHECK(session.execute(kDeleteDue, {{":decision_id", event.decisionId}}));
    else if (event.type == control::kOrderRecorded)
        CS_CHECK(session.execute(
            kInsertOrder,
            {{":statement_index", event.body.value("statement_index", std::int64_t{0})},
             {":decision_id", event.decisionId},
             {":run_id", textMember(event.body, "run_id")}}));
    else if (event.type == kOrderRefused)
        CS_CHECK(session.execute(
            kDeleteOrder,
            {{":statement_index", event.body.value("statement_index", std::int64_t{0})}}));
    return {};
}

Result<void> createRun(data::SqlSession& session, const RunEvent& event)
{
    CS_TRY(const RunHead head, readCreated(event));
    CS_CHECK(session.execute(
        kInsertRun,
        {{":run_id", event.runId.text()},
         {":decision_id", head.decisionId.text()},
         {":request_id", head.requestId.text()},
         {":plan_sha256", head.planDigest.hex()},
         {":created_at", event.at.unixMicros()}}));
    CS_CHECK(session.execute(kDeleteDue, {{":decision_id", head.decisionId.text()}}));
    return {};
}

Result<void> applyRunEvent(data::SqlSession& session, const trust::LedgerEvent& ledgerEvent)
{
    CS_TRY(const RunEvent event, runEventFrom(ledgerEvent));
    const std::string runId = event.runId.text();
    if (event.type == RunEventType::RunCreated)
        CS_CHECK(createRun(session, event));
    CS_CHECK(session.execute(
        kInsertEvent,
        {{":run_id", runId},
         {":sequence", static_cast<std::int64_t>(event.sequence)},
         {":idx", static_cast<std::int64_t>(ledgerEvent.index)}}));
    if (event.body.contains("statement_index"))
        CS_CHECK(session.execute(
            kDeleteOrder,
            {{":statement_index", event.body["statement_index"].get<std::int64_t>()}}));
    if (event.type == RunEventType::RunFinished)
        CS_CHECK(session.execute(
            kFinish,
            {{":status", textMember(event.body, "result")},
             {":finished_at", event.at.unixMicros()},
             {":run_id", runId}}));
    else if (const std::string status = statusAfter(event.type); !status.empty())
        CS_CHECK(session.execute(kUpdateStatus, {{":status", status}, {":run_id", runId}}));
    return {};
}

} // namespace

data::Migration runTableMigration()
{
    return {
        5,
        "runs",
        {"CREATE TABLE run (run_id TEXT PRIMARY KEY, decision_id TEXT NOT NULL, "
         "request_id TEXT NOT NULL, plan_sha256 TEXT NOT NULL, status TEXT NOT NULL, "
         "created_at INTEGER NOT NULL, finished_at INTEGER) STRICT",
         "CREATE INDEX run_by_decision ON run (decision_id, run_id)",
         "CREATE INDEX run_unfinished ON run (run_id) WHERE finished_at IS NULL",
         "CREATE UNIQUE INDEX run_of_approval ON run (request_id, plan_sha256)",
         "CREATE TABLE run_event (run_id TEXT NOT NULL, sequence INTEGER NOT NULL, "
         "idx INTEGER NOT NULL, PRIMARY KEY (run_id, sequence)) STRICT, WITHOUT ROWID",
         "CREATE TABLE run_due (decision_id TEXT PRIMARY KEY, request_sha256 TEXT NOT NULL, "
         "idx INTEGER NOT NULL) STRICT",
         "CREATE TABLE run_order_due (statement_index INTEGER PRIMARY KEY, "
         "decision_id TEXT NOT NULL, run_id TEXT NOT NULL) STRICT"}};
}

bool isRunEventType(std::string_view type)
{
    return parseRunEventType(type).ok();
}

trust::LedgerEvent
toLedgerEvent(const RunEvent& event, const std::string& decisionId, EntropySource& entropy)
{
    return {
        0,
        EventId::make(event.at, entropy).text(),
        std::string(text(event.type)),
        event.at,
        decisionId,
        {{"run_id", event.runId.text()}, {"sequence", event.sequence}, {"body", event.body}}};
}

Result<RunEvent> runEventFrom(const trust::LedgerEvent& event)
{
    const auto type = parseRunEventType(event.type);
    const auto runId = RunId::parse(textMember(event.body, "run_id"));
    const Json sequence = event.body.value("sequence", Json());
    if (!type.ok() || !runId.ok() || !sequence.is_number_unsigned() || !event.body.contains("body"))
        return fail(
            ErrorCode::Corrupt,
            "ledger entry " + std::to_string(event.index) + " is not a well-formed event of a run",
            "run.event");
    return RunEvent{*runId, sequence.get<std::uint64_t>(), *type, event.time, event.body["body"]};
}

Result<void> RunProjector::apply(data::SqlSession& session, const trust::LedgerEvent& event)
{
    if (isRunEventType(event.type))
        return applyRunEvent(session, event);
    return applyControlEvent(session, event);
}

Result<std::vector<RunRow>>
runPage(data::SqlSession& session, const std::string& afterRunId, int limit)
{
    return session.all<RunRow>(
        kSelectPage,
        {{":after", afterRunId.empty() ? std::string(kAfterAll) : afterRunId},
         {":limit", static_cast<std::int64_t>(limit)}},
        fromRow);
}

Result<std::vector<RunRow>> runsOfDecision(data::SqlSession& session, const std::string& decisionId)
{
    return session.all<RunRow>(kSelectOfDecision, {{":decision_id", decisionId}}, fromRow);
}

Result<RunRow> runRow(data::SqlSession& session, const std::string& runId)
{
    CS_TRY(auto found, session.first<RunRow>(kSelectRow, {{":run_id", runId}}, fromRow));
    if (!found)
        return fail(ErrorCode::NotFound, "there is no run " + runId, "run.unknown");
    return std::move(*found);
}

Result<std::string> runStatusOf(data::SqlSession& session, const std::string& decisionId)
{
    CS_TRY(const auto found, texts(session, kSelectStatusOf, {{":decision_id", decisionId}}));
    return found.empty() ? std::string() : found.front();
}

Result<std::vector<std::string>>
unfinishedRuns(data::SqlSession& session, const std::string& afterRunId, int limit)
{
    return texts(
        session,
        kSelectUnfinished,
        {{":after", afterRunId}, {":limit", static_cast<std::int64_t>(limit)}});
}

Result<std::vector<DueOrder>> dueOrders(data::SqlSession& session, int limit)
{
    return session.all<DueOrder>(
        kSelectOrders, {{":limit", static_cast<std::int64_t>(limit)}}, [](const data::Row& row) {
            return DueOrder{static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2)};
        });
}

Result<std::vector<DueRun>> dueRuns(data::SqlSession& session, int limit)
{
    return session.all<DueRun>(
        kSelectDue, {{":limit", static_cast<std::int64_t>(limit)}}, [](const data::Row& row) {
            return DueRun{row.text(0), row.text(1)};
        });
}

} // namespace countersign::execution
