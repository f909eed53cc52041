#pragma once

#include "models/ids.h"
#include "planes/data/decision_check.h"
#include "planes/trust/ledger.h"

#include <optional>
#include <string>
#include <vector>

/// Documents that were handed in: stored whole, found by id, revision and decision. Nothing here
/// can commit anything.
namespace countersign::decision {

inline constexpr std::string_view kDocumentsAccepted = "documents.accepted";
inline constexpr std::string_view kDeliveryRefused = "delivery.refused";

/// A stored document, as the tables know it.
struct StoredDocument
{
    std::string schema;
    std::string recordId;
    int revision = 0;
    std::string decisionId; ///< Empty for metric definitions.
    Digest sha256;          ///< Of its canonical form.
    Digest blob;            ///< Of its bytes as they came.
    std::string path;       ///< Where it lay in what was handed in.
};

/// What an accepted delivery added.
struct Acceptance
{
    std::vector<StoredDocument> added;
    std::size_t sourceCount = 0;
    std::string decisionId;
    /// Nothing of it was new: the ledger did not grow.
    [[nodiscard]] bool unchanged() const { return added.empty(); }
};

/// Stores a checked delivery whole, in the current transaction, as one event. What is there already
/// is left out. Errors: StorageFailed, StorageBusy. `check.accepted()` must hold.
[[nodiscard]] Result<Acceptance> acceptDelivery(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const data::FolderCheck& check,
    Instant now,
    EntropySource& entropy);

/// Records that something handed in was refused, and why: the reasons, not the content.
[[nodiscard]] Result<void> recordRefusal(
    data::SqlSession& session,
    trust::LedgerWriter& ledger,
    const std::string& name,
    const std::vector<Error>& errors,
    Instant now,
    EntropySource& entropy);

/// The newest revision of each document of a decision, by schema and record id.
[[nodiscard]] Result<std::vector<StoredDocument>>
latestDocuments(data::SqlSession& session, const std::string& decisionId);

/// One revision. Errors: NotFound.
[[nodiscard]] Result<StoredDocument>
storedDocument(data::SqlSession& session, const std::string& recordId, int revision);

/// The document with that canonical digest. Errors: NotFound.
[[nodiscard]] Result<StoredDocument>
storedDocument(data::SqlSession& session, const Digest& sha256);

/// The parsed content, after comparing bytes, blob digest and canonical digest. Errors: Corrupt.
[[nodiscard]] Result<Json>
documentContent(data::SqlSession& session, const StoredDocument& document);

/// What a workspace holds already, for the check of a delivery.
class WorkspaceDocuments final : public data::KnownDocuments
{
public:
    explicit WorkspaceDocuments(data::SqlSession& session)
        : m_session(session)
    {}

    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    decisionRecords(const std::string& decisionId) const override;
    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    recordRevisions(const std::string& recordId) const override;
    [[nodiscard]] Result<std::vector<data::IncomingRecord>> metricDefinitions(
        const std::string& tenantId, const std::string& key, std::int64_t version) const override;
    [[nodiscard]] Result<bool> hasSource(const Digest& digest) const override;

private:
    [[nodiscard]] Result<std::vector<data::IncomingRecord>>
    records(std::string_view sql, const data::SqlBindings& bindings) const;

    data::SqlSession& m_session;
};

/// Tables of documents.
[[nodiscard]] data::Migration documentMigration();

/// Keeps them.
class DocumentProjector final : public trust::Projector
{
public:
    [[nodiscard]] std::string_view name() const override { return "documents"; }
    [[nodiscard]] std::vector<std::string_view> tables() const override
    {
        return {"document", "metric"};
    }
    Result<void> apply(data::SqlSession& session, const trust::LedgerEvent& event) override;
};

} // namespace countersign::decision
