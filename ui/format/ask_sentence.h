#pragma once

#include "models/json.h"
#include "planes/control/request.h"

#include <QString>

#include <vector>

/// What a yes means, said by this program from the facts of the plan and the request. Nothing an
/// agent wrote as prose goes into it.
namespace countersign::ui {

struct AskSentence
{
    QString stake;  ///< `Up to EUR 42,000,000.00 is at stake.`
    QString undo;   ///< `1 of 3 steps cannot be undone: esign envelope.send.`
    QString effect; ///< `Three steps run in treasury, esign and dataroom, between … and ….`
    bool irreversible = false;

    [[nodiscard]] QString text() const;
};

[[nodiscard]] AskSentence askSentence(const control::ApprovalRequest& request, const Json& plan);

} // namespace countersign::ui
