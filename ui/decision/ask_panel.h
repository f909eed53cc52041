#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

class Chip;
class FlowLayout;
class ProseLabel;

/// The first thing on the page: what a yes binds us to, whether it can be undone, by when, and why
/// a signature is asked for at all.
class AskPanel : public Card
{
    Q_OBJECT

public:
    explicit AskPanel(QWidget* parent = nullptr);

    void render(const DecisionState& state);

private:
    void build(const DecisionState& state);

    std::shared_ptr<const DecisionFacts> m_shown;
    Chip* m_deadline = nullptr;
};

} // namespace countersign::ui
