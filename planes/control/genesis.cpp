#include "planes/control/genesis.h"

#include "planes/data/blobs.h"
#include "planes/trust/statement.h"

#include <algorithm>
#include <set>

namespace countersign::control {

namespace {

trust::LedgerEvent event(std::string_view type, Instant time, EntropySource& entropy, Json body)
{
    return {0, EventId::make(time, entropy).text(), std::string(type), time, {}, std::move(body)};
}

/// Founders of the roster whose signature the envelope does not carry.
std::vector<std::string> missingFounders(const Roster& roster, const trust::Envelope& envelope)
{
    std::vector<std::string> missing;
    for (const std::string& id : roster.founders) {
        const Person* founder = roster.person(id);
        const bool signedIt =
            std::any_of(founder->keys.begin(), founder->keys.end(), [&](const RosterKey& key) {
                return trust::verifyEnvelope(envelope, key.key).ok();
            });
        if (!signedIt)
            missing.push_back(id);
    }
    return missing;
}

} // namespace

Result<void> checkFounders(const Roster& roster, const trust::Envelope& envelope)
{
    if (roster.version != 1)
        return fail(
            ErrorCode::InvalidInput,
            "a workspace begins with version 1 of its roster",
            "genesis.version",
            "/version");
    const std::vector<std::string> missing = missingFounders(roster, envelope);
    if (missing.empty())
        return {};
    return fail(
        ErrorCode::Unauthorized,
        "the founder \"" + missing.front() + "\" has not signed the genesis",
        "genesis.founder");
}

Result<std::string> genesisStatement(const GenesisInput& input)
{
    CS_TRY(const Roster roster, parseRoster(input.roster));
    CS_TRY(const Policy policy, parsePolicy(input.policy));
    if (roster.version != 1)
        return fail(
            ErrorCode::InvalidInput,
            "a workspace begins with version 1 of its roster",
            "genesis.version",
            "/version");
    if (roster.tenantId != input.tenantId)
        return fail(
            ErrorCode::InvalidInput,
            "the roster is of another tenant",
            "genesis.tenant",
            "/tenant_id");
    const trust::Statement statement{
        {{std::string(kRosterSubject), *roster.sha256},
         {std::string(kPolicySubject), *policy.sha256}},
        std::string(kGenesisPredicate),
        {{"name", input.name},
         {"tenant_id", input.tenantId},
         {"log", input.logVkey},
         {"founders", roster.founders},
         {"created_at", input.createdAt.text()}}};
    return statement.toJson();
}

Result<void> recordGenesis(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const GenesisInput& input,
    const trust::Envelope& envelope,
    EntropySource& entropy)
{
    if (ledger.size() != 0)
        return fail(ErrorCode::Conflict, "the ledger has a genesis already", "genesis.exists");
    CS_TRY(const std::string expected, genesisStatement(input));
    if (envelope.payload != expected)
        return fail(ErrorCode::InvalidInput, "the founders signed something else", "genesis.form");
    CS_TRY(const Roster roster, parseRoster(input.roster));
    CS_TRY(const Policy policy, parsePolicy(input.policy));
    CS_CHECK(checkFounders(roster, envelope));
    // Stored in canonical form, so that the blob's digest is the document's digest.
    CS_CHECK(data::putBlob(session, canonicalOwnJson(input.roster)));
    CS_CHECK(data::putBlob(session, canonicalOwnJson(input.policy)));
    CS_CHECK(ledger.append(
        session,
        event(
            "workspace.created",
            input.createdAt,
            entropy,
            {{"name", input.name},
             {"tenant_id", input.tenantId},
             {"log", input.logVkey},
             {"genesis_sha256", Digest::of(envelope.payload).hex()}})));
    for (const std::string& id : roster.founders) {
        for (const RosterKey& key : roster.person(id)->keys) {
            if (trust::verifyEnvelope(envelope, key.key).ok())
                CS_CHECK(ledger.appendStatement(session, envelope, key.key, {}));
        }
    }
    CS_CHECK(ledger.append(
        session,
        event(
            "roster.accepted",
            input.createdAt,
            entropy,
            {{"version", roster.version}, {"sha256", roster.sha256->hex()}})));
    CS_CHECK(ledger.append(
        session,
        event(
            "policy.accepted",
            input.createdAt,
            entropy,
            {{"version", policy.version}, {"sha256", policy.sha256->hex()}})));
    return {};
}

} // namespace countersign::control
