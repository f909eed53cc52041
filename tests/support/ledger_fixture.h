#pragma once

#include "planes/control/approvals.h"
#include "planes/control/decision_table.h"
#include "planes/control/foundation.h"
#include "planes/decision/documents.h"
#include "planes/execution/engine.h"
#include "planes/execution/ledger_journal.h"
#include "planes/execution/workspace_audit.h"
#include "planes/trust/evidence_pack.h"
#include "planes/trust/ledger_store.h"
#include "tests/support/fake_execution.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace countersign::testing {

/// A small workspace in memory or in a file: a genesis signed by two founders, five people, and
/// decisions over the plan `a`, then `b` behind a gate. Commands go through the real planes; the
/// connector is a fake. Every step stops the test when it is refused, unless it says otherwise.
/// One thread.
class LedgerFixture final : private execution::AuthoritySource
{
public:
    static constexpr std::string_view kOrigin = "ledger.example.com/fixture";

    /// `name` goes into the genesis: two names, two anchors.
    explicit LedgerFixture(std::string name = "Fixture", const std::string& path = {});
    ~LedgerFixture() override;
    LedgerFixture(const LedgerFixture&) = delete;
    LedgerFixture& operator=(const LedgerFixture&) = delete;

    [[nodiscard]] data::Database& database() { return *m_database; }
    [[nodiscard]] const Digest& anchor() const { return m_anchor; }
    [[nodiscard]] const trust::NoteSigner& logKey() const { return m_logKey; }
    [[nodiscard]] const control::Foundation& foundation() const { return *m_foundation; }
    [[nodiscard]] std::unique_ptr<trust::LedgerReader> reader();
    [[nodiscard]] execution::WorkspaceAuditOptions auditOptions(bool deep);
    [[nodiscard]] static std::vector<data::Migration> migrations();

    /// Hands in memo, evidence pack, plan and a source, and opens the request.
    void open();
    /// A later revision of the same request.
    void openAgain();
    /// One signed answer. Needs a reason for everything but an approval.
    void
    answer(const std::string& personId, control::AnswerKind kind, const std::string& reason = {});
    /// `maria.manager` and `hugo.head`: the quorum.
    void approve();
    /// Runs until somebody must act; the connector answers with success.
    void run();
    /// Signs that a gated step may go, and tells the engine.
    void confirmGate(const std::string& stepId);
    /// All of it, until the run is completed.
    void completeDecision();

    /// Appends events as they are, past every rule and table, as somebody who holds the log's key
    /// could.
    void append(const std::vector<trust::LedgerEvent>& events);
    /// An event of the decision.
    [[nodiscard]] trust::LedgerEvent event(const std::string& type, Json body);
    /// Changes a table behind the ledger's back.
    void tamper(const std::string& sql, const data::SqlBindings& bindings = {});

    [[nodiscard]] const std::string& decisionId() const { return m_decisionId; }
    [[nodiscard]] const RunId& runId() const { return m_runId.value(); }
    [[nodiscard]] const control::ApprovalRequest& request() const { return m_request.value(); }

private:
    void makeGenesis(const std::string& name);
    [[nodiscard]] control::RequestInput requestInput() const;
    void openRevision();
    [[nodiscard]] control::RequestRecord latestRequest();
    void turnEngine();
    [[nodiscard]] trust::Envelope signedBy(const std::string& personId, const std::string& payload);
    [[nodiscard]] std::string nonce();
    void write(const trust::LedgerWork& work);
    Instant tick();

    [[nodiscard]] Result<execution::AuthorityGrant> authorize(
        const RunId& runId,
        const execution::PlanRef& plan,
        const std::string& stepId,
        execution::CallPhase phase,
        Instant now) override;

    SeededEntropy m_entropy{4711};
    Instant m_now = Instant::fromUnixSeconds(1'700'000'000);
    std::map<std::string, trust::PrivateKey> m_keys;
    trust::NoteSigner m_logKey;
    decision::DocumentProjector m_documentProjector;
    control::DecisionProjector m_decisionProjector;
    execution::RunProjector m_runProjector;
    std::unique_ptr<data::Database> m_database;
    std::unique_ptr<trust::LedgerWriter> m_writer;
    std::unique_ptr<trust::LedgerStore> m_store;
    Digest m_anchor = Digest::of("");
    std::optional<control::Foundation> m_foundation;

    std::string m_decisionId;
    Json m_memo;
    Json m_plan;
    Json m_claim;
    std::optional<control::ApprovalRequest> m_request;
    int m_revision = 0;
    PlanBook m_plans;
    FakeGateway m_gateway;
    std::unique_ptr<execution::LedgerJournal> m_journal;
    std::unique_ptr<execution::Engine> m_engine;
    std::optional<RunId> m_runId;
};

} // namespace countersign::testing
