#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <cmath>

namespace countersign::data::detail {

namespace {

/// The memo revision that was voted on, else the newest.
const IncomingRecord* votedMemo(const RuleContext& context, const JsonPlace& outcome)
{
    const IncomingRecord* request = context.newest(outcome.at("approval_request_id").text());
    if (request != nullptr) {
        for (const JsonPlace& item : JsonPlace(request->content).at("packet").elements()) {
            const IncomingRecord* memo = context.named(item);
            if (memo != nullptr && memo->schema == "memo")
                return memo;
        }
    }
    return context.newest(outcome.at("memo_id").text());
}

/// Element of `list` whose `key` is `id`.
std::optional<JsonPlace> partOf(const JsonPlace& list, std::string_view key, const std::string& id)
{
    for (const JsonPlace& part : list.elements()) {
        if (part.at(key).text() == id)
            return part;
    }
    return std::nullopt;
}

std::optional<double> quantileAt(const JsonPlace& quantiles, double p)
{
    for (const JsonPlace& quantile : quantiles.elements()) {
        if (quantile.at("p").number() == p)
            return quantile.at("value").number();
    }
    return std::nullopt;
}

class OutcomeChecker
{
public:
    OutcomeChecker(RuleContext& context, const IncomingRecord& outcome, const IncomingRecord* memo)
        : m_context(context)
        , m_outcome(outcome)
        , m_root(outcome.content)
        , m_memo(memo != nullptr ? JsonPlace(memo->content) : JsonPlace(nullptr, std::string()))
    {}

    void check()
    {
        checkChoice();
        for (const JsonPlace& measured : m_root.at("measurements").elements())
            checkMeasurement(measured);
        for (const JsonPlace& result : m_root.at("claim_results").elements())
            checkClaim(result);
    }

private:
    void refuse(const JsonPlace& place, std::string_view rule, std::string detail)
    {
        m_context.report(m_outcome, place.pointer(), rule, std::move(detail));
    }

    void checkChoice()
    {
        const JsonPlace recommended = m_memo.in("recommendation/option_id");
        const JsonPlace followed = m_root.at("followed_recommendation");
        const bool same = m_root.at("chosen_option_id").text() == recommended.text();
        if (recommended.exists() && followed.flag() != same)
            refuse(followed, "result.followed", "the memo recommends " + recommended.text());
    }

    /// The scenario of the option that was chosen, as the newest scenario set computed it.
    [[nodiscard]] std::optional<JsonPlace> prediction(const JsonPlace& measured) const
    {
        const IncomingRecord* set = m_context.only("scenario_set");
        const std::optional<JsonPlace> option =
            partOf(m_memo.at("options"), "option_id", m_root.at("chosen_option_id").text());
        if (set == nullptr || !option || !measured.at("outcome_id").exists())
            return std::nullopt;
        const std::optional<JsonPlace> scenario = partOf(
            JsonPlace(set->content).at("scenarios"),
            "scenario_id",
            option->at("scenario_id").text());
        if (!scenario)
            return std::nullopt;
        return partOf(scenario->at("results"), "outcome_id", measured.at("outcome_id").text());
    }

    void checkMeasurement(const JsonPlace& measured)
    {
        if (const std::optional<JsonPlace> predicted = prediction(measured)) {
            requirePrediction(measured.at("predicted_mean"), predicted->at("mean").number());
            requirePrediction(
                measured.at("predicted_p10"), quantileAt(predicted->at("quantiles"), 0.1));
            requirePrediction(
                measured.at("predicted_p90"), quantileAt(predicted->at("quantiles"), 0.9));
        }
        const double value = measured.at("measured").number();
        const double mean = measured.at("predicted_mean").number();
        const double size = std::max(std::abs(value), std::abs(mean));
        const double wanted = value - mean;
        // Six digits are stored, also of a difference that nearly cancels.
        if (!(std::abs(measured.at("variance").number() - wanted)
              <= std::max(1e-5 * std::abs(wanted), 1e-6 * size)))
            refuse(
                measured.at("variance"), "result.variance", "comes to " + std::to_string(wanted));
        const bool inside = measured.at("predicted_p10").number() <= value
                            && value <= measured.at("predicted_p90").number();
        if (measured.at("inside_80").flag() != inside)
            refuse(
                measured.at("inside_80"),
                "result.inside_80",
                inside ? "the measured value lies inside" : "the measured value lies outside");
    }

    void requirePrediction(const JsonPlace& stated, std::optional<double> wanted)
    {
        if (wanted && !isClose(stated.number(), *wanted))
            refuse(
                stated,
                "result.prediction",
                "the scenario set predicted " + std::to_string(*wanted));
    }

    void checkClaim(const JsonPlace& result)
    {
        const JsonPlace stated = result.at("stated_confidence");
        const std::optional<JsonPlace> claim =
            partOf(m_memo.at("claims"), "claim_id", result.at("claim_id").text());
        if (claim && !isClose(stated.number(), claim->at("confidence").number()))
            refuse(
                stated,
                "result.confidence",
                "the memo that was voted on says "
                    + std::to_string(claim->at("confidence").number()));
        const double miss = stated.number() - (result.at("came_true").flag() ? 1 : 0);
        if (!isClose(result.at("brier").number(), miss * miss, 1e-6))
            refuse(result.at("brier"), "result.brier", "comes to " + std::to_string(miss * miss));
    }

    RuleContext& m_context;
    const IncomingRecord& m_outcome;
    JsonPlace m_root;
    JsonPlace m_memo;
};

} // namespace

void checkOutcomes(RuleContext& context)
{
    for (const IncomingRecord* outcome : context.current("outcome")) {
        const IncomingRecord* memo = votedMemo(context, JsonPlace(outcome->content));
        OutcomeChecker(context, *outcome, memo).check();
    }
}

} // namespace countersign::data::detail
