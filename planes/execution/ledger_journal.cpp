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
loadRunEvents(trust::LedgerReader& ledger, const std::string& decisionId, const std::string& runId)
{
    std::vector<RunEvent> events;
    CS_CHECK(
        ledger.forEachOfDecision(decisionId, [&](const trust::LedgerEntry& entry) -> Result<bool> {
            if (entry.kind != trust::EntryKind::Event || !isRunEventType(entry.type))
                return true;
            CS_TRY(const trust::LedgerEvent ledgerEvent, trust::readEvent(entry));
            CS_TRY(RunEvent event, runEventFrom(ledgerEvent));
            if (event.runId.text() != runId)
                return true;
            if (event.sequence != events.size() + 1)
                return fail(
                    ErrorCode::Corrupt,
                    "ledger entry " + std::to_string(entry.index)
                        + " is not the next event of the run " + runId,
                    "run.event");
            events.push_back(std::move(event));
            return true;
        }));
    return events;
}

Result<std::vector<RunEvent>> LedgerJournal::load(const RunId& runId)
{
    const auto known = head(runId);
    if (!known.ok())
        return known.error().code == ErrorCode::NotFound
                   ? std::vector<RunEvent>()
                   : Result<std::vector<RunEvent>>(known.failure());
    const auto reader = m_store.openReader();
    return loadRunEvents(*reader, known->decisionId.text(), runId.text());
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

Result<std::optional<RunId>> LedgerJournal::find(
    const DecisionId& decisionId, const RequestId& requestId, const Digest& planDigest)
{
    std::optional<RunId> found;
    CS_CHECK(forEachRun(decisionId.text(), [&](RunHead run) {
        if (run.requestId == requestId && run.planDigest == planDigest)
            found = std::move(run.runId);
        return !found;
    }));
    return found;
}

Result<RunHead> LedgerJournal::head(const RunId& runId)
{
    if (const auto known = m_heads.find(runId); known != m_heads.end())
        return known->second;
    CS_TRY(const RunRow row, runRow(m_store.database(), runId.text()));
    std::optional<RunHead> found;
    CS_CHECK(forEachRun(row.decisionId, [&](RunHead run) {
        if (run.runId == runId)
            found = std::move(run);
        return !found;
    }));
    if (!found)
        return fail(ErrorCode::NotFound, "the ledger has no run " + runId.text(), "run.unknown");
    return m_heads.insert_or_assign(runId, std::move(*found)).first->second;
}

Result<void>
LedgerJournal::forEachRun(const std::string& decisionId, const std::function<bool(RunHead)>& onRun)
{
    const auto reader = m_store.openReader();
    return reader->forEachOfDecision(
        decisionId,
        std::string(text(RunEventType::RunCreated)),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent ledgerEvent, trust::readEvent(entry));
            CS_TRY(const RunEvent event, runEventFrom(ledgerEvent));
            CS_TRY(RunHead created, readCreated(event));
            return onRun(std::move(created));
        });
}

LedgerAuthority::LedgerAuthority(
    trust::LedgerStore& store,
    control::Foundation& foundation,
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
    const auto reader = m_store.openReader();
    CS_CHECK(control::followFoundation(*reader, m_foundation));
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
