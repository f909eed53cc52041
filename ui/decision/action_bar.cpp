#include "ui/decision/action_bar.h"

#include "ui/decision/quorum_panel.h"
#include "ui/format/status_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/prose_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace countersign::ui {

namespace {

Icon answerIcon(control::AnswerKind kind)
{
    switch (kind) {
    case control::AnswerKind::Approve:
        return Icon::Check;
    case control::AnswerKind::Edit:
        return Icon::Pencil;
    case control::AnswerKind::Reject:
        return Icon::Cross;
    case control::AnswerKind::Respond:
        return Icon::Question;
    case control::AnswerKind::Defer:
        return Icon::Clock;
    }
    return Icon::Info;
}

QString objectNameOf(control::AnswerKind kind)
{
    switch (kind) {
    case control::AnswerKind::Approve:
        return QStringLiteral("answerApprove");
    case control::AnswerKind::Edit:
        return QStringLiteral("answerEdit");
    case control::AnswerKind::Reject:
        return QStringLiteral("answerReject");
    case control::AnswerKind::Respond:
        return QStringLiteral("answerAskBack");
    case control::AnswerKind::Defer:
        return QStringLiteral("answerPutOff");
    }
    return {};
}

} // namespace

AnswerKeys answerKeys(control::AnswerKind kind)
{
    switch (kind) {
    case control::AnswerKind::Approve:
        return {Qt::Key_A, u'ش'};
    case control::AnswerKind::Edit:
        return {Qt::Key_E, u'ث'};
    case control::AnswerKind::Reject:
        return {Qt::Key_R, u'ق'};
    case control::AnswerKind::Respond:
        return {Qt::Key_Q, u'ض'};
    case control::AnswerKind::Defer:
        return {Qt::Key_D, u'ي'};
    }
    return {};
}

ActionBar::ActionBar(QWidget* parent)
    : QFrame(parent)
    , m_reason(new ProseLabel(ProseLabel::Look::Muted, this))
{
    setObjectName(QStringLiteral("actionBar"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(space::kLarge, space::kSmall, space::kLarge, space::kSmall);
    row->setSpacing(space::kSmall);
    constexpr std::array kKinds{
        control::AnswerKind::Approve,
        control::AnswerKind::Edit,
        control::AnswerKind::Reject,
        control::AnswerKind::Respond,
        control::AnswerKind::Defer};
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        const control::AnswerKind kind = kKinds.at(i);
        auto* const button = new QPushButton(this);
        button->setObjectName(objectNameOf(kind));
        button->setProperty("primary", kind == control::AnswerKind::Approve);
        connect(
            button, &QPushButton::clicked, this, [this, kind] { Q_EMIT answerRequested(kind); });
        row->addWidget(button, 0, Qt::AlignVCenter);
        m_entries.at(i) = {kind, button};
    }
    row->addWidget(m_reason, 1, Qt::AlignVCenter);
    m_reason->setObjectName(QStringLiteral("actionReason"));
    retranslate();
}

void ActionBar::retranslate()
{
    for (const Entry& entry : m_entries) {
        const QString letter = QKeySequence(answerKeys(entry.kind).latin).toString();
        entry.button->setText(
            tr("%1  (%2)", "an action and its key").arg(answerName(entry.kind), letter));
        entry.button->setAccessibleName(answerName(entry.kind));
        entry.button->setIcon(icon(answerIcon(entry.kind)));
    }
}

void ActionBar::render(const DecisionState& state)
{
    const ActionState* approve = nullptr;
    for (const Entry& entry : m_entries) {
        const auto action = std::find_if(
            state.actions.begin(), state.actions.end(), [&](const ActionState& candidate) {
                return candidate.kind == entry.kind;
            });
        if (action == state.actions.end())
            continue;
        entry.button->setEnabled(action->enabled);
        const QString words = action->enabled ? answerMeaning(entry.kind) : action->reason;
        entry.button->setToolTip(words);
        entry.button->setAccessibleDescription(words);
        if (entry.kind == control::AnswerKind::Approve) {
            approve = &*action;
            // White on the accent colour, grey when disabled: the palette's button text fits
            // neither.
            const ThemeColors& colors = currentColors();
            entry.button->setIcon(QIcon(iconPixmap(
                Icon::Check,
                action->enabled ? colors.onAccent : colors.muted,
                kIconSize,
                devicePixelRatioF())));
        }
    }
    if (approve != nullptr)
        m_reason->setOwn(approve->enabled ? nextSignatureSentence(state) : approve->reason);
}

void ActionBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ActionBar::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    const ThemeColors& colors = currentColors();
    painter.fillRect(rect(), colors.surface);
    painter.setPen(colors.border);
    painter.drawLine(rect().topLeft(), rect().topRight());
}

} // namespace countersign::ui
