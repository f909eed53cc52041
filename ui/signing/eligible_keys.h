#pragma once

#include "planes/control/answer.h"
#include "ui/backend.h"

#include <QString>

#include <vector>

namespace countersign::ui {

/// The local keys worth offering for this answer. The core has the last word when it prepares the
/// statement; this only spares people a choice that must fail.
[[nodiscard]] std::vector<LocalKey>
eligibleKeys(const DecisionView& view, control::AnswerKind kind, const std::vector<LocalKey>& keys);

/// Keys whose holder stands in the roster: for orders about a run.
[[nodiscard]] std::vector<LocalKey> heldKeys(const std::vector<LocalKey>& keys);

/// Why heldKeys() is empty, as a sentence; empty when it is not.
[[nodiscard]] QString whyNoOrders(const std::vector<LocalKey>& keys);

/// Why eligibleKeys() is empty, as a sentence.
[[nodiscard]] QString
whyNoKey(const DecisionView& view, control::AnswerKind kind, const std::vector<LocalKey>& keys);

} // namespace countersign::ui
