#pragma once

#include "ui/views.h"

#include <string>

namespace countersign::app {

/// A page for people to read with a pack: what was decided, by whom, on which evidence, and what
/// was done. HTML without scripts or outside references; all text escaped; each paragraph in the
/// direction of its own text. Words in English, or in Arabic where the memo is Arabic.
[[nodiscard]] std::string decisionReport(const ui::DecisionView& view);

} // namespace countersign::app
