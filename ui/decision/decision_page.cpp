#include "ui/decision/decision_page.h"

#include "ui/decision/action_bar.h"
#include "ui/decision/ask_panel.h"
#include "ui/decision/change_panel.h"
#include "ui/decision/figures_panels.h"
#include "ui/decision/memo_panel.h"
#include "ui/decision/plan_panel.h"
#include "ui/decision/quorum_panel.h"
#include "ui/decision/record_panels.h"
#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/runs/run_timeline.h"
#include "ui/signing/eligible_keys.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace countersign::ui {

DecisionPage::DecisionPage(Backend& backend, const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_presenter(backend, clock)
    , m_back(new QToolButton(this))
    , m_title(new ProseLabel(ProseLabel::Look::Lead, this))
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_stack(new QVBoxLayout(m_content))
    , m_jumps(new QHBoxLayout)
    , m_error(new Banner(this))
    , m_changed(new Banner(this))
    , m_ask(new AskPanel(m_content))
    , m_change(new ChangePanel(m_content))
    , m_quorum(new QuorumPanel(m_content))
    , m_runs(new QWidget(m_content))
    , m_plan(new PlanPanel(m_content))
    , m_memo(new MemoPanel(m_content))
    , m_options(new OptionsPanel(m_content))
    , m_risks(new RisksPanel(m_content))
    , m_evidence(new EvidencePanel(m_content))
    , m_forecasts(new ForecastsPanel(m_content))
    , m_reported(new ReportedPanel(m_content))
    , m_timeline(new TimelinePanel(m_content))
    , m_actions(new ActionBar(this))
{
    setObjectName(QStringLiteral("decisionPage"));
    buildPage();
    addShortcuts();
    connect(&m_presenter, &DecisionPresenter::stateChanged, this, &DecisionPage::render);
    connect(m_actions, &ActionBar::answerRequested, this, &DecisionPage::answer);
    connect(m_back, &QToolButton::clicked, this, &DecisionPage::backRequested);
    connect(m_changed, &Banner::actionTriggered, this, [this] { m_presenter.acceptChange(); });
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        lookWhatIsSeen();
    });
    m_scroll->viewport()->installEventFilter(this);
    m_content->installEventFilter(this);
    auto* const clockTimer = new QTimer(this);
    constexpr int kTickMs = 30'000;
    connect(clockTimer, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_presenter.tick();
    });
    clockTimer->start(kTickMs);
    retranslate();
}

void DecisionPage::buildPage()
{
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* const head = new QHBoxLayout;
    head->setContentsMargins(space::kLarge, space::kSmall, space::kLarge, space::kSmall);
    m_back->setObjectName(QStringLiteral("decisionBack"));
    m_back->setProperty("flat", true);
    m_back->setIcon(icon(Icon::Back));
    head->addWidget(m_back, 0, Qt::AlignTop);
    m_title->setObjectName(QStringLiteral("decisionTitle"));
    head->addWidget(m_title, 1);
    all->addLayout(head);
    m_jumps->setContentsMargins(space::kLarge, 0, space::kLarge, space::kSmall);
    m_jumps->setSpacing(space::kTight);
    all->addLayout(m_jumps);

    m_stack->setContentsMargins(space::kLarge, space::kTight, space::kLarge, space::kSection);
    m_stack->setSpacing(space::kNormal);
    m_error->setObjectName(QStringLiteral("decisionError"));
    m_changed->setObjectName(QStringLiteral("decisionChanged"));
    auto* const runs = new QVBoxLayout(m_runs);
    runs->setContentsMargins(0, 0, 0, 0);
    for (QWidget* const part : std::initializer_list<QWidget*>{
             m_error,
             m_changed,
             m_ask,
             m_change,
             m_quorum,
             m_runs,
             m_plan,
             m_memo,
             m_options,
             m_risks,
             m_evidence,
             m_forecasts,
             m_reported,
             m_timeline})
        m_stack->addWidget(part);
    m_stack->addStretch(1);
    m_scroll->setObjectName(QStringLiteral("decisionScroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_content);
    all->addWidget(m_scroll, 1);
    all->addWidget(m_actions);

    addJump(QStringLiteral("jumpAsk"), m_ask);
    addJump(QStringLiteral("jumpPlan"), m_plan);
    addJump(QStringLiteral("jumpMemo"), m_memo);
    addJump(QStringLiteral("jumpOptions"), m_options);
    addJump(QStringLiteral("jumpRisks"), m_risks);
    addJump(QStringLiteral("jumpEvidence"), m_evidence);
    addJump(QStringLiteral("jumpForecasts"), m_forecasts);
    addJump(QStringLiteral("jumpTimeline"), m_timeline);
    m_jumps->addStretch(1);
}

void DecisionPage::addJump(const QString& objectName, QWidget* target)
{
    auto* const button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setProperty("flat", true);
    connect(button, &QToolButton::clicked, this, [this, target] {
        m_scroll->verticalScrollBar()->setValue(target->y() - space::kSmall);
    });
    m_jumps->addWidget(button);
    m_jumpButtons.emplace_back(button, target);
}

void DecisionPage::addShortcuts()
{
    const auto bind = [this](const QKeySequence& keys, auto act) {
        auto* const shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    for (const control::AnswerKind kind :
         {control::AnswerKind::Approve,
          control::AnswerKind::Edit,
          control::AnswerKind::Reject,
          control::AnswerKind::Respond,
          control::AnswerKind::Defer}) {
        const AnswerKeys keys = answerKeys(kind);
        bind(QKeySequence(keys.latin), [this, kind] { answer(kind); });
        bind(QKeySequence(static_cast<int>(keys.arabic)), [this, kind] { answer(kind); });
    }
    bind(QKeySequence(Qt::Key_Escape), [this] { Q_EMIT backRequested(); });
    bind(QKeySequence(QKeySequence::Back), [this] { Q_EMIT backRequested(); });
    const auto page = [this](int direction) {
        QScrollBar* const bar = m_scroll->verticalScrollBar();
        bar->setValue(bar->value() + direction * bar->pageStep() * 9 / 10);
    };
    bind(QKeySequence(Qt::Key_Space), [page] { page(1); });
    bind(QKeySequence(Qt::SHIFT | Qt::Key_Space), [page] { page(-1); });
    bind(QKeySequence(Qt::Key_PageDown), [page] { page(1); });
    bind(QKeySequence(Qt::Key_PageUp), [page] { page(-1); });
}

void DecisionPage::open(const QString& decisionId)
{
    m_scroll->verticalScrollBar()->setValue(0);
    m_presenter.open(toUtf8(decisionId));
    m_scroll->setFocus();
}

void DecisionPage::render(const DecisionState& state)
{
    QString title;
    if (state.view && state.view->request)
        title = toQString(state.view->request->title);
    else if (state.facts && state.facts->memo)
        title = state.facts->memo->title;
    if (title.isEmpty())
        m_title->setOwn(state.loading ? tr("Loading the decision…") : tr("Decision"));
    else
        m_title->setForeign(title);
    renderBanners(state);
    m_ask->render(state);
    m_change->render(state);
    m_quorum->render(state);
    renderRuns(state);
    m_plan->render(state);
    m_memo->render(state);
    m_options->render(state);
    m_risks->render(state);
    m_evidence->render(state);
    m_forecasts->render(state);
    m_reported->render(state);
    m_timeline->render(state);
    m_actions->render(state);
    for (const auto& [button, target] : m_jumpButtons)
        button->setVisible(!target->isHidden());
    showNow(*m_content);
}

void DecisionPage::renderBanners(const DecisionState& state)
{
    if (state.error)
        m_error->say(Tone::Danger, errorSentence(*state.error), errorDetails(*state.error));
    else if (state.view && !state.view->obstacles.empty())
        m_error->say(
            Tone::Caution,
            tr("Nobody can sign this now: %1").arg(errorSentence(state.view->obstacles.front())),
            errorDetails(state.view->obstacles.front()));
    else
        m_error->say(Tone::Neutral, {});
    if (!state.changedSinceOpened) {
        m_changed->say(Tone::Caution, {});
        return;
    }
    QStringList lines;
    for (const FieldChange& change : state.planChanges)
        lines << tr("%1: %2 → %3", "a field, its value before and after")
                     .arg(
                         safeInline(change.path),
                         change.added ? tr("(new)") : safeInline(change.before),
                         change.removed ? tr("(gone)") : safeInline(change.after));
    if (lines.isEmpty())
        lines << tr("The plan is the same; other documents or the rules changed.");
    m_changed->say(
        Tone::Caution,
        tr("The request changed while you were reading. Signing waits until you have seen the "
           "change."),
        lines.join(QLatin1Char('\n')));
    m_changed->setAction(tr("I have seen the change"));
}

void DecisionPage::renderRuns(const DecisionState& state)
{
    m_runs->setVisible(state.view && !state.view->runs.empty());
    if (!state.view || (m_shownRuns == state.version && m_shownKeyCount == state.keys.size()))
        return;
    m_shownRuns = state.version;
    m_shownKeyCount = state.keys.size();
    const std::vector<RunView>& runs = state.view->runs;
    // Whoever has just approved is at the end of the page; what follows from it is further up.
    const bool isNew = !runs.empty() && m_runsOf == state.view->decisionId && m_runCount == 0;
    m_runsOf = state.view->decisionId;
    m_runCount = runs.size();
    if (isNew)
        QTimer::singleShot(0, this, [this] {
            m_scroll->verticalScrollBar()->setValue(m_runs->y() - space::kSmall);
        });
    while (m_timelines.size() < runs.size()) {
        auto* const timeline = new RunTimeline(RunTimeline::Place::InDecision, m_runs);
        connect(timeline, &RunTimeline::orderRequested, this, &DecisionPage::order);
        m_runs->layout()->addWidget(timeline);
        m_timelines.push_back(timeline);
    }
    const QString whyNot = whyNoOrders(state.keys);
    for (std::size_t i = 0; i < m_timelines.size(); ++i) {
        m_timelines[i]->setVisible(i < runs.size());
        if (i < runs.size())
            m_timelines[i]->showRun(runs[i], state.now, whyNot);
    }
}

void DecisionPage::answer(control::AnswerKind kind)
{
    const std::optional<AnswerIntent> intent = m_presenter.intentFor(kind);
    if (!intent)
        return;
    const DecisionState& state = m_presenter.state();
    Q_EMIT signRequested({state.view, *intent, eligibleKeys(*state.view, kind, state.keys)});
}

void DecisionPage::order(const OrderIntent& intent)
{
    const DecisionState& state = m_presenter.state();
    const std::vector<LocalKey> keys = heldKeys(state.keys);
    if (state.view && !keys.empty())
        Q_EMIT signRequested({state.view, intent, keys});
}

/// Until the layout has settled, cards are too small and stand where they are not going to stay.
/// Widgets put into a layout are shown from the event loop only; each showing leads here again.
bool DecisionPage::isSettled() const
{
    const QList<ProseLabel*> labels = m_content->findChildren<ProseLabel*>();
    const bool allShown = std::all_of(labels.begin(), labels.end(), [](const ProseLabel* label) {
        return label->isVisible() || label->testAttribute(Qt::WA_WState_ExplicitShowHide)
               || !label->parentWidget()->isVisible();
    });
    QLayout* const layout = m_content->layout();
    layout->activate();
    return allShown && m_content->height() >= layout->totalHeightForWidth(m_content->width());
}

/// A part counts as seen when its lower end was on the screen.
void DecisionPage::lookWhatIsSeen()
{
    if (!isVisible())
        return;
    if (!isSettled())
        return;
    const int bottom = m_scroll->verticalScrollBar()->value() + m_scroll->viewport()->height();
    const std::array<std::pair<Part, const QWidget*>, 6> parts{
        {{Part::Plan, m_plan},
         {Part::Memo, m_memo},
         {Part::Options, m_options},
         {Part::Risks, m_risks},
         {Part::Evidence, m_evidence},
         {Part::Forecasts, m_forecasts}}};
    for (const auto& [part, widget] : parts) {
        if (widget->isVisible() && widget->geometry().bottom() <= bottom)
            m_presenter.markSeen(part);
    }
}

bool DecisionPage::eventFilter(QObject* watched, QEvent* event)
{
    // After the layout: before it, every card stands at the top and would count as seen.
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        QTimer::singleShot(0, this, [this] { lookWhatIsSeen(); });
    return QWidget::eventFilter(watched, event);
}

void DecisionPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_presenter.retranslate();
    }
}

void DecisionPage::retranslate()
{
    m_back->setAccessibleName(tr("Back"));
    m_back->setToolTip(tr("Back (Esc)"));
    m_scroll->setAccessibleName(tr("The decision packet"));
    const std::array<QString, 8> names{
        tr("The ask"),
        tr("Plan"),
        tr("Memo"),
        tr("Options"),
        tr("Risks"),
        tr("Evidence"),
        tr("Forecasts"),
        tr("Timeline")};
    for (std::size_t i = 0; i < m_jumpButtons.size(); ++i) {
        m_jumpButtons[i].first->setText(names.at(i));
        m_jumpButtons[i].first->setAccessibleName(tr("Go to: %1").arg(names.at(i)));
    }
}

} // namespace countersign::ui
