#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/json.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What must be signed by whom, as data. A policy is a versioned document whose digest every
/// request names.
namespace countersign::control {

/// Standing of a role in the organization. Higher counts as lower, too.
enum class RoleLevel {
    None,
    Manager,
    Head,
    Executive
};

/// How many people, of which standing, answer for one approval class.
struct QuorumRule
{
    int approvalsNeeded = 0;
    /// Every counted approver has at least this standing …
    RoleLevel eachAtLeast = RoleLevel::None;
    /// … and one of them at least this one.
    RoleLevel oneAtLeast = RoleLevel::None;

    bool operator==(const QuorumRule&) const = default;
};

/// A reversibility that lifts the approval class whatever a document claims.
struct ApprovalFloor
{
    Reversibility reversibility = Reversibility::R0;
    ApprovalClass approval = ApprovalClass::A0;

    bool operator==(const ApprovalFloor&) const = default;
};

/// What a change of the charter needs.
struct GovernanceRule
{
    QuorumRule quorum;
    std::vector<std::string> rolesNeeded;

    bool operator==(const GovernanceRule&) const = default;
};

/// Changes of the charter, each with a rule of its own.
enum class ChangeKind {
    Roster,   ///< People, roles, agents, keys.
    Recovery, ///< New keys for one person who lost theirs.
    Policy,   ///< Rules.
    Resume,   ///< Lifts a halt of all dispatch.
};
inline constexpr std::size_t kChangeKindCount = 4;

[[nodiscard]] std::string_view text(ChangeKind kind);
/// Errors: InvalidInput (`change.kind`).
[[nodiscard]] Result<ChangeKind> parseChangeKind(std::string_view text);

struct Policy
{
    int version = 0;
    std::string name;
    std::map<std::string, RoleLevel> roleLevels;
    std::array<QuorumRule, 4> quorum; ///< By approval class.
    std::vector<ApprovalFloor> floors;
    std::array<GovernanceRule, kChangeKindCount> governance; ///< By kind of change.
    /// Whether A0 of action class A with R0 or R1 may run without a signature.
    bool unattended = false;
    /// Digest of the canonical form of the document this was read from.
    std::optional<Digest> sha256;

    [[nodiscard]] RoleLevel levelOf(const std::string& role) const;
    [[nodiscard]] const QuorumRule& quorumOf(ApprovalClass approval) const;
    [[nodiscard]] const GovernanceRule& governanceOf(ChangeKind kind) const;
};

[[nodiscard]] std::string_view text(RoleLevel level);

/// Reads a policy document and refuses one that goes below the guards no data can lower: A1 one
/// person of a manager's standing, A2 two, A3 three with one executive among them; each class at
/// least as strict as the one before; a change of the charter two people, one of them a head. Where
/// `governance` is absent these guards are the rule. Errors: InvalidInput with pointer and rule
/// (`policy.*`).
[[nodiscard]] Result<Policy> parsePolicy(const Json& document);

} // namespace countersign::control
