#pragma once

#include "planes/data/database.h"
#include "planes/trust/checkpoint.h"
#include "planes/trust/ledger.h"
#include "planes/trust/merkle.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

/// One pass over every row of the ledger, in order. Inside planes/execution only.
namespace countersign::execution::detail {

/// Called for each entry, once it is known to be what its leaf commits to; `event` is null for a
/// statement. Refuses to end the pass.
using OnScanned =
    std::function<Result<void>(const trust::LedgerEntry& entry, const trust::LedgerEvent* event)>;

/// Checks that the rows are entries 0 to size - 1, that each body is the one its leaf commits to,
/// that the other columns say what leaf and body say, and that the leaves are those of the stored
/// tree; then that all tiles follow from the leaves, and the signed root, too. Errors: Corrupt
/// (rule `ledger.*`, `audit.entry_*`, `audit.tile`, `audit.root`), NotFound (`ledger.erased`); as
/// `onScanned`.
[[nodiscard]] Result<void>
scanLedger(data::SqlSession& session, const trust::Checkpoint& head, const OnScanned& onScanned);

/// All events in order, without the checks of scanLedger().
[[nodiscard]] Result<void> replayLedger(
    data::SqlSession& session,
    const std::function<Result<void>(const trust::LedgerEvent&)>& onEvent);

} // namespace countersign::execution::detail
