#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "planes/control/answer.h"
#include "planes/control/foundation.h"
#include "planes/control/quorum_rules.h"
#include "planes/control/request.h"
#include "planes/trust/ledger.h"

#include <optional>
#include <string>
#include <vector>

/// The authority chain, derived anew from signatures, roster, policy and ledger each time it is
/// asked for; never from a status column. The same functions serve the core before each dispatch,
/// the screen, and the verifier of a pack.
namespace countersign::control {

/// Event types this chain is read from.
inline constexpr std::string_view kRequestOpened = "request.opened";
inline constexpr std::string_view kRequestRefused = "request.refused";
inline constexpr std::string_view kAnswerRecorded = "answer.recorded";
inline constexpr std::string_view kOrderRecorded = "order.recorded";
inline constexpr std::string_view kDecisionAuthorized = "decision.authorized";
inline constexpr std::string_view kDecisionRejected = "decision.rejected";
inline constexpr std::string_view kDecisionExpired = "decision.expired";
/// Roster or policy changed before the quorum was met, and the request cannot be asked anew.
inline constexpr std::string_view kDecisionVoided = "decision.voided";

/// One revision of a request with the answers that count for it.
struct RequestRecord
{
    ApprovalRequest request;
    Digest sha256;
    /// Ledger index of request.opened.
    std::uint64_t index = kNotRecorded;
    std::vector<VerifiedAnswer> answers;
};

struct DecisionAuthority
{
    std::vector<RequestRecord> requests; ///< Oldest first; only the last one can be answered.
    [[nodiscard]] const RequestRecord* latest() const
    {
        return requests.empty() ? nullptr : &requests.back();
    }
    [[nodiscard]] const RequestRecord* find(const Digest& requestSha256) const;
    /// The newest with that id and packet.
    [[nodiscard]] const RequestRecord*
    find(const std::string& requestId, const Digest& packetSha256) const;
};

/// All requests of the decision with their verified answers. An answer in the ledger that does not
/// verify is an error: the core never records one. Errors: Corrupt, SignatureInvalid, as the
/// reader.
[[nodiscard]] Result<DecisionAuthority> loadDecisionAuthority(
    trust::LedgerReader& ledger, const Foundation& foundation, const std::string& decisionId);

/// How a request stood when the ledger had `asOf` entries: counted by the charter it was asked
/// under, without signatures of keys that the roster of then distrusts. Open and void differ in
/// whether that charter is still in force.
[[nodiscard]] QuorumState quorumOf(
    const Foundation& foundation,
    const RequestRecord& record,
    Instant now,
    std::uint64_t asOf = kNotRecorded);

/// That the quorum was met when its last signature came in, as the core recorded it under a signed
/// head. Answers that somebody hides later (a rejection, say) cannot bring such an entry into
/// being. Errors: Unauthorized (`authority.unrecorded`).
[[nodiscard]] Result<void> checkRecordedAuthorization(
    trust::LedgerReader& ledger, const std::string& decisionId, const RequestRecord& record);

/// The statement that an event's `statement_index` points at. Errors: Corrupt
/// (`authority.statement`), as the reader.
[[nodiscard]] Result<trust::Envelope>
recordedStatement(trust::LedgerReader& ledger, const trust::LedgerEvent& event);

/// A verified order about a run, as recorded.
struct RecordedOrder
{
    VerifiedOrder order;
    std::uint64_t statementIndex = 0;
};

[[nodiscard]] Result<std::vector<RecordedOrder>> loadRunOrders(
    trust::LedgerReader& ledger,
    const Foundation& foundation,
    const DecisionAuthority& authority,
    const std::string& decisionId,
    const std::string& runId);

struct DispatchQuestion
{
    std::string runId;
    std::string decisionId;
    std::string requestId;
    Digest packetSha256; ///< With the id: the request the run was created for.
    Digest planSha256;
    std::string stepId;
    bool compensation = false;
    bool humanGate = false; ///< The step has one.
    ConnectorPin connector; ///< The manifest that would be used now.
    Instant now;
};

struct DispatchGrant
{
    Digest sha256; ///< Over what the grant rests on; stands in the intent.
};

/// May this step be dispatched now? Errors: Unauthorized with the rule: `authority.request` (none
/// such), `authority.superseded`, `authority.unrecorded`, `authority.quorum`, `authority.rejected`,
/// `authority.plan`, `authority.connector` (another manifest than the one signed),
/// `authority.gate`, `authority.governance`: the request is about the charter); Unavailable
/// (`authority.halted`: all dispatch stands still; `authority.cancelled`: an order to cancel waits
/// for the engine); and whatever the chain finds broken.
[[nodiscard]] Result<DispatchGrant> authorizeDispatch(
    trust::LedgerReader& ledger, const Foundation& foundation, const DispatchQuestion& question);

} // namespace countersign::control
