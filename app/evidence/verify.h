#pragma once

#include "app/core/workspace_folder.h"
#include "ui/views.h"

#include <functional>
#include <optional>
#include <string>

namespace countersign::app {

/// Told how far a long check is, 0..1; returns false to stop it (then the report is Cancelled).
using CheckProgress = std::function<bool(double fraction)>;

/// Verifies a pack with nothing but the file. `anchor`: the genesis digest the caller trusts;
/// without one the pack is checked against its own, which the report shows for comparison. Errors:
/// NotFound when there is no file.
[[nodiscard]] Result<ui::VerificationReport>
verifyPackFile(const std::string& path, const std::optional<Digest>& anchor);

/// Verifies a whole workspace through a read-only connection; `deep` also rebuilds every table from
/// the ledger and compares. Errors: of opening the workspace.
[[nodiscard]] Result<ui::VerificationReport>
verifyWorkspaceFolder(const WorkspaceFolder& folder, bool deep, const CheckProgress& progress = {});

} // namespace countersign::app
