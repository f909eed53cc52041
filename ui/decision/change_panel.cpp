#include "ui/decision/change_panel.h"

#include "ui/format/change_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

namespace countersign::ui {

ChangePanel::ChangePanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("changePanel"));
}

void ChangePanel::render(const DecisionState& state)
{
    const bool isShown = state.view && state.view->change;
    setVisible(isShown);
    if (!isShown || m_shown == state.version)
        return;
    m_shown = state.version;
    build(*state.view->change);
}

void ChangePanel::build(const control::GovernanceChange& change)
{
    clearBody();
    setTitle(tr("What changes once the quorum has signed"), Icon::Scale);
    for (const control::ChangeLine& line : change.lines)
        addOwn(body(), changeSentence(line));
    addNamed(body(), tr("Why"), toQString(textMember(change.document, "reason")));
    if (change.kind == control::ChangeKind::Recovery)
        addNamed(
            body(),
            tr("How it was made sure who asks"),
            toQString(textMember(change.document, "identity_check")));
    addOwn(
        body(),
        change.kind == control::ChangeKind::Resume
            ? tr("Until then nothing is carried out.")
            : tr("Requests that are open then are asked anew: signatures given for the rules of "
                 "today no longer count."),
        ProseLabel::Look::Muted);
}

} // namespace countersign::ui
