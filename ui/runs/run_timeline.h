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
    enum class Place {
        Alone,      ///< On the page of runs: with its title and the way to its decision.
        InDecision, ///< Where both are on the screen already.
    };

    explicit RunTimeline(Place place, QWidget* parent = nullptr);

    /// `whyNoOrders` names why nobody here may steer the run; empty when somebody may. A button
    /// that had the focus has it again afterwards.
    void showRun(const RunView& run, Instant now, const QString& whyNoOrders);

Q_SIGNALS:
    void orderRequested(const countersign::ui::OrderIntent& order);
    void openDecisionRequested(const QString& decisionId);

private:
    void restoreFocus();
    void addTitle(const RunView& run);
    void addHead(const RunView& run, Instant now);
    void addDetail(const RunView& run);
    void addOrders(
        QBoxLayout* layout,
        const RunView& run,
        const std::string& stepId,
        const std::vector<control::RunOrderKind>& orders,
        const QString& whyNot);

    Place m_place;
    QString m_focusName; ///< The button to focus after a rebuild.
};

} // namespace countersign::ui
