#include "ui/decision/quorum_panel.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/signing/eligible_keys.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QVBoxLayout>

namespace countersign::ui {

namespace {

QString rolesText(const std::vector<std::string>& roles)
{
    QStringList words;
    for (const std::string& role : roles)
        words << roleName(role);
    return words.join(QuorumPanel::tr(", ", "between roles"));
}

Chip* answerChip(const control::CountedAnswer& counted, Tone tone, Icon icon, const QString& verb)
{
    auto* const chip = new Chip;
    chip->set(
        QuorumPanel::tr("%1 %2", "a name and what they did")
            .arg(safeInline(toQString(counted.displayName)), verb),
        tone,
        icon);
    chip->setToolTip(QuorumPanel::tr("%1. Signed %2, key %3.")
                         .arg(
                             rolesText(counted.roles),
                             absoluteTime(counted.answer.answer.issuedAt),
                             shortHex(counted.answer.keyId)));
    return chip;
}

} // namespace

QString nextSignatureSentence(const DecisionState& state)
{
    if (!state.view || !state.view->quorum)
        return {};
    const control::QuorumState& quorum = *state.view->quorum;
    if (quorum.status != control::RequestStatus::Open)
        return requestStatusWords(control::text(quorum.status)).words;
    const bool mine = !eligibleKeys(*state.view, control::AnswerKind::Approve, state.keys).empty();
    if (quorum.nextMayComplete)
        return mine ? QuorumPanel::tr("Yours is the last signature: the plan is then carried out.")
                    : QuorumPanel::tr(
                        "One more signature is missing: the plan is then carried out.");
    const int left = quorum.approvalsMissing;
    if (left <= 1)
        return QuorumPanel::tr("One more signature of the right role is missing.");
    return QuorumPanel::tr(
        "%n signatures are missing. Nothing is carried out before.", "more than one", left);
}

QuorumPanel::QuorumPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("quorumPanel"));
}

void QuorumPanel::render(const DecisionState& state)
{
    setVisible(state.view && state.view->quorum && state.view->request);
    if (!state.view || !state.view->quorum || !state.view->request)
        return;
    if (m_shown != state.version || m_keyCount != state.keys.size())
        build(state);
}

void QuorumPanel::build(const DecisionState& state)
{
    m_shown = state.version;
    m_keyCount = state.keys.size();
    clearBody();
    const control::QuorumState& quorum = *state.view->quorum;
    const control::ApprovalRequest& request = *state.view->request;
    setTitle(
        tr("Signatures: %1 of %2")
            .arg(
                countText(static_cast<qint64>(quorum.approvals.size())),
                countText(request.approvalsNeeded)),
        Icon::People);

    auto* const chips = new FlowLayout(space::kSmall);
    for (const control::CountedAnswer& counted : quorum.approvals)
        chips->addWidget(answerChip(counted, Tone::Good, Icon::Check, tr("signed")));
    for (const control::CountedAnswer& counted : quorum.rejections)
        chips->addWidget(answerChip(counted, Tone::Danger, Icon::Cross, tr("rejected")));
    for (const control::CountedAnswer& counted : quorum.questions)
        chips->addWidget(answerChip(counted, Tone::Caution, Icon::Question, tr("asked back")));
    for (const control::CountedAnswer& counted : quorum.deferrals)
        chips->addWidget(answerChip(counted, Tone::Neutral, Icon::Clock, tr("put it off")));
    for (const std::string& role : quorum.rolesMissing) {
        auto* const chip = new Chip;
        chip->set(tr("%1 missing", "a role").arg(roleName(role)), Tone::Caution, Icon::Person);
        chips->addWidget(chip);
    }
    const int others = quorum.approvalsMissing - static_cast<int>(quorum.rolesMissing.size());
    for (int i = 0; i < others; ++i) {
        auto* const chip = new Chip;
        chip->set(
            tr("%1 missing", "a role").arg(standingName(request.eachAtLeast)),
            Tone::Caution,
            Icon::Person);
        chips->addWidget(chip);
    }
    if (quorum.standingMissing) {
        auto* const chip = new Chip;
        chip->set(
            tr("one of them must be: %1").arg(standingName(request.oneAtLeast)),
            Tone::Neutral,
            Icon::Info);
        chips->addWidget(chip);
    }
    if (chips->count() > 0)
        body()->addLayout(chips);
    else
        delete chips;
    ProseLabel* const next = addOwn(body(), nextSignatureSentence(state));
    next->setObjectName(QStringLiteral("quorumNext"));
    for (const control::CountedAnswer& question : quorum.questions)
        addNamed(
            body(),
            tr("%1 asks").arg(safeInline(toQString(question.displayName))),
            toQString(question.answer.answer.reason));
    for (const control::CountedAnswer& rejection : quorum.rejections)
        addNamed(
            body(),
            tr("%1 rejected, because").arg(safeInline(toQString(rejection.displayName))),
            toQString(rejection.answer.answer.reason));
}

} // namespace countersign::ui
