#include "planes/execution/detail/ledger_scan.h"

#include "planes/control/authority.h"
#include "planes/control/governance.h"
#include "planes/execution/detail/decision_evidence.h"
#include "planes/trust/log_entry.h"
#include "planes/trust/statement.h"
#include "planes/trust/tiles.h"

namespace countersign::execution::detail {

namespace {

constexpr unsigned kLevelsPerTile = 8;
constexpr std::string_view kSelectAll =
    "SELECT idx, kind, type, decision_id, leaf, body FROM ledger_entry ORDER BY idx";
constexpr std::string_view kSelectTile =
    "SELECT hashes FROM ledger_tile WHERE level = :level AND number = :number";
constexpr std::string_view kCountTiles = "SELECT COUNT(*) FROM ledger_tile";

/// The tiles that follow from the leaves, each compared with the stored one when it is complete.
class TileCheck
{
public:
    explicit TileCheck(data::SqlSession& session)
        : m_session(session)
    {}

    /// Nodes of one tile level come in order.
    void add(unsigned tileLevel, const Digest& hash)
    {
        if (m_levels.size() <= tileLevel)
            m_levels.resize(tileLevel + 1);
        m_levels[tileLevel].hashes += hash.bytes();
    }

    /// Compares what is complete, or at the end everything.
    Result<void> compare(bool atEnd)
    {
        for (unsigned level = 0; level < m_levels.size(); ++level) {
            Level& state = m_levels[level];
            const bool full = state.hashes.size() == trust::kTileWidth * Digest::kByteCount;
            if (state.hashes.empty() || (!full && !atEnd))
                continue;
            CS_CHECK(compareTile(level, state.number, state.hashes));
            ++m_count;
            ++state.number;
            state.hashes.clear();
        }
        return {};
    }

    Result<void> finish()
    {
        CS_CHECK(compare(true));
        CS_TRY(const auto stored, m_session.firstInteger(kCountTiles));
        if (stored.value_or(0) != m_count)
            return fail(
                ErrorCode::Corrupt,
                "the stored tree has tiles that do not follow from the entries",
                "audit.tile");
        return {};
    }

private:
    struct Level
    {
        std::int64_t number = 0;
        std::string hashes;
    };

    Result<void> compareTile(unsigned level, std::int64_t number, const std::string& expected)
    {
        CS_TRY(
            const auto stored,
            m_session.first<std::string>(
                kSelectTile,
                {{":level", static_cast<std::int64_t>(level)}, {":number", number}},
                [](const data::Row& row) { return row.blob(0); }));
        if (stored == expected)
            return {};
        std::size_t place = 0;
        while (stored && place < expected.size() && place < stored->size()
               && (*stored)[place] == expected[place])
            ++place;
        const std::uint64_t node =
            static_cast<std::uint64_t>(number) * trust::kTileWidth + place / Digest::kByteCount;
        return fail(
            ErrorCode::Corrupt,
            level == 0 ? "ledger entry " + std::to_string(node)
                             + " and the stored tree contradict each other"
                       : "tile " + std::to_string(level) + "/" + std::to_string(number)
                             + " of the stored tree does not follow from the entries",
            "audit.tile");
    }

    data::SqlSession& m_session;
    std::vector<Level> m_levels;
    std::int64_t m_count = 0;
};

class Scan
{
public:
    Scan(data::SqlSession& session, const trust::Checkpoint& head, const OnScanned& onScanned)
        : m_head(head)
        , m_onScanned(onScanned)
        , m_tiles(session)
    {}

    Result<void> take(const data::Row& row)
    {
        const std::uint64_t index = m_tree.size();
        if (index >= m_head.size)
            return fail(
                ErrorCode::Corrupt,
                "ledger entry " + std::to_string(row.integer(0)) + " is not under the signed head",
                "audit.entry_extra");
        if (row.integer(0) != static_cast<std::int64_t>(index))
            return brokenAt(index, "it is not there", "audit.entry_absent");
        const std::int64_t kind = row.integer(1);
        trust::LedgerEntry entry{
            index,
            kind == static_cast<std::int64_t>(trust::EntryKind::Statement)
                ? trust::EntryKind::Statement
                : trust::EntryKind::Event,
            row.text(2),
            row.text(3),
            row.blob(4),
            row.isNull(5) ? std::optional<std::string>() : row.blob(5)};
        if (kind != static_cast<std::int64_t>(entry.kind))
            return brokenAt(index, "there is no such kind of entry", "audit.entry_kind");
        m_tree.append(
            trust::leafHash(entry.leaf),
            [this](unsigned level, std::uint64_t /*number*/, const Digest& hash) {
                if (level % kLevelsPerTile == 0)
                    m_tiles.add(level / kLevelsPerTile, hash);
            });
        CS_CHECK(m_tiles.compare(false));
        if (entry.kind == trust::EntryKind::Statement)
            return takeStatement(entry);
        return takeEvent(entry);
    }

    Result<void> finish()
    {
        if (m_tree.size() != m_head.size)
            return brokenAt(m_tree.size(), "it is not there", "audit.entry_absent");
        CS_CHECK(m_tiles.finish());
        if (m_tree.root() != m_head.root)
            return fail(
                ErrorCode::Corrupt,
                "the entries do not have the root that was signed",
                "audit.root");
        for (const auto& [index, decisionId] : m_openStatements) {
            if (!decisionId.empty())
                return brokenAt(
                    index,
                    "the row names a decision, but no event of it refers to the statement",
                    "audit.entry_decision");
        }
        return {};
    }

private:
    Result<void> takeStatement(const trust::LedgerEntry& entry)
    {
        CS_CHECK(trust::readStatement(entry));
        m_openStatements.emplace(entry.index, entry.decisionId);
        return m_onScanned(entry, nullptr);
    }

    Result<void> takeEvent(const trust::LedgerEntry& entry)
    {
        CS_TRY(const trust::LedgerEvent event, trust::readEvent(entry));
        if (!event.body.is_object())
            return brokenAt(entry.index, "its body is not an object", "ledger.body");
        // A leaf of a statement does not name the decision: the event that records it does. Others
        // only speak of it (an order that is refused may never have been one).
        const bool records = event.type == control::kAnswerRecorded
                             || event.type == control::kOrderRecorded
                             || event.type == control::kChangeProposed;
        const Json* statement = valueAt(event.body, "/statement_index");
        if (records && statement != nullptr && statement->is_number_unsigned()) {
            const auto open = m_openStatements.find(statement->get<std::uint64_t>());
            if (open != m_openStatements.end()) {
                if (open->second != event.decisionId)
                    return brokenAt(
                        open->first,
                        "the row names another decision than the event that refers to it",
                        "audit.entry_decision");
                m_openStatements.erase(open);
            }
        }
        return m_onScanned(entry, &event);
    }

    const trust::Checkpoint& m_head;
    const OnScanned& m_onScanned;
    TileCheck m_tiles;
    trust::CompactRange m_tree;
    /// Statements that no event has referred to yet, with the decision in their row. In a sound
    /// ledger the referring event is the next entry, except for those of the genesis.
    std::map<std::uint64_t, std::string> m_openStatements;
};

} // namespace

Result<void>
scanLedger(data::SqlSession& session, const trust::Checkpoint& head, const OnScanned& onScanned)
{
    Scan scan(session, head, onScanned);
    CS_CHECK(session.forEach(kSelectAll, {}, [&](const data::Row& row) -> Result<bool> {
        CS_CHECK(scan.take(row));
        return true;
    }));
    return scan.finish();
}

Result<void> replayLedger(
    data::SqlSession& session,
    const std::function<Result<void>(const trust::LedgerEvent&)>& onEvent)
{
    return session.forEach(kSelectAll, {}, [&](const data::Row& row) -> Result<bool> {
        if (row.integer(1) != static_cast<std::int64_t>(trust::EntryKind::Event))
            return true;
        CS_TRY(
            const trust::LedgerEvent event,
            trust::readEvent(
                {static_cast<std::uint64_t>(row.integer(0)),
                 trust::EntryKind::Event,
                 row.text(2),
                 row.text(3),
                 row.blob(4),
                 row.blob(5)}));
        CS_CHECK(onEvent(event));
        return true;
    });
}

} // namespace countersign::execution::detail
