#pragma once

#include "app/core/core.h"

#include <cstdint>
#include <string>

namespace countersign::app {

struct ExportedPack
{
    std::string path;
    std::string title;
    Digest sha256;
    std::uint64_t byteCount = 0;
};

inline constexpr std::string_view kPackExported = "pack.exported";

/// Writes the evidence pack of one decision and records in the ledger that it was taken out.
/// Errors: NotFound, as decisionPackContent, PackWriter and the store.
[[nodiscard]] Result<ExportedPack>
exportPack(Core& core, const std::string& decisionId, const std::string& path);

} // namespace countersign::app
