#include "planes/trust/ledger.h"

#include "planes/trust/log_entry.h"
#include "planes/trust/statement.h"

#include <algorithm>
#include <bit>

namespace countersign::trust {

namespace {

constexpr unsigned kLevelsPerTile = 8;
constexpr std::uint64_t kTileWidth = 256;

constexpr std::string_view kInsertEntry =
    "INSERT INTO ledger_entry (idx, kind, type, decision_id, leaf, body) "
    "VALUES (:idx, :kind, :type, :decision_id, :leaf, :body)";
constexpr std::string_view kSelectTile =
    "SELECT hashes FROM ledger_tile WHERE level = :level AND number = :number";
constexpr std::string_view kWriteTile =
    "INSERT INTO ledger_tile (level, number, hashes) VALUES (:level, :number, :hashes) "
    "ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes";
constexpr std::string_view kWriteHead =
    "INSERT INTO ledger_head (id, size, note) VALUES (1, :size, :note) "
    "ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note";
constexpr std::string_view kSelectHead = "SELECT note FROM ledger_head WHERE id = 1";

Failure brokenLeaf(std::uint64_t index, const std::string& what)
{
    return fail(
        ErrorCode::Corrupt, "ledger entry " + std::to_string(index) + ": " + what, "ledger.leaf");
}

Failure erased(std::uint64_t index)
{
    return fail(
        ErrorCode::NotFound,
        "the body of ledger entry " + std::to_string(index) + " was erased",
        "ledger.erased");
}

} // namespace

data::Migration ledgerMigration()
{
    return {
        2,
        "ledger",
        {"CREATE TABLE ledger_entry (idx INTEGER PRIMARY KEY, kind INTEGER NOT NULL, type TEXT NOT "
         "NULL, "
         "decision_id TEXT NOT NULL, leaf BLOB NOT NULL, body BLOB) STRICT",
         "CREATE INDEX ledger_entry_by_decision ON ledger_entry (decision_id, idx) WHERE "
         "decision_id <> ''",
         "CREATE INDEX ledger_entry_by_decision_and_type ON ledger_entry (decision_id, type, idx) "
         "WHERE decision_id <> ''",
         "CREATE INDEX ledger_entry_by_type ON ledger_entry (type, idx)",
         "CREATE TABLE ledger_tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB "
         "NOT NULL, "
         "PRIMARY KEY (level, number)) STRICT",
         "CREATE TABLE ledger_head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, "
         "note TEXT NOT NULL) STRICT"}};
}

Result<LedgerEvent> readEvent(const LedgerEntry& entry)
{
    const auto leaf = parseLogLeaf(entry.leaf);
    if (!leaf.ok() || !std::holds_alternative<EventLeaf>(*leaf))
        return brokenLeaf(entry.index, "its leaf is not that of an event");
    const auto& event = std::get<EventLeaf>(*leaf);
    const auto link = event.links.find(std::string(kDecisionLink));
    const std::string decisionId = link == event.links.end() ? std::string() : link->second;
    if (event.type != entry.type || decisionId != entry.decisionId)
        return brokenLeaf(entry.index, "the row names another type or decision than its leaf");
    if (!entry.body)
        return erased(entry.index);
    if (Digest::of(*entry.body) != event.bodyDigest)
        return fail(
            ErrorCode::Corrupt,
            "the body of ledger entry " + std::to_string(entry.index)
                + " does not have the digest its leaf commits to",
            "ledger.body");
    CS_TRY(Json body, parseJson(*entry.body));
    return LedgerEvent{entry.index, event.id, event.type, event.time, decisionId, std::move(body)};
}

Result<Envelope> readStatement(const LedgerEntry& entry)
{
    const auto leaf = parseLogLeaf(entry.leaf);
    if (!leaf.ok() || !std::holds_alternative<SignatureLeaf>(*leaf))
        return brokenLeaf(entry.index, "its leaf is not that of a signature");
    if (!entry.body)
        return erased(entry.index);
    CS_TRY(Envelope envelope, Envelope::parse(*entry.body));
    if (envelope.toJson() != *entry.body)
        return fail(
            ErrorCode::Corrupt,
            "the envelope of ledger entry " + std::to_string(entry.index) + " was rewritten",
            "ledger.body");
    const auto& committed = std::get<SignatureLeaf>(*leaf);
    const bool carried = std::any_of(
        envelope.signatures.begin(),
        envelope.signatures.end(),
        [&](const EnvelopeSignature& signature) {
            return signature.signature == committed.signature;
        });
    if (!carried || !committed.verify(envelope.payloadType, envelope.payload).ok())
        return fail(
            ErrorCode::Corrupt,
            "the envelope of ledger entry " + std::to_string(entry.index)
                + " is not what its leaf commits to",
            "ledger.body");
    CS_TRY(const Statement statement, parseStatement(envelope.payload));
    if (statement.predicateType != entry.type)
        return brokenLeaf(entry.index, "the row names another type than its statement");
    return envelope;
}

Result<OpenedCheckpoint> storedHead(data::SqlSession& session, const NoteVerifier& logKey)
{
    CS_TRY(const auto note, session.first<std::string>(kSelectHead, {}, [](const data::Row& row) {
        return row.text(0);
    }));
    if (!note)
        return fail(ErrorCode::NotFound, "the ledger has no head yet", "ledger.head");
    auto opened = openCheckpoint(*note, logKey);
    if (!opened.ok()) {
        Error error = opened.error();
        error.detail = "the head of the ledger does not verify: " + error.detail;
        error.rule = "ledger.head";
        return fail(std::move(error));
    }
    return opened;
}

LedgerWriter::LedgerWriter(NoteSigner logKey, std::vector<Projector*> projectors)
    : m_logKey(std::move(logKey))
    , m_projectors(std::move(projectors))
{}

Result<void> LedgerWriter::synchronize(data::SqlSession& session)
{
    const auto head = storedHead(session, logKey());
    if (!head.ok()) {
        if (head.error().code != ErrorCode::NotFound)
            return head.failure();
        if (m_tree.size() != 0)
            return fail(ErrorCode::Corrupt, "the head of the ledger has gone", "ledger.head");
        return {};
    }
    if (head->checkpoint.size == m_tree.size() && head->checkpoint.root == m_tree.root()
        && m_pending.empty())
        return {};
    // Somebody else appended (or this is the first look): the edge is read from the stored tree and
    // must give the signed root, or we would continue a tree that nobody signed.
    const auto tree = openStoredTree(session);
    std::vector<Digest> roots;
    std::uint64_t start = 0;
    for (int bit = 63; bit >= 0; --bit) {
        const std::uint64_t width = std::uint64_t{1} << static_cast<unsigned>(bit);
        if ((head->checkpoint.size & width) == 0)
            continue;
        CS_TRY(
            const Digest root,
            tree->node(static_cast<unsigned>(bit), start >> static_cast<unsigned>(bit)));
        roots.push_back(root);
        start += width;
    }
    CS_TRY(CompactRange edge, CompactRange::restore(head->checkpoint.size, std::move(roots)));
    if (edge.root() != head->checkpoint.root)
        return fail(
            ErrorCode::Corrupt,
            "the stored tree does not have the root of its signed head",
            "ledger.root");
    m_tree = std::move(edge);
    m_pending.clear();
    m_sealedSize = m_tree.size();
    return {};
}

void LedgerWriter::restore(const Mark& mark)
{
    m_tree = mark.tree;
    CS_ASSERT(mark.pendingCount <= m_pending.size());
    m_pending.erase(
        m_pending.begin() + static_cast<std::ptrdiff_t>(mark.pendingCount), m_pending.end());
    m_sealedSize = std::min(m_sealedSize, m_tree.size());
}

Result<std::uint64_t> LedgerWriter::appendLeaf(data::SqlSession& session, const LedgerEntry& entry)
{
    CS_CHECK(session.execute(
        kInsertEntry,
        {{":idx", static_cast<std::int64_t>(entry.index)},
         {":kind", static_cast<std::int64_t>(entry.kind)},
         {":type", entry.type},
         {":decision_id", entry.decisionId},
         {":leaf", data::Blob{entry.leaf}},
         {":body", data::Blob{*entry.body}}}));
    m_tree.append(
        leafHash(entry.leaf), [this](unsigned level, std::uint64_t index, const Digest& hash) {
            if (level % kLevelsPerTile == 0)
                m_pending.push_back({level / kLevelsPerTile, index, hash});
        });
    return entry.index;
}

Result<std::uint64_t> LedgerWriter::append(data::SqlSession& session, LedgerEvent event)
{
    CS_ASSERT(event.body.is_object());
    event.index = m_tree.size();
    CS_TRY(const std::string body, canonicalJson(event.body));
    EventLeaf leaf{event.id, event.type, event.time, Digest::of(body)};
    if (!event.decisionId.empty())
        leaf.links.emplace(std::string(kDecisionLink), event.decisionId);
    CS_TRY(std::string leafBytes, leaf.toBytes());
    CS_TRY(
        const std::uint64_t index,
        appendLeaf(
            session,
            {event.index,
             EntryKind::Event,
             event.type,
             event.decisionId,
             std::move(leafBytes),
             body}));
    for (Projector* projector : m_projectors)
        CS_CHECK(projector->apply(session, event));
    return index;
}

Result<std::uint64_t> LedgerWriter::appendStatement(
    data::SqlSession& session,
    const Envelope& envelope,
    const PublicKey& signer,
    const std::string& decisionId)
{
    const auto signature = std::find_if(
        envelope.signatures.begin(),
        envelope.signatures.end(),
        [&](const EnvelopeSignature& candidate) {
            return signer.verify(
                preAuthEncoding(envelope.payloadType, envelope.payload), candidate.signature);
        });
    if (signature == envelope.signatures.end())
        return fail(
            ErrorCode::SignatureInvalid,
            "the envelope carries no signature of that key",
            "ledger.statement");
    CS_TRY(const Json statement, parseJson(envelope.payload));
    const SignatureLeaf leaf{
        preAuthDigest(envelope.payloadType, envelope.payload), signature->signature, signer};
    CS_TRY(std::string leafBytes, leaf.toBytes());
    return appendLeaf(
        session,
        {m_tree.size(),
         EntryKind::Statement,
         textMember(statement, "predicateType"),
         decisionId,
         std::move(leafBytes),
         envelope.toJson()});
}

Result<void> LedgerWriter::seal(data::SqlSession& session)
{
    if (!hasUnsealed())
        return {};
    std::stable_sort(
        m_pending.begin(), m_pending.end(), [](const PendingNode& a, const PendingNode& b) {
            return std::pair(a.tileLevel, a.index) < std::pair(b.tileLevel, b.index);
        });
    for (auto node = m_pending.begin(); node != m_pending.end();) {
        const unsigned level = node->tileLevel;
        const std::uint64_t number = node->index / kTileWidth;
        const data::SqlBindings key = {
            {":level", static_cast<std::int64_t>(level)},
            {":number", static_cast<std::int64_t>(number)}};
        CS_TRY(auto stored, session.first<std::string>(kSelectTile, key, [](const data::Row& row) {
            return row.blob(0);
        }));
        std::string hashes = stored.value_or(std::string());
        for (; node != m_pending.end() && node->tileLevel == level
               && node->index / kTileWidth == number;
             ++node) {
            if (hashes.size() != (node->index % kTileWidth) * Digest::kByteCount)
                return fail(
                    ErrorCode::Corrupt,
                    "the stored tree has a tile of the wrong width",
                    "ledger.tile");
            hashes += node->hash.bytes();
        }
        data::SqlBindings bindings = key;
        bindings.emplace_back(":hashes", data::Blob{std::move(hashes)});
        CS_CHECK(session.execute(kWriteTile, bindings));
    }
    CS_TRY(
        const std::string note,
        signCheckpoint({logKey().name(), m_tree.size(), m_tree.root()}, m_logKey));
    CS_CHECK(session.execute(
        kWriteHead, {{":size", static_cast<std::int64_t>(m_tree.size())}, {":note", note}}));
    m_pending.clear();
    m_sealedSize = m_tree.size();
    return {};
}

} // namespace countersign::trust
