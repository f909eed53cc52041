#pragma once

#include "ui/backend.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The risks and where they stand on the matrix, before and after the controls.
namespace countersign::ui {

/// Bands count from 1.
struct RiskPlace
{
    int likelihood = 0;
    int impact = 0;
    double probabilityAny = 0;
    double meanLoss = 0;
    double expectedAnnualLoss = 0;
};

struct RiskFacts
{
    QString title;
    QString event;
    QString consequence;
    QString owner;
    QStringList controls;
    RiskPlace inherent;
    RiskPlace residual;
};

struct RiskPicture
{
    std::string currency;
    std::vector<double> likelihoodBounds; ///< Upper bounds of all bands but the last.
    std::vector<double> impactBounds;
    std::vector<RiskFacts> risks; ///< Largest residual expected loss first.
    double expectedLossInherent = 0;
    double expectedLossResidual = 0;
    double tailResidual = 0; ///< Mean of the worst 5 % of years.
    QStringList breaches;    ///< Sentences: where the appetite is exceeded.

    [[nodiscard]] int likelihoodBandCount() const
    {
        return static_cast<int>(likelihoodBounds.size()) + 1;
    }
    [[nodiscard]] int impactBandCount() const { return static_cast<int>(impactBounds.size()) + 1; }
};

[[nodiscard]] std::optional<RiskPicture> riskPicture(const DecisionView& view);

} // namespace countersign::ui
