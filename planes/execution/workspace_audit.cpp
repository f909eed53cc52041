#include "planes/execution/workspace_audit.h"

#include "planes/control/foundation.h"
#include "planes/data/blobs.h"
#include "planes/execution/detail/decision_evidence.h"
#include "planes/execution/detail/ledger_scan.h"
#include "planes/execution/detail/table_compare.h"

#include <memory>

namespace countersign::execution {

namespace {

constexpr std::string_view kSelectHeadSize = "SELECT size FROM ledger_head";
constexpr std::string_view kSelectDecisions =
    "SELECT DISTINCT decision_id FROM ledger_entry WHERE type = 'request.opened' "
    "ORDER BY decision_id";
constexpr std::string_view kSelectDeliveries =
    "SELECT body FROM ledger_entry WHERE type = 'documents.accepted' ORDER BY idx";
constexpr std::uint64_t kProgressStep = 256;

/// One state of the database for the whole audit. In a session that is within a transaction there
/// is one already, and the database refuses another.
class ReadSnapshot
{
public:
    explicit ReadSnapshot(data::SqlSession& session)
        : m_session(session)
        , m_begun(run("BEGIN"))
    {}
    ~ReadSnapshot()
    {
        if (m_begun)
            static_cast<void>(run("ROLLBACK")); // Nothing was written.
    }
    ReadSnapshot(const ReadSnapshot&) = delete;
    ReadSnapshot& operator=(const ReadSnapshot&) = delete;

private:
    bool run(std::string_view sql)
    {
        return m_session.forEach(sql, {}, [](const data::Row&) -> Result<bool> { return false; })
            .ok();
    }

    data::SqlSession& m_session;
    bool m_begun;
};

class WorkspaceAudit
{
public:
    WorkspaceAudit(data::SqlSession& session, const WorkspaceAuditOptions& options)
        : m_session(session)
        , m_options(options)
    {}

    Result<WorkspaceReport> run()
    {
        CS_CHECK(link("checkpoint", [this] { return checkHead(); }));
        CS_CHECK(link("entries", [this] { return checkEntries(); }));
        CS_CHECK(link("documents", [this] { return checkDocuments(); }));
        CS_CHECK(link("foundation", [this] { return checkFoundation(); }));
        if (m_options.deep) {
            CS_CHECK(link("storage", [this] { return checkDatabase(); }));
            CS_CHECK(link("tables", [this] { return checkTables(); }));
        }
        CS_CHECK(link("decisions", [this] { return checkDecisions(); }));
        return std::move(m_report);
    }

private:
    /// Runs a check unless an earlier one failed. Only trouble with the machine ends the audit.
    template <class Check>
    Result<void> link(std::string_view what, const Check& check)
    {
        if (m_report.broken)
            return {};
        m_what = what;
        CS_CHECK(progress(0, 0));
        const Result<AuditFindings> found = guarded(check);
        if (found.ok()) {
            m_report.rows.push_back({std::string(what), true, text(*found), *found});
            return {};
        }
        const ErrorCode code = found.error().code;
        if (code == ErrorCode::StorageBusy || code == ErrorCode::StorageFailed
            || code == ErrorCode::Cancelled)
            return found.failure();
        m_report.rows.push_back({std::string(what), false, found.error().detail});
        m_report.broken = found.error();
        return {};
    }

    /// Bodies can hold anything where a list or an object is expected.
    template <class Check>
    static Result<AuditFindings> guarded(const Check& check)
    {
        try {
            return check();
        } catch (const Json::exception& unexpected) {
            return fail(
                ErrorCode::Corrupt,
                std::string("an entry is not well formed: ") + unexpected.what(),
                "audit.form");
        }
    }

    Result<void> progress(std::uint64_t done, std::uint64_t total)
    {
        if (m_options.cancelled != nullptr && m_options.cancelled->load())
            return fail(ErrorCode::Cancelled, "the audit was stopped", "audit.cancelled");
        if (m_options.onProgress && done % kProgressStep == 0)
            m_options.onProgress({m_what, done, total});
        return {};
    }

    Result<AuditFindings> checkHead()
    {
        CS_TRY(trust::OpenedCheckpoint opened, trust::storedHead(m_session, m_options.logKey));
        m_head = std::move(opened.checkpoint);
        CS_TRY(const auto size, m_session.firstInteger(kSelectHeadSize));
        if (size != static_cast<std::int64_t>(m_head->size))
            return fail(
                ErrorCode::Corrupt,
                "the row of the head states another size than the signed head",
                "ledger.head");
        m_report.entryCount = m_head->size;
        return AuditFindings{
            {"checkpoint.head",
             {m_head->origin, std::to_string(m_head->size), m_head->root.hex()}}};
    }

    Result<AuditFindings> checkEntries()
    {
        CS_CHECK(detail::scanLedger(
            m_session,
            *m_head,
            [this](const trust::LedgerEntry& entry, const trust::LedgerEvent* /*event*/) {
                return progress(entry.index, m_head->size);
            }));
        return AuditFindings{{"entries.counted", {std::to_string(m_head->size)}}};
    }

    Result<AuditFindings> checkDocuments()
    {
        CS_TRY(const std::int64_t blobCount, data::verifyAllBlobs(m_session));
        std::uint64_t documentCount = 0;
        CS_CHECK(
            m_session.forEach(kSelectDeliveries, {}, [&](const data::Row& row) -> Result<bool> {
                CS_TRY(const Json body, parseJson(row.blob(0)));
                CS_CHECK(checkBlobs(body, "documents", "blob"));
                CS_CHECK(checkBlobs(body, "sources", "sha256"));
                documentCount += body.value("documents", Json::array()).size();
                CS_CHECK(progress(documentCount, 0));
                return true;
            }));
        return AuditFindings{
            {"documents.workspace", {std::to_string(blobCount), std::to_string(documentCount)}}};
    }

    Result<void> checkBlobs(const Json& body, const char* list, const char* member)
    {
        for (const Json& listed : body.value(list, Json::array())) {
            CS_TRY(const Digest digest, Digest::parse(textMember(listed, member)));
            CS_TRY(const bool stored, data::hasBlob(m_session, digest));
            if (!stored)
                return fail(
                    ErrorCode::Corrupt,
                    "the stored document " + digest.hex() + " (" + textMember(listed, "path")
                        + ") is missing",
                    "audit.document_absent");
        }
        return {};
    }

    Result<AuditFindings> checkFoundation()
    {
        const auto ledger = trust::openLedgerReader(m_session, m_options.logKey);
        CS_TRY(
            const control::Foundation foundation,
            control::loadFoundation(*ledger, m_options.anchor));
        CS_TRY(const std::string logKey, foundedLogKey(*ledger, m_options.anchor));
        if (logKey != m_options.logKey.vkey())
            return fail(
                ErrorCode::Corrupt,
                "the genesis names another log key than the one the head was signed with",
                "audit.log_key");
        return AuditFindings{{"foundation.workspace", {foundation.name, m_options.anchor.hex()}}};
    }

    Result<AuditFindings> checkDatabase()
    {
        CS_CHECK(detail::checkStorage(m_session));
        CS_TRY(
            m_replayed, data::Database::open({{}, data::OpenMode::Memory}, m_options.migrations));
        CS_CHECK(detail::compareSchema(m_session, *m_replayed));
        return AuditFindings{{"storage.sound", {}}};
    }

    Result<AuditFindings> checkTables()
    {
        CS_TRY(const auto transaction, m_replayed->beginWrite());
        CS_CHECK(
            detail::replayLedger(m_session, [&](const trust::LedgerEvent& event) -> Result<void> {
                CS_CHECK(progress(event.index, m_head->size));
                for (trust::Projector* projector : m_options.projectors)
                    CS_CHECK(projector->apply(*transaction, event));
                return {};
            }));
        std::size_t tableCount = 0;
        for (const trust::Projector* projector : m_options.projectors) {
            for (const std::string_view table : projector->tables()) {
                CS_CHECK(progress(m_head->size, m_head->size));
                CS_CHECK(detail::compareTable(m_session, *transaction, table));
                ++tableCount;
            }
        }
        return AuditFindings{{"tables.compared", {std::to_string(tableCount)}}};
    }

    Result<AuditFindings> checkDecisions()
    {
        CS_TRY(const std::vector<std::string> ids, decisionIdsWithRequests(m_session));
        const auto ledger = trust::openLedgerReader(m_session, m_options.logKey);
        for (const std::string& id : ids) {
            CS_CHECK(progress(m_report.decisionCount, ids.size()));
            CS_TRY(const AuditReport report, auditDecision(*ledger, m_options.anchor, id));
            if (report.broken) {
                Error error = *report.broken;
                error.detail = "decision " + id + ": " + error.detail;
                return fail(std::move(error));
            }
            ++m_report.decisionCount;
        }
        return AuditFindings{{"decisions.counted", {std::to_string(ids.size())}}};
    }

    data::SqlSession& m_session;
    const WorkspaceAuditOptions& m_options;
    std::string_view m_what;
    std::optional<trust::Checkpoint> m_head;
    std::unique_ptr<data::Database> m_replayed;
    WorkspaceReport m_report;
};

} // namespace

Result<WorkspaceReport>
verifyWorkspace(data::SqlSession& session, const WorkspaceAuditOptions& options)
{
    const ReadSnapshot snapshot(session);
    return WorkspaceAudit(session, options).run();
}

Result<std::vector<std::string>> decisionIdsWithRequests(data::SqlSession& session)
{
    return session.all<std::string>(
        kSelectDecisions, {}, [](const data::Row& row) { return row.text(0); });
}

} // namespace countersign::execution
