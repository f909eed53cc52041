#pragma once

#include "models/records/approval_request.h"
#include "models/records/evidence_item.h"
#include "models/records/evidence_pack.h"
#include "models/records/execution_plan.h"
#include "models/records/forecast.h"
#include "models/records/memo.h"
#include "models/records/metric_definition.h"
#include "models/records/outcome.h"
#include "models/records/risk_synthesis.h"
#include "models/records/scenario_set.h"
#include "models/records/tool_receipt.h"

/// Any record of the contracts.
namespace countersign {

using Record = std::variant<
    Memo,
    ScenarioSet,
    RiskSynthesis,
    Forecast,
    EvidenceItem,
    EvidencePack,
    ExecutionPlan,
    ApprovalRequest,
    ToolReceipt,
    Outcome,
    MetricDefinition>;

/// Reads the kind that the header names. Errors: InvalidInput with the pointer of the offending
/// place; rule `record.kind` for a kind that is not known.
[[nodiscard]] Result<Record> parseRecord(const Json& document);
[[nodiscard]] Json toJson(const Record& record);
[[nodiscard]] const Header& headerOf(const Record& record);

} // namespace countersign
