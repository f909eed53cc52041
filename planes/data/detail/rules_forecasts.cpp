#include "planes/data/detail/distribution_facts.h"
#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <cmath>

namespace countersign::data::detail {

namespace {

/// Stored numbers have six digits, also those that a difference nearly cancels.
constexpr double kSixDigits = 1e-6;
constexpr double kRelative = 1e-5;
/// Shares are stored with three decimals.
constexpr double kShareRounding = 0.0005 + 1e-9;

/// A mean of what the entries of a forecast show, with the size of what went into it.
struct Mean
{
    double sum = 0;
    double size = 0;
    std::int64_t count = 0;

    void add(double value)
    {
        sum += value;
        size += std::abs(value);
        ++count;
    }
    [[nodiscard]] double value() const { return sum / static_cast<double>(count); }
    [[nodiscard]] double scale() const { return size / static_cast<double>(count); }
};

class ForecastChecker
{
public:
    ForecastChecker(RuleContext& context, const IncomingRecord& forecast)
        : m_context(context)
        , m_forecast(forecast)
        , m_root(forecast.content)
    {}

    void check()
    {
        for (const JsonPlace& entry : m_root.at("entries").elements()) {
            checkQuantiles(entry.at("predicted"));
            if (!entry.at("actual").exists())
                continue;
            ++m_resolvedCount;
            if (m_root.at("form").text() == "binary")
                checkBinary(entry);
            else
                checkContinuous(entry);
        }
        checkSummary();
    }

private:
    void requireNumber(const JsonPlace& stated, std::optional<double> wanted, double tolerance)
    {
        if (!stated.exists() || !wanted || std::abs(stated.number() - *wanted) <= tolerance)
            return;
        m_context.report(
            m_forecast, stated.pointer(), "result.forecast", "comes to " + std::to_string(*wanted));
    }

    /// Stored quantiles next to the distribution they belong to.
    void checkQuantiles(const JsonPlace& predicted)
    {
        const JsonPlace distribution = predicted.at("distribution");
        if (!distribution.exists() || !isContinuous(distribution))
            return;
        for (const JsonPlace& quantile : predicted.at("quantiles").elements()) {
            const std::optional<double> level =
                distributionCdf(distribution, quantile.at("value").number());
            if (level && !(std::abs(*level - quantile.at("p").number()) <= kRelative))
                m_context.report(
                    m_forecast,
                    quantile.at("value").pointer(),
                    "result.quantile",
                    "the distribution has its " + std::to_string(*level) + " quantile here");
        }
    }

    void checkBinary(const JsonPlace& entry)
    {
        const double p = entry.in("predicted/probability").number();
        const double actual = entry.in("actual/value").number();
        const double brier = (p - actual) * (p - actual);
        // Infinite when the impossible happened; then no stored number fits.
        const double loss = -std::log(actual == 1 ? p : 1 - p);
        const JsonPlace scores = entry.at("scores");
        requireNumber(scores.at("brier"), brier, kRelative * brier + kSixDigits * kSixDigits);
        requireNumber(
            scores.at("log_loss_nats"),
            loss,
            std::isfinite(loss) ? kRelative * loss + kSixDigits * kSixDigits : 0.0);
        m_brier.add(brier);
        m_logLoss.add(loss);
    }

    void checkContinuous(const JsonPlace& entry)
    {
        const JsonPlace distribution = entry.in("predicted/distribution");
        const double actual = entry.in("actual/value").number();
        const JsonPlace scores = entry.at("scores");
        std::optional<double> variance;
        if (const std::optional<double> mean = distributionMean(distribution)) {
            variance = actual - *mean;
            const double size = std::max(std::abs(actual), std::abs(*mean));
            requireNumber(
                scores.at("variance"),
                variance,
                std::max(kRelative * std::abs(*variance), kSixDigits * size));
            if (*mean != 0)
                requireNumber(
                    scores.at("variance_fraction"),
                    *variance / *mean,
                    kRelative * std::abs(*variance / *mean) + kSixDigits * size / std::abs(*mean));
        } else if (scores.at("variance").exists()) {
            variance = scores.at("variance").number();
        }
        if (variance)
            m_variance.add(*variance);
        addIf(m_crps, checkCrps(distribution, actual, scores.at("crps")));
        requireNumber(scores.at("pit"), distributionCdf(distribution, actual), kRelative);
        checkInside(entry, actual);
    }

    std::optional<double>
    checkCrps(const JsonPlace& distribution, double actual, const JsonPlace& stated)
    {
        const std::optional<double> wanted = distributionCrps(distribution, actual);
        if (wanted) {
            requireNumber(stated, wanted, kRelative * *wanted + kSixDigits * kSixDigits);
            return wanted;
        }
        return stated.exists() ? std::optional(stated.number()) : std::nullopt;
    }

    static void addIf(Mean& mean, std::optional<double> value)
    {
        if (value)
            mean.add(*value);
    }

    /// Between the 0.1 and 0.9 quantiles, both included; the stored ones where there are any.
    void checkInside(const JsonPlace& entry, double actual)
    {
        std::optional<double> low;
        std::optional<double> high;
        for (const JsonPlace& quantile : entry.in("predicted/quantiles").elements()) {
            if (quantile.at("p").number() == 0.1)
                low = quantile.at("value").number();
            if (quantile.at("p").number() == 0.9)
                high = quantile.at("value").number();
        }
        std::optional<bool> inside;
        if (low && high) {
            inside = *low <= actual && actual <= *high;
        } else if (isContinuous(entry.in("predicted/distribution"))) {
            const std::optional<double> level =
                distributionCdf(entry.in("predicted/distribution"), actual);
            if (level)
                inside = *level >= 0.1 && *level <= 0.9;
        }
        const JsonPlace stated = entry.in("scores/inside_80");
        if (inside && stated.exists() && stated.flag() != *inside)
            m_context.report(
                m_forecast,
                stated.pointer(),
                "result.forecast",
                *inside ? "the actual lies inside" : "the actual lies outside");
        if (inside || stated.exists())
            m_inside.add(inside.value_or(stated.flag()) ? 1 : 0);
    }

    void requireMean(const JsonPlace& stated, const Mean& wanted, double rounding = 0)
    {
        if (!stated.exists())
            return;
        // Nothing to take the mean of, or not from every resolved entry.
        if (wanted.count != m_resolvedCount)
            return;
        if (wanted.count == 0) {
            m_context.report(
                m_forecast, stated.pointer(), "result.summary", "no entry is resolved");
            return;
        }
        if (!(std::abs(stated.number() - wanted.value())
              <= std::max(rounding, kRelative * wanted.scale())))
            m_context.report(
                m_forecast,
                stated.pointer(),
                "result.summary",
                "comes to " + std::to_string(wanted.value()));
    }

    void checkSummary()
    {
        const JsonPlace summary = m_root.at("summary");
        const JsonPlace count = summary.at("resolved_count");
        if (count.integer() != m_resolvedCount)
            m_context.report(
                m_forecast,
                count.pointer(),
                "result.summary",
                std::to_string(m_resolvedCount) + " entries are resolved");
        requireMean(summary.at("mean_crps"), m_crps);
        requireMean(summary.at("bias"), m_variance);
        requireMean(summary.at("coverage_80"), m_inside, kShareRounding);
        requireMean(summary.at("mean_brier"), m_brier);
        requireMean(summary.at("mean_log_loss_nats"), m_logLoss);
        checkMase(summary.at("mase"));
    }

    /// Mean |variance| over the mean |change| of the history, one season apart.
    void checkMase(const JsonPlace& stated)
    {
        const std::vector<JsonPlace> history = m_root.in("history/values").elements();
        const std::int64_t season = m_root.in("history/season_length").integer();
        if (!stated.exists() || m_variance.count == 0 || m_variance.count != m_resolvedCount
            || season < 1 || static_cast<std::size_t>(season) >= history.size())
            return;
        Mean change;
        const auto step = static_cast<std::size_t>(season);
        for (std::size_t t = step; t < history.size(); ++t)
            change.add(std::abs(history[t].number() - history[t - step].number()));
        const double wanted = m_variance.scale() / change.value();
        if (!isClose(stated.number(), wanted))
            m_context.report(
                m_forecast,
                stated.pointer(),
                "result.summary",
                "comes to " + std::to_string(wanted));
    }

    RuleContext& m_context;
    const IncomingRecord& m_forecast;
    JsonPlace m_root;
    std::int64_t m_resolvedCount = 0;
    Mean m_variance = {};
    Mean m_crps = {};
    Mean m_inside = {};
    Mean m_brier = {};
    Mean m_logLoss = {};
};

} // namespace

void checkForecasts(RuleContext& context)
{
    for (const IncomingRecord* forecast : context.incoming("forecast"))
        ForecastChecker(context, *forecast).check();
}

} // namespace countersign::data::detail
