#include "app/evidence/verify.h"

#include "app/core/projections.h"
#include "planes/execution/decision_audit.h"
#include "planes/execution/workspace_audit.h"
#include "planes/trust/evidence_pack.h"

namespace countersign::app {

namespace {

ui::VerificationReport
brokenReport(const std::string& subject, const std::string& what, const Error& error)
{
    ui::VerificationReport report;
    report.subject = subject;
    report.checks.push_back({false, what, error.describe()});
    report.firstBroken = error;
    return report;
}

/// Takes over the rows of either kind of audit.
template <class Audit>
void addAudit(const Audit& audit, ui::VerificationReport& report)
{
    for (const execution::AuditRow& row : audit.rows) {
        ui::CheckRow check{row.good, row.what, row.detail};
        for (const execution::AuditFinding& finding : row.findings)
            check.findings.push_back({finding.code, finding.values});
        report.checks.push_back(std::move(check));
    }
    report.firstBroken = audit.broken;
    report.good = audit.good();
}

} // namespace

Result<ui::VerificationReport>
verifyPackFile(const std::string& path, const std::optional<Digest>& anchor)
{
    auto opened = trust::PackReader::open(path);
    if (!opened.ok()) {
        if (opened.error().code == ErrorCode::NotFound && opened.error().file == path)
            return opened.failure();
        return brokenReport(path, "pack", opened.error());
    }
    const std::unique_ptr<trust::PackReader> pack = std::move(opened).value();
    const Digest trusted = anchor.value_or(pack->manifest().anchor);
    CS_TRY(const execution::AuditReport audit, execution::auditPack(*pack, trusted));
    ui::VerificationReport report;
    report.subject = pack->manifest().decisionId;
    report.anchor = trusted.hex();
    const std::string fileCount = std::to_string(pack->fileNames().size());
    report.checks.push_back(
        {true,
         "pack",
         fileCount + " files as the signed manifest names them",
         {{"pack.files", {fileCount}}}});
    addAudit(audit, report);
    if (!anchor)
        report.checks.push_back(
            {true,
             "anchor",
             "checked against the pack's own genesis; compare this digest with one you have from "
             "elsewhere",
             {{"anchor.own", {}}}});
    return report;
}

Result<ui::VerificationReport>
verifyWorkspaceFolder(const WorkspaceFolder& folder, bool deep, const CheckProgress& progress)
{
    CS_TRY(const WorkspaceSettings settings, folder.readSettings());
    CS_TRY(trust::NoteVerifier logKey, trust::NoteVerifier::parse(settings.logVkey));
    CS_TRY(const auto database, openDatabase(folder, data::OpenMode::ReadOnly));
    Projections projections;
    std::atomic<bool> cancelled = false;
    execution::WorkspaceAuditOptions options{std::move(logKey), settings.anchor};
    options.deep = deep;
    options.migrations = migrations();
    options.projectors = projections.all();
    options.cancelled = &cancelled;
    options.onProgress = [&](const execution::AuditProgress& at) {
        const double fraction =
            at.total == 0 ? 0 : static_cast<double>(at.done) / static_cast<double>(at.total);
        if (progress && !progress(fraction))
            cancelled = true;
    };
    CS_TRY(const execution::WorkspaceReport audit, execution::verifyWorkspace(*database, options));
    ui::VerificationReport report;
    report.subject = settings.name;
    report.anchor = settings.anchor.hex();
    addAudit(audit, report);
    return report;
}

} // namespace countersign::app
