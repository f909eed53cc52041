#include "planes/trust/tiles.h"

#include "models/check.h"
#include "planes/trust/detail/decimal.h"

#include <algorithm>

namespace countersign::trust {

namespace {

constexpr std::string_view kRoot = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr std::string_view kPartial = ".p/";
constexpr unsigned kGroupSize = 3;
constexpr unsigned kTileHeight = 8; // 2^8 = kTileWidth
constexpr std::size_t kLengthByteCount = 2;
constexpr std::size_t kEntryByteCountMax = 65'535;

Failure badPath()
{
    return fail(ErrorCode::InvalidInput, "this is not the path of a tile", "tile.path");
}

Failure badTile(const char* detail)
{
    return fail(ErrorCode::InvalidInput, detail, "tile.form");
}

std::string indexText(std::uint64_t index)
{
    std::string digits = std::to_string(index);
    digits.insert(0, (kGroupSize - digits.size() % kGroupSize) % kGroupSize, '0');
    std::string text;
    for (std::size_t at = 0; at < digits.size(); at += kGroupSize) {
        const bool last = at + kGroupSize == digits.size();
        text.append(last ? "" : "x").append(digits, at, kGroupSize).append(last ? "" : "/");
    }
    return text;
}

Result<std::uint64_t> parseIndex(std::string_view text)
{
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits.push_back(c);
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    const auto index = detail::parseDecimal(digits.empty() ? "0" : digits);
    // Groups, slashes and leading zeros are right exactly when writing gives the same text.
    if (!index.ok() || indexText(*index) != text)
        return badPath();
    return index;
}

} // namespace

Result<TilePath> TilePath::parse(std::string_view path)
{
    TilePath tile;
    const std::size_t slash = path.find('/', kRoot.size());
    if (!path.starts_with(kRoot) || slash == std::string_view::npos)
        return badPath();
    const std::string_view levelText = path.substr(kRoot.size(), slash - kRoot.size());
    if (levelText == kEntries) {
        tile.level.reset();
    } else {
        const auto level = detail::parseDecimal(levelText);
        if (!level.ok() || *level > kTileLevelMax)
            return badPath();
        tile.level = static_cast<unsigned>(*level);
    }
    std::string_view indexPart = path.substr(slash + 1);
    if (const std::size_t partial = indexPart.find(kPartial); partial != std::string_view::npos) {
        const auto width = detail::parseDecimal(indexPart.substr(partial + kPartial.size()));
        if (!width.ok() || *width == 0 || *width >= kTileWidth)
            return badPath();
        tile.width = static_cast<unsigned>(*width);
        indexPart = indexPart.substr(0, partial);
    }
    CS_TRY(tile.index, parseIndex(indexPart));
    return tile;
}

std::string TilePath::text() const
{
    CS_ASSERT(width > 0 && width <= kTileWidth);
    std::string path(kRoot);
    path.append(level ? std::to_string(*level) : std::string(kEntries)).append("/");
    path.append(indexText(index));
    if (width < kTileWidth)
        path.append(kPartial).append(std::to_string(width));
    return path;
}

TileCount tileCount(std::uint64_t size, unsigned level)
{
    // At level 8 and above there can be no hash: 256^8 is 2^64.
    if (level * kTileHeight >= 64)
        return {};
    const std::uint64_t hashCount = size >> (level * kTileHeight);
    return {hashCount / kTileWidth, static_cast<unsigned>(hashCount % kTileWidth)};
}

std::string encodeTile(std::span<const Digest> hashes)
{
    CS_ASSERT(!hashes.empty() && hashes.size() <= kTileWidth);
    std::string bytes;
    bytes.reserve(hashes.size() * Digest::kByteCount);
    for (const Digest& hash : hashes)
        bytes += hash.bytes();
    return bytes;
}

Result<std::vector<Digest>> decodeTile(std::string_view bytes)
{
    if (bytes.empty() || bytes.size() % Digest::kByteCount != 0
        || bytes.size() > kTileWidth * Digest::kByteCount)
        return badTile("a tile is 1 to 256 hashes of 32 bytes");
    std::vector<Digest> hashes;
    for (std::size_t at = 0; at < bytes.size(); at += Digest::kByteCount) {
        CS_TRY(const Digest hash, Digest::fromBytes(bytes.substr(at, Digest::kByteCount)));
        hashes.push_back(hash);
    }
    return hashes;
}

Result<std::string> encodeEntryBundle(std::span<const std::string> entries)
{
    if (entries.empty() || entries.size() > kTileWidth)
        return badTile("an entry bundle has 1 to 256 entries");
    std::string bytes;
    for (const std::string& entry : entries) {
        if (entry.size() > kEntryByteCountMax)
            return fail(
                ErrorCode::LimitExceeded, "a log entry is larger than 65,535 bytes", "tile.entry");
        bytes.push_back(static_cast<char>(entry.size() >> 8U));
        bytes.push_back(static_cast<char>(entry.size() & 0xFFU));
        bytes += entry;
    }
    return bytes;
}

Result<std::vector<std::string>> decodeEntryBundle(std::string_view bytes)
{
    std::vector<std::string> entries;
    while (!bytes.empty()) {
        if (entries.size() == kTileWidth)
            return badTile("an entry bundle has more than 256 entries");
        if (bytes.size() < kLengthByteCount)
            return badTile("an entry bundle is cut off");
        const std::size_t length =
            (static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[0])) << 8U)
            | static_cast<std::uint8_t>(bytes[1]);
        bytes.remove_prefix(kLengthByteCount);
        if (bytes.size() < length)
            return badTile("an entry bundle is cut off");
        entries.emplace_back(bytes.substr(0, length));
        bytes.remove_prefix(length);
    }
    if (entries.empty())
        return badTile("an entry bundle has no entry");
    return entries;
}

} // namespace countersign::trust
