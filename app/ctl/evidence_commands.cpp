#include "app/ctl/command_lists.h"
#include "app/ctl/report_text.h"
#include "app/ctl/workspace_access.h"
#include "app/evidence/export_pack.h"
#include "app/evidence/verify.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

Result<int> exportPack(const Invocation& invocation, Output& output)
{
    const std::string& decisionId = invocation.arguments.front();
    CS_TRY(const DecisionId parsed, DecisionId::parse(decisionId));
    CS_TRY(const auto core, openCore(invocation));
    const std::string path =
        invocation.value("output", (core->folder().packs() / (parsed.text() + ".zip")).string());
    CS_TRY(const app::ExportedPack pack, app::exportPack(*core, decisionId, path));
    output.line("Wrote " + pack.path + " (" + std::to_string(pack.byteCount) + " bytes)");
    output.line("    " + pack.sha256.groupedText());
    output.line("Verify it against this anchor, known from elsewhere:");
    output.line("    " + core->foundation().anchor.groupedText());
    output.document(
        {{"path", pack.path},
         {"decision_id", decisionId},
         {"title", pack.title},
         {"sha256", pack.sha256.hex()},
         {"size", pack.byteCount},
         {"anchor", core->foundation().anchor.hex()}});
    return kDone;
}

Result<int> verifyPack(const Invocation& invocation, Output& output)
{
    std::optional<Digest> anchor;
    if (const auto given = invocation.optionalValue("anchor")) {
        std::string hex = *given;
        hex.erase(std::remove(hex.begin(), hex.end(), ' '), hex.end());
        const auto digest = Digest::parse(hex);
        if (!digest.ok())
            return usageFailure("--anchor takes 64 hexadecimal digits, in groups or not");
        anchor = *digest;
    }
    CS_TRY(
        const ui::VerificationReport report,
        app::verifyPackFile(invocation.arguments.front(), anchor));
    return tellVerification(output, report);
}

} // namespace

std::vector<CommandSpec> evidenceCommands()
{
    return {
        {"evidence export",
         "Write the evidence pack of a decision",
         "One file with the decision's ledger entries, their proofs, all documents and a report: "
         "what\n"
         "an auditor checks without this program.",
         {{"DECISION_ID", "dec_…, as `countersignctl queue` shows it"}},
         {{"output", "FILE", "Where to; otherwise packs/ in the workspace"}},
         {"evidence export dec_01KPMQJTR0DPMFA5JA0YJAPGTH --workspace ~/northgate",
          "evidence export dec_01KPMQJTR0DPMFA5JA0YJAPGTH --output price.zip"},
         exportPack},
        {"evidence verify",
         "Check an evidence pack with nothing but the file",
         "Without --anchor the pack is checked against its own, which is then yours to compare.",
         {{"FILE", "A pack"}},
         {{"anchor", "DIGEST", "Genesis digest that you trust"}},
         {"evidence verify price.zip --anchor 'ab12 …'", "evidence verify price.zip --json"},
         verifyPack}};
}

} // namespace countersign::ctl
