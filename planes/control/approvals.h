#pragma once

#include "models/ids.h"
#include "planes/control/authority.h"
#include "planes/control/governance.h"
#include "planes/control/halt.h"
#include "planes/trust/ledger.h"

#include <optional>
#include <string>
#include <vector>

/// The commands of the control plane. Each decides with the rules, appends its events and leaves
/// the rest to the projectors, all in the caller's transaction; a refusal appends nothing.
namespace countersign::control {

/// What every command needs. Thread: that of the writing connection.
struct CommandContext
{
    data::SqlSession& session;
    trust::LedgerWriter& ledger;
    const Foundation& foundation;
    EntropySource& entropy;
    Instant now;
};

/// Whether a request was opened, or why it could not be: then the decision is blocked, its
/// documents stay readable and the reason is in the ledger.
struct OpenOutcome
{
    std::optional<ApprovalRequest> request;
    std::optional<Error> refusal;
};

/// Opens (or replaces) the request of a decision. A new revision voids the signatures of the one
/// before.
[[nodiscard]] Result<OpenOutcome> openRequest(CommandContext& context, const RequestInput& input);

/// What recording an answer led to.
struct AnswerOutcome
{
    QuorumState quorum;
    VerifiedAnswer answer;
    bool alreadyRecorded = false;
};

/// Records a signed answer to `record`, the latest request of its decision. The last signature of a
/// change of the charter puts it in force: read the foundation again after the commit. The same
/// statement again, in whatever envelope, changes nothing. Errors: as verifyAnswer; Refused (rule
/// `request.closed`: authorized, rejected or expired already).
[[nodiscard]] Result<AnswerOutcome>
recordAnswer(CommandContext& context, const RequestRecord& record, const trust::Envelope& envelope);

/// Records a signed proposal (GovernanceChange::document) and opens its request. Errors: as
/// readChange, verifyProposal and buildChangeRequest.
[[nodiscard]] Result<ApprovalRequest>
proposeChange(CommandContext& context, const Json& document, const trust::Envelope& envelope);

/// Records a signed order to halt all dispatch. Errors: as verifyHalt; Conflict (`halt.repeated`).
[[nodiscard]] Result<void> recordHalt(CommandContext& context, const trust::Envelope& envelope);

/// Records a signed order about a run. Whether it applies to the run is the execution plane's to
/// say, before. Errors: as verifyRunOrder; Conflict (rule `order.repeated`).
[[nodiscard]] Result<RecordedOrder> recordRunOrder(
    CommandContext& context,
    const RequestRecord& record,
    const std::vector<RecordedOrder>& earlier,
    const trust::Envelope& envelope);

/// Records that a request is void: its charter is no longer in force. No-op unless it is.
[[nodiscard]] Result<bool> recordVoid(CommandContext& context, const RequestRecord& record);

/// Records that a request ran out of time. No-op unless it is open and its expiry has passed.
[[nodiscard]] Result<bool> recordExpiry(CommandContext& context, const RequestRecord& record);

/// A context whose foundation is that of the transaction: takes up changes that another process
/// recorded meanwhile. Call before anything was appended. Errors: as followFoundation.
[[nodiscard]] Result<CommandContext> commandContext(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    Foundation& foundation,
    EntropySource& entropy,
    Instant now);

/// The newest request of a decision with its answers, read through the writing session. The signed
/// head must cover it, so call before anything was appended in this transaction.
[[nodiscard]] Result<DecisionAuthority>
currentAuthority(CommandContext& context, const std::string& decisionId);

} // namespace countersign::control
