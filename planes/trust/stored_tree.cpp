#include "planes/trust/ledger.h"

#include <map>

// The tree lies in the database as tlog tiles: row (level, number) holds up to 256 hashes of nodes
// (8 * level, 256 * number + i). A node of any other level is computed from its tile.
namespace countersign::trust {

namespace {

constexpr unsigned kLevelsPerTile = 8;
constexpr std::uint64_t kTileWidth = 256;
constexpr std::size_t kTilesKeptMax = 1024;
constexpr std::string_view kSelectTile =
    "SELECT hashes FROM ledger_tile WHERE level = :level AND number = :number";

class StoredTree final : public HashReader
{
public:
    explicit StoredTree(data::SqlSession& session)
        : m_session(session)
    {}

    Result<Digest> node(unsigned level, std::uint64_t index) override
    {
        const unsigned within = level % kLevelsPerTile;
        const std::uint64_t first = index << within;
        CS_TRY(
            const std::string* const tile, this->tile(level / kLevelsPerTile, first / kTileWidth));
        const std::uint64_t count = std::uint64_t{1} << within;
        std::vector<Digest> hashes;
        hashes.reserve(count);
        for (std::uint64_t i = first % kTileWidth; i < first % kTileWidth + count; ++i) {
            if ((i + 1) * Digest::kByteCount > tile->size())
                return fail(
                    ErrorCode::Corrupt,
                    "the stored tree lacks node " + std::to_string(index),
                    "ledger.tile");
            CS_TRY(
                const Digest hash,
                Digest::fromBytes(
                    std::string_view(*tile).substr(i * Digest::kByteCount, Digest::kByteCount)));
            hashes.push_back(hash);
        }
        while (hashes.size() > 1) {
            for (std::size_t i = 0; i < hashes.size() / 2; ++i)
                hashes[i] = m_hasher.node(hashes[2 * i], hashes[2 * i + 1]);
            hashes.erase(
                hashes.begin() + static_cast<std::ptrdiff_t>(hashes.size() / 2), hashes.end());
        }
        return hashes.front();
    }

private:
    Result<const std::string*> tile(unsigned level, std::uint64_t number)
    {
        const auto key = std::make_pair(level, number);
        if (const auto kept = m_tiles.find(key); kept != m_tiles.end())
            return &kept->second;
        CS_TRY(
            auto found,
            m_session.first<std::string>(
                kSelectTile,
                {{":level", static_cast<std::int64_t>(level)},
                 {":number", static_cast<std::int64_t>(number)}},
                [](const data::Row& row) { return row.blob(0); }));
        if (!found)
            return fail(
                ErrorCode::Corrupt,
                "the stored tree lacks tile " + std::to_string(level) + "/"
                    + std::to_string(number),
                "ledger.tile");
        if (m_tiles.size() >= kTilesKeptMax)
            m_tiles.clear();
        return &m_tiles.emplace(key, std::move(*found)).first->second;
    }

    data::SqlSession& m_session;
    TreeHasher m_hasher;
    std::map<std::pair<unsigned, std::uint64_t>, std::string> m_tiles;
};

} // namespace

std::unique_ptr<HashReader> openStoredTree(data::SqlSession& session)
{
    return std::make_unique<StoredTree>(session);
}

} // namespace countersign::trust
