#pragma once

#include "planes/control/authority.h"
#include "planes/execution/connector_catalog.h"
#include "planes/execution/engine_ports.h"
#include "planes/execution/run_table.h"
#include "planes/trust/ledger_store.h"

#include <functional>
#include <map>
#include <memory>

/// The engine's ports over the ledger: histories are ledger entries, authority is derived from it.
namespace countersign::execution {

/// Thread: that of the store's database.
class LedgerJournal final : public RunJournal
{
public:
    LedgerJournal(trust::LedgerStore& store, EntropySource& entropy);

    [[nodiscard]] Result<void> append(const std::vector<RunEvent>& events) override;
    [[nodiscard]] Result<std::vector<RunEvent>> load(const RunId& runId) override;
    [[nodiscard]] Result<std::vector<RunId>>
    unfinished(const std::optional<RunId>& after, std::size_t countMax) override;
    [[nodiscard]] Result<std::optional<RunId>> find(
        const DecisionId& decisionId,
        const RequestId& requestId,
        const Digest& planDigest) override;

    /// What the run is bound to, from its first ledger entry. Errors: NotFound, Corrupt.
    [[nodiscard]] Result<RunHead> head(const RunId& runId);

private:
    /// The runs that were made for a decision, oldest first, until `onRun` has seen enough.
    [[nodiscard]] Result<void>
    forEachRun(const std::string& decisionId, const std::function<bool(RunHead)>& onRun);

    trust::LedgerStore& m_store;
    EntropySource& m_entropy;
    std::map<RunId, RunHead> m_heads;
};

/// The history of a run, read from the ledger through any reader of it. Errors: Corrupt, as the
/// reader.
[[nodiscard]] Result<std::vector<RunEvent>>
loadRunEvents(trust::LedgerReader& ledger, const std::string& decisionId, const std::string& runId);

/// Asks the authority chain before each dispatch, under roster and policy as they are then: takes
/// up every change of them first.
class LedgerAuthority final : public AuthoritySource
{
public:
    LedgerAuthority(
        trust::LedgerStore& store,
        control::Foundation& foundation,
        PlanSource& plans,
        std::shared_ptr<const ConnectorCatalog> catalog);

    [[nodiscard]] Result<AuthorityGrant> authorize(
        const RunId& runId,
        const PlanRef& plan,
        const std::string& stepId,
        CallPhase phase,
        Instant now) override;

private:
    trust::LedgerStore& m_store;
    control::Foundation& m_foundation;
    PlanSource& m_plans;
    std::shared_ptr<const ConnectorCatalog> m_catalog;
};

} // namespace countersign::execution
