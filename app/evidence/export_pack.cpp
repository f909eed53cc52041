#include "app/evidence/export_pack.h"

#include "planes/control/decision_table.h"
#include "planes/execution/decision_pack.h"
#include "planes/trust/evidence_pack.h"

#include <QCryptographicHash>
#include <QFile>

namespace countersign::app {

Result<ExportedPack> exportDecisionPack(
    const ViewContext& context,
    const trust::NoteSigner& logKey,
    const std::string& decisionId,
    const std::string& path)
{
    CS_TRY(const control::DecisionRow row, control::decisionRow(context.session, decisionId));
    CS_TRY(
        const trust::PackContent content,
        execution::decisionPackContent(context.ledger, context.foundation.anchor, decisionId));
    CS_CHECK(trust::PackWriter(context.session, logKey).write(content, path));
    QFile file(QString::fromStdString(path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return fail(Error{ErrorCode::StorageFailed, "the pack cannot be read back", "file", path});
    CS_TRY(const Digest digest, Digest::fromBytes(hash.result().toStdString()));
    return ExportedPack{path, row.title, digest, static_cast<std::uint64_t>(file.size())};
}

} // namespace countersign::app
