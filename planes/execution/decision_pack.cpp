#include "planes/execution/decision_pack.h"

#include "planes/execution/detail/decision_evidence.h"

#include <algorithm>

namespace countersign::execution {

namespace {

Result<void>
addAllOfType(trust::LedgerReader& ledger, std::string_view type, trust::PackContent& content)
{
    return ledger.forEachOfType(
        std::string(type), [&](const trust::LedgerEntry& entry) -> Result<bool> {
            content.entries.insert(entry.index);
            return true;
        });
}

/// Whether some request of the decision names this connector, so pinned.
bool isPinned(const control::DecisionAuthority& authority, const Json& installed)
{
    return std::any_of(
        authority.requests.begin(),
        authority.requests.end(),
        [&](const control::RequestRecord& record) {
            const auto& pins = record.request.connectors;
            return std::any_of(pins.begin(), pins.end(), [&](const control::ConnectorPin& pin) {
                return textMember(installed, "name") == pin.name
                       && textMember(installed, "version") == pin.version
                       && textMember(installed, "pin") == pin.sha256.hex();
            });
        });
}

Result<void> addConnectors(const detail::DecisionEvidence& evidence, trust::PackContent& content)
{
    return evidence.ledger.forEachOfType(
        std::string(detail::kConnectorInstalled),
        [&](const trust::LedgerEntry& entry) -> Result<bool> {
            CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
            if (isPinned(evidence.authority, event.body))
                content.entries.insert(entry.index);
            return true;
        });
}

Result<void> addEntriesOfDecision(
    trust::LedgerReader& ledger, const std::string& decisionId, trust::PackContent& content)
{
    return ledger.forEachOfDecision(
        decisionId, [&](const trust::LedgerEntry& entry) -> Result<bool> {
            content.entries.insert(entry.index);
            return true;
        });
}

/// The changes of the charter that a decision asked about.
Result<void> addChanges(
    const detail::DecisionEvidence& evidence,
    const std::string& decisionId,
    trust::PackContent& content)
{
    CS_TRY(
        const control::DecisionAuthority authority,
        control::loadDecisionAuthority(evidence.ledger, *evidence.foundation, decisionId));
    for (const control::RequestRecord& record : authority.requests) {
        if (control::isGovernance(record.request))
            content.documents.insert(record.request.plan.sha256);
    }
    return {};
}

/// Every blob that a delivery names; a reader compares them all.
Result<void>
addDelivery(trust::LedgerReader& ledger, std::uint64_t index, trust::PackContent& content)
{
    CS_TRY(const trust::LedgerEntry entry, ledger.entry(index));
    CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
    for (const Json& document : event.body.value("documents", Json::array())) {
        CS_TRY(const Digest blob, Digest::parse(textMember(document, "blob")));
        content.documents.insert(blob);
    }
    for (const Json& source : event.body.value("sources", Json::array())) {
        CS_TRY(const Digest sha256, Digest::parse(textMember(source, "sha256")));
        content.documents.insert(sha256);
    }
    return {};
}

/// A version of roster and policy, the decision it came from, and the keys of its people.
Result<void> addCharter(
    const detail::DecisionEvidence& evidence,
    const control::Charter& charter,
    trust::PackContent& content)
{
    content.documents.insert(*charter.roster.sha256);
    content.documents.insert(*charter.policy.sha256);
    for (const control::Person& person : charter.roster.people) {
        for (const control::RosterKey& key : person.keys) {
            if (std::find(content.keys.begin(), content.keys.end(), key.key) == content.keys.end())
                content.keys.push_back(key.key);
        }
    }
    if (charter.decisionId.empty())
        return {};
    CS_CHECK(addEntriesOfDecision(evidence.ledger, charter.decisionId, content));
    return addChanges(evidence, charter.decisionId, content);
}

} // namespace

Result<trust::PackContent> decisionPackContent(
    trust::LedgerReader& ledger, const Digest& anchor, const std::string& decisionId)
{
    detail::DecisionEvidence evidence(ledger, anchor, decisionId);
    CS_TRY(const AuditReport report, detail::audit(evidence));
    if (report.broken)
        return fail(*report.broken);
    const control::Foundation& foundation = *evidence.foundation;
    trust::PackContent content{decisionId, anchor};
    for (const std::string_view type :
         {control::kGenesisPredicate,
          std::string_view("workspace.created"),
          std::string_view("roster.accepted"),
          std::string_view("policy.accepted")})
        CS_CHECK(addAllOfType(ledger, type, content));
    CS_CHECK(addConnectors(evidence, content));
    CS_CHECK(addEntriesOfDecision(ledger, decisionId, content));
    for (const trust::LedgerEvent& event : evidence.events) {
        if (event.type == detail::kDocumentsAccepted)
            CS_CHECK(addDelivery(ledger, event.index, content));
    }
    CS_CHECK(addChanges(evidence, decisionId, content));
    // Documents that came with another delivery, and the entry that accepted them.
    for (const detail::AcceptedDocument& document : evidence.documents) {
        content.entries.insert(document.index);
        content.documents.insert(document.blob);
    }
    for (const auto& charter : foundation.charters)
        CS_CHECK(addCharter(evidence, *charter, content));
    CS_TRY(content.roster, ledger.document(*foundation.roster().sha256));
    CS_TRY(content.policy, ledger.document(*foundation.policy().sha256));
    content.report = detail::decisionReport(evidence);
    return content;
}

} // namespace countersign::execution
