#pragma once

#include "planes/control/answer.h"
#include "ui/backend.h"
#include "ui/format/tone.h"

#include <QString>

#include <string_view>

/// Words for states: business words, never those of a runtime.
namespace countersign::ui {

struct StatusWords
{
    QString words;
    Tone tone = Tone::Neutral;
};

/// `open`, `authorized`, `rejected`, `expired`, `deferred`, `blocked`, `superseded`; another one is
/// shown as it is.
[[nodiscard]] StatusWords requestStatusWords(std::string_view status);
/// As RunView::status.
[[nodiscard]] StatusWords runStatusWords(std::string_view status);
[[nodiscard]] StatusWords stepStatusWords(StepStatus status);
[[nodiscard]] StatusWords priorityWords(Priority priority);

/// Name of the action, with what it does: `Approve`, and `Sign this plan as proposed.`
[[nodiscard]] QString answerName(control::AnswerKind kind);
[[nodiscard]] QString answerMeaning(control::AnswerKind kind);
/// In the past tense, for timelines: `approved`.
[[nodiscard]] QString answerPast(std::string_view kind);
[[nodiscard]] QString orderName(control::RunOrderKind kind);
[[nodiscard]] QString orderMeaning(control::RunOrderKind kind);

/// `memo` as `Memo`.
[[nodiscard]] QString documentName(std::string_view schema);
/// `chief_executive` as `chief executive`, translated where the role is known.
[[nodiscard]] QString roleName(std::string_view role);
/// `manager`, `function head`, `executive`.
[[nodiscard]] QString standingName(control::RoleLevel level);

} // namespace countersign::ui
