#include "app/ctl/memo_text.h"

namespace countersign::ctl {

namespace {

/// A labelled paragraph; nothing when there is no text.
void paragraph(Output& output, const std::string& label, const std::string& text)
{
    if (!text.empty())
        output.line("  " + label + ": " + shownLine(text));
}

std::string confidenceOf(const Json& object)
{
    if (!object.contains("confidence"))
        return {};
    return " (confidence " + object["confidence"].dump() + ")";
}

void printTexts(Output& output, const std::string& label, const Json& texts)
{
    for (const Json& text : texts)
        paragraph(output, label, text.is_string() ? text.get<std::string>() : std::string());
}

/// One quantile of a result, or nothing.
std::string quantile(const Json& result, double probability)
{
    for (const Json& quantile : result.value("quantiles", Json::array())) {
        if (quantile["p"] == Json(probability))
            return quantile["value"].dump();
    }
    return {};
}

void printScenarios(Output& output, const Json& content)
{
    output.line(shownLine("Scenarios: " + textMember(content, "title")));
    const Json model = content.value("model", Json::object());
    const std::string objective = textMember(model, "objective_outcome_id");
    for (const Json& scenario : content.value("scenarios", Json::array())) {
        for (const Json& result : scenario.value("results", Json::array())) {
            if (textMember(result, "outcome_id") != objective)
                continue;
            output.line(shownLine(
                "  " + textMember(scenario, "label") + ": " + objective + " mean "
                + result.value("mean", Json()).dump() + ", P10 " + quantile(result, 0.1) + ", P50 "
                + quantile(result, 0.5) + ", P90 " + quantile(result, 0.9)));
        }
    }
}

void printRisks(Output& output, const Json& content)
{
    const std::string currency = textMember(content, "currency");
    output.line(shownLine("Risks: " + textMember(content, "title")));
    for (const Json& risk : content.value("risks", Json::array())) {
        const Json residual =
            risk.value("results", Json::object()).value("residual", Json::object());
        output.line(shownLine(
            "  " + textMember(risk, "title") + ": " + textMember(risk, "response")
            + ", with controls " + residual.value("expected_annual_loss", Json()).dump() + " "
            + currency + " a year, probability "
            + residual.value("probability_any", Json()).dump()));
    }
    for (const Json& breach : content.value("appetite_breaches", Json::array()))
        output.line(shownLine("  beyond the appetite: " + breach.dump()));
}

} // namespace

void printMemo(Output& output, const Json& memo)
{
    output.line(shownLine("Memo: " + textMember(memo, "title")));
    paragraph(output, "question", textMember(memo, "question"));
    paragraph(output, "objective", textMember(memo, "objective"));
    paragraph(output, "context", textMember(memo, "context"));
    paragraph(output, "summary", textMember(memo, "summary"));
    const Json recommendation = memo.value("recommendation", Json::object());
    paragraph(
        output,
        "recommended" + confidenceOf(recommendation),
        textMember(recommendation, "statement"));
    paragraph(output, "because", textMember(recommendation, "rationale"));
    printTexts(output, "would change if", recommendation.value("would_change_if", Json::array()));
    for (const Json& option : memo.value("options", Json::array())) {
        paragraph(
            output,
            "option " + textMember(option, "option_id"),
            textMember(option, "label") + ". " + textMember(option, "summary"));
        paragraph(output, "  rejected because", textMember(option, "rejected_because"));
    }
    for (const Json& claim : memo.value("claims", Json::array()))
        paragraph(
            output,
            textMember(claim, "kind") + " " + textMember(claim, "claim_id") + confidenceOf(claim),
            textMember(claim, "statement"));
    for (const Json& assumption : memo.value("assumptions", Json::array()))
        paragraph(
            output,
            (assumption.value("breaks_recommendation", false) ? "critical assumption"
                                                              : "assumption")
                + confidenceOf(assumption),
            textMember(assumption, "statement"));
    for (const Json& dissent : memo.value("dissent", Json::array()))
        paragraph(
            output,
            "dissent by " + textMember(dissent.value("by", Json::object()), "display_name"),
            textMember(dissent, "statement"));
    printTexts(output, "compliance", memo.value("compliance_notes", Json::array()));
    paragraph(output, "way back", textMember(memo.value("rollback", Json::object()), "summary"));
}

void printEvidence(Output& output, const ui::DecisionView& view)
{
    if (view.evidencePack) {
        const Json& pack = view.evidencePack->content;
        output.line(shownLine(
            "Evidence: " + textMember(pack, "title") + ", provenance score "
            + pack.value("provenance_score", Json()).dump()));
        printTexts(output, "open question", pack.value("open_questions", Json::array()));
        const Json coverage = pack.value("coverage", Json::object());
        printTexts(
            output, "unsupported claim", coverage.value("unsupported_claim_ids", Json::array()));
        printTexts(
            output, "contradicted claim", coverage.value("contradicted_claim_ids", Json::array()));
    }
    for (const ui::EvidenceView& evidence : view.evidence) {
        std::string line = "  " + textMember(evidence.document.content, "title");
        line += confidenceOf(evidence.document.content);
        line += evidence.fresh ? ": fresh until " : ": STALE since ";
        line += evidence.freshUntil.text();
        if (!evidence.sourcesMatch)
            line += ", A SOURCE IS MISSING OR DIFFERS";
        output.line(shownLine(line));
        for (const Json& bearing : evidence.document.content.value("bears_on", Json::array()))
            output.line(shownLine(
                "    " + textMember(bearing, "stance") + " " + textMember(bearing, "claim_id")));
    }
}

void printAnalysis(Output& output, const ui::DecisionView& view)
{
    if (view.scenarioSet)
        printScenarios(output, view.scenarioSet->content);
    if (view.riskSynthesis)
        printRisks(output, view.riskSynthesis->content);
    for (const ui::DocumentView& forecast : view.forecasts)
        output.line(shownLine(
            "Forecast: " + textMember(forecast.content, "title") + ", issued "
            + textMember(forecast.content, "issued_at")));
}

} // namespace countersign::ctl
