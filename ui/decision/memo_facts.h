#pragma once

#include "models/instant.h"
#include "ui/backend.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The memo as an argument: question, recommendation, why, what would change it, what breaks first,
/// claims with their evidence, dissent.
namespace countersign::ui {

struct ClaimFacts
{
    QString statement;
    QString kind; ///< `fact`, `estimate` … in words.
    double confidence = 0;
    QStringList evidence; ///< Titles, or ids of items that are not here.
    bool contradicted = false;
    bool supported = false;
};

struct AssumptionFacts
{
    QString statement;
    double confidence = 0;
    bool breaksRecommendation = false;
    std::optional<Instant> checkBy;
};

struct OptionFacts
{
    QString label;
    QString summary;
    QString rejectedBecause;
    bool recommended = false;
    bool statusQuo = false;
};

struct DissentFacts
{
    QString who;
    QString role;
    QString statement;
};

struct MemoFacts
{
    QString title;
    QString question;
    QString objective;
    QString context;
    QString summary;
    QString writtenBy;
    QString model; ///< Program that wrote it, or empty for a person.
    QString recommendation;
    QString rationale;
    double confidence = 0;
    QStringList wouldChangeIf;
    std::vector<OptionFacts> options;
    std::vector<ClaimFacts> claims;
    std::vector<AssumptionFacts>
        assumptions; ///< Those that break the recommendation first, weakest first.
    std::vector<DissentFacts> dissent;
    QStringList complianceNotes;
    QString rollback;
    QString rollbackCost;
    std::optional<Duration> rollbackWindow;
    double provenance = 0;
    double freshness = 0;
    QStringList openQuestions; ///< Of the evidence pack.
};

/// `view.memo` must be set.
[[nodiscard]] MemoFacts memoFacts(const DecisionView& view);

} // namespace countersign::ui
