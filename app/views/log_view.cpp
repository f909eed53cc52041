#include "app/views/log_view.h"

#include "app/views/queue_view.h"
#include "planes/trust/merkle.h"
#include "planes/trust/statement.h"

#include <algorithm>

namespace countersign::app {

namespace {

std::vector<ui::LogFact> factsOfEvent(const ViewContext& context, const trust::LedgerEvent& event)
{
    std::vector<ui::LogFact> facts;
    const auto add = [&facts](const char* name, std::string value) {
        if (!value.empty())
            facts.push_back({name, std::move(value)});
    };
    if (event.body.contains("person"))
        add("person", displayName(context.foundation.roster(), textMember(event.body, "person")));
    for (const char* member : {"answer", "order", "name", "title", "rule"})
        add(member, textMember(event.body, member));
    const Json body = event.body.value("body", Json::object());
    if (body.is_object()) {
        for (const char* member : {"step_id", "phase", "result", "why", "rule"})
            add(member, textMember(body, member));
    }
    if (event.body.contains("request") && event.body["request"].is_object())
        add("title", textMember(event.body["request"], "title"));
    return facts;
}

std::vector<ui::LogFact>
factsOfStatement(const ViewContext& context, const trust::Envelope& envelope)
{
    const auto statement = trust::parseStatement(envelope.payload);
    if (!statement.ok())
        return {};
    const Json& predicate = statement->predicate;
    for (const char* signer : {"approver", "person", "proposer"}) {
        if (predicate.contains(signer))
            return {
                {"person",
                 displayName(context.foundation.roster(), textMember(predicate[signer], "id"))}};
    }
    return {};
}

Result<ui::LogRow> rowOf(const ViewContext& context, const trust::LedgerEntry& entry)
{
    ui::LogRow row;
    row.index = entry.index;
    row.isStatement = entry.kind == trust::EntryKind::Statement;
    row.type = entry.type;
    row.decisionId = entry.decisionId;
    row.leafHash = trust::leafHash(entry.leaf).hex();
    if (!entry.body)
        return row;
    if (row.isStatement) {
        CS_TRY(const trust::Envelope envelope, trust::readStatement(entry));
        row.facts = factsOfStatement(context, envelope);
    } else {
        CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
        row.time = event.time;
        row.facts = factsOfEvent(context, event);
    }
    return row;
}

} // namespace

std::string logSummary(const ui::LogRow& row)
{
    std::string summary;
    for (const ui::LogFact& fact : row.facts)
        summary += (summary.empty() ? "" : " · ") + fact.value;
    return summary;
}

Result<ui::LogPage> logPage(const ViewContext& context, std::uint64_t first, int limit)
{
    ui::LogPage page;
    CS_TRY(const trust::Checkpoint head, context.ledger.head());
    page.total = head.size;
    const std::uint64_t end =
        std::min(head.size, first + static_cast<std::uint64_t>(std::max(limit, 0)));
    for (std::uint64_t index = first; index < end; ++index) {
        CS_TRY(const trust::LedgerEntry entry, context.ledger.entry(index));
        CS_TRY(ui::LogRow row, rowOf(context, entry));
        page.rows.push_back(std::move(row));
    }
    return page;
}

Result<Json> logEntry(const ViewContext& context, std::uint64_t index)
{
    CS_TRY(const trust::LedgerEntry entry, context.ledger.entry(index));
    CS_TRY(const trust::Checkpoint head, context.ledger.head());
    const auto tree = trust::openStoredTree(context.session);
    CS_TRY(const std::vector<Digest> proof, trust::proveInclusion(*tree, index, head.size));
    CS_TRY(Json leaf, parseJson(entry.leaf));
    Json shown = {
        {"index", index},
        {"type", entry.type},
        {"decision_id", entry.decisionId},
        {"leaf", std::move(leaf)},
        {"leaf_hash", trust::leafHash(entry.leaf).hex()},
        {"proof",
         {{"tree_size", head.size}, {"root", head.root.hex()}, {"hashes", Json::array()}}}};
    for (const Digest& hash : proof)
        shown["proof"]["hashes"].push_back(hash.hex());
    if (entry.body) {
        CS_TRY(shown["body"], parseJson(*entry.body));
    } else {
        shown["erased"] = true;
    }
    return shown;
}

} // namespace countersign::app
