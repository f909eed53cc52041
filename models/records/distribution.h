#pragma once

#include "models/records/common.h"

/// An uncertain number (common.schema.json `distribution`; what the parameters mean: README of the
/// contracts, "Distributions"). Order of bounds is not checked here (rule 3 there).
namespace countersign {

struct ConstantDistribution
{
    double value = 0;
    bool operator==(const ConstantDistribution&) const = default;
};

struct UniformDistribution
{
    double min = 0;
    double max = 0;
    bool operator==(const UniformDistribution&) const = default;
};

struct TriangularDistribution
{
    double min = 0;
    double mode = 0;
    double max = 0;
    bool operator==(const TriangularDistribution&) const = default;
};

struct PertDistribution
{
    double min = 0;
    double mode = 0;
    double max = 0;
    /// 4 unless given.
    std::optional<double> gamma = {};
    bool operator==(const PertDistribution&) const = default;
};

struct NormalDistribution
{
    double mean = 0;
    double sd = 0;
    bool operator==(const NormalDistribution&) const = default;
};

struct LognormalDistribution
{
    double p5 = 0;
    double p95 = 0;
    bool operator==(const LognormalDistribution&) const = default;
};

struct BetaDistribution
{
    double alpha = 0;
    double beta = 0;
    /// 0 unless given.
    std::optional<double> min = {};
    /// 1 unless given.
    std::optional<double> max = {};
    bool operator==(const BetaDistribution&) const = default;
};

struct BernoulliDistribution
{
    double p = 0;
    bool operator==(const BernoulliDistribution&) const = default;
};

struct PoissonDistribution
{
    double rate = 0;
    bool operator==(const PoissonDistribution&) const = default;
};

struct WeightedValue
{
    double value = 0;
    double weight = 0;
    bool operator==(const WeightedValue&) const = default;
};

struct DiscreteDistribution
{
    std::vector<WeightedValue> points;
    bool operator==(const DiscreteDistribution&) const = default;
};

struct MetalogDistribution
{
    std::int64_t terms = 2;
    std::optional<double> lower = {};
    std::optional<double> upper = {};
    std::vector<Quantile> points;
    bool operator==(const MetalogDistribution&) const = default;
};

/// The alternatives stand in the order of the contract's `kind`.
using Distribution = std::variant<
    ConstantDistribution,
    UniformDistribution,
    TriangularDistribution,
    PertDistribution,
    NormalDistribution,
    LognormalDistribution,
    BetaDistribution,
    BernoulliDistribution,
    PoissonDistribution,
    DiscreteDistribution,
    MetalogDistribution>;

/// Errors: InvalidInput with a pointer.
[[nodiscard]] Result<Distribution> parseDistribution(const Json& json);
[[nodiscard]] Json toJson(const Distribution& distribution);

} // namespace countersign
