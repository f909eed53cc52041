#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// The options as ranges of the objective on one axis.
class OptionsPanel : public Card
{
    Q_OBJECT

public:
    explicit OptionsPanel(QWidget* parent = nullptr);
    void render(const DecisionState& state);

private:
    void build(const DecisionFacts& facts);
    void addOption(const OptionFacts& option, const OptionComparison& comparison);

    std::shared_ptr<const DecisionFacts> m_shown;
};

/// The risks on the matrix and one by one.
class RisksPanel : public Card
{
    Q_OBJECT

public:
    explicit RisksPanel(QWidget* parent = nullptr);
    void render(const DecisionState& state);

private:
    void build(const RiskPicture& picture);

    std::shared_ptr<const DecisionFacts> m_shown;
};

/// What is predicted and how it will be checked.
class ForecastsPanel : public Card
{
    Q_OBJECT

public:
    explicit ForecastsPanel(QWidget* parent = nullptr);
    void render(const DecisionState& state);

private:
    std::shared_ptr<const DecisionFacts> m_shown;
};

} // namespace countersign::ui
