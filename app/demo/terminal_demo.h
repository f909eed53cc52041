#pragma once

#include "models/result.h"

#include <filesystem>
#include <iosfwd>

namespace countersign::app {

/// The main job from an empty folder to a verified pack, in the terminal: founds the demo
/// workspace, hands in the six decisions, signs two of them as their approvers would, lets the
/// engine carry them out against the business systems (one answer is lost on the way, on purpose),
/// looks there that each effect stands once, verifies the workspace and exports a pack and verifies
/// that. Prints each stage; with `json` one document at the end instead. Errors: Conflict when the
/// folder is not empty; whatever fails on the way.
[[nodiscard]] Result<void>
runTerminalDemo(const std::filesystem::path& workspace, bool json, std::ostream& out);

} // namespace countersign::app
