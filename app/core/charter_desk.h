#pragma once

#include "planes/control/approvals.h"
#include "planes/execution/connector_catalog.h"
#include "planes/trust/ledger_store.h"

#include <optional>
#include <string>

/// Changes of who may decide what, and the emergency stop: prepared here, signed elsewhere,
/// recorded here.
namespace countersign::app {

/// A change of roster or policy that a person wants to propose.
struct ChangeWish
{
    control::ChangeKind kind = control::ChangeKind::Roster;
    /// The next version, whole. Null for a resumption.
    Json document = {};
    std::string keyId = {};
    std::string reason = {};
    /// For a recovery.
    std::string recoveredPerson = {};
    std::string identityCheck = {};
    /// Absent: two days, and a week.
    std::optional<Instant> dueAt = {};
    std::optional<Instant> expiresAt = {};
};

/// The proposal, before the proposer signs it, and the request it would open.
struct PreparedChange
{
    std::string payload;
    control::GovernanceChange change;
    control::ApprovalRequest request;
};

/// The person whose key it is. Errors: Unauthorized (`answer.key`).
[[nodiscard]] Result<const control::Person*>
holderOf(const control::Foundation& foundation, const std::string& keyId);

/// Thread: that of the store.
class CharterDesk
{
public:
    /// All outlive the desk.
    CharterDesk(
        trust::LedgerStore& store,
        control::Foundation& foundation,
        const execution::ConnectorCatalog& catalog,
        EntropySource& entropy);

    /// Errors: as makeChange and buildChangeRequest; Unauthorized (`answer.key`).
    [[nodiscard]] Result<PreparedChange> prepareChange(const ChangeWish& wish, Instant now);
    /// Errors: as proposeChange.
    [[nodiscard]] Result<control::ApprovalRequest>
    submitChange(const PreparedChange& prepared, const trust::Envelope& envelope, Instant now);

    /// The bytes to sign. Errors: Unauthorized.
    [[nodiscard]] Result<std::string>
    prepareHalt(const std::string& keyId, const std::string& reason, Instant now);
    /// Errors: as recordHalt.
    [[nodiscard]] Result<void> submitHalt(const trust::Envelope& envelope, Instant now);

    /// Requests that were open when roster or policy changed are asked anew under the new one:
    /// their signatures named the old. A batch at a time. Errors: of the storage.
    [[nodiscard]] Result<void> askAnew(Instant now);

private:
    [[nodiscard]] Result<void> askOneAnew(
        control::CommandContext& context,
        const std::string& decisionId,
        const control::DecisionAuthority& authority);

    trust::LedgerStore& m_store;
    control::Foundation& m_foundation;
    const execution::ConnectorCatalog& m_catalog;
    EntropySource& m_entropy;
};

} // namespace countersign::app
