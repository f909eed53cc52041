#include "planes/execution/detail/state_editor.h"

namespace countersign::execution::detail {

void StateEditor::setStatus(std::size_t index, StepStatus status)
{
    StepState& step = m_state.steps[index];
    --m_state.statusCounts.at(static_cast<std::size_t>(step.status));
    ++m_state.statusCounts.at(static_cast<std::size_t>(status));
    step.status = status;
}

void StateEditor::queue(std::size_t index)
{
    if (m_plan.steps[index].humanGate && !m_state.steps[index].gateConfirmation)
        m_state.gatesToOpen.insert(index);
    else
        m_state.ready.insert(index);
}

void StateEditor::setReady(std::size_t index)
{
    setStatus(index, StepStatus::Waiting);
    queue(index);
}

void StateEditor::startTimer(std::size_t index, Instant at)
{
    m_state.steps[index].retryAt = at;
    m_state.timers.insert({at, index});
}

void StateEditor::stopTimer(std::size_t index)
{
    std::optional<Instant>& retryAt = m_state.steps[index].retryAt;
    if (retryAt)
        m_state.timers.erase({*retryAt, index});
    retryAt.reset();
}

void StateEditor::setDone(std::size_t index, Instant at)
{
    const PlanStep& planned = m_plan.steps[index];
    m_state.steps[index].completedAt = at;
    m_state.steps[index].effectUncertain = false;
    m_state.anyEffect = true;
    const bool isPassedBy =
        m_state.compensating && planned.compensation.mode == CompensationMode::None;
    setStatus(index, isPassedBy ? StepStatus::Standing : StepStatus::Done);
    if (!isPassedBy && m_plan.onFailure == OnFailure::Compensate)
        m_state.undoStack.push_back(index);
    for (const std::size_t dependant : planned.dependants) {
        StepState& other = m_state.steps[dependant];
        if (--other.openDependencyCount == 0 && other.status == StepStatus::Waiting)
            queue(dependant);
    }
}

void StateEditor::setDependantsUnreachable(std::size_t index)
{
    for (const std::size_t dependant : m_plan.steps[index].dependants) {
        if (m_state.steps[dependant].status == StepStatus::Waiting)
            m_state.unreachable.insert(dependant);
    }
}

bool StateEditor::settle(std::size_t index, StepStatus status)
{
    if (m_state.undoStack.empty() || m_state.undoStack.back() != index)
        return false;
    m_state.undoStack.pop_back();
    m_state.steps[index].effectUncertain = false;
    setStatus(index, status);
    return true;
}

void StateEditor::passByWhatCannotBeUndone()
{
    std::erase_if(m_state.undoStack, [this](std::size_t index) {
        const bool isPassedBy = m_plan.steps[index].compensation.mode == CompensationMode::None;
        if (isPassedBy)
            setStatus(index, StepStatus::Standing);
        return isPassedBy;
    });
}

void StateEditor::closeWaitingSteps()
{
    for (std::size_t i = 0; i < m_state.steps.size(); ++i) {
        const StepStatus status = m_state.steps[i].status;
        if (status == StepStatus::Waiting || status == StepStatus::Gate)
            setStatus(i, StepStatus::Skipped);
    }
    m_state.ready.clear();
    m_state.gatesToOpen.clear();
    m_state.unreachable.clear();
    m_state.timers.clear();
}

} // namespace countersign::execution::detail
