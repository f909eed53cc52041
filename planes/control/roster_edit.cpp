#include "planes/control/roster_edit.h"

#include <algorithm>

namespace countersign::control {

namespace {

Json keyJson(const trust::PublicKey& key)
{
    return {{"key_id", key.keyId()}, {"public_key_pem", key.pem()}};
}

} // namespace

RosterEdit::RosterEdit(const Json& inForce)
    : m_document(inForce)
{
    m_document["version"] = inForce.value("version", std::uint64_t{0}) + 1;
}

Result<Json*> RosterEdit::person(const std::string& personId)
{
    for (Json& candidate : m_document["people"]) {
        if (textMember(candidate, "id") == personId)
            return &candidate;
    }
    return fail(
        ErrorCode::NotFound, "the roster has no person \"" + personId + "\"", "roster.person");
}

Result<void> RosterEdit::enrol(
    const std::string& personId,
    const std::string& displayName,
    const std::vector<std::string>& roles,
    const std::string& manager)
{
    if (person(personId).ok())
        return fail(
            ErrorCode::Conflict,
            "the roster has a person \"" + personId + "\" already",
            "roster.unique");
    Json added = {
        {"id", personId}, {"display_name", displayName}, {"roles", roles}, {"keys", Json::array()}};
    if (!manager.empty())
        added["manager"] = manager;
    m_document["people"].push_back(std::move(added));
    return {};
}

Result<void> RosterEdit::remove(const std::string& personId)
{
    CS_CHECK(person(personId));
    Json left = Json::array();
    for (const Json& candidate : m_document["people"]) {
        if (textMember(candidate, "id") != personId)
            left.push_back(candidate);
    }
    m_document["people"] = std::move(left);
    return {};
}

Result<void> RosterEdit::giveRole(const std::string& personId, const std::string& role)
{
    CS_TRY(Json* const found, person(personId));
    Json& roles = (*found)["roles"];
    if (std::find(roles.begin(), roles.end(), Json(role)) == roles.end())
        roles.push_back(role);
    return {};
}

Result<void> RosterEdit::takeRole(const std::string& personId, const std::string& role)
{
    CS_TRY(Json* const found, person(personId));
    Json& roles = (*found)["roles"];
    const auto held = std::find(roles.begin(), roles.end(), Json(role));
    if (held == roles.end())
        return fail(
            ErrorCode::NotFound,
            "\"" + personId + "\" does not have the role \"" + role + "\"",
            "roster.role");
    roles.erase(held);
    return {};
}

Result<void> RosterEdit::addKey(const std::string& personId, const trust::PublicKey& key)
{
    CS_TRY(Json* const found, person(personId));
    (*found)["keys"].push_back(keyJson(key));
    return {};
}

Result<void> RosterEdit::replaceKeys(const std::string& personId, const trust::PublicKey& key)
{
    CS_TRY(Json* const found, person(personId));
    (*found)["keys"] = Json::array({keyJson(key)});
    return {};
}

Result<void> RosterEdit::revokeKey(
    const std::string& keyId, const std::string& reason, std::optional<std::uint64_t> since)
{
    bool found = false;
    for (Json& candidate : m_document["people"]) {
        Json left = Json::array();
        for (const Json& key : candidate["keys"]) {
            if (textMember(key, "key_id") == keyId)
                found = true;
            else
                left.push_back(key);
        }
        candidate["keys"] = std::move(left);
    }
    // A key that was taken away earlier can still be distrusted later.
    if (!found && !since)
        return fail(ErrorCode::NotFound, "nobody holds the key " + keyId, "roster.key");
    if (since) {
        if (!m_document.contains("distrusted_keys"))
            m_document["distrusted_keys"] = Json::array();
        m_document["distrusted_keys"].push_back(
            {{"key_id", keyId}, {"since", *since}, {"reason", reason}});
    }
    return {};
}

} // namespace countersign::control
