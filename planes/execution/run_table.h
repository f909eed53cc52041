#pragma once

#include "planes/execution/run_events.h"
#include "planes/trust/ledger.h"

#include <optional>
#include <string>
#include <vector>

/// Tables about runs: which there are, how they stand, and where in the ledger their events are.
/// Views and an index only: a run is what its ledger entries say.
namespace countersign::execution {

struct RunRow
{
    std::string runId;
    std::string decisionId;
    std::string requestId;
    std::string planSha256;
    /// waiting, running, gate, in_doubt, halted, blocked, compensating, manual, cancelling, or the
    /// result.
    std::string status;
    Instant createdAt;
    std::optional<Instant> finishedAt;
};

[[nodiscard]] data::Migration runTableMigration();

class RunProjector final : public trust::Projector
{
public:
    [[nodiscard]] std::string_view name() const override { return "runs"; }
    [[nodiscard]] std::vector<std::string_view> tables() const override
    {
        return {"run", "run_event", "run_due", "run_order_due"};
    }
    Result<void> apply(data::SqlSession& session, const trust::LedgerEvent& event) override;
};

/// Newest first, after the run with id `afterRunId` (empty: from the newest).
[[nodiscard]] Result<std::vector<RunRow>>
runPage(data::SqlSession& session, const std::string& afterRunId, int limit);
[[nodiscard]] Result<std::vector<RunRow>>
runsOfDecision(data::SqlSession& session, const std::string& decisionId);
/// Errors: NotFound.
[[nodiscard]] Result<RunRow> runRow(data::SqlSession& session, const std::string& runId);
/// Status of the newest run of a decision, or empty.
[[nodiscard]] Result<std::string>
runStatusOf(data::SqlSession& session, const std::string& decisionId);
/// Unfinished runs by id after `afterRunId`.
[[nodiscard]] Result<std::vector<std::string>>
unfinishedRuns(data::SqlSession& session, const std::string& afterRunId, int limit);

/// Authorized decisions whose run has not been made yet, oldest first.
struct DueRun
{
    std::string decisionId;
    std::string requestSha256;
};
[[nodiscard]] Result<std::vector<DueRun>> dueRuns(data::SqlSession& session, int limit);

/// Event type of an order that did not apply when the engine came to it.
inline constexpr std::string_view kOrderRefused = "order.refused";

/// Recorded orders that no engine has taken up yet, oldest first.
struct DueOrder
{
    std::uint64_t statementIndex = 0;
    std::string decisionId;
    std::string runId;
};
[[nodiscard]] Result<std::vector<DueOrder>> dueOrders(data::SqlSession& session, int limit);

/// A run event as a ledger event, and back. Errors of reading: Corrupt.
[[nodiscard]] trust::LedgerEvent
toLedgerEvent(const RunEvent& event, const std::string& decisionId, EntropySource& entropy);
[[nodiscard]] Result<RunEvent> runEventFrom(const trust::LedgerEvent& event);
/// Whether a ledger event type is one of a run.
[[nodiscard]] bool isRunEventType(std::string_view type);

} // namespace countersign::execution
