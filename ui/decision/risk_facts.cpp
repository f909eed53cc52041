#include "ui/decision/risk_facts.h"

#include "ui/decision/json_access.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(RiskFacts)
};

std::vector<double> numbers(const Json& list)
{
    std::vector<double> values;
    for (const Json& value : list) {
        if (value.is_number())
            values.push_back(value.get<double>());
    }
    return values;
}

RiskPlace placeOf(const Json& result)
{
    return {
        intMember(result, "likelihood_band"),
        intMember(result, "impact_band"),
        numberMember(result, "probability_any"),
        numberMember(result, "mean_loss_per_event"),
        numberMember(result, "expected_annual_loss")};
}

} // namespace

std::optional<RiskPicture> riskPicture(const DecisionView& view)
{
    if (!view.riskSynthesis)
        return std::nullopt;
    const Json& synthesis = view.riskSynthesis->content;
    RiskPicture picture;
    picture.currency = textMember(synthesis, "currency");
    const Json& scale = member(synthesis, "scale");
    picture.likelihoodBounds = numbers(listMember(scale, "likelihood_upper_bounds"));
    picture.impactBounds = numbers(listMember(scale, "impact_upper_bounds"));
    for (const Json& source : listMember(synthesis, "risks")) {
        RiskFacts risk;
        risk.title = prose(source, "title");
        risk.event = prose(source, "event");
        risk.consequence = prose(source, "consequence");
        risk.owner = actorName(member(source, "owner"));
        for (const Json& control : listMember(source, "controls"))
            risk.controls << prose(control, "statement");
        const Json& results = member(source, "results");
        risk.inherent = placeOf(member(results, "inherent"));
        risk.residual = placeOf(member(results, "residual"));
        picture.risks.push_back(std::move(risk));
    }
    std::stable_sort(picture.risks.begin(), picture.risks.end(), [](const auto& a, const auto& b) {
        return a.residual.expectedAnnualLoss > b.residual.expectedAnnualLoss;
    });
    const Json& aggregate = member(synthesis, "aggregate");
    picture.expectedLossInherent =
        numberMember(member(aggregate, "inherent"), "expected_annual_loss");
    picture.expectedLossResidual =
        numberMember(member(aggregate, "residual"), "expected_annual_loss");
    picture.tailResidual = numberMember(member(aggregate, "residual"), "tvar_95");
    for (const Json& breach : listMember(synthesis, "appetite_breaches"))
        picture.breaches
            << Tr::tr("A loss above %1 is likelier than our appetite allows: %2 instead of %3.")
                   .arg(
                       estimateText(numberMember(breach, "loss"), picture.currency),
                       percentText(numberMember(breach, "residual_probability")),
                       percentText(numberMember(breach, "max_probability")));
    return picture;
}

} // namespace countersign::ui
