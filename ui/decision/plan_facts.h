#pragma once

#include "models/classes.h"
#include "models/instant.h"
#include "models/json.h"
#include "ui/format/json_rows.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// An execution plan as a list of effects, ready to be shown.
namespace countersign::ui {

struct CallFacts
{
    std::string system;
    std::string version;
    std::string operation;
    std::vector<FieldRow> fields;
    std::string payloadSha256;
};

struct EffectFacts
{
    QString change; ///< `created`, … in words.
    QString statement;
    std::string resource;
};

enum class UndoMode {
    Call,   ///< The plan undoes it by itself.
    Manual, ///< Somebody follows the runbook.
    None,   ///< There is no way back.
};

struct StepFacts
{
    std::string stepId;
    QString title;
    QStringList after; ///< Titles of the steps it waits for.
    Classes classes;
    CallFacts call;
    QStringList guards;
    std::vector<EffectFacts> effects;
    bool humanGate = false;
    bool irreversible = false;
    UndoMode undo = UndoMode::None;
    std::optional<CallFacts> undoCall;
    QString undoText;  ///< Runbook or reason.
    QString undoOwner; ///< Who works by hand.
    std::optional<Duration> undoWindow;
    int attemptsMax = 1;
    Duration timeout{};
};

struct PlanFacts
{
    QString title;
    std::optional<Instant> notBefore;
    std::optional<Instant> notAfter;
    QString onFailure; ///< Sentence.
    std::vector<StepFacts> steps;
};

[[nodiscard]] PlanFacts planFacts(const Json& plan);

} // namespace countersign::ui
