#pragma once

#include "planes/control/roster.h"
#include "planes/trust/keys.h"

namespace countersign::tests {

/// A roster with a founder who holds a key, a person without one, and an agent.
[[nodiscard]] inline control::Roster sampleRoster()
{
    // The public key of RFC 8032, section 7.1, test 1.
    const std::string raw = "\xd7\x5a\x98\x01\x82\xb1\x0a\xb7\xd5\x4b\xfe\xd3\xc9\x64\x07\x3a"
                            "\x0e\xe1\x72\xf3\xda\xa6\x23\x25\xaf\x02\x1a\x68\xf7\x07\x51\x1a";
    const trust::PublicKey key = *trust::PublicKey::fromRawEd25519(raw);
    control::Roster roster;
    roster.version = 1;
    roster.tenantId = "northgate";
    roster.name = "Northgate";
    roster.people = {
        {"greta.holm", "Greta Holm", {"chief_executive"}, {{key.keyId(), key}}},
        {"faisal.alharbi", "فيصل الحربي", {"chief_commercial_officer", "manager"}, {}}};
    roster.agents = {
        {"agent.treasury", "Treasury analyst", ActorType::RecommenderAgent, "greta.holm"},
        {"agent.market", "Market watch", ActorType::ObserverAgent, "faisal.alharbi"}};
    roster.founders = {"greta.holm"};
    roster.sha256 = Digest::of("roster");
    return roster;
}

} // namespace countersign::tests
