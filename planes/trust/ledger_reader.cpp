#include "planes/data/blobs.h"
#include "planes/trust/ledger.h"
#include "planes/trust/ledger_index.h"
#include "planes/trust/log_entry.h"

#include <algorithm>

namespace countersign::trust {

namespace {

constexpr std::string_view kSelectEntry =
    "SELECT idx, kind, type, decision_id, leaf, body FROM ledger_entry WHERE idx = :idx";
constexpr std::string_view kSelectOfDecision =
    "SELECT idx, kind, type, decision_id, leaf, body FROM ledger_entry WHERE decision_id = "
    ":decision_id AND idx < :size ORDER BY idx";
constexpr std::string_view kSelectOfDecisionAndType =
    "SELECT idx, kind, type, decision_id, leaf, body FROM ledger_entry "
    "WHERE decision_id = :decision_id AND type = :type AND idx < :size ORDER BY idx";
constexpr std::string_view kSelectStatements =
    "SELECT idx FROM ledger_entry WHERE decision_id = :decision_id AND kind = 1 AND idx < :size";
constexpr std::string_view kSelectOfType =
    "SELECT idx, kind, type, decision_id, leaf, body FROM ledger_entry WHERE type = :type AND idx "
    "< :size ORDER BY idx";

LedgerEntry entryFromRow(const data::Row& row)
{
    LedgerEntry entry;
    entry.index = static_cast<std::uint64_t>(row.integer(0));
    entry.kind = row.integer(1) == static_cast<std::int64_t>(EntryKind::Statement)
                     ? EntryKind::Statement
                     : EntryKind::Event;
    entry.type = row.text(2);
    entry.decisionId = row.text(3);
    entry.leaf = row.blob(4);
    if (!row.isNull(5))
        entry.body = row.blob(5);
    return entry;
}

template <class T>
Result<void> withoutValue(const Result<T>& result)
{
    return result.ok() ? Result<void>() : Result<void>(result.failure());
}

class DatabaseLedger final : public LedgerReader
{
public:
    DatabaseLedger(data::SqlSession& session, NoteVerifier logKey, LedgerIndex* index)
        : m_session(session)
        , m_logKey(std::move(logKey))
        , m_index(index)
    {}

    Result<Checkpoint> head() override
    {
        CS_TRY(const OpenedCheckpoint opened, storedHead(m_session, m_logKey));
        return opened.checkpoint;
    }

    Result<LedgerEntry> entry(std::uint64_t index) override
    {
        CS_CHECK(lookAgain());
        return read(index);
    }

    Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override
    {
        if (m_index == nullptr)
            return forEach(kSelectOfDecision, {{":decision_id", decisionId}}, onEntry);
        CS_CHECK(lookAgain());
        // A statement's leaf names no decision; the event that records it does.
        CS_TRY(
            auto indices,
            m_session.all<std::uint64_t>(
                kSelectStatements,
                {{":decision_id", decisionId}, {":size", static_cast<std::int64_t>(m_head->size)}},
                [](const data::Row& row) { return static_cast<std::uint64_t>(row.integer(0)); }));
        const auto events = m_index->ofDecision(decisionId);
        indices.insert(indices.end(), events.begin(), events.end());
        std::sort(indices.begin(), indices.end());
        return forEach(indices, onEntry);
    }

    Result<void> forEachOfDecision(
        const std::string& decisionId,
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override
    {
        if (m_index == nullptr)
            return forEach(
                kSelectOfDecisionAndType, {{":decision_id", decisionId}, {":type", type}}, onEntry);
        CS_CHECK(lookAgain());
        return forEach(m_index->ofDecision(decisionId, type), onEntry);
    }

    Result<void> forEachOfType(
        const std::string& type,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry) override
    {
        if (m_index == nullptr)
            return forEach(kSelectOfType, {{":type", type}}, onEntry);
        CS_CHECK(lookAgain());
        // A statement's type stands in its payload, not in its leaf.
        const auto events = m_index->ofType(type);
        return events.empty() ? forEach(kSelectOfType, {{":type", type}}, onEntry)
                              : forEach(events, onEntry);
    }

    Result<std::string> document(const Digest& digest) override
    {
        return data::blobBytes(m_session, digest);
    }

private:
    /// Takes the head anew when the ledger grew; cheap when it did not.
    Result<void> lookAgain()
    {
        CS_TRY(const OpenedCheckpoint opened, storedHead(m_session, m_logKey));
        if (!m_head || opened.checkpoint.size != m_head->size
            || opened.checkpoint.root != m_head->root) {
            m_head = opened.checkpoint;
            m_tree = openStoredTree(m_session);
        }
        return m_index == nullptr ? Result<void>() : m_index->follow(m_session, *m_head);
    }

    Result<LedgerEntry> read(std::uint64_t index)
    {
        CS_TRY(
            auto found,
            m_session.first<LedgerEntry>(
                kSelectEntry, {{":idx", static_cast<std::int64_t>(index)}}, entryFromRow));
        if (!found || index >= m_head->size)
            return fail(
                ErrorCode::NotFound,
                "the ledger has no entry " + std::to_string(index),
                "ledger.absent");
        CS_CHECK(check(*found));
        return std::move(*found);
    }

    Result<void> forEach(
        const std::vector<std::uint64_t>& indices,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry)
    {
        for (const std::uint64_t index : indices) {
            CS_TRY(const LedgerEntry entry, read(index));
            CS_TRY(const bool more, onEntry(entry));
            if (!more)
                break;
        }
        return {};
    }

    Result<void> forEach(
        std::string_view sql,
        data::SqlBindings bindings,
        const std::function<Result<bool>(const LedgerEntry&)>& onEntry)
    {
        CS_CHECK(lookAgain());
        bindings.emplace_back(":size", static_cast<std::int64_t>(m_head->size));
        return m_session.forEach(sql, bindings, [&](const data::Row& row) -> Result<bool> {
            const LedgerEntry entry = entryFromRow(row);
            CS_CHECK(check(entry));
            return onEntry(entry);
        });
    }

    /// A row counts only when its leaf is under the signed head and the row says what the leaf
    /// says.
    Result<void> check(const LedgerEntry& entry)
    {
        CS_TRY(const auto proof, proveInclusion(*m_tree, entry.index, m_head->size));
        if (!verifyInclusion(entry.index, m_head->size, leafHash(entry.leaf), proof, m_head->root)
                 .ok())
            return fail(
                ErrorCode::Corrupt,
                "ledger entry " + std::to_string(entry.index)
                    + " is not the one that the signed head covers",
                "ledger.inclusion");
        const Result<void> content = entry.kind == EntryKind::Event
                                         ? withoutValue(readEvent(entry))
                                         : withoutValue(readStatement(entry));
        // An erased body is no contradiction; a row that disagrees with its leaf still is one.
        const bool erased =
            !entry.body && !content.ok() && content.error().code == ErrorCode::NotFound;
        return erased ? Result<void>() : content;
    }

    data::SqlSession& m_session;
    NoteVerifier m_logKey;
    LedgerIndex* m_index;
    std::optional<Checkpoint> m_head;
    std::unique_ptr<HashReader> m_tree;
};

} // namespace

std::unique_ptr<LedgerReader>
openLedgerReader(data::SqlSession& session, NoteVerifier logKey, LedgerIndex* index)
{
    return std::make_unique<DatabaseLedger>(session, std::move(logKey), index);
}

} // namespace countersign::trust
