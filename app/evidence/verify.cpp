#include "app/evidence/verify.h"

#include "app/core/projections.h"
#include "planes/execution/decision_audit.h"
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

void addAudit(const execution::AuditReport& audit, ui::VerificationReport& report)
{
    for (const execution::AuditRow& row : audit.rows)
        report.checks.push_back({row.good, row.what, row.detail});
    report.firstBroken = audit.broken;
    report.good = audit.good();
}

} // namespace

Result<ui::VerificationReport>
verifyPackFile(const std::string& path, const std::optional<Digest>& anchor)
{
    auto opened = trust::PackReader::open(path);
    if (!opened.ok()) {
        if (opened.error().code == ErrorCode::NotFound && opened.error().file.empty())
            return opened.failure();
        return brokenReport(path, "pack", opened.error());
    }
    const std::unique_ptr<trust::PackReader> pack = std::move(opened).value();
    const Digest trusted = anchor.value_or(pack->manifest().anchor);
    CS_TRY(const execution::AuditReport audit, execution::auditPack(*pack, trusted));
    ui::VerificationReport report;
    report.subject = pack->manifest().decisionId;
    report.anchor = trusted.hex();
    report.checks.push_back(
        {true,
         "pack",
         std::to_string(pack->fileNames().size()) + " files as the signed manifest names them"});
    addAudit(audit, report);
    if (!anchor)
        report.checks.push_back(
            {true,
             "anchor",
             "checked against the pack's own genesis; compare this digest with one you have from "
             "elsewhere"});
    return report;
}

} // namespace countersign::app
