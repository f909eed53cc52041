#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/execution/audit_finding.h"
#include "planes/trust/evidence_pack.h"
#include "planes/trust/ledger.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The audit of one decision: the whole authority chain, from the genesis to the last effect,
/// derived anew from signatures and ledger entries. No table is looked at. The same audit serves a
/// workspace and a pack.
namespace countersign::execution {

/// The links, in the order in which they are checked. Stable names.
inline constexpr std::array<std::string_view, 9> kAuditLinks = {
    "checkpoint", ///< The head is signed by the log's key.
    "inclusion",  ///< Every entry of the decision is under that head.
    "foundation", ///< Genesis, founders, roster, policy.
    "documents",  ///< What each request names is there, with its digests; so are the sources.
    "signatures", ///< Every answer and order verifies against what it was given for.
    "quorum",     ///< Requests are as strict as the policy; outcomes follow from the answers.
    "runs",       ///< Histories without gaps that fit their plans; acts of people are signed.
    "dispatches", ///< Before each dispatch stood the authority that it names.
    "receipts",   ///< Chained, and about the effect that was dispatched.
};

struct AuditRow
{
    std::string what; ///< One of kAuditLinks.
    bool good = false;
    std::string detail;          ///< What was found, or why it is broken, in English.
    AuditFindings findings = {}; ///< The same as values, when it is good.
};

struct AuditReport
{
    std::string decisionId;
    /// One for each link. Those after a broken one are not good, since they were not reached.
    std::vector<AuditRow> rows;
    /// The first broken link.
    std::optional<Error> broken;

    [[nodiscard]] bool good() const { return !broken.has_value(); }
};

/// `anchor` is the digest of the genesis statement, known from elsewhere. Errors: only those that
/// say nothing about the evidence (StorageBusy, StorageFailed); everything else is in the report.
[[nodiscard]] Result<AuditReport>
auditDecision(trust::LedgerReader& ledger, const Digest& anchor, const std::string& decisionId);

/// The decision of a pack, and that its roster, policy and keys are those of the genesis.
[[nodiscard]] Result<AuditReport> auditPack(trust::PackReader& pack, const Digest& anchor);

/// The log key that the genesis names, in its text form. Errors: as the reader; Corrupt.
[[nodiscard]] Result<std::string> foundedLogKey(trust::LedgerReader& ledger, const Digest& anchor);

} // namespace countersign::execution
