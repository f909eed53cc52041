#include "app/ctl/loop_waiter.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace countersign::ctl {

Result<std::unique_ptr<LoopWaiter>> LoopWaiter::make()
{
    std::unique_ptr<LoopWaiter> waiter(new LoopWaiter());
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, &waiter->m_maskBefore);
    waiter->m_signals = ::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
    waiter->m_event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (waiter->m_signals < 0 || waiter->m_event < 0)
        return fail(
            ErrorCode::Unavailable, "the system gives no way to wait for signals", "system");
    return waiter;
}

LoopWaiter::~LoopWaiter()
{
    for (const int descriptor : {m_signals, m_event}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    pthread_sigmask(SIG_SETMASK, &m_maskBefore, nullptr);
}

void LoopWaiter::wake() const
{
    const std::uint64_t one = 1;
    // Full only when it is awake already.
    [[maybe_unused]] const ssize_t written = ::write(m_event, &one, sizeof one);
}

LoopWaiter::Woken LoopWaiter::wait(std::chrono::milliseconds timeout) const
{
    constexpr std::chrono::milliseconds::rep kMsMax = std::numeric_limits<int>::max();
    const auto ms = std::clamp<std::chrono::milliseconds::rep>(timeout.count(), 0, kMsMax);
    std::array<pollfd, 2> waits = {pollfd{m_signals, POLLIN, 0}, pollfd{m_event, POLLIN, 0}};
    ::poll(waits.data(), waits.size(), static_cast<int>(ms));
    signalfd_siginfo signal = {};
    if (::read(m_signals, &signal, sizeof signal) == sizeof signal)
        return Woken::BySignal;
    std::uint64_t count = 0;
    if (::read(m_event, &count, sizeof count) == sizeof count)
        return Woken::ByCall;
    return Woken::ByTime;
}

} // namespace countersign::ctl
