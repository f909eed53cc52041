#pragma once

#include "models/digest.h"
#include "models/error.h"
#include "models/result.h"
#include "planes/data/decision_folder.h"
#include "planes/data/document_rules.h"
#include "planes/data/json_schema.h"

#include <cstdint>
#include <string>
#include <vector>

/// The check of what comes in, whole: bytes, JSON, schema, rules. Nothing is stored here.
namespace countersign::data {

/// What the workspace holds already. Every call may fail with StorageFailed, StorageBusy or
/// Corrupt, which ends the check.
class KnownDocuments
{
public:
    virtual ~KnownDocuments() = default;

    /// Every revision of every document of the decision.
    [[nodiscard]] virtual Result<std::vector<IncomingRecord>>
    decisionRecords(const std::string& decisionId) const = 0;
    /// Every revision of one record, in whatever decision or tenant.
    [[nodiscard]] virtual Result<std::vector<IncomingRecord>>
    recordRevisions(const std::string& recordId) const = 0;
    /// Every document that defines this version of the metric.
    [[nodiscard]] virtual Result<std::vector<IncomingRecord>> metricDefinitions(
        const std::string& tenantId, const std::string& key, std::int64_t version) const = 0;
    [[nodiscard]] virtual Result<bool> hasSource(const Digest& digest) const = 0;
};

/// A workspace that holds nothing yet.
class NothingKnown final : public KnownDocuments
{
public:
    [[nodiscard]] Result<std::vector<IncomingRecord>>
    decisionRecords(const std::string& decisionId) const override;
    [[nodiscard]] Result<std::vector<IncomingRecord>>
    recordRevisions(const std::string& recordId) const override;
    [[nodiscard]] Result<std::vector<IncomingRecord>> metricDefinitions(
        const std::string& tenantId, const std::string& key, std::int64_t version) const override;
    [[nodiscard]] Result<bool> hasSource(const Digest& digest) const override;
};

struct FolderCheck
{
    /// Why it is refused; empty when all of it may be stored. At most kFindingCountMax and one.
    std::vector<Error> errors = {};
    /// Those that passed their schema.
    std::vector<IncomingRecord> records = {};
    std::vector<IncomingSource> sources = {};
    /// What the documents state; empty when only metric definitions came.
    std::string decisionId = {};
    std::string tenantId = {};

    [[nodiscard]] bool accepted() const { return errors.empty(); }
};

/// Reads each record, validates it against the schema that its header names, then runs the rules of
/// document_rules.h. The rules run only when every file was read and passed its schema: a file
/// that is missing from the set would be reported again by everything that names it.
///
/// `tenantId` is the workspace's; empty accepts any. Findings of this step besides those of
/// readDecisionFolder and documentFindings: those of parseJson and canonicalJson; `schema.unknown`;
/// a schema keyword such as `required`; `folder.empty`. Errors: those of `known` only.
/// Any thread; needs no clock.
[[nodiscard]] Result<FolderCheck> checkDecision(
    FolderContent content,
    const SchemaSet& schemas,
    const KnownDocuments& known,
    const std::string& tenantId = {});

} // namespace countersign::data
