#pragma once

#include "models/json.h"
#include "ui/views.h"

/// Views as JSON for machines. Names are those of the record contracts where they have one; times
/// are RFC 3339, digests lower-case hexadecimal.
namespace countersign::ctl {

[[nodiscard]] Json toJson(const Classes& classes);
[[nodiscard]] Json toJson(const control::QuorumState& quorum);
[[nodiscard]] Json toJson(const ui::QueueRow& row);
[[nodiscard]] Json toJson(const ui::RunView& run);
[[nodiscard]] Json toJson(const ui::DecisionView& view);
[[nodiscard]] Json toJson(const ui::LogPage& page);

[[nodiscard]] std::string_view text(ui::Priority priority);
[[nodiscard]] std::string_view text(ui::StepStatus status);

} // namespace countersign::ctl
