#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// The evidence items: fresh or stale, verified or not, and whether the stored bytes are those
/// named.
class EvidencePanel : public Card
{
    Q_OBJECT

public:
    explicit EvidencePanel(QWidget* parent = nullptr);
    void render(const DecisionState& state);

private:
    void addItem(const EvidenceFacts& item, Instant now);

    std::shared_ptr<const DecisionFacts> m_shown;
};

/// Votes, receipts and outcomes that stand in the documents. Shown, never believed.
class ReportedPanel : public Card
{
    Q_OBJECT

public:
    explicit ReportedPanel(QWidget* parent = nullptr);
    void render(const DecisionState& state);

private:
    quint64 m_shown = 0;
};

/// What the ledger holds about this decision, oldest first.
class TimelinePanel : public Card
{
    Q_OBJECT

public:
    explicit TimelinePanel(QWidget* parent = nullptr);
    void render(const DecisionState& state);

private:
    quint64 m_shown = 0;
};

} // namespace countersign::ui
