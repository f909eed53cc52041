#include "app/ctl/command_lists.h"
#include "app/ctl/workspace_access.h"

#include <filesystem>

namespace countersign::ctl {

namespace {

/// The error with a file that the user can open from where they stand.
Error located(const Error& error, const std::string& path)
{
    std::error_code ignored;
    if (error.file.empty() || !std::filesystem::is_directory(path, ignored))
        return error.inFile(path);
    return error.inFile((std::filesystem::path(path) / error.file).string());
}

Json acceptedJson(const app::DeliveryReport& report)
{
    Json documents = Json::array();
    for (const decision::StoredDocument& document : report.added)
        documents.push_back(
            {{"schema", document.schema},
             {"record_id", document.recordId},
             {"revision", document.revision},
             {"sha256", document.sha256.hex()}});
    Json json = {
        {"path", report.path},
        {"decision_id", report.decisionId},
        {"unchanged", report.unchanged},
        {"documents", std::move(documents)}};
    if (report.request) {
        json["request_id"] = report.request->requestId;
        json["request_sha256"] = control::requestDigest(*report.request).hex();
    }
    if (report.refusal)
        json["blocked"] = errorJson(*report.refusal);
    return json;
}

void printAccepted(Output& output, const app::DeliveryReport& report)
{
    std::string line = report.path + ": ";
    if (report.unchanged)
        line += "everything in it was here already";
    else
        line += "accepted, " + std::to_string(report.added.size()) + " new documents";
    if (!report.decisionId.empty())
        line += ", " + report.decisionId;
    output.line(shownLine(line));
    if (report.request) {
        output.line("    asks for signatures until " + report.request->expiresAt.text() + ":");
        output.line("    " + shownLine(report.request->title));
        output.line("    request " + control::requestDigest(*report.request).groupedText());
    }
    if (report.refusal)
        output.line("    cannot be signed: " + shownLine(report.refusal->describe()));
}

Result<int> ingest(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    Json accepted = Json::array();
    Json rejected = Json::array();
    for (const std::string& path : invocation.arguments) {
        const auto report = core->ingest(path);
        if (!report.ok()) {
            output.document(
                {{"accepted", std::move(accepted)},
                 {"rejected", std::move(rejected)},
                 {"error", errorJson(report.error())}});
            return report.failure();
        }
        if (report->accepted()) {
            printAccepted(output, *report);
            accepted.push_back(acceptedJson(*report));
        }
        for (const Error& error : report->errors) {
            const Error named = located(error, path);
            output.complain(named);
            rejected.push_back(
                {{"file", named.file},
                 {"pointer", named.pointer},
                 {"rule", named.rule},
                 {"message", named.detail}});
        }
    }
    const bool isClean = rejected.empty();
    output.document({{"accepted", std::move(accepted)}, {"rejected", std::move(rejected)}});
    return isClean ? kDone : kBadInput;
}

} // namespace

std::vector<CommandSpec> ingestCommands()
{
    return {
        {"ingest",
         "Hand in decision folders or single documents",
         "Each path is taken whole or not at all. What is refused is told with file, JSON pointer "
         "and\n"
         "rule, and the refusal stands in the ledger. Handing in the same again changes nothing.",
         {{"PATH", "A folder with a decision's documents, or one file", true}},
         {},
         {"ingest decisions/price-change --workspace ~/northgate", "ingest outbox/*/ --json"},
         ingest}};
}

} // namespace countersign::ctl
