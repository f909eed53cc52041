#include "app/core/deliveries.h"

#include "planes/data/decision_check.h"
#include "planes/data/decision_folder.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace countersign::app {

namespace {

constexpr std::array<std::string_view, 7> kPacketSchemas = {
    "approval_request",
    "memo",
    "scenario_set",
    "risk_synthesis",
    "forecast",
    "evidence_pack",
    "execution_plan"};

/// Whether a delivery touches what a signature covers.
bool changesPacket(const decision::Acceptance& acceptance)
{
    return std::any_of(acceptance.added.begin(), acceptance.added.end(), [](const auto& document) {
        return std::find(kPacketSchemas.begin(), kPacketSchemas.end(), document.schema)
               != kPacketSchemas.end();
    });
}

/// A new revision of the request itself (its words, its dates) voids signatures like one of the
/// packet's documents.
bool changesAsk(const decision::Acceptance& acceptance)
{
    return std::any_of(acceptance.added.begin(), acceptance.added.end(), [](const auto& document) {
        return document.schema == "approval_request";
    });
}

bool samePacket(const control::RequestInput& input, const control::RequestRecord* latest)
{
    return latest != nullptr && latest->request.packet == input.packet;
}

} // namespace

Result<DeliveryReport> takeDelivery(
    trust::LedgerStore& store,
    control::Foundation& foundation,
    const data::SchemaSet& schemas,
    const execution::ConnectorCatalog& catalog,
    EntropySource& entropy,
    Instant now,
    const std::string& path)
{
    DeliveryReport report;
    report.path = path;
    const decision::WorkspaceDocuments known(store.database());
    CS_TRY(
        const data::FolderCheck check,
        data::checkDecision(data::readDecisionFolder(path), schemas, known, foundation.tenantId));
    report.decisionId = check.decisionId;
    if (!check.accepted()) {
        report.errors = check.errors;
        CS_CHECK(store.write([&](data::SqlSession& session, trust::LedgerWriter& ledger) {
            return decision::recordRefusal(
                session,
                ledger,
                std::filesystem::path(path).filename().string(),
                check.errors,
                now,
                entropy);
        }));
        return report;
    }
    CS_CHECK(
        store.write([&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            CS_TRY(
                control::CommandContext context,
                control::commandContext(session, ledger, foundation, entropy, now));
            control::DecisionAuthority earlier;
            if (!check.decisionId.empty()) {
                CS_TRY(earlier, control::currentAuthority(context, check.decisionId));
            }
            CS_TRY(
                const decision::Acceptance acceptance,
                decision::acceptDelivery(session, ledger, check, now, entropy));
            report.unchanged = acceptance.unchanged();
            report.added = acceptance.added;
            if (!changesPacket(acceptance))
                return {};
            auto assembled = assembleRequest(session, catalog, earlier, check.decisionId, now);
            if (!assembled.ok()) {
                if (assembled.error().code == ErrorCode::Corrupt
                    || assembled.error().code == ErrorCode::StorageFailed)
                    return assembled.failure();
                report.refusal = assembled.error();
                return {};
            }
            if (!*assembled
                || (!changesAsk(acceptance) && samePacket(**assembled, earlier.latest())))
                return {};
            CS_TRY(control::OpenOutcome opened, control::openRequest(context, **assembled));
            report.request = std::move(opened.request);
            report.refusal = std::move(opened.refusal);
            return {};
        }));
    return report;
}

} // namespace countersign::app
