#pragma once

#include "ui/decision/decision_presenter.h"
#include "ui/signing/sign_presenter.h"

#include <QWidget>

#include <vector>

class QBoxLayout;
class QScrollArea;
class QToolButton;

namespace countersign::ui {

class ActionBar;
class AskPanel;
class Banner;
class ChangePanel;
class EvidencePanel;
class ForecastsPanel;
class MemoPanel;
class OptionsPanel;
class PlanPanel;
class ProseLabel;
class QuorumPanel;
class ReportedPanel;
class RisksPanel;
class RunTimeline;
class TimelinePanel;

/// One decision: the ask first, then the plan, then why. Letters answer (A E R Q D), Escape goes
/// back. Signs nothing itself.
class DecisionPage : public QWidget
{
    Q_OBJECT

public:
    DecisionPage(Backend& backend, const Clock& clock, QWidget* parent = nullptr);

    void open(const QString& decisionId);
    [[nodiscard]] const DecisionState& state() const { return m_presenter.state(); }
    [[nodiscard]] DecisionPresenter& presenter() { return m_presenter; }

Q_SIGNALS:
    void backRequested();
    /// Sign this; `edit` starts with the plan form.
    void signRequested(const countersign::ui::SignTask& task);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildPage();
    void addShortcuts();
    void render(const DecisionState& state);
    void renderRuns(const DecisionState& state);
    void renderBanners(const DecisionState& state);
    void retranslate();
    void answer(control::AnswerKind kind);
    void order(const OrderIntent& intent);
    [[nodiscard]] bool isSettled() const;
    void lookWhatIsSeen();
    void addJump(const QString& objectName, QWidget* target);

    DecisionPresenter m_presenter;
    QToolButton* m_back;
    ProseLabel* m_title;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QBoxLayout* m_stack;
    QBoxLayout* m_jumps;
    Banner* m_error;
    Banner* m_changed;
    AskPanel* m_ask;
    ChangePanel* m_change;
    QuorumPanel* m_quorum;
    QWidget* m_runs;
    PlanPanel* m_plan;
    MemoPanel* m_memo;
    OptionsPanel* m_options;
    RisksPanel* m_risks;
    EvidencePanel* m_evidence;
    ForecastsPanel* m_forecasts;
    ReportedPanel* m_reported;
    TimelinePanel* m_timeline;
    ActionBar* m_actions;
    quint64 m_shownRuns = 0;
    std::size_t m_shownKeyCount = 0;
    std::string m_runsOf; ///< The decision whose runs were shown last, and how many there were.
    std::size_t m_runCount = 0;
    std::vector<RunTimeline*> m_timelines; ///< One for each run, the newest first.
    std::vector<std::pair<QToolButton*, QWidget*>> m_jumpButtons;
};

} // namespace countersign::ui
