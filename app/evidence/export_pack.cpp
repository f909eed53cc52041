#include "app/evidence/export_pack.h"

#include "app/evidence/decision_report.h"
#include "app/views/decision_view.h"
#include "planes/control/authority.h"
#include "planes/control/genesis.h"
#include "planes/trust/evidence_pack.h"

#include <QCryptographicHash>
#include <QFile>

#include <set>

namespace countersign::app {

namespace {

/// Adds every digest that a member of the body names, where it is one.
void addDigest(const Json& object, const char* member, std::set<Digest>& digests)
{
    if (const auto digest = Digest::parse(textMember(object, member)); digest.ok())
        digests.insert(*digest);
}

Result<void> addDecision(
    const ViewContext& context,
    const std::string& decisionId,
    trust::PackContent& content,
    std::set<std::string>& pins)
{
    return context.ledger.forEachOfDecision(
        decisionId, [&](const trust::LedgerEntry& entry) -> Result<bool> {
            content.entries.insert(entry.index);
            if (entry.kind != trust::EntryKind::Event || !entry.body)
                return true;
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            for (const Json& document : event.body.value("documents", Json::array()))
                addDigest(document, "blob", content.documents);
            for (const Json& source : event.body.value("sources", Json::array()))
                addDigest(source, "sha256", content.documents);
            const Json request = event.body.value("request", Json::object());
            for (const Json& connector : request.value("connectors", Json::array()))
                pins.insert(textMember(connector, "sha256"));
            return true;
        });
}

/// What the decision stands on: genesis, roster, policy, and the connectors its requests pin.
Result<void> addFoundation(
    const ViewContext& context, const std::set<std::string>& pins, trust::PackContent& content)
{
    for (const char* type : {"workspace.created", "roster.accepted", "policy.accepted"}) {
        CS_CHECK(context.ledger.forEachOfType(
            type, [&](const trust::LedgerEntry& entry) -> Result<bool> {
                content.entries.insert(entry.index);
                return true;
            }));
    }
    CS_CHECK(context.ledger.forEachOfType(
        std::string(control::kGenesisPredicate),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            content.entries.insert(entry.index);
            return true;
        }));
    return context.ledger.forEachOfType(
        "connector.installed", [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            if (pins.count(textMember(event.body, "pin")) > 0) {
                content.entries.insert(entry.index);
                addDigest(event.body, "sha256", content.documents);
            }
            return true;
        });
}

Result<ExportedPack> measured(const std::string& path, std::string title)
{
    QFile file(QString::fromStdString(path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return fail(Error{ErrorCode::StorageFailed, "the pack cannot be read back", "file", path});
    CS_TRY(const Digest digest, Digest::fromBytes(hash.result().toStdString()));
    return ExportedPack{path, std::move(title), digest, static_cast<std::uint64_t>(file.size())};
}

} // namespace

Result<ExportedPack> exportDecisionPack(
    const ViewContext& context,
    execution::PlanSource& plans,
    const trust::NoteSigner& logKey,
    const std::string& decisionId,
    const std::string& path)
{
    CS_TRY(const ui::DecisionView view, decisionView(context, plans, decisionId));
    trust::PackContent content{decisionId, context.foundation.anchor};
    std::set<std::string> pins;
    CS_CHECK(addDecision(context, decisionId, content, pins));
    CS_CHECK(addFoundation(context, pins, content));
    content.documents.insert(*context.foundation.roster.sha256);
    content.documents.insert(*context.foundation.policy.sha256);
    CS_TRY(content.roster, context.ledger.document(*context.foundation.roster.sha256));
    CS_TRY(content.policy, context.ledger.document(*context.foundation.policy.sha256));
    for (const control::Person& person : context.foundation.roster.people) {
        for (const control::RosterKey& key : person.keys)
            content.keys.push_back(key.key);
    }
    content.report = decisionReport(view);
    trust::PackWriter writer(context.session, logKey);
    CS_CHECK(writer.write(content, path));
    return measured(path, view.request ? view.request->title : decisionId);
}

} // namespace countersign::app
