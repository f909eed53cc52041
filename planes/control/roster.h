#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/instant.h"
#include "models/json.h"
#include "planes/trust/keys.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Who there is: people with their roles and public keys, agents with their owners. A roster is a
/// versioned document, signed by the founders at the start of a workspace.
namespace countersign::control {

struct RosterKey
{
    std::string keyId; ///< Lower-case hexadecimal SHA-256 of the SubjectPublicKeyInfo.
    trust::PublicKey key;
    /// Signatures that reach the core later do not count.
    std::optional<Instant> expiresAt = {};

    bool operator==(const RosterKey&) const = default;
};

/// A key that somebody else had in their hands, or may have had.
struct DistrustedKey
{
    std::string keyId;
    /// Signatures recorded at this ledger position or later do not count any more.
    std::uint64_t since = 0;
    std::string reason;

    bool operator==(const DistrustedKey&) const = default;
};

struct Person
{
    std::string id;
    std::string displayName;
    std::vector<std::string> roles;
    std::vector<RosterKey> keys;
    /// Id of the person that a missed deadline is told to; may be empty.
    std::string manager = {};

    [[nodiscard]] bool hasRole(const std::string& role) const;
};

/// A program that may hand in documents. Never a voter, never an executor.
struct Agent
{
    std::string id;
    std::string displayName;
    ActorType type = ActorType::ObserverAgent;
    std::string owner; ///< Id of the person who answers for it.
};

struct Roster
{
    int version = 0;
    std::string tenantId;
    std::string name;
    std::vector<Person> people;
    std::vector<Agent> agents;
    /// People whose signatures made the genesis; at least one. In later versions history.
    std::vector<std::string> founders;
    std::vector<DistrustedKey> distrusted;
    /// Digest of the canonical form of the document this was read from.
    std::optional<Digest> sha256;

    [[nodiscard]] const Person* person(const std::string& id) const;
    [[nodiscard]] const Person* holderOf(const std::string& keyId) const;
    /// Whether a signature of that key at that ledger position still counts.
    [[nodiscard]] bool trusts(const std::string& keyId, std::uint64_t index) const;
};

/// Reads a roster document. Refuses repeated people, a key held by two people, founders that are
/// not people or have no key (in the first version), agents whose owner is unknown, managers that
/// are unknown or lead in a circle, weak or unknown keys. Errors:
/// InvalidInput with pointer and rule (`roster.*`), SignatureInvalid for a key that is no key.
[[nodiscard]] Result<Roster> parseRoster(const Json& document);

} // namespace countersign::control
