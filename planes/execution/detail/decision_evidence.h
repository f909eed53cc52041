#pragma once

#include "planes/control/authority.h"
#include "planes/control/foundation.h"
#include "planes/control/genesis.h"
#include "planes/execution/decision_audit.h"
#include "planes/execution/plan.h"
#include "planes/execution/run_events.h"
#include "planes/trust/ledger.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What the ledger holds about one decision, gathered once and checked link by link. Inside
/// planes/execution only.
namespace countersign::execution::detail {

/// Type of the event by which a delivery was accepted; the decision plane appends it: body
/// `{documents: [{schema, record_id, revision, sha256, blob, …}], sources: [{path, sha256,
/// size}]}`.
inline constexpr std::string_view kDocumentsAccepted = "documents.accepted";
/// Type of the event that says which connector was installed: body {name, version, sha256, pin}.
inline constexpr std::string_view kConnectorInstalled = "connector.installed";

struct AcceptedDocument
{
    std::string schema;
    std::string recordId;
    std::int64_t revision = 0;
    Digest sha256; ///< Of the canonical form.
    Digest blob;   ///< Of the bytes.
    std::uint64_t index = 0;
};

struct RecordedRunEvent
{
    RunEvent event;
    std::uint64_t index = 0;
};

struct RunEvidence
{
    std::vector<RecordedRunEvent> history; ///< In ledger order.
    std::vector<control::RecordedOrder> orders;
    std::shared_ptr<const Plan> plan;
    std::optional<RunHead> head;
};

struct DecisionEvidence
{
    DecisionEvidence(trust::LedgerReader& reader, Digest genesis, std::string decision)
        : ledger(reader)
        , anchor(genesis)
        , decisionId(std::move(decision))
    {}

    trust::LedgerReader& ledger;
    Digest anchor;
    std::string decisionId;

    std::optional<trust::Checkpoint> head;
    std::uint64_t entryCount = 0;
    std::vector<trust::LedgerEvent> events; ///< All but those of runs.
    std::set<std::uint64_t> statements;
    std::map<std::string, RunEvidence> runs; ///< By run id.
    std::optional<control::Foundation> foundation;
    std::vector<AcceptedDocument> documents;
    control::DecisionAuthority authority;
};

/// Each checks one link, keeps what later ones need and says what was found. Called
/// in the order of kAuditLinks. Errors: the broken link; as the reader.
[[nodiscard]] Result<AuditFindings> checkCheckpoint(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkInclusion(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkFoundation(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkDocuments(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkSignatures(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkQuorum(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkRuns(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkDispatches(DecisionEvidence& evidence);
[[nodiscard]] Result<AuditFindings> checkReceipts(DecisionEvidence& evidence);

/// All of them. Errors: as auditDecision.
[[nodiscard]] Result<AuditReport> audit(DecisionEvidence& evidence);

/// The report of a pack, for people: who decided what, when, under which policy, what was done. In
/// the language of the decision where this program knows it. Every check has passed.
[[nodiscard]] std::string decisionReport(const DecisionEvidence& evidence);

/// The documents and sources that one documents.accepted event names, each compared with its
/// digests. Adds the documents.
[[nodiscard]] Result<void> takeInDelivery(
    trust::LedgerReader& ledger,
    const trust::LedgerEvent& event,
    std::vector<AcceptedDocument>& documents);

/// The content of a document, after comparing bytes and canonical form.
[[nodiscard]] Result<Json>
documentContent(trust::LedgerReader& ledger, const AcceptedDocument& document);

/// The accepted document that a request names, accepted before the request was opened; nothing when
/// there is none.
[[nodiscard]] const AcceptedDocument* findDocument(
    const std::vector<AcceptedDocument>& documents,
    const control::PacketItem& item,
    std::uint64_t before);

/// A broken link at a ledger entry.
[[nodiscard]] Failure brokenAt(std::uint64_t index, const std::string& what, std::string rule);

} // namespace countersign::execution::detail
