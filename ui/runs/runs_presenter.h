#pragma once

#include "models/ids.h"
#include "ui/backend.h"

#include <QObject>

namespace countersign::ui {

struct RunsState
{
    std::string runId; ///< The run that is looked at; empty for none.
    bool loading = false;
    std::shared_ptr<const RunView> run;
    std::optional<Error> error;
    QString whyNoOrders; ///< Why nobody here may steer a run; empty when somebody may.
    Instant now;
};

/// Keeps the details of the selected run fresh. Thread: GUI.
class RunsPresenter : public QObject
{
    Q_OBJECT

public:
    RunsPresenter(Backend& backend, const Clock& clock, QObject* parent = nullptr);

    [[nodiscard]] const RunsState& state() const { return m_state; }

    /// Looks at another run; the same one again changes nothing.
    void select(const std::string& runId);
    /// Reads the run and the keys again.
    void reload();
    void tick();
    void retranslate();

Q_SIGNALS:
    void stateChanged(const countersign::ui::RunsState& state);

private:
    void takeKeys(std::vector<LocalKey> keys);
    void updateReason();

    Backend& m_backend;
    const Clock& m_clock;
    RunsState m_state;
    std::vector<LocalKey> m_keys;
    bool m_keysKnown = false;
    quint64 m_generation = 0;
};

} // namespace countersign::ui
