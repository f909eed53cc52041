#pragma once

#include "planes/control/approvals.h"
#include "planes/execution/engine.h"
#include "planes/execution/ledger_journal.h"
#include "planes/trust/ledger_store.h"

namespace countersign::app {

/// Signed orders about runs: recorded first, then taken up by whichever process runs the engine.
/// Thread: that of the store.
class RunOrders
{
public:
    RunOrders(
        trust::LedgerStore& store,
        control::Foundation& foundation,
        execution::LedgerJournal& journal,
        execution::PlanSource& plans,
        EntropySource& entropy);

    /// Whether the order would do something to the run as it stands. Errors: as command_rules.h,
    /// NotFound.
    [[nodiscard]] Result<void> checkApplies(const control::RunOrder& order, Instant now);

    /// Records a signed order. Errors: as recordRunOrder and checkApplies.
    [[nodiscard]] Result<void> submit(const trust::Envelope& envelope, Instant now);

    /// Gives the engine every recorded order it has not taken up. One that no longer applies is
    /// refused in the ledger.
    [[nodiscard]] Result<void> applyDue(execution::Engine& engine, Instant now);

private:
    [[nodiscard]] Result<void> apply(
        execution::Engine& engine, const control::RunOrder& order, const execution::PersonAct& act);
    [[nodiscard]] Result<void>
    applyOne(execution::Engine& engine, const execution::DueOrder& due, Instant now);
    [[nodiscard]] Result<void>
    refuse(const execution::DueOrder& due, const Error& error, Instant now);

    trust::LedgerStore& m_store;
    control::Foundation& m_foundation;
    execution::LedgerJournal& m_journal;
    execution::PlanSource& m_plans;
    EntropySource& m_entropy;
};

} // namespace countersign::app
