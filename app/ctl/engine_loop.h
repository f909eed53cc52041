#pragma once

#include "app/core/core.h"
#include "app/ctl/command.h"
#include "app/ctl/loop_waiter.h"

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace countersign::ctl {

/// A core that runs the engine in this process, and the waiting around its turns. Thread: one.
class EngineLoop
{
public:
    /// Errors: as Core::open; Conflict (rule `engine.elsewhere`); as unlockForEngine().
    [[nodiscard]] static Result<std::unique_ptr<EngineLoop>>
    open(const Invocation& invocation, Output& output);

    [[nodiscard]] app::Core& core() { return *m_core; }
    /// What went wrong so far without stopping the work, each once.
    [[nodiscard]] const std::vector<Error>& troubles() const { return m_troubles; }

    /// One turn; a trouble is told when it is new.
    app::CoreTurn turn();
    /// Waits until the turn's next wake, at most that long.
    [[nodiscard]] LoopWaiter::Woken
    wait(const app::CoreTurn& after, std::chrono::milliseconds max) const;
    /// Starts no call any more and waits for those that are out, until the time is over or a signal
    /// comes. True when nothing was left.
    [[nodiscard]] bool drain(std::chrono::seconds max);
    void complainOnce(const Error& error);

private:
    EngineLoop(std::unique_ptr<LoopWaiter> waiter, Output& output);

    Output& m_output;
    std::unique_ptr<LoopWaiter> m_waiter; // Outlives the core, whose threads wake it.
    std::unique_ptr<app::Core> m_core;
    std::vector<Error> m_troubles;
    std::set<std::string> m_told;
};

} // namespace countersign::ctl
