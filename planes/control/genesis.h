#pragma once

#include "models/digest.h"
#include "models/ids.h"
#include "models/instant.h"
#include "planes/control/policy.h"
#include "planes/control/roster.h"
#include "planes/trust/dsse.h"
#include "planes/trust/ledger.h"

#include <string>
#include <string_view>

/// Where a workspace's authority begins: one statement over the first roster and the first policy,
/// signed by every founder. The digest of its bytes is the anchor: it stands in the workspace's
/// file, in every evidence pack, and is what people compare by telephone.
namespace countersign::control {

inline constexpr std::string_view kGenesisPredicate = "https://countersign.example/genesis/v1";
/// Names of the statement's subjects.
inline constexpr std::string_view kRosterSubject = "roster";
inline constexpr std::string_view kPolicySubject = "policy";

struct GenesisInput
{
    std::string name;
    std::string tenantId;
    std::string logVkey; ///< Public key of the workspace's log, in its text form.
    Json roster;
    Json policy;
    Instant createdAt;
};

/// The bytes that each founder signs. Errors: InvalidInput (roster or policy do not parse).
[[nodiscard]] Result<std::string> genesisStatement(const GenesisInput& input);

/// Appends the genesis: refuses a missing founder. Only on an empty ledger.
/// Errors: Unauthorized (rule `genesis.founder` names who is missing), InvalidInput, Conflict
/// (`genesis.exists`).
[[nodiscard]] Result<void> recordGenesis(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const GenesisInput& input,
    const trust::Envelope& envelope,
    EntropySource& entropy);

/// That every founder of the roster signed. Errors: Unauthorized (rule `genesis.founder`).
[[nodiscard]] Result<void> checkFounders(const Roster& roster, const trust::Envelope& envelope);

} // namespace countersign::control
