#pragma once

#include "planes/execution/run_state.h"

namespace countersign::execution::detail {

/// Changes of one step's status that keep the counts, queues and stacks of the state in step with
/// it. For the fold only.
class StateEditor
{
public:
    StateEditor(RunState& state, const Plan& plan)
        : m_state(state)
        , m_plan(plan)
    {}

    void setStatus(std::size_t index, StepStatus status);
    /// A waiting step whose dependencies are done: its gate first, then its dispatch.
    void queue(std::size_t index);
    void setReady(std::size_t index);
    void startTimer(std::size_t index, Instant at);
    void stopTimer(std::size_t index);
    /// The forward effect stands.
    void setDone(std::size_t index, Instant at);
    void setDependantsUnreachable(std::size_t index);
    /// Compensation is over for the step, one way or the other. False when it is not its turn.
    [[nodiscard]] bool settle(std::size_t index, StepStatus status);
    /// Compensation begins: what cannot be undone stands.
    void passByWhatCannotBeUndone();
    /// The run is over: nothing waits any more.
    void closeWaitingSteps();

private:
    RunState& m_state;
    const Plan& m_plan;
};

} // namespace countersign::execution::detail
