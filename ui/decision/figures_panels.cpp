#include "ui/decision/figures_panels.h"

#include "ui/decision/option_chart.h"
#include "ui/decision/risk_matrix.h"
#include "ui/format/hidden_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

#include <algorithm>

namespace countersign::ui {

OptionsPanel::OptionsPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("optionsPanel"));
}

void OptionsPanel::render(const DecisionState& state)
{
    setVisible(state.facts && state.facts->options);
    if (!state.facts || !state.facts->options || m_shown == state.facts)
        return;
    m_shown = state.facts;
    build(*state.facts);
}

void OptionsPanel::build(const DecisionFacts& facts)
{
    clearBody();
    setTitle(tr("Options compared"), Icon::Scale);
    const OptionComparison& comparison = *facts.options;
    addOwn(
        body(),
        tr("%1. %2 The bar spans P10 to P90, the line is P50, the diamond the mean; %3 simulated "
           "cases.")
            .arg(
                safeInline(comparison.outcome),
                comparison.maximise ? tr("More is better.") : tr("Less is better."),
                countText(comparison.sampleCount)),
        ProseLabel::Look::Muted);
    auto* const chart = new OptionChart;
    chart->setComparison(comparison);
    body()->addWidget(chart);
    if (!facts.memo)
        return;
    for (const OptionFacts& option : facts.memo->options)
        addOption(option, comparison);
}

void OptionsPanel::addOption(const OptionFacts& option, const OptionComparison& comparison)
{
    addNamed(body(), safeInline(option.label), option.summary);
    QStringList more;
    const auto range = std::find_if(
        comparison.ranges.begin(), comparison.ranges.end(), [&](const OptionRange& candidate) {
            return candidate.label == option.label;
        });
    if (range != comparison.ranges.end() && range->probabilityBest)
        more << tr("Best in %1 of the cases.").arg(percentText(*range->probabilityBest));
    if (!option.rejectedBecause.isEmpty())
        more << tr("Not recommended because: %1").arg(safeInline(option.rejectedBecause));
    if (!more.isEmpty())
        addOwn(body(), more.join(QLatin1Char(' ')), ProseLabel::Look::Muted);
}

RisksPanel::RisksPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("risksPanel"));
}

void RisksPanel::render(const DecisionState& state)
{
    setVisible(state.facts && state.facts->risks);
    if (!state.facts || !state.facts->risks || m_shown == state.facts)
        return;
    m_shown = state.facts;
    build(*state.facts->risks);
}

void RisksPanel::build(const RiskPicture& picture)
{
    clearBody();
    setTitle(tr("Risks"), Icon::Alert);
    addOwn(
        body(),
        tr("Expected loss in a year: %1 without controls, %2 with them; in the worst 5 % of years "
           "%3.")
            .arg(
                estimateText(picture.expectedLossInherent, picture.currency),
                estimateText(picture.expectedLossResidual, picture.currency),
                estimateText(picture.tailResidual, picture.currency)));
    for (const QString& breach : picture.breaches)
        addOwn(body(), breach)->setTone(Tone::Danger);
    auto* const matrix = new RiskMatrix;
    matrix->setPicture(picture);
    body()->addWidget(matrix);
    addOwn(body(), tr("Filled: with the controls. Dashed: before them."), ProseLabel::Look::Muted);
    int number = 0;
    for (const RiskFacts& risk : picture.risks) {
        addOwn(
            body(),
            tr("%1. %2", "number and title of a risk")
                .arg(countText(++number), safeInline(risk.title)),
            ProseLabel::Look::Heading);
        auto* const table = new FactTable;
        table->addForeign(tr("What happens"), risk.event);
        table->addForeign(tr("Consequence"), risk.consequence);
        for (const QString& control : risk.controls)
            table->addForeign(tr("Control"), control);
        table->addOwn(
            tr("In a year"),
            tr("%1 likely, %2 each time; before the controls %3 and %4.")
                .arg(
                    percentText(risk.residual.probabilityAny),
                    estimateText(risk.residual.meanLoss, picture.currency),
                    percentText(risk.inherent.probabilityAny),
                    estimateText(risk.inherent.meanLoss, picture.currency)));
        table->addForeign(tr("Owner"), risk.owner);
        body()->addWidget(table);
    }
}

ForecastsPanel::ForecastsPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("forecastsPanel"));
}

void ForecastsPanel::render(const DecisionState& state)
{
    setVisible(state.facts && !state.facts->forecasts.empty());
    if (!state.facts || state.facts->forecasts.empty() || m_shown == state.facts)
        return;
    m_shown = state.facts;
    clearBody();
    setTitle(tr("Forecasts: what can be checked later"), Icon::Clock);
    for (const ForecastFacts& forecast : state.facts->forecasts) {
        addForeign(body(), forecast.title, ProseLabel::Look::Heading);
        if (!forecast.method.isEmpty())
            addForeign(body(), forecast.method, ProseLabel::Look::Muted);
        auto* const table = new FactTable;
        for (const ForecastEntryFacts& entry : forecast.entries) {
            table->addOwn(safeInline(entry.label), entry.predicted);
            if (!entry.rule.isEmpty())
                table->addForeign(tr("Decided by"), entry.rule);
            if (entry.resolvesAt)
                table->addOwn(tr("Known on"), dayText(*entry.resolvesAt));
        }
        body()->addWidget(table);
    }
}

} // namespace countersign::ui
