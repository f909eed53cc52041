#include "planes/control/decision_table.h"

#include "planes/control/authority.h"
#include "planes/control/class_rules.h"

#include <algorithm>

namespace countersign::control {

namespace {

constexpr std::string_view kPriorityExtension = "countersign.priority";

constexpr std::string_view kWriteRow =
    "INSERT INTO decision (decision_id, title, ask, language, approval, reversibility, "
    "sensitivity, action, priority, status, requested_by, opened_at, due_at, expires_at, "
    "deferred_until, approvals_have, approvals_needed, exposure_amount, exposure_currency) "
    "VALUES (:decision_id, :title, :ask, :language, :approval, :reversibility, :sensitivity, "
    ":action, :priority, :status, :requested_by, :opened_at, :due_at, :expires_at, NULL, "
    ":approvals_have, :approvals_needed, :exposure_amount, :exposure_currency) "
    "ON CONFLICT (decision_id) DO UPDATE SET title = excluded.title, ask = excluded.ask, "
    "language = excluded.language, approval = excluded.approval, "
    "reversibility = excluded.reversibility, sensitivity = excluded.sensitivity, "
    "action = excluded.action, priority = excluded.priority, status = excluded.status, "
    "requested_by = excluded.requested_by, opened_at = excluded.opened_at, "
    "due_at = excluded.due_at, expires_at = excluded.expires_at, deferred_until = NULL, "
    "approvals_have = excluded.approvals_have, approvals_needed = excluded.approvals_needed, "
    "exposure_amount = excluded.exposure_amount, "
    "exposure_currency = excluded.exposure_currency";
constexpr std::string_view kUpdateStanding =
    "UPDATE decision SET status = :status, approvals_have = :approvals_have "
    "WHERE decision_id = :decision_id";
constexpr std::string_view kUpdateStatus =
    "UPDATE decision SET status = :status WHERE decision_id = :decision_id";
constexpr std::string_view kUpdateDeferral =
    "UPDATE decision SET deferred_until = :deferred_until WHERE decision_id = :decision_id";
constexpr std::string_view kMarkStale =
    "UPDATE decision SET status = 'stale' WHERE status = 'open'";
constexpr std::string_view kSelectStale =
    "SELECT decision_id FROM decision WHERE status = 'stale' ORDER BY opened_at, decision_id "
    "LIMIT :limit";
constexpr std::string_view kClearWaits =
    "DELETE FROM decision_waits_for WHERE decision_id = :decision_id";
constexpr std::string_view kInsertWait =
    "INSERT INTO decision_waits_for (decision_id, person_id) VALUES (:decision_id, :person_id)";

/// All columns in the order fromRow reads them.
#define COUNTERSIGN_DECISION_COLUMNS                                                               \
    "decision_id, title, ask, language, approval, reversibility, sensitivity, action, priority, "  \
    "status, requested_by, opened_at, due_at, expires_at, deferred_until, approvals_have, "        \
    "approvals_needed, exposure_amount, exposure_currency"

constexpr std::string_view kSelectRow =
    "SELECT " COUNTERSIGN_DECISION_COLUMNS " FROM decision WHERE decision_id = :decision_id";
constexpr std::string_view kSelectPastExpiry =
    "SELECT decision_id FROM decision WHERE status = 'open' AND expires_at < :now "
    "ORDER BY expires_at LIMIT :limit";
constexpr std::string_view kSelectNextExpiry =
    "SELECT MIN(expires_at) FROM decision WHERE status = 'open'";

std::int64_t number(int value)
{
    return static_cast<std::int64_t>(value);
}

Result<DecisionRow> fromRow(const data::Row& row)
{
    DecisionRow decision;
    decision.decisionId = row.text(0);
    decision.title = row.text(1);
    decision.ask = row.text(2);
    decision.language = row.text(3);
    CS_TRY(decision.classes.approval, parseApprovalClass(row.text(4)));
    CS_TRY(decision.classes.reversibility, parseReversibility(row.text(5)));
    CS_TRY(decision.classes.sensitivity, parseSensitivity(row.text(6)));
    CS_TRY(decision.classes.action, parseActionClass(row.text(7)));
    decision.priority = static_cast<int>(row.integer(8));
    decision.status = row.text(9);
    decision.requestedBy = row.text(10);
    decision.openedAt = Instant::fromUnixMicros(row.integer(11));
    decision.dueAt = Instant::fromUnixMicros(row.integer(12));
    decision.expiresAt = Instant::fromUnixMicros(row.integer(13));
    if (!row.isNull(14))
        decision.deferredUntil = Instant::fromUnixMicros(row.integer(14));
    decision.approvalsHave = static_cast<int>(row.integer(15));
    decision.approvalsNeeded = static_cast<int>(row.integer(16));
    decision.exposureAmount = row.text(17);
    decision.exposureCurrency = row.text(18);
    return decision;
}

Result<void>
writeWaits(data::SqlSession& session, const std::string& decisionId, const Json& people)
{
    CS_CHECK(session.execute(kClearWaits, {{":decision_id", decisionId}}));
    for (const Json& person : people)
        CS_CHECK(session.execute(
            kInsertWait,
            {{":decision_id", decisionId}, {":person_id", person.get<std::string>()}}));
    return {};
}

Result<void> projectOpened(data::SqlSession& session, const trust::LedgerEvent& event)
{
    CS_TRY(const ApprovalRequest request, parseRequest(event.body.value("request", Json())));
    const Json standing = event.body.value("standing", Json::object());
    CS_CHECK(session.execute(
        kWriteRow,
        {{":decision_id", event.decisionId},
         {":title", request.title},
         {":ask", request.ask},
         {":language", textMember(event.body, "language")},
         {":approval", std::string(text(request.classes.approval))},
         {":reversibility", std::string(text(request.classes.reversibility))},
         {":sensitivity", std::string(text(request.classes.sensitivity))},
         {":action", std::string(text(request.classes.action))},
         {":priority", number(event.body.value("priority", kPriorityNormal))},
         {":status", textMember(standing, "status")},
         {":requested_by", request.requestedBy},
         {":opened_at", event.time.unixMicros()},
         {":due_at", request.dueAt.unixMicros()},
         {":expires_at", request.expiresAt.unixMicros()},
         {":approvals_have", number(standing.value("approvals_have", 0))},
         {":approvals_needed", number(request.approvalsNeeded)},
         {":exposure_amount", request.exposure ? request.exposure->amount() : std::string()},
         {":exposure_currency", request.exposure ? request.exposure->currency() : std::string()}}));
    return writeWaits(session, event.decisionId, standing.value("waits_for", Json::array()));
}

/// A request that could not be opened is shown as blocked, with the strictest classes: nobody has
/// judged it.
Result<void> projectRefused(data::SqlSession& session, const trust::LedgerEvent& event)
{
    const Classes strictestClasses;
    const auto micros = [&](const char* member) {
        const auto parsed = Instant::parse(textMember(event.body, member));
        return parsed.ok() ? parsed->unixMicros() : event.time.unixMicros();
    };
    CS_CHECK(session.execute(
        kWriteRow,
        {{":decision_id", event.decisionId},
         {":title", textMember(event.body, "title")},
         {":ask", textMember(event.body, "ask")},
         {":language", textMember(event.body, "language")},
         {":approval", std::string(text(strictestClasses.approval))},
         {":reversibility", std::string(text(strictestClasses.reversibility))},
         {":sensitivity", std::string(text(strictestClasses.sensitivity))},
         {":action", std::string(text(strictestClasses.action))},
         {":priority", number(kPriorityNormal)},
         {":status", std::string("blocked")},
         {":requested_by", textMember(event.body, "requested_by")},
         {":opened_at", event.time.unixMicros()},
         {":due_at", micros("due_at")},
         {":expires_at", micros("expires_at")},
         {":approvals_have", number(0)},
         {":approvals_needed", number(0)},
         {":exposure_amount", std::string()},
         {":exposure_currency", std::string()}}));
    return writeWaits(session, event.decisionId, Json::array());
}

Result<void> projectAnswer(data::SqlSession& session, const trust::LedgerEvent& event)
{
    const Json standing = event.body.value("standing", Json::object());
    CS_CHECK(session.execute(
        kUpdateStanding,
        {{":status", textMember(standing, "status")},
         {":approvals_have", number(standing.value("approvals_have", 0))},
         {":decision_id", event.decisionId}}));
    if (const auto until = Instant::parse(textMember(event.body, "defer_until")); until.ok())
        CS_CHECK(session.execute(
            kUpdateDeferral,
            {{":deferred_until", until->unixMicros()}, {":decision_id", event.decisionId}}));
    return writeWaits(session, event.decisionId, standing.value("waits_for", Json::array()));
}

std::string whereOf(const DecisionQuery& query)
{
    switch (query.filter) {
    case DecisionFilter::Open:
        return "status = 'open'";
    case DecisionFilter::OpenForPerson: {
        std::string people;
        for (std::size_t i = 0; i < query.personIds.size(); ++i)
            people += (i == 0 ? ":person" : ", :person") + std::to_string(i);
        return "status = 'open' AND decision_id IN (SELECT decision_id FROM decision_waits_for "
               "WHERE person_id IN ("
               + people + "))";
    }
    case DecisionFilter::OpenDueBefore:
        return "status = 'open' AND due_at < :due_before";
    case DecisionFilter::OpenIrreversible:
        return "status = 'open' AND reversibility IN ('R2', 'R3')";
    case DecisionFilter::Closed:
        return "status <> 'open'";
    case DecisionFilter::All:
        return "1 = 1";
    }
    return "1 = 1";
}

bool isByPriority(DecisionFilter filter)
{
    return filter != DecisionFilter::Closed && filter != DecisionFilter::All;
}

std::string escapedPattern(const std::string& search)
{
    std::string pattern = "%";
    for (const char c : search) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

} // namespace

int priorityOf(const Json& claim, const Classes& classes)
{
    const std::string stated =
        textMember(claim.value("extensions", Json::object()), kPriorityExtension.data());
    if (stated == "critical")
        return kPriorityCritical;
    if (stated == "high")
        return kPriorityHigh;
    if (stated == "normal")
        return kPriorityNormal;
    if (stated == "low")
        return kPriorityLow;
    if (classes.approval == ApprovalClass::A3 || classes.reversibility == Reversibility::R3)
        return kPriorityHigh;
    if (classes.approval == ApprovalClass::A2 || classes.reversibility == Reversibility::R2)
        return kPriorityNormal;
    return kPriorityLow;
}

data::Migration decisionTableMigration()
{
    return {
        4,
        "decisions",
        {"CREATE TABLE decision (decision_id TEXT PRIMARY KEY, title TEXT NOT NULL, "
         "ask TEXT NOT NULL, language TEXT NOT NULL, approval TEXT NOT NULL, "
         "reversibility TEXT NOT NULL, sensitivity TEXT NOT NULL, action TEXT NOT NULL, "
         "priority INTEGER NOT NULL, status TEXT NOT NULL, requested_by TEXT NOT NULL, "
         "opened_at INTEGER NOT NULL, due_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, "
         "deferred_until INTEGER, approvals_have INTEGER NOT NULL, "
         "approvals_needed INTEGER NOT NULL, exposure_amount TEXT NOT NULL, "
         "exposure_currency TEXT NOT NULL) STRICT",
         "CREATE INDEX decision_open ON decision (priority, opened_at, decision_id) "
         "WHERE status = 'open'",
         "CREATE INDEX decision_open_due ON decision (due_at) WHERE status = 'open'",
         "CREATE INDEX decision_open_expiry ON decision (expires_at) WHERE status = 'open'",
         "CREATE INDEX decision_stale ON decision (opened_at, decision_id) WHERE status = 'stale'",
         "CREATE INDEX decision_age ON decision (opened_at DESC, decision_id)",
         "CREATE TABLE decision_waits_for (decision_id TEXT NOT NULL, person_id TEXT NOT NULL, "
         "PRIMARY KEY (decision_id, person_id)) STRICT, WITHOUT ROWID",
         "CREATE INDEX decision_waits_for_person ON decision_waits_for (person_id, decision_id)"}};
}

Result<void> DecisionProjector::apply(data::SqlSession& session, const trust::LedgerEvent& event)
{
    if (event.type == kRequestOpened)
        return projectOpened(session, event);
    if (event.type == kRequestRefused)
        return projectRefused(session, event);
    if (event.type == kAnswerRecorded)
        return projectAnswer(session, event);
    if (event.type == kDecisionExpired || event.type == kDecisionVoided) {
        CS_CHECK(session.execute(
            kUpdateStatus,
            {{":status", std::string(event.type == kDecisionExpired ? "expired" : "void")},
             {":decision_id", event.decisionId}}));
        return writeWaits(session, event.decisionId, Json::array());
    }
    // Every open request names the charter before; the core asks them anew.
    if (event.type == kCharterChanged)
        CS_CHECK(session.execute(kMarkStale, {}));
    return {};
}

Result<std::vector<DecisionRow>> decisionPage(data::SqlSession& session, const DecisionQuery& query)
{
    const bool byPriority = isByPriority(query.filter);
    std::string sql =
        "SELECT " COUNTERSIGN_DECISION_COLUMNS " FROM decision WHERE " + whereOf(query);
    data::SqlBindings bindings = {{":limit", number(query.limit)}};
    static constexpr std::string_view kPersonNames[] = {
        ":person0",
        ":person1",
        ":person2",
        ":person3",
        ":person4",
        ":person5",
        ":person6",
        ":person7",
        ":person8",
        ":person9",
        ":person10",
        ":person11",
        ":person12",
        ":person13",
        ":person14",
        ":person15"};
    if (query.filter == DecisionFilter::OpenForPerson) {
        if (query.personIds.empty())
            return std::vector<DecisionRow>();
        if (query.personIds.size() > std::size(kPersonNames))
            return fail(
                ErrorCode::LimitExceeded,
                "at most 16 people can be asked for at once",
                "queue.people");
        for (std::size_t i = 0; i < query.personIds.size(); ++i)
            bindings.emplace_back(kPersonNames[i], query.personIds[i]);
    }
    if (query.filter == DecisionFilter::OpenDueBefore)
        bindings.emplace_back(":due_before", query.dueBefore.unixMicros());
    if (!query.search.empty()) {
        sql += " AND (title LIKE :pattern ESCAPE '\\' OR ask LIKE :pattern2 ESCAPE '\\')";
        bindings.emplace_back(":pattern", escapedPattern(query.search));
        bindings.emplace_back(":pattern2", escapedPattern(query.search));
    }
    if (query.after) {
        sql += byPriority
                   ? " AND (priority, opened_at, decision_id) > (:rank, :opened_at, :decision_id)"
                   : " AND (opened_at < :opened_at OR (opened_at = :opened_at2 AND decision_id > "
                     ":decision_id))";
        bindings.emplace_back(":opened_at", query.after->openedAt);
        bindings.emplace_back(":decision_id", query.after->decisionId);
        if (byPriority)
            bindings.emplace_back(":rank", query.after->rank);
        else
            bindings.emplace_back(":opened_at2", query.after->openedAt);
    }
    sql += byPriority ? " ORDER BY priority, opened_at, decision_id LIMIT :limit"
                      : " ORDER BY opened_at DESC, decision_id LIMIT :limit";
    return session.all<DecisionRow>(sql, bindings, fromRow);
}

DecisionCursor cursorAfter(const DecisionRow& row, DecisionFilter filter)
{
    return {isByPriority(filter) ? row.priority : 0, row.openedAt.unixMicros(), row.decisionId};
}

Result<DecisionRow> decisionRow(data::SqlSession& session, const std::string& decisionId)
{
    CS_TRY(
        auto found,
        session.first<DecisionRow>(kSelectRow, {{":decision_id", decisionId}}, fromRow));
    if (!found)
        return fail(ErrorCode::NotFound, "there is no decision " + decisionId, "decision.absent");
    return std::move(*found);
}

Result<std::vector<std::string>> openPastExpiry(data::SqlSession& session, Instant now, int limit)
{
    return session.all<std::string>(
        kSelectPastExpiry,
        {{":now", now.unixMicros()}, {":limit", number(limit)}},
        [](const data::Row& row) { return row.text(0); });
}

Result<std::vector<std::string>> staleDecisions(data::SqlSession& session, int limit)
{
    return session.all<std::string>(
        kSelectStale, {{":limit", number(limit)}}, [](const data::Row& row) {
            return row.text(0);
        });
}

Result<std::optional<Instant>> nextExpiry(data::SqlSession& session)
{
    CS_TRY(const auto micros, session.firstInteger(kSelectNextExpiry));
    if (!micros)
        return std::optional<Instant>();
    return std::optional<Instant>(Instant::fromUnixMicros(*micros));
}

} // namespace countersign::control
