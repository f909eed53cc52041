#include "ui/runs/run_timeline.h"

#include "ui/format/cause_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/format/status_text.h"
#include "ui/format/time_text.h"
#include "ui/runs/next_step.h"
#include "ui/runs/step_row.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paragraphs.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace countersign::ui {

RunTimeline::RunTimeline(Place place, QWidget* parent)
    : Card(parent)
    , m_place(place)
{
    setObjectName(QStringLiteral("runTimeline"));
}

void RunTimeline::showRun(const RunView& run, Instant now, const QString& whyNoOrders)
{
    const QWidget* const focused = focusWidget();
    if (focused != nullptr && focused->hasFocus())
        m_focusName = focused->objectName();
    clearBody();
    setTitle(
        tr("Run: %1 of %2 steps done").arg(countText(run.stepsDone), countText(run.stepCount)),
        Icon::Runs);
    if (m_place == Place::Alone)
        addTitle(run);
    addHead(run, now);
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        const StepView& step = run.steps[i];
        auto* const row = new StepRow(step, now, i + 1 == run.steps.size());
        if (!run.finishedAt)
            addOrders(row->body(), run, step.stepId, ordersFor(step.status), whyNoOrders);
        body()->addWidget(row);
    }
    if (!run.finishedAt)
        addOrders(body(), run, {}, {control::RunOrderKind::Cancel}, whyNoOrders);
    // What is new can take the focus only once the layout has shown it.
    if (!m_focusName.isEmpty())
        QMetaObject::invokeMethod(this, &RunTimeline::restoreFocus, Qt::QueuedConnection);
}

void RunTimeline::restoreFocus()
{
    // The old button may still wait for its deletion; the new one comes last.
    const QList<QPushButton*> buttons = findChildren<QPushButton*>(m_focusName);
    m_focusName.clear();
    if (!buttons.isEmpty())
        buttons.last()->setFocus();
}

void RunTimeline::addTitle(const RunView& run)
{
    auto* const head = new QHBoxLayout;
    head->setSpacing(space::kNormal);
    auto* const title = new ProseLabel(ProseLabel::Look::Heading);
    title->setForeign(toQString(run.title));
    head->addWidget(title, 1, Qt::AlignVCenter);
    auto* const open = new QPushButton(tr("Open the decision"));
    open->setObjectName(QStringLiteral("openDecision"));
    open->setAccessibleName(open->text());
    const QString decisionId = toQString(run.decisionId);
    connect(open, &QPushButton::clicked, this, [this, decisionId] {
        Q_EMIT openDecisionRequested(decisionId);
    });
    head->addWidget(open);
    body()->addLayout(head);
}

void RunTimeline::addHead(const RunView& run, Instant now)
{
    auto* const line = new FlowLayout(space::kSmall);
    const StatusWords words = runStatusWords(run.status);
    auto* const status = new Chip;
    status->setObjectName(QStringLiteral("runStatus"));
    status->set(words.words, words.tone, toneIcon(words.tone));
    line->addWidget(status);
    if (const QString next = nextText(run, now); !next.isEmpty()) {
        auto* const chip = new Chip;
        chip->set(next, Tone::Neutral, Icon::Clock);
        line->addWidget(chip);
    }
    body()->addLayout(line);
    addDetail(run);
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
}

void RunTimeline::addDetail(const RunView& run)
{
    if (run.statusDetail.empty())
        return;
    if (run.status == "running")
        addOwn(
            body(),
            tr("Waits for the answer of %1.", "name of a system")
                .arg(safeInline(toQString(run.statusDetail))));
    else if (const auto cause = causeText(run.statusDetail))
        addOwn(body(), *cause);
    else
        addForeign(body(), toQString(run.statusDetail));
}

void RunTimeline::addOrders(
    QBoxLayout* layout,
    const RunView& run,
    const std::string& stepId,
    const std::vector<control::RunOrderKind>& orders,
    const QString& whyNot)
{
    if (orders.empty())
        return;
    auto* const row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    for (const control::RunOrderKind kind : orders) {
        auto* const button = new QPushButton(orderName(kind));
        button->setObjectName(
            QStringLiteral("order_%1_%2").arg(toQString(control::text(kind)), toQString(stepId)));
        const QString meaning = whyNot.isEmpty() ? orderMeaning(kind) : whyNot;
        button->setAccessibleName(orderName(kind));
        button->setAccessibleDescription(meaning);
        button->setToolTip(meaning);
        button->setEnabled(whyNot.isEmpty());
        if (kind == control::RunOrderKind::ConfirmGate)
            button->setProperty("primary", true);
        const OrderIntent intent{run.runId, stepId, kind, {}, {}};
        connect(
            button, &QPushButton::clicked, this, [this, intent] { Q_EMIT orderRequested(intent); });
        row->addWidget(button);
    }
    auto* const reason = new ProseLabel(ProseLabel::Look::Muted);
    reason->setOwn(whyNot);
    row->addWidget(reason, 1);
    layout->addLayout(row);
}

} // namespace countersign::ui
