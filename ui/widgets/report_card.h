#pragma once

#include "ui/views.h"
#include "ui/widgets/card.h"

namespace countersign::ui {

/// The outcome of a verification: one sentence, the first broken link if there is one, every check
/// with icon and words, and the anchor to compare by telephone.
class ReportCard : public Card
{
    Q_OBJECT

public:
    explicit ReportCard(QWidget* parent = nullptr);

    void showReport(const VerificationReport& report);
    /// The verification itself could not be done.
    void showProblem(const Error& error);

Q_SIGNALS:
    void dismissed();

private:
    enum class Outcome {
        Good,
        Broken,
        NotReached, ///< The checks stop at the first broken link.
    };

    void addVerdict(const VerificationReport& report);
    void addCheck(const CheckRow& check, Outcome outcome);
    void addDismiss();
};

} // namespace countersign::ui
