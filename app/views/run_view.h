#pragma once

#include "app/views/view_context.h"
#include "planes/execution/engine_ports.h"
#include "planes/execution/run_table.h"
#include "ui/views.h"

namespace countersign::app {

/// A run as its ledger entries say, with steps and attempts. Errors: NotFound, Corrupt.
[[nodiscard]] Result<ui::RunView>
runView(const ViewContext& context, execution::PlanSource& plans, const std::string& runId);

/// Newest first, without steps. A run that cannot be read is listed as such, with the reason.
[[nodiscard]] Result<std::vector<ui::RunView>> runList(
    const ViewContext& context,
    execution::PlanSource& plans,
    const std::string& afterRunId,
    int limit);

} // namespace countersign::app
