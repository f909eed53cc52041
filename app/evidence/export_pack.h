#pragma once

#include "app/views/view_context.h"
#include "planes/trust/signed_note.h"

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

/// Writes the evidence pack of one decision. Errors: NotFound, as decisionPackContent and
/// PackWriter.
[[nodiscard]] Result<ExportedPack> exportDecisionPack(
    const ViewContext& context,
    const trust::NoteSigner& logKey,
    const std::string& decisionId,
    const std::string& path);

} // namespace countersign::app
