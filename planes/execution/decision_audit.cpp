#include "planes/execution/decision_audit.h"

#include "planes/execution/detail/decision_evidence.h"
#include "planes/execution/run_table.h"
#include "planes/trust/statement.h"

#include <algorithm>

namespace countersign::execution {

namespace detail {

Result<AuditFindings> checkCheckpoint(DecisionEvidence& evidence)
{
    CS_TRY(evidence.head, evidence.ledger.head());
    return AuditFindings{
        {"checkpoint.head",
         {evidence.head->origin, std::to_string(evidence.head->size), evidence.head->root.hex()}}};
}

Result<AuditFindings> checkInclusion(DecisionEvidence& evidence)
{
    std::optional<std::uint64_t> last;
    CS_CHECK(evidence.ledger.forEachOfDecision(
        evidence.decisionId, [&](const trust::LedgerEntry& entry) -> Result<bool> {
            if (entry.index >= evidence.head->size || (last && entry.index <= *last))
                return brokenAt(entry.index, "it is not in order", "audit.order");
            last = entry.index;
            ++evidence.entryCount;
            if (entry.kind == trust::EntryKind::Statement) {
                CS_CHECK(trust::readStatement(entry));
                evidence.statements.insert(entry.index);
                return true;
            }
            CS_TRY(trust::LedgerEvent event, trust::readEvent(entry));
            if (!isRunEventType(event.type)) {
                evidence.events.push_back(std::move(event));
                return true;
            }
            CS_TRY(RunEvent runEvent, runEventFrom(event));
            const std::string runId = runEvent.runId.text();
            evidence.runs[runId].history.push_back({std::move(runEvent), event.index});
            return true;
        }));
    return AuditFindings{{"inclusion.entries", {std::to_string(evidence.entryCount)}}};
}

Result<AuditFindings> checkFoundation(DecisionEvidence& evidence)
{
    CS_TRY(evidence.foundation, control::loadFoundation(evidence.ledger, evidence.anchor));
    CS_TRY(const std::string logKey, foundedLogKey(evidence.ledger, evidence.anchor));
    // Whoever opened the reader compared the key; the name is what a head shows of it.
    if (!logKey.starts_with(evidence.head->origin + '+'))
        return fail(
            ErrorCode::Corrupt,
            "the genesis names another log than the one that signed the head",
            "audit.log_key");
    const control::Foundation& foundation = *evidence.foundation;
    return AuditFindings{
        {"foundation.decision",
         {foundation.name,
          std::to_string(foundation.roster().founders.size()),
          std::to_string(foundation.roster().version),
          std::to_string(foundation.policy().version)}}};
}

} // namespace detail

namespace {

using Check = Result<AuditFindings> (*)(detail::DecisionEvidence&);

constexpr std::array<Check, kAuditLinks.size()> kChecks = {
    detail::checkCheckpoint,
    detail::checkInclusion,
    detail::checkFoundation,
    detail::checkDocuments,
    detail::checkSignatures,
    detail::checkQuorum,
    detail::checkRuns,
    detail::checkDispatches,
    detail::checkReceipts};

/// Whether a refusal is about the machine and not about the evidence.
bool isTrouble(ErrorCode code)
{
    return code == ErrorCode::StorageBusy || code == ErrorCode::StorageFailed
           || code == ErrorCode::Cancelled;
}

/// What the pack says beside the ledger entries must be what they say.
Result<void> checkPackFiles(trust::PackReader& pack, const control::Foundation& foundation)
{
    const auto check = [&](const char* name, const Digest& expected) -> Result<void> {
        CS_TRY(const std::string bytes, pack.file(name));
        if (Digest::of(bytes) == expected)
            return {};
        return fail(
            Error{ErrorCode::Corrupt, "this is not the one in force", "audit.pack_file", name, {}});
    };
    CS_CHECK(check("roster.json", *foundation.roster().sha256));
    CS_CHECK(check("policy.json", *foundation.policy().sha256));
    for (const std::string& name : pack.fileNames()) {
        constexpr std::string_view kFolder = "keys/";
        constexpr std::string_view kSuffix = ".pem";
        if (!name.starts_with(kFolder))
            continue;
        const std::string keyId =
            name.substr(kFolder.size(), name.size() - kFolder.size() - kSuffix.size());
        const bool isHeld = std::any_of(
            foundation.charters.begin(), foundation.charters.end(), [&](const auto& charter) {
                return charter->roster.holderOf(keyId) != nullptr;
            });
        if (!isHeld)
            return fail(Error{
                ErrorCode::Corrupt,
                "nobody in the roster holds this key",
                "audit.pack_file",
                name,
                {}});
    }
    return {};
}

/// Signed bodies can still hold anything where a list or an object is expected; that breaks a link
/// and nothing else.
Result<AuditFindings> runCheck(Check check, detail::DecisionEvidence& evidence)
{
    try {
        return check(evidence);
    } catch (const Json::exception& unexpected) {
        return fail(
            ErrorCode::Corrupt,
            std::string("an entry is not well formed: ") + unexpected.what(),
            "audit.form");
    }
}

void breakAt(AuditReport& report, std::string_view link, Error error)
{
    const auto row = std::find_if(
        report.rows.begin(), report.rows.end(), [&](const AuditRow& r) { return r.what == link; });
    row->good = false;
    row->detail = error.detail;
    row->findings.clear();
    report.broken = std::move(error);
}

} // namespace

Result<std::string> foundedLogKey(trust::LedgerReader& ledger, const Digest& anchor)
{
    std::string logKey;
    CS_CHECK(ledger.forEachOfType(
        std::string(control::kGenesisPredicate),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::Envelope envelope, trust::readStatement(entry));
            if (Digest::of(envelope.payload) != anchor)
                return true;
            CS_TRY(const trust::Statement statement, trust::parseStatement(envelope.payload));
            logKey = textMember(statement.predicate, "log");
            return false;
        }));
    if (logKey.empty())
        return fail(ErrorCode::Corrupt, "the genesis names no log", "audit.log_key");
    return logKey;
}

Result<AuditReport> detail::audit(DecisionEvidence& evidence)
{
    AuditReport report{evidence.decisionId, {}, {}};
    for (std::size_t i = 0; i < kChecks.size(); ++i) {
        const std::string link(kAuditLinks.at(i));
        if (report.broken) {
            report.rows.push_back({link, false, "not reached: an earlier link is broken"});
            continue;
        }
        const Result<AuditFindings> found = runCheck(kChecks.at(i), evidence);
        if (found.ok()) {
            report.rows.push_back({link, true, text(*found), *found});
            continue;
        }
        if (isTrouble(found.error().code))
            return found.failure();
        report.rows.push_back({link, false, found.error().detail});
        report.broken = found.error();
    }
    return report;
}

Result<AuditReport>
auditDecision(trust::LedgerReader& ledger, const Digest& anchor, const std::string& decisionId)
{
    detail::DecisionEvidence evidence(ledger, anchor, decisionId);
    return detail::audit(evidence);
}

Result<AuditReport> auditPack(trust::PackReader& pack, const Digest& anchor)
{
    CS_TRY(AuditReport report, auditDecision(pack, anchor, pack.manifest().decisionId));
    if (!report.good())
        return report;
    CS_TRY(const control::Foundation foundation, control::loadFoundation(pack, anchor));
    CS_TRY(const std::string logKey, foundedLogKey(pack, anchor));
    if (logKey != pack.logKey().vkey()) {
        breakAt(
            report,
            "foundation",
            {ErrorCode::Corrupt,
             "the genesis names another log key than the pack",
             "audit.log_key",
             "log.vkey"});
        return report;
    }
    if (const auto files = checkPackFiles(pack, foundation); !files.ok())
        breakAt(report, "foundation", files.error());
    return report;
}

} // namespace countersign::execution
