#pragma once

#include "planes/data/detail/json_place.h"

#include <optional>

/// What a stated distribution says exactly, for the kinds where a closed form is at hand. Nothing
/// is drawn here. All are for a distribution whose bounds are ordered.
namespace countersign::data::detail {

/// Every kind but metalog.
[[nodiscard]] std::optional<double> distributionMean(const JsonPlace& distribution);

/// P(X <= value): constant, uniform, triangular, normal, lognormal, bernoulli and discrete.
[[nodiscard]] std::optional<double> distributionCdf(const JsonPlace& distribution, double value);

/// True when the distribution has no atoms, so that its quantiles invert the distribution function.
[[nodiscard]] bool isContinuous(const JsonPlace& distribution);

/// Continuous ranked probability score of `actual` (Gneiting and Raftery 2007): constant, uniform,
/// normal, lognormal and bernoulli.
[[nodiscard]] std::optional<double> distributionCrps(const JsonPlace& distribution, double actual);

} // namespace countersign::data::detail
