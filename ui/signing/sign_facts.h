#pragma once

#include "ui/backend.h"
#include "ui/decision/plan_facts.h"
#include "ui/format/ask_sentence.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// What the sign dialog shows, taken from the very value that is signed.
namespace countersign::ui {

struct SignFacts
{
    QString action;  ///< `Approve`, `Let this step go` …
    QString meaning; ///< What it does, one sentence.
    AskSentence ask;
    PlanFacts plan;
    std::vector<FieldChange> planChanges; ///< For an edit: before → after.
    QStringList others;                   ///< Who must still sign afterwards.
    bool completes = false;               ///< This signature completes the quorum: the plan runs.
};

/// `view` is what was on the screen; its plan counts only when it is the one the draft names.
[[nodiscard]] SignFacts signFacts(const SigningDraft& draft, const DecisionView& view);

/// Why the draft is not what it seems, or empty: the statement must be exactly the one that the
/// shown request and answer make, the request's digest must be right, and the plan on the screen
/// must be the plan that is signed.
[[nodiscard]] QString draftMismatch(const SigningDraft& draft, const DecisionView& view);

/// What has to be typed before an irreversible step: the exposure, or the first word of the title.
struct TypedCheck
{
    bool needed = false;
    std::optional<Money> amount;
    QString word;

    [[nodiscard]] bool matches(const QString& typed) const;
};

[[nodiscard]] TypedCheck typedCheck(const SigningDraft& draft, const DecisionView& view);

} // namespace countersign::ui
