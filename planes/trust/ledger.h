#pragma once

#include "models/digest.h"
#include "models/ids.h"
#include "models/json.h"
#include "models/result.h"
#include "planes/data/database.h"
#include "planes/trust/checkpoint.h"
#include "planes/trust/dsse.h"
#include "planes/trust/keys.h"
#include "planes/trust/merkle.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The ledger: the only truth of a workspace. Append-only, an RFC 6962 tree over its leaves, a
/// signed head after every commit. A leaf holds ids, types, times and digests only; bodies stand
/// beside it and can be erased while every proof stays valid. Two kinds of leaf (wire formats:
/// planes/trust/log_entry.h): a *statement* leaf commits to one signature of one person
/// (hashedrekord), an *event* leaf to one change of state.
namespace countersign::trust {

enum class EntryKind {
    Event,
    Statement
};

/// One entry as it is stored: what the leaf commits to and, unless it was erased, its body.
struct LedgerEntry
{
    std::uint64_t index = 0;
    EntryKind kind = EntryKind::Event;
    /// Event type (`request.opened`), or the predicate type of a statement.
    std::string type;
    /// Decision it belongs to, or empty.
    std::string decisionId;
    std::string leaf;
    /// Event: canonical JSON. Statement: the DSSE envelope as JSON. Absent once erased.
    std::optional<std::string> body;
};

/// An event about to be appended, or read back. `body` is a JSON object.
struct LedgerEvent
{
    std::uint64_t index = 0;
    std::string id; ///< `evt_…`
    std::string type;
    Instant time;
    std::string decisionId;
    Json body;
};

/// Reads an event entry back, checking that its leaf commits to its body. Errors: Corrupt, NotFound
/// (body erased).
[[nodiscard]] Result<LedgerEvent> readEvent(const LedgerEntry& entry);
/// Reads a statement entry back, checking that its leaf commits to the envelope's payload and
/// signature. Errors: Corrupt, NotFound (body erased).
[[nodiscard]] Result<Envelope> readStatement(const LedgerEntry& entry);

/// Where entries are read from: a workspace's database, or an evidence pack. Every entry that comes
/// out has been checked against the signed head. Thread: that of the implementation's database.
class LedgerReader
{
public:
    virtual ~LedgerReader() = default;
    /// The newest signed head. Errors: Corrupt, SignatureInvalid.
    [[nodiscard]] virtual Result<Checkpoint> head() = 0;
    /// Errors: NotFound; Corrupt (rule `ledger.inclusion`, `ledger.leaf`, `ledger.body`).
    [[nodiscard]] virtual Result<LedgerEntry> entry(std::uint64_t index) = 0;
    /// All entries of one decision, in order.
    virtual Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) = 0;
    /// Those of one type among them.
    virtual Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) = 0;
    /// All entries of one type, in order.
    virtual Result<void> forEachOfType(
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) = 0;
    /// A stored document by its digest. Errors: NotFound, Corrupt.
    [[nodiscard]] virtual Result<std::string> document(const Digest& digest) = 0;
};

/// Derives tables from events, in the transaction of the append. Given the same events it makes the
/// same rows: dropping its tables and replaying the ledger restores them.
class Projector
{
public:
    virtual ~Projector() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// Tables this projector owns, each with a primary key that comes first in its columns.
    [[nodiscard]] virtual std::vector<std::string_view> tables() const = 0;
    virtual Result<void> apply(data::SqlSession& session, const LedgerEvent& event) = 0;
};

/// Tables of the ledger.
[[nodiscard]] data::Migration ledgerMigration();

/// The head as stored, opened with the log's key. Errors: NotFound (no head yet), SignatureInvalid,
/// Corrupt.
[[nodiscard]] Result<OpenedCheckpoint>
storedHead(data::SqlSession& session, const NoteVerifier& logKey);

/// Name of the link in an event's leaf that says which decision it belongs to.
inline constexpr std::string_view kDecisionLink = "decision";

class LedgerIndex;

/// Reads a workspace's ledger through a (read-only or writing) session. With an index, which
/// outlives the reader, events are found by their leaves and none can be hidden; without one, and
/// for statements, the columns beside the leaves are searched, which is enough to show them.
[[nodiscard]] std::unique_ptr<LedgerReader>
openLedgerReader(data::SqlSession& session, NoteVerifier logKey, LedgerIndex* index = nullptr);

/// The stored tree, for proofs. Tiles it has read stay in memory: make a new one after the ledger
/// grew.
[[nodiscard]] std::unique_ptr<HashReader> openStoredTree(data::SqlSession& session);

/// Appends. Belongs to the thread of the writing connection. All calls take the open transaction;
/// nothing is remembered that a rollback would not undo, provided `restore` is called with the mark
/// taken before.
class LedgerWriter
{
public:
    /// Where the tree stood; see restore().
    struct Mark
    {
        CompactRange tree;
        std::size_t pendingCount = 0;
    };

    /// `projectors` are called in order for every event; they outlive the writer.
    LedgerWriter(NoteSigner logKey, std::vector<Projector*> projectors);

    /// Loads the tree's edge if another process appended meanwhile. Call first in every
    /// transaction.
    [[nodiscard]] Result<void> synchronize(data::SqlSession& session);

    [[nodiscard]] std::uint64_t size() const { return m_tree.size(); }
    [[nodiscard]] Mark mark() const { return Mark{m_tree, m_pending.size()}; }
    /// Forgets what was appended after the mark: call when its savepoint or transaction is rolled
    /// back.
    void restore(const Mark& mark);
    [[nodiscard]] const NoteVerifier& logKey() const { return m_logKey.verifier(); }
    [[nodiscard]] const NoteSigner& logSigner() const { return m_logKey; }
    /// Whether something was appended since the last seal.
    [[nodiscard]] bool hasUnsealed() const { return m_tree.size() != m_sealedSize; }

    /// Appends an event and applies the projectors. Returns its index.
    [[nodiscard]] Result<std::uint64_t> append(data::SqlSession& session, LedgerEvent event);
    /// Appends a signed statement: one signature of `envelope`, made by `signer`. The caller has
    /// verified it.
    [[nodiscard]] Result<std::uint64_t> appendStatement(
        data::SqlSession& session,
        const Envelope& envelope,
        const PublicKey& signer,
        const std::string& decisionId);
    /// Writes the tree's new nodes and the signed head. Call once, last, in a transaction that
    /// appended.
    [[nodiscard]] Result<void> seal(data::SqlSession& session);

private:
    /// A full subtree that an append completed and that belongs in a tile.
    struct PendingNode
    {
        unsigned tileLevel = 0;
        std::uint64_t index = 0;
        Digest hash;
    };

    [[nodiscard]] Result<std::uint64_t>
    appendLeaf(data::SqlSession& session, const LedgerEntry& entry);

    NoteSigner m_logKey;
    std::vector<Projector*> m_projectors;
    CompactRange m_tree;
    std::vector<PendingNode> m_pending;
    std::uint64_t m_sealedSize = 0;
};

} // namespace countersign::trust
