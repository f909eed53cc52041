#include "planes/data/detail/distribution_facts.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace countersign::data::detail {

namespace {

/// 0.95 quantile of the standard normal, as the contract writes it.
constexpr double kNormalP95 = 1.6448536269514722;

double normalCdf(double z)
{
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normalDensity(double z)
{
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

/// Of the logarithm.
struct LogNormal
{
    double mean;
    double sd;
};

LogNormal logNormalOf(const JsonPlace& distribution)
{
    const double low = std::log(distribution.at("p5").number());
    const double high = std::log(distribution.at("p95").number());
    return {(low + high) / 2, (high - low) / (2 * kNormalP95)};
}

double numberOr(const JsonPlace& place, double otherwise)
{
    return place.exists() ? place.number() : otherwise;
}

double discreteMean(const JsonPlace& distribution)
{
    double weights = 0;
    double sum = 0;
    for (const JsonPlace& point : distribution.at("points").elements()) {
        weights += point.at("weight").number();
        sum += point.at("weight").number() * point.at("value").number();
    }
    return sum / weights;
}

double discreteCdf(const JsonPlace& distribution, double value)
{
    double weights = 0;
    double below = 0;
    for (const JsonPlace& point : distribution.at("points").elements()) {
        weights += point.at("weight").number();
        if (point.at("value").number() <= value)
            below += point.at("weight").number();
    }
    return below / weights;
}

double triangularCdf(double min, double mode, double max, double value)
{
    if (value < min)
        return 0;
    if (value >= max)
        return 1;
    if (value < mode)
        return (value - min) * (value - min) / ((max - min) * (mode - min));
    return 1 - (max - value) * (max - value) / ((max - min) * (max - mode));
}

double uniformCdf(double min, double max, double value)
{
    if (value < min)
        return 0;
    return value >= max ? 1 : (value - min) / (max - min);
}

double uniformCrps(double min, double max, double actual)
{
    const double width = max - min;
    if (width == 0)
        return std::abs(actual - min);
    const double z = (actual - min) / width;
    const double inside = std::clamp(z, 0.0, 1.0);
    return width * (std::abs(z - inside) + inside * inside - inside + 1.0 / 3);
}

double normalCrps(double mean, double sd, double actual)
{
    const double z = (actual - mean) / sd;
    return sd * (z * (2 * normalCdf(z) - 1) + 2 * normalDensity(z) - std::numbers::inv_sqrtpi);
}

double logNormalCrps(const LogNormal& log, double actual)
{
    const double mean = std::exp(log.mean + log.sd * log.sd / 2);
    const double spread = normalCdf(log.sd / std::numbers::sqrt2) - 1;
    // The score is E|X - actual| - E|X - X'| / 2; below all values the first is a plain difference.
    if (!(actual > 0))
        return -actual - 2 * mean * spread;
    const double z = (std::log(actual) - log.mean) / log.sd;
    return actual * (2 * normalCdf(z) - 1) - 2 * mean * (normalCdf(z - log.sd) + spread);
}

} // namespace

std::optional<double> distributionMean(const JsonPlace& distribution)
{
    const std::string kind = distribution.at("kind").text();
    const double min = distribution.at("min").number();
    const double mode = distribution.at("mode").number();
    const double max = distribution.at("max").number();
    if (kind == "constant")
        return distribution.at("value").number();
    if (kind == "uniform")
        return (min + max) / 2;
    if (kind == "triangular")
        return (min + mode + max) / 3;
    if (kind == "pert") {
        const double gamma = numberOr(distribution.at("gamma"), 4);
        return (min + gamma * mode + max) / (gamma + 2);
    }
    if (kind == "normal")
        return distribution.at("mean").number();
    if (kind == "lognormal_p5_p95") {
        const LogNormal log = logNormalOf(distribution);
        return std::exp(log.mean + log.sd * log.sd / 2);
    }
    if (kind == "beta") {
        const double alpha = distribution.at("alpha").number();
        const double share = alpha / (alpha + distribution.at("beta").number());
        return min + share * (numberOr(distribution.at("max"), 1) - min);
    }
    if (kind == "bernoulli")
        return distribution.at("p").number();
    if (kind == "poisson")
        return distribution.at("rate").number();
    if (kind == "discrete")
        return discreteMean(distribution);
    return std::nullopt;
}

std::optional<double> distributionCdf(const JsonPlace& distribution, double value)
{
    const std::string kind = distribution.at("kind").text();
    const double min = distribution.at("min").number();
    const double max = distribution.at("max").number();
    if (kind == "constant")
        return distribution.at("value").number() <= value ? 1.0 : 0.0;
    if (kind == "uniform")
        return uniformCdf(min, max, value);
    if (kind == "triangular")
        return triangularCdf(min, distribution.at("mode").number(), max, value);
    if (kind == "normal")
        return normalCdf(
            (value - distribution.at("mean").number()) / distribution.at("sd").number());
    if (kind == "lognormal_p5_p95") {
        const LogNormal log = logNormalOf(distribution);
        return value > 0 ? normalCdf((std::log(value) - log.mean) / log.sd) : 0.0;
    }
    if (kind == "bernoulli") {
        const double p = distribution.at("p").number();
        return value < 0 ? 0.0 : value < 1 ? 1 - p : 1.0;
    }
    if (kind == "discrete")
        return discreteCdf(distribution, value);
    return std::nullopt;
}

bool isContinuous(const JsonPlace& distribution)
{
    const std::string kind = distribution.at("kind").text();
    if (kind == "uniform" || kind == "triangular")
        return distribution.at("min").number() < distribution.at("max").number();
    return kind == "normal" || kind == "lognormal_p5_p95";
}

std::optional<double> distributionCrps(const JsonPlace& distribution, double actual)
{
    const std::string kind = distribution.at("kind").text();
    if (kind == "constant")
        return std::abs(actual - distribution.at("value").number());
    if (kind == "uniform")
        return uniformCrps(
            distribution.at("min").number(), distribution.at("max").number(), actual);
    if (kind == "normal")
        return normalCrps(distribution.at("mean").number(), distribution.at("sd").number(), actual);
    if (kind == "lognormal_p5_p95")
        return logNormalCrps(logNormalOf(distribution), actual);
    if (kind == "bernoulli") {
        const double p = distribution.at("p").number();
        return (1 - p) * std::abs(actual) + p * std::abs(actual - 1) - p * (1 - p);
    }
    return std::nullopt;
}

} // namespace countersign::data::detail
