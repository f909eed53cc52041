#include "app/ctl/engine_loop.h"

#include "app/ctl/unlock_secrets.h"
#include "app/ctl/workspace_access.h"

#include <algorithm>

namespace countersign::ctl {

namespace {

/// More different troubles than this say nothing new.
constexpr std::size_t kTroubleCountMax = 1000;

} // namespace

EngineLoop::EngineLoop(std::unique_ptr<LoopWaiter> waiter, Output& output)
    : m_output(output)
    , m_waiter(std::move(waiter))
{}

Result<std::unique_ptr<EngineLoop>> EngineLoop::open(const Invocation& invocation, Output& output)
{
    CS_TRY(auto waiter, LoopWaiter::make());
    std::unique_ptr<EngineLoop> loop(new EngineLoop(std::move(waiter), output));
    CS_TRY(
        loop->m_core, openCore(invocation, true, [wake = loop->m_waiter.get()] { wake->wake(); }));
    // Without them the engine works all the same; what needs one waits.
    CS_TRY(const std::vector<Error> refused, unlockForEngine(loop->m_core->secrets(), invocation));
    for (const Error& error : refused)
        loop->complainOnce(error);
    return loop;
}

app::CoreTurn EngineLoop::turn()
{
    app::CoreTurn turned = m_core->turn();
    for (const Error& trouble : turned.troubles)
        complainOnce(trouble);
    return turned;
}

LoopWaiter::Woken EngineLoop::wait(const app::CoreTurn& after, std::chrono::milliseconds max) const
{
    if (after.nextWake) {
        const auto due =
            std::chrono::ceil<std::chrono::milliseconds>(*after.nextWake - m_core->now());
        max = std::min(max, due);
    }
    return m_waiter->wait(max);
}

bool EngineLoop::drain(std::chrono::seconds max)
{
    using std::chrono::steady_clock;
    m_core->stopDispatching();
    const auto end = steady_clock::now() + max;
    while (true) {
        const app::CoreTurn turned = turn();
        if (turned.idle)
            return true;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now());
        if (left.count() <= 0 || wait(turned, left) == LoopWaiter::Woken::BySignal)
            return false;
    }
}

void EngineLoop::complainOnce(const Error& error)
{
    if (m_told.size() >= kTroubleCountMax || !m_told.insert(error.describe()).second)
        return;
    m_output.complain(error);
    m_troubles.push_back(error);
}

} // namespace countersign::ctl
