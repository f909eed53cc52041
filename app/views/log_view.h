#pragma once

#include "app/views/view_context.h"
#include "ui/views.h"

namespace countersign::app {

/// Rows [first, first + limit) of the ledger.
[[nodiscard]] Result<ui::LogPage>
logPage(const ViewContext& context, std::uint64_t first, int limit);

/// One entry for reading: leaf, body, leaf hash, and the proof that the signed head covers it.
[[nodiscard]] Result<Json> logEntry(const ViewContext& context, std::uint64_t index);

} // namespace countersign::app
