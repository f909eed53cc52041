#include "ui/decision/run_panel.h"

#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <vector>

namespace countersign::ui {

namespace {

std::vector<control::RunOrderKind> ordersFor(StepStatus status)
{
    using enum control::RunOrderKind;
    switch (status) {
    case StepStatus::Gate:
        return {ConfirmGate};
    case StepStatus::InDoubt:
        return {ResolveDone, ResolveNotDone};
    case StepStatus::Failed:
    case StepStatus::RetryWait:
        return {RetryStep};
    case StepStatus::CompensationManual:
        return {CompensationDone};
    case StepStatus::Waiting:
    case StepStatus::Running:
    case StepStatus::Done:
    case StepStatus::Compensating:
    case StepStatus::Compensated:
    case StepStatus::Standing:
    case StepStatus::Skipped:
        break;
    }
    return {};
}

QString attemptText(const AttemptView& attempt)
{
    const QString result = attempt.result == "success"   ? RunPanel::tr("succeeded")
                           : attempt.result == "failure" ? RunPanel::tr("failed")
                           : attempt.result == "timeout" ? RunPanel::tr("no answer in time")
                           : attempt.result == "blocked" ? RunPanel::tr("blocked")
                           : attempt.result.empty()      ? RunPanel::tr("under way")
                                                         : idText(attempt.result);
    QStringList parts{result};
    if (!attempt.message.empty())
        parts << safeInline(toQString(attempt.message));
    if (!attempt.errorCode.empty())
        parts << idText(attempt.errorCode);
    if (attempt.finishedAt)
        parts << absoluteTime(*attempt.finishedAt);
    else if (attempt.startedAt)
        parts << RunPanel::tr("started %1").arg(absoluteTime(*attempt.startedAt));
    return parts.join(QStringLiteral(" · "));
}

bool isOver(const RunView& run)
{
    return run.finishedAt.has_value();
}

} // namespace

RunPanel::RunPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("runPanel"));
}

void RunPanel::showRun(const RunView& run, Instant now, const QString& whyNoOrders)
{
    clearBody();
    const StatusWords words = runStatusWords(run.status);
    setTitle(
        tr("Run: %1 of %2 steps done").arg(countText(run.stepsDone), countText(run.stepCount)),
        Icon::Runs);
    auto* const chips = new FlowLayout(space::kSmall);
    auto* const status = new Chip;
    status->set(words.words, words.tone, toneIcon(words.tone));
    status->setObjectName(QStringLiteral("runStatus"));
    chips->addWidget(status);
    body()->addLayout(chips);
    if (!run.statusDetail.empty())
        addForeign(body(), toQString(run.statusDetail));
    auto* const bar = new QProgressBar;
    bar->setRange(0, qMax(1, run.stepCount));
    bar->setValue(run.stepsDone);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Steps done"));
    body()->addWidget(bar);
    addOwn(
        body(),
        run.finishedAt ? tr("Started %1, finished %2.")
                             .arg(absoluteTime(run.createdAt), absoluteTime(*run.finishedAt))
                       : tr("Started %1. May run between %2 and %3.")
                             .arg(
                                 absoluteTime(run.createdAt),
                                 absoluteTime(run.notBefore),
                                 absoluteTime(run.notAfter)),
        ProseLabel::Look::Muted);
    for (const StepView& step : run.steps)
        addStep(run, step, now, whyNoOrders);
    if (!isOver(run)) {
        auto* const row = new QHBoxLayout;
        addButton(row, run, {}, control::RunOrderKind::Cancel, whyNoOrders);
        row->addStretch(1);
        body()->addLayout(row);
    }
}

void RunPanel::addStep(
    const RunView& run, const StepView& step, Instant now, const QString& whyNoOrders)
{
    const StatusWords words = stepStatusWords(step.status);
    auto* const head = new QHBoxLayout;
    head->setSpacing(space::kSmall);
    auto* const chip = new Chip;
    chip->set(words.words, words.tone, toneIcon(words.tone));
    auto* const title = new ProseLabel;
    title->setFlush(true);
    title->setForeign(toQString(step.title));
    head->addWidget(title, 1);
    head->addWidget(chip, 0, Qt::AlignTop);
    body()->addLayout(head);

    if (!step.note.empty())
        addForeign(body(), toQString(step.note), ProseLabel::Look::Muted);
    if (!step.gateConfirmedBy.empty())
        addOwn(
            body(),
            tr("Confirmed by %1.").arg(safeInline(toQString(step.gateConfirmedBy))),
            ProseLabel::Look::Muted);
    if (step.nextAttemptAt)
        addOwn(
            body(),
            tr("Next attempt %1.").arg(relativeTime(*step.nextAttemptAt, now)),
            ProseLabel::Look::Muted);
    if (!step.attempts.empty()) {
        auto* const table = new FactTable;
        for (const AttemptView& attempt : step.attempts)
            table->addOwn(
                attempt.compensation ? tr("Undo, attempt %1").arg(countText(attempt.attempt))
                                     : tr("Attempt %1").arg(countText(attempt.attempt)),
                attemptText(attempt));
        body()->addWidget(table);
    }
    const std::vector<control::RunOrderKind> orders =
        isOver(run) ? std::vector<control::RunOrderKind>{} : ordersFor(step.status);
    if (orders.empty())
        return;
    auto* const row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    for (const control::RunOrderKind kind : orders)
        addButton(row, run, step.stepId, kind, whyNoOrders);
    row->addStretch(1);
    body()->addLayout(row);
}

void RunPanel::addButton(
    QBoxLayout* row,
    const RunView& run,
    const std::string& stepId,
    control::RunOrderKind kind,
    const QString& whyNot)
{
    auto* const button = new QPushButton(orderName(kind));
    button->setObjectName(
        QStringLiteral("order_%1_%2").arg(toQString(control::text(kind)), toQString(stepId)));
    button->setAccessibleName(orderName(kind));
    button->setAccessibleDescription(whyNot.isEmpty() ? orderMeaning(kind) : whyNot);
    button->setToolTip(whyNot.isEmpty() ? orderMeaning(kind) : whyNot);
    button->setEnabled(whyNot.isEmpty());
    if (kind == control::RunOrderKind::ConfirmGate)
        button->setProperty("primary", true);
    const OrderIntent intent{run.runId, stepId, kind, {}, {}};
    connect(button, &QPushButton::clicked, this, [this, intent] { Q_EMIT orderRequested(intent); });
    row->addWidget(button);
    if (!whyNot.isEmpty()) {
        auto* const reason = new ProseLabel(ProseLabel::Look::Muted);
        reason->setOwn(whyNot);
        row->addWidget(reason, 1);
    }
}

} // namespace countersign::ui
