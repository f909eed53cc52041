#pragma once

#include "models/classes.h"
#include "models/digest.h"
#include "models/json.h"
#include "planes/trust/keys.h"

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
};

struct Person
{
    std::string id;
    std::string displayName;
    std::vector<std::string> roles;
    std::vector<RosterKey> keys;

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
    /// People whose signatures made the genesis; at least one.
    std::vector<std::string> founders;
    /// Digest of the canonical form of the document this was read from.
    std::optional<Digest> sha256;

    [[nodiscard]] const Person* person(const std::string& id) const;
    [[nodiscard]] const Person* holderOf(const std::string& keyId) const;
};

/// Reads a roster document. Refuses repeated people, a key held by two people, founders that are
/// not people or have no key, agents whose owner is unknown, weak or unknown keys. Errors:
/// InvalidInput with pointer and rule (`roster.*`), SignatureInvalid for a key that is no key.
[[nodiscard]] Result<Roster> parseRoster(const Json& document);

} // namespace countersign::control
