#include "planes/control/genesis.h"

#include "planes/data/blobs.h"
#include "planes/trust/statement.h"

#include <algorithm>
#include <set>

namespace countersign::control {

namespace {

constexpr std::string_view kRosterSubject = "roster";
constexpr std::string_view kPolicySubject = "policy";

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

Result<void> checkFounders(const Roster& roster, const trust::Envelope& envelope)
{
    const std::vector<std::string> missing = missingFounders(roster, envelope);
    if (missing.empty())
        return {};
    return fail(
        ErrorCode::Unauthorized,
        "the founder \"" + missing.front() + "\" has not signed the genesis",
        "genesis.founder");
}

Result<Json>
documentAt(trust::LedgerReader& ledger, const trust::Statement& statement, std::string_view name)
{
    for (const trust::Subject& subject : statement.subjects) {
        if (subject.name != name)
            continue;
        CS_TRY(const std::string bytes, ledger.document(subject.digest));
        return parseJson(bytes);
    }
    return fail(ErrorCode::Corrupt, "the genesis names no " + std::string(name), "genesis.form");
}

} // namespace

Result<std::string> genesisStatement(const GenesisInput& input)
{
    CS_TRY(const Roster roster, parseRoster(input.roster));
    CS_TRY(const Policy policy, parsePolicy(input.policy));
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

Result<Foundation> loadFoundation(trust::LedgerReader& ledger, const Digest& anchor)
{
    std::optional<trust::Envelope> found;
    CS_CHECK(ledger.forEachOfType(
        std::string(kGenesisPredicate), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(trust::Envelope envelope, trust::readStatement(entry));
            if (Digest::of(envelope.payload) != anchor)
                return fail(
                    ErrorCode::Corrupt,
                    "the ledger begins with another genesis than the expected " + anchor.hex(),
                    "genesis.anchor");
            found = std::move(envelope);
            return true;
        }));
    if (!found)
        return fail(ErrorCode::Corrupt, "the ledger has no genesis", "genesis.absent");
    CS_TRY(const trust::Statement statement, trust::parseStatement(found->payload));
    if (statement.predicateType != kGenesisPredicate)
        return fail(ErrorCode::Corrupt, "the genesis is of another type", "genesis.form");
    CS_TRY(const Json rosterDocument, documentAt(ledger, statement, kRosterSubject));
    CS_TRY(const Json policyDocument, documentAt(ledger, statement, kPolicySubject));
    CS_TRY(Roster roster, parseRoster(rosterDocument));
    CS_TRY(Policy policy, parsePolicy(policyDocument));
    if (!statement.isAbout(*roster.sha256) || !statement.isAbout(*policy.sha256))
        return fail(
            ErrorCode::Corrupt, "roster or policy are not those the genesis names", "genesis.form");
    CS_CHECK(checkFounders(roster, *found));
    return Foundation{
        anchor,
        textMember(statement.predicate, "name"),
        textMember(statement.predicate, "tenant_id"),
        std::move(roster),
        std::move(policy)};
}

} // namespace countersign::control
