#pragma once

#include "ui/backend.h"
#include "ui/widgets/card.h"

class QBoxLayout;

namespace countersign::ui {

/// One run as it goes: its steps, their attempts, and what a person can do about them. Nothing is
/// signed here; each button asks for the sign dialog.
class RunPanel : public Card
{
    Q_OBJECT

public:
    explicit RunPanel(QWidget* parent = nullptr);

    /// `whyNoOrders` names why nobody here may steer the run; empty when somebody may.
    void showRun(const RunView& run, Instant now, const QString& whyNoOrders);

Q_SIGNALS:
    void orderRequested(const countersign::ui::OrderIntent& order);

private:
    void addStep(const RunView& run, const StepView& step, Instant now, const QString& whyNoOrders);
    void addButton(
        QBoxLayout* row,
        const RunView& run,
        const std::string& stepId,
        control::RunOrderKind kind,
        const QString& whyNot);
};

} // namespace countersign::ui
