#pragma once

#include "models/digest.h"
#include "models/result.h"
#include "planes/data/database.h"
#include "planes/execution/decision_audit.h"
#include "planes/trust/ledger.h"
#include "planes/trust/signed_note.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Verifying a whole workspace where it lies: every byte of the ledger, its tree and its documents;
/// deep, also every table derived from them.
namespace countersign::execution {

struct AuditProgress
{
    std::string_view what; ///< As in the report.
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

struct WorkspaceAuditOptions
{
    trust::NoteVerifier logKey;
    /// Digest of the genesis statement, known from elsewhere.
    Digest anchor;
    /// Replays the ledger into an empty database in memory and compares every table.
    bool deep = false;
    /// For `deep`: the ones the workspace is written with, and fresh projectors. They outlive the
    /// call.
    std::vector<data::Migration> migrations = {};
    std::vector<trust::Projector*> projectors = {};
    /// Called now and then in the thread of the call.
    std::function<void(const AuditProgress&)> onProgress = {};
    /// Set by anybody: the audit ends with Cancelled. Outlives the call.
    const std::atomic<bool>* cancelled = nullptr;
};

struct WorkspaceReport
{
    /// In order: checkpoint, entries (with the tree), documents, foundation; deep: storage, tables;
    /// then decisions. Ends with the first broken one.
    std::vector<AuditRow> rows;
    std::optional<Error> broken;
    std::uint64_t entryCount = 0;
    std::uint64_t decisionCount = 0;

    [[nodiscard]] bool good() const { return !broken.has_value(); }
};

/// Reads the workspace from beginning to end as it is at the first look: outside a transaction it
/// opens one for reading, so a writer elsewhere does no harm. Holds no more than one decision in
/// memory, and for `deep` the replayed tables. Any changed byte of a ledger row, a tile, the head
/// or a stored document is found, and deep any row of a table that the ledger does not give. No
/// entry's body may be absent. Errors: Cancelled; StorageBusy, StorageFailed; everything else is in
/// the report.
[[nodiscard]] Result<WorkspaceReport>
verifyWorkspace(data::SqlSession& session, const WorkspaceAuditOptions& options);

/// Decisions somebody was asked about, in the order of their ids.
[[nodiscard]] Result<std::vector<std::string>> decisionIdsWithRequests(data::SqlSession& session);

} // namespace countersign::execution
