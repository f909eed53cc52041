#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// Who signed, who is missing, and what one more signature does.
class QuorumPanel : public Card
{
    Q_OBJECT

public:
    explicit QuorumPanel(QWidget* parent = nullptr);

    void render(const DecisionState& state);

private:
    void build(const DecisionState& state);

    quint64 m_shown = 0;
    std::size_t m_keyCount = 0;
};

/// What the next signature does, as a sentence: `Yours is the last one: the plan is carried out.`
[[nodiscard]] QString nextSignatureSentence(const DecisionState& state);

} // namespace countersign::ui
