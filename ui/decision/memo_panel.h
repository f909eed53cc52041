#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// The memo: question, recommendation and why, what would change it, what breaks first, claims with
/// their evidence, dissent, the way back.
class MemoPanel : public Card
{
    Q_OBJECT

public:
    explicit MemoPanel(QWidget* parent = nullptr);

    void render(const DecisionState& state);

private:
    void build(const MemoFacts& memo);
    void addClaims(const MemoFacts& memo);
    void addAssumptions(const MemoFacts& memo);

    std::shared_ptr<const DecisionFacts> m_shown;
};

} // namespace countersign::ui
