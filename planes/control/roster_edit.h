#pragma once

#include "models/json.h"
#include "models/result.h"
#include "planes/trust/keys.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The next version of a roster document, one edit at a time. Pure: what is handed in stays as it
/// is. Whether the result may be proposed is for makeChange() to say; here only what makes no sense
/// is refused.
namespace countersign::control {

class RosterEdit
{
public:
    /// Starts from the document in force; the result has the next number.
    explicit RosterEdit(const Json& inForce);

    /// Errors: Conflict (`roster.unique`).
    [[nodiscard]] Result<void> enrol(
        const std::string& personId,
        const std::string& displayName,
        const std::vector<std::string>& roles,
        const std::string& manager);
    /// Errors: NotFound (`roster.person`) here and below.
    [[nodiscard]] Result<void> remove(const std::string& personId);
    [[nodiscard]] Result<void> giveRole(const std::string& personId, const std::string& role);
    [[nodiscard]] Result<void> takeRole(const std::string& personId, const std::string& role);
    [[nodiscard]] Result<void> addKey(const std::string& personId, const trust::PublicKey& key);
    /// Takes all keys of a person and gives them this one.
    [[nodiscard]] Result<void>
    replaceKeys(const std::string& personId, const trust::PublicKey& key);
    /// Takes a key from whoever holds it. With `since` its signatures from that ledger position on
    /// do not count any more. Errors: NotFound (`roster.key`).
    [[nodiscard]] Result<void> revokeKey(
        const std::string& keyId, const std::string& reason, std::optional<std::uint64_t> since);

    [[nodiscard]] const Json& document() const { return m_document; }

private:
    [[nodiscard]] Result<Json*> person(const std::string& personId);

    Json m_document;
};

} // namespace countersign::control
