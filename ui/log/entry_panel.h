#pragma once

#include "ui/log/log_presenter.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// One entry in full: what it says, what the log commits to, and the proof that it stands there.
class EntryPanel : public Card
{
    Q_OBJECT

public:
    explicit EntryPanel(QWidget* parent = nullptr);

    void showEntry(const EntryFacts& entry);

Q_SIGNALS:
    void openDecisionRequested(const QString& decisionId);

private:
    void addContent(const EntryFacts& entry);
    void addProof(const EntryFacts& entry);
};

} // namespace countersign::ui
