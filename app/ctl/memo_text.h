#pragma once

#include "app/ctl/output.h"
#include "ui/views.h"

/// The papers behind a request, in words. Prose is printed in its own language.
namespace countersign::ctl {

/// Question, recommendation, options, claims, assumptions, dissent.
void printMemo(Output& output, const Json& memo);

/// Evidence items with what they bear on, and whether they are fresh and whole.
void printEvidence(Output& output, const ui::DecisionView& view);

/// Scenarios, risks and forecasts, a line each.
void printAnalysis(Output& output, const ui::DecisionView& view);

} // namespace countersign::ctl
