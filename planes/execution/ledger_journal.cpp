#include "planes/execution/ledger_journal.h"

#include "planes/execution/connector_pin.h"

namespace countersign::execution {

LedgerJournal::LedgerJournal(trust::LedgerStore& store, EntropySource& entropy)
    : m_store(store)
    , m_entropy(entropy)
{}

Result<void> LedgerJournal::append(const std::vector<RunEvent>& events)
{
    // Looked up before the transaction: a run's decision stands in its first entry.
    std::vector<std::string> decisions;
    decisions.reserve(events.size());
    for (const RunEvent& event : events) {
        if (event.type == RunEventType::RunCreated) {
            CS_TRY(RunHead created, readCreated(event));
            decisions.push_back(created.decisionId.text());
            m_heads.insert_or_assign(event.runId, std::move(created));
        } else {
            CS_TRY(const RunHead known, head(event.runId));
            decisions.push_back(known.decisionId.text());
        }
    }
    return m_store.write(
        [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            for (std::size_t i = 0; i < events.size(); ++i)
                CS_CHECK(ledger.append(session, toLedgerEvent(events[i], decisions[i], m_entropy)));
            return {};
        });
}

Result<std::vector<RunEvent>>
loadRunEvents(data::SqlSession& session, trust::LedgerReader& ledger, const std::string& runId)
{
    CS_TRY(const std::vector<std::uint64_t> indices, runEventIndices(session, runId));
    std::vector<RunEvent> events;
    events.reserve(indices.size());
    for (const std::uint64_t index : indices) {
        CS_TRY(const trust::LedgerEntry entry, ledger.entry(index));
        CS_TRY(const trust::LedgerEvent ledgerEvent, trust::readEvent(entry));
        CS_TRY(RunEvent event, runEventFrom(ledgerEvent));
        if (event.runId.text() != runId)
            return fail(ErrorCode::Corrupt, "an event is filed under another run", "run.event");
        events.push_back(std::move(event));
    }
    return events;
}

Result<std::vector<RunEvent>> LedgerJournal::load(const RunId& runId)
{
    const auto reader = trust::openLedgerReader(m_store.database(), m_store.logKey());
    return loadRunEvents(m_store.database(), *reader, runId.text());
}

Result<std::vector<RunId>>
LedgerJournal::unfinished(const std::optional<RunId>& after, std::size_t countMax)
{
    CS_TRY(
        const std::vector<std::string> ids,
        unfinishedRuns(
            m_store.database(), after ? after->text() : std::string(), static_cast<int>(countMax)));
    std::vector<RunId> runs;
    for (const std::string& id : ids) {
        CS_TRY(RunId runId, RunId::parse(id));
        runs.push_back(std::move(runId));
    }
    return runs;
}

Result<std::optional<RunId>>
LedgerJournal::find(const RequestId& requestId, const Digest& planDigest)
{
    CS_TRY(const auto found, runOfApproval(m_store.database(), requestId.text(), planDigest.hex()));
    if (!found)
        return std::optional<RunId>();
    CS_TRY(RunId runId, RunId::parse(*found));
    return std::optional<RunId>(std::move(runId));
}

Result<RunHead> LedgerJournal::head(const RunId& runId)
{
    if (const auto known = m_heads.find(runId); known != m_heads.end())
        return known->second;
    CS_TRY(const auto indices, runEventIndices(m_store.database(), runId.text()));
    if (indices.empty())
        return fail(ErrorCode::NotFound, "the ledger has no run " + runId.text(), "run.unknown");
    const auto reader = trust::openLedgerReader(m_store.database(), m_store.logKey());
    CS_TRY(const trust::LedgerEntry entry, reader->entry(indices.front()));
    CS_TRY(const trust::LedgerEvent ledgerEvent, trust::readEvent(entry));
    CS_TRY(const RunEvent event, runEventFrom(ledgerEvent));
    CS_TRY(RunHead created, readCreated(event));
    if (created.runId != runId)
        return fail(ErrorCode::Corrupt, "an event is filed under another run", "run.event");
    return m_heads.insert_or_assign(runId, std::move(created)).first->second;
}

LedgerAuthority::LedgerAuthority(
    trust::LedgerStore& store,
    const control::Foundation& foundation,
    PlanSource& plans,
    std::shared_ptr<const ConnectorCatalog> catalog)
    : m_store(store)
    , m_foundation(foundation)
    , m_plans(plans)
    , m_catalog(std::move(catalog))
{}

Result<AuthorityGrant> LedgerAuthority::authorize(
    const RunId& runId,
    const PlanRef& planRef,
    const std::string& stepId,
    CallPhase phase,
    Instant now)
{
    CS_TRY(const std::shared_ptr<const Plan> plan, m_plans.plan(planRef.planDigest));
    const auto step = plan->find(stepId);
    if (!step)
        return fail(ErrorCode::Unauthorized, "the plan has no step " + stepId, "authority.plan");
    const PlanStep& planned = plan->steps[*step];
    const bool compensation = phase == CallPhase::Compensation;
    if (compensation && !planned.compensation.call)
        return fail(
            ErrorCode::Unauthorized, "the plan has no call that undoes it", "authority.plan");
    const PlanCall& call = compensation ? *planned.compensation.call : planned.call;
    const ConnectorManifest* manifest = m_catalog->find(call.connector, call.connectorVersion);
    if (manifest == nullptr)
        return fail(
            ErrorCode::Unauthorized,
            "no manifest of " + call.connector + " " + call.connectorVersion + " is installed",
            "authority.connector");
    const auto reader = trust::openLedgerReader(m_store.database(), m_store.logKey());
    CS_TRY(
        const control::DispatchGrant grant,
        control::authorizeDispatch(
            *reader,
            m_foundation,
            {runId.text(),
             planRef.decisionId.text(),
             planRef.requestId.text(),
             planRef.packetDigest,
             planRef.planDigest,
             stepId,
             compensation,
             planned.humanGate,
             connectorPin(*manifest),
             now}));
    return AuthorityGrant{grant.sha256};
}

} // namespace countersign::execution
