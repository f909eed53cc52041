#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// What a change of roster or policy does, line by line: in the place of plan and memo.
class ChangePanel : public Card
{
    Q_OBJECT

public:
    explicit ChangePanel(QWidget* parent = nullptr);

    void render(const DecisionState& state);

private:
    void build(const control::GovernanceChange& change);

    quint64 m_shown = 0;
};

} // namespace countersign::ui
