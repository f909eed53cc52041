#pragma once

#include "app/views/view_context.h"
#include "ui/views.h"

#include <string>
#include <vector>

namespace countersign::app {

/// One page of the queue. `localPeople`: whose keys are here, for the view "mine".
[[nodiscard]] Result<ui::QueuePage> queuePage(
    const ViewContext& context,
    const ui::QueueQuery& query,
    const std::vector<std::string>& localPeople);

/// The name a person of the roster goes by, or the id itself.
[[nodiscard]] std::string displayName(const control::Roster& roster, const std::string& id);

} // namespace countersign::app
