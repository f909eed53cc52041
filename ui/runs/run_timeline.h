#pragma once

#include "ui/backend.h"
#include "ui/widgets/card.h"

class QBoxLayout;

namespace countersign::ui {

/// A run as a timeline: its steps in the order of the plan, every attempt with what came back, and
/// what a person can do about them. Nothing is signed here; each button asks for the sign dialog.
class RunTimeline : public Card
{
    Q_OBJECT

public:
    explicit RunTimeline(QWidget* parent = nullptr);

    /// `whyNoOrders` names why nobody here may steer the run; empty when somebody may. A button
    /// that had the focus has it again afterwards.
    void showRun(const RunView& run, Instant now, const QString& whyNoOrders);

Q_SIGNALS:
    void orderRequested(const countersign::ui::OrderIntent& order);
    void openDecisionRequested(const QString& decisionId);

private:
    void restoreFocus();
    void addHead(const RunView& run, Instant now);
    void addOrders(
        QBoxLayout* layout,
        const RunView& run,
        const std::string& stepId,
        const std::vector<control::RunOrderKind>& orders,
        const QString& whyNot);

    QString m_focusName; ///< The button to focus after a rebuild.
};

} // namespace countersign::ui
