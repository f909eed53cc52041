#include "ui/decision/plan_panel.h"

#include "ui/format/class_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

namespace countersign::ui {

namespace {

QString callText(const CallFacts& call)
{
    return isolateLtr(
        toQString(call.system) + QStringLiteral(" ") + toQString(call.version)
        + QStringLiteral(" · ") + toQString(call.operation));
}

QString undoText(const StepFacts& step)
{
    switch (step.undo) {
    case UndoMode::Call:
        return step.undoCall
                   ? PlanPanel::tr("Undone automatically by %1.").arg(callText(*step.undoCall))
                   : QString();
    case UndoMode::Manual:
        return PlanPanel::tr("Undone by hand by %1: %2")
            .arg(safeInline(step.undoOwner), safeInline(step.undoText));
    case UndoMode::None:
        return PlanPanel::tr("No way back: %1").arg(safeInline(step.undoText));
    }
    return {};
}

void addChips(QVBoxLayout* layout, const StepFacts& step)
{
    auto* const chips = new FlowLayout(space::kSmall);
    if (step.irreversible) {
        auto* const chip = new Chip;
        chip->set(PlanPanel::tr("cannot be undone"), Tone::Danger, Icon::Danger);
        chips->addWidget(chip);
    }
    if (step.humanGate) {
        auto* const chip = new Chip;
        chip->set(PlanPanel::tr("stops for a confirmation first"), Tone::Caution, Icon::Gate);
        chips->addWidget(chip);
    }
    auto* const undo = new Chip;
    const ClassWords words = classWords(step.classes.reversibility);
    if (!step.irreversible) {
        undo->set(words.words, words.tone, Icon::Undo, words.code);
        chips->addWidget(undo);
    } else {
        delete undo;
    }
    layout->addLayout(chips);
}

} // namespace

PlanPanel::PlanPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("planPanel"));
}

void PlanPanel::render(const DecisionState& state)
{
    setVisible(state.facts && state.facts->plan);
    if (!state.facts || !state.facts->plan || m_shown == state.facts)
        return;
    m_shown = state.facts;
    showPlan(*state.facts->plan);
}

void PlanPanel::showPlan(const PlanFacts& plan)
{
    clearBody();
    setTitle(tr("Plan: what a yes carries out"), Icon::Runs);
    addForeign(body(), plan.title);
    if (plan.notBefore && plan.notAfter)
        addOwn(
            body(),
            tr("Runs between %1 and %2. %3")
                .arg(absoluteTime(*plan.notBefore), absoluteTime(*plan.notAfter), plan.onFailure),
            ProseLabel::Look::Muted);
    int number = 0;
    for (const StepFacts& step : plan.steps)
        addStep(step, ++number);
}

void PlanPanel::addStep(const StepFacts& step, int number)
{
    auto* const group = new QVBoxLayout;
    group->setSpacing(space::kTight + 2);
    group->setContentsMargins(0, space::kSmall, 0, 0);
    addOwn(
        group,
        tr("%1. %2", "number and title of a step").arg(countText(number), safeInline(step.title)),
        ProseLabel::Look::Heading);
    addChips(group, step);

    auto* const table = new FactTable;
    table->addOwn(tr("System and operation"), callText(step.call));
    table->addFields(step.call.fields);
    for (const EffectFacts& effect : step.effects) {
        table->addForeign(
            tr("Expected: %1", "what a step does, e.g. creates").arg(effect.change),
            effect.statement);
        table->addOwn(tr("Where"), idText(effect.resource));
    }
    for (const QString& guard : step.guards)
        table->addForeign(tr("Only if"), guard);
    if (!step.after.isEmpty())
        table->addForeign(tr("After"), step.after.join(QStringLiteral(" · ")));
    table->addOwn(tr("Way back"), undoText(step));
    if (step.undoCall) {
        for (const FieldRow& field : step.undoCall->fields)
            table->addForeign(
                tr("Way back: %1", "name of a field").arg(safeInline(field.path)), field.value);
    }
    if (step.undoWindow)
        table->addOwn(tr("Way back open for"), durationText(*step.undoWindow));
    group->addWidget(table);
    body()->addLayout(group);
}

} // namespace countersign::ui
