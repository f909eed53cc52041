#pragma once

#include "app/views/view_context.h"
#include "ui/views.h"

namespace countersign::app {

/// Rows [first, first + limit) of the ledger.
[[nodiscard]] Result<ui::LogPage>
logPage(const ViewContext& context, std::uint64_t first, int limit);

/// What the entry is about, in the core's own words, for countersignctl.
[[nodiscard]] std::string logSummary(const ui::LogRow& row);

/// One entry for reading: leaf, body, leaf hash, and the proof that the signed head covers it.
[[nodiscard]] Result<Json> logEntry(const ViewContext& context, std::uint64_t index);

} // namespace countersign::app
