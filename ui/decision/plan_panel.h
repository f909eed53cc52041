#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// The plan as a list of effects: each step with its system, its whole payload, what must be there
/// afterwards, and the way back.
class PlanPanel : public Card
{
    Q_OBJECT

public:
    explicit PlanPanel(QWidget* parent = nullptr);

    void render(const DecisionState& state);
    /// The same without a presenter: the sign dialog and the executions page show plans, too.
    void showPlan(const PlanFacts& plan);

private:
    void addStep(const StepFacts& step, int number);

    std::shared_ptr<const DecisionFacts> m_shown;
};

} // namespace countersign::ui
