#pragma once

#include "app/core/charter_desk.h"
#include "app/core/engine_lease.h"
#include "app/core/request_assembly.h"
#include "app/core/workspace_folder.h"
#include "planes/control/approvals.h"
#include "planes/control/foundation.h"
#include "planes/data/json_schema.h"
#include "planes/execution/connector_catalog.h"
#include "planes/execution/engine.h"
#include "planes/execution/ledger_journal.h"
#include "planes/trust/ledger_store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The core of a workspace: the one writer and, when it holds the lease, the engine. Console and
/// countersignctl are two faces of it. Thread: one, whichever opened it.
namespace countersign::app {

struct CoreOptions
{
    /// Run the engine here. Refused when another process does.
    bool engine = false;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<EntropySource> entropy;
    /// Any thread: an answer of a connector arrived and a turn is due.
    std::function<void()> wake = {};
};

/// What became of something that was handed in.
struct DeliveryReport
{
    std::string path;
    std::vector<Error> errors; ///< Empty when it was accepted.
    bool unchanged = false;    ///< All of it was here already.
    std::vector<decision::StoredDocument> added;
    std::string decisionId;
    std::optional<control::ApprovalRequest> request; ///< Opened by this delivery.
    std::optional<Error> refusal;                    ///< Why no request could be opened.

    [[nodiscard]] bool accepted() const { return errors.empty(); }
};

/// What a person wants to answer, before it is signed.
struct AnswerWish
{
    std::string decisionId;
    control::AnswerKind kind = control::AnswerKind::Approve;
    std::string keyId;
    std::string reason;
    std::optional<Instant> deferUntil;
    /// For `edit`: the plan with its changed values.
    std::optional<Json> editedPlan;
    /// The request as it was on screen; another one now is refused.
    std::optional<Digest> shownRequest;
};

/// Exactly what will be signed.
struct PreparedAnswer
{
    std::string payload;
    control::ApprovalRequest request;
    Digest requestSha256;
    control::AnswerDraft draft;
    std::optional<Json> amendedPlan; ///< Sealed, for `edit`.
    bool completesQuorum = false;
};

struct OrderWish
{
    std::string runId;
    std::string stepId;
    control::RunOrderKind kind = control::RunOrderKind::ConfirmGate;
    std::string keyId;
    std::string reason;
};

struct PreparedOrder
{
    std::string payload;
    control::ApprovalRequest request;
    Digest requestSha256;
    control::RunOrder order;
};

struct CoreTurn
{
    std::optional<Instant> nextWake;
    bool idle = true;
    /// All dispatch stands still: nothing goes on before a quorum lifts it.
    bool halted = false;
    /// Troubles worth telling somebody; the work goes on.
    std::vector<Error> troubles;
};

class SecretDesk;

class Core
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Core>>
    open(const WorkspaceFolder& folder, CoreOptions options);
    virtual ~Core() = default;

    [[nodiscard]] virtual const control::Foundation& foundation() const = 0;
    [[nodiscard]] virtual const WorkspaceFolder& folder() const = 0;
    [[nodiscard]] virtual const execution::ConnectorCatalog& catalog() const = 0;
    [[nodiscard]] virtual const data::SchemaSet& schemas() const = 0;
    [[nodiscard]] virtual trust::LedgerStore& store() = 0;
    [[nodiscard]] virtual SecretDesk& secrets() = 0;
    [[nodiscard]] virtual bool runsEngine() const = 0;
    [[nodiscard]] virtual Instant now() const = 0;

    /// Takes a decision folder or a file, whole or not at all. Errors: of the storage only; what is
    /// wrong with the delivery stands in the report.
    [[nodiscard]] virtual Result<DeliveryReport> ingest(const std::string& path) = 0;

    /// Errors: NotFound, Conflict (rule `answer.request`), Unauthorized, those of the amendment.
    [[nodiscard]] virtual Result<PreparedAnswer> prepareAnswer(const AnswerWish& wish) = 0;
    /// Records a signed answer. `amended` goes with an `edit`: the prepared request and plan.
    /// Errors: as recordAnswer.
    [[nodiscard]] virtual Result<control::AnswerOutcome> submitAnswer(
        const std::string& decisionId,
        const trust::Envelope& envelope,
        const std::optional<PreparedAnswer>& amended = std::nullopt) = 0;

    [[nodiscard]] virtual Result<PreparedOrder> prepareOrder(const OrderWish& wish) = 0;
    /// Records a signed order and hands it to the engine; another process's engine finds it in the
    /// ledger.
    [[nodiscard]] virtual Result<void> submitOrder(const trust::Envelope& envelope) = 0;

    /// Errors: as makeChange and buildChangeRequest; Unauthorized (`answer.key`).
    [[nodiscard]] virtual Result<PreparedChange> prepareChange(const ChangeWish& wish) = 0;
    /// Records a signed proposal and opens its request. Errors: as proposeChange.
    [[nodiscard]] virtual Result<control::ApprovalRequest>
    submitChange(const PreparedChange& prepared, const trust::Envelope& envelope) = 0;

    /// The bytes to sign for an order to halt all dispatch. Errors: Unauthorized.
    [[nodiscard]] virtual Result<std::string>
    prepareHalt(const std::string& keyId, const std::string& reason) = 0;
    /// Records it; from then on nothing is dispatched. Errors: as recordHalt.
    [[nodiscard]] virtual Result<void> submitHalt(const trust::Envelope& envelope) = 0;

    /// One turn: expiries, requests to be asked anew, runs that are due, the engine.
    virtual CoreTurn turn() = 0;

    /// Before the process ends: no call is started any more. Turn until idle, then nothing is out.
    virtual void stopDispatching() = 0;
};

} // namespace countersign::app
