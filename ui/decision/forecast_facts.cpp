#include "ui/decision/forecast_facts.h"

#include "ui/decision/json_access.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <cmath>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ForecastFacts)
};

std::optional<double> quantileOf(const Json& predicted, double p)
{
    constexpr double kSameLevel = 1e-9;
    for (const Json& row : listMember(predicted, "quantiles")) {
        if (std::abs(numberMember(row, "p", -1) - p) < kSameLevel)
            return numberMember(row, "value");
    }
    return std::nullopt;
}

QString predictedText(const Json& predicted, const std::string& unit)
{
    if (member(predicted, "probability").is_number())
        return Tr::tr("%1 likely").arg(percentText(numberMember(predicted, "probability")));
    const auto p10 = quantileOf(predicted, 0.1);
    const auto p50 = quantileOf(predicted, 0.5);
    const auto p90 = quantileOf(predicted, 0.9);
    if (!p50)
        return {};
    if (!p10 || !p90)
        return estimateText(*p50, unit);
    return Tr::tr("%1, with 80 % chance between %2 and %3")
        .arg(estimateText(*p50, unit), estimateText(*p10, unit), estimateText(*p90, unit));
}

} // namespace

std::vector<ForecastFacts> forecastFacts(const DecisionView& view)
{
    std::vector<ForecastFacts> all;
    for (const DocumentView& document : view.forecasts) {
        const Json& source = document.content;
        ForecastFacts facts;
        facts.title = prose(source, "title");
        facts.method = prose(source, "method_note");
        const std::string unit = textMember(source, "unit");
        for (const Json& entry : listMember(source, "entries"))
            facts.entries.push_back(
                {prose(entry, "label"),
                 predictedText(member(entry, "predicted"), unit),
                 prose(entry, "resolution_rule"),
                 instantMember(entry, "resolves_at")});
        all.push_back(std::move(facts));
    }
    return all;
}

} // namespace countersign::ui
