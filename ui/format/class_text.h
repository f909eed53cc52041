#pragma once

#include "models/classes.h"
#include "planes/control/request.h"
#include "ui/format/tone.h"

#include <QString>

#include <vector>

/// The classes of a decision in words an executive uses.
namespace countersign::ui {

/// One class as a chip: `R3` with `cannot be undone`, and a sentence for the tooltip and readers.
struct ClassWords
{
    QString code;
    QString words;
    QString sentence;
    Tone tone = Tone::Neutral;
};

[[nodiscard]] ClassWords classWords(ApprovalClass value);
[[nodiscard]] ClassWords classWords(Reversibility value);
[[nodiscard]] ClassWords classWords(Sensitivity value);
[[nodiscard]] ClassWords classWords(ActionClass value);
/// Approval, reversibility, sensitivity, action.
[[nodiscard]] std::vector<ClassWords> classWords(const Classes& classes);

/// `Raised from A1 to A2: a step of the plan needs it (activate_book).`
[[nodiscard]] QString raiseSentence(const control::ClassRaise& raise);

/// Why this asks for a signature at all, from the effective classes.
[[nodiscard]] QString whySignature(const Classes& classes);

} // namespace countersign::ui
