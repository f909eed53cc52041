#include "app/evidence/export_pack.h"

#include "planes/control/decision_table.h"
#include "planes/execution/decision_pack.h"
#include "planes/trust/evidence_pack.h"

#include <QCryptographicHash>
#include <QFile>

namespace countersign::app {

namespace {

Result<void> measure(ExportedPack& pack)
{
    QFile file(QString::fromStdString(pack.path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return fail(
            Error{ErrorCode::StorageFailed, "the pack cannot be read back", "file", pack.path});
    CS_TRY(pack.sha256, Digest::fromBytes(hash.result().toStdString()));
    pack.byteCount = static_cast<std::uint64_t>(file.size());
    return {};
}

Result<void> record(Core& core, const std::string& decisionId, const ExportedPack& pack)
{
    return core.store().write(
        [&](data::SqlSession& session, trust::LedgerWriter& ledger) -> Result<void> {
            SystemEntropy entropy;
            CS_CHECK(ledger.append(
                session,
                {0,
                 EventId::make(core.now(), entropy).text(),
                 std::string(kPackExported),
                 core.now(),
                 decisionId,
                 {{"path", pack.path},
                  {"title", pack.title},
                  {"sha256", pack.sha256.hex()},
                  {"size", pack.byteCount}}}));
            return {};
        });
}

} // namespace

Result<ExportedPack> exportPack(Core& core, const std::string& decisionId, const std::string& path)
{
    data::Database& database = core.store().database();
    CS_TRY(const control::DecisionRow row, control::decisionRow(database, decisionId));
    const auto ledger = core.store().openReader();
    CS_TRY(
        const trust::PackContent content,
        execution::decisionPackContent(*ledger, core.foundation().anchor, decisionId));
    CS_CHECK(trust::PackWriter(database, core.store().logSigner()).write(content, path));
    ExportedPack pack{path, row.title, content.anchor, 0};
    CS_CHECK(measure(pack));
    CS_CHECK(record(core, decisionId, pack));
    return pack;
}

} // namespace countersign::app
