#pragma once

#include "ui/backend.h"

#include <QString>

#include <optional>
#include <vector>

/// What the forecasts promise, so that one can hold them to it later.
namespace countersign::ui {

struct ForecastEntryFacts
{
    QString label;
    QString predicted; ///< `EUR 3.31 million (80 %: EUR 3.13 to 3.49 million)` or `60 %`
    QString rule;      ///< How it will be decided whether it came true; may be empty.
    std::optional<Instant> resolvesAt;
};

struct ForecastFacts
{
    QString title;
    QString method;
    std::vector<ForecastEntryFacts> entries;
};

[[nodiscard]] std::vector<ForecastFacts> forecastFacts(const DecisionView& view);

} // namespace countersign::ui
