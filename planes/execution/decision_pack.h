#pragma once

#include "planes/trust/evidence_pack.h"
#include "planes/trust/ledger.h"

#include <string>

/// What belongs into the evidence pack of one decision.
namespace countersign::execution {

/// Gathers it: the genesis and what it founded, the connectors that the decision's requests name,
/// the deliveries of every document of their packets, every entry of the decision itself, and a
/// report for people. The decision is audited first: a pack that its reader would refuse is not
/// made. `anchor` is the digest of the genesis statement. Errors: the first broken link, as
/// auditDecision; as the reader.
[[nodiscard]] Result<trust::PackContent> decisionPackContent(
    trust::LedgerReader& ledger, const Digest& anchor, const std::string& decisionId);

} // namespace countersign::execution
