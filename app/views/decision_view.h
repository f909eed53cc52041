#pragma once

#include "app/views/view_context.h"
#include "planes/execution/engine_ports.h"
#include "ui/views.h"

namespace countersign::app {

/// Everything about one decision: documents, request, signatures counted anew, runs, timeline.
/// Errors: NotFound, Corrupt, as the ledger.
[[nodiscard]] Result<ui::DecisionView> decisionView(
    const ViewContext& context, execution::PlanSource& plans, const std::string& decisionId);

} // namespace countersign::app
