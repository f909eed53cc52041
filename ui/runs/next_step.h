#pragma once

#include "ui/format/tone.h"
#include "ui/views.h"

#include <QString>

#include <optional>
#include <vector>

/// What a run waits for, and what a person can do about one of its steps.
namespace countersign::ui {

/// When the run goes on by itself, as far as the view tells: the earliest next attempt, or the
/// opening of its window. Nothing when it is over or waits for a person.
[[nodiscard]] std::optional<Instant> wakesAt(const RunView& run, Instant now);

/// `in 3 hours`, `needs a person`, `finished 2 days ago`; empty while it is being carried out.
[[nodiscard]] QString nextText(const RunView& run, Instant now);

/// The orders that make sense about a step in this state. Whether they are taken is the core's to
/// say.
[[nodiscard]] std::vector<control::RunOrderKind> ordersFor(StepStatus status);

struct AttemptWords
{
    QString result;
    Tone tone = Tone::Neutral;
};

/// `success` as `succeeded`; empty, while it runs, as `under way`.
[[nodiscard]] AttemptWords attemptWords(const AttemptView& attempt);

} // namespace countersign::ui
