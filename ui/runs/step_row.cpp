#include "ui/runs/step_row.h"

#include "ui/format/cause_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/runs/next_step.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/paragraphs.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

constexpr int kRailWidth = 32;
constexpr int kMarkSize = 22;

} // namespace

StepRow::StepRow(const StepView& step, Instant now, bool isLast, QWidget* parent)
    : QWidget(parent)
    , m_status(step.status)
    , m_isLast(isLast)
    , m_body(new QVBoxLayout)
{
    setObjectName(QStringLiteral("step_") + toQString(step.stepId));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, isLast ? 0 : space::kLarge);
    row->setSpacing(0);
    row->addSpacing(kRailWidth);
    m_body->setSpacing(space::kTight);
    row->addLayout(m_body, 1);

    const StatusWords words = stepStatusWords(step.status);
    auto* const head = new QHBoxLayout;
    head->setSpacing(space::kSmall);
    auto* const title = new ProseLabel(ProseLabel::Look::Heading);
    title->setForeign(toQString(step.title));
    head->addWidget(title, 1);
    auto* const chip = new Chip;
    chip->set(words.words, words.tone, toneIcon(words.tone));
    head->addWidget(chip, 0, Qt::AlignTop);
    m_body->addLayout(head);
    if (const auto cause = causeText(step.note))
        addOwn(m_body, *cause);
    else if (!step.note.empty())
        addForeign(m_body, toQString(step.note));
    if (!step.gateConfirmedBy.empty())
        addOwn(
            m_body,
            tr("Confirmed by %1.").arg(safeInline(toQString(step.gateConfirmedBy))),
            ProseLabel::Look::Muted);
    if (step.nextAttemptAt)
        addOwn(
            m_body,
            tr("Next attempt %1: %2.", "relative time, then the time itself")
                .arg(relativeTime(*step.nextAttemptAt, now), absoluteTime(*step.nextAttemptAt)),
            ProseLabel::Look::Muted);
    for (const AttemptView& attempt : step.attempts)
        addAttempt(attempt);
}

void StepRow::addAttempt(const AttemptView& attempt)
{
    auto* const table = new FactTable;
    const AttemptWords words = attemptWords(attempt);
    table->addOwn(
        attempt.compensation ? tr("Undo, attempt %1").arg(countText(attempt.attempt))
                             : tr("Attempt %1").arg(countText(attempt.attempt)),
        words.result);
    if (!attempt.errorCode.empty())
        table->addForeign(tr("Error code"), toQString(attempt.errorCode));
    if (!attempt.message.empty())
        table->addForeign(tr("Message"), toQString(attempt.message));
    if (attempt.startedAt)
        table->addOwn(tr("Started"), absoluteTime(*attempt.startedAt));
    if (attempt.finishedAt)
        table->addOwn(tr("Finished"), absoluteTime(*attempt.finishedAt));
    if (!attempt.responseSha256.empty())
        table->addOwn(
            tr("SHA-256 of the answer"),
            groupedHex(attempt.responseSha256),
            ProseLabel::Look::Code);
    m_body->addWidget(table);
}

void StepRow::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = currentColors();
    const Tone tone = stepStatusWords(m_status).tone;
    const QRect mark =
        QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, kMarkSize, kMarkSize));
    if (!m_isLast) {
        painter.setPen(QPen(colors.border, 2));
        painter.drawLine(mark.center().x(), mark.bottom() + 3, mark.center().x(), height() - 2);
    }
    const ToneColors toneColors = colors.tone(tone);
    painter.setPen(toneColors.border);
    painter.setBrush(toneColors.background);
    painter.drawEllipse(QRectF(mark).adjusted(0.5, 0.5, -0.5, -0.5));
    constexpr int kInner = 14;
    const Icon which = m_status == StepStatus::Waiting ? Icon::Clock : toneIcon(tone);
    painter.drawPixmap(
        mark.x() + (kMarkSize - kInner) / 2,
        mark.y() + (kMarkSize - kInner) / 2,
        iconPixmap(which, toneColors.text, kInner, devicePixelRatioF()));
}

} // namespace countersign::ui
