#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/json.h"
#include "planes/control/authority.h"
#include "planes/control/foundation.h"
#include "planes/control/request.h"
#include "planes/trust/dsse.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Changing who may do what is itself a governed decision: a person proposes the next version of
/// roster or policy under their own signature, a quorum of the version in force signs the request,
/// and the core puts it in force in the same transaction as the last signature.
namespace countersign::control {

inline constexpr std::string_view kProposalPredicate = "https://countersign.example/proposal/v1";
/// Event: body `{change, change_sha256, statement_index, person, key_id}`.
inline constexpr std::string_view kChangeProposed = "governance.proposed";

/// What a person proposes.
struct ChangeDraft
{
    ChangeKind kind = ChangeKind::Roster;
    /// The whole next version, its number one above the one in force. Of a resumption null.
    Json document;
    std::string reason;
    /// For a recovery: whose keys are replaced, and how it was made sure that it is they who ask.
    std::string recoveredPerson = {};
    std::string identityCheck = {};
    std::string personId;
    std::string keyId;
    Instant createdAt;
    Instant dueAt;
    Instant expiresAt;
};

/// One thing that a change does, for people: code `roster.person_added` …, and what it is about.
struct ChangeLine
{
    std::string code;
    std::vector<std::string> values;

    bool operator==(const ChangeLine&) const = default;
};

/// A draft after every check against the charter in force.
struct GovernanceChange
{
    std::string changeId; ///< `chg_…`
    std::string decisionId;
    ChangeKind kind = ChangeKind::Roster;
    Json document;                          ///< The change, whole: what is signed.
    Digest sha256 = Digest::of({});         ///< Of its canonical form.
    std::optional<Roster> roster;           ///< The next one, of a roster change or recovery.
    std::optional<Policy> policy;           ///< The next one, of a policy change.
    std::vector<ChangeLine> lines;          ///< What it does.
    std::vector<std::string> beneficiaries; ///< People who gain by it: barred from signing.
    std::string proposer;
};

/// Errors: InvalidInput (as parseRoster, parsePolicy; `change.version`: not the next one;
/// `change.nothing`: it changes nothing; `change.recovery`: it does more than replace the keys of
/// one person; `change.lockout`: nobody could sign anything afterwards; `change.reason`;
/// `change.dates`), Conflict (`change.overtaken`: the charter moved on since it was written;
/// `change.not_halted`).
[[nodiscard]] Result<GovernanceChange>
makeChange(const ChangeDraft& draft, const Foundation& foundation, EntropySource& entropy);
/// Reads a change back and checks it against the charter it was written for. Errors: as makeChange.
[[nodiscard]] Result<GovernanceChange>
readChange(const Json& document, const Charter& charter, const std::optional<Halt>& halt);

/// The request for it, under the charter in force. Quorum: what the policy says under `governance`,
/// never below two people with a head among them. Where too few may sign that, all who hold a key
/// must, the proposer included. Errors: Refused (`change.unreachable`: nobody is left to sign).
[[nodiscard]] Result<ApprovalRequest>
buildChangeRequest(const GovernanceChange& change, const Charter& charter, Instant now);

/// That a recorded request for a change is the one that its charter calls for. Errors: Corrupt
/// (`charter.request`), as readChange.
[[nodiscard]] Result<void> checkChangeRequest(
    trust::LedgerReader& ledger, const Foundation& foundation, const RequestRecord& record);
/// The change behind a recorded request, read against the charter it was asked under. Errors: as
/// readChange and the reader.
[[nodiscard]] Result<GovernanceChange> recordedChange(
    trust::LedgerReader& ledger, const Foundation& foundation, const RequestRecord& record);

/// The bytes the proposer signs.
[[nodiscard]] std::string
proposalStatement(const GovernanceChange& change, const Digest& anchor, const std::string& keyId);

/// Checks the proposer's signature. Errors: Unauthorized (`proposal.person`), SignatureInvalid,
/// InvalidInput (`proposal.form`).
[[nodiscard]] Result<void> verifyProposal(
    const trust::Envelope& envelope,
    const GovernanceChange& change,
    const Digest& anchor,
    const Roster& roster);

/// What a change does, compared member by member.
[[nodiscard]] std::vector<ChangeLine> compareRosters(const Roster& before, const Roster& after);
[[nodiscard]] std::vector<ChangeLine> comparePolicies(const Policy& before, const Policy& after);

} // namespace countersign::control
