#pragma once

#include "models/error.h"
#include "models/instant.h"
#include "models/json.h"
#include "models/result.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

/// The inbox folder: whatever is put there is taken once it has stopped changing, and ends in
/// `accepted/`, or in `rejected/` with the reasons beside it. Taking and settling are renames, so a
/// crash leaves a delivery in one place only; what was being taken is taken again.
///
///     inbox/<name>                       handed in (a folder, or one file)
///     inbox/.taking/<name>               being read
///     inbox/accepted/<time>-<name>
///     inbox/rejected/<time>-<name>  and  <time>-<name>.reason.json
///
/// Names that begin with a dot or end in `.part`, `.partial` or `.tmp` are left alone: write under
/// such a name, then rename.
namespace countersign::decision {

struct Delivery
{
    std::string name;            ///< As it was handed in.
    std::filesystem::path taken; ///< Where it lies while it is read.
};

/// Thread: one. Looks at the folder only when asked.
class Inbox
{
public:
    explicit Inbox(std::filesystem::path folder);

    /// Deliveries that are ready now, each moved out of everybody's way. An entry is ready when it
    /// looks the same in two polls at least `kQuietTime` apart. What could be taken is handed out
    /// even where something else failed. Errors: StorageFailed.
    [[nodiscard]] Result<std::vector<Delivery>> take(Instant now);

    /// Moves a delivery to its place. `errors` empty: accepted. Errors: StorageFailed.
    [[nodiscard]] Result<std::filesystem::path>
    settle(const Delivery& delivery, const std::vector<Error>& errors, Instant now);

    static constexpr Duration kQuietTime = std::chrono::seconds(2);

private:
    /// What an entry looks like from outside; two equal ones in a row mean nobody writes any more.
    struct Look
    {
        std::uint64_t fileCount = 0;
        std::uint64_t byteCount = 0;
        /// Of all write times; the file clock's epoch may lie ahead, so they may be negative.
        std::int64_t newest = std::numeric_limits<std::int64_t>::min();
        Instant since;
    };

    [[nodiscard]] Look lookAt(const std::filesystem::path& entry) const;

    std::filesystem::path m_folder;
    std::map<std::string, Look> m_looks;
};

/// The reasons of a refusal as they stand in a `.reason.json`.
[[nodiscard]] Json
refusalJson(const std::string& name, const std::vector<Error>& errors, Instant at);

} // namespace countersign::decision
