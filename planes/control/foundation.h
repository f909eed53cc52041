#pragma once

#include "models/digest.h"
#include "models/instant.h"
#include "planes/control/policy.h"
#include "planes/control/roster.h"
#include "planes/trust/ledger.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What every authority of a workspace hangs on: its anchor, and roster and policy in each version
/// that was ever in force. The first version stands in the genesis; every later one is a governed
/// decision that a quorum of the version before it signed.
namespace countersign::control {

/// Type of the event that puts a new version in force. It belongs to the governed decision; body
/// `{request_sha256, change_sha256, roster: {version, sha256}, policy: {version, sha256}}`.
inline constexpr std::string_view kCharterChanged = "charter.changed";

/// Type of the event that halts all dispatch; body `{statement_index, person, key_id, reason}`.
inline constexpr std::string_view kDispatchHalted = "dispatch.halted";
/// Type of the event that lifts a halt; body as kCharterChanged, without the versions.
inline constexpr std::string_view kDispatchResumed = "dispatch.resumed";

/// A place in the ledger behind every entry: for what is not recorded yet.
inline constexpr std::uint64_t kNotRecorded = std::numeric_limits<std::uint64_t>::max();

/// Roster and policy as they are in force from a ledger position on.
struct Charter
{
    std::uint64_t index = 0; ///< Of the event that put it in force; 0 for the genesis.
    Roster roster;
    Policy policy;
    /// The governed decision it came from; empty for the genesis.
    std::string decisionId = {};
};

/// All dispatch stands still: one person said so, and a quorum must lift it.
struct Halt
{
    std::uint64_t index = 0; ///< Of the event.
    std::string personId;
    std::string reason;
    Instant at;
};

/// Copies share their charters. Thread-safe to read.
struct Foundation
{
    Digest anchor;
    std::string name;
    std::string tenantId;
    /// Oldest first, never empty.
    std::vector<std::shared_ptr<const Charter>> charters = {};
    std::optional<Halt> halt = {};
    /// Ledger index of the last event this was read from.
    std::uint64_t readUpTo = 0;

    /// In force now.
    [[nodiscard]] const Charter& charter() const { return *charters.back(); }
    [[nodiscard]] const Roster& roster() const { return charters.back()->roster; }
    [[nodiscard]] const Policy& policy() const { return charters.back()->policy; }
    /// In force for what was recorded at that ledger index. A key counts by this position, never by
    /// the clock of its holder.
    [[nodiscard]] const Charter& at(std::uint64_t index) const;
};

/// Reads and verifies the genesis and every change of the charter from the ledger alone. Errors:
/// Corrupt (rule `genesis.anchor`: it is not the one expected; `genesis.absent`;
/// `charter.unfounded`: no quorum stands behind a change; `halt.unfounded`), Unauthorized
/// (`genesis.founder`), as parseRoster and parsePolicy.
[[nodiscard]] Result<Foundation> loadFoundation(trust::LedgerReader& ledger, const Digest& anchor);

/// Takes up the changes that were recorded since. Returns whether there were any. After an error
/// `foundation` is as it was. Errors: as loadFoundation.
[[nodiscard]] Result<bool> followFoundation(trust::LedgerReader& ledger, Foundation& foundation);

} // namespace countersign::control
