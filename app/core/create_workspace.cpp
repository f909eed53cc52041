#include "app/core/create_workspace.h"

#include "app/core/projections.h"
#include "models/encoding.h"
#include "planes/control/genesis.h"
#include "planes/trust/ledger_store.h"

namespace countersign::app {

std::string logOrigin(const std::string& tenantId, EntropySource& entropy)
{
    constexpr std::size_t kRandomByteCount = 4;
    return "countersign.local/" + tenantId + "/" + hexEncode(entropy.bytes(kRandomByteCount));
}

Result<void> createWorkspace(
    const WorkspaceFolder& folder,
    const NewWorkspace& input,
    const std::vector<const trust::PrivateKey*>& founderKeys,
    const Clock& clock,
    EntropySource& entropy)
{
    if (folder.exists())
        return fail(Error{
            ErrorCode::Conflict,
            "there is a workspace here already",
            "workspace.exists",
            folder.root().string()});
    // Checked before anything is written.
    CS_TRY(const control::Roster roster, control::parseRoster(input.roster));
    CS_CHECK(control::parsePolicy(input.policy));
    if (founderKeys.empty())
        return fail(ErrorCode::Unauthorized, "no founder's key was given", "genesis.founder");
    CS_CHECK(folder.make());
    const std::string origin = logOrigin(roster.tenantId, entropy);
    CS_TRY(trust::NoteSigner logKey, folder.createLogKey(origin));
    const control::GenesisInput genesis{
        input.name,
        roster.tenantId,
        logKey.verifier().vkey(),
        input.roster,
        input.policy,
        clock.now()};
    CS_TRY(const std::string payload, control::genesisStatement(genesis));
    CS_TRY(
        trust::Envelope envelope,
        trust::signEnvelope(payload, trust::kInTotoPayloadType, *founderKeys.front()));
    for (std::size_t i = 1; i < founderKeys.size(); ++i)
        CS_CHECK(trust::addSignature(envelope, *founderKeys[i]));
    CS_TRY(const auto database, openDatabase(folder, data::OpenMode::ReadWrite));
    Projections projections;
    trust::LedgerWriter writer(std::move(logKey), projections.all());
    trust::LedgerStore store(*database, writer);
    CS_CHECK(store.write([&](data::SqlSession& session, trust::LedgerWriter& ledger) {
        return control::recordGenesis(session, ledger, genesis, envelope, entropy);
    }));
    return folder.writeSettings(
        {input.name, roster.tenantId, genesis.logVkey, Digest::of(payload), input.variables});
}

} // namespace countersign::app
