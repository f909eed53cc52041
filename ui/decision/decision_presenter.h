#pragma once

#include "models/ids.h"
#include "ui/backend.h"
#include "ui/decision/evidence_facts.h"
#include "ui/decision/forecast_facts.h"
#include "ui/decision/memo_facts.h"
#include "ui/decision/option_facts.h"
#include "ui/decision/plan_facts.h"
#include "ui/decision/risk_facts.h"
#include "ui/format/ask_sentence.h"

#include <QObject>

#include <set>

namespace countersign::ui {

/// Parts of the packet that a reader must have had on the screen.
enum class Part {
    Plan,
    Memo,
    Options,
    Risks,
    Evidence,
    Forecasts,
};

[[nodiscard]] QString partName(Part part);

/// Everything on the page, worked out once for each revision of the view.
struct DecisionFacts
{
    std::optional<AskSentence> ask;
    std::optional<PlanFacts> plan;
    std::optional<MemoFacts> memo;
    std::optional<OptionComparison> options;
    std::optional<RiskPicture> risks;
    std::vector<EvidenceFacts> evidence;
    std::vector<ForecastFacts> forecasts;
};

[[nodiscard]] DecisionFacts decisionFacts(const DecisionView& view);

/// Whether an answer can be given now, and why not.
struct ActionState
{
    control::AnswerKind kind = control::AnswerKind::Approve;
    bool enabled = false;
    QString reason; ///< Empty when enabled.
};

struct DecisionState
{
    std::string decisionId;
    bool loading = false;
    std::optional<Error> error;
    std::shared_ptr<const DecisionView> view;
    /// Stays the same object as long as the documents do.
    std::shared_ptr<const DecisionFacts> facts;
    /// Counts up with everything read and every change of the language.
    quint64 version = 0;
    std::vector<LocalKey> keys;
    std::vector<ActionState> actions; ///< Approve, edit, reject, ask back, put off.
    Instant now;
    /// R2 and R3: approving waits until every part was on the screen.
    bool mustReadAll = false;
    std::vector<Part> parts;
    std::set<Part> seen;
    /// The request is another one than when the page was opened; the changes of its plan.
    bool changedSinceOpened = false;
    std::vector<FieldChange> planChanges;
};

/// Loads one decision, keeps it fresh and says what may be pressed. Thread: GUI.
class DecisionPresenter : public QObject
{
    Q_OBJECT

public:
    DecisionPresenter(Backend& backend, const Clock& clock, QObject* parent = nullptr);

    [[nodiscard]] const DecisionState& state() const { return m_state; }

    /// Shows another decision, or the same one afresh.
    void open(const std::string& decisionId);
    /// Reads the same decision again.
    void reload();
    void close();
    /// The end of this part was on the screen.
    void markSeen(Part part);
    /// The reader has seen what changed; signing is possible again.
    void acceptChange();
    void tick();
    /// The language changed: sentences are made anew.
    void retranslate();

    /// What signing this answer starts from; nothing when the action is not enabled.
    [[nodiscard]] std::optional<AnswerIntent> intentFor(control::AnswerKind kind) const;

Q_SIGNALS:
    void stateChanged(const countersign::ui::DecisionState& state);

private:
    void take(DecisionView view);
    void updateActions();
    void publish();

    Backend& m_backend;
    const Clock& m_clock;
    DecisionState m_state;
    std::optional<Digest> m_openedRequest;
    Json m_openedPlan;
    quint64 m_generation = 0;
};

} // namespace countersign::ui
