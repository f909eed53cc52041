#include "models/records/distribution.h"

#include "models/records/common_codec.h"

namespace countersign {

template <>
struct JsonMembers<ConstantDistribution>
{
    static constexpr std::tuple kList{member("value", &ConstantDistribution::value)};
};

template <>
struct JsonMembers<UniformDistribution>
{
    static constexpr std::tuple kList{
        member("min", &UniformDistribution::min), member("max", &UniformDistribution::max)};
};

template <>
struct JsonMembers<TriangularDistribution>
{
    static constexpr std::tuple kList{
        member("min", &TriangularDistribution::min),
        member("mode", &TriangularDistribution::mode),
        member("max", &TriangularDistribution::max)};
};

template <>
struct JsonMembers<PertDistribution>
{
    static constexpr std::tuple kList{
        member("min", &PertDistribution::min),
        member("mode", &PertDistribution::mode),
        member("max", &PertDistribution::max),
        member("gamma", &PertDistribution::gamma)};
};

template <>
struct JsonMembers<NormalDistribution>
{
    static constexpr std::tuple kList{
        member("mean", &NormalDistribution::mean), member("sd", &NormalDistribution::sd)};
};

template <>
struct JsonMembers<LognormalDistribution>
{
    static constexpr std::tuple kList{
        member("p5", &LognormalDistribution::p5), member("p95", &LognormalDistribution::p95)};
};

template <>
struct JsonMembers<BetaDistribution>
{
    static constexpr std::tuple kList{
        member("alpha", &BetaDistribution::alpha),
        member("beta", &BetaDistribution::beta),
        member("min", &BetaDistribution::min),
        member("max", &BetaDistribution::max)};
};

template <>
struct JsonMembers<BernoulliDistribution>
{
    static constexpr std::tuple kList{member("p", &BernoulliDistribution::p)};
};

template <>
struct JsonMembers<PoissonDistribution>
{
    static constexpr std::tuple kList{member("rate", &PoissonDistribution::rate)};
};

template <>
struct JsonMembers<WeightedValue>
{
    static constexpr std::tuple kList{
        member("value", &WeightedValue::value), member("weight", &WeightedValue::weight)};
};

template <>
struct JsonMembers<DiscreteDistribution>
{
    static constexpr std::tuple kList{member("points", &DiscreteDistribution::points)};
};

template <>
struct JsonMembers<MetalogDistribution>
{
    static constexpr std::tuple kList{
        member("terms", &MetalogDistribution::terms),
        member("lower", &MetalogDistribution::lower),
        member("upper", &MetalogDistribution::upper),
        member("points", &MetalogDistribution::points)};
};

template <>
struct VariantTag<Distribution>
{
    static constexpr std::string_view kKey = "kind";
    static constexpr auto kNames = std::to_array<std::string_view>(
        {"constant",
         "uniform",
         "triangular",
         "pert",
         "normal",
         "lognormal_p5_p95",
         "beta",
         "bernoulli",
         "poisson",
         "discrete",
         "metalog"});
};

Result<Distribution> JsonCodec<Distribution>::read(const JsonReader& at)
{
    return readVariant(at, std::type_identity<Distribution>());
}

Json JsonCodec<Distribution>::write(const Distribution& value)
{
    return writeVariant(value);
}

Result<Distribution> parseDistribution(const Json& json)
{
    return JsonCodec<Distribution>::read(JsonReader(json));
}

Json toJson(const Distribution& distribution)
{
    return JsonCodec<Distribution>::write(distribution);
}

} // namespace countersign
