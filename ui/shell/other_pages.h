#pragma once

#include "models/ids.h"
#include "ui/shell/file_chooser.h"
#include "ui/shell/page.h"

#include <memory>
#include <vector>

namespace countersign::ui {

/// The pages behind the queue, in the order of the navigation: runs, audit log, evidence packs,
/// keys and people, manual. `parent` owns them; backend and clock
/// outlive them.
[[nodiscard]] std::vector<Page*> makeOtherPages(
    Backend& backend, const Clock& clock, std::shared_ptr<FileChooser> files, QWidget* parent);

} // namespace countersign::ui
