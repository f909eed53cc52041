#pragma once

#include "ui/backend.h"

#include <QString>

#include <optional>
#include <vector>

/// The options of the memo side by side: what the simulation says about the objective.
namespace countersign::ui {

struct OptionRange
{
    QString label;
    bool recommended = false;
    bool statusQuo = false;
    double p10 = 0;
    double p50 = 0;
    double p90 = 0;
    double mean = 0;
    std::optional<double> probabilityBest;
};

struct OptionComparison
{
    QString outcome; ///< Label of the objective.
    std::string unit;
    bool maximise = true;
    std::vector<OptionRange> ranges;
    /// Ends of the common axis, round numbers, with zero when it is near; `step` between its ticks.
    double axisMin = 0;
    double axisMax = 0;
    double step = 1;
    std::int64_t sampleCount = 0;
};

/// Options without results are left out; nothing when none has any.
[[nodiscard]] std::optional<OptionComparison> optionComparison(const DecisionView& view);

} // namespace countersign::ui
