#include "ui/decision/ask_panel.h"

#include "ui/decision/json_access.h"
#include "ui/format/class_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

namespace countersign::ui {

namespace {

std::optional<Icon> classIcon(const ClassWords& words)
{
    if (words.code.startsWith(QLatin1Char('R')))
        return words.tone == Tone::Danger ? Icon::Danger : Icon::Undo;
    if (words.code.startsWith(QLatin1Char('S')))
        return Icon::Lock;
    if (words.code.startsWith(QLatin1Char('A')) && words.code.size() > 1)
        return Icon::People;
    return Icon::Info;
}

} // namespace

AskPanel::AskPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("askPanel"));
}

void AskPanel::render(const DecisionState& state)
{
    setVisible(state.view && state.view->request && state.facts && state.facts->ask);
    if (!state.view || !state.view->request || !state.facts || !state.facts->ask)
        return;
    if (m_shown != state.facts)
        build(state);
    const control::ApprovalRequest& request = *state.view->request;
    const bool waits = state.view->status == "open" || state.view->status == "deferred";
    const Deadline deadline = deadlineOf(request.dueAt, request.expiresAt, state.now);
    const StatusWords status = requestStatusWords(state.view->status);
    m_deadline->set(
        waits ? deadline.words : status.words, waits ? deadline.tone : status.tone, Icon::Clock);
    m_deadline->setToolTip(deadline.tooltip);
}

void AskPanel::build(const DecisionState& state)
{
    m_shown = state.facts;
    clearBody();
    const control::ApprovalRequest& request = *state.view->request;
    const AskSentence& ask = *state.facts->ask;

    ProseLabel* const stake = addOwn(body(), ask.stake, ProseLabel::Look::Lead);
    stake->setObjectName(QStringLiteral("askStake"));
    ProseLabel* const undo = addOwn(body(), ask.undo, ProseLabel::Look::Lead);
    undo->setObjectName(QStringLiteral("askUndo"));
    if (ask.irreversible)
        undo->setTone(Tone::Danger);
    addOwn(body(), ask.effect);

    auto* const chips = new FlowLayout(space::kSmall);
    m_deadline = new Chip;
    m_deadline->setObjectName(QStringLiteral("askDeadline"));
    chips->addWidget(m_deadline);
    for (const ClassWords& words : classWords(request.classes)) {
        auto* const chip = new Chip;
        chip->set(words.words, words.tone, classIcon(words), words.code);
        chip->setToolTip(words.sentence);
        chips->addWidget(chip);
    }
    body()->addLayout(chips);

    addNamed(body(), tr("In the words of the request"), toQString(request.ask));
    QString why = whySignature(request.classes);
    for (const control::ClassRaise& raise : request.raised)
        why += QLatin1Char('\n') + raiseSentence(raise);
    ProseLabel* const whyLabel = addOwn(body(), why, ProseLabel::Look::Muted);
    whyLabel->setObjectName(QStringLiteral("askWhy"));
    addOwn(
        body(),
        tr("Asked by %1 on %2. Due %3, signing closes %4.")
            .arg(
                safeInline(
                    state.view->claim
                        ? actorName(member(state.view->claim->content, "requested_by"))
                        : toQString(request.requestedBy)),
                dayText(request.requestedAt),
                absoluteTime(request.dueAt),
                absoluteTime(request.expiresAt)),
        ProseLabel::Look::Muted);
}

} // namespace countersign::ui
