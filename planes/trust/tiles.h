#pragma once

#include "models/digest.h"
#include "models/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The log as static files: C2SP tlog-tiles 0.1.
///
///     tile/<level>/<index>[.p/<width>]      256 hashes of 32 bytes, fewer in a partial tile
///     tile/entries/<index>[.p/<width>]      the entries below a level 0 tile: 16-bit big-endian
///                                           length and bytes, repeated
///
/// A hash of level n + 1 is the root of a full tile of level n. An index is written in groups of
/// three digits, all but the last with an `x` in front: 1234067 is `x001/x234/067`.
namespace countersign::trust {

inline constexpr unsigned kTileWidth = 256;
inline constexpr unsigned kTileLevelMax = 63;

struct TilePath
{
    /// Absent for an entry bundle.
    std::optional<unsigned> level = 0;
    std::uint64_t index = 0;
    /// 1 to 256; 256 is a full tile.
    unsigned width = kTileWidth;

    bool operator==(const TilePath&) const = default;

    /// Errors: InvalidInput (rule `tile.path`).
    [[nodiscard]] static Result<TilePath> parse(std::string_view path);
    [[nodiscard]] std::string text() const;
};

/// How many full tiles a tree of `size` leaves has at a level, and how wide the partial one after
/// them is (0: there is none).
struct TileCount
{
    std::uint64_t fullCount = 0;
    unsigned partialWidth = 0;

    bool operator==(const TileCount&) const = default;
};
[[nodiscard]] TileCount tileCount(std::uint64_t size, unsigned level);

/// The hashes of a tile as its file holds them.
[[nodiscard]] std::string encodeTile(std::span<const Digest> hashes);
/// Errors: InvalidInput (rule `tile.form`) unless there are 1 to 256 whole hashes.
[[nodiscard]] Result<std::vector<Digest>> decodeTile(std::string_view bytes);

/// Errors: InvalidInput (more than 256 entries, or none), LimitExceeded (an entry beyond 65,535
/// bytes).
[[nodiscard]] Result<std::string> encodeEntryBundle(std::span<const std::string> entries);
/// Errors: InvalidInput (rule `tile.form`).
[[nodiscard]] Result<std::vector<std::string>> decodeEntryBundle(std::string_view bytes);

} // namespace countersign::trust
