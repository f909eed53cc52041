#include "ui/format/cause_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(CauseText)
};

struct Cause
{
    std::string_view code;
    const char* sentence;
};

constexpr std::array kCauses{
    Cause{
        "interrupted",
        QT_TRANSLATE_NOOP(
            "CauseText",
            "The engine was interrupted during the call. Nobody knows yet whether it took "
            "effect.")},
    Cause{
        "effect_uncertain",
        QT_TRANSLATE_NOOP("CauseText", "The system did not say whether the call took effect.")},
    Cause{
        "stopped",
        QT_TRANSLATE_NOOP(
            "CauseText",
            "The run was stopped while it was not known whether the call took effect.")},
    Cause{
        "attempts_exhausted",
        QT_TRANSLATE_NOOP(
            "CauseText", "All attempts are used up, and the call may still have taken effect.")},
    Cause{"step_failed", QT_TRANSLATE_NOOP("CauseText", "A step failed.")},
    Cause{"dependency_failed", QT_TRANSLATE_NOOP("CauseText", "A step before it failed.")},
    Cause{"cancelled", QT_TRANSLATE_NOOP("CauseText", "The run was cancelled.")},
    Cause{"expired", QT_TRANSLATE_NOOP("CauseText", "The time for the plan ran out.")},
    Cause{
        "compensation_failed",
        QT_TRANSLATE_NOOP("CauseText", "Undoing a step failed; somebody must look.")},
    Cause{
        "compensation_window",
        QT_TRANSLATE_NOOP(
            "CauseText", "The time in which the step could be undone by itself is over.")},
    Cause{"retry", QT_TRANSLATE_NOOP("CauseText", "A failed attempt will be repeated.")},
    Cause{"not_before", QT_TRANSLATE_NOOP("CauseText", "The plan may not begin yet.")},
};

} // namespace

std::optional<QString> causeText(std::string_view code)
{
    const auto* const found = std::find_if(
        kCauses.begin(), kCauses.end(), [&](const Cause& row) { return row.code == code; });
    if (found == kCauses.end())
        return std::nullopt;
    return Tr::tr(found->sentence);
}

} // namespace countersign::ui
